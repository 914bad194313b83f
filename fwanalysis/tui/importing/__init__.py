"""The import screen: files, what was found in them, and what you choose instead."""

"""Screens that correct one source: its text, its speakers, its unanchored segments."""

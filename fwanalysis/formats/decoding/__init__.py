"""Bytes to text: encodings, zip archives, XML trees, and the refusal of invalid files."""

"""Turns of a plain text, found by the labels and timestamps that begin them. Knows no file format."""

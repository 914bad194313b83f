"""Frozen values and pure rules in the vocabulary of the field. Standard library only."""

"""Abstraction: the lists that the written cells of a column are sorted into."""

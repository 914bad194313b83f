"""The framework matrix of a project: views, written cells, and what they cite."""

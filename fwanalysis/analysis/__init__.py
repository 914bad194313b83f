"""Compute tables and counts from values: no files, no database, no screen."""

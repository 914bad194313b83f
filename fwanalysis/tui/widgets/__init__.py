"""Widgets that know only values."""

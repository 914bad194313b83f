"""The project's database: the only layer that knows SQL, with a single write path."""

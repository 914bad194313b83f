"""The project's database: the only layer that knows SQL. It gives and takes domain values and writes through one path."""

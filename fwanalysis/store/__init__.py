"""The project's database: the only layer that knows SQL. It takes and gives domain values; one path writes."""

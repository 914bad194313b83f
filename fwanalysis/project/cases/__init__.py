"""Cases: their levels, attributes and members, and the tables they are imported from."""

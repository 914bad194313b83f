"""Cases: names, levels, attributes, members, and the import of tables of cases."""

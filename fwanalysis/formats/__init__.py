"""Files to values and values to files: readers of sources, codebooks and case tables, writers of tables.

Knows the domain's values and nothing of databases, screens or the project. Importing this package, and listing what it
can read or write, loads no file-format library: each is imported by the one reader or writer that needs it.
"""

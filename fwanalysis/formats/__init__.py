"""Parse files into values of the domain, and write such values to files.

Sources, codebooks and case tables are parsed; tables, transcripts and codebooks are written. This package must not know
databases, interfaces or the project. Importing it, and listing the formats that it knows, loads no file-format library:
each is imported by the one module that needs it.
"""

"""Pure functions from values to figures and tables: no files, no database, no screen."""

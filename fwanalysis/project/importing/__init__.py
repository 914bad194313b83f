"""Importing files: from a file to the sources, speakers and cases of a project."""

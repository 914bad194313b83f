"""Comparing words: fuzzy finding, nearest names, stems. The only importer of rapidfuzz, re2 and Stemmer.

Knows strings only: no files, no database, nothing of the project.
"""

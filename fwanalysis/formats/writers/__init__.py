"""Write tables and transcripts as files: one module for each format, listed in ``registry``.

Knows values of the domain. Must not know projects or interfaces, nor where the values come from.
"""

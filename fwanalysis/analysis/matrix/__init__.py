"""Build views of the framework matrix: the evidence of each cell, and what the cells show.

A coding belongs to the cases of the participant turns that it overlaps. A focus group takes evidence from its own
sources, a site takes the evidence of all its members, and text without a case is in a last row.
"""

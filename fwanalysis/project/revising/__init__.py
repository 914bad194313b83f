"""Revising sources: new revisions, and the re-anchoring of segments in them."""

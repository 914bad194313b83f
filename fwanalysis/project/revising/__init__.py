"""Correcting sources: new revisions, and the anchors of segments in them."""

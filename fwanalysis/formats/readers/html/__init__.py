"""Parse web pages (.html): ``charset`` decodes, ``layout`` makes lines of elements. Knows no other format."""

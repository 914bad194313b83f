"""Read tables of turns, open answers and cases, and the sheets that hold them."""

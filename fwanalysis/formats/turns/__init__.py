"""Find the turns of a plain text by speaker labels and timestamps. Knows no file format."""

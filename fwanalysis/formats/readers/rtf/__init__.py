"""Parse rich text (.rtf): ``tokens`` cuts it up, ``walk`` decides what is text. Knows no other format."""

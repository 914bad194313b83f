"""Share what the formats of word processors have in common: growing text, notes, symbol fonts. Knows no file format."""

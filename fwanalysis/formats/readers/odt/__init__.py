"""Parse OpenDocument texts (.odt): ``package`` knows parts and styles, ``walk`` the body. Knows no other format."""

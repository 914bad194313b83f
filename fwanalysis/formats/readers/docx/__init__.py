"""Parse Word documents (.docx): ``package`` knows parts and styles, ``walk`` the body. Knows no other format."""

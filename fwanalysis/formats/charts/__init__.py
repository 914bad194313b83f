"""Charts of the matrix as files: written for people and other programs, and read back after an edit."""

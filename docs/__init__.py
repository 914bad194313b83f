"""The documentation, and the programs that write the parts of it which the program itself knows."""

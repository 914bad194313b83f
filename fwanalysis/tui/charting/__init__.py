"""The chart of the framework matrix on the screen: the grid, its dialogs, and pages to read it along and down."""

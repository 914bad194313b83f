"""The chart of the framework matrix on the screen: the grid, dialogs, cells, and pages to read it along and down."""

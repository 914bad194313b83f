"""Modal dialogs, each dismissed with a typed result."""

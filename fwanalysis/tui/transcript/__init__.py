"""The transcript: the widget on which people read and code, and the pure modules that it is made of."""

"""One module a file format, each with ``read(filename, data, encoding)``; ``formats.registry`` names them."""

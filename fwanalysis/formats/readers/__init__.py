"""One module a file format, each with ``read(filename, data, options)``; ``formats.registry`` names them."""

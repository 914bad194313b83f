"""One module a file format, each turning a ``Table`` into bytes; named in ``writers.registry``."""

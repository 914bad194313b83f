"""One module a file format, each with ``read(filename, data, encoding) -> SourceDraft``; named in
``formats.registry``."""

"""Parse files of interviews and documents: one module or package for each format, listed in ``registry``.

Each has ``read(filename, data, options)``. A parser must not know other formats (but ``doc``, which converts), projects
or interfaces; what the formats share is in ``office``, ``tables``, ``turns`` and ``decoding``.
"""

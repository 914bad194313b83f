"""Read the names for shell completion without SQLAlchemy, which takes long to import.

Knows the standard library only. Reads; never writes, never migrates.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

_QUERIES = {
    "source": "SELECT name FROM sources ORDER BY name",
    "case": "SELECT name FROM cases ORDER BY name",
    "speaker": "SELECT DISTINCT label FROM speakers ORDER BY label",
    "coder": "SELECT name FROM coders ORDER BY name",
    "attribute": "SELECT name FROM attributes ORDER BY name",
    "code": """
        WITH RECURSIVE tree (id, path) AS (
            SELECT id, key FROM codes WHERE parent_id IS NULL
            UNION ALL
            SELECT codes.id, tree.path || '/' || codes.key FROM codes JOIN tree ON codes.parent_id = tree.id
        )
        SELECT path FROM tree ORDER BY path
    """,
}


def names(path: str, noun: str) -> list[str]:
    """Return the names of a project's sources, cases, codes and the like.

    Args:
        path: The project file.
        noun: ``source``, ``case``, ``speaker``, ``coder``, ``attribute`` or ``code`` (whose names are paths).

    Returns:
        The names in order; none if the file cannot be read, as a shell cannot show an error during completion.
    """
    try:
        with closing(sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True, timeout=0.2)) as connection:
            return [str(row[0]) for row in connection.execute(_QUERIES[noun])]
    except sqlite3.Error:
        return []

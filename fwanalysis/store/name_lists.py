"""Read the names that a shell completes from a project file, without SQLAlchemy: a shell waits for every key press.

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
    """Return the names of a project's sources, cases, speakers, coders or attributes, or the paths of its codes.

    Args:
        path: The project file.
        noun: ``source``, ``case``, ``speaker``, ``coder``, ``attribute`` or ``code``.

    Returns:
        The names in order; none where the file cannot be read, for a shell has no use for an error.
    """
    try:
        with closing(sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True, timeout=0.2)) as connection:
            return [str(row[0]) for row in connection.execute(_QUERIES[noun])]
    except sqlite3.Error:
        return []

"""Importing the transcripts against putting the same rows into the same tables with the bare ``sqlite3`` module.

The rows (texts, originals, sources, revisions, speakers, turns, cases, and events with their payloads) are taken from
a finished import, so they are the same. The reference reads and hashes each file, inserts its rows with
``executemany`` and commits, with the program's pragmas, tables and indexes; it decodes no turns, guesses no roles and
packs no payloads.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any

from bench.measure import Result, compare, seconds
from fwanalysis.project import create_project

if TYPE_CHECKING:
    from pathlib import Path

    from bench.study import Study

ROUNDS = 5
PRAGMAS = (
    "busy_timeout = 10000",
    "journal_mode = WAL",
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "synchronous = FULL",
)

Rows = Mapping[str, Sequence[Sequence[Any]]]
"""Rows by table, in the order of writing."""


def measure(study: Study) -> Iterator[Result]:
    """The import of all transcripts."""
    numbers = count(1)
    tables, rows = _finished(study.project)

    def ours() -> float:
        path = study.folder / f"import-{next(numbers)}.fwa"
        with create_project(path, coder="bench") as project:
            taken = seconds(lambda: list(project.sources.import_files(study.files)))
        path.unlink()
        return taken

    def reference() -> float:
        path = study.folder / f"import-{next(numbers)}.db"
        connection = connect(path)
        for statement in tables:
            connection.execute(statement)
        taken = seconds(lambda: _insert(connection, study.files, rows))
        connection.close()
        path.unlink()
        return taken

    yield Result(
        f"import of {len(study.files)} transcripts",
        *compare(ours, reference, rounds=ROUNDS),
        target=3,
        versus="bare sqlite3, the same rows",
    )


def connect(path: Path) -> sqlite3.Connection:
    """A bare connection, with the program's pragmas, that begins no transaction by itself."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def insert(connection: sqlite3.Connection, rows: Rows) -> None:
    """Insert rows in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for table, values in rows.items():
        if values:
            marks = ", ".join("?" * len(values[0]))
            connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', values)
    connection.execute("COMMIT")


def _insert(connection: sqlite3.Connection, files: Sequence[Path], rows: Mapping[str, Rows]) -> None:
    for path in files:
        data = path.read_bytes()
        text = data.decode("utf-8")
        text_hash = hashlib.sha256(text.encode("utf-8")).hexdigest()
        data_hash = hashlib.sha256(data).hexdigest()
        blobs: Rows = {"originals": [(data_hash, data)], "texts": [(text_hash, text)]}
        insert(connection, {**blobs, **rows[data_hash]})


def _finished(project: Path) -> tuple[list[str], dict[str, Rows]]:
    """The statements that make the tables, and what the import of each file wrote, by the hash of the file's bytes."""
    connection = sqlite3.connect(project)
    made = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
    tables = [statement for (statement,) in made]
    rows: dict[str, Rows] = {}
    for event in connection.execute("SELECT * FROM events WHERE name = 'source.import' ORDER BY seq"):
        payload = next(value for value in event if isinstance(value, str) and value.startswith("[{"))
        written: dict[str, Sequence[Sequence[Any]]] = {}
        for block in json.loads(payload):
            written[block["table"]] = [after for _, after in block["rows"]]
        columns = [name for _, name, *_ in connection.execute("PRAGMA table_info(revisions)")]
        data_hash = written["revisions"][0][columns.index("original_hash")]
        rows[data_hash] = {**written, "events": [event]}
    connection.close()
    return tables, rows

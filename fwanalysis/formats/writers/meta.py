"""The file beside a table, ``FILE.meta.json``: date, project, filters and what else the table itself does not hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fwanalysis.domain.table import Table

META_ENDING = ".meta.json"


def meta_name(filename: str) -> str:
    """The name of the file beside a table: ``matrix.csv.meta.json``."""
    return filename + META_ENDING


def write_meta(table: Table) -> bytes:
    """``Table.about`` as indented JSON in UTF-8, in its own order; what JSON does not know is written as text."""
    return (json.dumps(dict(table.about), ensure_ascii=False, indent=2, default=str) + "\n").encode("utf-8")

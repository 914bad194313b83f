"""Write the side-car of a table, ``FILE.meta.json``: date, project, filters and what else the table does not show."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fwanalysis.domain.table import Table

META_EXTENSION = ".meta.json"


def meta_name(filename: str) -> str:
    """Return the name of the side-car of a table: ``matrix.csv.meta.json``."""
    return filename + META_EXTENSION


def write_meta(table: Table) -> bytes:
    """Return ``Table.about`` as indented JSON in UTF-8, in its order; types that JSON lacks are written as text."""
    return write_meta_of(table.about)


def write_meta_of(about: Mapping[str, object]) -> bytes:
    """Return facts about a file as ``write_meta`` does."""
    return (json.dumps(dict(about), ensure_ascii=False, indent=2, default=str) + "\n").encode("utf-8")

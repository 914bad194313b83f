"""Tables as Markdown, in the form of GitHub: for documents that are written in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fwanalysis.domain.table import Table

_MARKUP = re.compile(r"[\\`*_<>|~&#\[\]]")


def write_markdown(table: Table) -> bytes:
    """Return the table as Markdown in UTF-8, with its note (``about["note"]``) below it."""
    header = [_line(map(_escaped, table.columns)), _line("---" for _ in table.columns)]
    rows = [_line("" if value is None else _escaped(str(value)) for value in row) for row in table.rows]
    lines = [*header, *rows]
    if note := table.about.get("note"):
        lines += ["", _escaped(str(note))]
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass")


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    """Return a text with its markup escaped, in one line."""
    return _MARKUP.sub(lambda found: f"\\{found.group()}", " ".join(text.split()))

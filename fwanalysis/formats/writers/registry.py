"""Which writer writes which kind of table file.

The table names its functions as text, so that listing them imports none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol

from fwanalysis.errors import InvalidInput

if TYPE_CHECKING:
    from fwanalysis.domain.table import Table


class Writer(Protocol):
    """What a writer of tables is called as."""

    def __call__(self, table: Table) -> bytes:
        """The bytes of the file."""


@dataclass(frozen=True, slots=True)
class WriterEntry:
    """A writer as it is listed: its name, the file ending it is chosen by, one line for people, and
    ``module:function``."""

    name: str
    extension: str
    description: str
    target: str


WRITERS = (
    WriterEntry("csv", ".csv", "comma-separated values", "fwanalysis.formats.writers.csv:write_csv"),
    WriterEntry("tsv", ".tsv", "tab-separated values", "fwanalysis.formats.writers.csv:write_tsv"),
)


def write_table(filename: str, table: Table, *, writer: str | None = None) -> bytes:
    """The bytes of a table file; the ending of *filename* chooses the writer unless *writer* (a name of the table)
    does.

    InvalidInput for an ending or a name that no writer has.
    """
    module, _, function = _chosen(filename, writer).target.partition(":")
    write: Writer = getattr(import_module(module), function)
    return write(table)


def _chosen(filename: str, writer: str | None) -> WriterEntry:
    ending = PurePath(filename).suffix.lower()
    for entry in WRITERS:
        if entry.name == writer or (writer is None and entry.extension == ending):
            return entry
    if writer is not None:
        raise InvalidInput(f'no format "{writer}"', hint=f"use {', '.join(entry.name for entry in WRITERS)}")
    endings = ", ".join(entry.extension for entry in WRITERS)
    raise InvalidInput(f'a table cannot be written as "{filename}"', hint=f"use the file extension {endings}")

"""Choose the format of a table file and write it.

The table ``WRITERS`` names the functions as text, so that listing the formats imports none of them.
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
    """The signature of the functions that write tables."""

    def __call__(self, table: Table) -> bytes:
        """Return the bytes of the file."""


@dataclass(frozen=True, slots=True)
class WriterEntry:
    """A format as it is listed.

    Attributes:
        name: Name of the format.
        extension: File extension that chooses it, in lower case.
        description: What such a file is, for lists.
        target: The function that writes it, as ``module:function``.
    """

    name: str
    extension: str
    description: str
    target: str


WRITERS = (
    WriterEntry("csv", ".csv", "comma-separated values", "fwanalysis.formats.writers.csv:write_csv"),
    WriterEntry("tsv", ".tsv", "tab-separated values", "fwanalysis.formats.writers.csv:write_tsv"),
    WriterEntry("md", ".md", "Markdown table", "fwanalysis.formats.writers.markdown:write_markdown"),
    WriterEntry("xlsx", ".xlsx", "Excel workbook", "fwanalysis.formats.writers.xlsx:write_xlsx"),
)


def write_table(filename: str, table: Table, *, writer: str | None = None) -> bytes:
    """Return the bytes of a table file.

    Args:
        filename: Name of the file; its extension chooses the format unless *writer* does.
        table: The table.
        writer: Name of one of ``WRITERS``; chosen by the extension if None.

    Raises:
        InvalidInput: If no format has this extension or name.
    """
    module, _, function = _chosen(filename, writer).target.partition(":")
    write: Writer = getattr(import_module(module), function)
    return write(table)


def _chosen(filename: str, writer: str | None) -> WriterEntry:
    extension = PurePath(filename).suffix.lower()
    for entry in WRITERS:
        if entry.name == writer or (writer is None and entry.extension == extension):
            return entry
    if writer is not None:
        raise InvalidInput(f'no format "{writer}"', hint=f"use {', '.join(entry.name for entry in WRITERS)}")
    extensions = ", ".join(entry.extension for entry in WRITERS)
    raise InvalidInput(f'a table cannot be written as "{filename}"', hint=f"use the file extension {extensions}")

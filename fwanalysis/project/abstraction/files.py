"""Abstractions as files: YAML and JSON, which can be imported, and data structures as tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fwanalysis.errors import InvalidInput
from fwanalysis.project.output_files import side_file, table_bytes, write_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fwanalysis.domain.abstraction import ListedAbstraction
    from fwanalysis.domain.table import Table

FORMATS: Mapping[str, Sequence[str]] = {
    "yaml": (".yaml", ".yml"),
    "json": (".json",),
    "csv": (".csv",),
    "tsv": (".tsv",),
    "xlsx": (".xlsx",),
}
"""The file extensions of each format."""
STRUCTURES = frozenset({"csv", "tsv", "xlsx"})
"""The formats that hold a data structure."""


def form_of(path: str | Path) -> str:
    """Return the format of a file's extension. InvalidInput if there is none."""
    extension = Path(path).suffix.lower()
    for form, extensions in FORMATS.items():
        if extension in extensions:
            return form
    known = ", ".join(extensions[0] for extensions in FORMATS.values())
    raise InvalidInput(f'the file extension "{extension}" fits no format', hint=f"use {known}")


def file_bytes(
    form: str, columns: Callable[[], Sequence[ListedAbstraction]], structure: Callable[[], Table]
) -> tuple[bytes, Sequence[str]]:
    """Return abstractions as the bytes of a file, and what its reader should know.

    Args:
        form: A key of ``FORMATS``.
        columns: Gives the abstractions, for YAML and JSON.
        structure: Gives the data structure, for the other formats.
    """
    if form not in STRUCTURES:
        from fwanalysis.formats.charts.abstraction_file import write_abstractions

        return write_abstractions(columns(), form), ()
    table = structure()
    if form == "xlsx":
        from fwanalysis.formats.charts.structure_xlsx import write_structure

        written = write_structure(table)
        return written.data, written.warnings
    return table_bytes(f"-.{form}", table), ()


def write_files(
    path: str | Path,
    form: str | None,
    columns: Callable[[], Sequence[ListedAbstraction]],
    structure: Callable[[], Table],
) -> Sequence[str]:
    """Write abstractions to a file, and facts about a CSV or TSV file to the file beside it; see ``export``."""
    from fwanalysis.formats.writers.meta import write_meta

    form = form or form_of(path)
    data, warnings = file_bytes(form, columns, structure)
    write_file(path, data)
    if form in ("csv", "tsv"):
        write_file(side_file(path), write_meta(structure()))
    return warnings

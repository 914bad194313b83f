"""Charts as JSON: the whole document, and back."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from fwanalysis.domain.chart_document import (
    ChartDocument,
    DocumentAbstraction,
    DocumentCell,
    DocumentColumn,
    DocumentFigure,
    DocumentQuote,
    DocumentRow,
)
from fwanalysis.domain.matrix import CellContent
from fwanalysis.domain.table import Table
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.charts.chart_file import ChartFile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FORMAT, VERSION = "fwanalysis chart", 1


def write_json(document: ChartDocument, content: CellContent = CellContent.BOTH) -> ChartFile:
    """Return a chart as JSON in UTF-8.

    Args:
        document: The chart.
        content: Not used: the file holds everything.
    """
    value = {"format": FORMAT, "version": VERSION, **_plain(document)}
    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False, default=str)
    return ChartFile((text + "\n").encode("utf-8", "surrogatepass"))


def read_json(filename: str, data: bytes) -> ChartDocument:
    """Return the chart that ``write_json`` wrote.

    Raises:
        UnreadableFile: The bytes are not such a file.
    """
    try:
        value = json.loads(data)
    except ValueError:
        raise UnreadableFile(f"{filename} is not JSON") from None
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise UnreadableFile(
            f"{filename} is not a chart of fwanalysis", hint="export one with: fwa matrix export FILE.json"
        )
    if value.get("version") != VERSION:
        raise UnreadableFile(
            f"{filename} was written by a later version (format {value.get('version')})", hint="update fwanalysis"
        )
    try:
        return _document(value)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableFile(f"{filename} is a damaged chart: {error}", hint="export it again") from None


def _plain(value: Any) -> Any:
    """Return a value of the domain as objects, lists and scalars."""
    if is_dataclass(value) or hasattr(value, "_fields"):
        return {name: _plain(getattr(value, name)) for name in _names(type(value))}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if isinstance(value, frozenset | set):
        return sorted(map(str, value))
    if isinstance(value, dict):
        return {str(name): _plain(part) for name, part in value.items()}
    return value


def _names(kind: type[Any]) -> Sequence[str]:
    """Return the names of the fields of a dataclass or a named tuple."""
    return [field.name for field in fields(kind)] if is_dataclass(kind) else kind._fields


def _document(value: Mapping[str, Any]) -> ChartDocument:
    return ChartDocument(
        title=value["title"],
        about=value["about"],
        attributes=tuple(value["attributes"]),
        rows=tuple(_value(DocumentRow, row) for row in value["rows"]),
        columns=tuple(_value(DocumentColumn, column) for column in value["columns"]),
        cells=tuple(tuple(map(_cell, cells)) for cells in value["cells"]),
        numeric=frozenset(value["numeric"]),
        figures=tuple(map(_figure, value["figures"])),
        abstractions=tuple(_value(DocumentAbstraction, item) for item in value["abstractions"]),
    )


def _cell(value: Mapping[str, Any]) -> DocumentCell:
    quotes = tuple(_value(DocumentQuote, quote) for quote in value["quotes"])
    cell: DocumentCell = _value(DocumentCell, {**value, "quotes": quotes})
    return cell


def _figure(value: Mapping[str, Any]) -> DocumentFigure:
    table = value["table"]
    rows = tuple(map(tuple, table["rows"]))
    figure: DocumentFigure = _value(
        DocumentFigure, {**value, "table": Table(tuple(table["columns"]), rows, table["about"])}
    )
    return figure


def _value(kind: type[Any], value: Mapping[str, Any]) -> Any:
    """Return a value of the domain; lists become tuples, and fields of later versions are ignored."""
    known = _names(kind)
    return kind(
        **{name: tuple(part) if isinstance(part, list) else part for name, part in value.items() if name in known}
    )

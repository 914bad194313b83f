"""``--format`` and ``--full``, the options of commands that print a list, and printing it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import rich_click as click

from fwanalysis.cli.common import as_json, common_options, keep, kept
from fwanalysis.cli.diagnostics import say
from fwanalysis.cli.output import emit_bytes, emit_json, emit_table, plain
from fwanalysis.domain.table import Scalar, Table

Function = TypeVar("Function", bound=Callable[..., Any])
FORMATS = ("table", "csv", "tsv", "json")


def listing_options(function: Function) -> Function:
    """Add ``--format``, ``--full`` and the common options."""
    for option in (
        common_options,
        click.option("--full", is_flag=True, expose_value=False, callback=keep, help="Wrap long texts, cut none."),
        click.option(
            "--format",
            "listing_format",
            type=click.Choice(FORMATS),
            expose_value=False,
            callback=keep,
            help="Format of the list; json is the same as --json [default: table].",
        ),
    ):
        function = option(function)
    return function


def emit_list(
    records: Sequence[Mapping[str, Any]],
    *,
    columns: Sequence[str],
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    empty: str,
) -> None:
    """Print a list in the format asked for.

    Args:
        records: The list as JSON has it.
        columns: The fields of *records* that CSV and TSV have; a field that is a mapping becomes a column for each of
            its keys.
        header: The columns of the table for people.
        rows: The rows of that table.
        empty: What stderr says instead of a table without rows, with what to do.
    """
    form = kept("listing_format")
    if as_json():
        emit_json(records)
    elif form in ("csv", "tsv"):
        from fwanalysis.project.output_files import table_bytes

        emit_bytes(table_bytes(f"-.{form}", flat_table(records, columns)))
    elif not records:
        say(empty)
    else:
        emit_table(header, rows, full=bool(kept("full")))


def flat_table(records: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> Table:
    """Return records as a table of text and numbers; lists become ``a; b``, truth values ``yes`` and ``no``."""
    inner = {
        name: list(dict.fromkeys(key for record in records for key in record[name]))
        for name in columns
        if any(isinstance(record[name], Mapping) for record in records)
    }
    heads = tuple(head for name in columns for head in inner.get(name, [name]))
    rows = tuple(
        tuple(
            _scalar(value)
            for name in columns
            for value in ([record[name].get(key) for key in inner[name]] if name in inner else [record[name]])
        )
        for record in records
    )
    return Table(heads, rows)


def _scalar(value: Any) -> Scalar:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or isinstance(value, (int, float)):
        return value
    value = plain(value)
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)

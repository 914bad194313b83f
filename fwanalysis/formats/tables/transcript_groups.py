"""Split a table with several transcripts into one source per transcript."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.tables.column_lexicon import Column
from fwanalysis.formats.tables.turn_table import short, turns_source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fwanalysis.domain.importing import ParsedSource
    from fwanalysis.formats.options import ReadOptions
    from fwanalysis.formats.tables.column_detection import TurnColumns
    from fwanalysis.formats.tables.sheets import Sheet

_MOST_SOURCES = 50_000
_EXTENSION = re.compile(r"\.[A-Za-z]\w{1,4}")
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


def sources_of(
    sheet: Sheet, columns: TurnColumns, options: ReadOptions, *, before: Mapping[int, str]
) -> tuple[ParsedSource, ...]:
    """Return the parsed source of each transcript in a table, in order.

    A row without a value in the transcript column belongs to the transcript of the row above. A source is named after
    its value, with the name of the file before it if the value is only a number. Warnings that several transcripts
    share are given once.

    Args:
        sheet: The table, with its header.
        columns: Its columns; without a transcript column it is one source.
        options: The user's choices.
        before: Text above the first row, which becomes the preamble of the first source.
    """
    at = columns.places.get(Column.TRANSCRIPT)
    if at is None:
        return (turns_source(sheet, columns, options, before=before),)
    header, *rows = sheet.rows
    groups: dict[str, list[tuple[int, list[str]]]] = {}
    of = ""
    for row in rows:
        of = " ".join(row[1][at].split()) or of
        groups.setdefault(of, []).append(row)
    if len(groups) > _MOST_SOURCES:
        raise UnreadableFile(f"{sheet.filename} holds over {_MOST_SOURCES:,} transcripts; split it.")
    named = f"The column “{short(header[1][at])}” names {len(groups):,} transcripts; each became a source."
    reported = {Notice(named)}
    parsed_sources: list[ParsedSource] = []
    taken: set[str] = set()
    for value, group in groups.items():
        part = replace(sheet, rows=(header, *group))
        parsed = turns_source(part, columns, options, before={} if parsed_sources else before)
        new = [warning for warning in parsed.warnings if warning not in reported]
        reported.update(new)
        parsed_sources.append(replace(parsed, name=_name(sheet.filename, value, taken), warnings=tuple(new)))
    return (replace(parsed_sources[0], warnings=(Notice(named), *parsed_sources[0].warnings)), *parsed_sources[1:])


def _name(filename: str, value: str, taken: set[str]) -> str:
    """Return the name of a source, with a number if it is already used."""
    suffix = PurePath(value).suffix
    bare = value.removesuffix(suffix) if _EXTENSION.fullmatch(suffix) else value
    plain = " ".join(_NOT_IN_NAMES.sub(" ", bare).split())
    stem = PurePath(filename).stem
    name = plain if any(map(str.isalpha, plain)) else f"{stem} {plain}".strip()
    free, number = name, 2
    while free.casefold() in taken:
        free, number = f"{name} ({number})", number + 1
    taken.add(free.casefold())
    return free

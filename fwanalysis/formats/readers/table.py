"""Tables (CSV, TSV, Excel) as sources, in two shapes: a row a turn, or a row a respondent with open answers.

A table of turns becomes a text of one paragraph a row, the words as the cell has them. Of a table of answers, each
answer becomes a source of its respondent's case.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.errors import NotASource, UnreadableFile
from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.tables.column_detection import (
    CaseColumns,
    SpeakerColumns,
    TurnColumns,
    detect_columns,
    header_place,
)
from fwanalysis.formats.tables.sheets import Sheet, read_sheet, without_entities
from fwanalysis.formats.tables.survey_answers import answer_sources
from fwanalysis.formats.tables.survey_columns import AnswerColumns
from fwanalysis.formats.tables.transcript_groups import sources_of
from fwanalysis.formats.tables.turn_table import is_export, short, turns_source

if TYPE_CHECKING:
    from fwanalysis.domain.importing import ParsedSource


def read(filename: str, data: bytes, options: ReadOptions = DEFAULTS) -> ParsedSource | tuple[ParsedSource, ...]:
    """The draft of a table of turns, or a draft for each answer of a table of answers. NotASource for a table of
    cases, UnreadableFile for any other."""
    sheet = read_sheet(filename, data, options)
    if not sheet.rows:
        raise UnreadableFile(f"{filename} holds no table{_only_warning(sheet)}.")
    header = header_place(sheet.rows)
    above = "\n".join(" ".join(cell.strip() for cell in row if cell.strip()) for _, row in sheet.rows[:header])
    sheet = replace(sheet, rows=sheet.rows[header:])
    sheet.refuse_ragged()
    if not is_export(sheet.rows[0][1]):
        sheet = without_entities(sheet)
    columns = detect_columns(sheet.rows)
    match columns:
        case TurnColumns():
            return sources_of(sheet, columns, options, before={0: above} if above else {})
        case SpeakerColumns():
            return turns_source(sheet, columns, options, before={0: above} if above else {})
        case AnswerColumns():
            return answer_sources(sheet, columns, above=above)
        case CaseColumns():
            raise NotASource(f"{filename} is a table of cases; “fwa case import {filename}” takes it.")
    named = ", ".join(short(name) for name in sheet.rows[0][1][:8] if name.strip())
    raise UnreadableFile(
        f"{filename} is a table without words to read: it needs columns such as “speaker” and “text” (a row a turn), or"
        f" “case” and open answers (a row a respondent); its first row is: {named}."
    )


def _only_warning(sheet: Sheet) -> str:
    return f" ({sheet.warnings[0].message.rstrip('.')})" if sheet.warnings else ""

"""Read open answers from a table with a row per respondent.

Each answer becomes a source of the respondent's case.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import is_unknown
from fwanalysis.domain.importing import Notice, ParsedSource
from fwanalysis.domain.sources import SourceKind
from fwanalysis.domain.text import count_words, one_line
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.tables.case_table import attribute_name
from fwanalysis.formats.tables.column_lexicon import plain
from fwanalysis.formats.tables.survey_columns import asks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fwanalysis.formats.tables.sheets import Sheet
    from fwanalysis.formats.tables.survey_columns import AnswerColumns

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_EMPTY_ONE = "1 answer is empty or says n/a."
_LONGEST_QUESTION = 40
_MOST_SOURCES = 50_000
_MOST_NAMED = 8


def answer_sources(sheet: Sheet, columns: AnswerColumns, *, above: str = "") -> tuple[ParsedSource, ...]:
    """Return a source for each answer, named ``P07 What do you share``.

    Args:
        sheet: The table, with its header.
        columns: What its columns are.
        above: Text above the table, which is not imported.

    Raises:
        UnreadableFile: A row has answers but no respondent, or there is no answer in the table.
    """
    sheet = sheet.filled_down([at for at in range(len(columns.names)) if at not in columns.answers])
    header, rows = columns.names, sheet.rows[columns.first :]
    respondents = _respondents(sheet, columns)
    questions = _questions(header, columns.answers)
    warnings = [*sheet.warnings, *_warnings(sheet, columns, respondents, above)]
    described = _described(rows, respondents, columns)
    parsed_sources: list[ParsedSource] = []
    taken: set[str] = set()
    empty = 0
    for (number, row), respondent in zip(rows, respondents, strict=True):
        answered = [at for at in columns.answers if not is_unknown(row[at])]
        empty += len(columns.answers) - len(answered) if respondent else 0
        if answered and not respondent:
            named = one_line(header[columns.respondent or 0])
            raise UnreadableFile(f"{sheet.at(number)}: this row has answers but nothing under “{named}”.")
        for at in answered:
            question, short = questions[at]
            if columns.question is not None and row[columns.question].strip():
                question = " ".join(row[columns.question].split())
                short = _shortened(question)
            name = _free(f"{_NOT_IN_NAMES.sub(' ', respondent)} {short}", taken)
            parsed_sources.append(_parsed(name, row[at], respondent, question, described[respondent.casefold()], sheet))
        if len(parsed_sources) > _MOST_SOURCES:
            raise UnreadableFile(f"{sheet.filename} holds over {_MOST_SOURCES:,} answers; split it.")
    if not parsed_sources:
        raise UnreadableFile(f"{sheet.filename} holds no answers: all of them are empty or say n/a.")
    if empty:
        warnings.append(Notice(_EMPTY_ONE if empty == 1 else f"{empty:,} answers are empty or say n/a."))
    return (replace(parsed_sources[0], warnings=tuple(warnings)), *parsed_sources[1:])


def _respondents(sheet: Sheet, columns: AnswerColumns) -> list[str]:
    """Return the respondent of each row.

    If the table names no respondents, or only counts its rows, each row's number.
    """
    rows = sheet.rows[columns.first :]
    at = columns.respondent
    named = [" ".join(row[at].split()) for _, row in rows] if at is not None else []
    counted = at is not None and plain(columns.names[at]) == "id" and named == [str(n + 1) for n in range(len(rows))]
    if named and not counted:
        return named
    stem = PurePath(sheet.filename).stem
    return [f"{stem} R{number}" for number in range(1, len(rows) + 1)]


def _described(
    rows: Sequence[tuple[int, list[str]]], respondents: Sequence[str], columns: AnswerColumns
) -> dict[str, dict[str, str]]:
    """Return the attributes of each respondent.

    Of several rows, only the values that are equal in all of them.
    """
    described: dict[str, dict[str, str]] = {}
    for (_, row), respondent in zip(rows, respondents, strict=True):
        attributes = {
            attribute_name(columns.names[at]): row[at].strip()
            for at in columns.attributes
            if columns.names[at].strip() and not is_unknown(row[at])
        }
        known = described.setdefault(respondent.casefold(), attributes)
        if columns.question is not None and known is not attributes:
            kept = {name: value for name, value in known.items() if attributes.get(name, value) == value}
            described[respondent.casefold()] = kept
    return described


def _warnings(sheet: Sheet, columns: AnswerColumns, respondents: Sequence[str], above: str) -> Iterator[Notice]:
    """Yield warnings about columns and rows that are not answers."""
    rows = [row for _, row in sheet.rows[columns.first :]]
    if above:
        yield Notice(f"The text above the table was not imported: “{one_line(above)[:80]}”.")
    if any(row[at].strip() for row in rows for at in columns.attributes if not columns.names[at].strip()):
        yield Notice("A column without a name has values; it was not imported.")
    out = [columns.names[at] for at in columns.left_out if any(row[at].strip() for row in rows)]
    if out:
        named = ", ".join(f"“{one_line(name)[:40]}”" for name in out[:_MOST_NAMED])
        more = " and others" if len(out) > _MOST_NAMED else ""
        yield Notice(f"Not imported, because they identify a person or describe the form: {named}{more}.")
    asked = [columns.names[at] for at in columns.attributes if asks(columns.names[at])]
    if asked:
        named = ", ".join(f"“{one_line(name)[:40]}”" for name in asked[:_MOST_NAMED])
        yield Notice(f"These answers are short and became attributes of the cases: {named}.")
    at = columns.respondent
    if respondents and (at is None or respondents[0] != " ".join(rows[0][at].split())):
        yield Notice(
            f"This table names no respondents, so its rows are the cases “{respondents[0]}” to “{respondents[-1]}”, in "
            "their order."
        )


def _parsed(
    name: str, text: str, respondent: str, question: str, attributes: dict[str, str], sheet: Sheet
) -> ParsedSource:
    return ParsedSource(
        name=name,
        kind=SourceKind.DOCUMENT,
        text=text,
        turns=(),
        speakers=(),
        input_format="table",
        speaker_format="none",
        speaker_format_reason="the table has a row for each respondent, and this is one answer",
        words=count_words(text),
        encoding=sheet.encoding,
        metadata={"question": question},
        case=respondent,
        attributes=attributes,
    )


def _questions(header: Sequence[str], places: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return each question by column: in full, and as names of sources have it."""
    questions = {}
    taken: set[str] = set()
    for at in places:
        asked = " ".join(header[at].split()) or f"column {at + 1}"
        questions[at] = (asked, _free(_shortened(asked), taken))
    return questions


def _shortened(question: str) -> str:
    """Return the first words of a question, short enough for a name."""
    plain = " ".join(_NOT_IN_NAMES.sub(" ", question).split()).strip(" .,;") or "answer"
    if len(plain) <= _LONGEST_QUESTION:
        return plain
    cut = plain[: _LONGEST_QUESTION + 1].rpartition(" ")[0]
    return (cut or plain[:_LONGEST_QUESTION]).rstrip(" .,;")


def _free(name: str, taken: set[str]) -> str:
    """Return the name, with a number if it is taken, and add it to *taken*."""
    free = next(free for free in _numbered(name) if free.casefold() not in taken)
    taken.add(free.casefold())
    return free


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name} ({number})"
        number += 1

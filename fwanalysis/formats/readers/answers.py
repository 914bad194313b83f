"""Open answers of a table with a row a respondent: each becomes a source of the respondent's case."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import is_unknown
from fwanalysis.domain.importing import Doubt, SourceDraft
from fwanalysis.domain.sources import SourceKind
from fwanalysis.domain.text import count_words, one_line
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.cases import attribute_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fwanalysis.formats.columns import Answers
    from fwanalysis.formats.sheets import Sheet

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_EMPTY_ONE = "1 answer is empty or says n/a."
_LONGEST_QUESTION = 40
_MOST_SOURCES = 50_000


def answer_sources(sheet: Sheet, columns: Answers) -> tuple[SourceDraft, ...]:
    """A draft for every answer that says something, named ``P07 What do you share``. UnreadableFile where a row has
    answers but says of nobody that they are theirs, and where there is none."""
    (_, header), *rows = sheet.rows
    questions = _questions(header, columns.answers)
    doubts = list(sheet.doubts)
    unnamed = [at for at in columns.attributes if not header[at].strip()]
    if any(row[at].strip() for _, row in rows for at in unnamed):
        doubts.append(Doubt("A column without a name holds something; it was left out."))
    drafts: list[SourceDraft] = []
    taken: set[str] = set()
    empty = 0
    for number, row in rows:
        respondent = " ".join(row[columns.respondent].split())
        answered = [at for at in columns.answers if not is_unknown(row[at])]
        empty += len(columns.answers) - len(answered) if respondent else 0
        if answered and not respondent:
            raise UnreadableFile(
                f"{sheet.at(number)}: this row has answers but nothing under “{one_line(header[columns.respondent])}”."
            )
        attributes = {
            attribute_name(header[at]): row[at].strip()
            for at in columns.attributes
            if header[at].strip() and not is_unknown(row[at])
        }
        for at in answered:
            question, short = questions[at]
            name = _free(f"{_NOT_IN_NAMES.sub(' ', respondent)} {short}", taken)
            drafts.append(_draft(name, row[at], respondent, question, attributes, sheet))
        if len(drafts) > _MOST_SOURCES:
            raise UnreadableFile(f"{sheet.filename} holds over {_MOST_SOURCES:,} answers; split it.")
    if not drafts:
        raise UnreadableFile(f"{sheet.filename} holds no answers: all of them are empty or say n/a.")
    if empty:
        doubts.append(Doubt(_EMPTY_ONE if empty == 1 else f"{empty:,} answers are empty or say n/a."))
    return (replace(drafts[0], doubts=tuple(doubts)), *drafts[1:])


def _draft(
    name: str, text: str, respondent: str, question: str, attributes: dict[str, str], sheet: Sheet
) -> SourceDraft:
    return SourceDraft(
        name=name,
        kind=SourceKind.DOCUMENT,
        text=text,
        turns=(),
        speakers=(),
        reader="table",
        style="none",
        style_reason="the table has a row for each respondent, and this is one answer",
        words=count_words(text),
        encoding=sheet.encoding,
        metadata={"question": question},
        case=respondent,
        attributes=attributes,
    )


def _questions(header: Sequence[str], places: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Each question as it is asked and as names of sources have it, by its column."""
    questions = {}
    taken: set[str] = set()
    for at in places:
        asked = " ".join(header[at].split()) or f"column {at + 1}"
        questions[at] = (asked, _free(_shortened(asked), taken))
    return questions


def _shortened(question: str) -> str:
    """The first words of a question, as a file could be named."""
    plain = " ".join(_NOT_IN_NAMES.sub(" ", question).split()).strip(" .,;") or "answer"
    if len(plain) <= _LONGEST_QUESTION:
        return plain
    cut = plain[: _LONGEST_QUESTION + 1].rpartition(" ")[0]
    return (cut or plain[:_LONGEST_QUESTION]).rstrip(" .,;")


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number if it is taken; it is taken from now on."""
    free = next(free for free in _numbered(name) if free.casefold() not in taken)
    taken.add(free.casefold())
    return free


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name} ({number})"
        number += 1

"""Find the columns of a survey with open answers, respondents and attributes.

Pure: a header and rows in, column indices out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import is_unknown
from fwanalysis.domain.text import WORD
from fwanalysis.formats.tables.column_lexicon import (
    ABOUT_FORMS,
    ABOUT_PERSONS,
    QUESTION,
    RESPONDENT,
    RESPONSE,
    RESPONSE_BELOW,
    Column,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_LONG_WORDS, _LONG_LETTERS, _LONG_SCRIPT = 8, 60, 16
"""Words, characters, and characters of a script without spaces, from which a value is long for a name or category."""
_VERY_LONG = 2.5
_SHARE_LONG = 0.2
_FEW_KINDS, _MANY_ROWS = 0.2, 5
_SHARE_DIFFERENT = 0.8
"""Minimum share of different values: few respondents give the same short answer, many the same category."""
_SCRIPTS_WITHOUT_SPACES = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_ASKS = re.compile(r".*[?？؟][\s*]*|(?:q|question|frage)\s?\d{1,3}\b.*\s\S+", re.IGNORECASE | re.DOTALL)
_SAYS = re.compile(r".*\w[.!?…。！？]['\"’”)]*|\S+(?:\s+\S+){2,}", re.DOTALL)
_IMPORT_ID = '{"ImportId"'


@dataclass(frozen=True, slots=True)
class AnswerColumns:
    """The columns of a table of answers.

    The respondent (None if no column has it), the open answers, short columns that describe the respondent, and columns
    that identify a person or describe the form, which are omitted.

    ``names`` are the columns' names including further header rows, ``first`` the index of the first row below the
    header. If ``question`` is a column, each row is an answer to the question in it.
    """

    respondent: int | None
    answers: tuple[int, ...]
    attributes: tuple[int, ...]
    left_out: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    first: int = 1
    question: int | None = None


def survey_header(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], int]:
    """Return the names of the columns, and how many rows the header has.

    Survey programs add rows with the question, what it asks for, or an id.
    """
    header = tuple(rows[0])
    imported = next((at for at, row in enumerate(rows) if any(cell.startswith(_IMPORT_ID) for cell in row)), None)
    if imported is not None:
        return tuple(rows[imported - 1]) if imported else header, imported + 1
    if len(rows) < 2:
        return header, 1
    below = rows[1]
    respondent = respondent_column([plain(name) for name in header])
    if respondent is None or len(below) != len(header):
        return header, 1
    if plain(below[respondent]) == plain(header[respondent]):
        return tuple(below), 2
    if below[respondent].strip() or not any(plain(cell) in RESPONSE_BELOW for cell in below):
        return header, 1
    names: list[str] = []
    above = ""
    for name, what in zip(header, below, strict=True):
        above = name if name.strip() else above
        names.append(f"{above}: {what}" if what.strip() and plain(what) not in RESPONSE_BELOW else above)
    return tuple(names), 2


def respondent_column(names: Sequence[str]) -> int | None:
    """Return the column of the respondent: ``case``, else the first candidate."""
    if "case" in names:
        return names.index("case")
    return next((at for at, name in enumerate(names) if name in RESPONDENT), None)


def asks(name: str) -> bool:
    """Return whether the name of a column is a question.

    It ends in a question mark, or begins with ``Q2`` or the like.
    """
    return _ASKS.fullmatch(name) is not None


def long_answer_columns(
    names: tuple[str, ...], compared: Sequence[str], respondent: int | None, rows: Sequence[Sequence[str]]
) -> AnswerColumns | None:
    """Return the columns of a table with a row per answer.

    A respondent, a question, an answer.
    """
    question = next((at for at, name in enumerate(compared) if name in QUESTION), None)
    said = next((at for at, name in enumerate(compared) if name in RESPONSE), None)
    if respondent is None or question is None or said is None or not any(row[question].strip() for row in rows):
        return None
    others = [at for at in range(len(names)) if at not in (respondent, question, said)]
    return AnswerColumns(respondent, (said,), *_described(compared, others), names=names, question=question)


def answer_columns(
    names: tuple[str, ...],
    compared: Sequence[str],
    respondent: int | None,
    places: Mapping[Column, int],
    rows: Sequence[Sequence[str]],
    first: int,
) -> AnswerColumns | None:
    """Return the columns of a table with a row per respondent.

    None if no column has open answers.
    """
    others = [at for at in range(len(names)) if at != respondent]
    attributes, left_out = _described(compared, others)
    text_column = places.get(Column.TEXT) if respondent is not None else None
    answers = tuple(
        at for at in attributes if at == text_column or is_free_text(rows, at) or _is_short_answer(names, rows, at)
    )
    if not answers:
        return None
    if respondent is None and not any(asks(names[at]) and is_free_text(rows, at) for at in answers):
        return None
    attributes = tuple(at for at in attributes if at not in answers)
    return AnswerColumns(respondent, answers, attributes, left_out, names, first)


def _described(names: Sequence[str], places: Iterable[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the columns that may describe a respondent, and those omitted.

    The latter identify a person or describe the form.
    """
    out = tuple(at for at in places if names[at] in ABOUT_FORMS | ABOUT_PERSONS)
    return tuple(at for at in places if at not in out), out


def _is_short_answer(names: Sequence[str], rows: Iterable[Sequence[str]], at: int) -> bool:
    """Return whether short values are answers in a respondent's own words.

    Nearly all are different and most are sentences. Values for no answer (NA, -) do not count.
    """
    values = _known(rows, at)
    if not values or not asks(names[at]) or len({*values}) < len(values) * _SHARE_DIFFERENT:
        return False
    return sum(_SAYS.fullmatch(value) is not None for value in values) * 2 > len(values)


def is_free_text(rows: Iterable[Sequence[str]], at: int) -> bool:
    """Return whether a column has free text.

    One value is very long, or some are long and values do not recur.
    """
    values = _known(rows, at)
    lengths = [length_of(value) for value in values]
    if len(values) >= _MANY_ROWS and len(set(values)) <= len(values) * _FEW_KINDS:
        return False
    return any(length >= _VERY_LONG for length in lengths) or (
        sum(length >= 1 for length in lengths) > len(values) * _SHARE_LONG
    )


def _known(rows: Iterable[Sequence[str]], at: int) -> list[str]:
    """Return the values of a column that are not empty or unknown."""
    return [value for row in rows if (value := row[at].strip()) and not is_unknown(value)]


def length_of(value: str) -> float:
    """Return the length of a value, where 1 is long for a name or a category."""
    unspaced = len(_SCRIPTS_WITHOUT_SPACES.findall(value))
    return max(len(WORD.findall(value)) / _LONG_WORDS, len(value) / _LONG_LETTERS, unspaced / _LONG_SCRIPT)

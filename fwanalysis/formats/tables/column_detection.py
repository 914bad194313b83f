"""What the columns of a table are: who speaks, what was said, when; or a respondent and open answers.

Pure: a header and rows in, places of columns out.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from fwanalysis.domain.text import WORD
from fwanalysis.formats.speakers.labels import LabelForm, form
from fwanalysis.formats.speakers.role_lexicon import ANSWERS, ASKS, said_by
from fwanalysis.formats.tables.column_lexicon import (
    ABOUT_FORMS,
    ABOUT_PERSONS,
    QUESTION,
    RESPONDENT,
    RESPONSE,
    RESPONSE_BELOW,
    Column,
    is_unsure,
    places_of,
    plain,
)
from fwanalysis.formats.tables.transcript_columns import is_moment, parted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    Row = tuple[int, list[str]]

_LONG_WORDS, _LONG_LETTERS, _LONG_SCRIPT = 8, 60, 16
_VERY_LONG = 2.5
_SHARE_LONG = 0.2
_FEW_KINDS, _MANY_ROWS = 0.2, 5
_LABEL_LETTERS = 40
_LABEL_KINDS = 0.5
_SCRIPTS_WITHOUT_BLANKS = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_ASKS = re.compile(r".*[?？؟][\s*]*|(?:q|question|frage)\s?\d{1,3}\b.*\s\S+", re.IGNORECASE | re.DOTALL)
_SAYS = re.compile(r".*\w[.!?…。！？]['\"’”)]*|\S+(?:\s+\S+){2,}", re.DOTALL)
_IMPORT_ID = '{"ImportId"'
_TITLE_ROWS = 10


@dataclass(frozen=True, slots=True)
class Turns:
    """The columns of a table with a row a turn, and whether its first row names them."""

    places: Mapping[Column, int]
    has_header: bool = True


@dataclass(frozen=True, slots=True)
class Voices:
    """The columns of a table with a column for each who speaks, named after them, and when each row began."""

    voices: tuple[int, ...]
    time: int | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """The columns of a table of answers: who (None where no column says it), the open answers, what is short and
    describes the respondent, what identifies a person or describes the form and so is left out.

    ``names`` are the columns' names with what further rows of a header add, ``first`` the place of the first row below
    them. Where ``question`` is a column, each row is an answer to the question in it.
    """

    respondent: int | None
    answers: tuple[int, ...]
    attributes: tuple[int, ...]
    left_out: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    first: int = 1
    question: int | None = None


@dataclass(frozen=True, slots=True)
class OfCases:
    """A table of cases: a column ``case``, and nothing longer than a few words in it."""


def header_place(rows: Sequence[Row]) -> int:
    """The place of the row that names the columns: the first, unless it is a title or a fact, which fills fewer
    cells."""
    if not rows or _names_columns(rows[0][1]):
        return 0
    widest = _filled(rows[0][1])
    for at, (_, row) in enumerate(rows[1:_TITLE_ROWS], 1):
        if _filled(row) > widest and _names_columns(row):
            return at
        widest = max(widest, _filled(row))
    return 0


def _filled(row: Iterable[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _names_columns(row: Sequence[str]) -> bool:
    names = [plain(name) for name in row]
    return names_turns(row) or (any(name in RESPONDENT for name in names) and _filled(row) > 1)


def names_turns(row: Sequence[str]) -> bool:
    """Whether a row names columns of turns: what was said, and who said it or when; or those who speak."""
    names = [plain(name) for name in row]
    places = places_of(names)
    text = places.get(Column.TEXT)
    told = text is not None and bool({Column.SPEAKER, Column.TIME, Column.TURN} & places.keys())
    return (told and not (text is not None and QUESTION & {*names})) or bool(_roles(row))


def told_columns(rows: Sequence[Row]) -> Turns | Voices | Answers | OfCases | None:
    """What the columns of a table are, of which the first row may name them; None where it has no words that a source
    could be made of."""
    names, first = _survey_header([row for _, row in rows[:3]])
    below = [row for _, row in rows[first:]]
    compared = [plain(name) for name in names]
    places = places_of(compared)
    respondent = _respondent(compared)
    if first == 1:
        found = (
            _long_answers(names, compared, respondent, below)
            or _turns(compared, places, respondent, below)
            or _voices(names, places, below)
        )
        if found:
            return found
    answers = _answers(names, compared, respondent, places, below, first)
    unnamed = without_names([row for _, row in rows]) if first == 1 and respondent is None else None
    if unnamed or answers:
        return unnamed or answers
    return OfCases() if "case" in compared else None


def _survey_header(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], int]:
    """The names of the columns, and how many rows say them: programs for surveys write the question, what it asks for
    or what they call it below."""
    header = tuple(rows[0])
    imported = next((at for at, row in enumerate(rows) if any(cell.startswith(_IMPORT_ID) for cell in row)), None)
    if imported is not None:
        return tuple(rows[imported - 1]) if imported else header, imported + 1
    if len(rows) < 2:
        return header, 1
    below = rows[1]
    respondent = _respondent([plain(name) for name in header])
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


def _respondent(names: Sequence[str]) -> int | None:
    """The column that says who answered: ``case`` before all others, else the first that could."""
    if "case" in names:
        return names.index("case")
    return next((at for at, name in enumerate(names) if name in RESPONDENT), None)


def _turns(
    names: Sequence[str], places: dict[Column, int], respondent: int | None, rows: Sequence[Sequence[str]]
) -> Turns | None:
    """The columns of turns, if one says what was said and it is not the one answer of each respondent."""
    text = places.get(Column.TEXT)
    time = places.get(Column.TIME)
    if time is not None and is_unsure(Column.TIME, names[time]):
        filled = [row[time] for row in rows if row[time].strip()]
        if not filled or not all(map(is_moment, filled)):
            places = {column: at for column, at in places.items() if column is not Column.TIME}
    told = Column.TEXT in places and not _is_one_answer_each(names, places, respondent, rows)
    if told and text is not None and is_unsure(Column.TEXT, names[text]):
        told = Column.SPEAKER in places or Column.TIME in places
    if told:
        if Column.SPEAKER not in places and respondent is not None:
            places = {**places, Column.SPEAKER: respondent}
        return Turns(places)
    if text is None and respondent is not None and Column.TIME in places:
        said = [at for at in range(len(names)) if at not in (respondent, time) and is_free_text(rows, at)]
        who = [row[respondent].strip() for row in rows]
        if len(said) == 1 and len({*who}) <= len(who) * _LABEL_KINDS:
            return Turns({**places, Column.SPEAKER: respondent, Column.TEXT: said[0]})
    return None


def _is_one_answer_each(
    names: Sequence[str], places: Mapping[Column, int], respondent: int | None, rows: Sequence[Sequence[str]]
) -> bool:
    """Whether a column ``text`` is the one answer of each respondent: they are all different, and nothing else says
    that somebody spoke."""
    timed = Column.TIME in places and not is_unsure(Column.TEXT, names[places[Column.TEXT]])
    if respondent is None or timed or {Column.TURN, Column.KIND} & places.keys():
        return False
    if places.get(Column.SPEAKER, respondent) != respondent:
        return False
    who = [row[respondent].strip().casefold() for row in rows]
    return len(who) > 1 and len(set(who)) == len(who)


def _roles(row: Sequence[str]) -> tuple[int, ...]:
    """The columns of a header that are all named after those who speak, one of them who asks, but for numbers and
    times."""
    voices = {
        at: None if form(name) is LabelForm.NONE else said_by(name) for at, name in enumerate(row) if name.strip()
    }
    asks = [at for at, said in voices.items() if said == ASKS or plain(row[at]) in QUESTION]
    answers = [at for at, said in voices.items() if said == ANSWERS or plain(row[at]) in RESPONSE - {"text"}]
    others = {plain(row[at]) for at in voices if at not in (*asks, *answers)}
    if len(asks) != 1 or not answers or any(Column.TEXT in places_of([name]) for name in others):
        return ()
    return (*asks, *answers) if all({Column.TURN, Column.TIME} & places_of([name]).keys() for name in others) else ()


def _voices(names: Sequence[str], places: Mapping[Column, int], rows: Sequence[Sequence[str]]) -> Voices | None:
    """The columns of those who speak: one who asks and others who answer, or, where rows have times, columns of which
    each row fills one."""
    time = places.get(Column.TIME)
    found = _roles(names)
    if found:
        return Voices(tuple(sorted(found)), time) if any(is_free_text(rows, at) for at in found) else None
    if time is None or len(rows) < 2:
        return None
    voices = [at for at, name in enumerate(names) if at not in places.values() and name.strip()]
    alone = sum(_filled(row[at] for at in voices) == 1 for row in rows)
    several = len(voices) > 1 and not any(plain(names[at]) in ABOUT_FORMS | ABOUT_PERSONS for at in voices)
    labels = all(form(names[at]) in (LabelForm.TYPICAL, LabelForm.NAME) and not asks(names[at]) for at in voices)
    if several and labels and alone == len(rows) and any(is_free_text(rows, at) for at in voices):
        return Voices(tuple(voices), time)
    return None


# Answers


def asks(name: str) -> bool:
    """Whether the name of a column asks: it ends in a question mark, or begins ``Q2``."""
    return _ASKS.fullmatch(name) is not None


def _long_answers(
    names: tuple[str, ...], compared: Sequence[str], respondent: int | None, rows: Sequence[Sequence[str]]
) -> Answers | None:
    """The columns of a table with a row an answer: a respondent, a question, an answer."""
    question = next((at for at, name in enumerate(compared) if name in QUESTION), None)
    said = next((at for at, name in enumerate(compared) if name in RESPONSE), None)
    if respondent is None or question is None or said is None or not any(row[question].strip() for row in rows):
        return None
    others = [at for at in range(len(names)) if at not in (respondent, question, said)]
    return Answers(respondent, (said,), *_described(compared, others), names=names, question=question)


def _answers(
    names: tuple[str, ...],
    compared: Sequence[str],
    respondent: int | None,
    places: Mapping[Column, int],
    rows: Sequence[Sequence[str]],
    first: int,
) -> Answers | None:
    others = [at for at in range(len(names)) if at != respondent]
    attributes, left_out = _described(compared, others)
    told = places.get(Column.TEXT) if respondent is not None else None
    answers = tuple(
        at for at in attributes if at == told or is_free_text(rows, at) or _is_short_answer(names, rows, at)
    )
    if not answers:
        return None
    if respondent is None and not any(asks(names[at]) and is_free_text(rows, at) for at in answers):
        return None
    attributes = tuple(at for at in attributes if at not in answers)
    return Answers(respondent, answers, attributes, left_out, names, first)


def _described(names: Sequence[str], places: Iterable[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The columns that may describe a respondent, and those that identify a person or describe the form."""
    out = tuple(at for at in places if names[at] in ABOUT_FORMS | ABOUT_PERSONS)
    return tuple(at for at in places if at not in out), out


def _is_short_answer(names: Sequence[str], rows: Iterable[Sequence[str]], at: int) -> bool:
    """Whether short values answer a question in a respondent's own words: they are all different and most are
    sentences."""
    values = [value for row in rows if (value := row[at].strip())]
    if not asks(names[at]) or len({*values}) < len(values):
        return False
    return sum(_SAYS.fullmatch(value) is not None for value in values) * 2 > len(values)


def is_free_text(rows: Iterable[Sequence[str]], at: int) -> bool:
    """Whether a column holds what people said in their own words: one value is very long, or some are long and they
    are not the same few."""
    values = [value for row in rows if (value := row[at].strip())]
    lengths = [_length(value) for value in values]
    if len(values) >= _MANY_ROWS and len(set(values)) <= len(values) * _FEW_KINDS:
        return False
    return any(length >= _VERY_LONG for length in lengths) or (
        sum(length >= 1 for length in lengths) > len(values) * _SHARE_LONG
    )


def _length(value: str) -> float:
    """How long a value is, where 1 is long for a name or a category."""
    signs = len(_SCRIPTS_WITHOUT_BLANKS.findall(value))
    return max(len(WORD.findall(value)) / _LONG_WORDS, len(value) / _LONG_LETTERS, signs / _LONG_SCRIPT)


# No names


def without_names(rows: Sequence[Sequence[str]]) -> Turns | None:
    """The columns of turns without a row that names them: labels that come again, words that are longer, and, where
    there are more columns, times."""
    filled = [at for at in range(len(rows[0])) if any(row[at].strip() for row in rows)]
    timed = [at for at in filled if all(is_moment(row[at]) for row in rows)]
    if len(filled) == 2 and not timed:
        return _who_and_words(rows, *filled)
    clocks = [at for at in timed if any(":" in row[at] for row in rows)] or timed
    rest = [at for at in filled if at not in timed and not all(row[at].strip().isdigit() for row in rows)]
    rising = clocks and len(rows) > 2 and _rise([row[clocks[0]] for row in rows])
    if not rising or not rest:
        return None
    said = max(rest, key=lambda at: sum(_length(row[at]) for row in rows))
    who = [at for at in rest if at != said and _are_labels([row[at].strip() for row in rows])]
    changing = [at for at in who if len({row[at].strip() for row in rows}) > 1] or who
    places = {Column.TIME: clocks[0], Column.TEXT: said}
    if len(changing) == 1:
        places[Column.SPEAKER] = changing[0]
    return Turns(places, has_header=False) if len(rest) == 1 or len(changing) == 1 else None


def _rise(moments: Sequence[str]) -> bool:
    """Whether different times stand in the rows, as only those of their beginnings do."""
    return len({*moments}) * 2 > len(moments) and any(one < other for one, other in pairwise(moments))


def _who_and_words(rows: Sequence[Sequence[str]], who: int, said: int) -> Turns | None:
    labels = [parted(row[who].strip())[0] for row in rows]
    if len(rows) < 2 or any(len(label) > _LABEL_LETTERS or "\n" in label for label in labels):
        return None
    if not _come_again(labels) and not all(form(label) is LabelForm.TYPICAL for label in labels):
        return None
    words = sum(_length(row[said]) for row in rows) > sum(_length(label) for label in labels)
    return Turns({Column.SPEAKER: who, Column.TEXT: said}, has_header=False) if words else None


def _are_labels(labels: Sequence[str]) -> bool:
    """Whether the values of a column could be those who speak: few and short, and each comes again."""
    if not all(labels) or any(len(label) > _LABEL_LETTERS for label in labels):
        return False
    few = len(Counter(labels)) <= max(2, len(labels) * _LABEL_KINDS)
    return few and _come_again(labels)


def _come_again(labels: Collection[str]) -> bool:
    named = [label for label in labels if label]
    forms = {form(label) for label in named}
    return len(set(named)) < len(named) and LabelForm.NONE not in forms and not all(map(str.isdigit, named))

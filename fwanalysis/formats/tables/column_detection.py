"""Detect what the columns of a table are: speaker, text and time; or open answers.

Pure: a header and rows in, column indices out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from fwanalysis.formats.speakers.labels import LabelForm, form
from fwanalysis.formats.speakers.role_lexicon import ANSWERS, ASKS, said_by
from fwanalysis.formats.tables.column_lexicon import (
    ABOUT_FORMS,
    ABOUT_PERSONS,
    QUESTION,
    RESPONDENT,
    RESPONSE,
    Column,
    is_unsure,
    places_of,
    plain,
    transcript_columns,
)
from fwanalysis.formats.tables.survey_columns import (
    AnswerColumns,
    answer_columns,
    asks,
    is_free_text,
    length_of,
    long_answer_columns,
    respondent_column,
    survey_header,
)
from fwanalysis.formats.tables.transcript_columns import is_moment, parted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    Row = tuple[int, list[str]]

_LABEL_LETTERS = 40
_LABEL_KINDS = 0.5
_TITLE_ROWS = 10


@dataclass(frozen=True, slots=True)
class TurnColumns:
    """The columns of a table with a row per turn.

    Also says whether its first row is a header.
    """

    places: Mapping[Column, int]
    has_header: bool = True


@dataclass(frozen=True, slots=True)
class SpeakerColumns:
    """The columns of a table with a column per speaker, named after them.

    Also the column with the time at which each row begins.
    """

    speakers: tuple[int, ...]
    time: int | None = None


@dataclass(frozen=True, slots=True)
class CaseColumns:
    """A table of cases: a column ``case``, and only short values."""


def header_place(rows: Sequence[Row]) -> int:
    """Return the index of the header row.

    The first row, unless it is a title or a fact, which fills fewer cells.
    """
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
    """Return whether a row names columns of turns.

    What was said, and who said it or when; or the speakers.
    """
    names = [plain(name) for name in row]
    places = places_of(names)
    text = places.get(Column.TEXT)
    has_turns = text is not None and bool({Column.SPEAKER, Column.TIME, Column.TURN} & places.keys())
    return (has_turns and not (text is not None and QUESTION & {*names})) or bool(_roles(row))


def detect_columns(rows: Sequence[Row]) -> TurnColumns | SpeakerColumns | AnswerColumns | CaseColumns | None:
    """Detect what the columns of a table are; its first row may be a header.

    Returns:
        The columns; None if the table has no text for a source.
    """
    names, first = survey_header([row for _, row in rows[:3]])
    below = [row for _, row in rows[first:]]
    compared = [plain(name) for name in names]
    places = places_of(compared)
    respondent = respondent_column(compared)
    if first == 1:
        found = (
            long_answer_columns(names, compared, respondent, below)
            or _turn_columns(compared, places, respondent, below)
            or _speaker_columns(names, places, below)
        )
        if found:
            return found
    answers = answer_columns(names, compared, respondent, places, below, first)
    unnamed = without_names([row for _, row in rows]) if first == 1 and respondent is None else None
    if unnamed or answers:
        return unnamed or answers
    return CaseColumns() if "case" in compared else None


def _turn_columns(
    names: Sequence[str], places: dict[Column, int], respondent: int | None, rows: Sequence[Sequence[str]]
) -> TurnColumns | None:
    """Return the columns of turns.

    None if no column has the text, or it is the one answer of each respondent.
    """
    text = places.get(Column.TEXT)
    places = _without_dates(names, places, rows)
    has_turns = Column.TEXT in places and not _is_one_answer_each(names, places, respondent, rows)
    if has_turns and text is not None and is_unsure(Column.TEXT, names[text]):
        has_turns = Column.SPEAKER in places or Column.TIME in places
    if has_turns:
        if Column.SPEAKER not in places and respondent is not None:
            places = {**places, Column.SPEAKER: respondent}
        of = next(
            (at for at in transcript_columns(names) if at not in places.values() and _has_several(rows, at)), None
        )
        return TurnColumns(places if of is None else {**places, Column.TRANSCRIPT: of})
    if text is None and respondent is not None and Column.TIME in places:
        return _timed_turns(names, places, respondent, rows)
    return None


def _without_dates(names: Sequence[str], places: dict[Column, int], rows: Sequence[Sequence[str]]) -> dict[Column, int]:
    """Return the columns without a time column that holds no times.

    Its name may be that of a date.
    """
    time = places.get(Column.TIME)
    if time is None or not is_unsure(Column.TIME, names[time]):
        return places
    filled = [row[time] for row in rows if row[time].strip()]
    if filled and all(map(is_moment, filled)):
        return places
    return {column: at for column, at in places.items() if column is not Column.TIME}


def _timed_turns(
    names: Sequence[str], places: dict[Column, int], respondent: int, rows: Sequence[Sequence[str]]
) -> TurnColumns | None:
    """Return the columns of turns: times and recurring names beside free text."""
    said = [at for at in range(len(names)) if at not in (respondent, places[Column.TIME]) and is_free_text(rows, at)]
    who = [row[respondent].strip() for row in rows]
    if len(said) == 1 and len({*who}) <= len(who) * _LABEL_KINDS:
        return TurnColumns({**places, Column.SPEAKER: respondent, Column.TEXT: said[0]})
    return None


def _has_several(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Return whether a column distinguishes several transcripts.

    It has two values or more, each in two rows on average.
    """
    ids = [value for row in rows if (value := row[at].strip())]
    return 1 < len(set(ids)) <= len(ids) / 2


def _is_one_answer_each(
    names: Sequence[str], places: Mapping[Column, int], respondent: int | None, rows: Sequence[Sequence[str]]
) -> bool:
    """Return whether a column ``text`` is the one answer of each respondent.

    The respondents are all different, and nothing else indicates speech.
    """
    timed = Column.TIME in places and not is_unsure(Column.TEXT, names[places[Column.TEXT]])
    if respondent is None or timed or {Column.TURN, Column.KIND} & places.keys():
        return False
    if places.get(Column.SPEAKER, respondent) != respondent:
        return False
    who = [row[respondent].strip().casefold() for row in rows]
    return len(who) > 1 and len(set(who)) == len(who)


def _roles(row: Sequence[str]) -> tuple[int, ...]:
    """Return the columns of a header whose names are all roles of speakers.

    Columns of numbers and times are ignored; one of the roles asks.
    """
    speakers = {
        at: None if form(name) is LabelForm.NONE else said_by(name) for at, name in enumerate(row) if name.strip()
    }
    asks = [at for at, said in speakers.items() if said == ASKS or plain(row[at]) in QUESTION]
    answers = [at for at, said in speakers.items() if said == ANSWERS or plain(row[at]) in RESPONSE - {"text"}]
    others = {plain(row[at]) for at in speakers if at not in (*asks, *answers)}
    if len(asks) != 1 or not answers or any(Column.TEXT in places_of([name]) for name in others):
        return ()
    return (*asks, *answers) if all({Column.TURN, Column.TIME} & places_of([name]).keys() for name in others) else ()


def _speaker_columns(
    names: Sequence[str], places: Mapping[Column, int], rows: Sequence[Sequence[str]]
) -> SpeakerColumns | None:
    """Return the columns of a table with a column per speaker.

    One speaker asks and others answer; or rows have times, and each row fills one of the columns.
    """
    time = places.get(Column.TIME)
    found = _roles(names)
    if found:
        return SpeakerColumns(tuple(sorted(found)), time) if any(is_free_text(rows, at) for at in found) else None
    if time is None or len(rows) < 2:
        return None
    speakers = [at for at, name in enumerate(names) if at not in places.values() and name.strip()]
    alone = sum(_filled(row[at] for at in speakers) == 1 for row in rows)
    several = len(speakers) > 1 and not any(plain(names[at]) in ABOUT_FORMS | ABOUT_PERSONS for at in speakers)
    labels = all(form(names[at]) in (LabelForm.TYPICAL, LabelForm.NAME) and not asks(names[at]) for at in speakers)
    if several and labels and alone == len(rows) and any(is_free_text(rows, at) for at in speakers):
        return SpeakerColumns(tuple(speakers), time)
    return None


def without_names(rows: Sequence[Sequence[str]]) -> TurnColumns | None:
    """Detect the columns of turns in a table without a header.

    Labels recur and texts are longer; with more columns, there are times.
    """
    filled = [at for at in range(len(rows[0])) if any(row[at].strip() for row in rows)]
    timed = [at for at in filled if all(is_moment(row[at]) for row in rows)]
    if len(filled) == 2 and not timed:
        return _who_and_words(rows, *filled)
    clocks = _clocks(rows, timed)
    rest = [at for at in filled if at not in timed and not all(row[at].strip().isdigit() for row in rows)]
    rising = clocks and len(rows) > 2 and _rise([row[clocks[0]] for row in rows])
    if not rising or not rest:
        return None
    places = {Column.TIME: clocks[0], **_speaker_and_text(rows, rest)}
    is_clear = len(rest) == 1 or Column.SPEAKER in places
    return TurnColumns(places, has_header=False) if is_clear else None


def _clocks(rows: Sequence[Sequence[str]], timed: list[int]) -> list[int]:
    """Return the time columns that are written with a colon, or all if none is."""
    return [at for at in timed if any(":" in row[at] for row in rows)] or timed


def _speaker_and_text(rows: Sequence[Sequence[str]], places: Sequence[int]) -> dict[Column, int]:
    """Return the longest column as the text and the column of labels, if single."""
    said = max(places, key=lambda at: sum(length_of(row[at]) for row in rows))
    who = [at for at in places if at != said and _are_labels([row[at].strip() for row in rows])]
    changing = [at for at in who if len({row[at].strip() for row in rows}) > 1] or who
    return {Column.TEXT: said, **({Column.SPEAKER: changing[0]} if len(changing) == 1 else {})}


def _rise(moments: Sequence[str]) -> bool:
    """Return whether the times differ and increase, as those of beginnings do."""
    return len({*moments}) * 2 > len(moments) and any(one < other for one, other in pairwise(moments))


def _who_and_words(rows: Sequence[Sequence[str]], who: int, said: int) -> TurnColumns | None:
    labels = [parted(row[who].strip())[0] for row in rows]
    if len(rows) < 2 or any(len(label) > _LABEL_LETTERS or "\n" in label for label in labels):
        return None
    if not _come_again(labels) and not all(form(label) is LabelForm.TYPICAL for label in labels):
        return None
    words = sum(length_of(row[said]) for row in rows) > sum(length_of(label) for label in labels)
    return TurnColumns({Column.SPEAKER: who, Column.TEXT: said}, has_header=False) if words else None


def _are_labels(labels: Sequence[str]) -> bool:
    """Return whether the values of a column may be speaker labels.

    They are few and short, and each recurs.
    """
    if not all(labels) or any(len(label) > _LABEL_LETTERS for label in labels):
        return False
    few = len(Counter(labels)) <= max(2, len(labels) * _LABEL_KINDS)
    return few and _come_again(labels)


def _come_again(labels: Collection[str]) -> bool:
    named = [label for label in labels if label]
    forms = {form(label) for label in named}
    return len(set(named)) < len(named) and LabelForm.NONE not in forms and not all(map(str.isdigit, named))

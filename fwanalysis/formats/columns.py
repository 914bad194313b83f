"""What the columns of a table are: who speaks, what was said, when; or a respondent and open answers.

Pure: a header and rows in, places of columns out. Names of columns are compared without case, signs and blanks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from fwanalysis.domain.text import WORD
from fwanalysis.formats.labels import LabelForm, form

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from fwanalysis.formats.sheets import Sheet


class Column(Enum):
    """What a column of a table of turns holds."""

    SPEAKER = auto()
    TEXT = auto()
    TIME = auto()
    ROLE = auto()
    CASE = auto()
    KIND = auto()
    TURN = auto()


def _names(listed: str) -> frozenset[str]:
    return frozenset(plain(name) for name in listed.split("|"))


def plain(name: str) -> str:
    """The name of a column as it is compared: ``Speaker_Name:`` is ``speakername``."""
    return re.sub(r"[\W_]+", "", name.casefold())


_KNOWN: Mapping[Column, frozenset[str]] = {
    Column.SPEAKER: _names(
        "speaker | speaker name | speakers | name | who | label | speaker label | voice | person | person speaking"
        " | participant | sprecher | sprecherin | intervenant | locuteur | hablante | parlante | 说话人 | 发言人"
    ),
    Column.TEXT: _names(
        "text | words | utterance | utterances | content | transcript | transcription | speech | said | what was said"
        " | dialogue | dialog | statement | message | turn text | wortlaut | inhalt | aussage | texte | texto | testo"
        " | 内容 | 文本"
    ),
    Column.TIME: _names(
        "time | start | start time | starts at | begin | timestamp | time stamp | timecode | time code | zeit | beginn"
        " | temps | hora | 时间"
    ),
    Column.ROLE: _names("role | speaker role | rolle | rôle"),
    Column.CASE: _names("case"),
    Column.KIND: _names("kind"),
    Column.TURN: _names("turn | turn number | no | nr | number | line | row"),
}
_RESPONDENT = _names(
    "case | case id | id | participant | participant id | participant no | participant number | respondent"
    " | respondent id | pid | code | pseudonym | subject | subject id | interviewee | informant | name | person"
    " | response id | record id | user id"
)
_LONG_WORDS, _LONG_LETTERS, _LONG_SCRIPT = 8, 60, 16
_VERY_LONG = 2.5
_SHARE_LONG = 0.2
_FEW_KINDS, _MANY_ROWS = 0.2, 5
_LABEL_LETTERS = 40
_SCRIPTS_WITHOUT_BLANKS = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Turns:
    """The columns of a table with a row a turn, and whether its first row names them."""

    places: Mapping[Column, int]
    has_header: bool = True


@dataclass(frozen=True, slots=True)
class Answers:
    """The columns of a table with a row a respondent: who, the open answers, and what is short and describes the
    respondent."""

    respondent: int
    answers: tuple[int, ...]
    attributes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OfCases:
    """A table of cases: a column ``case``, and nothing longer than a few words in it."""


def told_columns(sheet: Sheet) -> Turns | Answers | OfCases | None:
    """What the columns of a table are; None where it has no words that a source could be made of."""
    (_, header), *numbered = sheet.rows
    rows = [row for _, row in numbered]
    names = [plain(name) for name in header]
    places = {
        column: next(at for at, name in enumerate(names) if name in known)
        for column, known in _KNOWN.items()
        if any(name in known for name in names)
    }
    respondent = _respondent(names)
    one_each = _is_one_answer_each(places, respondent, rows)
    if Column.TEXT in places and not one_each:
        if Column.SPEAKER not in places and respondent is not None:
            places[Column.SPEAKER] = respondent
        return Turns(places)
    if respondent is not None:
        told = places.get(Column.TEXT)
        answers = tuple(at for at in range(len(names)) if at != respondent and (at == told or is_free_text(rows, at)))
        if answers:
            others = tuple(at for at in range(len(names)) if at not in (respondent, *answers))
            return Answers(respondent, answers, others)
        if names[respondent] == "case":
            return OfCases()
    return _without_header(header, rows)


def _respondent(names: Sequence[str]) -> int | None:
    """The column that says who answered: ``case`` before all others, else the first that could."""
    if "case" in names:
        return names.index("case")
    return next((at for at, name in enumerate(names) if name in _RESPONDENT), None)


def _is_one_answer_each(places: Mapping[Column, int], respondent: int | None, rows: Sequence[Sequence[str]]) -> bool:
    """Whether a column ``text`` is the one answer of each respondent: they are all different, and nothing else says
    that somebody spoke."""
    if respondent is None or {Column.TIME, Column.TURN, Column.KIND} & places.keys():
        return False
    if places.get(Column.SPEAKER, respondent) != respondent:
        return False
    who = [row[respondent].strip().casefold() for row in rows]
    return len(who) > 1 and len(set(who)) == len(who)


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


def _without_header(first: Sequence[str], rows: Sequence[Sequence[str]]) -> Turns | None:
    """The columns of two, speaker and words, without a row that names them: labels that come again, and words that
    are longer."""
    filled = [at for at in range(len(first)) if first[at].strip() or any(row[at].strip() for row in rows)]
    if len(filled) != 2 or not rows:
        return None
    who, said = filled
    every = [first, *rows]
    labels = [row[who].strip() for row in every]
    if any(len(label) > _LABEL_LETTERS or "\n" in label for label in labels):
        return None
    if not _come_again(labels) and not all(form(label) is LabelForm.TYPICAL for label in labels):
        return None
    words = sum(_length(row[said]) for row in every) > sum(_length(label) for label in labels)
    return Turns({Column.SPEAKER: who, Column.TEXT: said}, has_header=False) if words else None


def _come_again(labels: Collection[str]) -> bool:
    named = [label for label in labels if label]
    forms = {form(label) for label in named}
    return len(set(named)) < len(named) and LabelForm.NONE not in forms and not all(map(str.isdigit, named))

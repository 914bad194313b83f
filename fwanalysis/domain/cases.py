"""Cases, their attributes and members, and the attribution of a span of text to cases."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from fwanalysis.domain.sources import Role, SourceKind, SpeakerIndex
from fwanalysis.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fwanalysis.domain.text import Span


class Level(StrEnum):
    """What kind of unit a case is."""

    PERSON = "person"
    GROUP = "group"
    SITE = "site"


class AttributeType(StrEnum):
    """How an attribute's values are written and ordered."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Case:
    """A unit of comparison: a row of the matrix."""

    id: str
    name: str
    level: Level


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name by which files and tables may call a case; no two cases share one."""

    id: str
    case_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """A typed property of cases; ``position`` is its place among the attributes."""

    id: str
    name: str
    type: AttributeType
    position: int


@dataclass(frozen=True, slots=True)
class AttributeValue:
    """What an attribute is for one case, in its canonical text; an unknown value has no record."""

    id: str
    case_id: str
    attribute_id: str
    value: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A case (a person, a group) that belongs to a group or a site."""

    id: str
    member_id: str
    whole_id: str


_TRUE = frozenset({"true", "yes", "y", "1"})
_FALSE = frozenset({"false", "no", "n", "0"})
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d+", re.ASCII)
_PADDED = re.compile(r"[+-]?0\d.*", re.ASCII)
_LABEL = re.compile(r"[+-]?0\d.*|\+\d{7,}|\d{10,}", re.ASCII)
"""Digits that are no quantity: 007, +441632960123, 2026033112."""
_TRAILING_ZERO = re.compile(r"[^.]*\.\d*0", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([./])(\d{1,2})\2(\d{1,2})", re.ASCII)
UNKNOWN = frozenset(
    {"", "-", "--", "---", "–", "—", "?", "??", "n/a", "na", "n.a.", "n.a", "n/k", "nan", "<na>", "#n/a", "null", "nil"}
    | {"unknown", "not known", "missing", "no answer", "no response", "not answered", "not stated", "k.a.", "k. a."}
    | {"keine angabe", "sin respuesta", "sans réponse", "non renseigné"}
)
"""How tables write that a value is not known (lower case)."""


def folded(name: str) -> str:
    """A name or value as it is compared: without case, runs of white space as one blank."""
    return " ".join(name.split()).casefold()


_NO_LETTER = re.compile(r"[\W_]+")
_LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


def bare(name: str) -> str:
    """Return a name without what people write differently: capitals, spaces, punctuation, zeros before a number."""
    return _LEADING_ZEROS.sub("", _NO_LETTER.sub("", name.casefold()))


def is_unknown(value: str) -> bool:
    """Whether a cell says that a value is not known."""
    return folded(value) in UNKNOWN


def canonical(value: str, kind: AttributeType, name: str) -> str:
    """*value* as attribute *name* of type *kind* stores it; InvalidInput says what is expected instead."""
    value = " ".join(value.split())
    if kind is AttributeType.NUMBER:
        if _PADDED.fullmatch(value):
            raise InvalidInput(f"{name} is a number, and “{value}” would lose its zero; make {name} a text.")
        if not _NUMBER.fullmatch(value):
            raise InvalidInput(f"{name} is a number, and “{value}” is not one; write it with digits and a point.")
        if _WHOLE.fullmatch(value):
            return str(int(value))
        number = float(value)
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
    if kind is AttributeType.BOOLEAN:
        if value.lower() not in _TRUE | _FALSE:
            raise InvalidInput(f"{name} is yes or no, and “{value}” is neither.")
        return "yes" if value.lower() in _TRUE else "no"
    if kind is AttributeType.DATE:
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            raise InvalidInput(f"{name} is a date, and “{value}” is not one; write it as 2026-03-31.") from None
    return value


def infer_type(values: Iterable[str]) -> AttributeType:
    """Infer the narrowest attribute type that fits all values and changes none of them.

    Args:
        values: Values as they are written; empty ones and those that say that nothing is known are ignored.

    Returns:
        NUMBER, BOOLEAN, DATE, CHOICE (values repeat) or TEXT (also if nothing is known), tested in that order. A column
        with a value that is written like a label is no NUMBER: a zero in front (007), ``+`` and 7 digits or more, 10
        digits or more, or a zero at the end of decimals (version 3.10), unless all decimals are ``.0``. BOOLEAN needs
        yes, no, true, false, y, n. DATE needs ISO 8601 (2026-03-31).
    """
    known = [value.strip() for value in values if not is_unknown(value)]
    if not known:
        return AttributeType.TEXT
    if all(_NUMBER.fullmatch(value) and not _LABEL.fullmatch(value) for value in known):
        trailing = [value for value in known if _TRAILING_ZERO.fullmatch(value)]
        if not trailing or all(value.endswith(".0") for value in known if "." in value):
            return AttributeType.NUMBER
    if all(value.lower() in {"yes", "no", "true", "false", "y", "n"} for value in known):
        return AttributeType.BOOLEAN
    if all(_is_date(value) for value in known):
        return AttributeType.DATE
    return AttributeType.CHOICE if len(set(known)) < len(known) else AttributeType.TEXT


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == 10


def possible_dates(value: str) -> tuple[str, ...]:
    """The dates (``2025-12-31``) that a value in another form may mean: one for ``31/12/2025`` or ``2025/12/31``, two
    for ``03.04.2025``, where the month may stand first, none for what is no date."""
    if found := _DAY_FIRST.fullmatch(value.strip()):
        one, other, year = int(found[1]), int(found[3]), int(found[4])
        candidates = [(year, other, one), (year, one, other)]
    elif found := _YEAR_FIRST.fullmatch(value.strip()):
        candidates = [(int(found[1]), int(found[3]), int(found[4]))]
    else:
        return ()
    written = (f"{year:04}-{month:02}-{day:02}" for year, month, day in candidates)
    return tuple(dict.fromkeys(day for day in written if _is_date(day)))


def has_value(known: str | None, wanted: str, kind: AttributeType) -> bool:
    """Whether a known value (None or empty if it is not) is the one that a person asks for: ``true`` finds *yes*, 12.0
    finds 12, without regard to case and blanks; ``unknown`` or nothing finds what is not known."""
    if is_unknown(wanted) or not known:
        return is_unknown(wanted) and not known
    try:
        return folded(known) == folded(canonical(wanted, kind, ""))
    except InvalidInput:
        return folded(known) == folded(wanted)


def sort_key(value: str | None, kind: AttributeType) -> tuple[int, float, str]:
    """A key by which values of one attribute sort: known before unknown, numbers by size, all else without case."""
    if value is None:
        return (1, 0.0, "")
    if kind is AttributeType.NUMBER:
        return (0, float(value), "")
    return (0, 0.0, value.casefold())


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key by which names sort as people count: P2 before P10."""
    parts = re.findall(r"\d+|\D+", name)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part.casefold()) for part in parts)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose words a span of a source is: the cases whose turns it overlaps (or whose source without turns it stands
    in), and, in a focus group, the group they spoke in. Both are empty for words that are no participant's."""

    cases: frozenset[str]
    group: str | None

    @property
    def is_unattributed(self) -> bool:
        """Whether the words stand without a case."""
        return not self.cases and self.group is None

    def named(self, names: Mapping[str, str]) -> str | None:
        """The persons whose words they are (*names* by case id), else the group; None for nobody's."""
        ids = self.cases or ({self.group} if self.group else set())
        return ", ".join(sorted((names[case_id] for case_id in ids), key=natural_key)) or None


def attribution_of(voices: SpeakerIndex, span: Span) -> Attribution:
    """Return the cases to whom a span of text is attributed.

    Args:
        voices: Speech turns and speakers of one revision.
        span: Half-open range of code points in that revision.

    Returns:
        An Attribution with the cases of all participant turns that overlap *span*. Speakers with the role interviewer,
        other or unknown contribute no case. A turn without a speaker contributes none either, but the source's own
        case where no participant is labelled in the whole source (only interviewers are, or turns only have times).
        In a source without turns: the source's own case. In a focus group the own case is the group, which is named
        beside the participants' cases. Empty if the span is unattributed.
    """
    own, is_group = voices.source.case_id, voices.source.kind is SourceKind.FOCUS_GROUP
    if not voices.speech:
        return Attribution(frozenset({own} if own else ()), None)
    speakers = [voices.speaker_of(turn) for turn in voices.over(span)]
    named = [speaker for speaker in speakers if speaker is not None and speaker.role is Role.PARTICIPANT]
    is_own = bool(named) if is_group else False
    if None in speakers and not is_own:
        is_own = not voices.names_participants
    cases = {speaker.case_id for speaker in named}
    if is_own and not is_group:
        cases.add(own)
    return Attribution(frozenset(case_id for case_id in cases if case_id), own if is_own and is_group else None)


def parents(memberships: Iterable[Membership]) -> Mapping[str, frozenset[str]]:
    """For each case the groups and sites it belongs to, directly or through another (a person of a group of a site)."""
    direct: dict[str, set[str]] = {}
    for membership in memberships:
        direct.setdefault(membership.member_id, set()).add(membership.whole_id)
    closed: dict[str, frozenset[str]] = {}
    for member in direct:
        found: set[str] = set()
        frontier = set(direct[member])
        while frontier:
            found |= frontier
            frontier = {above for whole in frontier for above in direct.get(whole, ())} - found
        closed[member] = frozenset(found)
    return closed


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as a list shows it, with its attributes, what it belongs to, who belongs to it, the sources it speaks in,
    and its other names."""

    id: str
    name: str
    level: Level
    attributes: Mapping[str, str]
    member_of: tuple[str, ...]
    members: tuple[str, ...]
    sources: tuple[str, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AttributeView:
    """An attribute as a list shows it: of how many cases it is known, and how many values differ."""

    name: str
    type: AttributeType
    known: int
    values: int

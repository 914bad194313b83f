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
    """The level of a case."""

    PERSON = "person"
    GROUP = "group"
    SITE = "site"


class AttributeType(StrEnum):
    """The type of an attribute, which determines how its values are stored and sorted."""

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
    """Another name of a case in files and tables; no two cases share one."""

    id: str
    case_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """A typed property of cases; *position* is its number in their order, from 0."""

    id: str
    name: str
    type: AttributeType
    position: int


@dataclass(frozen=True, slots=True)
class AttributeValue:
    """The value of an attribute for one case, in the form of ``canonical``.

    Unknown values are not stored.
    """

    id: str
    case_id: str
    attribute_id: str
    value: str


@dataclass(frozen=True, slots=True)
class Membership:
    """The membership of a case (*member_id*) in a group or site (*whole_id*)."""

    id: str
    member_id: str
    whole_id: str


_TRUE = frozenset({"true", "yes", "y", "1"})
_FALSE = frozenset({"false", "no", "n", "0"})
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d+", re.ASCII)
_PADDED = re.compile(r"[+-]?0\d.*", re.ASCII)
_LABEL = re.compile(r"[+-]?0\d.*|\+\d{7,}|\d{10,}", re.ASCII)
"""Numbers that are identifiers: 007, +441632960123, 2026033112."""
_TRAILING_ZERO = re.compile(r"[^.]*\.\d*0", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([./])(\d{1,2})\2(\d{1,2})", re.ASCII)
UNKNOWN = frozenset(
    {"", "-", "--", "---", "–", "—", "?", "??", "n/a", "na", "n.a.", "n.a", "n/k", "nan", "<na>", "#n/a", "null", "nil"}
    | {"unknown", "not known", "missing", "no answer", "no response", "not answered", "not stated", "k.a.", "k. a."}
    | {"keine angabe", "sin respuesta", "sans réponse", "non renseigné"}
)
"""Cell texts that mean an unknown value, in lower case."""


def folded(name: str) -> str:
    """Return a name or value as it is compared: case-folded and single-spaced."""
    return " ".join(name.split()).casefold()


_NO_LETTER = re.compile(r"[\W_]+")
_LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


def bare(name: str) -> str:
    """Return a name without the differences that spellings of it often have.

    These are capitals, spaces, punctuation, and zeros before a number.
    """
    return _LEADING_ZEROS.sub("", _NO_LETTER.sub("", name.casefold()))


def is_unknown(value: str) -> bool:
    """Return whether the text of a cell means that the value is unknown."""
    return folded(value) in UNKNOWN


def canonical(value: str, kind: AttributeType, name: str) -> str:
    """Return a value in the form in which an attribute stores it.

    Args:
        value: The value as written.
        kind: Type of the attribute.
        name: Name of the attribute, used in error messages only.

    Returns:
        Single-spaced text; for numbers the shortest decimal form, for booleans *yes* or *no*, for dates ISO 8601.

    Raises:
        InvalidInput: If the value does not fit the type; the message says how to write it.
    """
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
        values: Values as written; unknown ones (see ``is_unknown``) are ignored.

    Returns:
        NUMBER, BOOLEAN, DATE, CHOICE (values repeat) or TEXT (also if no value is known), tested in that order. Values
        that look like identifiers are not NUMBER: a leading zero (007), ``+`` and 7 or more digits, 10 or more digits,
        or a zero at the end of the decimals (version 3.10), unless all decimals are ``.0``. BOOLEAN accepts yes, no,
        true, false, y and n only. DATE needs ISO 8601 (2026-03-31).
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
    """Return the dates that a value in another notation may mean.

    Args:
        value: The value as written, such as ``31/12/2025``.

    Returns:
        ISO 8601 dates: one for ``31/12/2025`` or ``2025/12/31``, two for ``03.04.2025`` (day or month first), none for
        a value that is not a date.
    """
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
    """Return whether a stored value is the value that is asked for.

    Args:
        known: The stored value; None or empty if it is unknown.
        wanted: The value asked for. ``true`` matches *yes* and 12.0 matches 12; ``unknown`` or an empty text matches an
            unknown value.
        kind: Type of the attribute.

    Notes:
        Case and extra white space do not count.
    """
    if is_unknown(wanted) or not known:
        return is_unknown(wanted) and not known
    try:
        return folded(known) == folded(canonical(wanted, kind, ""))
    except InvalidInput:
        return folded(known) == folded(wanted)


def sort_key(value: str | None, kind: AttributeType) -> tuple[int, float, str]:
    """Return a sort key for values of one attribute: unknown last, numbers by size."""
    if value is None:
        return (1, 0.0, "")
    if kind is AttributeType.NUMBER:
        return (0, float(value), "")
    return (0, 0.0, value.casefold())


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key for names that sorts numbers by size: P2 before P10."""
    parts = re.findall(r"\d+|\D+", name)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part.casefold()) for part in parts)


@dataclass(frozen=True, slots=True)
class Attribution:
    """The cases to whom a span of a source is attributed.

    Attributes:
        cases: Ids of the cases: those of the participants whose turns it overlaps, or the source's own.
        group: In a focus group, id of the group; None otherwise.

    Notes:
        Text that is not by a participant has neither.
    """

    cases: frozenset[str]
    group: str | None

    @property
    def is_unattributed(self) -> bool:
        """Whether the span is attributed to no case and no group."""
        return not self.cases and self.group is None

    def named(self, names: Mapping[str, str]) -> str | None:
        """Return the names of the cases, else of the group, in natural order.

        Args:
            names: Names by case id.

        Returns:
            Names separated by commas; None if the span is unattributed.
        """
        ids = self.cases or ({self.group} if self.group else set())
        return ", ".join(sorted((names[case_id] for case_id in ids), key=natural_key)) or None


def attribution_of(index: SpeakerIndex, span: Span) -> Attribution:
    """Return the cases to whom a span of text is attributed.

    Args:
        index: Turns of speech and speakers of one revision.
        span: Half-open range of code points in that revision.

    Returns:
        An Attribution with the cases of all participant turns that overlap *span*. Speakers with the role interviewer,
        other or unknown contribute no case. A turn without a speaker contributes the source's own case if no turn of
        the source has a speaker with the role participant or unknown, and no case otherwise. In a source without turns:
        the source's own case. In a focus group the own case is the group, which is given in addition to
        the participants' cases. Empty if the span is unattributed.
    """
    own, is_group = index.source.case_id, index.source.kind is SourceKind.FOCUS_GROUP
    if not index.speech:
        return Attribution(frozenset({own} if own else ()), None)
    speakers = [index.speaker_of(turn) for turn in index.over(span)]
    named = [speaker for speaker in speakers if speaker is not None and speaker.role is Role.PARTICIPANT]
    is_own = bool(named) if is_group else False
    if None in speakers and not is_own:
        is_own = not index.names_participants
    cases = {speaker.case_id for speaker in named}
    if is_own and not is_group:
        cases.add(own)
    return Attribution(frozenset(case_id for case_id in cases if case_id), own if is_own and is_group else None)


def parents(memberships: Iterable[Membership]) -> Mapping[str, frozenset[str]]:
    """Return the groups and sites that each case belongs to, directly or indirectly.

    Args:
        memberships: All memberships.

    Returns:
        Ids of groups and sites by the id of the member. A person in a group of a site belongs to both.
    """
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
    """A case as lists show it.

    Attributes:
        attributes: Known values by the name of the attribute.
        member_of: Names of the groups and sites that it belongs to.
        members: Names of its members.
        sources: Names of the sources that it speaks in.
        aliases: Its other names.
    """

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
    """An attribute as lists show it.

    Attributes:
        known: Number of cases whose value is known.
        values: Number of different values.
    """

    name: str
    type: AttributeType
    known: int
    values: int

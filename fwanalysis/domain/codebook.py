"""The codebook: a tree of codes with immutable versions, the rules that propose them, and how a code is named."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING

from fwanalysis.errors import Ambiguous, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

KEY = re.compile(r"[a-z0-9][a-z0-9-]*")


class CodeKind(StrEnum):
    """Where a code comes from: the literature, or the data."""

    SENSITIZING = "sensitizing"
    EMERGENT = "emergent"


class Scope(StrEnum):
    """The stretch of text within which a rule's conditions must hold together."""

    SENTENCE = "sentence"
    TURN = "turn"
    CLAUSE = "clause"


class Speakers(StrEnum):
    """Whose words a rule looks at."""

    PARTICIPANT = "participant"
    INTERVIEWER = "interviewer"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Examples:
    """Example passages that teach a code's boundaries."""

    typical: str = ""
    atypical: str = ""
    near_miss: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """A label of the tree. What it means is in its present version; ``retired`` codes keep their codings but are not
    offered."""

    id: str
    key: str
    name: str
    parent_id: str | None
    position: int
    version_id: str
    colour: str
    examples: Examples
    references: tuple[str, ...]
    retired: bool


@dataclass(frozen=True, slots=True)
class CodeVersion:
    """What a code meant at one time; immutable, numbered from 1 and never reused."""

    id: str
    code_id: str
    number: int
    kind: CodeKind
    definition: str
    include: str
    exclude: str
    counts_against: str


@dataclass(frozen=True, slots=True)
class Near:
    """Terms that stand within ``within`` words of each other; each entry is a list of alternatives."""

    terms: tuple[tuple[str, ...], ...]
    within: int


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """The conditions of a rule as the codebook states them; an entry of ``all`` is a list of alternatives."""

    any: tuple[str, ...] = ()
    all: tuple[tuple[str, ...], ...] = ()
    not_: tuple[str, ...] = ()
    near: Near | None = None
    scope: Scope = Scope.SENTENCE
    speakers: Speakers = Speakers.PARTICIPANT
    weight: float = 1.0
    note: str = ""
    should_match: tuple[str, ...] = ()
    should_not_match: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a code; what it states is in its present version. A retired rule proposes no more but keeps its
    decisions."""

    id: str
    code_id: str
    position: int
    version_id: str
    retired: bool


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """What a rule stated at one time; immutable."""

    id: str
    rule_id: str
    number: int
    spec: RuleSpec


@dataclass(frozen=True, slots=True)
class Reference:
    """A work of the literature, by the key that codes cite it with."""

    id: str
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class CodebookInfo:
    """Name, version and language of the project's codebook, as its file gave them."""

    id: str
    name: str
    version: str
    language: str


# As a file states it


@dataclass(frozen=True, slots=True)
class ParsedCode:
    """A code as a codebook file states it, with the codes below it; ``key`` is empty where the file gives none."""

    key: str
    name: str
    kind: CodeKind = CodeKind.SENSITIZING
    definition: str = ""
    include: str = ""
    exclude: str = ""
    counts_against: str = ""
    examples: Examples = Examples()
    references: tuple[str, ...] = ()
    colour: str = ""
    rules: tuple[RuleSpec, ...] = ()
    codes: tuple[ParsedCode, ...] = ()
    retired: bool = False


@dataclass(frozen=True, slots=True)
class ParsedCodebook:
    """A codebook file's whole content; ``warnings`` are sentences about the file."""

    name: str
    version: str = "1.0"
    language: str = "en"
    references: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[ParsedCode, ...] = ()
    warnings: tuple[str, ...] = field(default=(), compare=False)


# As the project holds it


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A code with its present version, its path of keys, its depth (0 for a theme) and its rules."""

    code: Code
    version: CodeVersion
    path: str
    depth: int
    rules: tuple[RuleVersion, ...] = ()

    @property
    def id(self) -> str:
        """The code's id."""
        return self.code.id

    @property
    def name(self) -> str:
        """The code's name."""
        return self.code.name


@dataclass(frozen=True, slots=True)
class Codebook:
    """The present tree in reading order, with the lookups that everybody needs."""

    info: CodebookInfo | None
    entries: tuple[CodeEntry, ...]
    references: Mapping[str, str]
    by_id: Mapping[str, CodeEntry]

    @property
    def themes(self) -> tuple[CodeEntry, ...]:
        """The codes at the top of the tree."""
        return tuple(entry for entry in self.entries if entry.depth == 0)

    def children(self, code_id: str | None) -> tuple[CodeEntry, ...]:
        """The codes directly below a code (the themes, for None)."""
        return tuple(entry for entry in self.entries if entry.code.parent_id == code_id)

    def below(self, code_id: str) -> frozenset[str]:
        """The ids of a code and of all its descendants."""
        path = self.by_id[code_id].path
        return frozenset(entry.id for entry in self.entries if entry.path == path or entry.path.startswith(path + "/"))

    def theme_of(self, code_id: str) -> CodeEntry:
        """The theme at the top of a code's branch."""
        entry = self.by_id[code_id]
        while entry.code.parent_id:
            entry = self.by_id[entry.code.parent_id]
        return entry

    def colour_of(self, code_id: str) -> str:
        """The colour a code is drawn in: its own, else one of the palette that stays the same for this code."""
        own = self.by_id[code_id].code.colour
        return own or PALETTE[int(code_id[:8], 16) % len(PALETTE)]

    def initials(self) -> Mapping[str, str]:
        """Two letters for each code that no other code has, as far as that can be, by id; codes earlier in the
        tree choose first."""
        chosen: dict[str, str] = {}
        taken: set[str] = set()
        for entry in self.entries:
            if entry.depth:
                taken.add(chosen.setdefault(entry.id, initials(entry.name, taken)))
        return {entry.id: chosen.get(entry.id) or initials(entry.name, taken) for entry in self.entries}

    def find(self, name: str) -> CodeEntry:
        """Find the code that a name means.

        Args:
            name: An id, a path of keys (`effort/cost`; `/effort` is the theme only), a key or a name.

        Returns:
            The code that *name* fits letter by letter; if there is none, the one that it fits without regard to case.

        Raises:
            NotFound: No code fits.
            Ambiguous: Several codes fit equally well; the message lists their paths.

        Notes:
            A path is more exact than a key: `trust` is the theme `trust`, not `effort/trust`. A key is not more exact
            than a name: where `waiting` is the key of one code and the name of another, it is ambiguous.
        """
        if name in self.by_id:
            return self.by_id[name]
        wanted = " ".join(name.split())
        for fold in (str, str.casefold):
            found = self._fitting(fold(wanted), fold)
            if len(found) == 1:
                return found[0]
            if found:
                paths = ", ".join(f"{entry.path if '/' in entry.path else '/' + entry.path}" for entry in found)
                raise Ambiguous(f'"{name}" names {len(found)} codes: {paths}', hint="give one of these paths")
        raise NotFound(f'no code "{name}"', hint=self._nearest(wanted.casefold()))

    def _nearest(self, wanted: str) -> str:
        """Return the hint for a name that no code has: the most similar key, path or name, and how to list them."""
        named = {text.casefold(): text for entry in self.entries for text in (entry.name, entry.path, entry.code.key)}
        close = get_close_matches(wanted, named, n=1, cutoff=0.7)
        return (
            f'did you mean "{named[close[0]]}"? List codes with: fwa codebook list'
            if close
            else ("list codes with: fwa codebook list")
        )

    def _fitting(self, wanted: str, fold: Callable[[str], str]) -> list[CodeEntry]:
        """Return the codes whose path, key or name is *wanted*, all compared after *fold*."""
        paths = [entry for entry in self.entries if fold(entry.path) == wanted.removeprefix("/")]
        if "/" in wanted and paths:
            return paths
        if paths:  # a theme: codes below another theme that only share its key are not meant
            return [entry for entry in self.entries if entry in paths or fold(entry.name) == wanted]
        return [entry for entry in self.entries if wanted in (fold(entry.code.key), fold(entry.name))]


def build_codebook(
    codes: Iterable[Code],
    versions: Mapping[str, CodeVersion],
    rules: Mapping[str, Sequence[RuleVersion]],
    *,
    info: CodebookInfo | None = None,
    references: Mapping[str, str] | None = None,
) -> Codebook:
    """Arrange codes as the tree in reading order; *versions* by version id, *rules* by code id."""
    children: dict[str | None, list[Code]] = {}
    for code in sorted(codes, key=lambda code: (code.position, code.key)):
        children.setdefault(code.parent_id, []).append(code)

    def walk(parent_id: str | None, above: str, depth: int) -> Iterator[CodeEntry]:
        for code in children.get(parent_id, ()):
            path = above + code.key
            yield CodeEntry(code, versions[code.version_id], path, depth, tuple(rules.get(code.id, ())))
            yield from walk(code.id, path + "/", depth + 1)

    entries = tuple(walk(None, "", 0))
    return Codebook(info, entries, references or {}, {entry.id: entry for entry in entries})


_SMALL_WORDS = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
)


def initials(name: str, taken: Collection[str] = ()) -> str:
    """Two letters that stand for a name where there is room for no more, and are not *taken* if that can be: of
    the words that carry it, the first and the second, else the first and a later one, else two letters of the first."""
    words = re.findall(r"[^\W_]+", name)
    telling = [word for word in words if word.casefold() not in _SMALL_WORDS] or words or ["?"]
    first = telling[0]
    pairs = [f"{first[0]}{word[0]}".upper() for word in telling[1:]]
    pairs += [f"{first[0].upper()}{letter.lower()}" for letter in first[1:]]
    return next((pair for pair in pairs if pair not in taken), pairs[0] if pairs else str(first))


PALETTE = (
    "#c2410c", "#0e7490", "#7c3aed", "#15803d", "#be185d", "#a16207",
    "#1d4ed8", "#b91c1c", "#0f766e", "#9333ea", "#4d7c0f", "#be123c",
)  # fmt: skip
"""Colours for codes that state none; readable as a stripe on dark and on light."""

"""The codebook: a tree of codes with immutable versions and rules."""

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
    """The origin of a code: the literature (sensitizing) or the data (emergent)."""

    SENSITIZING = "sensitizing"
    EMERGENT = "emergent"


class Scope(StrEnum):
    """The part of a text within which all conditions of a rule must hold."""

    SENTENCE = "sentence"
    TURN = "turn"
    CLAUSE = "clause"


class Speakers(StrEnum):
    """The speakers whose text a rule searches."""

    PARTICIPANT = "participant"
    INTERVIEWER = "interviewer"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Examples:
    """Example passages that show the boundaries of a code."""

    typical: str = ""
    atypical: str = ""
    near_miss: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """A code of the tree; the current version holds its definition.

    Attributes:
        key: The key, unique among the codes of the same parent.
        parent_id: Id of the code above; None for a theme.
        position: Number in the order of the codes of the same parent.
        colour: ``#rrggbb``; empty for one of the palette.
        references: Keys of works of the literature.
        retired: Whether the code keeps its codings but can no longer be chosen.
    """

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
    """An immutable version of a code's definition; numbered from 1, never reused."""

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
    """A condition that one term of each list occurs, within *within* words."""

    terms: tuple[tuple[str, ...], ...]
    within: int


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """The conditions of a rule, as the codebook states them.

    Attributes:
        any: Terms of which one must occur.
        all: Lists of alternatives; one term of each list must occur.
        not_: Terms that must not occur.
        weight: Weight of the rule, 0 to 1.
        should_match: Example texts that the rule must match.
        should_not_match: Example texts that the rule must not match.
    """

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
    """A rule of a code; the current version holds its conditions.

    A retired rule makes no more suggestions; decisions on its suggestions are kept.
    """

    id: str
    code_id: str
    position: int
    version_id: str
    retired: bool


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """A version of the conditions of a rule; immutable."""

    id: str
    rule_id: str
    number: int
    spec: RuleSpec


@dataclass(frozen=True, slots=True)
class Reference:
    """A work of the literature; codes cite it by its key."""

    id: str
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class CodebookInfo:
    """Name, version and language of the project's codebook, from its file."""

    id: str
    name: str
    version: str
    language: str


# Codebook files


@dataclass(frozen=True, slots=True)
class ParsedCode:
    """A code of a codebook file, with its sub-codes.

    *key* is empty if the file gives none.
    """

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
    """The contents of a codebook file; *warnings* are sentences about the file."""

    name: str
    version: str = "1.0"
    language: str = "en"
    references: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[ParsedCode, ...] = ()
    warnings: tuple[str, ...] = field(default=(), compare=False)


# The codebook of a project


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A code with its position in the tree.

    Attributes:
        version: The current version.
        path: The keys from the theme to the code, joined by ``/``.
        depth: Number of codes above it; 0 for a theme.
        rules: The current versions of its rules, without retired ones.
    """

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

    @property
    def absolute_path(self) -> str:
        """The path as it names this code only: `/trust` for a theme, `trust/guilt` for a code below it."""
        return self.path if self.depth else "/" + self.path


@dataclass(frozen=True, slots=True)
class Codebook:
    """The current codebook.

    Attributes:
        info: Name, version and language; None if no codebook file was imported.
        entries: The codes in depth-first order.
        references: Works of the literature by key.
    """

    info: CodebookInfo | None
    entries: tuple[CodeEntry, ...]
    references: Mapping[str, str]
    by_id: Mapping[str, CodeEntry]

    @property
    def themes(self) -> tuple[CodeEntry, ...]:
        """The codes at the top of the tree."""
        return tuple(entry for entry in self.entries if entry.depth == 0)

    def children(self, code_id: str | None) -> tuple[CodeEntry, ...]:
        """Return the codes directly below a code; for None, the themes."""
        return tuple(entry for entry in self.entries if entry.code.parent_id == code_id)

    def below(self, code_id: str) -> frozenset[str]:
        """Return the ids of a code and all its descendants."""
        path = self.by_id[code_id].path
        return frozenset(entry.id for entry in self.entries if entry.path == path or entry.path.startswith(path + "/"))

    def theme_of(self, code_id: str) -> CodeEntry:
        """Return the theme that a code belongs to."""
        entry = self.by_id[code_id]
        while entry.code.parent_id:
            entry = self.by_id[entry.code.parent_id]
        return entry

    def colour_of(self, code_id: str) -> str:
        """Return the colour of a code: its own, else one of the palette, chosen by its id."""
        own = self.by_id[code_id].code.colour
        return own or PALETTE[int(code_id[:8], 16) % len(PALETTE)]

    def initials(self) -> Mapping[str, str]:
        """Return a two-letter abbreviation of each code, by id.

        Notes:
            Abbreviations of codes below themes are unique as far as possible; codes earlier in the tree choose first.
        """
        chosen: dict[str, str] = {}
        taken: set[str] = set()
        for entry in self.entries:
            if entry.depth:
                taken.add(chosen.setdefault(entry.id, initials(entry.name, taken)))
        return {entry.id: chosen.get(entry.id) or initials(entry.name, taken) for entry in self.entries}

    def find(self, name: str) -> CodeEntry:
        """Return the code with a name.

        Args:
            name: An id, a path of keys (`effort/cost`; `/effort` is the theme only), a key or a name.

        Returns:
            The code that *name* matches exactly; if there is none, the code that it matches without regard to case.

        Raises:
            NotFound: If no code matches.
            Ambiguous: If several codes match equally well; the message lists their paths.

        Notes:
            A theme takes no precedence: `trust` is ambiguous if it is the key of a theme and of a code below another;
            `/trust` is the theme. A key does not take precedence over a name: `waiting` is ambiguous if it is the key
            of one code and the name of another.
        """
        if name in self.by_id:
            return self.by_id[name]
        wanted = " ".join(name.split())
        for fold in (str, str.casefold):
            found = self._fitting(fold(wanted), fold)
            if len(found) == 1:
                return found[0]
            if found:
                paths = ", ".join(entry.absolute_path for entry in found)
                raise Ambiguous(f'"{name}" names {len(found)} codes: {paths}', hint="give one of these paths")
        raise NotFound(f'no code "{name}"', hint=self._nearest(wanted.casefold()))

    def _nearest(self, wanted: str) -> str:
        """Return a hint for an unknown name: the most similar key, path or name, if any."""
        named = {text.casefold(): text for entry in self.entries for text in (entry.name, entry.path, entry.code.key)}
        close = get_close_matches(wanted, named, n=1, cutoff=0.7)
        if close:
            return f'did you mean "{named[close[0]]}"? List codes with: fwa codebook list'
        return "list codes with: fwa codebook list"

    def _fitting(self, wanted: str, fold: Callable[[str], str]) -> list[CodeEntry]:
        """Return the codes whose path, key or name equals *wanted* after *fold*."""
        if "/" in wanted:
            paths = [entry for entry in self.entries if fold(entry.path) == wanted.removeprefix("/")]
            if paths:
                return paths
        return [entry for entry in self.entries if wanted in (fold(entry.code.key), fold(entry.name))]


def build_codebook(
    codes: Iterable[Code],
    versions: Mapping[str, CodeVersion],
    rules: Mapping[str, Sequence[RuleVersion]],
    *,
    info: CodebookInfo | None = None,
    references: Mapping[str, str] | None = None,
) -> Codebook:
    """Arrange codes as a tree.

    Args:
        codes: The codes in any order.
        versions: Versions of codes by version id.
        rules: Current versions of rules by code id.
        info: Name, version and language.
        references: Works of the literature by key.
    """
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
    """Return a two-letter abbreviation of a name.

    Args:
        name: The name.
        taken: Abbreviations to avoid if possible.

    Returns:
        The first letters of the first and the second significant word; if taken, of the first and a later word; else
        two letters of the first word.
    """
    words = re.findall(r"[^\W_]+", name)
    significant = [word for word in words if word.casefold() not in _SMALL_WORDS] or words or ["?"]
    first = significant[0]
    pairs = [f"{first[0]}{word[0]}".upper() for word in significant[1:]]
    pairs += [f"{first[0].upper()}{letter.lower()}" for letter in first[1:]]
    return next((pair for pair in pairs if pair not in taken), pairs[0] if pairs else str(first))


PALETTE = (
    "#c2410c", "#0e7490", "#7c3aed", "#15803d", "#be185d", "#a16207",
    "#1d4ed8", "#b91c1c", "#0f766e", "#9333ea", "#4d7c0f", "#be123c",
)  # fmt: skip
"""Colours for codes without a colour of their own; visible on dark and on light backgrounds."""

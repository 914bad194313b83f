"""What a matrix is built from, and to whom each coded passage is attributed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from fwanalysis.domain.cases import Attribution, attribution_of, folded
from fwanalysis.domain.sources import Role, SourceKind
from fwanalysis.domain.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from fwanalysis.domain.cases import Attribute, Case, Membership
    from fwanalysis.domain.codebook import Codebook
    from fwanalysis.domain.matrix import Cell, Citation, Passage
    from fwanalysis.domain.sources import SpeakerIndex


@dataclass(frozen=True, slots=True)
class CitedSegment:
    """A cited segment where it is anchored now.

    Attributes:
        start: Where it begins in the text of the revision, in code points.
        end: Where it ends, exclusive.
        words: Hash of its words (see ``text_hash``).
    """

    segment_id: str
    source_id: str
    revision_id: str
    start: int
    end: int
    words: str


class Located(NamedTuple):
    """A passage with the persons to whom it is attributed.

    Attributes:
        attribution: The same object for all passages over the same turns.
        first: Number of the first turn that it overlaps; 0 outside of turns.
        last: Number of the last turn that it overlaps; 0 outside of turns.
    """

    passage: Passage
    attribution: Attribution
    first: int
    last: int


@dataclass(frozen=True)
class Study:
    """All that a matrix is built from: everything in the project except the texts.

    Attributes:
        values: Values of attributes, by case id and attribute name.
        voices: Who speaks where in the present texts, by source id.
        passages: The codings that are anchored in the present texts, in text order.
        line: Gives the line number (from 1) of a position in a source, for references to sources without turns.
        unanchored: The codings without an anchor in the present texts, each with its last anchor.
        then: Who spoke where in the revisions of these anchors, by revision id.
        citations: The citations of the written cells in the order of their references, by cell id.
        cited: The cited segments that are anchored in the present texts, by segment id.
        names: The names of cases, their aliases and the names of sources, in full and as references write them, as
            ``folded`` gives them.
    """

    codebook: Codebook
    cases: Mapping[str, Case]
    attributes: Sequence[Attribute]
    values: Mapping[str, Mapping[str, str]]
    memberships: Sequence[Membership]
    voices: Mapping[str, SpeakerIndex]
    passages: Sequence[Passage]
    cells: Sequence[Cell]
    line: Callable[[str, int], int]
    unanchored: Sequence[Passage] = ()
    then: Mapping[str, SpeakerIndex] = field(default_factory=dict)
    citations: Mapping[str, Sequence[Citation]] = field(default_factory=dict)
    cited: Mapping[str, CitedSegment] = field(default_factory=dict)
    names: frozenset[str] = frozenset()

    def is_name(self, name: str) -> bool:
        """Return whether a reference with this name may be meant: that of a case, an alias or a source."""
        return folded(name) in self.names

    @cached_property
    def located(self) -> Sequence[Located]:
        """The anchored passages with their attributions."""
        return locate(self.passages, attrgetter("source_id"), self.voices)

    @cached_property
    def unanchored_located(self) -> Sequence[Located]:
        """The unanchored passages with the attributions of their last anchors."""
        return locate(self.unanchored, attrgetter("revision_id"), self.then)

    @cached_property
    def unanchored_ids(self) -> frozenset[str]:
        """Ids of the codings without an anchor in the present texts."""
        return frozenset(passage.coding_id for passage in self.unanchored)

    @cached_property
    def ancestors(self) -> Mapping[str, tuple[str, ...]]:
        """For each code its id and those of the codes above it."""
        by_id = self.codebook.by_id
        found: dict[str, tuple[str, ...]] = {}
        for entry in self.codebook.entries:
            above = [entry.id]
            while entry.code.parent_id:
                entry = by_id[entry.code.parent_id]
                above.append(entry.id)
            found[above[0]] = tuple(above)
        return found

    @cached_property
    def with_own_source(self) -> frozenset[str]:
        """Ids of cases with a source, or that speak outside focus groups."""
        own = {voices.source.case_id for voices in self.voices.values() if voices.source.case_id}
        for voices in self.voices.values():
            if voices.source.kind is not SourceKind.FOCUS_GROUP:
                own |= speaking_cases(voices)
        return frozenset(own)

    @cached_property
    def sources_of_case(self) -> Mapping[str, frozenset[str]]:
        """For each case the ids of the sources that are its own or that it speaks in."""
        found: dict[str, set[str]] = {}
        for voices in self.voices.values():
            for case_id in speaking_cases(voices) | {voices.source.case_id}:
                if case_id:
                    found.setdefault(case_id, set()).add(voices.source.id)
        return {case_id: frozenset(sources) for case_id, sources in found.items()}


def speaking_cases(voices: SpeakerIndex) -> set[str]:
    """Return the ids of the cases that speak as participants in a source."""
    return {
        speaker.case_id for speaker in voices.speakers.values() if speaker.case_id and speaker.role is Role.PARTICIPANT
    }


def locate(
    passages: Iterable[Passage], key: Callable[[Passage], str], indexes: Mapping[str, SpeakerIndex]
) -> Sequence[Located]:
    """Return passages with the persons to whom they are attributed.

    Args:
        passages: The passages.
        key: Gives the key in *indexes* of the speakers of a passage.
        indexes: Who speaks where.
    """
    locators: dict[str, Locator] = {}
    found = []
    for name, consecutive in groupby(passages, key):
        locator = locators.get(name)
        if locator is None:
            locator = locators[name] = Locator(indexes[name])
        found += [Located(passage, *locator.at(passage.start, passage.end)) for passage in consecutive]
    return found


class Locator:
    """Finds the turns and the attribution of a span, once for all spans over the same turns."""

    def __init__(self, index: SpeakerIndex) -> None:
        self._index = index
        self._starts = [turn.start for turn in index.speech]
        self._ends = [turn.end for turn in index.speech]
        self._known: dict[tuple[int, int], tuple[Attribution, int, int]] = {}

    def at(self, start: int, end: int) -> tuple[Attribution, int, int]:
        """Return the attribution of a span that is not empty, and the numbers of its first and last turn."""
        turns = (bisect_right(self._ends, start), bisect_left(self._starts, end))
        known = self._known.get(turns)
        if known is None:
            over = self._index.speech[turns[0] : turns[1]]
            numbers = (over[0].number, over[-1].number) if over else (0, 0)
            known = self._known[turns] = (attribution_of(self._index, Span(start, end)), *numbers)
        return known

"""References to passages and cited segments: ``(P07:12)``, or ``(P07/FG1:12)``."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from fwanalysis.analysis.matrix.study import Locator
from fwanalysis.domain.cases import Level, natural_key, parents
from fwanalysis.domain.sources import SourceKind
from fwanalysis.domain.summary_references import reference_name, reference_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fwanalysis.analysis.matrix.study import CitedSegment, Located, Study
    from fwanalysis.domain.cases import Attribution, Case

Place = tuple[str, int, int, bool]
"""A reference in parts: the name, the first and the last turn (or line), and whether these are lines."""


class References:
    """Writes references.

    The name in a reference is that of the row's case if it speaks itself, else of one of its members who speaks, else
    of another case that speaks, else of the source. The source's name follows for a person in a focus group and for a
    case that speaks in several sources.
    """

    def __init__(self, study: Study) -> None:
        self._study = study
        self._locators: dict[str, Locator] = {}
        self._texts: dict[tuple[str, int, int, int, str | None], str] = {}
        self._names: dict[tuple[str, int, str | None], str] = {}

    @cached_property
    def _wholes(self) -> Mapping[str, frozenset[str]]:
        return parents(self._study.memberships)

    @cached_property
    def _own(self) -> Mapping[str, frozenset[str]]:
        return self._study.sources_of_case

    def text(self, place: Place) -> str:
        """Return a reference without its parentheses, such as ``P07:12`` or ``News: line 3``."""
        return reference_text(*place)

    def of_span(self, source_id: str, start: int, end: int, case: Case | None) -> Place:
        """Return the reference to a span of a source's present text, in the row of *case*."""
        locator = self._locators.get(source_id)
        if locator is None:
            locator = self._locators[source_id] = Locator(self._study.voices[source_id])
        attribution, first, last = locator.at(start, end)
        return self.place(source_id, attribution, first, last, start, end, case)

    def of_cited(self, cited: CitedSegment, case: Case | None) -> Place:
        """Return the reference to a cited segment in the row of *case*."""
        return self.of_span(cited.source_id, cited.start, cited.end, case)

    def of_passage(self, item: Located, case: Case | None) -> str:
        """Return the reference to a passage in the row of *case*, in text."""
        passage, attribution, first, last = item
        key = (passage.source_id, id(attribution), first, last, case.id if case else None)
        text = self._texts.get(key)
        if text is None:
            place = self.place(passage.source_id, attribution, first, last, passage.start, passage.end, case)
            text = self.text(place)
            if first:  # else it depends on the lines, not on the turns
                self._texts[key] = text
        return text

    def place(
        self, source_id: str, attribution: Attribution, first: int, last: int, start: int, end: int, case: Case | None
    ) -> Place:
        """Return the reference to a span whose attribution and turns are known."""
        key = (source_id, id(attribution), case.id if case else None)
        name = self._names.get(key)
        if name is None:
            name = self._names[key] = self._name(source_id, attribution, case)
        if first:
            return (name, first, last, False)
        line = self._study.line
        return (name, line(source_id, start), line(source_id, max(start, end - 1)), True)

    def _name(self, source_id: str, attribution: Attribution, case: Case | None) -> str:
        source = self._study.voices[source_id].source
        case_id = self._speaker(attribution, case)
        if case_id is None:
            return source.name
        speaker = self._study.cases[case_id]
        in_group = source.kind is SourceKind.FOCUS_GROUP and speaker.level is Level.PERSON
        several = in_group or len(self._own.get(case_id, ())) > 1
        if not several or speaker.name == source.name:
            return speaker.name
        return f"{reference_name(speaker.name)}/{reference_name(source.name)}"

    def _speaker(self, attribution: Attribution, case: Case | None) -> str | None:
        """Return the case to which a reference attributes the text; None if the text is unattributed."""
        speaking, group = attribution.cases, attribution.group
        if case is not None:
            if case.id in speaking or case.id == group:
                return case.id
            members = {case_id for case_id in speaking if case.id in self._wholes.get(case_id, ())}
            speaking = frozenset(members) or speaking
        return min(speaking, key=lambda case_id: natural_key(self._study.cases[case_id].name), default=group)

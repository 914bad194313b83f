"""What the cells of a chart's file were made from: their versions in the log, with references as they are now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import folded
from fwanalysis.domain.cell_text import NO_EVIDENCE, fingerprint
from fwanalysis.domain.chart_import import EMPTY, CellWords, is_same, plain
from fwanalysis.domain.summaries import parse_summary, renumbered
from fwanalysis.domain.summary_references import reference_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fwanalysis.analysis.matrix.references import References
    from fwanalysis.analysis.matrix.study import Study
    from fwanalysis.domain.matrix import Cell, Citation
    from fwanalysis.domain.summary_references import Target
    from fwanalysis.formats.charts.parsed_chart import ParsedCell
    from fwanalysis.store.queries.cell_versions import CellVersion

_UNWRITTEN = fingerprint(NO_EVIDENCE, "")


@dataclass(frozen=True, slots=True)
class Base:
    """What a cell of a file was made from.

    Attributes:
        words: Its content, references numbered as they are now; None if it is not known.
        there: The content of the file, references that were renumbered since with their present numbers.
        version: The version of the cell with that content; None if it was unwritten or is not known.
        renumbered: For each reference that was renumbered its old and its new form.
    """

    words: CellWords | None
    there: CellWords
    version: Cell | None = None
    renumbered: tuple[tuple[str, str], ...] = ()


class Renumbering:
    """Finds how references of earlier versions read now."""

    def __init__(self, study: Study, references: References) -> None:
        self._study = study
        self._references = references

    @cached_property
    def _coded(self) -> Mapping[str, tuple[str, int, int]]:
        return {item.segment_id: (item.source_id, item.start, item.end) for item in self._study.passages}

    def targets(self, cell: Cell, citations: Sequence[Citation]) -> dict[str, Target]:
        """Return, for each reference of a version that reads otherwise now, what it names now."""
        found: dict[str, Target] = {}
        case = self._study.cases.get(cell.case_id)
        for citation in citations:
            cited = self._study.cited.get(citation.segment_id)
            place = (cited.source_id, cited.start, cited.end) if cited else self._coded.get(citation.segment_id)
            if place is not None and case is not None:
                target = self._references.of_span(*place, case)
                if self._references.text(target) != citation.reference:
                    found.setdefault(citation.reference, target)
        return found

    def renumbered(self, text: str, targets: Mapping[str, Target]) -> str:
        """Return a text with the references of *targets* as they read now."""
        if not targets:
            return text
        then = {folded(reference.rpartition(":")[0]) for reference in targets}
        summary = parse_summary(text, lambda name: folded(name) in then or self._study.is_name(name))
        found = {item.index: targets[item.text] for item in summary.references if item.text in targets}
        return renumbered(summary, found)

    def without_numbers(self, text: str) -> str:
        """Return a text with 0 for every number of a turn or line."""
        summary = parse_summary(text, self._study.is_name)
        zeros = {item.index: (item.name, 0, 0, item.is_line) for item in summary.references}
        return plain(renumbered(summary, zeros))


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A version of a cell: as it was stored, and with its references as they are now."""

    stored: CellWords
    now: CellWords
    cell: Cell
    targets: Mapping[str, Target]


class Bases:
    """Finds what the cells of a file were made from.

    Args:
        renumbering: The present form of references.
        versions: The versions of each cell, oldest first.
        event: Number of the last event that the file contains; None if it is not known.
        with_summaries: Whether the file was made with what was written in the cells.
    """

    def __init__(
        self,
        renumbering: Renumbering,
        versions: Mapping[tuple[str, str, bool], Sequence[CellVersion]],
        event: int | None,
        *,
        with_summaries: bool = True,
    ) -> None:
        self._renumbering = renumbering
        self._versions = versions
        self._event = event
        self._with_summaries = with_summaries

    def of(self, key: tuple[str, str, bool], parsed: ParsedCell, there: CellWords) -> Base:
        """Return what a cell of the file was made from.

        Notes:
            The fingerprint of the file decides. Without one, a text that reads as a version is that version, even if
            the facts beside the file are those of a later export; else the last event that the file contains decides.
        """
        versions = self._versions.get(key, ())
        candidates = [self._candidate(item) for item in reversed(versions) if item.cell is not None]
        found = self._by_fingerprint(parsed, there, candidates) if parsed.exported else None
        if found is None:
            same = [item for item in candidates if is_same(item.stored, there) or is_same(item.now, there)]
            found = self._from(same[0], there) if same else None
        if found is None and self._event is not None and not parsed.exported:
            found = self._by_event(versions, there, self._event)
        return found or Base(None, there)

    def _by_fingerprint(self, parsed: ParsedCell, there: CellWords, candidates: Sequence[_Candidate]) -> Base | None:
        if parsed.exported == _UNWRITTEN:
            return Base(EMPTY, there)
        for item in candidates:
            if parsed.exported == _print(item.now):
                return Base(item.now, there, item.cell)
            if parsed.exported == _print(item.stored):
                return self._from(item, there)
        if parsed.exported != _print(there):
            return None
        mask = self._renumbering.without_numbers(there.text)  # unedited, exported with numbers between then and now
        for item in candidates:
            if item.stored.state == there.state and self._renumbering.without_numbers(item.stored.text) == mask:
                return Base(item.now, item.now, item.cell)
        return Base(there, there)

    def _by_event(self, versions: Sequence[CellVersion], there: CellWords, event: int) -> Base:
        before = [item for item in versions if item.seq <= event]
        if not self._with_summaries or not before or before[-1].cell is None:
            return Base(EMPTY, there)
        return self._from(self._candidate(before[-1]), there)

    def _candidate(self, version: CellVersion) -> _Candidate:
        cell = version.cell
        assert cell is not None
        stored = CellWords(cell.state.label, cell.summary, cell.disagreement)
        targets = self._renumbering.targets(cell, version.citations)
        now = replace(stored, text=self._renumbering.renumbered(stored.text, targets))
        return _Candidate(stored, now, cell, targets)

    def _from(self, item: _Candidate, there: CellWords) -> Base:
        text = there.text if is_same(item.now, there) else self._renumbering.renumbered(there.text, item.targets)
        changed = tuple((old, reference_text(*new)) for old, new in item.targets.items())
        return Base(item.now, replace(there, text=text), item.cell, changed)


def _print(words: CellWords) -> str:
    return fingerprint(words.state, words.text)

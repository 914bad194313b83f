"""Check the summaries of cells against the words that they quote and refer to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from fwanalysis.analysis.guard import (
    CitedPassage,
    CitedTurn,
    EvidencePassage,
    Finding,
    FindingKind,
    Severity,
    check_summary,
    find_quotation,
)
from fwanalysis.analysis.matrix.evidence import CellEvidence
from fwanalysis.analysis.matrix.references import References
from fwanalysis.domain.cases import Level, attribution_of, parents
from fwanalysis.domain.matrix import Cell, CellState
from fwanalysis.domain.sources import Role
from fwanalysis.domain.summaries import Summary, parse_summary
from fwanalysis.domain.summary_references import reference_text
from fwanalysis.domain.text import Span, lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fwanalysis.analysis.matrix.study import Study
    from fwanalysis.domain.cases import Case
    from fwanalysis.domain.codebook import CodeEntry
    from fwanalysis.domain.sources import SpeakerIndex, Turn
    from fwanalysis.domain.staleness import StaleReason
    from fwanalysis.domain.summary_references import SummaryReference, Target
    from fwanalysis.project.matrix.citing import Place, Resolver
    from fwanalysis.project.matrix.reading import Texts


@dataclass(frozen=True, slots=True)
class CheckedCell:
    """A written cell with what a check of it found.

    Attributes:
        summary: The summary with the references as they are numbered now, which the findings refer to.
        author: Name of the coder who wrote it last.
        stale: Why it is out of date; empty if it is up to date.
    """

    case: Case
    entry: CodeEntry
    cell: Cell
    summary: str
    author: str
    findings: tuple[Finding, ...]
    stale: tuple[StaleReason, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The misquotations, and the references that are dangling or foreign."""
        return tuple(item for item in self.findings if item.severity is Severity.ERROR)


class CellChecker:
    """Checks texts of the summary of one cell, in memory: fast enough for every key press."""

    def __init__(
        self,
        study: Study,
        resolver: Resolver,
        texts: Texts,
        case: Case,
        code_id: str,
        *,
        own: bool,
        with_groups: bool,
        evidence: CellEvidence | None = None,
    ) -> None:
        self._study = study
        self._resolver = resolver
        self._texts = texts
        self._case = case
        gathered = evidence or CellEvidence(study)
        self._passages = gathered.of(case, code_id, own=own, with_groups=with_groups)
        self._wider = gathered.of(case, code_id, own=own, with_groups=True)
        self._cited: dict[Target, CitedPassage] = {}

    def parse(self, text: str) -> Summary:
        """Return a summary in its parts; the names in references are those of this project."""
        return parse_summary(text, self._study.is_name)

    def check(self, text: str) -> tuple[Finding, ...]:
        """Return what is wrong in a summary, in the order of the text."""
        summary = self.parse(text)
        cited = [self._passage(reference) for reference in summary.references]
        findings = check_summary(summary, cited, self._evidence, self._elsewhere)
        return tuple(item for item in findings if not self._is_coded_in_a_group(item))

    def place_of(self, reference: SummaryReference) -> Place | None:
        """Return the span that a reference points to; None if it is dangling."""
        place = self._resolver.resolve(reference)
        return None if isinstance(place, str) else place

    def _is_coded_in_a_group(self, finding: Finding) -> bool:
        """Return whether turns that are reported as uncoded are coded as words of the case in a focus group."""
        return finding.kind is FindingKind.UNCODED_TURN and set(finding.ids) <= self._coded_in_groups

    @cached_property
    def _coded_in_groups(self) -> frozenset[str]:
        """Ids of the turns that have a passage of this code by the case, wherever it speaks."""
        return frozenset(
            turn.id
            for item in self._wider
            for turn in self._study.voices[item.passage.source_id].over(Span(item.passage.start, item.passage.end))
        )

    @cached_property
    def _evidence(self) -> Sequence[EvidencePassage]:
        writer = References(self._study)
        found = []
        for item in self._passages:
            passage = item.passage
            place = writer.of_span(passage.source_id, passage.start, passage.end, self._case)
            found.append(
                EvidencePassage(passage.coding_id, writer.text(place), passage.source_id, passage.start, passage.end)
            )
        return found

    def _passage(self, reference: SummaryReference) -> CitedPassage:
        if reference.target not in self._cited:
            place = self._resolver.resolve(reference)
            self._cited[reference.target] = (
                CitedPassage(dangling=place) if isinstance(place, str) else self._found(place, reference)
            )
        return self._cited[reference.target]

    def _found(self, place: Place, reference: SummaryReference) -> CitedPassage:
        index = self._study.voices[place.source_id]
        if reference.is_line:
            turns = tuple(self._lines(index, reference))
        else:
            turns = tuple(self._turn(index, turn, reference.name) for turn in index.over(place.span))
        is_named = self._resolver.person(reference.name) in (None, *attribution_of(index, place.span).cases)
        foreign = "" if is_named and any(turn.is_own for turn in turns) else self._foreign(index, place)
        return CitedPassage(turns, foreign=foreign)

    def _turn(self, index: SpeakerIndex, turn: Turn, name: str) -> CitedTurn:
        text = self._texts.of(index.source.id)
        return CitedTurn(
            id=turn.id,
            source_id=index.source.id,
            start=turn.start,
            text=text[turn.start : turn.end],
            speaker=turn.speaker_id or "",
            reference=reference_text(name, turn.number, turn.number),
            is_own=self._is_own(index, turn.span),
        )

    def _lines(self, index: SpeakerIndex, reference: SummaryReference) -> Iterator[CitedTurn]:
        text = self._texts.of(index.source.id)
        spans = list(lines(text))
        for number in range(reference.first, reference.last + 1):
            span = spans[number - 1]
            yield CitedTurn(
                id=f"{index.source.id}:{number}",
                source_id=index.source.id,
                start=span.start,
                text=span.of(text),
                speaker="",
                reference=reference_text(reference.name, number, number, is_line=True),
                is_own=self._is_own(index, Span(span.start, max(span.end, span.start + 1))),
            )

    def _is_own(self, index: SpeakerIndex, span: Span) -> bool:
        """Return whether words are those of the cell's case: said by it, in its group, or by a member of its site."""
        found = attribution_of(index, span)
        if self._case.level is Level.GROUP:
            return found.group == self._case.id or self._case.id in found.cases
        if self._case.id in found.cases:
            return True
        speakers = found.cases | ({found.group} if found.group else frozenset())
        return self._case.level is Level.SITE and any(
            self._case.id in self._wholes.get(case_id, ()) for case_id in speakers
        )

    @cached_property
    def _wholes(self) -> dict[str, frozenset[str]]:
        return dict(parents(self._study.memberships))

    def _foreign(self, index: SpeakerIndex, place: Place) -> str:
        """Return why words are not those of the case, as a clause."""
        found = attribution_of(index, place.span)
        names = found.named({case.id: case.name for case in self._study.cases.values()})
        if names:
            verb = "speak" if "," in names else "speaks"
            return f"{names} {verb} there"
        roles = {speaker.role for turn in index.over(place.span) if (speaker := index.speaker_of(turn))}
        if roles == {Role.INTERVIEWER}:
            return "the interviewer speaks there"
        return "these words are attributed to no case"

    def _elsewhere(self, words: str) -> str | None:
        """Return where the case says these words, as a reference."""
        for source_id in sorted(self._sources):
            index = self._study.voices[source_id]
            own = [turn for turn in index.speech if self._is_own(index, turn.span)]
            turn = find_quotation(words, (self._turn(index, item, "") for item in own))
            if turn is not None:
                writer = References(self._study)
                return writer.text(writer.of_span(source_id, turn.start, turn.end, self._case))
        return None

    @cached_property
    def _sources(self) -> frozenset[str]:
        """Ids of the sources in which the case, or a member of it, speaks."""
        spoken = self._study.sources_of_case
        members = {case_id for case_id, wholes in self._wholes.items() if self._case.id in wholes}
        return frozenset().union(*(spoken.get(case_id, frozenset()) for case_id in {self._case.id, *members}))


def check_cells(
    study: Study,
    resolver: Resolver,
    texts: Texts,
    coders: dict[str, str],
    summaries: dict[str, str],
    case_id: str | None = None,
    code_ids: frozenset[str] | None = None,
) -> Iterator[CheckedCell]:
    """Check every written cell, in the order of cases and codes.

    Args:
        study: The project.
        resolver: Finds what references point to.
        texts: The present texts.
        coders: Names of coders by id.
        summaries: Summaries with the references as they are numbered now, by the id of the cell.
        case_id: Only cells of this case.
        code_ids: Only cells of these codes.
    """
    order = {entry.id: at for at, entry in enumerate(study.codebook.entries)}
    evidence = CellEvidence(study)
    for cell in sorted(study.cells, key=lambda item: (study.cases[item.case_id].name, order[item.code_id], item.own)):
        if (case_id and cell.case_id != case_id) or (code_ids is not None and cell.code_id not in code_ids):
            continue
        case = study.cases[cell.case_id]
        findings: tuple[Finding, ...] = ()
        if cell.state in (CellState.DRAFT, CellState.CHECKED):
            checker = CellChecker(
                *(study, resolver, texts, case, cell.code_id),
                own=cell.own,
                with_groups=cell.basis.with_groups,
                evidence=evidence,
            )
            findings = checker.check(summaries[cell.id])
        yield CheckedCell(
            case,
            study.codebook.by_id[cell.code_id],
            cell,
            summaries[cell.id],
            coders[cell.coder_id],
            findings,
            evidence.stale(cell),
        )

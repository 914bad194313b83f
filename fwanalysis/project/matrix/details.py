"""What changed since a summary was written, in words; and which cells depend on a passage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.analysis.matrix.evidence import CellEvidence
from fwanalysis.domain.cases import Level
from fwanalysis.domain.text import Span
from fwanalysis.project.matrix.reading import Texts, read_study
from fwanalysis.store.queries import codebook as codebook_queries
from fwanalysis.store.queries import sources as source_queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.analysis.matrix.study import Located, Study
    from fwanalysis.domain.cases import Case
    from fwanalysis.domain.codebook import CodeVersion
    from fwanalysis.domain.matrix import Cell
    from fwanalysis.domain.staleness import Affected, StaleReason
    from fwanalysis.project.context import Context
    from fwanalysis.store.reading import Reading


@dataclass(frozen=True, slots=True)
class ChangedPassage:
    """A passage that changed since a summary was written.

    Attributes:
        kind: ``new``, ``changed``, ``removed``, ``unanchored`` or ``cell``.
        id: Id of the coding, of the cited segment, or of the cell that the summary is based on.
        then: Its words when the summary was written; None if it is new, or if they are no longer known.
        now: Its words now; None if it is gone.
    """

    kind: str
    id: str
    then: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class ChangedDefinition:
    """A definition of a code that changed since a summary was written; *then* is None if it is no longer known."""

    code_id: str
    then: CodeVersion | None
    now: CodeVersion


@dataclass(frozen=True, slots=True)
class StaleDetail:
    """A reason why a cell is out of date, with what changed."""

    reason: StaleReason
    passages: tuple[ChangedPassage, ...]
    definitions: tuple[ChangedDefinition, ...] = ()


@dataclass(frozen=True, slots=True)
class BasedCell:
    """A cell that depends on a passage of a source.

    Attributes:
        written: The written cell; None if the passage is evidence of a cell without a summary.
        cites: Whether the summary cites the passage.
    """

    case: Case
    code_id: str
    own: bool
    written: Cell | None
    cites: bool


def stale_details(context: Context, cell: Cell) -> Sequence[StaleDetail]:
    """Return the reasons why a written cell is out of date, with the old and new words and definitions."""
    with context.store.read() as connection:
        study = read_study(connection, Texts(context, connection))
        return [_detail(connection, study, cell, reason) for reason in CellEvidence(study).stale(cell)]


def _detail(connection: Reading, study: Study, cell: Cell, reason: StaleReason) -> StaleDetail:
    if any(item.id == "" or item.id in study.codebook.by_id for item in reason.affected):
        return StaleDetail(reason, (), tuple(_definition(connection, study, cell, item) for item in reason.affected))
    return StaleDetail(reason, tuple(_passage(connection, item) for item in reason.affected))


def _passage(connection: Reading, item: Affected) -> ChangedPassage:
    return ChangedPassage(item.kind, item.id, _words(connection, item.then), _words(connection, item.now))


def _words(connection: Reading, place: tuple[str, int, int] | None) -> str | None:
    """Return the words at a place; texts are kept, so those of an earlier revision can still be read."""
    if place is None:
        return None
    revision_id, start, end = place
    revision = source_queries.revision_or_none(connection, revision_id)
    text = source_queries.text_or_none(connection, revision.text_hash) if revision else None
    return text[start:end] if text is not None else None


def _definition(connection: Reading, study: Study, cell: Cell, item: Affected) -> ChangedDefinition:
    code_id = item.id or cell.code_id
    version_id = cell.basis.code_version_id if not item.id else dict(cell.basis.versions)[code_id]
    return ChangedDefinition(
        code_id,
        codebook_queries.version_or_none(connection, version_id),
        study.codebook.by_id[code_id].version,
    )


def cells_at(context: Context, source_id: str, start: int, end: int) -> Sequence[BasedCell]:
    """Return the cells whose evidence or citations a span of a source's present text overlaps.

    Args:
        context: The project.
        source_id: The source.
        start: Where the span begins, in code points; an empty span is a position.
        end: Where it ends, exclusive.

    Returns:
        The cells of persons, groups and sites, written ones first, then by case and code. Cells without a summary are
        those of the codes of the passages themselves, and not of the codes above them.
    """
    with context.store.read() as connection:
        study = read_study(connection, Texts(context, connection))
    span = Span(start, max(end, start + 1))
    over = [
        item
        for item in study.located
        if item.passage.source_id == source_id and item.passage.start < span.end and item.passage.end > span.start
    ]
    cited = {
        item.segment_id
        for item in study.cited.values()
        if item.source_id == source_id and item.start < span.end and item.end > span.start
    }
    found = _written(study, over, cited) | _unwritten(study, over)
    order = {entry.id: at for at, entry in enumerate(study.codebook.entries)}
    return sorted(found.values(), key=lambda item: (item.written is None, item.case.name, order[item.code_id]))


_Key = tuple[str, str, bool]


def _written(study: Study, over: Sequence[Located], cited: set[str]) -> dict[_Key, BasedCell]:
    evidence = CellEvidence(study)
    ids = {item.passage.coding_id for item in over}
    found = {}
    for cell in study.cells:
        case = study.cases[cell.case_id]
        cites = any(item.segment_id in cited for item in study.citations.get(cell.id, ()))
        passages = evidence.of(case, cell.code_id, own=cell.own, with_groups=cell.basis.with_groups)
        if cites or any(item.passage.coding_id in ids for item in passages):
            key = (cell.case_id, cell.code_id, cell.own)
            found[key] = BasedCell(case, cell.code_id, cell.own, cell, cites)
    return found


def _unwritten(study: Study, over: Sequence[Located]) -> dict[_Key, BasedCell]:
    written = {(cell.case_id, cell.code_id) for cell in study.cells if not cell.own}
    found = {}
    for item in over:
        group = item.attribution.group
        for case_id in {group} if group else item.attribution.cases:
            key = (case_id, item.passage.code_id)
            if key not in written and study.cases[case_id].level is not Level.SITE:
                found[(*key, False)] = BasedCell(study.cases[case_id], item.passage.code_id, False, None, False)
    return found

"""Read the abstraction of columns with the cells that are sorted into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.analysis.matrix.building import present_summary
from fwanalysis.analysis.matrix.evidence import CellEvidence
from fwanalysis.analysis.matrix.references import References
from fwanalysis.domain.abstraction import Abstraction, Concept, ConceptLevel, SortedCell
from fwanalysis.domain.cases import natural_key
from fwanalysis.domain.chart_document import DocumentAbstraction
from fwanalysis.domain.summaries import parse_summary
from fwanalysis.store.queries import matrix as queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fwanalysis.analysis.matrix.study import Study
    from fwanalysis.domain.abstraction import Sorting
    from fwanalysis.domain.matrix import Cell
    from fwanalysis.store.reading import Reading

_RANK = {level: at for at, level in enumerate(ConceptLevel)}


def in_order(concepts: Iterable[Concept]) -> list[Concept]:
    """Return concepts with elements first, then dimensions, then categories, each level in its order."""
    return sorted(concepts, key=lambda item: (_RANK[item.level], item.position, item.id))


def abstraction_of(study: Study, code_id: str, concepts: Iterable[Concept], sortings: Iterable[Sorting]) -> Abstraction:
    """Return the abstraction of a column.

    Args:
        study: The project; the codings of the code and of those below it are enough.
        code_id: The code of the column.
        concepts: The concepts of the column; those of other columns are left out.
        sortings: The sortings of these concepts; others are left out.
    """
    own = tuple(in_order(item for item in concepts if item.code_id == code_id))
    entry = study.codebook.by_id[code_id]
    cells = {cell.id: cell for cell in _cells(study, code_id)}
    into: dict[str, set[str]] = {item.id: set() for item in own}
    for item in sortings:
        if item.concept_id in into:
            into[item.concept_id].add(item.cell_id)
    evidence, references = CellEvidence(study), References(study)
    return Abstraction(
        code_id=code_id,
        path=entry.path,
        name=entry.name,
        concepts=own,
        cells={cell.id: _sorted_cell(study, evidence, references, cell) for cell in cells.values()},
        sorted={concept_id: tuple(cell_id for cell_id in cells if cell_id in ids) for concept_id, ids in into.items()},
    )


def _cells(study: Study, code_id: str) -> list[Cell]:
    """Return the written cells of a column in the order of cases, the cell of the theme itself after the other."""
    found = [cell for cell in study.cells if cell.code_id == code_id]
    return sorted(found, key=lambda cell: (natural_key(study.cases[cell.case_id].name), cell.own))


def _sorted_cell(study: Study, evidence: CellEvidence, references: References, cell: Cell) -> SortedCell:
    text = present_summary(study, references, cell)
    cited = parse_summary(text, study.is_name).references if cell.state.has_summary else ()
    return SortedCell(
        id=cell.id,
        case=study.cases[cell.case_id].name,
        own=cell.own,
        state=cell.state,
        text=text,
        references=tuple(dict.fromkeys(reference.text for reference in cited)),
        stale=evidence.stale(cell),
    )


def document_abstractions(connection: Reading, study: Study, code_ids: Iterable[str]) -> Iterator[DocumentAbstraction]:
    """Yield the concepts of columns as documents hold them, column by column.

    Args:
        connection: The transaction.
        study: The project.
        code_ids: The codes of the columns; a code may occur more than once.
    """
    concepts = queries.concepts(connection)
    if not concepts:
        return
    sortings = queries.sortings(connection)
    used = {item.code_id for item in concepts}
    for code_id in dict.fromkeys(code_ids):
        if code_id not in used:
            continue
        shown = abstraction_of(study, code_id, concepts, sortings)
        for concept in shown.concepts:
            parent = shown.parent(concept)
            yield DocumentAbstraction(
                column=shown.path,
                level=concept.level,
                name=concept.name,
                parent=parent.name if parent else "",
                cases=tuple(cell.label for cell in shown.cells_of(concept)),
            )

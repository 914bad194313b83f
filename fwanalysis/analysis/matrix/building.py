"""Build views of the matrix, and single cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from fwanalysis.analysis.matrix.columns import columns_by_code, columns_of
from fwanalysis.analysis.matrix.evidence import CellEvidence
from fwanalysis.analysis.matrix.references import References
from fwanalysis.analysis.matrix.rows import NO_CASE, RowFilter, attributes_shown, placing, rows_of
from fwanalysis.domain.cases import Level, folded, parents
from fwanalysis.domain.matrix import Matrix, MatrixCell, MatrixQuery, MatrixRow, Quoted, Stances
from fwanalysis.domain.staleness import Affected, Cause, StaleReason
from fwanalysis.domain.summaries import parse_summary, renumbered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from fwanalysis.analysis.matrix.study import Located, Study
    from fwanalysis.domain.cases import Case
    from fwanalysis.domain.matrix import Cell, MatrixColumn
    from fwanalysis.domain.staleness import Basis

_NOTHING = MatrixCell(None, "", (), 0, 0, Stances())
_UNANSWERABLE = MatrixCell(None, "", (), 0, 0, Stances(), answerable=False)


def build_matrix(study: Study, query: MatrixQuery) -> Matrix:
    """Build the view of the matrix that *query* describes.

    Raises:
        InvalidInput: If a row kind, an attribute, a filter or a sort key does not exist.
        NotFound: If a theme or a case does not exist.
    """
    columns = columns_of(study, query)
    attributes = attributes_shown(study, query)
    located = _by_coders(study.located, query)
    conditions = RowFilter(study, query)
    belongs = parents(study.memberships) if query.rows == "site" else {}
    place = placing(study, query, belongs)
    rows = rows_of(study, query)
    unanchored = _by_coders(study.unanchored_located, query)
    is_unattributed = any(item.attribution.is_unattributed for items in (located, unanchored) for item in items)
    if query.with_no_case and not query.is_filtered and is_unattributed:
        rows.append(MatrixRow(NO_CASE, NO_CASE, None, None, {}))
    keys = {row.key for row in rows}
    by_code = columns_by_code(study, columns)
    gathered, outside = _gathered(located, place, keys, by_code)
    missing, _ = _gathered(unanchored, place, keys, by_code)
    is_partial = (query.rows == "site" and not conditions.is_empty) or bool(query.coders)
    cells = _Cells(study, query, rows, columns, gathered, missing, is_partial=is_partial)
    nowhere = sum(bool(by_code[item.passage.code_id]) for item in unanchored)
    return Matrix(query, attributes, tuple(rows), tuple(columns), cells, outside, nowhere)


def build_cell(
    study: Study, case: Case, code_id: str, *, own: bool = False, with_groups: bool, cited: Iterable[str] = ()
) -> tuple[MatrixCell, Basis]:
    """Build one cell with its evidence, and the basis of a summary saved now.

    Args:
        study: The project.
        case: The case of the row.
        code_id: The code of the column.
        own: Whether only codings with the code itself count; else those with its sub-codes count too.
        with_groups: Whether to include what the case's person said in focus groups.
        cited: Ids of the segments that the summary cites.
    """
    evidence = CellEvidence(study)
    items = evidence.of(case, code_id, own=own, with_groups=with_groups)
    waiting = evidence.unanchored_of(case, code_id, own=own, with_groups=with_groups)
    written = next(
        (cell for cell in study.cells if (cell.case_id, cell.code_id, cell.own) == (case.id, code_id, own)), None
    )
    maker = _CellMaker(study, evidence)
    shown = maker.made(case, written, items, len(waiting), with_groups=with_groups)
    return shown, evidence.basis(case, code_id, own=own, with_groups=with_groups, cited=cited)


def _by_coders(located: Sequence[Located], query: MatrixQuery) -> Sequence[Located]:
    wanted = set(query.coders)
    return [item for item in located if item.passage.coder_id in wanted] if wanted else located


def _gathered(
    items: Iterable[Located],
    place: Callable[[Located], frozenset[str]],
    keys: set[str],
    by_code: Mapping[str, tuple[str, ...]],
) -> tuple[dict[tuple[str, str], list[Located]], int]:
    """Gather passages by row and column; return them, and the number of those in no row."""
    gathered: dict[tuple[str, str], list[Located]] = {}
    outside = 0
    for item in items:
        rows = place(item) & keys
        if not rows:
            outside += 1
            continue
        columns = by_code[item.passage.code_id]
        for row in rows:
            for column in columns:
                known = gathered.get((row, column))
                if known is None:
                    gathered[row, column] = [item]
                else:
                    known.append(item)
    return gathered, outside


class _CellMaker:
    """Makes the cells of views from their passages."""

    def __init__(self, study: Study, evidence: CellEvidence) -> None:
        self._study = study
        self._evidence = evidence
        self._references = References(study)
        self._quotes: dict[str | None, dict[str, Quoted]] = {}
        self._stances: dict[tuple[int, ...], Stances] = {}
        self._persons = {case.id for case in study.cases.values() if case.level is Level.PERSON}

    def made(
        self, case: Case | None, cell: Cell | None, items: Sequence[Located], unanchored: int, *, with_groups: bool
    ) -> MatrixCell:
        """Return a cell as a view shows it."""
        stale = self._evidence.stale(cell) if cell else ()
        if cell and case and with_groups and not cell.basis.with_groups and case.level is Level.PERSON:
            stale = (*stale, *self._not_covered(cell, items))
        quotes = []
        counts = {"for": 0, "against": 0, "mixed": 0}
        persons: set[str] = set()
        segments = set()
        known = self._quotes.setdefault(case.id if case else None, {})
        for item in items:
            passage, attribution, _, _ = item
            counts[passage.stance] += 1
            persons.update(attribution.cases)
            segments.add((passage.revision_id, passage.start, passage.end))
            quoted = known.get(passage.coding_id)
            if quoted is None:  # the same value in all columns of a row
                reference = f"({self._references.of_passage(item, case)})"
                quoted = known[passage.coding_id] = Quoted(passage, reference, attribution.cases)
            quotes.append(quoted)
        summary = present_summary(self._study, self._references, cell) if cell else ""
        stances = self._stances_of(tuple(counts.values()))
        seen = len(persons & self._persons)
        return MatrixCell(cell, summary, tuple(quotes), len(segments), seen, stances, stale, unanchored)

    def _stances_of(self, counts: tuple[int, ...]) -> Stances:
        """Return counts by stance as one value for all cells with the same counts, which are most cells."""
        stances = self._stances.get(counts)
        if stances is None:
            stances = self._stances[counts] = Stances(*counts)
        return stances

    def _not_covered(self, cell: Cell, items: Iterable[Located]) -> tuple[StaleReason, ...]:
        """Return the reason that a person's words in focus groups are shown beside a summary that leaves them out."""
        known = {coding.coding_id for coding in cell.basis.codings}
        new = tuple(
            Affected("new", item.passage.coding_id, None, item.passage.segment)
            for item in items
            if item.attribution.group and item.passage.coding_id not in known
        )
        return (StaleReason(Cause.GROUP_WORDS, new),) if new else ()


def present_summary(study: Study, references: References, cell: Cell) -> str:
    """Return the summary of a cell with its references as they are numbered now."""
    citations = study.citations.get(cell.id, ())
    moved = {}
    for citation in citations:
        cited = study.cited.get(citation.segment_id)
        if cited is None:
            continue
        place = references.of_cited(cited, study.cases[cell.case_id])
        if references.text(place) != citation.reference:
            moved[citation.id] = place
    if not moved:
        return cell.summary
    then = {folded(citation.reference.rpartition(":")[0]) for citation in citations}
    summary = parse_summary(cell.summary, lambda name: folded(name) in then or study.is_name(name))
    places, at = {}, 0
    for citation in citations:  # by their texts: names that exist now make other references than those of then
        found = next((item for item in summary.references[at:] if item.text == citation.reference), None)
        if found is not None:
            at = found.index + 1
            if citation.id in moved:
                places[found.index] = moved[citation.id]
    return renumbered(summary, places)


class _Cells(Mapping[tuple[str, str], MatrixCell]):
    """The cells of a view by row key and column key; each is made when it is first asked for."""

    def __init__(
        self,
        study: Study,
        query: MatrixQuery,
        rows: Sequence[MatrixRow],
        columns: Sequence[MatrixColumn],
        gathered: Mapping[tuple[str, str], Sequence[Located]],
        missing: Mapping[tuple[str, str], Sequence[Located]],
        *,
        is_partial: bool,
    ) -> None:
        self._rows = {row.key: row for row in rows}
        self._columns = {column.key: column for column in columns}
        self._gathered = gathered
        self._missing = missing
        self._maker = _CellMaker(study, CellEvidence(study))
        self._with_groups = query.rows == "person"
        self._heard = _heard(study)
        self._made: dict[tuple[str, str], MatrixCell] = {}
        written = {} if is_partial else {(cell.case_id, cell.code_id, cell.own): cell for cell in study.cells}
        self._written = {
            (case_id, f"{code_id}:own" if own else code_id): cell for (case_id, code_id, own), cell in written.items()
        }

    def __getitem__(self, key: tuple[str, str]) -> MatrixCell:
        cell = self._made.get(key)
        if cell is not None:
            return cell
        case = self._rows[key[0]].case
        written = self._written.get(key) if case else None
        items, missing = self._gathered.get(key, ()), self._missing.get(key, ())
        if written is None and not items and not missing:
            assert key[1] in self._columns
            return _NOTHING if case is None or case.id in self._heard else _UNANSWERABLE
        cell = self._maker.made(case, written, items, len(missing), with_groups=self._with_groups)
        self._made[key] = cell
        return cell

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((row, column) for row in self._rows for column in self._columns)

    def __len__(self) -> int:
        return len(self._rows) * len(self._columns)

    def written(self) -> Iterator[MatrixCell]:
        """Yield the cells that are written."""
        for row, column in self._written:
            if row in self._rows and column in self._columns:
                yield self[row, column]

    def written_by_key(self) -> Mapping[tuple[str, str], Cell]:
        """Return the written cells of the view by their keys, as they are stored."""
        return {key: cell for key, cell in self._written.items() if key[0] in self._rows and key[1] in self._columns}

    def counts(self) -> Mapping[tuple[str, str], int]:
        """Return the numbers of different segments of the cells that have any."""
        return {
            key: len({item.passage.segment for item in items}) if len(items) > 1 else 1
            for key, items in self._gathered.items()
        }


def _heard(study: Study) -> frozenset[str]:
    """Return the ids of the cases that speak, have a source, or have a member who does."""
    heard = set(study.sources_of_case)
    belongs = parents(study.memberships)
    return frozenset(heard.union(*(belongs.get(case_id, frozenset()) for case_id in heard)))


def written_cells(matrix: Matrix) -> list[MatrixCell]:
    """Return the cells of a view that are written, without making the others."""
    cells = matrix.cells
    if isinstance(cells, _Cells):
        return list(cells.written())
    return [cell for cell in cells.values() if cell.cell is not None]


def written_by_key(matrix: Matrix) -> Mapping[tuple[str, str], Cell]:
    """Return what is written in the cells of a view, by row key and column key, without making these cells."""
    cells = matrix.cells
    if isinstance(cells, _Cells):
        return cells.written_by_key()
    return {key: cell.cell for key, cell in cells.items() if cell.cell is not None}


def segment_counts(matrix: Matrix) -> Mapping[tuple[str, str], int]:
    """Return the numbers of different segments by row key and column key, of the cells that have any."""
    cells = matrix.cells
    if isinstance(cells, _Cells):
        return cells.counts()
    return {key: cell.segments for key, cell in cells.items() if cell.segments}

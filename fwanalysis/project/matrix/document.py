"""Views of the matrix as documents, from which every format is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.analysis.matrix.building import build_matrix, written_cells
from fwanalysis.domain.cases import AttributeType
from fwanalysis.domain.chart_document import (
    ChartDocument,
    DocumentCell,
    DocumentColumn,
    DocumentQuote,
    DocumentRow,
)
from fwanalysis.domain.ids import now
from fwanalysis.domain.text import Span, count_words, union
from fwanalysis.project.context import find_coders
from fwanalysis.project.matrix.abstractions import document_abstractions
from fwanalysis.project.matrix.reading import Texts, collection_paused, read_study
from fwanalysis.store import log
from fwanalysis.store.queries import codings as coding_queries
from fwanalysis.store.store import project_info

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fwanalysis.analysis.matrix.study import Study
    from fwanalysis.domain.matrix import Matrix, MatrixCell, MatrixColumn, MatrixQuery, MatrixRow, Passage, Quoted
    from fwanalysis.project.context import Context
    from fwanalysis.store.reading import Reading

CONTEXT = 400
"""How many characters of a turn are given before and after a passage."""


def chart_document(
    context: Context, query: MatrixQuery, *, with_context: bool = True, with_words: bool = True
) -> ChartDocument:
    """Return a view of the matrix as a document.

    Args:
        context: The project.
        query: The view.
        with_context: Whether passages come with the words around them, for which the texts are read.
        with_words: Whether the words of the passages are counted.
    """
    with context.store.read() as connection, collection_paused():
        texts = Texts(context, connection)
        study = read_study(connection, texts)
        matrix = build_matrix(study, find_coders(connection, query))
        about = _about(connection, study, matrix, query)
        coders = {coder.id: coder.name for coder in coding_queries.coders(connection)}
        writer = _Writer(study, coders, texts if with_context else None, with_words=with_words)
        numeric = {item.name for item in study.attributes if item.type is AttributeType.NUMBER}
        return ChartDocument(
            title=_title(study, query),
            about=about,
            attributes=matrix.attributes,
            rows=tuple(_row(row, matrix.attributes) for row in matrix.rows),
            columns=tuple(_column(study, column) for column in matrix.columns),
            cells=tuple(writer.row(matrix, row) for row in matrix.rows),
            numeric=frozenset(numeric & set(matrix.attributes)),
            abstractions=tuple(document_abstractions(connection, study, (column.code_id for column in matrix.columns))),
        )


def _title(study: Study, query: MatrixQuery) -> str:
    if query.all_codes:
        return "Framework matrix: all codes"
    names = [study.codebook.find(name).name for name in query.themes]
    return f"Framework matrix: {', '.join(names) if names else 'all themes'}"


def _about(connection: Reading, study: Study, matrix: Matrix, query: MatrixQuery) -> Mapping[str, object]:
    info = project_info(connection)
    codebook = study.codebook.info
    head, head_hash = log.head(connection)
    written = written_cells(matrix)
    return {
        "project": info.title,
        "question": info.question,
        "exported_at": now(),
        "codebook": codebook.name if codebook else None,
        "codebook_version": codebook.version if codebook else None,
        "rows": query.rows,
        "themes": list(query.themes),
        "theme": query.themes[0] if len(query.themes) == 1 else None,
        "where": [f"{name}={value}" for name, value in query.where],
        "filter": query.expression,
        "cases": list(query.cases),
        "coders": list(query.coders),
        "sort": list(query.sort),
        "group": list(query.group),
        "written": len(written),
        "stale": sum(bool(cell.stale) for cell in written),
        "written_elsewhere": _written_elsewhere(study, matrix),
        "codings_outside_the_rows": matrix.outside,
        "codings_unanchored": matrix.unanchored,
        "event": head,
        "event_hash": head_hash,
    }


def _written_elsewhere(study: Study, matrix: Matrix) -> int:
    """Count the written cells of the cases in a view whose codes have no column there."""
    cases = {row.case.id for row in matrix.rows if row.case}
    columns = {(column.code_id, column.own) for column in matrix.columns}
    return sum(cell.case_id in cases and (cell.code_id, cell.own) not in columns for cell in study.cells)


def _row(row: MatrixRow, attributes: Iterable[str]) -> DocumentRow:
    return DocumentRow(
        key=row.key,
        case_id=row.case.id if row.case else "",
        label=row.label,
        level=row.level.value if row.level else "",
        attributes=tuple(row.attributes.get(name) for name in attributes),
        bands=row.bands,
    )


def _column(study: Study, column: MatrixColumn) -> DocumentColumn:
    version = study.codebook.by_id[column.code_id].version
    is_theme = column.heading == column.theme and not column.own
    return DocumentColumn(
        key=column.key,
        code_id=column.code_id,
        own=column.own,
        theme=column.theme,
        heading="" if is_theme else column.heading,
        label=column.heading,
        path=column.path,
        kind=version.kind.value,
        definition=version.definition,
        include=version.include,
        exclude=version.exclude,
        counts_against=version.counts_against,
    )


class _Writer:
    """Writes cells; *texts* gives the words around passages, None leaves them out."""

    def __init__(self, study: Study, coders: Mapping[str, str], texts: Texts | None, *, with_words: bool) -> None:
        self._study = study
        self._coders = coders
        self._texts = texts
        self._with_words = with_words
        self._sources = {source_id: voices.source.name for source_id, voices in study.voices.items()}
        self._codes = {entry.id: entry.path for entry in study.codebook.entries}
        self._empty: dict[str, DocumentCell] = {}
        self._quotes: dict[int, DocumentQuote] = {}

    def row(self, matrix: Matrix, row: MatrixRow) -> tuple[DocumentCell, ...]:
        """Return the cells of a row of a view."""
        return tuple([self.cell(matrix.cells[row.key, column.key]) for column in matrix.columns])

    def cell(self, cell: MatrixCell) -> DocumentCell:
        """Return a cell of a view as a document has it."""
        written = cell.cell
        if written is None and not cell.quotes:
            state = cell.state_label
            if state not in self._empty:
                self._empty[state] = DocumentCell(state)
            return self._empty[state]
        words = _words(quoted.passage for quoted in cell.quotes) if self._with_words else 0
        stances = (cell.stances.for_, cell.stances.against, cell.stances.mixed)
        known = self._quotes
        quotes = tuple([known.get(id(quoted)) or self._quote(quoted) for quoted in cell.quotes])
        evidence = (cell.segments, cell.persons, words, stances, quotes)
        if written is None:
            return DocumentCell(cell.state_label, (), "", "", "", *evidence)
        stale = tuple(map(str, cell.stale))
        author = self._coders[written.coder_id]
        return DocumentCell(
            *(cell.state_label, stale, cell.summary, author, written.written_at),
            *evidence,
            *(written.affirmation, written.disagreement),
        )

    def _quote(self, quoted: Quoted) -> DocumentQuote:
        """Return a passage as a document has it, and keep it: it is the same in all columns of a row."""
        passage = quoted.passage
        before, after, speaker = self._around(passage) if self._texts else ("", "", "")
        made = self._quotes[id(quoted)] = DocumentQuote(
            *(passage.coding_id, quoted.reference, passage.quote, before, after),
            *(self._sources[passage.source_id], speaker, self._codes[passage.code_id]),
            *(passage.stance, passage.note, self._coders[passage.coder_id]),
        )
        return made

    def _around(self, passage: Passage) -> tuple[str, str, str]:
        """Return the words before and after a passage in its turns, and the label of the first speaker."""
        assert self._texts is not None
        text = self._texts.of(passage.source_id)
        index = self._study.voices[passage.source_id]
        turns = index.over(Span(passage.start, passage.end))
        first, last = (turns[0].start, turns[-1].end) if turns else (0, len(text))
        before = text[max(first, passage.start - CONTEXT) : passage.start] if first < passage.start else ""
        after = text[passage.end : min(last, passage.end + CONTEXT)]
        speaker = index.speaker_of(turns[0]) if turns else None
        return before, after, speaker.label if speaker else ""


def _words(passages: Iterable[Passage]) -> int:
    """Count the words of passages; words that several passages share are counted once."""
    by_revision: dict[str, list[Passage]] = {}
    for passage in passages:
        by_revision.setdefault(passage.revision_id, []).append(passage)
    return sum(_words_of_one(found) for found in by_revision.values())


def _words_of_one(passages: list[Passage]) -> int:
    """Count the words of the union of passages of one revision, whose texts are the quotations."""
    if len(passages) == 1:
        return count_words(passages[0].quote)
    total = 0
    for span in union(Span(item.start, item.end) for item in passages):
        covered, text = span.start, ""
        for item in sorted(passages, key=lambda item: item.start):
            if not span.start <= item.start < span.end:
                continue
            if item.end > covered:
                text += item.quote[max(0, covered - item.start) :]
                covered = item.end
        total += count_words(text)
    return total

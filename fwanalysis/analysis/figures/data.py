"""Prepare what figures are counted from: codings with their rows, persons, turns and words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from fwanalysis.analysis.matrix.columns import columns_of
from fwanalysis.analysis.matrix.rows import NO_CASE, RowFilter, placing, rows_of
from fwanalysis.analysis.matrix.study import Located, Locator
from fwanalysis.domain.cases import Level, parents
from fwanalysis.domain.figures import Coded, FigureColumn, FigureData, FigureRow, Said
from fwanalysis.domain.matrix import CellState, MatrixRow, Passage
from fwanalysis.domain.text import WORD, Span, count_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from fwanalysis.analysis.matrix.study import Study
    from fwanalysis.domain.cases import Attribution
    from fwanalysis.domain.matrix import MatrixQuery
    from fwanalysis.domain.sources import SpeakerIndex, Turn

_NOWHERE = Passage("", "", "", "", "", "", "", "", "", 0, 0, "")


def figure_data(
    study: Study,
    query: MatrixQuery,
    codes: Sequence[str] = (),
    *,
    text: Callable[[str], str] | None = None,
    with_turns: bool = False,
) -> FigureData:
    """Return what figures are counted from.

    Args:
        study: The project.
        query: The rows, the columns and the coders, as in a view of the matrix.
        codes: Keys, paths or names of the codes to use as columns in place of those of the query.
        text: Gives the text of a source; words are counted if it is given.
        with_turns: Whether to number the turns of each coding.

    Raises:
        InvalidInput: If a row kind, an attribute or a filter does not exist.
        NotFound: If a code, a theme or a case does not exist.
    """
    columns = _named_columns(study, codes) if codes else _columns(study, query)
    rows = rows_of(study, query)
    preparation = _Preparation(study, query, rows, text)
    wanted = frozenset().union(*(column.code_ids for column in columns))
    coders = frozenset(query.coders)
    coded = tuple(
        preparation.coded(item, with_turns=with_turns)
        for item in study.located
        if item.passage.code_id in wanted and (not coders or item.passage.coder_id in coders)
    )
    shown = list(rows)
    if any(item.rows == (NO_CASE,) for item in coded):
        shown.append(MatrixRow(NO_CASE, NO_CASE, None, None, {}))
    spoken = preparation.spoken()
    figure_rows = tuple(_row(row, spoken, counts=text is not None) for row in shown)
    return FigureData(figure_rows, columns, coded, _not_applicable(study, columns))


def _row(row: MatrixRow, spoken: Mapping[str, int], *, counts: bool) -> FigureRow:
    return FigureRow(
        row.key,
        row.label,
        row.level or "",
        row.attributes,
        speaks=row.level is not None and row.key in spoken,
        words=spoken.get(row.key, 0) if counts else None,
    )


def _columns(study: Study, query: MatrixQuery) -> tuple[FigureColumn, ...]:
    return tuple(
        FigureColumn(
            column.key,
            column.heading,
            column.path,
            frozenset({column.code_id}) if column.own else study.codebook.below(column.code_id),
        )
        for column in columns_of(study, query)
    )


def _named_columns(study: Study, codes: Iterable[str]) -> tuple[FigureColumn, ...]:
    entries = list(dict.fromkeys(study.codebook.find(code).id for code in codes))
    found = [study.codebook.by_id[code_id] for code_id in entries]
    names = [entry.name for entry in found]
    return tuple(
        FigureColumn(
            entry.id,
            entry.name if names.count(entry.name) == 1 else entry.path,
            entry.path,
            study.codebook.below(entry.id),
        )
        for entry in found
    )


def _not_applicable(study: Study, columns: Iterable[FigureColumn]) -> frozenset[tuple[str, str]]:
    """Return the cells of these columns that are marked as not applicable, or whose theme is."""
    marked = [
        (cell.case_id, frozenset({cell.code_id}) if cell.own else study.codebook.below(cell.code_id))
        for cell in study.cells
        if cell.state is CellState.NOT_APPLICABLE
    ]
    return frozenset(
        (case_id, column.key) for case_id, codes in marked for column in columns if column.code_ids <= codes
    )


class _Preparation:
    """Places codings and turns in rows, and counts their words."""

    def __init__(
        self, study: Study, query: MatrixQuery, rows: Sequence[MatrixRow], text: Callable[[str], str] | None
    ) -> None:
        self._study = study
        self._rows = frozenset(row.key for row in rows)
        if query.with_no_case and not query.is_filtered:
            self._rows |= {NO_CASE}
        belongs = parents(study.memberships) if query.rows == "site" else {}
        self._place = placing(study, query, belongs)
        self._kind = query.rows
        self._conditions = RowFilter(study, query)
        self._persons = {case.id for case in study.cases.values() if case.level is Level.PERSON}
        self._text = text
        self._sources: dict[str, _Source] = {}
        self._known: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def coded(self, item: Located, *, with_turns: bool) -> Coded:
        """Return a coding as figures are counted from it."""
        passage = item.passage
        rows, persons = self._attributed(item)
        source = self._source(passage.source_id)
        turns = tuple(source.turns(passage.start, passage.end, self._study.line)) if with_turns else ()
        said = tuple(source.said(passage.start, passage.end, rows)) if self._text else ()
        segment, stance = passage.segment, passage.stance
        return Coded(
            passage.coding_id, passage.code_id, segment, rows, persons, stance, passage.coder_id, said=said, turns=turns
        )

    def rows(self, attribution: Attribution) -> tuple[str, ...]:
        """Return the rows that an attribution belongs in, sorted."""
        return self._attributed(Located(_NOWHERE, attribution, 0, 0))[0]

    def _attributed(self, item: Located) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the rows and the persons of an attribution; it is one object for all spans over the same turns."""
        known = self._known.get(id(item.attribution))
        if known is None:
            rows = self._place(item) & self._rows
            persons = self._persons & item.attribution.cases if rows else frozenset()
            if self._kind.startswith("attribute:") or self._kind == "site":
                persons = frozenset(filter(self._conditions.meets, persons))
            elif not item.attribution.group or self._kind == "person":
                persons &= rows
            known = self._known[id(item.attribution)] = (tuple(sorted(rows)), tuple(sorted(persons)))
        return known

    def _source(self, source_id: str) -> _Source:
        if source_id not in self._sources:
            text = self._text(source_id) if self._text else ""
            self._sources[source_id] = _Source(self._study.voices[source_id], text, self.rows)
        return self._sources[source_id]

    def spoken(self) -> Mapping[str, int]:
        """Return the number of words that each row says; 0 for each that speaks if words are not counted."""
        found: dict[str, int] = {}
        for source_id in self._study.voices:
            for key, words in self._source(source_id).spoken():
                found[key] = found.get(key, 0) + words
        return found


class _Source:
    """The turns and the words of a source."""

    def __init__(self, index: SpeakerIndex, text: str, rows: Callable[[Attribution], tuple[str, ...]]) -> None:
        self._index = index
        self._text = text
        self._rows = rows
        self._locator = Locator(index)
        self._rows_of_speakers: dict[str | None, tuple[str, ...]] = {}
        self._words: dict[tuple[int, int], tuple[list[int], list[int]]] = {}

    def _rows_of(self, turn: Turn) -> tuple[str, ...]:
        """Return the rows of a turn, the same for all turns of a speaker; none if it is unattributed."""
        if turn.speaker_id not in self._rows_of_speakers:
            attribution, _, _ = self._locator.at(turn.start, max(turn.end, turn.start + 1))
            rows = self._rows(attribution)
            self._rows_of_speakers[turn.speaker_id] = () if rows == (NO_CASE,) else rows
        return self._rows_of_speakers[turn.speaker_id]

    def spoken(self) -> Iterator[tuple[str, int]]:
        """Yield rows with the number of words of each turn that is attributed to them, or of the whole source."""
        if not self._index.speech:
            attribution, _, _ = self._locator.at(0, 1)
            yield from ((key, count_words(self._text)) for key in self._rows(attribution))
        for turn in self._index.speech:
            if rows := self._rows_of(turn):
                words = count_words(self._text[turn.start : turn.end])
                for key in rows:
                    yield key, words

    def said(self, start: int, end: int, rows: tuple[str, ...]) -> Iterator[Said]:
        """Yield the words of a passage turn by turn; those of a source without turns, or without a case, at once."""
        if not self._index.speech or rows == (NO_CASE,):
            whole = len(self._text)
            # Numbers above those of all turns: the same words may be in a turn too.
            yield self._said(start, end, (0, whole), whole, rows)
            return
        for turn in self._index.over(Span(start, end)):
            if found := self._rows_of(turn):
                yield self._said(start, end, (turn.start, turn.end), turn.start, found)

    def _said(self, start: int, end: int, part: tuple[int, int], base: int, rows: tuple[str, ...]) -> Said:
        """Return the words of a part of the text that a span overlaps; those of the part are numbered from *base*."""
        if part not in self._words:
            spans = [found.span() for found in WORD.finditer(self._text, *part)]
            self._words[part] = [begin for begin, _ in spans], [finish for _, finish in spans]
        starts, ends = self._words[part]
        first = bisect_right(ends, start)
        return Said(base + first, base + max(first, bisect_left(starts, end)), rows)

    def turns(self, start: int, end: int, line: Callable[[str, int], int]) -> Iterator[int]:
        """Yield the numbers of the attributed turns that a passage overlaps; of lines in a source without turns."""
        if self._index.speech:
            yield from (turn.number for turn in self._index.over(Span(start, end)) if self._rows_of(turn))
        else:
            source_id = self._index.source.id
            yield from range(line(source_id, start), line(source_id, max(start, end - 1)) + 1)

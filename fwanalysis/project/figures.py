"""Figures about codes and cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.analysis.figures.cooccurrence import cooccurrence
from fwanalysis.analysis.figures.counts import codes_figure, grid_figure
from fwanalysis.analysis.figures.crosstab import Grouping, attribute_variable, code_variable, crosstab
from fwanalysis.analysis.figures.data import figure_data
from fwanalysis.analysis.figures.tables import codes_report, cooccurrence_report, grid_table
from fwanalysis.analysis.matrix.rows import attribute_named
from fwanalysis.domain.chart_document import DocumentFigure
from fwanalysis.domain.figures import Measure, Unit
from fwanalysis.domain.ids import now
from fwanalysis.domain.matrix import MatrixQuery
from fwanalysis.errors import InvalidInput
from fwanalysis.project.context import Context, find_coders
from fwanalysis.project.matrix.reading import Texts, read_study
from fwanalysis.store import log
from fwanalysis.store.store import project_info

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fwanalysis.analysis.matrix.study import Study
    from fwanalysis.domain.figures import CodesFigure, CoOccurrence, Crosstab, FigureData, GridFigure
    from fwanalysis.store.reading import Reading

CASES = MatrixQuery(with_no_case=False)
"""The rows and columns of figures by default: persons with a source of their own and groups, by themes."""
PERSONS = MatrixQuery(rows="person", with_no_case=False)
"""The rows of crosstabs by default: each person once, with what was said in groups."""
MOST_ROWS, MOST_COLUMNS = 60, 24
"""The largest heat map that is drawn; a larger one is a table only."""


class Figures:
    """Counts of codes and cases."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def data(
        self,
        query: MatrixQuery | None = None,
        codes: Sequence[str] = (),
        *,
        with_words: bool = False,
        with_turns: bool = False,
    ) -> FigureData:
        """Return what figures are counted from, for figures of your own.

        Args:
            query: The rows, the columns and the coders, as in a view of the matrix; by default ``CASES``.
            codes: Keys, paths or names of codes to use as columns in place of those of the query.
            with_words: Whether to count words, for which the texts are read.
            with_turns: Whether to number the turns.

        Raises:
            InvalidInput: If a row kind, an attribute or a filter does not exist.
            NotFound: If a code, a theme, a case or a coder does not exist.
        """
        with self._context.store.read() as connection:
            texts = Texts(self._context, connection)
            asked = find_coders(connection, query or CASES)
            text = texts.of if with_words else None
            return figure_data(read_study(connection, texts), asked, codes, text=text, with_turns=with_turns)

    def codes(
        self, query: MatrixQuery | None = None, codes: Sequence[str] = (), *, with_words: bool = False
    ) -> CodesFigure:
        """Return cases, persons, passages and stances of each code; see ``data`` for the arguments and errors."""
        return codes_figure(self.data(query, codes, with_words=with_words))

    def grid(
        self,
        query: MatrixQuery | None = None,
        codes: Sequence[str] = (),
        *,
        measure: Measure = Measure.PASSAGES,
    ) -> GridFigure:
        """Return a measure for each case and code; see ``data`` for the other arguments and errors."""
        with_words = measure in (Measure.WORDS, Measure.PER_1000)
        return grid_figure(self.data(query, codes, with_words=with_words), measure)

    def cooccurrence(
        self, query: MatrixQuery | None = None, codes: Sequence[str] = (), *, unit: Unit = Unit.PASSAGE
    ) -> CoOccurrence:
        """Return the co-occurrence of codes; see ``data`` for the other arguments and errors."""
        return cooccurrence(self.data(query, codes, with_turns=unit is Unit.TURN), unit)

    def crosstab(
        self,
        attribute: str,
        other: str | None = None,
        *,
        code: str | None = None,
        query: MatrixQuery | None = None,
        groupings: Mapping[str, Grouping] | None = None,
    ) -> Crosstab:
        """Return a crosstab of two attributes, or of an attribute and a code.

        Args:
            attribute: Name of the attribute in the rows.
            other: Name of the attribute in the columns.
            code: The code in the columns, in place of an attribute.
            query: The cases; by default ``PERSONS``.
            groupings: How values are grouped, by the name of the attribute.

        Raises:
            InvalidInput: If not exactly one of *other* and *code* is given, or an attribute does not exist, or cannot
                be grouped so.
            NotFound: If the code, a case or a coder does not exist.
        """
        if (other is None) == (code is None):
            raise InvalidInput(
                "a crosstab needs a second attribute or a code", hint="name one attribute more, or give --code CODE"
            )
        asked = query or PERSONS
        with self._context.store.read() as connection:
            asked = find_coders(connection, asked)
            study = read_study(connection, Texts(self._context, connection))
        data = figure_data(study, asked, (code,) if code else ())
        rows = [row for row in data.rows if row.level]
        known = {attribute_named(study, name).name: grouping for name, grouping in (groupings or {}).items()}
        names = [attribute_named(study, name) for name in (attribute, other) if name is not None]
        variables = [attribute_variable(rows, found, known.get(found.name)) for found in names]
        if code:
            variables.append(code_variable(data, data.columns[0]))
        return crosstab(rows, *variables)

    def about(self, query: MatrixQuery | None = None) -> Mapping[str, object]:
        """Return the facts that an export of a figure states: project, date, codebook version and filters."""
        asked = query or CASES
        with self._context.store.read() as connection:
            return _about(connection, read_study(connection, Texts(self._context, connection)), asked)

    def document_figures(self, query: MatrixQuery | None = None) -> tuple[DocumentFigure, ...]:
        """Return the figures of a view of the matrix for its report: codes, heat map and co-occurrence.

        Args:
            query: The view.
        """
        from fwanalysis.formats.charts.svg import bars_svg, cooccurrence_svg, heat_map_svg

        data = self.data(query)
        codes, grid, pairs = codes_figure(data), grid_figure(data), cooccurrence(data)
        fits = len(grid.columns) <= MOST_COLUMNS
        heat_map = heat_map_svg(grid, key="figure-heat-map") if fits and len(grid.rows) <= MOST_ROWS else ""
        figures = [
            DocumentFigure("Cases by code", codes.note, codes_report(codes), bars_svg(codes, key="figure-codes")),
            DocumentFigure("Passages by case and code", grid.note, grid_table(grid), heat_map),
        ]
        if len(data.columns) > 1:
            picture = cooccurrence_svg(pairs, key="figure-co-occurrence") if fits else ""
            title = "Codes that occur together in a passage"
            figures.append(DocumentFigure(title, pairs.note, cooccurrence_report(pairs), picture))
        return tuple(figures)


def _about(connection: Reading, study: Study, query: MatrixQuery) -> Mapping[str, object]:
    info = project_info(connection)
    codebook = study.codebook.info
    head, head_hash = log.head(connection)
    return {
        "project": info.title,
        "question": info.question,
        "exported_at": now(),
        "codebook": codebook.name if codebook else None,
        "codebook_version": codebook.version if codebook else None,
        "rows": query.rows,
        "themes": list(query.themes),
        "where": [f"{name}={value}" for name, value in query.where],
        "filter": query.expression,
        "cases": list(query.cases),
        "coders": list(query.coders),
        "codings_unanchored": len(study.unanchored),
        "event": head,
        "event_hash": head_hash,
    }

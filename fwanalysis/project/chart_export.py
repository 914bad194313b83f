"""Views of the matrix as documents that hold what a format shows: context, numbers of words, figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.matrix import Layout

if TYPE_CHECKING:
    from fwanalysis.domain.chart_document import ChartDocument
    from fwanalysis.domain.matrix import MatrixQuery
    from fwanalysis.project import Project

_WITH_FIGURES = ("html", "xlsx", "json")
_WITH_CONTEXT = ("html", "json", "xlsx")


def document_for(project: Project, query: MatrixQuery, *, writer: str, layout: Layout = Layout.WIDE) -> ChartDocument:
    """Return a view as a document for a file.

    Args:
        project: The project.
        query: The view.
        writer: Name of the format, one of ``formats.charts.registry.CHART_WRITERS``.
        layout: The layout of CSV and TSV.
    """
    document = project.matrix.document(
        query,
        with_context=writer in _WITH_CONTEXT,
        with_words=writer in _WITH_CONTEXT or layout is Layout.LONG,
    )
    if writer in _WITH_FIGURES and document.rows and document.columns:
        return replace(document, figures=project.figures.document_figures(query))
    return document

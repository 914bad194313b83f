"""The chart and files: writing what it shows, taking summaries from a file, and drafts to start from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.errors import FrameworkError
from fwanalysis.tui.dialogs.ask import AskScreen, ChooseScreen

if TYPE_CHECKING:
    from fwanalysis.domain.matrix import MatrixQuery
    from fwanalysis.tui.app_base import WorkbenchBase

_QUESTION = """\
Write this chart to which file? Its extension chooses the format:
.xlsx .docx .html .md .csv .tsv .json (.xlsx is best for Excel)"""


def ask_and_write(app: WorkbenchBase, query: MatrixQuery, name: str) -> None:
    """Ask for a file, and write a view to it; ask first if a file would be replaced.

    CSV and TSV are written as ``fwa matrix export`` does without options: without a byte order mark.

    Args:
        app: The workbench.
        query: The view.
        name: The name that is offered, without extension.
    """
    from fwanalysis.project.matrix.files import files_of

    def asked(path: str | None) -> None:
        if not path:
            return
        try:
            there = [str(file) for file in files_of(path) if file.exists()]
        except FrameworkError as error:
            app.show_error(error)
            return
        if not there:
            _write(app, path, query)
            return
        one = len(there) == 1
        answers = [
            "Keep the file" if one else "Keep both files",
            f"Replace {'it' if one else 'them'}; this cannot be undone",
        ]
        app.push_screen(
            ChooseScreen(f"{' and '.join(there)} already {'exists' if one else 'exist'}.", answers),
            lambda index: _write(app, path, query) if index == 1 else None,
        )

    app.push_screen(AskScreen(_QUESTION, value=f"{name}.xlsx"), asked)


def _write(app: WorkbenchBase, path: str, query: MatrixQuery) -> None:
    from pathlib import Path

    from fwanalysis.formats.charts.registry import chart_writer
    from fwanalysis.project.chart_export import document_for
    from fwanalysis.project.matrix.files import write_document

    def write() -> None:
        document = document_for(app.project, query, writer=chart_writer(Path(path).name).name)
        written = write_document(path, document)
        app.notify(f"Written to {Path(path).absolute()}", timeout=5, markup=False)
        for warning in written.warnings:
            app.notify(warning, severity="warning", timeout=8, markup=False)

    app.attempt(write)


def ask_and_import(app: WorkbenchBase) -> None:
    """Ask for a chart that a co-author edited, and show its differences from the project."""
    from fwanalysis.tui.charting.import_matrix import MatrixImportScreen

    def asked(path: str | None) -> None:
        if path:
            app.push_screen(MatrixImportScreen(app.project, path))

    app.push_screen(AskScreen("Take summaries from which file? (.xlsx .csv .tsv .json)"), asked)


def ask_and_draft(app: WorkbenchBase, query: MatrixQuery) -> None:
    """Fill the cells of a view that are not charted with their quotations and references, after a question."""
    from fwanalysis.analysis.matrix.building import segment_counts

    matrix = app.project.matrix.view(query)
    cases = {row.key for row in matrix.rows if row.case is not None}
    open_cells = [key for key in segment_counts(matrix) if key[0] in cases and matrix.cells[key].cell is None]
    if not open_cells:
        app.notify("Every cell with evidence in this chart is written.", markup=False)
        return
    count = "1 cell" if len(open_cells) == 1 else f"{len(open_cells)} cells"

    def chosen(index: int | None) -> None:
        if index == 1:
            app.attempt(lambda: app.project.matrix.draft(query), done=f"{count} drafted  (u to undo)")

    answers = ["Leave them as they are", f"Fill {count} with their quotations and references, marked as drafts"]
    app.push_screen(ChooseScreen(f"{count} of this chart have evidence and no summary.", answers), chosen)

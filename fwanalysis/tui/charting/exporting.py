"""Writing what a chart shows to a file, with a question before files are replaced."""

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

    from fwanalysis.project.matrix.files import write_document

    def write() -> None:
        written = write_document(path, app.project.matrix.document(query))
        app.notify(f"Written to {Path(path).absolute()}", timeout=5, markup=False)
        for warning in written.warnings:
            app.notify(warning, severity="warning", timeout=8, markup=False)

    app.attempt(write)

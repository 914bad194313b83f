"""Writing what a chart shows to a file, with a question before files are replaced."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fwanalysis.tui.dialogs.ask import AskScreen, ChooseScreen

if TYPE_CHECKING:
    from fwanalysis.domain.matrix import MatrixQuery
    from fwanalysis.tui.app_base import WorkbenchBase


def ask_and_write(app: WorkbenchBase, query: MatrixQuery, name: str) -> None:
    """Ask for a file, and write a view to it; ask first if a file would be replaced.

    Args:
        app: The workbench.
        query: The view.
        name: The name that is offered, without extension.
    """
    from fwanalysis.project.output_files import side_file

    def asked(path: str | None) -> None:
        if not path:
            return
        there = [str(file) for file in (Path(path), side_file(path)) if file.exists()]
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

    app.push_screen(AskScreen("Write this matrix to which file? (.csv or .tsv)", value=f"{name}.csv"), asked)


def _write(app: WorkbenchBase, path: str, query: MatrixQuery) -> None:
    from fwanalysis.project.output_files import write_table

    table = app.project.matrix.export(query)
    app.attempt(lambda: write_table(path, table), done=f"Written to {Path(path).absolute()}")

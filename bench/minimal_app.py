"""The least that a Textual program with a database is: what the workbench's first screen is compared with."""

from __future__ import annotations

import sqlalchemy
from textual.app import App, ComposeResult
from textual.widgets import Static


class Minimal(App[None]):
    """One line of text."""

    def compose(self) -> ComposeResult:
        yield Static(f"Quillmarsh, beside SQLAlchemy {sqlalchemy.__version__}")


if __name__ == "__main__":
    Minimal().run()

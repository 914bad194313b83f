"""How far charting has come: by theme, by case and by coder. The counts are pure; the dialog shows them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from fwanalysis.domain.matrix import CellState
from fwanalysis.tui.charting.dialogs import ChartDialog
from fwanalysis.tui.charting.wrapping import fitted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from textual.app import ComposeResult

    from fwanalysis.domain.matrix import Matrix
    from fwanalysis.tui.charting.axes import Tallies


@dataclass(slots=True)
class Progress:
    """Numbers of cells of a theme, a case or a coder.

    Attributes:
        cells: Cells that have evidence or are charted; None for a coder.
        charted: Those with anything written.
        checked: Those that are checked, or that say that nothing was said or that they are not applicable.
        stale: Those out of date.
    """

    cells: int | None = 0
    charted: int = 0
    checked: int = 0
    stale: int = 0

    def line(self) -> str:
        """Return the numbers as columns of a table."""
        charted = str(self.charted) if self.cells is None else f"{self.charted} of {self.cells}"
        return f"{charted:>12} {self.checked:>8} {self.stale:>12}"


_HEADINGS = f"{'charted':>12} {'checked':>8} {'out of date':>12}"
_NAME = 28


def progress_of(
    matrix: Matrix, tallies: Tallies, coders: Mapping[str, str]
) -> Sequence[tuple[str, Sequence[tuple[str, Progress]]]]:
    """Count the cells of a view by theme, case and coder.

    Args:
        matrix: The view.
        tallies: Its counts.
        coders: Names of coders by id.
    """
    themes = {column.key: column.theme or column.heading for column in matrix.columns}
    cases = {row.key: row.label for row in matrix.rows if row.case is not None}
    by_theme = {theme: Progress() for theme in themes.values()}
    by_case = {label: Progress() for label in cases.values()}
    by_coder: dict[str, Progress] = defaultdict(lambda: Progress(None))
    counted = {key for key, count in tallies.counts.items() if count} | set(tallies.written)
    for key in counted:
        if key[0] not in cases or key[1] not in themes:
            continue
        here = (by_theme[themes[key[1]]], by_case[cases[key[0]]])
        for progress in here:
            assert progress.cells is not None
            progress.cells += 1
        written = tallies.written.get(key)
        if written is not None:
            is_stale = bool(matrix.cells[key].stale)
            for progress in (*here, by_coder[coders.get(written.coder_id, "unknown")]):
                progress.charted += 1
                progress.checked += written.state is not CellState.DRAFT
                progress.stale += is_stale
    return (
        ("Themes", list(by_theme.items())),
        ("Cases", list(by_case.items())),
        ("Coders", sorted(by_coder.items())),
    )


class ProgressScreen(ChartDialog[None]):
    """How far charting has come."""

    def __init__(self, parts: Iterable[tuple[str, Sequence[tuple[str, Progress]]]]) -> None:
        super().__init__()
        self._parts = parts

    def compose(self) -> ComposeResult:
        """Lay out the numbers."""
        with Vertical(classes="dialog"):
            yield Static("Progress of charting, in what is shown", classes="question", markup=False)
            with VerticalScroll(id="progress"):
                yield Static(self._text(), markup=False)
            yield Static("esc close", classes="keys", markup=False)

    def on_mount(self) -> None:
        """Scroll with the arrow keys."""
        self.query_one(VerticalScroll).focus()

    def _text(self) -> str:
        lines = []
        for heading, items in self._parts:
            lines.append(f"{fitted(heading, _NAME)} {_HEADINGS}")
            lines += [*(f"{fitted(f'  {name}', _NAME)} {progress.line()}" for name, progress in items), ""]
        return "\n".join(lines).rstrip()

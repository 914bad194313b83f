"""The heading of a cell: the case, its figures, the state of the cell and why it is out of date, in words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from rich.text import Text

from fwanalysis.domain.matrix import CellState
from fwanalysis.domain.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fwanalysis.domain.matrix import Cell, MatrixRow
    from fwanalysis.tui.charting.cell_session import CellSession


def local_time(moment: str) -> str:
    """Return an ISO 8601 time as the user's local time, such as *2026-12-01 14:05*."""
    return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")


def heading(session: CellSession) -> Text:
    """Return the heading of a cell: three lines, of which the second is missing if the row has no attributes."""
    text = Text.assemble((f" {session.row.label}  ×  {session.column.heading}", "bold"), no_wrap=True)
    text.overflow = "ellipsis"
    if attributes := " · ".join(_attributes(session.row)):
        text.append(f"\n {attributes}", style="dim")
    state, style = _state(session)
    text.append(f"\n {state}", style=style)
    if session.seen is not None and session.seen.disagreement:
        text.append(f"\n ≠ words and figures disagree: {one_line(session.seen.disagreement)}", style="bold")
    return text


def _attributes(row: MatrixRow) -> Iterable[str]:
    for name, value in row.attributes.items():
        if value:
            yield f"{name}: {value}{' (site)' if name in row.inherited else ''}"


def _state(session: CellSession) -> tuple[str, str]:
    """Return the state of the cell in words, and a style."""
    cell, shown = session.seen, session.shown
    if session.case is None:
        return "this row is not a case, so it has no summary", "dim"
    if session.is_changed_elsewhere:
        what = f"changed by {session.author(shown.cell)}" if shown.cell else "cleared"
        return f"! {what} since you opened it; saving shows both texts", "bold"
    if shown.stale:
        return f"! out of date: {', '.join(map(str, shown.stale))} since it was saved (ctrl+r shows what)", "bold"
    if cell is None:
        return shown.empty_because, "dim"
    written = f"by {session.author(cell)}, {local_time(cell.written_at)}"
    if not cell.state.has_summary:
        return f"charted, {cell.state.label} {written}", "dim"
    count = len(cell.basis.codings)
    return f"{cell.state.label}, based on {count} coding{'s' * (count != 1)}, up to date; {written}", "dim"


def described(cell: Cell, author: str) -> str:
    """Return a written cell in words, with the beginning of its text, for questions about replacing it."""
    what = "summary" if cell.state.has_summary else f"entry “{cell.state.label}”"
    state = f"checked {what}" if cell.state is CellState.CHECKED else what
    words = one_line(cell.summary)
    quoted = f": “{words[:160]}{'…' if len(words) > 160 else ''}”" if words else ""
    return f"{author}’s {state} of {local_time(cell.written_at)}{quoted}"

"""A cell of the matrix: its evidence on one side, the summary to write on the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Footer, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from fwanalysis.domain.cases import Level
from fwanalysis.domain.matrix import Cell, CellState, Matrix, MatrixCell, MatrixColumn, MatrixRow
from fwanalysis.domain.text import one_line
from fwanalysis.errors import Conflict, NotFound
from fwanalysis.tui.app_base import Place
from fwanalysis.tui.dialogs.ask import AskScreen, ChooseScreen
from fwanalysis.tui.unsaved_changes import UnsavedScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult

    from fwanalysis.domain.history import Change
    from fwanalysis.project import Project


class CellScreen(UnsavedScreen):
    """Read the evidence of a cell and write its summary.

    A row that is not a case (an attribute value, or no case) has no summary.
    """

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "save", "Save", key_display="^s", priority=True, id="cell.save"),
        Binding("escape", "back", "Back", id="cell.back"),
        Binding("ctrl+q", "app.quit", "Quit", show=False, priority=True, id="cell.leave"),
        Binding("tab", "other_side", "Evidence/summary", priority=True, id="cell.other-side"),
        Binding("f7", "nothing_said", "Nothing said", key_display="F7", priority=True, id="cell.nothing-said"),
        Binding("f8", "not_applicable", "Not applicable", show=False, priority=True, id="cell.not-applicable"),
    ]

    def __init__(self, project: Project, matrix: Matrix, row: MatrixRow, column: MatrixColumn) -> None:
        super().__init__()
        self.project = project
        self._row = row
        self._column = column
        self._shown = matrix.cells[row.key, column.key]
        self._seen: Cell | None = self._shown.cell
        self._with_groups = row.level is Level.PERSON and matrix.query.rows == "person"

    def compose(self) -> ComposeResult:
        """Lay out the heading, the evidence and the summary."""
        yield Static(id="heading", markup=False)
        with Horizontal():
            with Vertical(id="evidence-side"):
                yield Static("Evidence", classes="side-title", id="evidence-title")
                yield OptionList(id="evidence")
            with Vertical(id="summary-side"):
                yield Static("Summary, in your own words", classes="side-title", id="summary-title")
                yield TextArea(id="summary", soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Show the cell; begin in the summary if there is one."""
        self.workbench.changed.subscribe(self, self._changed)
        self._draw()
        area = self.query_one(TextArea)
        area.read_only = self._row.case is None
        area.placeholder = f"Summarise what {self._row.label} said on this theme. ctrl+s saves."
        area.text = self._shown.cell.summary if self._shown.cell else ""
        area.move_cursor(area.document.end)
        (self.query_one(OptionList) if area.read_only else area).focus()

    def _draw(self) -> None:
        cell = self._shown
        self.query_one("#heading", Static).update(_heading(self._row, self._column, cell))
        evidence = self.query_one(OptionList)
        at = evidence.highlighted or 0
        evidence.clear_options()
        codes = self.project.codebook.tree().by_id
        for quoted in cell.quotes:
            name = codes[quoted.passage.code_id].name
            option = Text.assemble(
                (f"{quoted.reference} ", "bold"), (f"{name}\n", "dim"), one_line(quoted.passage.quote), "\n"
            )
            evidence.add_option(Option(option, id=quoted.passage.coding_id))
        evidence.highlighted = min(at, len(cell.quotes) - 1) if cell.quotes else None
        title = f"Evidence: {cell.segments} segment{'s' * (cell.segments != 1)}"
        self.query_one("#evidence-title", Static).update(title)
        if cell.unanchored:
            where = "F8 in the Code view, or “fwa source unanchored”"
            evidence.add_option(Option(Text(f"! {_unanchored(cell)} ({where})", style="bold"), disabled=True))
        elif not cell.quotes:
            evidence.add_option(Option(Text("No coded segments in this cell yet.", style="italic"), disabled=True))
        if self._row.case is None:
            self.query_one("#summary-title", Static).update("This row is not a case, so it has no summary")

    def _changed(self, change: Change) -> None:
        if self._row.case is None:
            return
        try:
            self._shown = self.project.matrix.cell(
                self._row.case.id, self._column.code_id, with_groups=self._with_groups
            )
        except NotFound:
            self.notify("The case or the code of this cell no longer exists.", severity="warning")
            self.dismiss()
            return
        self._draw()

    @property
    def unsaved(self) -> bool:
        """Whether the summary has been changed since it was saved."""
        text = self.query_one(TextArea).text.strip()
        return self._row.case is not None and text != (self._seen.summary if self._seen else "")

    def on_key(self, event: events.Key) -> None:
        """Type into the summary also while the evidence has the focus."""
        area = self.query_one(TextArea)
        if event.is_printable and event.character and not area.has_focus and not area.read_only:
            event.stop()
            event.prevent_default()
            area.focus()
            area.insert(event.character)

    def action_other_side(self) -> None:
        """Go between the evidence and the summary."""
        area = self.query_one(TextArea)
        (self.query_one(OptionList) if area.has_focus else area).focus()

    def action_save(self) -> None:
        """Save the summary once all typed keys have been handled."""
        self.once_typed(self._save)

    def once_typed(self, act: Callable[[], object]) -> None:
        """Call *act* once all typed keys have been handled."""
        self.query_one(TextArea).call_later(act)

    def _save(self) -> None:
        """Save the summary, or affirm an unchanged one; its basis is the evidence on this screen."""
        text = self.query_one(TextArea).text.strip()
        if self._seen is not None and text == self._seen.summary:
            self._write(text, self._seen.state, "Saved")
        elif self._seen is not None and not text:
            self._clear()
        elif not text and self._row.case is not None:
            self.notify("The summary is empty. If the case said nothing, press F7.", severity="warning")
        else:
            self._write(text, CellState.DRAFT, "Saved")

    def action_nothing_said(self) -> None:
        """Record that the case said nothing; ask first if the cell has unanchored codings."""
        if self.query_one(TextArea).text.strip():
            self.notify("There is a summary. If the case said nothing, delete its text first.", severity="warning")
            return

        def answered(index: int | None) -> None:
            if index == 1:
                self._write("", CellState.NOTHING_SAID, "Saved: nothing said")

        if self._shown.unanchored and self._row.case is not None:
            answers = ["Leave the cell as it is", "Save “nothing said”"]
            self.app.push_screen(ChooseScreen(f"{_unanchored(self._shown)} in this cell.", answers), answered)
        else:
            answered(1)

    def action_not_applicable(self) -> None:
        """Record that the theme does not apply to the case, with the reason."""

        def asked(reason: str | None) -> None:
            if reason:
                self.query_one(TextArea).text = reason
                self._write(reason, CellState.NOT_APPLICABLE, "Saved: not applicable")

        self.app.push_screen(AskScreen("Why does this theme not apply to this case?"), asked)

    def _write(self, text: str, state: CellState, done: str) -> bool:
        case = self._row.case
        if case is None:
            self.notify("This row is not a case, so it has no summary.", severity="warning")
            return False

        def change() -> None:
            self._seen = self.project.matrix.set(
                case.id,
                self._column.code_id,
                text,
                state=state,
                with_groups=self._with_groups,
                seen=self._seen,
                expect=True,
                read=self._shown.quotes,
            )

        return self.workbench.attempt(change, done=f"{done}  (u in the Matrix view to undo)")

    def _clear(self) -> None:
        assert self._row.case is not None
        case_id = self._row.case.id

        def change() -> None:
            if self.project.matrix.cell(case_id, self._column.code_id).cell != self._seen:
                raise Conflict("This cell was changed by another coder. Go back, open it again and try again.")
            self.project.matrix.clear(case_id, self._column.code_id)
            self._seen = None

        self.workbench.attempt(change, done="Cleared: the cell has no summary now")

    def action_back(self) -> None:
        """Go back to the matrix; ask first if the summary is not saved."""
        self.ask_unless_saved(self.dismiss)

    def ask_unless_saved(self, go: Callable[[], object]) -> None:
        """Call *go*; ask first if the summary is not saved."""
        if not self.unsaved:
            go()
            return

        def answered(index: int | None) -> None:
            if index == 1:
                self._save()
            elif index == 2:
                self.query_one(TextArea).text = self._seen.summary if self._seen else ""
            if index == 2 or (index == 1 and not self.unsaved):
                go()

        answers = ["Keep editing", "Save the summary", "Discard changes"]
        self.app.push_screen(ChooseScreen("The summary is not saved.", answers), answered)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Show a piece of evidence in its text."""
        found = next((item for item in self._shown.quotes if item.passage.coding_id == event.option_id), None)
        if found is None:
            return
        if self.unsaved:
            self.notify(
                "Save the summary first (ctrl+s). Then enter shows the segment in its text.", severity="warning"
            )
            return
        self.dismiss()
        self.workbench.go_to(Place(found.passage.source_id, found.passage.start))


def _unanchored(cell: MatrixCell) -> str:
    return "1 unanchored coding" if cell.unanchored == 1 else f"{cell.unanchored} unanchored codings"


def _heading(row: MatrixRow, column: MatrixColumn, cell: MatrixCell) -> Text:
    heading = Text.assemble((f" {row.label}", "bold"))
    details = [row.attributes[name] for name in ("role", "site") if row.attributes.get(name)]
    if details:
        heading.append(f" ({', '.join(details)})", style="dim")
    heading.append(f"  ×  {column.heading}", style="bold")
    if cell.stale:
        heading.append(
            f"\n ! out of date: {', '.join(map(str, cell.stale))} since it was saved; ctrl+s saves it again",
            style="bold",
        )
    elif cell.empty_because:
        heading.append(f"\n {cell.empty_because}", style="dim")
    else:
        count = len(cell.cell.basis.codings) if cell.cell else 0
        heading.append(f"\n based on {count} coding{'s' * (count != 1)}, up to date", style="dim")
    return heading

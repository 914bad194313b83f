"""A cell of the matrix: its evidence with context on one side, the editor of the summary on the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from fwanalysis.tui.charting.cell_citing import CellCiting
from fwanalysis.tui.charting.cell_writing import CellWriting
from fwanalysis.tui.charting.moves import next_cell
from fwanalysis.tui.dialogs.ask import ChooseScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.widgets import OptionList

_READ_AGAIN = ("uncharted", "stale")
"""Ways to another cell for which the view is read again, as cells may have been written since."""


class CellScreen(CellWriting, CellCiting):
    """Read the evidence of a cell and write its summary.

    A row that is not a case (an attribute value, or no case) has no summary.
    """

    CSS_PATH = "../styles/cell.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "save", "Save", key_display="^s", priority=True, id="cell.save"),
        Binding("f3", "checked", "Checked", key_display="F3", priority=True, id="cell.checked"),
        Binding("f4", "insert_reference", "Reference", key_display="F4", priority=True, id="cell.reference"),
        Binding("f5", "insert_quotation", "Quotation", key_display="F5", priority=True, id="cell.quotation"),
        Binding("tab", "other_side", "Other side", priority=True, id="cell.other-side"),
        Binding("f1", "app.help", "Help", key_display="F1", priority=True, id="cell.help"),
        Binding("question_mark", "app.help", "Help outside the summary", show=False, id="cell.help-outside"),
        Binding("f6", "disagreement", "Disagreement with figures", show=False, priority=True, id="cell.disagreement"),
        Binding("f7", "nothing_said", "Nothing said", show=False, priority=True, id="cell.nothing-said"),
        Binding("f8", "not_applicable", "Not applicable", show=False, priority=True, id="cell.not-applicable"),
        Binding("f9", "next_finding", "Next finding", show=False, priority=True, id="cell.next-finding"),
        Binding("f10", "insert_roles", "Who raised and who agreed", show=False, priority=True, id="cell.roles"),
        Binding("ctrl+up,alt+up", "highlight(-1)", "Previous passage", show=False, priority=True, id="cell.up"),
        Binding("ctrl+down,alt+down", "highlight(1)", "Next passage", show=False, priority=True, id="cell.down"),
        Binding("ctrl+g", "follow", "Follow reference", show=False, priority=True, id="cell.follow"),
        Binding("ctrl+o", "code_cited", "Code cited turn", show=False, priority=True, id="cell.code-cited"),
        Binding("ctrl+t", "more_context", "More context", show=False, priority=True, id="cell.context"),
        Binding("ctrl+l", "one_side", "One side/both", show=False, priority=True, id="cell.one-side"),
        Binding("ctrl+r", "review", "Out of date: why", show=False, priority=True, id="cell.review"),
        Binding("shift+delete", "clear", "Clear the cell", show=False, priority=True, id="cell.clear"),
        Binding("alt+right", "move('next-in-row')", "Next in row", show=False, priority=True, id="cell.next-in-row"),
        Binding(
            *("alt+left", "move('previous-in-row')", "Previous in row"),
            show=False,
            priority=True,
            id="cell.previous-in-row",
        ),
        Binding(
            *("alt+pagedown", "move('next-in-column')", "Next in column"),
            show=False,
            priority=True,
            id="cell.next-in-column",
        ),
        Binding(
            *("alt+pageup", "move('previous-in-column')", "Previous in column"),
            show=False,
            priority=True,
            id="cell.previous-in-column",
        ),
        Binding("ctrl+n", "move('next-uncharted')", "Next uncharted", show=False, priority=True, id="cell.uncharted"),
        Binding("f12", "move('next-stale')", "Next out of date", show=False, priority=True, id="cell.stale"),
        Binding("escape", "back", "Back", show=False, id="cell.back"),
        Binding("ctrl+q", "app.quit", "Quit", show=False, priority=True, id="cell.leave"),
    ]

    def on_key(self, event: events.Key) -> None:
        """Type into the summary also while the evidence has the focus; ``?`` shows the keys there."""
        area = self.area
        if event.character == "?" and not area.has_focus:
            return
        if event.is_printable and event.character and not area.has_focus and not area.read_only:
            event.stop()
            event.prevent_default()
            area.focus()
            area.insert(event.character)

    def action_other_side(self) -> None:
        """Go between the evidence and the summary."""
        (self.evidence if self.area.has_focus else self.area).focus()

    def on_descendant_focus(self) -> None:
        """Show the side that has the focus, if only one is shown."""
        self.set_class(self.evidence.has_focus, "-evidence")

    def action_one_side(self) -> None:
        """Show only the side that has the focus, or both."""
        self.toggle_class("-one-side")

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
                self.save(go)
            elif index == 2:
                self.discard()
                go()

        answers = ["Keep editing", "Save the summary", "Discard changes"]
        self.app.push_screen(ChooseScreen("The summary is not saved.", answers), answered)

    def action_move(self, kind: str) -> None:
        """Go to another cell of the view; ask first if the summary is not saved."""
        self.once_typed(lambda: self.ask_unless_saved(lambda: self._move(kind)))

    def _move(self, kind: str) -> None:
        session = self.session
        matrix = session.matrix
        if kind.endswith(_READ_AGAIN):
            matrix = self.project.matrix.view(matrix.query)
        found = next_cell(matrix, session.row, session.column, kind)
        if found is None:
            self.notify("There is no such cell." if kind.endswith(_READ_AGAIN) else "This is the last cell here.")
        else:
            self.workbench.asked_cell = (found[0].key, found[1].key)
            self.app.clear_notifications()  # they are about the cell that is left
            self.app.switch_screen(CellScreen(self.project, matrix, *found))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Show a passage in its source, or what a finding is about."""
        if event.option_list.id == "findings":
            self.go_to_finding(event.option_index)
        else:
            self.open_highlighted()

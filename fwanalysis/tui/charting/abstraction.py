"""The abstraction of a column: cells are sorted into elements, elements into dimensions, dimensions into categories."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from fwanalysis.domain.abstraction import ConceptLevel
from fwanalysis.domain.ids import new_id
from fwanalysis.domain.matrix import MatrixQuery
from fwanalysis.errors import NotFound
from fwanalysis.tui.charting.abstraction_items import (
    LISTS,
    UNSORTED,
    Item,
    heading_of,
    items_of,
    line_of,
    pane_of,
    title_of,
)
from fwanalysis.tui.dialogs.ask import AskScreen, ChooseScreen
from fwanalysis.tui.dialogs.select_one import PickScreen
from fwanalysis.tui.screen import WorkbenchScreen
from fwanalysis.tui.widgets.keyfooter import KeyFooter

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from fwanalysis.domain.abstraction import Abstraction, Concept, SortedCell
    from fwanalysis.domain.history import Change
    from fwanalysis.project import Project

_SIDE_BY_SIDE = 110
"""Width from which the four lists are side by side; below, they are two by two."""
_ROWS = ("default", "person", "group", "site")


class AbstractionScreen(WorkbenchScreen):
    """Four lists: what is not sorted, elements, dimensions, categories; and the summary of what is under the cursor."""

    AUTO_FOCUS = None
    CSS_PATH = "../styles/abstraction.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "sort", "Sort into", id="abstraction.sort"),
        Binding("a", "add", "Add", id="abstraction.add"),
        Binding("x", "unsort", "Unsort", id="abstraction.unsort"),
        Binding("enter", "open", "Open", priority=True, id="abstraction.open"),
        Binding("r", "rename", "Rename", show=False, id="abstraction.rename"),
        Binding("delete,d", "remove", "Remove", show=False, key_display="d", id="abstraction.remove"),
        Binding("K,shift+up", "shift(-1)", "Move up", show=False, id="abstraction.move-up"),
        Binding("J,shift+down", "shift(1)", "Move down", show=False, id="abstraction.move-down"),
        Binding("right,tab", "next_list(1)", "Next list", show=False, priority=True, id="abstraction.after"),
        Binding("left,shift+tab", "next_list(-1)", "Previous list", show=False, priority=True, id="abstraction.before"),
        Binding("space", "page(1)", "Read further down", show=False, id="abstraction.down"),
        Binding("b", "page(-1)", "Read further up", show=False, id="abstraction.up"),
        Binding("u", "undo", "Undo", show=False, id="abstraction.undo"),
        Binding("ctrl+r", "redo", "Redo", show=False, id="abstraction.redo"),
        Binding("escape", "dismiss", "Back", id="abstraction.back"),
    ]

    def __init__(self, project: Project, code_id: str) -> None:
        super().__init__()
        self.project = project
        self._code_id = code_id
        self._shown: Abstraction | None = None
        self._items: dict[str, list[Item]] = {name: [] for name in LISTS}
        self._at = UNSORTED

    def compose(self) -> ComposeResult:
        """Lay out the heading, the lists, and what is under the cursor."""
        yield Static(id="heading", markup=False)
        with Container(id="lists"):
            for name in LISTS:
                yield OptionList(id=name, markup=False)
        with VerticalScroll(id="reading", can_focus=False):
            yield Static(id="words", markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        """Begin with what is not sorted."""
        self.workbench.changed.subscribe(self, self._changed)
        self._read()
        self._list(UNSORTED).focus()

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the lists for the width."""
        self.query_one("#lists").set_class(event.size.width >= _SIDE_BY_SIDE, "-wide")

    def _list(self, name: str) -> OptionList:
        return self.query_one(f"#{name}", OptionList)

    def _changed(self, change: Change) -> None:
        self._read()

    def _read(self) -> None:
        """Show the abstraction as the project holds it now; the cursor of each list stays on its item."""
        try:
            self._shown = self.project.abstraction.show(self._code_id)
        except NotFound:
            self.notify("The code of this column no longer exists.", severity="warning")
            self.dismiss()
            return
        self.query_one("#heading", Static).update(heading_of(self._shown))
        for name in LISTS:
            self._fill(name)
        self._show_item()

    def _fill(self, name: str) -> None:
        assert self._shown is not None
        listed, before = self._list(name), self._items[name]
        at = listed.highlighted
        key = before[at].key if at is not None and at < len(before) else ""
        items = self._items[name] = items_of(self._shown, name)
        listed.clear_options()
        listed.add_options([Option(line_of(self._shown, item), id=item.key) for item in items])
        listed.border_title = title_of(self._shown, name)
        if items:
            same = next((index for index, item in enumerate(items) if item.key == key), None)
            listed.highlighted = same if same is not None else min(at or 0, len(items) - 1)

    @property
    def item(self) -> Item | None:
        """The item under the cursor of the list that has the focus."""
        at, items = self._list(self._at).highlighted, self._items[self._at]
        return items[at] if at is not None and at < len(items) else None

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show what is under the cursor of the list."""
        if event.widget.id in LISTS:
            self._at = event.widget.id
            self._show_item()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show what is under the cursor."""
        if event.option_list.id == self._at:
            self._show_item()

    def _show_item(self) -> None:
        if self._shown is not None:
            self.query_one("#words", Static).update(pane_of(self._shown, self.item))
            self.query_one("#reading", VerticalScroll).scroll_home(animate=False)
            self.refresh_bindings()

    # Moving about

    def action_next_list(self, step: int) -> None:
        """Go to the next list, or the one before."""
        self._list(LISTS[(LISTS.index(self._at) + step) % len(LISTS)]).focus()

    def action_page(self, step: int) -> None:
        """Scroll what is under the cursor by a page."""
        reading = self.query_one("#reading", VerticalScroll)
        reading.scroll_relative(y=step * max(1, reading.size.height - 1), animate=False)

    def action_open(self) -> None:
        """Open the cell under the cursor; go from a concept to its own list."""
        item = self.item
        if item is None:
            return
        if item.cell:
            self._open_cell(item.cell)
        elif item.concept:
            self._go_to(item.concept)

    def _go_to(self, concept: Concept) -> None:
        name = concept.level.value
        keys = [item.key for item in self._items[name]]
        if concept.id in keys:
            self._list(name).highlighted = keys.index(concept.id)
            self._list(name).focus()

    def _open_cell(self, cell: SortedCell) -> None:
        from fwanalysis.tui.charting.cell_screen import CellScreen

        column_key = f"{self._code_id}:own" if cell.own else self._code_id
        for rows in _ROWS:
            matrix = self.project.matrix.view(MatrixQuery(rows=rows, all_codes=True, cases=(cell.case,)))
            column = next((item for item in matrix.columns if item.key == column_key), None)
            for row in matrix.rows if column else ():
                found = matrix.cells[row.key, column_key].cell
                if column and found is not None and found.id == cell.id:
                    self.app.push_screen(CellScreen(self.project, matrix, row, column))
                    return
        self.notify(f"{cell.label} has no row of its own in the matrix.", severity="warning")

    # Changing

    def action_undo(self) -> None:
        """Undo the coder's last step."""
        self.workbench.action_undo()

    def action_redo(self) -> None:
        """Redo the last undone step."""
        self.workbench.action_redo()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what the item under the cursor allows."""
        item = self.item if self._shown is not None and self.is_mounted else None
        if action == "sort":
            return item is not None and item.target is not None
        if action == "unsort":
            return item is not None and item.inside is not None
        if action in ("rename", "remove"):
            return item is not None and item.concept is not None
        if action == "shift":
            return item is not None and item.concept is not None and item.inside is None and self._at != UNSORTED
        return item is not None or action != "open"

    def action_sort(self) -> None:
        """Choose what to sort the item into, or name a new concept; a cell stays in its other elements."""
        item, shown = self.item, self._shown
        if item is None or shown is None or item.target is None:
            return
        targets = shown.of_level(item.target)

        def answered(choice: int | str | None) -> None:
            if isinstance(choice, str):
                self._sort_into_new(item, choice)
            elif choice is not None:
                self._sort_into(item, targets[choice])

        self.app.push_screen(
            PickScreen(
                f"Sort {item.name} into which {item.target.value}?",
                [concept.name for concept in targets],
                new=f"Add the {item.target.value}",
            ),
            answered,
        )

    def _sort_into_new(self, item: Item, name: str) -> None:
        group = new_id()

        def change() -> None:
            assert item.target is not None
            self._put(item, self.project.abstraction.add(self._code_id, item.target, name, group=group).id, group)

        self.workbench.attempt(change, done=f"Sorted into “{name}”  (u to undo)")

    def _sort_into(self, item: Item, target: Concept) -> None:
        self.workbench.attempt(
            lambda: self._put(item, target.id, None), done=f"Sorted into “{target.name}”  (u to undo)"
        )

    def _put(self, item: Item, target_id: str, group: str | None) -> None:
        area = self.project.abstraction
        if item.cell:
            area.sort(self._code_id, [item.cell.id], into=target_id, group=group)
        elif item.concept:
            area.move(self._code_id, item.concept.id, into=target_id, group=group)

    def action_unsort(self) -> None:
        """Remove the item from the concept that it is listed in; it is not lost."""
        item = self.item
        if item is None or item.inside is None:
            return
        inside = item.inside
        area = self.project.abstraction

        def change() -> None:
            if item.cell:
                area.unsort(self._code_id, [item.cell.id], out_of=inside.id)
            elif item.concept:
                area.move(self._code_id, item.concept.id, unsort=True)

        self.workbench.attempt(change, done=f"Removed {item.name} from “{inside.name}”  (u to undo)")

    def action_add(self) -> None:
        """Ask for the name of a new concept of the list that has the focus."""
        level = ConceptLevel.ELEMENT if self._at == UNSORTED else ConceptLevel(self._at)

        def answered(name: str | None) -> None:
            if name:
                self.workbench.attempt(lambda: self._added(level, name), done=f"Added “{name}”  (u to undo)")

        hint = "in the participants' words" if level is ConceptLevel.ELEMENT else ""
        self.app.push_screen(AskScreen(f"Name of the new {level.value}", hint=hint), answered)

    def _added(self, level: ConceptLevel, name: str) -> None:
        concept = self.project.abstraction.add(self._code_id, level, name)
        self._read()
        self._go_to(concept)

    def action_rename(self) -> None:
        """Ask for the new name of the concept."""
        item = self.item
        if item is None or item.concept is None:
            return
        concept = item.concept

        def answered(name: str | None) -> None:
            if name and name != concept.name:
                self.workbench.attempt(
                    lambda: self.project.abstraction.rename(self._code_id, concept.id, name),
                    done=f"Renamed to “{name}”  (u to undo)",
                )

        self.app.push_screen(AskScreen(f"New name of the {concept.level.value}", value=concept.name), answered)

    def action_shift(self, step: int) -> None:
        """Move the concept up or down in its list."""
        item, shown = self.item, self._shown
        if item is None or item.concept is None or shown is None:
            return
        concept = item.concept
        place = shown.of_level(concept.level).index(concept) + 1 + step
        if 1 <= place <= len(shown.of_level(concept.level)):
            self.workbench.attempt(lambda: self.project.abstraction.move(self._code_id, concept.id, to=place))

    def action_remove(self) -> None:
        """Ask, then remove the concept; what is sorted into it becomes unsorted."""
        item, shown = self.item, self._shown
        if item is None or item.concept is None or shown is None:
            return
        concept = item.concept
        inside = len(shown.cells_of(concept)) + len(shown.members(concept))
        effect = f"{inside} item{'s' * (inside != 1)} in it become{'s' * (inside == 1)} unsorted." if inside else ""

        def answered(index: int | None) -> None:
            if index == 1:
                self.workbench.attempt(
                    lambda: self.project.abstraction.remove(self._code_id, concept.id),
                    done=f"Removed “{concept.name}”  (u to undo)",
                )

        question = f"Remove the {concept.level.value} “{concept.name}”? {effect}".rstrip()
        self.app.push_screen(ChooseScreen(question, ["Keep it", "Remove it"]), answered)

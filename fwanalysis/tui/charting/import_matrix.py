"""A chart that a co-author edited: each difference with both texts side by side, to decide on before any is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from fwanalysis.domain.chart_import import Accept, Kind, is_same, takes, word_changes
from fwanalysis.errors import Conflict, FrameworkError
from fwanalysis.tui.charting.import_merging import MergeScreen, merged
from fwanalysis.tui.dialogs.ask import ChooseScreen
from fwanalysis.tui.unsaved_changes import UnsavedScreen
from fwanalysis.tui.widgets.keyfooter import KeyFooter

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from fwanalysis.domain.chart_import import CellKey, CellWords, ChartComparison, Difference
    from fwanalysis.project import Project

_ORDER = (Kind.BOTH, Kind.UNKNOWN, Kind.CLEARED, Kind.THERE, Kind.NEW, Kind.HERE)
"""The order of the list: first what needs a decision."""
_UNDECIDED, _THEIRS, _OURS, _EDITED = "?", "theirs", "ours", "edited"


class Compared(Message):
    """The file was compared, or an error was met."""

    def __init__(self, result: ChartComparison | FrameworkError) -> None:
        super().__init__()
        self.result = result


class MatrixImportScreen(UnsavedScreen):
    """Decide on the differences one by one; ctrl+s writes what was decided, as one step to undo.

    Changes made only in the file are taken and changes made only here are kept unless decided otherwise.
    """

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "decide('theirs')", "Theirs", id="matrix-import.theirs"),
        Binding("o", "decide('ours')", "Ours", id="matrix-import.ours"),
        Binding("e,enter", "edit", "Edit", key_display="e", id="matrix-import.edit"),
        Binding(
            "T", "decide_all('theirs')", "Theirs for all that is undecided", show=False, id="matrix-import.all-theirs"
        ),
        Binding("O", "decide_all('ours')", "Ours for all that is undecided", show=False, id="matrix-import.all-ours"),
        Binding("n", "next_undecided", "Next undecided", show=False, id="matrix-import.next"),
        Binding("pagedown,space", "turn_pages(1)", "Further down", show=False, priority=True, id="matrix-import.down"),
        Binding("pageup", "turn_pages(-1)", "Further up", show=False, priority=True, id="matrix-import.up"),
        Binding("ctrl+s,f2", "apply", "Apply", key_display="^s", id="matrix-import.apply"),
        Binding("escape", "back", "Back", id="matrix-import.back"),
        Binding("question_mark,f1", "app.help", "Help", key_display="?", id="matrix-import.help"),
    ]

    def __init__(self, project: Project, path: str | Path) -> None:
        super().__init__()
        self.project = project
        self._path = Path(path)
        self._comparison: ChartComparison | None = None
        self._listed: list[Difference] = []
        self._decisions: dict[CellKey, CellWords] = {}
        self._touched = False

    def compose(self) -> ComposeResult:
        """Lay out the heading, the list, and the two texts."""
        yield Static(id="heading", markup=False)
        yield OptionList(id="differences")
        with Horizontal(id="sides"):
            with VerticalScroll(id="here", can_focus=False):
                yield Static(id="here-words", markup=False)
            with VerticalScroll(id="there", can_focus=False):
                yield Static(id="there-words", markup=False)
        yield Static(id="facts", markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        """Compare the file, in a thread, because a long log takes its time."""
        self.query_one("#heading", Static).update(f" Comparing {self._path.name} …")
        for name in ("#sides", "#facts"):
            self.query_one(name).display = False
        self.query_one(OptionList).focus()
        self._compare()

    def _compare(self) -> None:
        def work() -> None:
            try:
                self.post_message(Compared(self.project.matrix.compare(self._path)))
            except FrameworkError as error:
                self.post_message(Compared(error))

        self.run_worker(work, thread=True, exclusive=True, group="compare")

    def on_compared(self, event: Compared) -> None:
        """Show the differences; decisions on those that are as they were before stay."""
        if isinstance(event.result, FrameworkError):
            self.notify(event.result.explained, severity="error")
            self.dismiss()
            return
        before, decided = {item.key: item for item in self._listed}, self._decisions
        self._comparison = event.result
        self._listed = sorted(event.result.differences, key=lambda item: _ORDER.index(item.kind))
        self._decisions = {}
        for item in self._listed:
            if item.key in decided and before.get(item.key) == item:
                self._decisions[item.key] = decided[item.key]
            elif item.kind is Kind.HERE:
                self._decisions[item.key] = item.here
            elif takes(item.kind, Accept.OURS):
                self._decisions[item.key] = item.there
        self._draw()

    @property
    def has_compared(self) -> bool:
        """Whether the differences are shown."""
        return self._comparison is not None

    @property
    def unsaved(self) -> bool:
        """Whether decisions were made that are not written yet."""
        return self._touched

    def _decision(self, item: Difference) -> str:
        words = self._decisions.get(item.key)
        if words is None:
            return _UNDECIDED
        return _THEIRS if words == item.there else _OURS if words == item.here else _EDITED

    def _draw(self) -> None:
        assert self._comparison is not None
        listed = self.query_one(OptionList)
        at = listed.highlighted or 0
        listed.clear_options()
        width = max((len(item.label) for item in self._listed), default=0)
        listed.add_options([Option(self._line(item, width)) for item in self._listed])
        for text in (*self._comparison.unmatched, *self._comparison.warnings):
            listed.add_option(Option(Text(f"! {text}", style="italic"), disabled=True))
        for name in ("#sides", "#facts"):
            self.query_one(name).display = bool(self._listed)
        if self._listed:
            listed.highlighted = min(at, len(self._listed) - 1)
        self._draw_heading()
        self._draw_sides()
        self.refresh_bindings()

    def _line(self, item: Difference, width: int) -> Text:
        decision = self._decision(item)
        mark = Text(f"[{decision:^6}] ", style="bold" if decision == _UNDECIDED else "")
        return mark.append(f"{item.label:{width}}  ").append(item.kind, style="dim")

    def _draw_heading(self) -> None:
        assert self._comparison is not None
        undecided = sum(item.key not in self._decisions for item in self._listed)
        count = len(self._listed)
        heading = Text.assemble((f" {self._comparison.filename}", "bold"))
        if not count:
            heading.append(f"  no differences, {self._comparison.unchanged} cells unchanged. esc goes back.")
        else:
            heading.append(f"  {count} difference{'s' * (count != 1)}, {undecided} undecided")
            heading.append("   [-only here-]  {+only in the file+}", style="dim")
        self.query_one("#heading", Static).update(heading)

    @property
    def _present(self) -> Difference | None:
        at = self.query_one(OptionList).highlighted
        return self._listed[at] if at is not None and at < len(self._listed) else None

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the texts of what is under the cursor."""
        self._draw_sides()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Edit what is under the cursor."""
        self.action_edit()

    def _draw_sides(self) -> None:
        item = self._present
        if item is None:
            return
        here, there = side_by_side(item)
        decision = self._decision(item)
        self.query_one("#here").border_title = "Here" + (
            f", {item.author} {item.written_at[:10]}" if item.author else ""
        )
        self.query_one("#there").border_title = "In the file"
        if decision == _EDITED:
            there = Text.assemble(
                ("Edited:\n", "bold"), _content(self._decisions[item.key]), ("\n\nIn the file:\n", "bold"), there
            )
        self.query_one("#here-words", Static).update(here)
        self.query_one("#there-words", Static).update(there)
        stale = [f"out of date here: {', '.join(item.stale)}"] if item.stale else []
        place = item.place[:1].upper() + item.place[1:]
        self.query_one("#facts", Static).update("\n".join([place, *stale, *item.notes]))

    def action_turn_pages(self, pages: int) -> None:
        """Scroll both texts."""
        for name in ("#here", "#there"):
            side = self.query_one(name, VerticalScroll)
            side.scroll_relative(y=pages * max(1, side.size.height - 1), animate=False)

    def action_decide(self, decision: str) -> None:
        """Take the text of the file, or keep that of the project, and go to the next difference."""
        item = self._present
        if item is not None:
            self._put(item, item.there if decision == _THEIRS else item.here)
            listed = self.query_one(OptionList)
            if listed.highlighted is not None:
                listed.highlighted = min(listed.highlighted + 1, len(self._listed) - 1)

    def action_decide_all(self, decision: str) -> None:
        """Decide on everything that is undecided."""
        if not self._listed:
            return
        for item in self._listed:
            if item.key not in self._decisions:
                self._decisions[item.key] = item.there if decision == _THEIRS else item.here
                self._touched = True
        self._draw()

    def action_next_undecided(self) -> None:
        """Go to the next difference that is undecided."""
        if not self._listed:
            return
        at = self.query_one(OptionList).highlighted or 0
        order = [*range(at + 1, len(self._listed)), *range(at + 1)]
        found = next((index for index in order if self._listed[index].key not in self._decisions), None)
        if found is None:
            self.notify("All differences are decided. ctrl+s writes them.")
        else:
            self.query_one(OptionList).highlighted = found

    def action_edit(self) -> None:
        """Write a text of both."""
        item = self._present
        if item is None:
            return
        words = self._decisions.get(item.key, item.there)
        self.app.push_screen(MergeScreen(item, words), lambda text: self._merged(item, words, text))

    def _merged(self, item: Difference, words: CellWords, text: str | None) -> None:
        if text is not None:
            self._put(item, merged(item, words, text))

    def _put(self, item: Difference, words: CellWords) -> None:
        self._decisions[item.key] = words
        self._touched = True
        self._draw()

    def action_apply(self) -> None:
        """Write what was decided; asks if something is undecided."""
        if self._comparison is None or not self._listed:
            return
        undecided = sum(item.key not in self._decisions for item in self._listed)
        if not undecided:
            self._write()
            return
        are = f"{undecided} difference{'s are' if undecided != 1 else ' is'}"
        self.app.push_screen(
            ChooseScreen(
                f"{are} undecided; these cells stay as they are here.",
                ["Decide them first", "Apply the other decisions"],
            ),
            lambda answer: self._write() if answer == 1 else None,
        )

    def _write(self) -> None:
        assert self._comparison is not None
        try:
            taken = self.project.matrix.take(self._comparison, self._decisions)
        except Conflict as error:
            self.notify(f"{error}. The file is compared again.", severity="warning")
            self._compare()
            return
        except FrameworkError as error:
            self.notify(error.explained, severity="error")
            return
        self._touched = False
        count = len(taken)
        self.notify(f"{count} cell{'s' * (count != 1)} written  (u to undo)" if count else "Nothing to write")
        self.dismiss()

    def action_back(self) -> None:
        """Leave; asks if decisions would be lost."""
        self.ask_unless_saved(self.dismiss)

    def ask_unless_saved(self, go: Callable[[], object]) -> None:
        """Call *go*; if decisions would be lost, ask first."""
        if not self._touched:
            go()
            return

        def answered(answer: int | None) -> None:
            if answer == 1:
                self.action_apply()
            elif answer == 2:
                self._touched = False
                go()

        answers = ["Keep deciding", "Apply the decisions", "Discard the decisions"]
        self.app.push_screen(ChooseScreen("The decisions are not written yet.", answers), answered)


def side_by_side(item: Difference) -> tuple[Text, Text]:
    """Return the contents here and in the file, with what differs marked in both.

    What is only here is struck through in ``[-...-]``, what is only in the file is bold in ``{+...+}``.
    """
    here, there = _state(item.here, item.there, "strike", "[-", "-]"), _state(item.there, item.here, "", "{+", "+}")
    for kind, text in word_changes(item.here.text, item.there.text):
        words = text.rstrip()
        space = text[len(words) :]
        if kind == " ":
            here.append(text)
            there.append(text)
        elif kind == "-":
            here.append(f"[-{words}-]", style="bold strike").append(space)
        else:
            there.append(f"{{+{words}+}}", style="bold underline").append(space)
    return here, there


def _state(words: CellWords, other: CellWords, style: str, before: str, after: str) -> Text:
    """Return the state of a cell, and its disagreement, above its text; marked if they differ."""
    state = words.state if words.is_written else "empty"
    is_same_state = words.state == other.state or is_same(words, other)
    line = (
        Text(f"{state}\n", style="dim") if is_same_state else Text(f"{before}{state}{after}\n", style=f"bold {style}")
    )
    if words.disagreement:
        marked = (
            words.disagreement if words.disagreement == other.disagreement else f"{before}{words.disagreement}{after}"
        )
        line.append(f"disagreement: {marked}\n", style="")
    return line.append("\n")


def _content(words: CellWords) -> str:
    return f"{words.state}\n{words.text}" if words.is_written else "empty"

"""The Suggestions view: all pending suggestions, as a list with reasons and quotations."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.coordinate import Coordinate
from textual.widgets import DataTable, Footer, Static

from fwanalysis.domain.suggestions import SuggestionFilter
from fwanalysis.errors import NotFound
from fwanalysis.tui.app_base import Place
from fwanalysis.tui.views import MainView
from fwanalysis.tui.widgets.tables import OpeningTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from fwanalysis.domain.codings import Stance
    from fwanalysis.domain.suggestions import SuggestionView
    from fwanalysis.project import Project

_STANCE = 2
"""The column with the stance."""

_EMPTY = """No pending suggestions.

Press r to run the rules of the codebook over all sources. Suggestions are listed here and
shown in the texts. A suggestion becomes a coding only when you accept it."""


class SuggestionsScreen(MainView):
    """Accept or reject one after the other; enter shows a suggestion in its text."""

    NAME = "suggestions"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "decide('accept')", "Accept", id="suggestions.accept"),
        Binding("x", "decide('reject')", "Reject", id="suggestions.reject"),
        Binding("minus", "stance", "Stance", key_display="-", id="suggestions.stance"),
        Binding("f", "filter", "Filter", id="suggestions.filter"),
        Binding("r", "run_rules", "Run rules", show=False, id="suggestions.run-rules"),
        Binding("n", "move(1)", "Next", show=False, id="suggestions.next"),
        Binding("N", "move(-1)", "Previous", show=False, id="suggestions.previous"),
        Binding("o", "order", "Order: by position / by score", show=False, id="suggestions.order"),
    ]

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._views: Sequence[SuggestionView] = ()
        self._code: str | None = None
        self._by_score = False
        self._chosen_stances: dict[str, Stance] = {}  # by id of the suggestion

    def compose_view(self) -> ComposeResult:
        """Lay out the list and the passage under the cursor, or what to do when there are no suggestions."""
        yield OpeningTable(cursor_type="row", zebra_stripes=True, id="pending")
        yield Static(id="words", markup=False)
        yield Static(id="empty", classes="empty", markup=False)
        yield Footer(show_command_palette=False)

    def redraw(self) -> None:
        """Show what is pending; the cursor stays at its place in the list."""
        try:
            views = self.project.suggestions.list(SuggestionFilter(code=self._code))
        except NotFound:  # an undo removed the code that is listed
            self._code = None
            views = self.project.suggestions.list()
        self._views = sorted(views, key=lambda item: -item.score) if self._by_score else views
        table = self.query_one(DataTable)
        table.display = self.query_one("#words").display = bool(self._views)
        empty = self.query_one("#empty", Static)
        empty.display = not self._views
        empty.update(f"No pending suggestions for {self._code}. Press f to list all codes." if self._code else _EMPTY)
        at = table.cursor_row
        table.clear(columns=True)
        for label in ("Score", "Code", "Stance", "Turn", "Matched words"):
            table.add_column(label)
        for item in self._views:
            place = f"{item.source}:{item.turn}" if item.turn else item.source
            code = Text(item.code, style="bold")
            table.add_row(f"{item.score:.2f}", code, self._stance_of(item), place, item.reason, key=item.id)
        if self._views:
            table.move_cursor(row=min(at, len(self._views) - 1))
            table.focus()
        self._show_words()

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Show the passage under the cursor."""
        self._show_words()

    def _show_words(self) -> None:
        item = self._under_cursor()
        if item is None:
            return
        words = Text()
        words.append(f"{item.case or 'no case'}  ", style="bold")
        place = item.start
        for start, end in item.hits:
            words.append(item.quote[place - item.start : start - item.start])
            words.append(item.quote[start - item.start : end - item.start], style="bold underline")
            place = end
        words.append(item.quote[place - item.start :])
        words.append(f"\n{item.code}: {self._stance_of(item)}", style="bold")
        words.append(f"  {item.score:.2f}  {item.reason}", style="dim")
        if self._code:
            words.append(f"\nonly {self._code} is listed (f to list all codes)", style="dim")
        self.query_one("#words", Static).update(words)

    def _under_cursor(self) -> SuggestionView | None:
        row = self.query_one(DataTable).cursor_row
        return self._views[row] if 0 <= row < len(self._views) else None

    def action_move(self, step: int) -> None:
        """Go down or up."""
        table = self.query_one(DataTable)
        table.move_cursor(row=table.cursor_row + step)

    def _stance_of(self, item: SuggestionView) -> Stance:
        """Return the stance that accepting a suggestion gives the coding: the suggested one unless changed."""
        return self._chosen_stances.get(item.id, item.stance)

    def action_stance(self) -> None:
        """Change the stance with which the suggestion under the cursor would be accepted: for, against, mixed."""
        item = self._under_cursor()
        if item is not None:
            self._chosen_stances[item.id] = stance = self._stance_of(item).following
            self.query_one(DataTable).update_cell_at(Coordinate(self.query_one(DataTable).cursor_row, _STANCE), stance)
            self._show_words()

    def action_decide(self, verdict: str) -> None:
        """Accept or reject what is under the cursor; the next takes its place."""
        item = self._under_cursor()
        if item is None:
            return
        one = SuggestionFilter(ids=(item.id,))
        suggestions = self.project.suggestions

        def decide() -> None:
            if verdict == "accept":
                suggestions.accept(one, stance=self._stance_of(item))
            else:
                suggestions.reject(one)

        self.workbench.attempt(decide, done=f"{verdict.capitalize()}ed: {item.code}  (u to undo)")

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Show it in its text."""
        item = self._under_cursor()
        if item is not None:
            self.workbench.go_to(Place(item.source_id, suggestion_id=item.id))

    def action_order(self) -> None:
        """List the highest scores first, or again in the order of the texts."""
        self._by_score = not self._by_score
        self.redraw()

    def action_filter(self) -> None:
        """List the suggestions of one code only, or all again."""
        if self._code is not None:
            self._code = None
            self.redraw()
            return
        from fwanalysis.tui.dialogs.ask import ChooseScreen

        counts: dict[str, int] = {}
        for item in self._views:
            counts[item.code_path] = counts.get(item.code_path, 0) + 1
        names = {item.code_path: item.code for item in self._views}
        paths = list(counts)
        paths.sort(key=lambda path: names[path].casefold())

        def chosen(index: int | None) -> None:
            if index is not None:
                self._code = paths[index]
                self.redraw()

        self.app.push_screen(
            ChooseScreen("List the suggestions of which code?", [f"{names[path]}  ({counts[path]})" for path in paths]),
            chosen,
        )

    def action_run_rules(self) -> None:
        """Run the rules over all sources."""
        from fwanalysis.tui.screens.running import run_rules

        run_rules(self)

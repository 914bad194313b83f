"""What a chart shows: the keys of the Matrix view that change its rows and columns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.matrix import MatrixQuery
from fwanalysis.errors import FrameworkError
from fwanalysis.tui.charting.remembered import RememberedView, recall, remember, view_file
from fwanalysis.tui.views import MainView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.domain.matrix import Matrix
    from fwanalysis.project import Project

_ROWS = (
    ("default", "Cases with a source of their own, then groups"),
    ("person", "Persons, including what they said in focus groups"),
    ("group", "Groups"),
    ("site", "Sites, including what their members said"),
)
_FILTERS = (
    "site = Birch and not role = nurse",
    "years in post >= 5 or role ~ manager",
    "case = P04",
)


class ChartSettings(MainView):
    """The part of the Matrix view that chooses what is shown."""

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._file = view_file(project)
        self.shown: RememberedView = recall(self._file)
        self._kept = self.shown
        self.matrix: Matrix | None = None

    @property
    def asked(self) -> MatrixQuery:
        """What is shown."""
        return self.shown.query

    def ask(self, query: MatrixQuery, *, chart: str = "") -> bool:
        """Show another view, and return whether it can be shown; else show what is wrong with it.

        Args:
            query: The view.
            chart: Name of the stored chart that it is, if it is one.
        """

        def change() -> None:
            self.matrix = self.project.matrix.view(query)

        if not self.workbench.attempt(change):
            return False
        self.shown = replace(self.shown, query=query, chart=chart)
        self.draw()
        self.keep()
        return True

    def set(self, **changes: bool) -> None:
        """Change how cells are shown."""
        self.shown = replace(self.shown, **changes)  # type: ignore[arg-type]  # by name
        self.keep()

    def keep(self) -> None:
        """Remember what is shown, and the cell under the cursor."""
        if self.shown != self._kept:
            self._kept = self.shown
            remember(self._file, self.shown)

    @property
    def here(self) -> tuple[str, str] | None:
        """Row key and column key of the cell under the cursor; None if there is none."""
        raise NotImplementedError

    def draw(self) -> None:
        """Show the view that was read last."""
        raise NotImplementedError

    # Columns

    def action_theme(self) -> None:
        """Choose the themes whose sub-themes are the columns."""
        from fwanalysis.tui.dialogs.ask import ChooseScreen

        themes = [theme for theme in self.project.codebook.tree().themes if not theme.code.retired]
        answers = [
            "All themes, side by side",
            *(f"{theme.name}: its sub-themes" for theme in themes),
            "Several themes …",
            "All codes",
        ]
        paths = [theme.path for theme in themes]

        def chosen(index: int | None) -> None:
            if index is None:
                return
            if index == len(answers) - 2:
                self._ask_themes([theme.name for theme in themes], paths)
            elif index == len(answers) - 1:
                self.ask(replace(self.asked, themes=(), all_codes=True))
            else:
                self.ask(replace(self.asked, themes=(paths[index - 1],) if index else (), all_codes=False))

        self.app.push_screen(ChooseScreen("Which columns?", answers, present=self._present(paths)), chosen)

    def _present(self, paths: Sequence[str]) -> int:
        """Return the answer that is the present choice of columns."""
        if self.asked.all_codes:
            return len(paths) + 2
        if len(self.asked.themes) > 1:
            return len(paths) + 1
        path = next((self.project.codebook.show(theme).path for theme in self.asked.themes), None)
        return paths.index(path) + 1 if path in paths else 0

    def _ask_themes(self, names: Sequence[str], paths: Sequence[str]) -> None:
        from fwanalysis.tui.charting.dialogs import TickScreen

        def chosen(ticked: tuple[int, ...] | None) -> None:
            if ticked:
                self.ask(replace(self.asked, themes=tuple(paths[at] for at in ticked), all_codes=False))

        present = [at for at, path in enumerate(paths) if path in self.asked.themes]
        self.app.push_screen(TickScreen("The sub-themes of which themes?", names, present), chosen)

    def action_columns(self) -> None:
        """Choose which columns are shown, and which are hidden."""
        from fwanalysis.tui.charting.dialogs import TickScreen

        columns = self.project.matrix.view(replace(self.asked, hidden=())).columns
        names = {column.path: column.heading for column in columns if not column.own}
        paths = list(dict.fromkeys(column.path for column in columns))

        def chosen(ticked: tuple[int, ...] | None) -> None:
            if ticked:
                hidden = tuple(path for at, path in enumerate(paths) if at not in ticked)
                self.ask(replace(self.asked, hidden=hidden))

        present = [at for at, path in enumerate(paths) if path not in self.asked.hidden]
        self.app.push_screen(
            TickScreen("Show which columns?", [names.get(path, path) for path in paths], present), chosen
        )

    def action_hide(self) -> None:
        """Hide the column of the cursor; not the last one."""
        if self.matrix is None or self.here is None:
            return
        column = next(column for column in self.matrix.columns if column.key == self.here[1])
        if len({item.code_id for item in self.matrix.columns}) < 2:
            self.notify("This is the only column.", severity="warning")
        elif self.ask(replace(self.asked, hidden=(*self.asked.hidden, column.path))):
            self.notify(f"Hidden: {column.heading}  (c shows it again)", timeout=4, markup=False)

    # Rows

    def action_rows(self) -> None:
        """Choose what the rows are."""
        from fwanalysis.tui.dialogs.ask import ChooseScreen

        attributes = self.project.cases.attributes()
        rows = [*(kind for kind, _ in _ROWS), *(f"attribute:{name}" for name in attributes)]
        answers = [*(answer for _, answer in _ROWS), *(f"Values of {name}" for name in attributes)]

        def chosen(index: int | None) -> None:
            if index is not None:
                self.ask(replace(self.asked, rows=rows[index], pinned=(), cases=()))

        present = rows.index(self.asked.rows) if self.asked.rows in rows else 0
        self.app.push_screen(ChooseScreen("Which rows?", answers, present=present), chosen)

    def action_filter(self) -> None:
        """Choose the condition that rows must meet."""
        from fwanalysis.tui.charting.dialogs import FilterScreen

        def check(expression: str) -> str:
            try:
                found = self.project.matrix.view(replace(self.asked, expression=expression))
            except FrameworkError as error:
                return error.explained
            return "" if found.rows else "No row meets this condition."

        def chosen(expression: str | None) -> None:
            if expression is not None:
                self.ask(replace(self.asked, expression=expression))

        self.app.push_screen(FilterScreen(self.asked.expression, check, self._examples()), chosen)

    def _examples(self) -> Sequence[str]:
        """Return examples of filters with attributes of this project, if it has any."""
        if self.matrix is None:
            return _FILTERS
        values = {name: [row.attributes[name] for row in self.matrix.rows if row.attributes.get(name)]
                  for name in self.project.cases.attributes()}  # fmt: skip
        known = [(name, found) for name, found in values.items() if found]
        if not known:
            return _FILTERS
        (name, found), (other, others) = known[0], known[-1]
        return (f"{name} = {found[0]}", f"not {name} = {found[0]} or {other} = {others[-1]}", "case ~ P0")

    def action_pin(self) -> None:
        """Keep the case of the cursor at the top, or let it go again."""
        if self.matrix is None or self.here is None:
            return
        label = next(row.label for row in self.matrix.rows if row.key == self.here[0])
        pinned = self.asked.pinned
        pinned = tuple(name for name in pinned if name != label) if label in pinned else (*pinned, label)
        self.ask(replace(self.asked, pinned=pinned))

    def action_transpose(self) -> None:
        """Show codes in rows and cases in columns, or cases in rows again."""
        self.ask(replace(self.asked, transposed=not self.asked.transposed))

    def action_arrange(self) -> None:
        """Choose what rows are sorted and grouped by, and which attributes are shown."""
        from fwanalysis.tui.charting.arrange import Arrangement, ArrangeScreen, arranged, arrangement_of

        attributes = self.project.cases.attribute_views()
        if not attributes:
            self.notify("There are no attributes yet. Import a table of cases: fwa case import", timeout=6)
            return

        def chosen(arrangement: Arrangement | None) -> None:
            if arrangement is not None:
                self.ask(arranged(self.asked, arrangement))

        self.app.push_screen(ArrangeScreen(attributes, arrangement_of(self.asked)), chosen)

    def action_usual(self) -> None:
        """Show all rows and columns in their usual order again; themes and rows stay."""
        self.ask(MatrixQuery(rows=self.asked.rows, themes=self.asked.themes, all_codes=self.asked.all_codes))

    # Stored charts

    def action_charts(self) -> None:
        """Open, save or remove a stored chart."""
        from fwanalysis.tui.charting.charts_dialog import ChartsAnswer, ChartsScreen

        def chosen(answer: ChartsAnswer | None) -> None:
            if answer is None:
                return
            if answer.chart is None:
                self._save_chart()
            elif answer.act == "open":
                self.ask(answer.chart.query, chart=answer.chart.name)
            else:
                self._remove_chart(answer.chart.name)

        charts = self.project.matrix.charts()
        self.app.push_screen(ChartsScreen(charts, self.project.codebook.tree(), present=self.shown.chart), chosen)

    def _save_chart(self) -> None:
        from fwanalysis.tui.dialogs.ask import AskScreen, ChooseScreen

        def asked(name: str | None) -> None:
            if not name:
                return
            known = {chart.name.casefold(): chart.name for chart in self.project.matrix.charts()}
            if name.casefold() not in known or name.casefold() == self.shown.chart.casefold():
                save(name)
                return
            answers = ["Keep the stored chart", "Replace it by what is shown"]
            question = f"There is a chart “{known[name.casefold()]}” already."
            self.app.push_screen(ChooseScreen(question, answers), lambda index: save(name) if index == 1 else None)

        def save(name: str) -> None:
            def change() -> None:
                chart = self.project.matrix.save_chart(name, self.asked)
                self.shown = replace(self.shown, chart=chart.name)
                self.keep()

            self.workbench.attempt(change, done=f"Saved: {name}")

        self.app.push_screen(AskScreen("Save what is shown under which name?", value=self.shown.chart), asked)

    def _remove_chart(self, name: str) -> None:
        from fwanalysis.tui.dialogs.ask import ChooseScreen

        def answered(index: int | None) -> None:
            if index == 1:
                if self.shown.chart == name:
                    self.shown = replace(self.shown, chart="")
                self.workbench.attempt(lambda: self.project.matrix.remove_chart(name), done=f"Removed: {name}")

        answers = ["Keep it", "Remove it; its cells and summaries stay"]
        self.app.push_screen(ChooseScreen(f"Remove the stored chart “{name}”?", answers), answered)

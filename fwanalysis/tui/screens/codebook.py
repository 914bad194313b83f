"""The Codebook view: the tree of codes, and the one under the cursor in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Footer, Static, Tree

from fwanalysis.domain.codings import Tally
from fwanalysis.domain.text import one_line
from fwanalysis.tui.app_base import Place
from fwanalysis.tui.views import MainView
from fwanalysis.tui.widgets.codetree import CodeTree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from fwanalysis.domain.codebook import Codebook
    from fwanalysis.project import Project
    from fwanalysis.tui.dialogs.find_code import Choice


class PassagesTree(CodeTree):
    """A tree of codes in which enter shows the first coded segment."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "First segment", id="codebook.passages"),
    ]


class CodebookScreen(MainView):
    """Look up codes and add new ones."""

    NAME = "codebook"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus", "add", "New code", key_display="+", id="codebook.add"),
        Binding("slash", "find", "Find", key_display="/", id="codebook.find"),
    ]

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._codebook: Codebook | None = None
        self._counts: Mapping[str, Tally] = {}

    def compose_view(self) -> ComposeResult:
        """Lay out the tree and the code."""
        with Horizontal():
            yield PassagesTree(id="tree")
            with VerticalScroll(id="about", can_focus=False):
                yield Static(id="code", markup=False)
        yield Footer(show_command_palette=False)

    def redraw(self) -> None:
        """Show the tree with the number of codings of each code."""
        self._codebook = self.project.codebook.tree()
        tree = self.query_one(CodeTree)
        self._counts = self.project.codings.counts()
        tree.show(self._codebook, self._counts)
        tree.focus()
        if not self._codebook.entries:
            self.query_one("#code", Static).update(
                "The codebook is empty.\n\nPress + to add a code, or quit with ctrl+q and import a codebook:\n\n"
                "    fwa codebook import FILE.yaml"
            )
        elif tree.cursor_node is None:
            tree.call_after_refresh(tree.action_cursor_down)

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[str]) -> None:
        """Show the code under the cursor."""
        if event.node.data and self._codebook and event.node.data in self._codebook.by_id:
            tally = self._counts.get(event.node.data, Tally())
            self.query_one("#code", Static).update(_about(self._codebook, event.node.data, tally))

    def on_code_tree_chosen(self, message: CodeTree.Chosen) -> None:
        """Go to the first segment coded with it."""
        codings = self.project.codings.list(code=message.code_id)
        if not codings:
            self.notify("No segments are coded with this code yet.")
            return
        self.workbench.go_to(Place(codings[0].source_id, codings[0].start))

    def arrive(self) -> None:
        """Show the code that was asked for."""
        asked, self.workbench.asked_code = self.workbench.asked_code, None
        if asked is not None:
            self.query_one(CodeTree).go_to(asked)

    def action_find(self) -> None:
        """Find a code by part of its name, and show it."""
        from fwanalysis.tui.dialogs.find_code import FinderScreen

        def chosen(choice: Choice | None) -> None:
            if choice is not None and choice.code_id is not None:
                self.query_one(CodeTree).go_to(choice.code_id)

        self.app.push_screen(FinderScreen(self.project.codebook, None), chosen)

    def action_add(self) -> None:
        """Add a code: as a theme, under a theme, or under the code under the cursor."""
        assert self._codebook is not None
        code_id = self.query_one(CodeTree).code_id
        places: list[tuple[str | None, str]] = []
        if code_id is not None and code_id in self._codebook.by_id:
            theme, code = self._codebook.theme_of(code_id), self._codebook.by_id[code_id]
            places = [(theme.id, f"Under the theme “{theme.name}”")]
            if code.id != theme.id:
                places.append((code.id, f"Under “{code.name}”"))
        places.append((None, "As a new theme"))
        if len(places) == 1:
            self._name_new(*places[0])
            return
        from fwanalysis.tui.dialogs.ask import ChooseScreen

        def chosen(index: int | None) -> None:
            if index is not None:
                self._name_new(*places[index])

        self.app.push_screen(ChooseScreen("Where should the new code be?", [place for _, place in places]), chosen)

    def _name_new(self, parent_id: str | None, place: str) -> None:
        from fwanalysis.tui.dialogs.ask import AskScreen

        def asked(name: str | None) -> None:
            if name:
                self.workbench.attempt(
                    lambda: self.project.codebook.add(name, parent=parent_id, as_theme=parent_id is None),
                    done=f"New code: {name}  (u to undo)",
                )

        self.app.push_screen(AskScreen(f"Name of the new code ({place[0].lower()}{place[1:]}):"), asked)


def _about(book: Codebook, code_id: str, tally: Tally) -> Text:
    entry = book.by_id[code_id]
    about = Text()
    about.append(f"{entry.name}\n", style=f"bold {book.colour_of(code_id)}")
    about.append(f"{entry.path}   {entry.version.kind}   version {entry.version.number}\n", style="dim")
    about.append(f"Codings: {tally}\n")
    version, examples = entry.version, entry.code.examples
    for title, text in (
        ("", version.definition),
        ("Include", version.include),
        ("Exclude", version.exclude),
        ("Counts against", version.counts_against),
        ("Typical example", examples.typical),
        ("Atypical example", examples.atypical),
        ("Near miss", examples.near_miss),
    ):
        if text:
            about.append(f"\n{title}\n" if title else "\n", style="bold")
            about.append(f"{one_line(text)}\n")
    if entry.code.references:
        about.append("\nReferences\n", style="bold")
        for key in entry.code.references:
            about.append(f"{one_line(book.references.get(key, key))}\n")
    for number, rule in enumerate(entry.rules, 1):
        terms = [*rule.spec.any, *(term for group in rule.spec.all for term in group)]
        if rule.spec.near:
            terms += [" … ".join("/".join(group) for group in rule.spec.near.terms)]
        about.append(f"\nRule {number}, in one {rule.spec.scope}\n", style="bold")
        about.append(", ".join(terms) + "\n")
    return about

"""The speakers of a source: the role and the case of each, and which of them may be the same."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Footer, Static

from fwanalysis.domain.revisions import merge_counts
from fwanalysis.domain.sources import Role
from fwanalysis.tui.correcting.source_task import SourceTask
from fwanalysis.tui.dialogs.ask import ChooseScreen
from fwanalysis.tui.dialogs.select_one import PickScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.app import ComposeResult

    from fwanalysis.domain.label_merging import LabelsMerged, MergeProposal
    from fwanalysis.domain.revisions import SpeakerSet
    from fwanalysis.domain.sources import SpeakerView
    from fwanalysis.project import Project

_ROLES = {
    Role.PARTICIPANT: "Participant: the words are evidence",
    Role.INTERVIEWER: "Interviewer or moderator: the words are questions",
    Role.OTHER: "Other: the words are neither",
    Role.UNKNOWN: "Unknown",
}
_NO_CASE = "No case"
_MOST_MERGES = 4
"""Suggested merges that are listed."""
_MOST_MOVES = 3
"""Reattributions that a notification lists."""


class SpeakersScreen(SourceTask):
    """Change the role or the case of a speaker, or give all turns of one to another."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "role", "Role", id="speakers.role"),
        Binding("c", "case", "Case", id="speakers.case"),
        Binding("m", "merge", "Merge into", id="speakers.merge"),
        Binding("u", "undo", "Undo", id="speakers.undo"),
        Binding("ctrl+r", "redo", "Redo", show=False, id="speakers.redo"),
        Binding("escape", "dismiss", "Back", id="speakers.back"),
    ]

    def __init__(self, project: Project, source_id: str) -> None:
        super().__init__(project, source_id)
        self._name = project.sources.get(source_id).name
        self._speakers: Sequence[SpeakerView] = ()
        self._merges: Sequence[MergeProposal] = ()

    def compose(self) -> ComposeResult:
        """Lay out the table of speakers, and suggested merges below it."""
        yield Static(id="heading", markup=False)
        yield DataTable(cursor_type="row", zebra_stripes=True, id="speakers")
        yield Static(
            "No speakers in this source, so there is no role and no case to set.\n\nTo give a turn a speaker, press E "
            "in the Code view, then F4. Where there are no turns, all words belong to the source’s own case.",
            id="empty",
            classes="empty",
            markup=False,
        )
        yield Static(id="merges", markup=False)
        yield Footer(show_command_palette=False)

    def _load(self) -> None:
        self._speakers = self.project.speakers.list(self._source_id)

    def _draw(self) -> None:
        table: DataTable[object] = self.query_one(DataTable)
        at = table.cursor_row
        table.clear(columns=True)
        for label in ("Speaker", "Role", "Case", "Turns", "Words", "Why this role"):
            table.add_column(label)
        for item in self._speakers:
            table.add_row(
                Text(item.label, style="bold"),
                item.role.value,
                item.case or "–",
                Text(str(item.turns), justify="right"),
                Text(str(item.words), justify="right"),
                Text(item.role_reason or "set by a coder", style="" if item.role_reason else "italic"),
                key=item.id,
            )
        table.display = bool(self._speakers)
        self.query_one("#empty").display = not self._speakers
        if self._speakers:
            table.move_cursor(row=min(at, len(self._speakers) - 1))
            table.focus()
        count = len(self._speakers)
        heading = Text.assemble((f" {self._name}", "bold"), f"  {count} speaker{'s' * (count != 1)}")
        self.query_one("#heading", Static).update(heading)
        self._show_merges()
        self.refresh_bindings()

    def _show_merges(self) -> None:
        self._merges = self.project.speakers.proposals(self._source_id) if len(self._speakers) > 1 else ()
        lines = [f"“{item.label}” may be “{item.into}”: {item.reason}." for item in self._merges[:_MOST_MERGES]]
        if len(self._merges) > _MOST_MERGES:
            lines.append(f"And {len(self._merges) - _MOST_MERGES} more.")
        lines.append("m merges the speaker under the cursor into another.")
        self.query_one("#merges", Static).update("\n".join(lines))
        self.query_one("#merges").display = bool(self._merges)

    @property
    def _present(self) -> SpeakerView | None:
        row = self.query_one(DataTable).cursor_row
        return self._speakers[row] if 0 <= row < len(self._speakers) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Changing needs a speaker, merging another one."""
        if action == "merge":
            return len(self._speakers) > 1
        return action not in ("role", "case") or bool(self._speakers)

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Change the role."""
        self.action_role()

    def action_role(self) -> None:
        """Choose the role, then for which sources."""
        item = self._present
        if item is None:
            return
        roles = list(_ROLES)

        def chosen(index: int | None) -> None:
            if index is not None:
                self._set_role(item, roles[index])

        self.app.push_screen(
            ChooseScreen(
                f"What is the role of {item.label} here?", list(_ROLES.values()), present=roles.index(item.role)
            ),
            chosen,
        )

    def _set_role(self, item: SpeakerView, role: Role) -> None:
        homes = {other.source for other in self.project.speakers.list() if other.label == item.label}
        if not homes:
            return  # another program removed the speaker

        def set_role(everywhere: int | None) -> None:
            if everywhere is None:
                return
            where = f"in {len(homes)} sources" if everywhere else f"in {self._name}"
            source = None if everywhere else self._source_id
            self._do(
                partial(self.project.speakers.set, item.label, source=source, role=role),
                f"{item.label} is {role.value} {where}",
            )

        if len(homes) == 1:
            set_role(0)
            return
        answers = [f"Only in {self._name}", f"In all {len(homes)} sources that have a speaker {item.label}"]
        self.app.push_screen(ChooseScreen(f"Where does the role {role.value} apply?", answers), set_role)

    def action_case(self) -> None:
        """Choose the case that the speaker is, or none."""
        item = self._present
        if item is None:
            return
        cases = [case.name for case in self.project.cases.list()]

        def picked(choice: int | str | None) -> None:
            if isinstance(choice, int):
                self._set_case(item, cases[choice - 1] if choice else "")

        present = cases.index(item.case) + 1 if item.case in cases else 0
        self.app.push_screen(PickScreen(f"Which case is {item.label}?", [_NO_CASE, *cases], present=present), picked)

    def _set_case(self, item: SpeakerView, case: str) -> None:
        self._do(
            partial(self.project.speakers.set, item.label, source=self._source_id, case=case),
            f"{item.label} is {f'the case {case}' if case else 'no case'}",
        )

    def _do(self, change: Callable[[], Iterable[SpeakerSet | LabelsMerged]], done: str) -> None:
        """Change speakers, and report it with the segments that were reattributed."""

        def do() -> None:
            moves = _moves(change())
            report = "\n".join((f"{done}  (u to undo)", *moves))
            self.notify(report, timeout=6 if moves else 3, markup=False)

        self.workbench.attempt(do)

    def action_merge(self) -> None:
        """Merge this speaker into another, who gets all its turns."""
        item = self._present
        if item is None:
            return
        reasons = {
            pair: each.reason for each in self._merges for pair in ((each.label, each.into), (each.into, each.label))
        }
        others = [other for other in self._speakers if other.id != item.id]
        others.sort(key=lambda other: (item.label, other.label) not in reasons)
        answers = [
            f"{other.label}  ({other.role}, {_turns(other)})  {reasons.get((item.label, other.label), '')}".rstrip()
            for other in others
        ]

        def picked(choice: int | str | None) -> None:
            if isinstance(choice, int):
                into = others[choice].label
                self._do(
                    partial(self.project.speakers.merge, item.label, into, source=self._source_id),
                    f"Merged {item.label} into {into}",
                )

        question = f"Merge {item.label} into which speaker? The other gets its {_turns(item)}; the text stays the same."
        self.app.push_screen(PickScreen(question, answers), picked)


def _moves(changed: Iterable[SpeakerSet | LabelsMerged]) -> list[str]:
    """Return a line for each reattribution of coded segments; of many, for the largest ones."""
    reattributions = merge_counts(move for item in changed for move in item.reattributions)
    lines = ["Reattributed:"] * bool(reattributions) + [str(move) for move in reattributions[:_MOST_MOVES]]
    if rest := sum(move.passages for move in reattributions[_MOST_MOVES:]):
        lines.append(f"and {rest} more")
    return lines


def _turns(item: SpeakerView) -> str:
    return f"{item.turns} turn{'s' * (item.turns != 1)}"

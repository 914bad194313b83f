"""Writing a cell: draft, checked, nothing said, not applicable, cleared; and what is asked before something is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.analysis.guard import Severity
from fwanalysis.domain.matrix import CellState
from fwanalysis.errors import Conflict
from fwanalysis.tui.charting.cell_checks import changes_of
from fwanalysis.tui.charting.cell_dialogs import ConflictScreen, Resolution, StaleScreen, WayOut
from fwanalysis.tui.charting.cell_heading import described
from fwanalysis.tui.charting.cell_session import NOT_A_CASE
from fwanalysis.tui.charting.cell_view import CellView
from fwanalysis.tui.dialogs.ask import AskScreen, ChooseScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from fwanalysis.domain.matrix import Matrix, MatrixColumn, MatrixRow
    from fwanalysis.project import Project

_UNDO = "(u in the Matrix view to undo)"
_KEEP = "Leave the cell as it is"


class CellWriting(CellView):
    """A cell that is written."""

    def __init__(self, project: Project, matrix: Matrix, row: MatrixRow, column: MatrixColumn) -> None:
        super().__init__(project, matrix, row, column)
        self._is_without_evidence_confirmed = False

    def action_save(self) -> None:
        """Save the summary as a draft once all typed keys have been handled."""
        self.once_typed(self.save)

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save the summary, ask before something is lost, and call *then* once it is saved.

        An unchanged summary keeps its state; if it is out of date, the reason why it still holds is asked for. An
        emptied one clears the cell.
        """
        session, text = self.session, self.text
        if not self._may_write():
            return
        if session.seen is not None and not self.unsaved:
            if session.shown.stale and not session.is_changed_elsewhere:
                self._ask_to_affirm(then)
            else:
                self._write(text, session.seen.state, "Saved", then)
        elif session.seen is not None and not text:
            self._clear(then)
        elif not text:
            self.notify("The summary is empty. If the case said nothing, press F7.", severity="warning")
        else:
            self._save_summary(text, CellState.DRAFT, "Saved as a draft", then)

    def action_checked(self) -> None:
        """Save the summary as checked, or a checked one as a draft again."""
        self.once_typed(self._save_checked)

    def _save_checked(self) -> None:
        session, text = self.session, self.text
        if not self._may_write():
            return
        if not text or (session.seen is not None and not session.seen.state.has_summary and not self.unsaved):
            self.notify("There is no summary to check.", severity="warning")
        elif session.shown.stale and not self.unsaved:
            self.notify("The summary is out of date: revise it, or re-affirm it (ctrl+r).", severity="warning")
        elif session.seen is not None and session.seen.state is CellState.CHECKED and not self.unsaved:
            self._save_summary(text, CellState.DRAFT, "Saved as a draft again", None)
        elif errors := [item for item in self.checks.check(text) if item.severity is Severity.ERROR]:
            count = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
            self._confirm(
                f"The check of references and quotations found {count}: {errors[0].message}",
                "Save it as checked all the same",
                lambda: self._save_summary(text, CellState.CHECKED, "Saved as checked", None),
            )
        else:
            self._save_summary(text, CellState.CHECKED, "Saved as checked", None)

    def _may_write(self) -> bool:
        if self.session.case is None:
            self.notify(NOT_A_CASE, severity="warning")
        return self.session.case is not None

    def _save_summary(self, text: str, state: CellState, done: str, then: Callable[[], object] | None) -> None:
        """Save a summary; ask if another coder wrote what is there, and once if there is no evidence."""
        session = self.session
        seen = session.seen

        def save() -> None:
            self._write(text, state, done, then)

        if seen is not None and seen.coder_id != self.project.coder.id and not session.is_changed_elsewhere:
            replaced = described(seen, session.author(seen))
            self._confirm(f"This replaces {replaced}", "Save mine in its place", save)
        elif not session.shown.quotes and not self._is_without_evidence_confirmed:

            def confirmed() -> None:
                self._is_without_evidence_confirmed = True
                save()

            question = "There is no evidence in this cell. Code the passages that the summary is based on first?"
            self._confirm(question, "Save the summary without evidence", confirmed)
        else:
            save()

    def _confirm(self, question: str, answer: str, act: Callable[[], object]) -> None:
        """Ask whether to do something; the first answer is not to."""

        def answered(index: int | None) -> None:
            if index == 1:
                act()

        self.app.push_screen(ChooseScreen(question, [_KEEP, answer]), answered)

    def _write(self, text: str, state: CellState, done: str, then: Callable[[], object] | None = None) -> None:
        def write() -> None:
            self.session.write(text, state)
            if text != self.text:
                self.show_text(text)

        self._change(write, f"{done}  {_UNDO}", then)

    def _change(self, change: Callable[[], object], done: str, then: Callable[[], object] | None = None) -> None:
        """Change the cell; if it was changed elsewhere, show both texts."""
        conflicts: list[Conflict] = []

        def attempt() -> None:
            try:
                change()
            except Conflict as conflict:
                conflicts.append(conflict)
                self.session.refresh()
                if not self.session.is_changed_elsewhere:
                    raise

        if not self.workbench.attempt(attempt, done=""):
            return
        if conflicts:
            self._resolve()
            return
        self.workbench.attempt(lambda: None, done=done)
        self.check_now()
        if then is not None:
            then()

    def _resolve(self) -> None:
        """Show both texts of a cell that was changed elsewhere, and do what is chosen."""
        session = self.session
        theirs = session.shown.cell
        who = session.author(theirs) if theirs else "Another coder"
        what = f"{who} {'changed' if theirs else 'cleared'} this cell since you opened it."
        other = session.shown.summary if theirs else "(cleared)"

        def chosen(resolution: Resolution | None) -> None:
            mine = self.text
            if resolution in (None, Resolution.EDIT):
                self.draw()
                return
            session.take_over()
            if resolution is Resolution.MINE:
                self._write(mine, CellState.DRAFT, "Saved as a draft") if mine else self._clear(None)
            elif resolution is Resolution.THEIRS:
                self.show_text(session.summary)
            else:
                self.show_text("\n\n".join(filter(None, (session.summary, mine))))

        self.app.push_screen(ConflictScreen(what, self.text or "(nothing)", other or "(nothing said)"), chosen)

    def action_nothing_said(self) -> None:
        """Record that the case said nothing; ask first if there is evidence or a summary."""
        self.once_typed(self._nothing_said)

    def _nothing_said(self) -> None:
        if not self._may_write():
            return

        def save() -> None:
            self._write("", CellState.NOTHING_SAID, "Saved: nothing said")

        self._ask_about_loss("nothing said", save)

    def action_not_applicable(self) -> None:
        """Record that the theme does not apply to the case, with the reason."""
        self.once_typed(self._not_applicable)

    def _not_applicable(self) -> None:
        if not self._may_write():
            return

        def asked(reason: str | None) -> None:
            if reason and reason.strip():
                self._write(reason, CellState.NOT_APPLICABLE, "Saved: not applicable")
            elif reason is not None:
                self.notify("Nothing is recorded: the reason is empty.", severity="warning")

        def ask() -> None:
            self.app.push_screen(AskScreen("Why does this theme not apply to this case?"), asked)

        self._ask_about_loss("not applicable", ask)

    def _ask_about_loss(self, what: str, act: Callable[[], object]) -> None:
        """Ask before the cell is recorded without a summary, if it has evidence or a summary, or one is typed."""
        session = self.session
        lines = []
        if session.shown.segments:
            count = session.shown.segments
            lines.append(f"{count} coded segment{'s' * (count != 1)} in this cell.")
        if session.shown.unanchored:
            count = session.shown.unanchored
            lines.append(f"{count} unanchored coding{'s' * (count != 1)} in this cell.")
        if session.seen is not None and (session.seen.state.has_summary or session.other_author):
            lines.append(f"This replaces {described(session.seen, session.author(session.seen))}")
        if self.unsaved and self.text:
            lines.append("Your text that is not saved is discarded.")
        if lines:
            self._confirm("\n".join(lines), f"Save “{what}”", act)
        else:
            act()

    def action_clear(self) -> None:
        """Clear the cell, after a question."""
        session = self.session
        if not self._may_write():
            return
        if session.seen is None:
            self.notify("Nothing is saved in this cell.")
            return
        what = described(session.seen, session.author(session.seen))
        self._confirm(f"This clears {what}", "Clear the cell", lambda: self._clear(None))

    def _clear(self, then: Callable[[], object] | None) -> None:
        session = self.session
        if session.other_author and not session.is_changed_elsewhere and self.unsaved and session.seen is not None:
            what = described(session.seen, session.author(session.seen))
            self._confirm(f"This clears {what}", "Clear the cell", lambda: self._clear_now(then))
        else:
            self._clear_now(then)

    def _clear_now(self, then: Callable[[], object] | None) -> None:
        def clear() -> None:
            self.session.clear()
            self.show_text("")

        self._change(clear, f"Cleared: the cell has no summary now  {_UNDO}", then)

    def action_review(self) -> None:
        """Show why the summary is out of date, and offer to revise, re-affirm or discard it."""
        session = self.session
        if not session.shown.stale:
            self.notify("The cell is up to date." if session.seen else "Nothing is saved in this cell.")
            return

        def chosen(way: WayOut | None) -> None:
            if way is WayOut.AFFIRM:
                self._ask_to_affirm(None)
            elif way is WayOut.DISCARD:
                self.action_clear()
            elif way is WayOut.REVISE:
                self.area.focus()

        names = {entry.id: entry.name for entry in session.codebook.entries}
        reasons = [str(reason) for reason in session.shown.stale]
        self.app.push_screen(StaleScreen(session.label, reasons, changes_of(session), names), chosen)

    def _ask_to_affirm(self, then: Callable[[], object] | None) -> None:
        session = self.session
        if self.unsaved:
            self.notify("Your text is not saved: saving it (ctrl+s) makes the cell up to date.", severity="warning")
            return

        def asked(reason: str | None) -> None:
            if reason:
                self._change(lambda: session.affirm(reason), f"Re-affirmed  {_UNDO}", then)

        since = ", ".join(map(str, session.shown.stale))
        question = f"Out of date: {since}.\nWhy does the unchanged text still hold?"
        self.app.push_screen(AskScreen(question, hint="the reason, kept with the cell"), asked)

    def action_disagreement(self) -> None:
        """Mark, change or remove a disagreement between the words and the figures of the case."""
        self.once_typed(self._disagreement)

    def _disagreement(self) -> None:
        session = self.session
        seen = session.seen
        if not self._may_write():
            return
        if seen is None or self.unsaved or session.shown.stale:
            self.notify("Save the summary first: a disagreement is marked on a cell that is up to date.")
            return

        def mark(reason: str) -> None:
            done = "Marked: words and figures disagree" if reason else "The mark is removed"
            self._change(lambda: session.write(session.summary, seen.state, disagreement=reason), f"{done}  {_UNDO}")

        def ask() -> None:
            question = "How do the words disagree with the figures of this case?"
            self.app.push_screen(
                AskScreen(question, value=seen.disagreement), lambda reason: mark(reason) if reason else None
            )

        if seen.disagreement:
            self._confirm_or(f"Marked: {seen.disagreement}", ("Change the text", ask), ("Remove it", lambda: mark("")))
        else:
            ask()

    def _confirm_or(self, question: str, *answers: tuple[str, Callable[[], object]]) -> None:
        def answered(index: int | None) -> None:
            if index:
                answers[index - 1][1]()

        self.app.push_screen(ChooseScreen(question, [_KEEP, *(answer for answer, _ in answers)]), answered)

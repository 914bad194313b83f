"""The two sides of a cell: its evidence, and the summary with its findings. Changes nothing in the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.containers import Horizontal, Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from fwanalysis.analysis.guard import FindingKind, Severity
from fwanalysis.errors import NotFound
from fwanalysis.tui.charting.cell_checks import NO_CHANGES, Checks, changes_of, in_words, uncited
from fwanalysis.tui.charting.cell_editor import SummaryArea
from fwanalysis.tui.charting.cell_evidence import EvidenceList, options
from fwanalysis.tui.charting.cell_heading import heading, local_time
from fwanalysis.tui.charting.cell_recovery import RecoveryFile
from fwanalysis.tui.charting.cell_session import CellSession
from fwanalysis.tui.dialogs.ask import ChooseScreen
from fwanalysis.tui.unsaved_changes import UnsavedScreen
from fwanalysis.tui.widgets.keyfooter import KeyFooter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.timer import Timer
    from textual.widgets import TextArea

    from fwanalysis.analysis.guard import Finding
    from fwanalysis.domain.history import Change
    from fwanalysis.domain.matrix import Matrix, MatrixColumn, MatrixRow
    from fwanalysis.domain.summary_references import SummaryReference
    from fwanalysis.project import Project
    from fwanalysis.tui.charting.cell_places import CitedPlace

CHECK_AFTER = 0.15
"""Seconds after the last key at which the text is checked and kept for recovery."""


class CellView(UnsavedScreen):
    """The evidence of a cell beside the summary that is written, both followed as they change."""

    AUTO_FOCUS = None

    def __init__(self, project: Project, matrix: Matrix, row: MatrixRow, column: MatrixColumn) -> None:
        super().__init__()
        self.project = project
        self.session = CellSession(project, matrix, row, column)
        self.findings: Sequence[Finding] = ()
        self.cited: Sequence[tuple[str, CitedPlace]] = ()
        self._followed: list[tuple[str, CitedPlace]] = []
        self.more_context = False
        self._changes = NO_CHANGES
        self._drawn: tuple[object, ...] = ()
        self._is_asking = False
        self.checks = Checks(self.session)
        self._timer: Timer | None = None
        case = self.session.case
        self._recovery = RecoveryFile(project, case.id, column.code_id, own=column.own) if case else None

    def compose(self) -> ComposeResult:
        """Lay out the heading, the evidence, the summary, and the findings."""
        yield Static(id="heading", markup=False)
        with Horizontal(id="sides"):
            with Vertical(id="evidence-side"):
                yield Static(id="evidence-title", classes="side-title", markup=False)
                yield OptionList(id="evidence", markup=False)
            with Vertical(id="summary-side"):
                yield Static(id="summary-title", classes="side-title", markup=False)
                yield SummaryArea(id="summary")
                yield OptionList(id="findings", markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show the cell; begin in the summary if there is one."""
        self.workbench.changed.subscribe(self, self._changed)
        area = self.area
        area.parse = self.checks.parse
        area.read_only = self.session.case is None
        if not area.read_only:
            area.placeholder = f"Summarise what {self.session.row.label} said on this theme. ctrl+s saves."
        area.words = self.session.summary
        area.move_cursor(area.document.end)
        self._changes = changes_of(self.session)
        self._check()
        (self.evidence if area.read_only else area).focus()
        self._offer_recovered()

    @property
    def area(self) -> SummaryArea:
        """Where the summary is typed."""
        return self.query_one(SummaryArea)

    @property
    def evidence(self) -> OptionList:
        """The list of the evidence."""
        return self.query_one("#evidence", OptionList)

    @property
    def text(self) -> str:
        """The summary as it is typed, without white space at its edges."""
        return self.area.words.strip()

    @property
    def unsaved(self) -> bool:
        """Whether the summary has been changed since it was saved."""
        return self.session.case is not None and self.text != self.session.summary.strip()

    def once_typed(self, act: Callable[[], object]) -> None:
        """Call *act* once all typed keys have been handled."""
        self.area.call_later(act)

    def show_text(self, text: str) -> None:
        """Put a text in place of the summary; the cursor goes to its end."""
        self.area.words = text
        self.area.move_cursor(self.area.document.end)
        self.check_now()

    def draw(self) -> None:
        """Show the cell as it is now."""
        self.query_one("#heading", Static).update(heading(self.session))
        self._draw_evidence()
        self._draw_findings()

    def _draw_evidence(self) -> None:
        session, listed = self.session, self.evidence
        shown = session.shown
        drawn = (shown, self.more_context, self.cited, bool(self.text), uncited(self.findings, shown.quotes))
        if drawn == self._drawn:
            return  # the list stays where it was scrolled to
        self._drawn = drawn
        at = listed.highlighted_option.id if listed.highlighted_option else None
        view = EvidenceList(
            quotes=shown.quotes,
            code_id=session.column.code_id,
            code_names={entry.id: entry.name for entry in session.codebook.entries},
            coders=session.coders,
            around=lambda passage: session.places.around(passage, more=self.more_context),
            uncited=uncited(self.findings, shown.quotes),
            has_text=bool(self.text) and session.case is not None,
            changes=self._changes.passages,
            removed=self._changes.removed,
            cited=self.cited,
            note=_unanchored(shown.unanchored),
        )
        listed.clear_options()
        listed.add_options(options(view))
        ids = [option.id for option in listed.options]
        listed.highlighted = ids.index(at) if at in ids else next((n for n, name in enumerate(ids) if name), None)
        counts = f"{shown.segments} segment{'s' * (shown.segments != 1)}"
        stances = f" ({shown.stances})" if shown.stances.speaks_against else ""
        self.query_one("#evidence-title", Static).update(f"Evidence: {counts}{stances}")

    def _draw_findings(self) -> None:
        listed = self.query_one("#findings", OptionList)
        lines = [_finding(item) for item in self.findings]
        if lines != [option.prompt for option in listed.options]:
            listed.clear_options()
            listed.add_options(map(Option, lines))
        listed.display = bool(lines)
        self._draw_title()

    def _draw_title(self) -> None:
        if self.session.case is None:
            title = "This row is not a case, so it has no summary"
        else:
            saved = "not saved" if self.unsaved else "saved" if self.session.seen else "nothing written"
            checked = f" · {in_words(self.findings)}" if self.text else ""
            more = ", F9 next" if self.findings else ""
            title = f"Summary: {saved}{checked}{more}"
        self.query_one("#summary-title", Static).update(title)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Check the text and keep it for recovery, soon after the last key."""
        self._draw_title()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(CHECK_AFTER, self.check_now)

    def check_now(self) -> None:
        """Check the text, show the findings, and keep it for recovery if it is not saved."""
        self._check()
        if self._recovery is None or self._is_asking:
            return
        if self.unsaved:
            self._recovery.keep(self.area.words)
        else:
            self._recovery.remove()

    def _check(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.findings = self.checks.check(self.area.words) if self._is_checked else ()
        self.cited = self._cited_places()
        self.area.mark(
            (item.span, "summary--error" if item.severity is Severity.ERROR else "summary--note")
            for item in self.findings
            if item.span
        )
        self.draw()

    @property
    def _is_checked(self) -> bool:
        """Whether the text is a summary; the reason for *not applicable* is none."""
        cell = self.session.seen
        return cell is None or cell.state.has_summary or self.unsaved

    def _cited_places(self) -> Sequence[tuple[str, CitedPlace]]:
        """Return the cited turns without a coding in this cell, and those that were followed, each once."""
        summary = self.area.summary
        found: dict[CitedPlace, str] = {}
        for item in self.findings:
            if item.kind is FindingKind.UNCODED_TURN and item.references:
                reference = summary.references[item.references[0]]
                place = self.checks.place_of(reference)
                if place is not None:
                    found.setdefault(place, reference.text)
        for text, place in self._followed:
            found.setdefault(place, text)
        return [(text, place) for place, text in found.items()]

    def show_place(self, reference: str, place: CitedPlace) -> None:
        """List a turn that a reference points to."""
        self._followed = [(reference, place)]
        self.cited = self._cited_places()
        self.draw()

    def reference_at_cursor(self) -> SummaryReference | None:
        """Return the reference in which the cursor is."""
        return self.area.summary.reference_at(self.area.cursor)

    def _changed(self, change: Change) -> None:
        """Read the cell again. A summary that was changed elsewhere is shown, unless the text here is not saved."""
        session, unsaved = self.session, self.unsaved
        before = session.summary
        numbered = {quoted.passage.coding_id: quoted.reference for quoted in session.shown.quotes}
        try:
            session.refresh()
        except NotFound:
            self._gone()
            return
        self._followed.clear()
        self.checks.renew()
        self._changes = changes_of(session)
        if session.is_changed_elsewhere and not unsaved:
            session.take_over()
        if not unsaved and session.summary != before:
            self.show_text(session.summary)
        quotes = session.shown.quotes
        if unsaved and any(numbered.get(item.passage.coding_id, item.reference) != item.reference for item in quotes):
            self.notify(
                "References to the evidence were renumbered while you wrote: check those in your text before you save.",
                severity="warning",
                timeout=20,
            )
        self.check_now()

    def _gone(self) -> None:
        self.notify("The case or the code of this cell no longer exists.", severity="warning")
        if self.is_current:
            self.dismiss()

    def discard(self) -> None:
        """Put the saved summary back."""
        self.show_text(self.session.summary)

    def _offer_recovered(self) -> None:
        """Offer the words that were not saved when this cell was last open, if there are any."""
        kept = self._recovery.read() if self._recovery else None
        if kept is None or kept.text.strip() == self.session.summary.strip():
            return

        def answered(index: int | None) -> None:
            self._is_asking = False
            if index == 1:
                self.check_now()
            else:
                self.show_text(kept.text)

        self._is_asking = True
        words = " ".join(kept.text.split())
        shown = f"“{words[:200]}{'…' if len(words) > 200 else ''}”"
        question = f"Unsaved words of this cell were kept at {local_time(kept.kept_at)}:\n{shown}"
        self.app.push_screen(ChooseScreen(question, ["Continue with these words", "Discard them"]), answered)


def _unanchored(count: int) -> str:
    if not count:
        return ""
    codings = "1 unanchored coding" if count == 1 else f"{count} unanchored codings"
    return f"{codings} (F8 in the Code view, or “fwa source unanchored”)"


def _finding(item: Finding) -> Text:
    label = "error" if item.severity is Severity.ERROR else "note"
    is_long_list = item.kind is FindingKind.UNCITED_EVIDENCE  # what to do about them is the same for all
    message = f"{item.message.partition('. ')[0]}." if is_long_list else item.message
    return Text.assemble((f"{label}: ", "bold"), message)

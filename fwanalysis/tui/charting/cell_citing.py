"""Citing in a cell: references and quotations are inserted at the cursor, and followed to the words and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.widgets import OptionList

from fwanalysis.analysis.guard import FindingKind
from fwanalysis.domain.text import Span, one_line
from fwanalysis.tui.app_base import Place
from fwanalysis.tui.charting.cell_editor import in_quotation_marks
from fwanalysis.tui.charting.cell_evidence import CITED_PREFIX
from fwanalysis.tui.charting.cell_places import points_to
from fwanalysis.tui.charting.cell_session import NOT_A_CASE
from fwanalysis.tui.charting.cell_view import CellView
from fwanalysis.tui.dialogs.select_one import PickScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fwanalysis.domain.summary_references import SummaryReference
    from fwanalysis.tui.charting.cell_places import CitedPlace


class Citable(NamedTuple):
    """What can be cited.

    Attributes:
        reference: The reference in parentheses.
        words: What may be quoted, turn by turn.
        source_id: Its source.
        position: Where it begins there.
    """

    reference: str
    words: Sequence[str]
    source_id: str
    position: int

    @property
    def quotation(self) -> str:
        """The words in quotation marks, with the reference."""
        *first, last = self.words
        marked = [in_quotation_marks(words, "").rstrip() for words in first]
        return " ".join((*marked, in_quotation_marks(last, self.reference)))


class CellCiting(CellView):
    """A cell in which passages are cited and followed."""

    def action_highlight(self, step: int) -> None:
        """Highlight another passage while the cursor stays in the summary."""
        (self.evidence.action_cursor_down if step > 0 else self.evidence.action_cursor_up)()

    def action_insert_reference(self) -> None:
        """Insert the reference of the highlighted passage at the cursor."""
        self._cite(lambda item: item.reference)

    def action_insert_quotation(self) -> None:
        """Insert the words of the highlighted passage with its reference at the cursor."""
        self._cite(lambda item: item.quotation)

    def _cite(self, form: Callable[[Citable], str]) -> None:
        if self.session.case is None:
            self.notify(NOT_A_CASE, severity="warning")
            return
        if self.evidence.region.area:
            item = self.highlighted()
            if item is None:
                self.notify("No passage is highlighted in the evidence.", severity="warning")
            else:
                self._put_once_typed(form(item))
            return

        def picked(index: int | str | None) -> None:
            if isinstance(index, int):
                self.area.put(form(self._citable(index)))

        answers = [f"{item.reference} {one_line(item.passage.quote)}" for item in self.session.shown.quotes]
        self.app.push_screen(PickScreen("Which passage?", answers), picked)

    def _put_once_typed(self, words: str) -> None:
        """Insert words at the cursor as it is once all typed keys have been handled."""
        self.once_typed(lambda: self.area.put(words))

    def highlighted(self) -> Citable | None:
        """Return the passage or the cited turn that is highlighted in the list."""
        option = self.evidence.highlighted_option
        name = option.id if option is not None else None
        if name is None:
            return None
        if name.startswith(CITED_PREFIX):
            reference, place = self.cited[int(name.removeprefix(CITED_PREFIX))]
            return Citable(f"({reference})", [place.words], place.source_id, place.span.start)
        ids = [item.passage.coding_id for item in self.session.shown.quotes]
        return self._citable(ids.index(name))

    def _citable(self, index: int) -> Citable:
        quoted = self.session.shown.quotes[index]
        passage = quoted.passage
        words = self.session.places.quotable_words(passage)
        return Citable(quoted.reference, words, passage.source_id, passage.start)

    def action_follow(self) -> None:
        """From a reference go to its words, from a passage to where the summary cites it."""
        if self.evidence.has_focus:
            self._follow_passage()
        else:
            self.once_typed(self._follow_reference)

    def _follow_reference(self) -> None:
        reference = self.reference_at_cursor()
        if reference is None:
            self.notify("The cursor is not in a reference such as (P04:12).", severity="warning")
            return
        place = self.checks.place_of(reference)
        name = self._passage_at(reference, place)
        if name is None and place is None:
            self.notify(f"({reference.text}) refers to nothing that exists.", severity="warning", markup=False)
            return
        if name is None and place is not None:
            self.show_place(reference.text, place)
            name = next(f"{CITED_PREFIX}{n}" for n, (_, shown) in enumerate(self.cited) if shown == place)
        self.evidence.highlighted = self.evidence.get_option_index(str(name))
        self.evidence.focus()

    def _passage_at(self, reference: SummaryReference, place: CitedPlace | None) -> str | None:
        """Return the id of the first passage that a reference cites, by its place or else by its name."""
        for quoted in self.session.shown.quotes:
            passage = quoted.passage
            if place is None:
                is_there = points_to(reference, quoted)
            else:
                is_there = passage.source_id == place.source_id and place.span.overlaps(
                    Span(passage.start, passage.end)
                )
            if is_there:
                return passage.coding_id
        return None

    def _follow_passage(self) -> None:
        item = self.highlighted()
        summary = self.area.summary
        option = self.evidence.highlighted_option
        if item is None or option is None:
            return
        quotes = [quoted for quoted in self.session.shown.quotes if quoted.passage.coding_id == option.id]
        found = [
            reference
            for reference in summary.references
            if f"({reference.text})" == item.reference or any(points_to(reference, quoted) for quoted in quotes)
        ]
        if not found:
            self.notify(f"The summary does not cite {item.reference}.", markup=False)
            return
        at = self.area.cursor
        later = [reference for reference in found if reference.span.start > at]
        self.area.go_to((later or found)[0].span)

    def action_next_finding(self) -> None:
        """Go to the next finding in the summary, or to the passage that is not cited."""
        if not self.findings:
            self.notify("No findings." if self.text else "Nothing is written yet.")
            return
        listed = self.query_one("#findings", OptionList)
        at = listed.highlighted
        number = 0 if at is None else (at + 1) % len(self.findings)
        listed.highlighted = number
        self.go_to_finding(number)

    def go_to_finding(self, number: int) -> None:
        """Show what a finding is about."""
        finding = self.findings[number]
        if finding.kind is not FindingKind.UNCITED_EVIDENCE:
            self.area.go_to(finding.span)
            return
        for quoted in self.session.shown.quotes:
            if {quoted.passage.coding_id, quoted.passage.segment_id} & set(finding.ids):
                self.evidence.highlighted = self.evidence.get_option_index(quoted.passage.coding_id)
                return

    def action_code_cited(self) -> None:
        """Code the cited turn at the cursor, or the highlighted one, with the code of this cell."""
        self.once_typed(self._code_cited)

    def _code_cited(self) -> None:
        place = self._cited_place()
        if place is None:
            self.notify("No cited turn without a coding here. F9 goes to the next finding.", severity="warning")
            return
        name = self.session.column.heading
        words = one_line(place.words)[:40]
        done = f"Coded {name}: “{words}”  (u in the Matrix view to undo)"
        self.workbench.attempt(lambda: self.session.code(place), done=done)

    def _cited_place(self) -> CitedPlace | None:
        option = self.evidence.highlighted_option
        if self.evidence.has_focus and option is not None and option.id and option.id.startswith(CITED_PREFIX):
            return self.cited[int(option.id.removeprefix(CITED_PREFIX))][1]
        reference = self.reference_at_cursor()
        at_cursor = [place for text, place in self.cited if reference is not None and text == reference.text]
        if at_cursor:
            return at_cursor[0]
        return self.cited[0][1] if len(self.cited) == 1 else None

    def action_more_context(self) -> None:
        """Show more or less of the turns around each passage."""
        self.more_context = not self.more_context
        self.draw()

    def action_insert_roles(self) -> None:
        """Insert who raised the theme in the group, who agreed, who dissented and who was silent, as a comment."""
        if not self.session.is_group:
            self.notify("This is for the cells of focus groups.", severity="warning")
            return
        roles = str(self.session.group_roles())
        if roles:
            self._put_once_typed(f"[R: {roles}]")
        else:
            self.notify("No participant is known in this group.", severity="warning")

    def open_highlighted(self) -> None:
        """Show the highlighted passage in its source; refused while the summary is not saved."""
        item = self.highlighted()
        if item is None:
            return
        if self.unsaved:
            self.notify(
                "Save the summary first (ctrl+s). Then enter shows the segment in its text.", severity="warning"
            )
            return
        self.dismiss()
        self.workbench.go_to(Place(item.source_id, item.position))

"""The edit screen: correct one turn of a source at a time: its text, its speaker, where it begins and ends.

Each correction is a revision and an undo step. Text that was typed is saved with whatever correction comes next.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Footer, Static

from fwanalysis.domain import corrections
from fwanalysis.domain.corrections import Act
from fwanalysis.domain.sources import TurnKind
from fwanalysis.domain.text import one_line
from fwanalysis.errors import NotFound
from fwanalysis.tui.app_base import Place
from fwanalysis.tui.correcting.edit_session import EditSession
from fwanalysis.tui.correcting.edit_units import (
    describe_codings,
    heading,
    is_between_words,
    labels_for_excluded,
    labels_of,
    speaker_line,
)
from fwanalysis.tui.dialogs.ask import ChooseScreen
from fwanalysis.tui.dialogs.select_one import PickScreen
from fwanalysis.tui.unsaved_changes import UnsavedScreen
from fwanalysis.tui.widgets.wordsarea import WordsArea

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.widgets import TextArea

    from fwanalysis.domain.corrections import Correction
    from fwanalysis.domain.history import Change
    from fwanalysis.domain.sources import Transcript
    from fwanalysis.project import Project

_OF_TURNS = frozenset({"label", "split", "join", "exclude"})
NO_SPEAKER = "No speaker"
_REMOVED = "This source no longer exists"


class EditScreen(UnsavedScreen):
    """Correct the turn at a position, then others; leaving shows the last one in the Code view."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "save", "Save", key_display="^s", priority=True, id="edit.save"),
        Binding("f4", "label", "Speaker", key_display="F4", priority=True, id="edit.label"),
        Binding("f5", "split", "Split", key_display="F5", priority=True, id="edit.split"),
        Binding("f6", "join", "Join next", key_display="F6", priority=True, id="edit.join"),
        Binding("f7", "exclude", "Exclude", key_display="F7", priority=True, id="edit.exclude"),
        Binding("f8", "unanchored", "Unanchored", key_display="F8", priority=True, id="edit.unanchored"),
        Binding("ctrl+up,f9", "turn(-1)", "Previous turn", show=False, priority=True, id="edit.previous"),
        Binding("ctrl+down,f10", "turn(1)", "Next turn", show=False, priority=True, id="edit.next"),
        Binding("f1", "app.help", "Help", show=False, priority=True, id="edit.help"),
        Binding("escape", "back", "Back", id="edit.back"),
        Binding("ctrl+q", "app.quit", "Quit", show=False, priority=True, id="edit.leave"),
    ]

    def __init__(self, project: Project, source_id: str, position: int) -> None:
        super().__init__()
        self.project = project
        self._session = EditSession(project, source_id, position)
        self._came = position
        self._message = ""

    @property
    def area(self) -> WordsArea:
        """Where the text is typed."""
        return self.query_one(WordsArea)

    @property
    def unsaved(self) -> bool:
        """Whether the text differs from what is saved."""
        return self.area.words.strip() != self._session.saved_text.strip()

    @property
    def _position(self) -> int:
        """Where the cursor is in the text, or would be once the text is saved."""
        words = self.area.words
        return self._session.unit.start + max(0, self.area.cursor - (len(words) - len(words.lstrip())))

    def compose(self) -> ComposeResult:
        """Lay out the heading, the text, and the codings on it."""
        yield Static(id="heading", markup=False)
        yield WordsArea(id="words")
        with VerticalScroll(id="codings"):
            yield Static(id="passages", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Show the turn, with the cursor where the caret was in the Code view."""
        self.workbench.changed.subscribe(self, self._changed)
        self.query_one("#codings").can_focus = False
        self._show(self._came)
        self.area.focus()

    def _show(self, position: int) -> None:
        """Show the unit at *position* with the cursor there."""
        session = self._session
        session.move_to(position)
        if self.area.words != session.saved_text:
            self.area.words = session.saved_text
        self.area.cursor = position - session.unit.start
        self._draw()

    def _draw(self) -> None:
        try:
            self._session.read_codings()
        except NotFound:
            self._removed()
            return
        self._draw_heading()
        self._draw_codings()
        self.refresh_bindings()

    def _draw_heading(self) -> None:
        session = self._session
        line = heading(session.transcript, session.units, session.at)
        if self._message:
            line.append(f" {self._message}")
        elif self.unsaved:
            line.append(" Not saved: ctrl+s saves", style="italic")
        else:
            line.append(" ctrl+↑ ctrl+↓ go to other turns, F1 lists the keys", style="dim")
        self.query_one("#heading", Static).update(line)

    def _draw_codings(self) -> None:
        session = self._session
        if session.codebook is None:
            return  # nothing could be read yet
        lines = describe_codings(
            session.evidence, session.transcript, session.unit, self.area.words, session.codebook, session.coders
        )
        box = self.query_one("#codings")
        count = len(session.evidence)
        box.display = bool(count)
        box.border_title = f"{count} coding{'s' * (count != 1)} on this text"
        self.query_one("#passages", Static).update(lines)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Show that the text is not saved, and which codings the change affects."""
        if self.unsaved:
            self._message = ""
        self._draw_heading()
        self._draw_codings()

    def on_screen_resume(self) -> None:
        """Follow what changed while another screen was in front."""
        self._follow()

    def _changed(self, change: Change) -> None:
        if self.app.screen is self:
            self._follow()

    def _follow(self) -> None:
        try:
            present = self._session.newest()
        except NotFound:
            self._removed()
            return
        if present.revision.id == self._session.transcript.revision.id:
            self._session.transcript = present
            self._draw()
        else:
            self._follow_revision(present)

    def _removed(self) -> None:
        """Leave, as the source was removed; but not with unsaved text."""
        if self.unsaved:
            self._message = f"{_REMOVED}; copy your text, then press esc."
            self._draw_heading()
        elif self.is_current:
            self.notify(f"{_REMOVED}.", severity="warning")
            self.dismiss()

    def _follow_revision(self, present: Transcript) -> None:
        """Go over to a revision that was made elsewhere; unsaved text stays."""
        unsaved, saved = self.unsaved, self._session.saved_text
        position = self._session.follow(present, self._position)
        if not unsaved:
            self._show(position)
            return
        if self._session.saved_text == saved:
            self._message = "The source was corrected elsewhere; your text is kept, ctrl+s saves it."
        else:
            now = one_line(self._session.saved_text)[:40]
            self._message = f"This was changed elsewhere to “{now}”; ctrl+s replaces it with your text."
        self._draw()

    def once_typed(self, act: Callable[[], object]) -> None:
        """Do something once all that was typed has arrived."""
        self.area.call_later(act)

    def _soon(self, act: Callable[[], object]) -> None:
        """Begin a correction once all that was typed has arrived, unless a dialog has opened by then."""

        def begin() -> None:
            if self.app.screen is self:
                self._session.begin()
                act()

        self.once_typed(begin)

    def _correct(
        self,
        act: Act,
        make: Callable[[Correction], Correction],
        position: int,
        done: str = "",
        label: str | None = None,
    ) -> bool:
        """Save what *make* makes of the source with the typed text, then show the turn at *position*."""
        typed = self.area.words if self.unsaved else None

        def correct() -> None:
            self._message = done + self._session.correct(act, make, typed, label)

        if not self.workbench.attempt(correct):
            self._follow()
            return False
        self._show(position)
        return True

    def action_save(self) -> None:
        """Save the text."""
        self._soon(self._save)

    def _save(self) -> bool:
        if not self.unsaved:
            self._message = "Nothing was changed."
            self._draw_heading()
            return True
        return self._correct(Act.TEXT, lambda typed: typed, self._position)

    def action_label(self) -> None:
        """Give the turn another speaker."""
        self._soon(self._label)

    def _label(self) -> None:
        index = self._session.unit.index or 0

        def relabel(label: str | None) -> None:
            make = partial(corrections.relabel, index=index, label=label)
            self._correct(Act.RELABEL, make, self._position, f"Speaker: {label or 'none'}. ", label)

        self._ask_label("Who speaks in this turn?", relabel)

    def _ask_label(
        self, question: str, then: Callable[[str | None], object], labels: Sequence[str] | None = None
    ) -> None:
        """Ask for a speaker; the present one is last in the list, as the others are more likely."""
        labels = labels_of(self._session.transcript, self._session.turn) if labels is None else labels
        answers = [*labels, NO_SPEAKER]

        def picked(choice: int | str | None) -> None:
            if isinstance(choice, str):
                then(choice)
            elif choice is not None:
                then(labels[choice] if choice < len(labels) else None)

        self.app.push_screen(PickScreen(question, answers, new="New speaker"), picked)

    def action_split(self) -> None:
        """Begin a new turn at the cursor."""
        self._soon(self._split)

    def _split(self) -> None:
        session = self._session
        turn, at, index = session.turn, self._position, session.unit.index or 0
        words = self.area.words.strip()
        offset = at - session.unit.start
        if not is_between_words(words, offset):
            self.notify("Put the cursor between words, where the second turn begins.", severity="warning")
            return

        def split(label: str | None) -> None:
            make = partial(corrections.split, index=index, at=at, label=label)
            self._correct(Act.SPLIT, make, at + len(words[offset:]) - len(words[offset:].lstrip()), "Split. ")

        if turn is not None and turn.kind is not TurnKind.SPEECH:
            split(None)
        else:
            begins = one_line(words[offset:])
            self._ask_label(f"Who says “{begins[:44]}{'…' * (len(begins) > 44)}”?", split)

    def action_join(self) -> None:
        """Join the next turn to this one; ask if its speaker is another."""
        self._soon(self._join)

    def _join(self) -> None:
        if not self.check_action("join", ()):
            return  # another coder's correction made it the last turn
        transcript = self._session.transcript
        index, turns = self._session.unit.index or 0, transcript.turns
        this, following = turns[index], turns[index + 1]

        def join() -> None:
            self._correct(Act.JOIN, partial(corrections.join, index=index), self._position, "Joined. ")

        if (this.speaker_id, this.kind) == (following.speaker_id, following.kind):
            join()
            return
        own, other = (speaker_line(transcript, turn).split(" at ")[0] or "excluded text" for turn in (this, following))
        self.app.push_screen(
            ChooseScreen(
                f"The next turn has another speaker: {other}.",
                ["Keep the turns apart", f"Join them; all the text then belongs to {own}"],
            ),
            lambda answer: join() if answer == 1 else None,
        )

    def action_exclude(self) -> None:
        """Exclude the turn, as it is no speech; or include text that was excluded."""
        self._soon(self._exclude)

    def _exclude(self) -> None:
        session = self._session
        turn, index = session.turn, session.unit.index or 0
        if turn is not None and turn.kind is TurnKind.SPEECH:
            self._correct(Act.EXCLUDE, partial(corrections.exclude, index=index), self._position, "Excluded. ")
            return

        def include(label: str | None) -> None:
            make = partial(corrections.include, index=index, label=label)
            self._correct(Act.INCLUDE, make, self._position, "Included. ", label)

        self._ask_label("Who speaks here?", include, labels_for_excluded(session.transcript, index))

    def action_unanchored(self) -> None:
        """Show the unanchored segments."""
        from fwanalysis.tui.correcting.unanchored import UnanchoredScreen

        def show() -> None:
            self._message = ""
            self.app.push_screen(UnanchoredScreen(self.project, self._session.transcript.source.id))

        self.ask_unless_saved(show)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Outside the turns only the text can be changed; the last turn has no next one to join."""
        session = self._session
        if action == "unanchored":
            return session.unanchored > 0
        if action == "join":
            return session.unit.index is not None and session.unit.index + 1 < len(session.transcript.turns)
        return action not in _OF_TURNS or session.unit.index is not None

    def action_turn(self, step: int) -> None:
        """Go to the next or previous turn."""
        target = self._session.at + step
        if not 0 <= target < len(self._session.units):
            self.notify("This is the last turn." if step > 0 else "This is the first turn.", timeout=2)
            return
        self.ask_unless_saved(lambda: self._go(step))

    def _go(self, step: int) -> None:
        self._message = ""
        target = min(max(0, self._session.at + step), len(self._session.units) - 1)
        self._show(self._session.units[target].start)

    def action_back(self) -> None:
        """Go back to the text; ask first if there is unsaved text."""
        self.ask_unless_saved(self._back)

    def _back(self) -> None:
        if self._position != self._came:
            self.workbench.asked_for = Place(self._session.transcript.source.id, self._position)
        self.dismiss()

    def ask_unless_saved(self, go: Callable[[], object]) -> None:
        """Continue with *go*; ask first if there is unsaved text."""
        self._soon(lambda: self._ask_unless_saved(go))

    def _ask_unless_saved(self, go: Callable[[], object]) -> None:
        if not self.unsaved:
            go()
            return

        def answered(index: int | None) -> None:
            if index == 2:
                self.area.words = self._session.saved_text
            if index == 2 or (index == 1 and self._save()):
                go()

        answers = ["Keep editing", "Save the text", "Discard changes"]
        self.app.push_screen(ChooseScreen("The text is not saved.", answers), answered)

"""The edit mode: one turn of a source at a time, its words, its speaker, and where it begins and ends. Each act is a
revision and a step of undo; words that were typed go with whatever act comes next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Footer, Static

from fwanalysis.domain import corrections
from fwanalysis.domain.corrections import Act
from fwanalysis.domain.sources import TurnKind
from fwanalysis.domain.text import Span, one_line
from fwanalysis.errors import Conflict, NotFound
from fwanalysis.tui.app_base import Place
from fwanalysis.tui.correcting.edit_units import (
    heading,
    is_between_words,
    labels_for_aside,
    labels_of,
    outcome,
    passages,
    stretch_at,
    stretches_of,
    turn_of,
    voice,
    with_words,
)
from fwanalysis.tui.dialogs.ask import ChooseScreen
from fwanalysis.tui.dialogs.select_one import PickScreen
from fwanalysis.tui.transcript.reposition import carried
from fwanalysis.tui.unsaved_changes import UnsavedScreen
from fwanalysis.tui.widgets.wordsarea import WordsArea

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.app import ComposeResult
    from textual.widgets import TextArea

    from fwanalysis.domain.codebook import Codebook
    from fwanalysis.domain.codings import Evidence
    from fwanalysis.domain.corrections import Correction
    from fwanalysis.domain.history import Change
    from fwanalysis.domain.sources import Transcript, Turn
    from fwanalysis.project import Project
    from fwanalysis.tui.correcting.edit_units import Stretch

_OF_TURNS = frozenset({"label", "split", "join", "aside"})
NOBODY = "Nobody: no speaker is marked"


class EditScreen(UnsavedScreen):
    """Correct the turn at a place, then others; leaving shows the last one at the coding desk."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "save", "Save", key_display="^s", priority=True, id="edit.save"),
        Binding("f4", "label", "Speaker", key_display="F4", priority=True, id="edit.label"),
        Binding("f5", "split", "Split", key_display="F5", priority=True, id="edit.split"),
        Binding("f6", "join", "Join next", key_display="F6", priority=True, id="edit.join"),
        Binding("f7", "aside", "Aside", key_display="F7", priority=True, id="edit.aside"),
        Binding("f8", "unplaced", "To place", key_display="F8", priority=True, id="edit.unplaced"),
        Binding("ctrl+up,f9", "turn(-1)", "Previous turn", show=False, priority=True, id="edit.previous"),
        Binding("ctrl+down,f10", "turn(1)", "Next turn", show=False, priority=True, id="edit.next"),
        Binding("f1", "app.help", "Help", show=False, priority=True, id="edit.help"),
        Binding("escape", "back", "Back", id="edit.back"),
        Binding("ctrl+q", "app.quit", "Quit", show=False, priority=True, id="edit.leave"),
    ]

    def __init__(self, project: Project, source_id: str, position: int) -> None:
        super().__init__()
        self.project = project
        self._transcript: Transcript = project.sources.transcript(source_id)
        self._stretches: Sequence[Stretch] = stretches_of(self._transcript)
        self._at = stretch_at(self._stretches, position)
        self._came = position
        self._evidence: Sequence[Evidence] = ()
        self._codebook: Codebook | None = None
        self._coders: Mapping[str, str] = {}
        self._unplaced = 0
        self._said = ""
        self._seen = self._transcript.revision.id  # when the present act was begun

    @property
    def area(self) -> WordsArea:
        """Where the words are typed."""
        return self.query_one(WordsArea)

    @property
    def _stretch(self) -> Stretch:
        return self._stretches[self._at]

    @property
    def _turn(self) -> Turn | None:
        return turn_of(self._transcript, self._stretch)

    @property
    def _kept(self) -> str:
        """The words as they are kept."""
        return self._transcript.text[self._stretch.start : self._stretch.end]

    @property
    def unsaved(self) -> bool:
        """Whether the words are not as they are kept."""
        return self.area.words.strip() != self._kept.strip()

    @property
    def _position(self) -> int:
        """Where the cursor stands in the text, or would once the words are saved."""
        words = self.area.words
        return self._stretch.start + max(0, self.area.cursor - (len(words) - len(words.lstrip())))

    def compose(self) -> ComposeResult:
        """Where this is, the words, and the passages that rest on them."""
        yield Static(id="heading", markup=False)
        yield WordsArea(id="words")
        with VerticalScroll(id="rests"):
            yield Static(id="passages", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Show the turn, the cursor at the caret of the desk."""
        self.workbench.changed.subscribe(self, self._changed)
        self.query_one("#rests").can_focus = False
        self._show(self._came)
        self.area.focus()

    # What is shown

    def _show(self, position: int) -> None:
        """Show the stretch that *position* is in, the cursor there."""
        self._at = stretch_at(self._stretches, position)
        if self.area.words != self._kept:
            self.area.words = self._kept
        self.area.cursor = position - self._stretch.start
        self._draw()

    def _draw(self) -> None:
        source_id, span = self._transcript.source.id, Span(self._stretch.start, self._stretch.end)
        try:
            evidence = self.project.codings.of_source(source_id)
            self._unplaced = self.project.sources.count_unanchored(source_id)
        except NotFound:
            self._gone()
            return
        self._evidence = [item for item in evidence if item.anchor.span.overlaps(span)]
        self._codebook, self._coders = self.project.codebook.tree(), self.project.codings.coders()
        self._draw_heading()
        self._draw_passages()
        self.refresh_bindings()

    def _draw_heading(self) -> None:
        told = heading(self._transcript, self._stretches, self._at)
        if self._said:
            told.append(f" {self._said}")
        elif self.unsaved:
            told.append(" Not saved yet: ctrl+s saves", style="italic")
        else:
            told.append(" ctrl+↑ ctrl+↓ go to other turns, F1 lists the keys", style="dim")
        self.query_one("#heading", Static).update(told)

    def _draw_passages(self) -> None:
        if self._codebook is None:
            return  # nothing could be read yet
        told = passages(self._evidence, self._transcript, self._stretch, self.area.words, self._codebook, self._coders)
        rests = self.query_one("#rests")
        rests.display = bool(self._evidence)
        count = len(self._evidence)
        rests.border_title = f"{count} coding{'s' * (count != 1)} on these words"
        self.query_one("#passages", Static).update(told)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Say that the words are not saved, and which passages they would touch."""
        if self.unsaved:
            self._said = ""
        self._draw_heading()
        self._draw_passages()

    def on_screen_resume(self) -> None:
        """Catch up with what changed while another screen was in front."""
        self._look()

    def _changed(self, change: Change) -> None:
        if self.app.screen is self:
            self._look()

    def _look(self) -> None:
        try:
            present = self.project.sources.transcript(self._transcript.source.id)
        except NotFound:
            self._gone()
            return
        if present.revision.id == self._transcript.revision.id:
            self._transcript = present
            self._draw()
        else:
            self._catch_up(present)

    def _gone(self) -> None:
        """Go, as the source did; but not with words that were typed."""
        if self.unsaved:
            self._said = "This source is there no more; copy what you wrote, then esc."
            self._draw_heading()
        elif self.is_current:
            self.notify("This source is there no more.", severity="warning")
            self.dismiss()

    def _catch_up(self, present: Transcript) -> None:
        """Go over to a revision that was made elsewhere; what was typed stays."""
        unsaved, was, position = self.unsaved, self._kept, self._position
        start = carried(self._transcript, present, self._stretch.start)
        position = position if unsaved else carried(self._transcript, present, position)
        self._transcript, self._stretches = present, stretches_of(present)
        if not unsaved:
            self._show(position)
            return
        self._at = stretch_at(self._stretches, start)
        if self._kept == was:
            self._said = "Corrected elsewhere meanwhile; your words are kept, ctrl+s saves them."
        else:
            self._said = (
                f"This was changed meanwhile, to “{one_line(self._kept)[:40]}”; ctrl+s puts yours in its place."
            )
        self._draw()

    # Acts

    def once_typed(self, act: Callable[[], object]) -> None:
        """Do something once all that was typed has arrived."""
        self.area.call_later(act)

    def _soon(self, act: Callable[[], object]) -> None:
        """Begin an act once all that was typed has arrived, unless another has asked something meanwhile."""

        def begin() -> None:
            if self.app.screen is self:
                self._seen = self._transcript.revision.id
                act()

        self.once_typed(begin)

    def _typed(self) -> Correction:
        """The source as it is, with the words that were typed."""
        before = corrections.correction_of(self._transcript)
        return with_words(before, self._stretch, self.area.words) if self.unsaved else before

    def _correct(
        self,
        act: Act,
        make: Callable[[Correction], Correction],
        position: int,
        done: str = "",
        label: str | None = None,
    ) -> bool:
        """Save what *make* makes of the source as it is typed, then show the turn at *position*."""
        source_id, told, index = self._transcript.source.id, [], self._stretch.index
        what = "" if index is None else corrections.told(act, self._transcript, index, label)

        def correct() -> None:
            if self._seen != self._transcript.revision.id:
                raise Conflict("The source was corrected elsewhere meanwhile; look again and repeat.")
            report = self.project.sources.correct(source_id, make(self._typed()), seen=self._seen, what=what)
            told.append(f"{done}{outcome(report)}")
            if report.uncertain or report.not_found:
                told.append("(F8 shows)")

        if not self.workbench.attempt(correct):
            self._look()
            return False
        self._transcript = self.project.sources.transcript(source_id)
        self._stretches = stretches_of(self._transcript)
        self._said = " ".join(told)
        self._show(position)
        return True

    def action_save(self) -> None:
        """Save the words."""
        self._soon(self._save)

    def _save(self) -> bool:
        if not self.unsaved:
            self._said = "Nothing was changed."
            self._draw_heading()
            return True
        return self._correct(Act.WORDS, lambda typed: typed, self._position)

    def action_label(self) -> None:
        """Give the turn to another speaker."""
        self._soon(self._label)

    def _label(self) -> None:
        index = self._stretch.index or 0

        def relabel(label: str | None) -> None:
            make = partial(corrections.relabel, index=index, label=label)
            self._correct(Act.RELABEL, make, self._position, f"Now {label or 'nobody'}’s. ", label)

        self._ask_label("Who speaks in this turn?", relabel)

    def _ask_label(
        self, question: str, then: Callable[[str | None], object], labels: Sequence[str] | None = None
    ) -> None:
        """Ask for a speaker; the one of this turn stands last of those there are, since the others are wanted more."""
        labels = labels_of(self._transcript, self._turn) if labels is None else labels
        answers = [*labels, NOBODY]

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
        turn, at, index = self._turn, self._position, self._stretch.index or 0
        words = self.area.words.strip()
        offset = at - self._stretch.start
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
        """Make one turn of this and the next; ask if another speaks there."""
        self._soon(self._join)

    def _join(self) -> None:
        if not self.check_action("join", ()):
            return  # it was the last meanwhile
        index, turns = self._stretch.index or 0, self._transcript.turns
        this, following = turns[index], turns[index + 1]

        def join() -> None:
            self._correct(Act.JOIN, partial(corrections.join, index=index), self._position, "Joined. ")

        if (this.speaker_id, this.kind) == (following.speaker_id, following.kind):
            join()
            return
        whose = [voice(self._transcript, turn).split(" at ")[0] or "set aside" for turn in (this, following)]
        self.app.push_screen(
            ChooseScreen(
                f"The next turn is another’s: {whose[1]}.",
                ["Leave the turns apart", f"Join them; all words are then of this turn: {whose[0]}"],
            ),
            lambda answer: join() if answer == 1 else None,
        )

    def action_aside(self) -> None:
        """Set the turn aside, as no speech; or make speech of what was set aside."""
        self._soon(self._aside)

    def _aside(self) -> None:
        turn, index = self._turn, self._stretch.index or 0
        if turn is not None and turn.kind is TurnKind.SPEECH:
            self._correct(Act.EXCLUDED, partial(corrections.set_aside, index=index), self._position, "Set aside. ")
            return

        def speak(label: str | None) -> None:
            make = partial(corrections.make_speech, index=index, label=label)
            self._correct(Act.SPEECH, make, self._position, "Now speech. ", label)

        self._ask_label("Who speaks here?", speak, labels_for_aside(self._transcript, index))

    def action_unplaced(self) -> None:
        """Show the passages that wait for a place."""
        from fwanalysis.tui.correcting.unanchored import UnanchoredScreen

        def show() -> None:
            self._said = ""
            self.app.push_screen(UnanchoredScreen(self.project, self._transcript.source.id))

        self.ask_unless_saved(show)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where there is no turn only words are edited; the last cannot be joined with a next."""
        if action == "unplaced":
            return self._unplaced > 0
        if action == "join":
            return self._stretch.index is not None and self._stretch.index + 1 < len(self._transcript.turns)
        return action not in _OF_TURNS or self._stretch.index is not None

    # Going on, and leaving

    def action_turn(self, step: int) -> None:
        """Go to the next or previous turn."""
        target = self._at + step
        if not 0 <= target < len(self._stretches):
            self.notify("This is the last turn." if step > 0 else "This is the first turn.", timeout=2)
            return
        self.ask_unless_saved(lambda: self._go(step))

    def _go(self, step: int) -> None:
        self._said = ""
        target = min(max(0, self._at + step), len(self._stretches) - 1)
        self._show(self._stretches[target].start)

    def action_back(self) -> None:
        """Go back to the text; ask what becomes of words that are not saved."""
        self.ask_unless_saved(self._back)

    def _back(self) -> None:
        if self._position != self._came:
            self.workbench.asked_for = Place(self._transcript.source.id, self._position)
        self.dismiss()

    def ask_unless_saved(self, go: Callable[[], object]) -> None:
        """Go on; ask before what becomes of words that are not saved."""
        self._soon(lambda: self._ask_unless_saved(go))

    def _ask_unless_saved(self, go: Callable[[], object]) -> None:
        if not self.unsaved:
            go()
            return

        def answered(index: int | None) -> None:
            if index == 2:
                self.area.words = self._kept
            if index == 2 or (index == 1 and self._save()):
                go()

        answers = ["Go on writing", "Save the words", "Throw what I wrote away"]
        self.app.push_screen(ChooseScreen("The words are not saved.", answers), answered)

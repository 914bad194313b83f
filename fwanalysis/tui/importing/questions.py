"""What can be chosen for a file of an import, and for a speaker in it: questions are values, answers are choices."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from fwanalysis.domain.sources import Role, SourceKind
from fwanalysis.errors import InvalidInput
from fwanalysis.tui.importing.batch import free_labels, merged, of_speaker, with_speaker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.app import ComposeResult

    from fwanalysis.domain.importing import FileChoices, ImportReport, SpeakerChoice

GUESSED = "as guessed"
_ENCODINGS = ("utf-8", "cp1252", "latin-1", "utf-16", "mac-roman")


@dataclass(frozen=True, slots=True)
class Naming:
    """A question answered by a name; ``settle`` makes the choices of it. InvalidInput for a name that will not do."""

    question: str
    value: str
    hint: str
    settle: Callable[[str], FileChoices]


@dataclass(frozen=True, slots=True)
class Picking:
    """A question answered by one of several things: each answer with the choices it makes, or what is asked next."""

    question: str
    answers: tuple[tuple[str, FileChoices | Naming], ...]
    present: int = 0


@dataclass(frozen=True, slots=True)
class Matter:
    """What is asked about: a file, the source of it that is shown, what was chosen so far, and the speaker under the
    cursor if there is one."""

    report: ImportReport
    source: int
    choices: FileChoices
    label: str | None
    readers: Sequence[tuple[str, str]]
    speaker_formats: Mapping[str, str]

    @property
    def name(self) -> str:
        """How questions call the file."""
        return self.report.name or self.report.path.rpartition("/")[2]


def question(what: str, matter: Matter) -> Picking | Naming:
    """The question about one thing (``style``, ``role``, ...). InvalidInput if it makes no sense here."""
    sources = matter.report.sources
    if what in ("style", "kind", "case") and not sources:
        raise InvalidInput(f"Nothing was read of {matter.name}; r and e read it in another way.")
    if what in ("role", "person", "merge") and matter.label is None:
        raise InvalidInput("There is no speaker to choose this for; the table of speakers has none.")
    return _QUESTIONS[what](matter)


def _reader(matter: Matter) -> Picking:
    def reading(name: str | None) -> FileChoices:
        return replace(matter.choices, input_format=name, speaker_format=None, speakers={})

    answers = [(GUESSED, reading(None))]
    answers += [(f"{name:<6} {told}", reading(name)) for name, told in matter.readers]
    names = [None, *(name for name, _ in matter.readers)]
    return Picking(f"Read {matter.name} as what?", tuple(answers), names.index(matter.choices.input_format))


def _style(matter: Matter) -> Picking:
    source = matter.report.sources[matter.source]

    def marked(speaker_format: str | None) -> FileChoices:
        return replace(matter.choices, speaker_format=speaker_format, speakers={})

    def told(speaker_format: str) -> str:
        return (
            f"{speaker_format}: {matter.speaker_formats[speaker_format]}"
            if speaker_format in matter.speaker_formats
            else speaker_format
        )

    speaker_formats = list(dict.fromkeys([*source.speaker_formats, "none"]))
    speaker_formats = [speaker_format for speaker_format in speaker_formats if speaker_format != source.speaker_format]
    answers: list[tuple[str, FileChoices]] = [(f"{told(source.speaker_format)} (as now)", matter.choices)]
    if matter.choices.speaker_format is not None:
        answers.append((GUESSED, marked(None)))
    answers += [(told(speaker_format), marked(speaker_format)) for speaker_format in speaker_formats]
    if named := matter.choices.speaker_labels:
        listed = ", ".join(f"“{label}”" for label in sorted(named))
        answers.append((f"without the labels that you made speakers: {listed}", without_labels(matter.choices)))
    return Picking(f"How are speakers marked in {matter.name}?", tuple(answers))


def without_labels(choices: FileChoices) -> FileChoices:
    """The choices without labels that are speakers because the user says so."""
    return replace(choices, speaker_labels=frozenset())


def _encoding(matter: Matter) -> Picking:
    def encoded(name: str | None) -> FileChoices:
        return replace(matter.choices, encoding=name)

    def named(name: str) -> FileChoices:
        try:
            codecs.lookup(name)
        except (LookupError, ValueError):
            raise InvalidInput(f"No encoding is called “{name}”; utf-8, cp1250 or shift_jis are.") from None
        return encoded(name)

    other = Naming("The name of the encoding?", matter.choices.encoding or "", "cp1250, shift_jis, ...", named)
    answers: list[tuple[str, FileChoices | Naming]] = [(GUESSED, encoded(None))]
    answers += [(name, encoded(name)) for name in _ENCODINGS]
    answers.append(("another, by its name", other))
    names = [None, *_ENCODINGS]
    present = names.index(matter.choices.encoding) if matter.choices.encoding in names else len(names)
    return Picking(f"In which encoding is {matter.name}?", tuple(answers), present)


def _kind(matter: Matter) -> Picking:
    kinds = tuple(SourceKind)
    answers = [(str(kind), replace(matter.choices, kind=kind)) for kind in kinds]
    answers.append((GUESSED, replace(matter.choices, kind=None)))
    present = kinds.index(matter.report.sources[matter.source].kind)
    return Picking(f"What is {matter.name} a record of?", tuple(answers), present)


def _case(matter: Matter) -> Naming:
    present = matter.report.sources[matter.source].case
    return Naming(
        f"Which case is {matter.name} a record of?",
        matter.choices.case or present or "",
        "empty: as guessed",
        lambda name: replace(matter.choices, case=name or None),
    )


def _role(matter: Matter) -> Picking:
    label, choices = matter.label or "", matter.choices
    now = next((voice.role for voice in matter.report.sources[matter.source].speakers if voice.label == label), None)

    def given(role: Role | None) -> FileChoices:
        return with_speaker(choices, label, replace(of_speaker(choices, label), role=role, excluded=False, into=None))

    roles = tuple(Role)
    answers = [(str(role), given(role)) for role in roles]
    answers.append((GUESSED, given(None)))
    return Picking(
        f"What is “{label}” in {matter.name}?", tuple(answers), roles.index(now) if now is not None else len(roles)
    )


def _person(matter: Matter) -> Naming:
    label, choices = matter.label or "", matter.choices
    voices = matter.report.sources[matter.source].speakers
    heard = next((voice for voice in voices if voice.label == label), None)
    if heard is None or heard.role is not Role.PARTICIPANT:
        raise InvalidInput(f"Only a participant has a case; give “{label}” that role first (o).")
    now = heard.case
    return Naming(
        f"Which case is “{label}”?",
        now or "",
        "empty: nobody's",
        lambda name: with_speaker(choices, label, replace(of_speaker(choices, label), case=name)),
    )


def _merge(matter: Matter) -> Picking:
    label, choices = matter.label or "", matter.choices
    others = free_labels(matter.report.sources[matter.source], label)
    answers = [(other, merged(choices, label, other)) for other in others]
    if of_speaker(choices, label).into is not None:
        answers.insert(0, ("a speaker of its own", merged(choices, label, None)))
    if not answers:
        raise InvalidInput(f"There is no other speaker that “{label}” could be a spelling of.")
    return Picking(f"“{label}” is only another spelling of:", tuple(answers))


_QUESTIONS: dict[str, Callable[[Matter], Picking | Naming]] = {
    "reader": _reader,
    "style": _style,
    "encoding": _encoding,
    "kind": _kind,
    "case": _case,
    "role": _role,
    "person": _person,
    "merge": _merge,
}


def everywhere(label: str, of: FileChoices, into: FileChoices) -> FileChoices:
    """The choices of another file with what was chosen for a label in one."""
    picked: SpeakerChoice = of_speaker(of, label)
    return with_speaker(
        into, label, replace(picked, into=of_speaker(into, label).into if not picked.excluded else None)
    )


class NameScreen(ModalScreen["str | None"]):
    """A name, completed from those there are; dismissed with it (it may be empty), or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Cancel", id="name.cancel")]

    def __init__(self, naming: Naming, known: Sequence[str]) -> None:
        super().__init__()
        self._naming = naming
        self._known = known

    def compose(self) -> ComposeResult:
        """The question and the line."""
        with Vertical(classes="dialog", id="name"):
            yield Static(self._naming.question, classes="question", markup=False)
            yield Input(
                self._naming.value,
                placeholder=self._naming.hint,
                suggester=SuggestFromList(self._known, case_sensitive=False) if self._known else None,
            )
            told = f"enter done   → complete   esc cancel   ({self._naming.hint})"
            yield Static(told, classes="keys", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give back the name."""
        self.dismiss(event.value.strip())

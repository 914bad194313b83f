"""What can be chosen for a file of an import, and for a speaker in it: questions are values, answers are choices."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fwanalysis.domain.sources import Role, SourceKind
from fwanalysis.errors import InvalidInput
from fwanalysis.tui.importing.batch import free_labels, merged, of_speaker, with_speaker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fwanalysis.domain.importing import FileChoices, ImportReport, SourceReport, SpeakerChoice

DETECTED = "as detected"
_ENCODINGS = ("utf-8", "cp1252", "latin-1", "utf-16", "mac-roman")


@dataclass(frozen=True, slots=True)
class Naming:
    """A question answered by a name.

    Attributes:
        question: As it is shown.
        value: The name to begin with.
        hint: What an empty line means, or examples.
        choices_of: Makes the choices from the name; raises InvalidInput for an unusable one.
    """

    question: str
    value: str
    hint: str
    choices_of: Callable[[str], FileChoices]


@dataclass(frozen=True, slots=True)
class Choosing:
    """A question answered by one of several answers, each with the choices it makes, or with the next question."""

    question: str
    answers: tuple[tuple[str, FileChoices | Naming], ...]
    present: int = 0


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is about.

    Attributes:
        report: The file.
        source: Which of its sources is shown.
        choices: What was chosen so far.
        label: The speaker under the cursor, if any.
        input_formats: Names and descriptions of the formats that files can be read as.
        speaker_formats: Descriptions of the forms of speaker labels, by name.
    """

    report: ImportReport
    source: int
    choices: FileChoices
    label: str | None
    input_formats: Sequence[tuple[str, str]]
    speaker_formats: Mapping[str, str]

    @property
    def name(self) -> str:
        """The name of the file in questions."""
        return self.report.name or self.report.path.rpartition("/")[2]

    @property
    def shown(self) -> SourceReport:
        """The source that is shown."""
        return self.report.sources[self.source]


def question(what: str, subject: Subject) -> Choosing | Naming:
    """Return the question about one option (``speaker-format``, ``role``, ...). InvalidInput if it has none."""
    if what in ("speaker-format", "kind", "case") and not subject.report.sources:
        raise InvalidInput(f"No text was read from {subject.name}. Press r or e to choose another format or encoding.")
    if what in ("role", "person", "merge") and subject.label is None:
        raise InvalidInput("There is no speaker under the cursor.")
    return _QUESTIONS[what](subject)


# About the file


def _input_format(subject: Subject) -> Choosing:
    def read_as(name: str | None) -> FileChoices:
        return replace(subject.choices, input_format=name, speaker_format=None, speakers={})

    answers = [(DETECTED, read_as(None))]
    answers += [(f"{name:<6} {description}", read_as(name)) for name, description in subject.input_formats]
    names = [None, *(name for name, _ in subject.input_formats)]
    present = names.index(subject.choices.input_format)
    return Choosing(f"Read {subject.name} as which format?", tuple(answers), present)


def _speaker_format(subject: Subject) -> Choosing:
    source = subject.shown

    def read_with(name: str | None) -> FileChoices:
        return replace(subject.choices, speaker_format=name, speakers={})

    def described(name: str) -> str:
        return f"{name}: {subject.speaker_formats[name]}" if name in subject.speaker_formats else name

    others = [name for name in dict.fromkeys([*source.speaker_formats, "none"]) if name != source.speaker_format]
    answers: list[tuple[str, FileChoices]] = [(f"{described(source.speaker_format)} (now)", subject.choices)]
    if subject.choices.speaker_format is not None:
        answers.append((DETECTED, read_with(None)))
    answers += [(described(name), read_with(name)) for name in others]
    if named := subject.choices.speaker_labels:
        listed = ", ".join(f"“{label}”" for label in sorted(named))
        answers.append((f"without the labels that you made speakers: {listed}", without_labels(subject.choices)))
    return Choosing(f"How are speakers labelled in {subject.name}?", tuple(answers))


def without_labels(choices: FileChoices) -> FileChoices:
    """Return the choices without labels that the user made speakers."""
    return replace(choices, speaker_labels=frozenset())


def _encoding(subject: Subject) -> Choosing:
    def encoded(name: str | None) -> FileChoices:
        return replace(subject.choices, encoding=name)

    def named(name: str) -> FileChoices:
        try:
            codecs.lookup(name)
        except (LookupError, ValueError):
            raise InvalidInput(f"Unknown encoding “{name}”. Examples: utf-8, cp1250, shift_jis.") from None
        return encoded(name)

    other = Naming("Which encoding?", subject.choices.encoding or "", "cp1250, shift_jis, ...", named)
    answers: list[tuple[str, FileChoices | Naming]] = [(DETECTED, encoded(None))]
    answers += [(name, encoded(name)) for name in _ENCODINGS]
    answers.append(("another, by name", other))
    names = [None, *_ENCODINGS]
    present = names.index(subject.choices.encoding) if subject.choices.encoding in names else len(names)
    return Choosing(f"What is the encoding of {subject.name}?", tuple(answers), present)


def _kind(subject: Subject) -> Choosing:
    kinds = tuple(SourceKind)
    answers = [(str(kind), replace(subject.choices, kind=kind)) for kind in kinds]
    answers.append((DETECTED, replace(subject.choices, kind=None)))
    return Choosing(f"Which kind of source is {subject.name}?", tuple(answers), kinds.index(subject.shown.kind))


def _case(subject: Subject) -> Naming:
    return Naming(
        f"Which case is {subject.name} about?",
        subject.choices.case or subject.shown.case or "",
        f"empty: {DETECTED}",
        lambda name: replace(subject.choices, case=name or None),
    )


# About a speaker


def _role(subject: Subject) -> Choosing:
    label, choices = subject.label or "", subject.choices
    now = next((speaker.role for speaker in subject.shown.speakers if speaker.label == label), None)

    def given(role: Role | None) -> FileChoices:
        return with_speaker(choices, label, replace(of_speaker(choices, label), role=role, excluded=False, into=None))

    roles = tuple(Role)
    answers = [(str(role), given(role)) for role in roles]
    answers.append((DETECTED, given(None)))
    present = roles.index(now) if now is not None else len(roles)
    return Choosing(f"What is the role of “{label}” in {subject.name}?", tuple(answers), present)


def _person(subject: Subject) -> Naming:
    label, choices = subject.label or "", subject.choices
    speaker = next((speaker for speaker in subject.shown.speakers if speaker.label == label), None)
    if speaker is None or speaker.role is not Role.PARTICIPANT:
        raise InvalidInput(f"Only participants have a case. Press o to give “{label}” that role first.")
    return Naming(
        f"Which case is “{label}”?",
        speaker.case or "",
        "empty: no case",
        lambda name: with_speaker(choices, label, replace(of_speaker(choices, label), case=name)),
    )


def _merge(subject: Subject) -> Choosing:
    label, choices = subject.label or "", subject.choices
    others = free_labels(subject.shown, label)
    answers = [(other, merged(choices, label, other)) for other in others]
    if of_speaker(choices, label).into is not None:
        answers.insert(0, ("keep as a speaker of its own", merged(choices, label, None)))
    if not answers:
        raise InvalidInput(f"There is no other speaker to merge “{label}” into.")
    return Choosing(f"Merge “{label}” into which speaker?", tuple(answers))


_QUESTIONS: dict[str, Callable[[Subject], Choosing | Naming]] = {
    "input-format": _input_format,
    "speaker-format": _speaker_format,
    "encoding": _encoding,
    "kind": _kind,
    "case": _case,
    "role": _role,
    "person": _person,
    "merge": _merge,
}


def everywhere(label: str, of: FileChoices, into: FileChoices) -> FileChoices:
    """Return the choices of another file with what was chosen for a label in one."""
    picked: SpeakerChoice = of_speaker(of, label)
    return with_speaker(
        into, label, replace(picked, into=of_speaker(into, label).into if not picked.excluded else None)
    )

from __future__ import annotations

from typing import Any

from fwanalysis.domain.importing import LabelMerge, SourceReport, SpeakerReport
from fwanalysis.domain.sources import Role, SourceKind
from fwanalysis.tui.importing.notes import notes_of


def source(**parts: Any) -> SourceReport:
    """A source that would be imported, with some parts."""
    usual: dict[str, Any] = {
        "source_id": None, "name": "ward-7", "kind": SourceKind.INTERVIEW, "case": None,
        "speaker_format": "label-colon", "speaker_format_reason": "", "speaker_formats": (), "encoding": None,
        "turns": 2, "words": 9, "speakers": (), "warnings": (), "merges": (), "metadata": {}, "attributes": {},
    }  # fmt: skip
    return SourceReport(**(usual | parts))


def speaker(label: str, role: Role) -> SpeakerReport:
    """A speaker of a source."""
    return SpeakerReport(label, role, "", None, 1, 4)


def test_merges_come_first_then_possible_speakers_warnings_and_speakers_without_a_role() -> None:
    merge = LabelMerge("Tilda", "Tilde", "one letter differs")
    shown = source(
        speakers=(speaker("Tilde", Role.PARTICIPANT), speaker("Guest", Role.UNKNOWN)),
        merges=(merge,),
        possible_speakers=("oda",),
        warnings=("Line 3: odd.",),
    )
    notes = notes_of(shown)
    assert [(note.merge, note.label, note.speaker) for note in notes] == [
        (merge, None, None),
        (None, "oda", None),
        (None, None, None),
        (None, None, "Guest"),
    ]
    assert notes[2].text == "Line 3: odd."


def test_a_source_in_order_has_no_notes() -> None:
    assert notes_of(source(speakers=(speaker("Tilde", Role.PARTICIPANT),))) == ()


def test_of_many_speakers_without_a_role_the_first_are_named() -> None:
    labels = [f"S{number}" for number in range(7)]
    (note,) = notes_of(source(speakers=tuple(speaker(label, Role.UNKNOWN) for label in labels)))
    assert "“S3” and 3 more" in note.text
    assert "“S4”" not in note.text


def test_a_speaker_that_a_warning_about_unclear_roles_names_is_in_no_second_note() -> None:
    warning = "These have no clear role: “Kit” (1 turn), “Bo” (2 turns); give them one."
    speakers = tuple(speaker(label, Role.UNKNOWN) for label in ("Kit", "Bo", "Voice"))
    first, second = notes_of(source(speakers=speakers, warnings=(warning,)))
    assert (first.text, first.speaker) == (f"{warning} Press o on a speaker to set its role.", "Kit")
    assert (second.text, second.speaker) == ("Unknown role: “Voice”. Press o on a speaker to set its role.", "Voice")
    (only,) = notes_of(source(speakers=speakers[:2], warnings=(warning,)))
    assert only == first


def test_another_warning_that_names_a_speaker_without_a_role_takes_no_note_away() -> None:
    notes = notes_of(source(speakers=(speaker("Kit", Role.UNKNOWN),), warnings=("“Kit” is in two cases.",)))
    assert [note.speaker for note in notes] == [None, "Kit"]

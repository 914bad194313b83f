"""Plain text files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.sources import SourceKind, TurnKind
from fwanalysis.formats.options import ReadOptions
from fwanalysis.formats.readers.registry import read_source

if TYPE_CHECKING:
    from fwanalysis.domain.importing import ParsedSource

INTERVIEW = "Interviewer: How so?\r\n\r\nP07: It’s hard.\r\n"


def words(draft: ParsedSource) -> list[tuple[str | None, str]]:
    return [(turn.label, draft.text[turn.start : turn.end]) for turn in draft.turns if turn.kind is TurnKind.SPEECH]


def test_the_source_is_named_after_its_file() -> None:
    draft = read_source("data/P07.final.TXT", INTERVIEW.encode())
    assert (draft.name, draft.input_format, draft.speaker_format, draft.encoding) == (
        "P07.final",
        "txt",
        "label-colon",
        "utf-8",
    )
    assert draft.kind is SourceKind.INTERVIEW
    assert draft.text == INTERVIEW.replace("\r\n", "\n")
    assert words(draft) == [("Interviewer", "How so?"), ("P07", "It’s hard.")]
    assert [speaker.label for speaker in draft.speakers] == ["Interviewer", "P07"]


def test_a_text_without_turns_is_a_document_whatever_its_name() -> None:
    assert read_source("FG1 invitation.txt", b"Just words.").kind is SourceKind.DOCUMENT


def test_a_text_with_times_and_no_labels_is_an_interview() -> None:
    draft = read_source("P01.txt", b"[00:01] One.\n\n[00:05] Two.\n")
    assert (draft.kind, draft.speaker_format, draft.speakers) == (SourceKind.INTERVIEW, "time", ())


def test_an_uncertain_encoding_is_reported() -> None:
    draft = read_source("P07.txt", INTERVIEW.encode("cp1252"))
    assert draft.encoding == "cp1252"
    assert "It’s" in draft.warnings[0].message


def test_an_encoding_can_be_named() -> None:
    options = ReadOptions(encoding="cp1250")
    assert read_source("P07.txt", "P01: Łódź".encode("cp1250"), options=options).text == "P01: Łódź"


def test_speakers_that_front_matter_lists_are_labels_though_each_occurs_once() -> None:
    text = "---\nspeakers: [ada, ben]\n---\nada: we met at noon\n\nben: I was late\n"
    assert words(read_source("talk.txt", text.encode())) == [("ada", "we met at noon"), ("ben", "I was late")]


def test_lines_of_tabs_are_read_as_a_table_of_turns() -> None:
    text = "Speaker\tTime\tText\nAda\t0:10\tSo?\nBen\t0:14\tWell.\nAda\t0:20\tWhy?\nBen\t0:31\tNo.\n"
    draft = read_source("talk.txt", text.encode())
    assert (draft.input_format, draft.speaker_format) == ("txt", "rows")
    assert [turn.time for turn in draft.turns] == [10.0, 14.0, 20.0, 31.0]

"""Assembling a source from a text and its turns."""

from __future__ import annotations

from fwanalysis.domain.importing import Notice
from fwanalysis.domain.sources import SourceKind
from fwanalysis.formats.parsed import parse_source
from fwanalysis.formats.turns.find import find_turns

TALK = "Interviewer: So?\n\nP07: Quite so, I think.\n\nInterviewer: Why?\n"


def test_words_and_turns_are_counted_by_label() -> None:
    source = parse_source("data/P07.txt", TALK, find_turns(TALK), input_format="txt")
    assert (source.name, source.kind) == ("P07", SourceKind.INTERVIEW)
    assert source.speech_counts == {"Interviewer": (2, 2), "P07": (1, 4)}
    assert source.words == 6


def test_a_text_without_turns_is_a_document_of_all_its_words() -> None:
    source = parse_source("letter.txt", "Dear all, thank you.", find_turns("Dear all, thank you."), input_format="txt")
    assert (source.kind, source.words, source.speakers) == (SourceKind.DOCUMENT, 4, ())


def test_warnings_about_the_file_come_before_those_about_turns() -> None:
    text = TALK + "\nInteviewer: And?\n\nben: no\n"
    found = find_turns(text)
    source = parse_source("P07.txt", text, found, input_format="txt", warnings=[Notice("first")])
    assert source.warnings[0].message == "first"
    assert source.warnings[1 : 1 + len(found.warnings)] == found.warnings

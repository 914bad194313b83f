"""Front matter becomes metadata, the case and its attributes, and is no text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.readers.front_matter import front_matter
from fwanalysis.formats.readers.registry import read_source

TALK = "Interviewer: So?\n\nP07: Yes.\n"


@pytest.mark.parametrize("filename", ["talk.md", "talk.txt"])
def test_entries_are_metadata_and_those_of_the_case_its_attributes(filename: str) -> None:
    front = (
        "---\ntitle: 'A talk: one'\nDate: 2024-06-03\nparticipant_id: P07\nage: 44\nSite: North\nsmokes: no\n"
        "interview-date: 3 June\ntags: [a, b]\nincome:\nattributes:\n  education: degree\n  start: 12:30\n"
        "  unsaid: ~\n---\n"
    )
    draft = read_source(filename, (front + TALK).encode())
    assert draft.text == TALK
    assert draft.case == "P07"
    assert draft.attributes == {
        "age": "44",
        "Site": "North",
        "smokes": "no",
        "education": "degree",
        "start": "12:30",
    }
    assert list(draft.metadata) == [
        *("title", "Date", "participant_id", "age", "Site", "smokes", "interview-date", "tags", "income")
    ]
    assert draft.metadata["tags"] == "a, b"
    assert [turn.label for turn in draft.turns] == ["Interviewer", "P07"]


def test_places_of_doubts_are_those_of_the_text_without_the_front_matter() -> None:
    body = "Speaker 1: a\n\nSpeaker 2: b\n\nSpeaker 1. c\n\nSpeaker 2: d\n"
    draft = read_source("talk.md", f"---\ntitle: T\n---\n{body}".encode())
    assert [doubt.start for doubt in draft.warnings] == [body.index("Speaker 1. c")]


@pytest.mark.parametrize("key", ["case", "Participant", "participant id", "interviewee", "respondent"])
def test_the_case_has_many_names(key: str) -> None:
    front = front_matter(f"---\n{key}: Anna\nauthor: Bob\n---\n")
    assert (front.case, front.attributes) == ("Anna", {})


@pytest.mark.parametrize("text", ["--- \nAnd so it began.\n---\n", "---\n[broken\n---\n", "---\n- a\n- b\n---\n"])
def test_what_is_no_mapping_is_kept_as_text_and_said(text: str) -> None:
    front = front_matter(text)
    assert front.length == 0
    assert [doubt.message for doubt in front.warnings] == [
        "The front matter at the top is not valid YAML and was kept as text."
    ]


@pytest.mark.parametrize("text", ["", "---", "---\nno end\n", "----\na: b\n----\n", "Text\n---\na: b\n---\n"])
def test_a_text_without_a_block_at_its_top_has_none(text: str) -> None:
    assert front_matter(text).length == 0
    assert front_matter(text).warnings == ()


def test_deep_nesting_is_no_crash() -> None:
    assert front_matter("---\n" + "[" * 3_000 + "\n---\n").length == 0


def test_nested_entries_are_metadata_as_they_stand_there() -> None:
    front = front_matter("---\nlinks:\n- title: One\n  url: two\nsite: {name: Alder}\n---\nWords.\n")
    assert front.metadata == {"links": "- title: One url: two", "site": "{name: Alder}"}
    assert front.attributes == {}


@pytest.mark.parametrize(
    ("yaml", "attributes"),
    [
        ("trade: potter\ntrade: weaver", {"trade": "potter, weaver"}),
        ("trade: potter\nTrade: weaver", {"trade": "potter, weaver"}),
        ("trade: potter\ntrade: [weaver, dyer]", {"trade": "potter, weaver, dyer"}),
        ("attributes:\n  trade: potter\n  trade: weaver", {"trade": "potter, weaver"}),
        ("attributes:\n  trade: potter\nattributes:\n  trade: weaver", {"trade": "potter, weaver"}),
        ("attributes:\n  villages: [Low Fen, Ashby]", {"villages": "Low Fen, Ashby"}),
        ("attributes:\n  villages:\n  - Low Fen\n  - Ashby", {"villages": "Low Fen, Ashby"}),
        ("attributes:\n  home: {village: Ashby}", {"home": "{village: Ashby}"}),
    ],
)
def test_no_value_of_an_attribute_is_lost_and_one_that_was_joined_is_reported(
    yaml: str, attributes: dict[str, str]
) -> None:
    front = front_matter(f"---\n{yaml}\n---\nWords.\n")
    assert front.attributes == attributes
    (warning,) = front.warnings
    (value,) = attributes.values()
    assert f"“{value}”" in warning.message


def test_two_mappings_of_attributes_are_both_read() -> None:
    front = front_matter("---\nattributes:\n  trade: potter\nattributes:\n  village: Ashby\n---\n")
    assert front.attributes == {"trade": "potter", "village": "Ashby"}


def test_a_repeated_case_is_the_first_one_and_reported() -> None:
    front = front_matter("---\ncase: K3\ncase: K4\n---\n")
    assert (front.case, front.metadata) == ("K3", {"case": "K3, K4"})
    assert "“case”" in front.warnings[0].message


def test_a_value_that_is_written_twice_is_kept_once_without_a_warning() -> None:
    front = front_matter("---\ntrade: potter\ntrade: potter\n---\n")
    assert (front.attributes, front.warnings) == ({"trade": "potter"}, ())


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["one", "two", "[three, four]", "{five: six}"]))))
def test_every_value_of_a_block_of_entries_is_in_its_metadata(entries: list[tuple[str, str]]) -> None:
    front = front_matter("---\n" + "".join(f"{key}: {value}\n" for key, value in entries) + "---\n")
    for key, value in entries:
        assert value.strip("[]{}") in front.metadata[key]


FRONT = """---
title: 'Of socks: a study'
date: 2021-04-16
episode: 011
tags: [falls, 'socks']
speakers:
  - Ann
  - Bob
resources:
  - title: x
more: {a: b}
none:
---
**Ann:** How so?

**Bob:** Well. \\[laughs\\]

## Later

**Ann:** I see.
"""


def test_front_matter_becomes_metadata_and_leaves_the_text() -> None:
    draft = read_source("P01.md", FRONT.encode())
    assert draft.metadata == {
        "title": "Of socks: a study",
        "date": "2021-04-16",
        "episode": "011",
        "tags": "falls, socks",
        "resources": "- title: x",
        "more": "{a: b}",
        "speakers": "Ann, Bob",
        "none": "",
    }
    assert draft.text.startswith("**Ann:** How so?")
    assert [(turn.label, draft.text[turn.start : turn.end]) for turn in draft.turns if turn.label] == [
        ("Ann", "How so?"),
        ("Bob", "Well. \\[laughs\\]"),
        ("Ann", "I see."),
    ]
    assert [turn.kind.value for turn in draft.turns] == ["speech", "speech", "excluded", "speech"]


@pytest.mark.parametrize("front", ["a: [b", "[" * 5000, "just words", "- a\n- b", "a: b: c"])
def test_front_matter_that_is_no_mapping_is_kept_as_text_with_a_warning(front: str) -> None:
    draft = read_source("P01.md", f"---\n{front}\n---\nP01: yes\n\nP02: no\n".encode())
    assert draft.text.startswith("---\n")
    assert draft.turns[0].kind is TurnKind.PREAMBLE
    assert "front matter" in draft.warnings[0].message
    assert draft.metadata == {}


def test_a_rule_at_the_top_that_is_not_closed_is_no_front_matter() -> None:
    draft = read_source("P01.md", b"---\nP01: yes\n\nP02: no\n")
    assert (draft.metadata, draft.warnings) == ({}, ())


def test_the_position_of_a_warning_is_in_the_text_without_front_matter() -> None:
    draft = read_source("P01.md", "---\na: b\n---\nP01: £4\n\nP02: no\n".encode("cp1252"))
    assert draft.warnings[0].start is not None
    assert draft.text[draft.warnings[0].start] == "£"

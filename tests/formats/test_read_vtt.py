"""Captions: voices, cues that join, notes, labels inside the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.formats.registry import read_source

if TYPE_CHECKING:
    from fwanalysis.domain.importing import SourceDraft


def read(*cues: str, head: str = "WEBVTT") -> SourceDraft:
    """Cues of one second each, the first at 0:01."""
    blocks = [f"00:00:{n:02}.500 --> 00:00:{n + 1:02}.000\n{cue}" for n, cue in enumerate(cues, 1)]
    return read_source("P01.vtt", "\n\n".join([head, *blocks]).encode() + b"\n")


def turns(draft: SourceDraft) -> list[tuple[str | None, str, float | None]]:
    return [(turn.label, draft.text[turn.start : turn.end], turn.time) for turn in draft.turns]


def test_cues_of_one_voice_join_into_a_turn_with_the_time_of_the_first() -> None:
    draft = read("<v Int>Good,\nlet’s begin.</v>", "<v P01>Yes.", "<v P01>Well.", "<v Int>Mm.")
    assert draft.text == "Good, let’s begin.\n\nYes. Well.\n\nMm."
    assert turns(draft) == [("Int", "Good, let’s begin.", 1.5), ("P01", "Yes. Well.", 2.5), ("Int", "Mm.", 4.5)]
    assert all(turn.mark_start == turn.start for turn in draft.turns)
    assert (draft.style, draft.reader) == ("voice-tags", "vtt")


def test_several_voices_in_one_cue_are_several_turns() -> None:
    draft = read("<v Int>So?</v> <v P01>Yes.</v>", "<v.loud P02>No!")
    assert [(label, words) for label, words, _ in turns(draft)] == [("Int", "So?"), ("P01", "Yes."), ("P02", "No!")]


def test_a_cue_without_a_voice_continues_the_turn() -> None:
    assert read("<v P01>One", "two", "<v Int>Three?").text == "One two\n\nThree?"


def test_words_before_the_first_voice_are_a_preamble() -> None:
    draft = read("Recording begins", "<v P01>One", "<v Int>Two?")
    assert [turn.kind.value for turn in draft.turns] == ["preamble", "speech", "speech"]


def test_entities_are_resolved_and_other_tags_dropped() -> None:
    draft = read(
        "<v Ann &amp; Bob>I <i>said</i> 2 &lt; 3 &amp; <c.x>that</c> <00:00:01.700>is I <3 it, <laughs> it&nbsp;is"
    )
    assert draft.text == "I said 2 < 3 & that is I <3 it, <laughs> it\u00a0is"
    assert draft.turns[0].label == "Ann & Bob"


def test_captions_without_voices_are_one_text_without_turns() -> None:
    draft = read("One", "two", "three.")
    assert (draft.text, draft.turns, draft.style) == ("One two three.", (), "none")


def test_names_in_the_words_are_labels_where_the_whole_file_says_so() -> None:
    draft = read("Ann Lee: How so: really?", "and why?", "Bob Roe: Because.", "Ann Lee: I see.", "Bob Roe: Yes.")
    assert draft.style == "label-colon"
    assert turns(draft) == [
        ("Ann Lee", "How so: really? and why?", 1.5),
        ("Bob Roe", "Because.", 3.5),
        ("Ann Lee", "I see.", 4.5),
        ("Bob Roe", "Yes.", 5.5),
    ]


def test_a_name_whose_words_come_in_the_next_cue_has_them() -> None:
    draft = read("Ann Lee: How?", "Bob Roe:", "Because.", "Ann Lee: I see.", "Bob Roe: Yes.")
    assert [(label, words) for label, words, _ in turns(draft)][1] == ("Bob Roe", "Because.")


def test_one_sentence_with_a_colon_makes_no_labels() -> None:
    assert read("We had three things", "Namely: socks", "and so on", "and so forth").turns == ()


def test_voices_in_two_spellings_are_one_speaker() -> None:
    draft = read("<v Ann Lee>One", "<v Bob>Two", "<v ann\u2028lee>Three", "<v Bob>Four", "<v Ann Lee>Five")
    assert [speaker.label for speaker in draft.speakers] == ["Ann Lee", "Bob"]


def test_notes_are_metadata_and_not_words() -> None:
    head = "WEBVTT - title\n\nNOTE Interview 2\n\nNOTE\nheld online\nin June\n\nSTYLE\n::cue {}"
    draft = read("<v P01>yes", "<v Int>so?", head=head)
    assert draft.metadata == {"note": "Interview 2\nheld online\nin June"}
    assert draft.text == "yes\n\nso?"


def test_cues_that_have_no_readable_time_are_reported() -> None:
    data = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v P01>yes\n\nsoon --> 00:04.000\n<v P01>lost\n"
    assert [doubt.message for doubt in read_source("x.vtt", data).doubts] == [
        "Cues without a readable time were left out: 1."
    ]


def test_windows_line_ends_and_encoding_are_read() -> None:
    data = "WEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\n<v P01>It’s\r\nso\r\n".encode("cp1252")
    draft = read_source("x.vtt", data)
    assert (draft.text, draft.encoding) == ("It’s so", "cp1252")
    assert draft.doubts[0].start is None

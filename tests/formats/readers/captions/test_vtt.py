"""Captions: voices, cues that join, notes, labels inside the words."""

from __future__ import annotations

import html
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.options import ReadOptions
from fwanalysis.formats.readers.registry import read_source

if TYPE_CHECKING:
    from fwanalysis.domain.importing import ParsedSource


def read(*cues: str, head: str = "WEBVTT") -> ParsedSource:
    """Cues of one second each, the first at 0:01."""
    blocks = [f"00:00:{n:02}.500 --> 00:00:{n + 1:02}.000\n{cue}" for n, cue in enumerate(cues, 1)]
    return read_source("P01.vtt", "\n\n".join([head, *blocks]).encode() + b"\n")


def turns(draft: ParsedSource) -> list[tuple[str | None, str, float | None]]:
    return [(turn.label, draft.text[turn.start : turn.end], turn.time) for turn in draft.turns]


def test_cues_of_one_voice_join_into_a_turn_with_the_time_of_the_first() -> None:
    draft = read("<v Int>Good,\nlet’s begin.</v>", "<v P01>Yes.", "<v P01>Well.", "<v Int>Mm.")
    assert draft.text == "Good, let’s begin.\n\nYes. Well.\n\nMm."
    assert turns(draft) == [("Int", "Good, let’s begin.", 1.5), ("P01", "Yes. Well.", 2.5), ("Int", "Mm.", 4.5)]
    assert all(turn.label_start == turn.start for turn in draft.turns)
    assert (draft.speaker_format, draft.input_format) == ("voice-tags", "vtt")


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
    assert (draft.text, draft.turns, draft.speaker_format) == ("One two three.", (), "none")


def test_names_in_the_words_are_labels_where_the_whole_file_says_so() -> None:
    draft = read("Ann Lee: How so: really?", "and why?", "Bob Roe: Because.", "Ann Lee: I see.", "Bob Roe: Yes.")
    assert draft.speaker_format == "label-colon"
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


def test_a_cue_whose_time_cannot_be_read_is_kept_and_told_by_its_line() -> None:
    data = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v P01>yes\n\nsoon --> 00:04.000\n<v Int>not lost\n"
    draft = read_source("x.vtt", data)
    assert turns(draft) == [("P01", "yes", 1.0), ("Int", "not lost", 1.0)]
    assert [doubt.message for doubt in draft.warnings] == [
        "Line 6 of the file: The time of this cue cannot be read (“soon --> 00:04.000”); its words were kept with the "
        "time of the cue before."
    ]


@pytest.mark.parametrize(
    ("times", "seconds"),
    [
        ("00:00:01.500 --> 00:00:02.000", 1.5),
        ("00:00:01,500 --> 00:00:02,000", 1.5),
        ("00:01.500 --> 00:02.000 align:start position:0%", 1.5),
        ("0:1:1.5-->0:1:2.0", 61.5),
        ("01:00:00:250 --> 01:00:01:000", 3600.25),
        ("00:90:00.000 --> 00:91:00.000", 5400.0),
        ("00:00:09.000 --> 00:00:01.000", 9.0),
    ],
)
def test_times_are_read_however_they_are_written(times: str, seconds: float) -> None:
    draft = read_source("x.vtt", f"WEBVTT\n\n{times}\n<v P01>yes\n".encode())
    assert turns(draft) == [("P01", "yes", seconds)]


def test_a_blank_line_inside_a_cue_loses_no_words() -> None:
    draft = read("<v P01>one\n\ntwo\n \nthree", "<v Int>four")
    assert draft.text == "one two three\n\nfour"


def test_cues_without_blank_lines_between_them_are_cues() -> None:
    lines = ("WEBVTT", "1", "00:01.000 --> 00:02.000", "<v P01>one", "2", "00:02.000 --> 00:03.000", "<v Int>two")
    assert read_source("x.vtt", "\n".join(lines).encode()).text == "one\n\ntwo"


def test_an_arrow_among_words_is_words() -> None:
    assert read("<v P01>we went", "from A --> B\nand back").text == "we went from A --> B and back"


def test_entities_are_resolved_only_where_they_are_closed() -> None:
    assert read("<v P01>R&para AT&T &copy; &notin &amp;lt;").text == "R&para AT&T © &notin &lt;"


def test_a_second_file_behind_the_first_is_read_on() -> None:
    one = b"\xef\xbb\xbfWEBVTT\n\n00:01.000 --> 00:02.000\n<v P01>one\n\n"
    assert read_source("x.vtt", one + one).text == "one one"


# Names in the words, dashes, choices


def test_names_on_each_line_of_a_cue_are_labels() -> None:
    draft = read("Ann: How?\nBob: So.", "Ann: Why?\nBob: That is\nhow it is.", "Ann: Well.\nBob: Hm.")
    assert turns(draft)[:4] == [
        ("Ann", "How?", 1.5),
        ("Bob", "So.", 1.5),
        ("Ann", "Why?", 2.5),
        ("Bob", "That is how it is.", 2.5),
    ]


def test_a_name_before_every_cue_of_one_voice_begins_one_turn() -> None:
    draft = read("Ann: One", "Ann: two", "Ann: three.", "Bob: Four.", "Ann: Five.", "Bob: Six.")
    assert [words for _, words, _ in turns(draft)] == ["One two three.", "Four.", "Five.", "Six."]
    assert "Ann:" not in draft.text


def test_what_is_set_aside_among_names_is_no_speech() -> None:
    draft = read("Ann: One?", "Bob: Two.", "Break:", "Ann: Three?", "Bob: Four.")
    assert [turn.kind.value for turn in draft.turns] == ["speech", "speech", "excluded", "speech", "speech"]


def test_a_doubt_about_words_has_the_place_of_the_words() -> None:
    draft = read("P01: One.", "P02: Two.", "P01: Three. P02: and", "P02: Four.", "P01: Five.")
    (doubt,) = draft.warnings
    assert doubt.start is not None
    assert draft.text[doubt.start :].startswith("P02: and")


def test_dashes_begin_turns_of_nobody_named_where_two_stand_in_a_cue() -> None:
    draft = read("You came late.", "- Did I?\n– You did.", "Every day.", "- No.\n- Yes.")
    assert draft.speaker_format == "dashes"
    assert "no speaker has a name" in draft.warnings[0].message
    assert turns(draft) == [
        (None, "You came late.", 1.5),
        (None, "Did I?", 2.5),
        (None, "You did. Every day.", 2.5),
        (None, "No.", 4.5),
        (None, "Yes.", 4.5),
    ]


def test_a_dash_alone_is_words() -> None:
    assert read("We waited", "- and waited", "-5 degrees").text == "We waited - and waited -5 degrees"


def test_names_behind_dashes_are_labels() -> None:
    draft = read("- Ann: How?\n- Bob: So.", "- Ann: Why?\n- Bob: Hm.", "- Ann: Well.\n- Bob: Yes.")
    assert {label for label, _, _ in turns(draft)} == {"Ann", "Bob"}


def test_the_style_none_makes_no_turns() -> None:
    data = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v P01>yes\n\n00:02.000 --> 00:03.000\n<v Int>so\n"
    draft = read_source("x.vtt", data, options=ReadOptions(speaker_format="none"))
    assert (draft.text, draft.turns) == ("yes so", ())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\nx\n\n" * 50_001, "holds over 50,000 cues"),
        (b"WEBVTT\n\n" + b"\n" * 250_001, "holds over 50,000 cues or 250,000 lines"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"x " * 10_000_000, "over 20 million"),
        (b"WEBVTT\n\nnothing", "holds no words"),
    ],
)
def test_floods_are_refused(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        read_source("x.vtt", data)


def test_tags_that_never_end_take_no_long_time() -> None:
    cue = "<v " * 50_000 + "<v.a" + ".a" * 50_000
    assert read(cue).text.startswith("<v <v")


@given(st.lists(st.tuples(st.sampled_from(["Ann", "Bob", "P07"]), st.text("abc é-<&{:\u2028👩", max_size=12))))
def test_no_word_of_a_voice_is_lost(said: list[tuple[str, str]]) -> None:
    cues = [f"<v {voice}>x{html.escape(words)}y</v>" for voice, words in said]
    draft = read(*cues, "<v Ann>end")
    joined = re.sub(r"\s+", " ", " ".join(f"x{words}y" for _, words in said) + " end").strip()
    assert re.sub(r"\s+", " ", draft.text) == joined
    assert all(one.end <= other.start for one, other in pairwise(draft.turns))


def test_windows_line_ends_and_encoding_are_read() -> None:
    data = "WEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\n<v P01>It’s\r\nso\r\n".encode("cp1252")
    draft = read_source("x.vtt", data)
    assert (draft.text, draft.encoding) == ("It’s so", "cp1252")
    assert draft.warnings[0].start is None


def test_words_before_the_first_voice_are_speech_where_every_cue_has_a_voice_that_can_be_told() -> None:
    draft = read("Hello all.", "<v Ann>Hello.</v>")
    assert turns(draft)[0] == (None, "Hello all.", 1.5)
    assert draft.turns[0].kind.value == "speech"


def test_captions_read_without_turns_by_choice_have_no_warning() -> None:
    data = b"WEBVTT\n\n00:01.000 --> 00:02.000\nAnn: So?\n\n00:02.000 --> 00:03.000\nBob: Well.\n"
    assert read_source("P01.vtt", data, options=ReadOptions(speaker_format="none")).warnings == ()


def test_names_that_a_program_keeps_in_the_names_of_cues_are_voices() -> None:
    block = '{0} "{1}" (40{0})\n00:00:0{0}.000 --> 00:00:0{0}.900\n{2}'
    said = [("Ann Lee", "So?"), ("Bob Roe", "Because."), ("", "Mm."), ("Bob Roe", "Yes.")]
    cues = [block.format(number, *item) for number, item in enumerate(said, 1)]
    draft = read_source("P01.vtt", "\n\n".join(["WEBVTT", *cues]).encode())
    assert [(label or "", words) for label, words, _ in turns(draft)] == said
    assert draft.speaker_format == "voice-tags"


def test_other_names_of_cues_are_left_out_with_a_warning() -> None:
    draft = read_source("P01.vtt", b"WEBVTT\n\nOpening remarks\n00:01.000 --> 00:02.000\nHello.\n")
    assert draft.text == "Hello."
    assert [doubt.message for doubt in draft.warnings] == [
        "The name of a cue, \u201cOpening remarks\u201d, was left out."
    ]


def test_a_label_that_is_in_the_tag_and_again_among_the_words_is_no_word() -> None:
    draft = read("<v S00>S00 [00:00:01]: So?", "<v //S01>//S01: Me?//", "<v S01>S01: Well: yes.", "<v S01>Note: no.")
    assert [(label, words) for label, words, _ in turns(draft)] == [
        ("S00", "So?"),
        ("S01", "//Me?// Well: yes. Note: no."),
    ]


def test_captions_that_roll_have_each_line_once_and_say_so() -> None:
    draft = read("we went", "we went\nto the mill", "to the mill", "to the mill\nand back", "and back")
    assert draft.text == "we went to the mill and back"
    assert "rolling" in draft.warnings[0].message


def test_what_people_say_again_now_and_then_is_kept() -> None:
    assert read("Yes.", "Yes.", "No.", "Well.", "Mm.", "Mm.").text == "Yes. Yes. No. Well. Mm. Mm."


def test_captions_without_speaker_names_are_paragraphs_with_a_warning() -> None:
    cues = [f"Well {'it goes on ' * 6}{'and.' if number % 3 == 0 else 'and'}" for number in range(9)]
    draft = read(*cues)
    assert draft.text.replace("\n\n", " ") == " ".join(cues)
    assert [paragraph.endswith("and.") for paragraph in draft.text.split("\n\n")] == [True, True, False]
    assert "have no speaker names" in draft.warnings[0].message

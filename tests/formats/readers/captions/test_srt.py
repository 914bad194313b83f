"""SubRip captions: sound ones, and what people and programs make of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import srt
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.readers.captions.cues import timings
from fwanalysis.formats.readers.captions.srt import cues_of
from fwanalysis.formats.readers.registry import read_source

if TYPE_CHECKING:
    from fwanalysis.domain.importing import ParsedSource

SOUND = """1
00:00:01,000 --> 00:00:02,500
Ann: You came
at six?

2
00:00:02,500 --> 00:00:04,000
Bob: <i>I did</i>, {\\an8}yes.

3
00:00:04,000 --> 00:00:06,000
All 12 of us.

4
00:00:06,250 --> 00:00:07,000
Ann: And then?

5
00:00:07,000 --> 00:00:08,000
Bob: We left.
"""


def turns(draft: ParsedSource) -> list[tuple[str | None, str, float | None]]:
    return [(turn.label, draft.text[turn.start : turn.end], turn.time) for turn in draft.turns]


SAID = [
    ("Ann", "You came at six?", 1.0),
    ("Bob", "I did, yes. All 12 of us.", 2.5),
    ("Ann", "And then?", 6.25),
    ("Bob", "We left.", 7.0),
]


ONE_WITHOUT_NAME = "1 cue has no speaker name; its text was assigned to the previous speaker. Check it."


def without_numbers(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.isdecimal())


@pytest.mark.parametrize(
    "text",
    [
        SOUND,
        SOUND.replace("\n\n", "\n"),
        SOUND.replace("\n\n", "\n \n\n\n"),
        SOUND.replace("\n", "\r\n"),
        "\ufeff" + SOUND,
        SOUND.replace(",000", ".000").replace(",5", ".5").replace(",2", ":2"),
        SOUND.replace("00:00:0", "0:00:0").replace(" --> ", "-->"),
        SOUND.replace("00:00:", "00:"),
        without_numbers(SOUND),
        SOUND.replace("6,000\n", "6,000 X1:40 X2:600 Y1:20 Y2:50\n"),
        SOUND.strip(),
    ],
)
def test_turns_are_found_in_sound_and_in_damaged_files(text: str) -> None:
    draft = read_source("P01.srt", text.encode())
    assert turns(draft) == SAID
    assert (draft.input_format, draft.speaker_format) == ("srt", "label-colon")
    assert [doubt.message for doubt in draft.warnings] == [ONE_WITHOUT_NAME]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_captions_are_read_in_any_encoding(encoding: str) -> None:
    draft = read_source("x.srt", SOUND.replace("yes", "“it’s £4”").encode(encoding))
    assert "“it’s £4”" in draft.text
    *others, without_name = draft.warnings
    assert without_name.message == ONE_WITHOUT_NAME
    assert len(others) == (encoding == "cp1252")
    assert all(doubt.message.startswith("Line 8 of the file: The file is not UTF-8") for doubt in others)


def test_a_number_that_was_said_is_words_where_cues_have_no_numbers() -> None:
    data = b"00:00:01,000 --> 00:00:02,000\nWe were\n\n00:00:02,000 --> 00:00:03,000\n12\n\n"
    data += b"00:00:03,000 --> 00:00:04,000\nin all.\n"
    assert read_source("x.srt", data).text == "We were 12 in all."


def test_a_blank_line_inside_a_cue_loses_no_words() -> None:
    assert "at six? Or seven?" in read_source("x.srt", SOUND.replace("six?", "six?\n\nOr seven?").encode()).text


def test_a_time_that_cannot_be_read_is_told_and_its_words_are_kept() -> None:
    draft = read_source("x.srt", SOUND.replace("00:00:02,500 --> 00:00:04,000", "soon --> 00:00:04,000").encode())
    assert turns(draft)[1] == ("Bob", "I did, yes. All 12 of us.", 1.0)
    assert draft.warnings[0].message.startswith("Line 7 of the file: The time of this cue cannot be read")


def test_words_before_the_first_cue_are_kept_and_told() -> None:
    draft = read_source("x.srt", b"Interview of May\n\n" + SOUND.encode())
    assert turns(draft)[0] == (None, "Interview of May", None)
    assert "before the first cue" in draft.warnings[0].message


def test_voice_tags_are_read_as_in_webvtt() -> None:
    data = b"1\n00:00:01,000 --> 00:00:02,000\n<v Ann>one\n\n2\n00:00:02,000 --> 00:00:03,000\n<v Bob>two</v>\n"
    assert turns(read_source("x.srt", data)) == [("Ann", "one", 1.0), ("Bob", "two", 2.0)]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"Ann: hello\n", "is not SubRip: it has no line of times such as"),
        (b"1\n00:00:01,000 --> 00:00:02,000\n\n", "holds no words"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nx\x00\n", "NUL character in line 3"),
        (b"00:00:01,000 --> 00:00:02,000\nx\n" * 50_001, "holds over 50,000 cues"),
    ],
)
def test_what_is_no_caption_file_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        read_source("x.srt", data)


@pytest.mark.parametrize("middle", ["\n" * 200_000, "1" * 300_000, " " * 300_000, "\n1" * 20_000, "-->" * 40_000])
def test_long_runs_take_no_long_time(middle: str) -> None:
    draft = read_source("x.srt", SOUND.replace("six?", f"six? {middle} end").encode())
    assert "end" in draft.text


WORDS = st.text("ab 12é👩.,:-<>&", min_size=1, max_size=20).map(lambda words: f"x{words}x")
TIMES = st.integers(0, 359_999_999).map(lambda milliseconds: timedelta(milliseconds=milliseconds))


@given(st.lists(st.tuples(TIMES, st.lists(WORDS, min_size=1, max_size=3)), min_size=1, max_size=8))
def test_sound_files_have_the_times_and_the_words_that_the_library_reads(
    cues: list[tuple[timedelta, list[str]]],
) -> None:
    written = srt.compose([srt.Subtitle(None, time, time, "\n".join(lines)) for time, lines in cues], reindex=False)
    read = cues_of(written, timings(written))[1]
    assert read == [(cue.start.total_seconds(), cue.content) for cue in srt.parse(written)]


PIECES = (
    "1",
    "2",
    "\n",
    "\n\n",
    "00:00:01,000",
    " --> ",
    "0:00:02.5",
    "Ann: so",
    "- no",
    "-->",
    ":",
    ",",
    "<v A>",
    " é",
)


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_broken_file_is_read_or_refused(pieces: list[str]) -> None:
    for name, head in (("x.srt", ""), ("x.vtt", "WEBVTT\n\n")):
        try:
            draft = read_source(name, (head + "".join(pieces)).encode())
        except UnreadableFile:
            continue
        assert all(0 <= turn.start <= turn.end <= len(draft.text) for turn in draft.turns)

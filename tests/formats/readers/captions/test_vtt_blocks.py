"""What is between the cues of WebVTT files: comments, settings, names of cues, and words that a blank line cut off."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st
from webvtt import WebVTT

from fwanalysis.formats.readers.captions.cues import timings
from fwanalysis.formats.readers.captions.vtt import blocks_of
from fwanalysis.formats.readers.registry import read_source

BETWEEN = """WEBVTT

00:01.000 --> 00:02.000
<v Tess>how was it{0}

00:03.000 --> 00:04.000
<v Max>by bus
"""


def read(between: str) -> tuple[list[tuple[str | None, str]], str]:
    """What was said, and the comments, of a file with something between its two cues."""
    draft = read_source("P01.vtt", BETWEEN.format(between).encode())
    return [(turn.label, draft.text[turn.start : turn.end]) for turn in draft.turns], draft.metadata.get("note", "")


@pytest.mark.parametrize(
    "words",
    [
        "NOTEPADS WERE OUT",
        "NOTES, mostly",
        "NOTED",
        "NOTE: it rained",
        "STYLED BY HAND",
        "STYLE IS ALL",
        "STYLE\nis all we had",
        "REGIONAL trains",
        "REGION by region",
        "WEBVTTS",
        "1987",
        "7",
        "12 000",
        "3\n4",
        "in 1987",
        "--> there",
    ],
)
@pytest.mark.parametrize("form", ["\n\n{}", "\n \n{}", "\n\n\n{}", "\n\n{}\n\nand cold", "\n\nand\n\n{}</v>"])
def test_a_paragraph_that_a_blank_line_cuts_off_stays_in_its_cue(words: str, form: str) -> None:
    said, notes = read(form.format(words))
    assert notes == ""
    after = " and cold" if "cold" in form else ""
    before = "how was it and" if "and\n" in form else "how was it"
    assert said == [("Tess", f"{before} {' '.join(words.split())}{after}"), ("Max", "by bus")]


@pytest.mark.parametrize(
    ("between", "notes"),
    [
        ("\n\nNOTE checked twice", "checked twice"),
        ("\n\nNOTE\nchecked\ntwice", "checked\ntwice"),
        ("\n\nNOTE\tchecked twice", "checked twice"),
        ("\n\nNOTE", ""),
        ("</v>\n\nNOTE one\n\nNOTE two", "one\ntwo"),
        ("\n\nNOTE one\n\nwith a blank line inside", "one\nwith a blank line inside"),
    ],
)
def test_comments_are_metadata(between: str, notes: str) -> None:
    assert read(between) == ([("Tess", "how was it"), ("Max", "by bus")], notes)


@pytest.mark.parametrize("inside", ["NOTE the date", "NOTE\nthe date", "STYLE\n::cue { the date }", "WEBVTT the date"])
def test_what_is_before_the_end_of_a_voice_tag_is_words_whatever_it_begins_with(inside: str) -> None:
    said, notes = read(f"\n\n{inside}\n\nagain</v>")
    assert said[0] == ("Tess", f"how was it {' '.join(inside.split())} again")
    assert notes == ""


@pytest.mark.parametrize(
    "settings",
    [
        "STYLE\n::cue {{\n  color: papayawhip;\n}}",
        "STYLE\n::cue(b) {{ color: red }}\n::cue(i) {{ color: blue }}",
        "REGION\nid:one\nwidth:40%\nlines:3",
        "REGION\nid=one width=40%",
    ],
)
def test_settings_are_not_words(settings: str) -> None:
    assert read(f"</v>\n\n{settings}") == ([("Tess", "how was it"), ("Max", "by bus")], "")
    head = f"WEBVTT\nKind: captions\nLanguage: en\n\n{settings}\n\n".replace("{{", "{").replace("}}", "}")
    draft = read_source("P01.vtt", (head + "00:01.000 --> 00:02.000\nwe left\n").encode())
    assert (draft.text, draft.metadata, draft.warnings) == ("we left", {}, ())


def test_words_before_the_first_cue_are_kept_with_a_warning() -> None:
    draft = read_source("P01.vtt", b"WEBVTT\n\nTalk at the weir\n\n1\n00:01.000 --> 00:02.000\nwe left\n")
    assert draft.text == "Talk at the weir we left"
    assert "before the first cue" in draft.warnings[0].message


def test_a_cue_may_begin_with_a_word_that_begins_comments() -> None:
    cues = [f"00:0{at}.000 --> 00:0{at}.900\n{words}" for at, words in enumerate(("NOTE THIS", "STYLE", "yes"))]
    draft = read_source("P01.vtt", "\n\n".join(["WEBVTT", *cues]).encode())
    assert (draft.text, draft.metadata) == ("NOTE THIS STYLE yes", {})


def test_a_comment_below_a_cue_without_words_is_a_comment() -> None:
    data = b"WEBVTT\n\n00:01.000 --> 00:02.000\n\nNOTE silence\n\n00:02.000 --> 00:03.000\nyes\n"
    draft = read_source("P01.vtt", data)
    assert (draft.text, draft.metadata) == ("yes", {"note": "silence"})


# Names of cues


CUES = ["<v Tess>how", "<v Max>by bus", "<v Tess>in\n\n1987", "<v Max>yes", "<v Tess>and", "<v Max>so"]
TIMES = [f"00:0{n}.000 --> 00:0{n}.900" for n in range(6)]


@pytest.mark.parametrize("first", [0, 1, 17])
@pytest.mark.parametrize("form", ["{0}\n{1}\n{2}", "{0} \n{1}\n{2}", "{0}\n\n{1}\n{2}"])
def test_numbers_of_cues_are_not_words(first: int, form: str) -> None:
    blocks = [form.format(first + n, *one) for n, one in enumerate(zip(TIMES, CUES, strict=True))]
    draft = read_source("P01.vtt", "\n\n".join(["WEBVTT", *blocks]).encode())
    assert draft.text == "how\n\nby bus\n\nin 1987\n\nyes\n\nand\n\nso"


def test_numbers_of_cues_without_blank_lines_between_cues_are_not_words() -> None:
    blocks = [f"{n}\n{time}\n{cue}" for n, (time, cue) in enumerate(zip(TIMES, CUES, strict=True), 1)]
    draft = read_source("P01.vtt", "\n".join(["WEBVTT", "", *blocks]).encode())
    assert draft.text == "how\n\nby bus\n\nin 1987\n\nyes\n\nand\n\nso"


@pytest.mark.parametrize("end", ["\n\n", "\n"])
def test_a_number_above_a_cue_is_words_where_other_cues_have_none(end: str) -> None:
    blocks = [f"{time}\n{cue}" for time, cue in zip(TIMES, CUES, strict=True)]
    blocks[2] += f"\n\n1988{end}{blocks.pop(3)}"
    draft = read_source("P01.vtt", "\n\n".join(["WEBVTT", *blocks]).encode())
    assert "in 1987 1988" in draft.text


@pytest.mark.parametrize("name", ["intro", "3fa85f64-5717-4562-b3fc-2c963f66afa6/14-0", "cue-7", "4.1", "chapter_2"])
def test_other_names_of_cues_are_not_words(name: str) -> None:
    said, _ = read(f"</v>\n\n{name}\n00:02.000 --> 00:02.500\n<v Max>well</v>")
    assert [words for _, words in said] == ["how was it", "well by bus"]


# What webvtt-py reads


WORDS = st.text("ab é👩.,:&<>42", min_size=1, max_size=10).map(lambda words: f"x{words}x")
LINES = st.lists(WORDS, min_size=1, max_size=3)
TAGS = st.sampled_from(
    ["{}", "<i>{}</i>", "<v Tess>{}</v>", "<c.loud>{}</c>", "<lang en>{}</lang>", "<00:00:09.000>{}"]
)
SETTINGS = st.sampled_from(["", " align:start position:0%", " line:80%"])
NOTES = st.sampled_from(["", "NOTE checked\n\n", "NOTE\nchecked twice\n\n"])


@given(st.lists(st.tuples(st.integers(0, 86_399_999), LINES, TAGS, SETTINGS, NOTES), min_size=1, max_size=6))
def test_sound_files_have_the_times_and_the_words_that_the_library_reads(
    cues: list[tuple[int, list[str], str, str, str]],
) -> None:
    written = "WEBVTT\n\n"
    for number, (at, lines, tag, settings, note) in enumerate(cues, 1):
        clock = f"{at // 3_600_000:02}:{at // 60_000 % 60:02}:{at // 1000 % 60:02}.{at % 1000:03}"
        words = tag.format("\n".join(map(html.escape, lines)))
        written += f"{note}{number}\n{clock} --> {clock}{settings}\n{words}\n\n"
    expected = [(one.start_in_seconds, one.raw_text) for one in WebVTT.from_string(written).captions]
    lines_of_times = timings(written)
    _, *blocks = blocks_of(written, lines_of_times)
    read = [(int(line.begins), block.words) for line, block in zip(lines_of_times, blocks, strict=True)]
    assert read == expected

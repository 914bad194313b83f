"""Transcripts with their codes in Markdown: golden text, and that the marks can be removed exactly."""

from __future__ import annotations

import re

from hypothesis import given
from markdown_it import MarkdownIt

from fwanalysis.domain.coded_transcript import CodedTranscript, Mark
from fwanalysis.formats.writers.coded_transcript_markdown import coded_transcript_markdown, escaped, marked_words
from tests.formats.writers.coded_transcripts import everything, transcripts

REFERENCES = {"lobrk": "⟦", "robrk": "⟧", "#13": "\r"}
HEADING = re.compile(r"\*\*\d+\*\* \*\*Ann:\*\* ")


def unmarked(words: str) -> str:
    """The words of a turn without marks and escapes, by the rules that the file states."""
    without = re.sub(r"⟦…?\d+ | \d+…?⟧", "", words)
    return re.sub(
        r"\\(.)|&(lobrk|robrk|#13);", lambda found: found[1] or REFERENCES[found[2]], without, flags=re.DOTALL
    )


@given(transcripts())
def test_removing_the_marks_gives_the_words_of_each_turn_exactly(transcript: CodedTranscript) -> None:
    transcript_part = coded_transcript_markdown(transcript).decode().partition("## Transcript\n\n")[2]
    blocks = [block for block in re.split(r"\n\n(?=\*\*|- |## )", transcript_part) if HEADING.match(block)]
    words = [unmarked(HEADING.sub("", block, count=1)) for block in blocks]
    assert words == [part.span.of(transcript.text) for part in transcript.parts]


@given(transcripts())
def test_every_coding_is_listed_exactly_once(transcript: CodedTranscript) -> None:
    listed = re.findall(r"note: (note-\d+)$", coded_transcript_markdown(transcript).decode(), re.MULTILINE)
    notes = [item.note for segment in transcript.segments for item in segment.codings]
    assert sorted(listed) == sorted(notes)


@given(transcripts())
def test_a_reader_of_markdown_shows_the_words_and_marks_as_plain_text(transcript: CodedTranscript) -> None:
    for marked in transcript.marked():
        pieces = [piece for piece in marked.pieces if isinstance(piece, Mark) or piece.text.strip()]
        if marked.part.span.of(transcript.text).strip() != marked.part.span.of(transcript.text):
            continue  # a hard line break at the end of a paragraph is none
        block = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(f"**1** {marked_words(pieces)}")
        assert [token.type for token in block] == ["paragraph_open", "inline", "paragraph_close"]
        inside = (block[1].children or [])[4:]  # behind the number: its mark-up, its text, the end of it
        assert {token.type for token in inside} <= {"text", "hardbreak"}
        shown = "".join(token.content or "\n" * (token.type == "hardbreak") for token in inside)
        expected = "".join(marked_words([p]) if isinstance(p, Mark) else p.text for p in pieces)
        assert re.sub(r"\s+", "", shown) == re.sub(r"\s+", "", expected)


def test_what_looks_like_markdown_or_like_a_mark_is_escaped() -> None:
    assert escaped("# 1\n- *a* [x](y) [laughs]\n12. ⟦3 b 3⟧") == (
        "\\# 1\\\n\\- \\*a\\* [x\\](y) [laughs]\\\n12\\. &lobrk;3 b 3&robrk;"
    )


def test_the_file_is_golden() -> None:
    head, _, rest = coded_transcript_markdown(everything()).decode().partition("`⟦1` is where")
    assert head == (
        "# P\\<1\\>: transcript with codes\n\n- project: A \\& B\n- revision: 2 of 2, from P1.txt\n"
        "- codebook: Book, version 1.0\n\n"
        "2 codings have no position in this revision and are not shown (fwa source unanchored lists them).\n\n"
    )
    assert rest.partition("\n\n")[2] == (
        "## Transcript\n\n"
        "*(preamble)* Of May\n\n"
        "**1** [00:12:31] **Ann:** We ⟦1 ⟦2 met 2⟧ \\*often\\*. 1…⟧\n\n"
        "- ⟦1⟧ (P\\<1\\>:1–2) **Cost** (effort/cost) · sensitizing · for · Ana\n"
        "- ⟦2⟧ (P\\<1\\>:1) **Cost** (effort/cost) · sensitizing · against · Ana · note: a \\*star\\* below\n"
        "- ⟦2⟧ (P\\<1\\>:1) **\\<Trust\\>** (trust) · emergent · for · Ana\n\n"
        "**2** **Bob:** ⟦…1 1\\. \\<b 1⟧\\>No\\</b\\>\n\n"
        "*(excluded)* Break\n\n"
        "**3** **(no speaker):** Bye\n\n"
        "## Segments outside of the turns\n\n"
        "⟦3⟧ Cy\n\n"
        "- ⟦3⟧ **\\<Trust\\>** (trust) · emergent · mixed · Ana\n\n"
        "## Codes\n\n"
        "- **Cost** (effort/cost) · sensitizing\n  - definition: What it takes.\n  - exclude: gains\n"
        "  - counts against: ease\n  - segments: 1, 2\n"
        "- **\\<Trust\\>** (trust) · emergent\n  - segments: 2, 3\n"
    )

"""Transcripts with their codes in HTML: exact words, links that lead somewhere, and nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

import fwanalysis.formats.writers.coded_transcript_html as module
from fwanalysis.formats.writers.coded_transcript_html import coded_transcript_html
from tests.formats.charts.test_html_style import contrast
from tests.formats.writers.coded_transcripts import everything, transcripts

if TYPE_CHECKING:
    from fwanalysis.domain.coded_transcript import CodedTranscript

CSS = (Path(module.__file__).parent / "templates" / "coded_transcript.css").read_text("utf-8")
SCHEMES = {"light": 0, "dark": 1, "print": 2}


class Page(HTMLParser):
    """The words of each turn without marks, and everything that a test asks about elements."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.words: list[str] = []
        self.notes: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[tuple[str, str]] = []
        self.feed(data.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.elements.append((tag, found))
        kind = found.get("class") or ""
        if kind == "words":
            self.words.append("")
        if kind == "note":
            self.notes.append("")
        if tag not in ("meta", "br"):
            self._open.append((tag, kind))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        kinds = [kind for _, kind in self._open]
        if "words" in kinds and "mark" not in kinds:
            self.words[-1] += data
        if "note" in kinds:
            self.notes[-1] += data

    def values(self, name: str) -> list[str]:
        return [value for _, found in self.elements if (value := found.get(name)) is not None]


@given(transcripts())
def test_the_words_without_the_marks_are_those_of_each_turn_exactly(transcript: CodedTranscript) -> None:
    words = Page(coded_transcript_html(transcript)).words
    assert words == [part.span.of(transcript.text) for part in transcript.parts]


@given(transcripts())
def test_every_coding_is_listed_exactly_once(transcript: CodedTranscript) -> None:
    listed = [note.removeprefix("note: ") for note in Page(coded_transcript_html(transcript)).notes]
    notes = [item.note for segment in transcript.segments for item in segment.codings]
    assert sorted(listed) == sorted(notes)


@given(transcripts())
def test_every_link_leads_to_one_place_of_the_page(transcript: CodedTranscript) -> None:
    page = Page(coded_transcript_html(transcript))
    ids, links = page.values("id"), page.values("href")
    assert len(ids) == len(set(ids))
    assert {link for link in links if not link.startswith("#")} == set()
    assert {link[1:] for link in links} <= set(ids)
    outside = {segment.number for segment in transcript.outside()}
    in_text = {segment.number for segment in transcript.segments} - outside
    assert {f"#segment-{number}" for number in in_text} <= set(links)


def test_marks_say_what_they_mean_to_a_screen_reader() -> None:
    marks = [found for _, found in Page(coded_transcript_html(everything())).elements if found.get("class") == "mark"]
    assert [mark["aria-label"] for mark in marks] == [
        "segment 1 begins: Cost",
        "segment 2 begins: Cost (against), <Trust>",
        "segment 2 ends",
        "segment 1 continues in the next turn",
        "segment 1 continues: Cost",
        "segment 1 ends",
    ]
    assert [mark["href"] for mark in marks] == [f"#segment-{number}" for number in (1, 2, 2, 1, 1, 1)]


def test_what_comes_from_the_transcript_is_escaped_and_states_are_words() -> None:
    text = coded_transcript_html(everything()).decode()
    assert "<b>No" not in text
    assert "<Trust>" not in text
    for shown in ("(preamble)", "(excluded)", "(no speaker)", "00:12:31", ">against<", "2 codings have no position"):
        assert shown in text
    assert "What it takes." in text


def test_nothing_but_the_style_of_the_page_is_allowed() -> None:
    text = coded_transcript_html(everything()).decode()
    page = Page(text.encode())
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert policy in page.values("content")
    assert {tag for tag, _ in page.elements} & {"script", "img", "link", "iframe"} == set()
    assert page.values("style") == []
    assert "http://" not in text
    assert "https://" not in text


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_ink_can_be_read_on_every_paper(scheme: str) -> None:
    blocks = re.findall(r":root \{([^}]*)\}", CSS)
    named = dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", blocks[SCHEMES[scheme]]))
    pairs = [
        (named[ink], named[paper])
        for ink in named
        for paper in named
        if ink.startswith("--ink") and paper.startswith("--paper")
    ]
    assert len(pairs) == 12
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []
    assert [name for name in ("--line-strong", "--focus") if contrast(named[name], named["--paper"]) < 3] == []

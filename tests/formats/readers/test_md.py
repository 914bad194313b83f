"""Markdown files."""

from __future__ import annotations

from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.readers.registry import read_source


def test_headings_at_the_start_of_markdown_are_preamble() -> None:
    draft = read_source("P01.md", b"# Interview\n\n## One\n\nP01: yes\n\nP02: no\n")
    assert [turn.kind.value for turn in draft.turns] == ["preamble", "speech", "speech"]


def test_the_syntax_of_markdown_stays_in_the_text() -> None:
    words = "It is *hard*, see [here](x), \\[laughs\\] `so`."
    draft = read_source("P01.md", f"**Ann:** {words}\n\n**Bob:** Well.\n\n**Ann:** Yes.\n".encode())
    assert draft.text[draft.turns[0].start : draft.turns[0].end] == words


def test_a_heading_between_turns_is_excluded_text() -> None:
    draft = read_source("P01.md", b"Ann: Yes.\n\n## Later\n\nBob: No.\n\nAnn: Well.\n\nBob: So.\n")
    assert [draft.text[turn.start : turn.end] for turn in draft.turns if turn.kind is TurnKind.EXCLUDED] == ["## Later"]

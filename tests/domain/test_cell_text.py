"""A cell as one text: what was written comes back, whatever was added around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.cell_text import (
    CHECKED,
    DRAFT,
    NO_EVIDENCE,
    NOT_APPLICABLE,
    NOT_CHARTED,
    NOTHING_SAID,
    CellText,
    cell_text,
    fingerprint,
    looks_like_quotations,
    parse_cell_text,
    quotations,
    stance_text,
    written_text,
)
from fwanalysis.domain.chart_document import DocumentCell, DocumentQuote

QUOTE = DocumentQuote("1", "(P04:22)", "I did the\nwhole of it", "", "", "I", "P04", "Trust", "for", "", "Ada")

LINES = st.one_of(
    st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=20),
    st.sampled_from(
        ["Evidence:", "[checked]", "[not applicable: x]", "[disagreement: y]", "[out of date: z]", "[R: no]"]
    ),
    st.sampled_from(["; out of date: x", "“a” (P1:2)", "[draft]", "[no evidence]", "[nothing said]", " evidence: "]),
)
SUMMARIES = st.lists(LINES, max_size=4).map("\n".join).map(str.strip)
WRITTEN = st.builds(
    lambda state, text: (state, "" if state == NOTHING_SAID else text),
    st.sampled_from([DRAFT, CHECKED, NOTHING_SAID, NOT_APPLICABLE]),
    SUMMARIES,
).filter(lambda cell: bool(cell[1]) or cell[0] in (NOTHING_SAID, NOT_APPLICABLE))
STATES = st.one_of(WRITTEN, st.sampled_from([(NOT_CHARTED, ""), (NO_EVIDENCE, "")]))
STALE = st.lists(st.sampled_from(["1 coding added", "definition of the code changed"]), max_size=2).map(tuple)


@given(
    STATES,
    STALE,
    st.sampled_from(["", "attends", "[x]; out of date: no"]),
    st.lists(st.sampled_from([QUOTE, QUOTE._replace(stance="against", note="ironic]")])).map(tuple),
)
def test_state_summary_and_disagreement_come_back(
    written: tuple[str, str], stale: tuple[str, ...], disagreement: str, quotes: tuple[DocumentQuote, ...]
) -> None:
    state, text = written
    cell = DocumentCell(state, stale, text, quotes=quotes, disagreement=disagreement)
    expected = CellText(state, text, disagreement)
    assert parse_cell_text(written_text(cell)) == expected
    assert parse_cell_text(cell_text(cell)) == expected
    assert parse_cell_text(f"\n {cell_text(cell)} \n".replace("\n", "\r\n")) == expected


def test_a_cell_is_written_as_documented() -> None:
    cell = DocumentCell(
        *("checked", ("1 coding added",), "Bears most of the cost (P04:22)."),
        quotes=(QUOTE,),
        disagreement="attends every meeting",
    )
    assert cell_text(cell) == (
        "[checked; out of date: 1 coding added]\n[disagreement: attends every meeting]\n"
        "Bears most of the cost (P04:22).\n\nEvidence:\n“I did the whole of it” (P04:22)"
    )


@pytest.mark.parametrize(
    ("text", "state", "summary"),
    [
        ("", NOT_CHARTED, ""),
        ("Plain words.", DRAFT, "Plain words."),
        ("[Checked] \nWords.", CHECKED, "Words."),
        ("[checked]", NOT_CHARTED, ""),
        ("[draft]", NOT_CHARTED, ""),
        ("[nothing said]", NOTHING_SAID, ""),
        ("[nothing said]\nBut later she did.", DRAFT, "But later she did."),
        ("[no evidence]\nFrom my notes.", DRAFT, "From my notes."),
        ("[not applicable: lives abroad]", NOT_APPLICABLE, "lives abroad"),
        ("[not applicable: lives abroad; out of date: 1 coding added]", NOT_APPLICABLE, "lives abroad"),
        ("[not applicable: lives abroad]\nSince 2019.", NOT_APPLICABLE, "lives abroad\nSince 2019."),
        ("[not applicable; out of date: 1 coding added]\nLives\nabroad", NOT_APPLICABLE, "Lives\nabroad"),
        ("[out of date: 1 coding added]\nWords.", DRAFT, "Words."),
        ("[R: check this] Words.", DRAFT, "[R: check this] Words."),
        ("[R: check this]\nWords.", DRAFT, "[R: check this]\nWords."),
        ("[checked: by me]\nWords.", DRAFT, "[checked: by me]\nWords."),
    ],
)
def test_a_text_that_a_person_edited_is_read(text: str, state: str, summary: str) -> None:
    parsed = parse_cell_text(text)
    assert (parsed.state, parsed.text) == (state, summary)


def test_a_sentence_below_the_evidence_is_reported_and_not_lost() -> None:
    parsed = parse_cell_text("Words.\n\nEvidence:\n“I did” (P04:22) [against]\nShe adds more.\n")
    assert (parsed.text, parsed.extra) == ("Words.", ("She adds more.",))


def test_a_passage_is_quoted_once_with_every_stance_and_note() -> None:
    against = QUOTE._replace(stance="against", note="ironic", coder="Ben")
    assert quotations([QUOTE, QUOTE]) == "“I did the whole of it” (P04:22)"
    assert quotations([QUOTE, against, against]) == "“I did the whole of it” (P04:22) [for; against: ironic]"


def test_stances_are_counted_in_words() -> None:
    assert stance_text((6, 2, 0)) == "6 for, 2 against"
    assert stance_text((0, 0, 1)) == "1 mixed"
    assert stance_text((0, 0, 0)) == ""


def test_a_fingerprint_tells_states_and_summaries_apart_but_not_kinds_of_nothing() -> None:
    assert fingerprint(NOT_CHARTED, "") == fingerprint(NO_EVIDENCE, "")
    assert len({fingerprint(DRAFT, "a"), fingerprint(CHECKED, "a"), fingerprint(DRAFT, "b"), fingerprint("", "")}) == 4
    assert fingerprint(DRAFT, "a") == fingerprint(DRAFT, " a\n")


def test_quotations_are_told_from_summaries() -> None:
    assert looks_like_quotations(quotations([QUOTE, QUOTE._replace(stance="mixed", quote="“so” he said")]))
    assert not looks_like_quotations("“I did” (P04:22), she says.")

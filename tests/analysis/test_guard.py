"""What the guard reports about a summary, and how it says so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.analysis.guard import (
    CitedPassage,
    CitedTurn,
    EvidencePassage,
    Finding,
    FindingKind,
    Severity,
    check_summary,
    find_quotation,
    is_quoted_from,
)
from fwanalysis.domain.summaries import parse_summary
from fwanalysis.domain.text import Span

TEXTS = (
    ("Mod", "Who paid for the sheet?"),
    ("P04", "We paid for it ourselves. I did not mind."),
    ("Mod", "Was it fair?"),
    ("P04", "It was not fair… but we went on with it."),
    ("P05", "Nobody paid us anything."),
    ("P05", "We came for the lunch."),
)


def turn(number: int) -> CitedTurn:
    """Turn 1 is the first of TEXTS; P04 and P05 belong to the case."""
    speaker, text = TEXTS[number - 1]
    return CitedTurn(f"t{number}", "FG1", number * 100, text, speaker, f"FG1:{number}", is_own=speaker != "Mod")


def check(text: str, *, coded: tuple[int, ...] = tuple(range(1, 7)), elsewhere: bool = False) -> list[Finding]:
    """Check a summary whose references name turns of FG1; the turns *coded* are the evidence."""
    summary = parse_summary(text)
    cited = []
    for item in summary.references:
        turns = tuple(turn(number) for number in range(item.first, item.last + 1) if 1 <= number <= len(TEXTS))
        cited.append(CitedPassage(turns, dangling="" if turns else "FG1 has only 6 turns"))
    evidence = [EvidencePassage(f"c{n}", f"FG1:{n}", "FG1", n * 100 + 3, n * 100 + 9) for n in coded]

    def place(words: str) -> str | None:
        found = find_quotation(words, map(turn, range(1, len(TEXTS) + 1)))
        return found.reference if found else None

    return list(check_summary(summary, cited, evidence, place if elsewhere else None))


def reported(text: str, *, coded: tuple[int, ...] = (), elsewhere: bool = False) -> list[tuple[str, str]]:
    """Kinds and the text that they are about, notes on the coding of the cited turns left out."""
    found = check(text, coded=coded, elsewhere=elsewhere)
    return [(item.kind, item.span.of(text)) for item in found if item.kind is not FindingKind.UNCODED_TURN]


def message(text: str, *, elsewhere: bool = False) -> str:
    (found,) = [item for item in check(text, coded=(), elsewhere=elsewhere) if item.severity is Severity.ERROR]
    return found.message


def test_a_summary_that_keeps_to_the_words_and_cites_its_evidence_has_no_findings() -> None:
    text = "They paid, “We paid for it ourselves” (FG1:2), and went on !(FG1:4). [R: who?] Others “came” (FG1:5–6)."
    assert check(text, coded=(2, 4, 5, 6)) == []


def test_a_misquotation_is_an_error_that_shows_the_nearest_words() -> None:
    text = "They “paid for that ourselves” (FG1:2)."
    (found,) = check(text, coded=(2,))
    assert (found.kind, found.severity, found.references) == (FindingKind.MISQUOTATION, Severity.ERROR, (0,))
    assert found.span.of(text) == "“paid for that ourselves”"
    assert found.message == (
        "“paid for that ourselves” is not in FG1:2, which has “We paid for it ourselves”. "
        "Copy these words, or correct the reference."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "They “we paid” (FG1:2).",
            "“we paid” has other capital letters than FG1:2: “We paid”. Write a changed one as in [T]he.",
        ),
        ("They “aid for it” (FG1:2).", "“aid for it” cuts a word of FG1:2: “paid for it”. Quote whole words."),
        (
            "They “Who paid” (FG1:1–2).",
            "“Who paid” is not what this case says: it is another speaker's, in FG1:1.",
        ),
        (
            "They “went on … came for the lunch” (FG1:4–6).",
            "“went on … came for the lunch” joins the words of two speakers. Quote each of them separately.",
        ),
        (
            "They “did not mind … We paid” (FG1:2).",
            "The parts of “did not mind … We paid” are not in this order in FG1:2. Quote them in their order.",
        ),
        (
            "They “not fair … went on” (FG1:4).",
            "“not fair … went on” leaves out words at an ellipsis of the transcript. Write the omission as […].",
        ),
        (
            "They “xylophone quartz” (FG1:2).",
            "“xylophone quartz” is not in FG1:2. Correct the quotation or the reference.",
        ),
    ],
)
def test_the_message_names_the_cause_of_a_misquotation(text: str, expected: str) -> None:
    assert message(text) == expected


def test_words_of_another_turn_are_an_error_that_says_where_they_are() -> None:
    text = "They “came for the lunch” (FG1:5)."
    assert reported(text) == [("misquotation", "“came for the lunch”")]
    assert message(text, elsewhere=True) == (
        "“came for the lunch” is not in FG1:5 but in FG1:6. Correct the reference."
    )


def test_the_words_of_a_quotation_may_be_in_any_reference_of_its_list() -> None:
    assert reported("They “came for the lunch” (FG1:5, 6).") == []
    assert reported("They “came for the lunch”, “paid us” (FG1:5; also FG1:6).") == []


def test_turns_of_one_speaker_that_follow_each_other_are_quoted_as_one() -> None:
    assert reported("“paid us anything. We came” (FG1:5–6).") == []
    assert reported("“paid us anything … the lunch” (FG1:5, 6).") == []
    assert reported("“paid us anything. We came” (FG1:5, 6).") == [("misquotation", "“paid us anything. We came”")]


def test_an_ellipsis_may_leave_out_the_question_between_two_turns_of_a_speaker_but_joins_no_two_speakers() -> None:
    assert reported("“did not mind … It was not fair” (FG1:2–4).") == []
    assert reported("“We paid … paid us anything” (FG1:2–5).") == [("misquotation", "“We paid … paid us anything”")]
    assert reported("“Who paid … We paid” (FG1:1–2).") == [("misquotation", "“Who paid … We paid”")]


def test_a_reference_to_nothing_is_an_error_and_its_quotation_is_not_reported_again() -> None:
    text = "They “paid” (FG1:9)."
    assert reported(text) == [("dangling-reference", "FG1:9")]
    assert message(text) == "(FG1:9) refers to nothing: FG1 has only 6 turns. Correct or remove the reference."
    assert message("So (FG1:4–2).") == "(FG1:4–2) ends before it begins. Write the smaller number first."


def test_a_reference_to_another_case_or_to_the_interviewer_is_an_error() -> None:
    text = "They “paid for the sheet” (FG1:1)."
    assert reported(text) == [("foreign-reference", "FG1:1")]
    assert message(text) == (
        "(FG1:1) is outside this cell: these are not the words of this case. Refer to words of the case itself."
    )
    summary = parse_summary("So (P05:2).")
    (found,) = check_summary(summary, [CitedPassage((turn(2),), foreign="P05 is another case")])
    assert found.kind is FindingKind.FOREIGN_REFERENCE
    assert "P05 is another case" in found.message


def test_words_that_a_foreign_reference_does_not_have_are_a_misquotation_too() -> None:
    assert reported("They “paid for that sheet” (FG1:1).") == [
        ("misquotation", "“paid for that sheet”"),
        ("foreign-reference", "FG1:1"),
    ]


def test_an_insertion_is_a_note_at_its_brackets_with_what_it_replaces() -> None:
    text = "“I did [really] mind” (FG1:2)."
    (found,) = check(text, coded=(2,))
    assert (found.kind, found.severity) == (FindingKind.INSERTION, Severity.NOTE)
    assert found.span.of(text) == "[really]"
    assert found.message == "[really] replaces “not”. Check that the quotation still means the same."
    (added,) = check("“I did [certainly] not mind” (FG1:2).", coded=(2,))
    assert "adds" in added.message


def test_a_quotation_or_sentence_without_a_reference_is_a_note_and_not_both() -> None:
    text = "They paid (FG1:2). Nobody minded.\nThey “paid”. [R: “why”?]"
    assert reported(text) == [
        ("sentence-without-reference", "Nobody minded."),
        ("quotation-without-reference", "“paid”"),
    ]
    assert all(item.severity is Severity.NOTE for item in check(text))


def test_a_sentence_is_referenced_by_what_is_inside_it_or_directly_follows_it_only() -> None:
    assert reported("They paid. (FG1:2) They left. They came (FG1:6).") == [
        ("sentence-without-reference", "They left.")
    ]


def test_a_quotation_mark_without_a_counterpart_is_a_note() -> None:
    assert reported("They “paid (FG1:2).") == [("unpaired-mark", "“")]
    assert reported("They paid” (FG1:2).") == [("unpaired-mark", "”")]


def test_evidence_that_no_reference_overlaps_is_listed_at_the_end() -> None:
    text = "They paid (FG1:2)."
    (found,) = check(text, coded=(2, 5))
    assert (found.kind, found.severity, found.ids) == (FindingKind.UNCITED_EVIDENCE, Severity.NOTE, ("c5",))
    assert (found.span.start, found.span.end) == (len(text), len(text))
    assert "(FG1:5)" in found.message


def test_evidence_is_cited_if_any_part_of_it_is_in_a_cited_turn_of_its_source() -> None:
    summary = parse_summary("So (FG1:2).")
    cited = [CitedPassage((turn(2),))]
    end = turn(2).end
    kinds = {}
    for source, start, stop in (
        ("FG1", end - 1, end + 9),
        ("FG1", end, end + 9),
        ("P04", end - 1, end),
        ("FG1", 0, 200),
    ):
        found = check_summary(summary, cited, [EvidencePassage("c", "r", source, start, stop)])
        kinds[source, start] = sorted(item.kind for item in found)
    both = sorted([FindingKind.UNCITED_EVIDENCE, FindingKind.UNCODED_TURN])
    assert kinds == {("FG1", end - 1): [], ("FG1", end): both, ("P04", end - 1): both, ("FG1", 0): both}


def test_cited_turns_without_a_coding_are_listed_once_with_their_ids() -> None:
    text = "They paid (FG1:2–4). They paid again (FG1:2)."
    (found,) = check(text, coded=(4,))
    assert (found.kind, found.ids, found.references) == (FindingKind.UNCODED_TURN, ("t2",), (0,))
    assert found.span.of(text) == "FG1:2–4"
    assert found.message == "FG1:2 is cited but not coded with this code. Code it, or refer to evidence instead."


def test_findings_are_in_the_order_of_the_text() -> None:
    spans = [item.span for item in check("No “x” (FG1:2) “y” (FG1:9).\nYes. “z”", coded=(1, 5))]
    assert len(spans) > 5
    assert spans == sorted(spans)


def test_each_reference_needs_what_it_resolves_to() -> None:
    with pytest.raises(ValueError, match="0 cited passages for 1 references"):
        check_summary(parse_summary("(P04:1)"), [])


def test_the_errors_are_exactly_misquotations_and_references_to_nothing_or_to_others() -> None:
    kinds = {kind for kind in FindingKind if Finding(kind, Span(0, 0), "").severity is Severity.ERROR}
    assert kinds == {FindingKind.MISQUOTATION, FindingKind.DANGLING_REFERENCE, FindingKind.FOREIGN_REFERENCE}


def test_a_text_can_be_asked_for_the_words_of_a_quotation() -> None:
    assert is_quoted_from("[t]he “sheet”", "The 'sheet' came")
    assert not is_quoted_from("the sheet", "The sheet")
    assert find_quotation("not mind", map(turn, (1, 2, 3))) == turn(2)
    assert find_quotation("mind not", map(turn, (1, 2, 3))) is None


fragments = st.sampled_from(
    [
        "“",
        "”",
        '"',
        "’",
        "[",
        "]",
        "[R:",
        "…",
        "[…]",
        "(FG1:2)",
        " (FG1:4–5; FG1:9)",
        "not",
        " fair",
        "We paid",
        ". ",
        "\n",
    ]
)


@given(st.lists(fragments, max_size=14).map("".join))
def test_any_text_can_be_checked_and_each_finding_is_about_a_part_of_it(text: str) -> None:
    references = range(len(parse_summary(text).references))
    for item in check(text, coded=(2,), elsewhere=True):
        assert item.message
        assert 0 <= item.span.start <= item.span.end <= len(text)
        assert set(item.references) <= set(references)
        assert item.kind is FindingKind.UNCITED_EVIDENCE or item.span


@given(st.sampled_from([text for speaker, text in TEXTS if speaker == "P04"]), st.data())
def test_a_quotation_is_right_exactly_if_its_characters_are_whole_words_of_the_turn(
    said: str, data: st.DataObject
) -> None:
    words = said.split()
    start = data.draw(st.integers(0, len(words) - 1))
    quote = " ".join(words[start : data.draw(st.integers(start + 1, len(words)))])
    assert is_quoted_from(quote, said)
    at = data.draw(st.integers(0, len(quote) - 1))
    changed = quote[:at] + "q" + quote[at + 1 :]
    assert not is_quoted_from(changed, said)

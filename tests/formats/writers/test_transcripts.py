"""Transcripts that leave the project: golden bytes, and that importing them gives the same turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.sources import Role, TurnKind
from fwanalysis.formats.readers.registry import read_source
from fwanalysis.formats.tables.formula_guard import guarded_reversibly, unguarded
from fwanalysis.formats.timestamps import clock, seconds_in_cell
from fwanalysis.formats.writers.transcripts import ExportTurn, transcript_table, transcript_text

if TYPE_CHECKING:
    from fwanalysis.domain.importing import ParsedSource

SPEECH = TurnKind.SPEECH
NASTY = (
    ExportTurn(None, None, None, None, TurnKind.PREAMBLE, "Interview 7\n\nof May"),
    ExportTurn("Int", Role.INTERVIEWER, None, 0.0, SPEECH, "So, “why”, then?"),
    ExportTurn("=P07", Role.PARTICIPANT, "P07", 751.25, SPEECH, '=1+1 is "two"; \u0085漢字 👩‍👩‍👧 '),
    ExportTurn(None, None, None, None, TurnKind.EXCLUDED, "Break"),
    ExportTurn("=P07", Role.PARTICIPANT, "P07", 3600.0, SPEECH, "'-"),
)


def turns(draft: ParsedSource) -> list[tuple[str | None, str, float | None, TurnKind]]:
    return [(turn.label, draft.text[turn.start : turn.end], turn.time, turn.kind) for turn in draft.turns]


def test_the_table_is_golden() -> None:
    assert (
        transcript_table(NASTY)
        == (
            "turn,kind,speaker,role,case,time,text\r\n"
            ',preamble,,,,,"Interview 7\n\nof May"\r\n'
            '1,speech,Int,interviewer,,00:00:00,"So, “why”, then?"\r\n'
            '2,speech,\'=P07,participant,P07,00:12:31.250,"\'=1+1 is ""two""; \u0085漢字 👩‍👩‍👧 "\r\n'
            ",excluded,,,,,Break\r\n"
            "3,speech,'=P07,participant,P07,01:00:00,''-\r\n"
        ).encode()
    )


def test_the_text_is_golden() -> None:
    assert transcript_text(NASTY) == (
        '---\nspeakers: ["Int", "=P07"]\n---\n\nInterview 7\n\nof May\n\n[00:00:00] Int: So, “why”, then?\n\n'
        '[00:12:31.250] =P07: =1+1 is "two"; \u0085漢字 👩‍👩‍👧 \n\n(excluded): Break\n\n[01:00:00] =P07: \'-\n'
    )
    said = [ExportTurn(label, None, None, None, SPEECH, "Yes.") for label in ("Ann", "Bob", None, "Ann", "Bob")]
    assert transcript_text(said) == "Ann: Yes.\n\nBob: Yes.\n\n(no speaker): Yes.\n\nAnn: Yes.\n\nBob: Yes.\n"


@given(st.text("'=+-@\t\r a", max_size=6))
def test_a_guard_is_undone_exactly_and_no_formula_is_left(cell: str) -> None:
    assert unguarded(guarded_reversibly(cell)) == cell
    assert not guarded_reversibly(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.integers(0, 99 * 3_600_000))
def test_times_come_back_to_the_millisecond(milliseconds: int) -> None:
    assert seconds_in_cell(clock(milliseconds / 1000)) == milliseconds / 1000


VOICES = {
    "Int": (Role.INTERVIEWER, None),
    "P07": (Role.PARTICIPANT, "P07"),
    "p07": (Role.PARTICIPANT, "=P08"),
    "- Zoë: (she)": (Role.OTHER, None),
    "'@": (Role.UNKNOWN, None),
}
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc"], include_characters="\n\t\x0b\x85")
WORDS = st.text(LETTERS, max_size=30)
TIMES = st.none() | st.integers(0, 10**8).map(lambda milliseconds: milliseconds / 1000)


@st.composite
def any_turn(draw: st.DrawFn) -> ExportTurn:
    label = draw(st.none() | st.sampled_from(sorted(VOICES)))
    role, case = VOICES[label] if label else (None, None)
    kind = SPEECH if label else draw(st.sampled_from(TurnKind))
    return ExportTurn(label, role, case, draw(TIMES), kind, draw(WORDS | st.sampled_from(["=1", "'=1", "-", '"', ","])))


@given(st.lists(any_turn(), min_size=1, max_size=12))
def test_importing_the_table_gives_the_same_turns(exported: list[ExportTurn]) -> None:
    exported.append(ExportTurn(None, None, None, None, SPEECH, "words"))
    draft = read_source("P07.csv", transcript_table(exported))
    assert turns(draft) == [(turn.label, turn.words, turn.time, turn.kind) for turn in exported]
    stated = {speaker.label: (speaker.role, speaker.case or None) for speaker in draft.speakers}
    assert stated == {turn.label: VOICES[turn.label] for turn in exported if turn.label}


SENTENCES = st.lists(
    st.sampled_from(["We left.", "Why was that?", "It rained; no.", "“No”, she said…", "漢字。", "e\u0301 👩‍👩‍👧"]),
    min_size=1,
    max_size=4,
).map(" ".join)


LABELLED = st.sampled_from(["Interviewer", "P07", "Mara Voss", "INT-2", "user_44", "Ben's iPhone", "=x", "zoë"])
KINDS = st.sampled_from([SPEECH, SPEECH, SPEECH, TurnKind.EXCLUDED])


@st.composite
def transcripts(draw: st.DrawFn) -> list[ExportTurn]:
    """Turns with and without speakers and times, and excluded text between them."""
    first = [("Interviewer", SPEECH), ("P07", SPEECH)] * 2
    more = draw(st.lists(st.tuples(st.none() | LABELLED, KINDS), min_size=1, max_size=10))
    timed = draw(st.booleans())
    preamble = [ExportTurn(None, None, None, None, TurnKind.PREAMBLE, "The first visit")] if draw(st.booleans()) else []
    said = [(None if kind is TurnKind.EXCLUDED else label, kind) for label, kind in [*first, *more, *first]]
    return preamble + [
        ExportTurn(label, None, None, 7.5 * at if timed else None, kind, draw(SENTENCES))
        for at, (label, kind) in enumerate(said)
    ]


@given(transcripts())
def test_importing_any_export_gives_the_same_turns(exported: list[ExportTurn]) -> None:
    same = [(turn.label, turn.words, turn.time, turn.kind) for turn in exported]
    assert turns(read_source("P07.csv", transcript_table(exported))) == same
    assert turns(read_source("P07.txt", transcript_text(exported).encode())) == same


@given(st.lists(st.tuples(SENTENCES, st.booleans()), min_size=4, max_size=9))
def test_turns_without_any_speaker_come_back(said: list[tuple[str, bool]]) -> None:
    exported = [
        ExportTurn(None, None, None, float(at) if timed else None, SPEECH, words)
        for at, (words, timed) in enumerate(said)
    ]
    same = [(None, turn.words, turn.time, SPEECH) for turn in exported]
    assert turns(read_source("P07.txt", transcript_text(exported).encode())) == same


def test_marks_of_no_speaker_are_marks_only_where_a_line_begins() -> None:
    text = "Int: What did you write?\n\nP07: I wrote (no speaker): there.\n\nInt: And?\n\nP07: Only that.\n"
    assert [turn.label for turn in read_source("P07.txt", text.encode()).turns] == ["Int", "P07", "Int", "P07"]


def test_a_turn_without_a_speaker_reaches_over_its_paragraphs_to_the_next_mark() -> None:
    text = (
        "Int: Who is that?\n\nP07: A friend.\n\n(no speaker): It is raining.\n\nIt has been for hours.\n\n"
        "(excluded): A knock\n\nInt: Come in.\n\nP07: Yes."
    )
    draft = read_source("P07.txt", text.encode())
    assert [(turn.label, turn.kind, draft.text[turn.start : turn.end]) for turn in draft.turns][2:4] == [
        (None, SPEECH, "It is raining.\n\nIt has been for hours."),
        (None, TurnKind.EXCLUDED, "A knock"),
    ]

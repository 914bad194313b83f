"""Whose words a span holds, and how attributes of cases are written, typed and ordered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.cases import (
    AttributeType,
    Attribution,
    Membership,
    attribution_of,
    canonical,
    infer_type,
    natural_key,
    parents,
    sort_key,
)
from fwanalysis.domain.sources import Role, Source, SourceKind, Speaker, SpeakerIndex, Turn, TurnKind
from fwanalysis.domain.text import Span
from fwanalysis.errors import InvalidInput

NOBODY = Attribution(frozenset(), None)


def voices(kind: SourceKind, own: str | None, *speech: str) -> SpeakerIndex:
    """Turns of ten code points with one between them; I interviews, X has no case, others are cases."""
    roles = {"I": Role.INTERVIEWER, "O": Role.OTHER, "U": Role.UNKNOWN}
    speakers = {
        label: Speaker(
            label, "s", label, roles.get(label, Role.PARTICIPANT), "", None if label in ("I", "O", "U", "X") else label
        )
        for label in speech
        if label != "-"
    }
    turns = tuple(
        Turn(
            str(at),
            "r",
            at,
            TurnKind.SPEECH,
            at + 1,
            None if label == "-" else label,
            at * 11,
            at * 11,
            at * 11 + 10,
            None,
        )
        for at, label in enumerate(speech)
    )
    return SpeakerIndex(Source("s", "S", kind, "r", own, ""), turns, speakers)


def test_in_an_interview_the_words_are_the_participants_whose_turns_they_overlap() -> None:
    talk = voices(SourceKind.INTERVIEW, "P01", "I", "P01", "I", "P02")
    assert attribution_of(talk, Span(11, 21)) == Attribution(frozenset({"P01"}), None)
    assert attribution_of(talk, Span(0, 12)) == Attribution(frozenset({"P01"}), None)
    assert attribution_of(talk, Span(15, 40)) == Attribution(frozenset({"P01", "P02"}), None)


def test_an_interviewers_words_the_marks_and_unmapped_voices_are_nobodys() -> None:
    talk = voices(SourceKind.INTERVIEW, "P01", "I", "P01", "X", "O")
    for span in (Span(0, 10), Span(10, 11), Span(22, 32), Span(33, 43)):
        assert attribution_of(talk, span) == NOBODY
        assert attribution_of(talk, span).is_unattributed


@pytest.mark.parametrize("speech", [("-",), ("-", "-"), ("-", "I"), ("-", "I", "O")])
def test_where_no_participant_is_labelled_turns_without_a_speaker_are_the_sources_own_case(
    speech: tuple[str, ...],
) -> None:
    assert attribution_of(voices(SourceKind.INTERVIEW, "P01", *speech), Span(3, 4)) == Attribution(
        frozenset({"P01"}), None
    )
    assert attribution_of(voices(SourceKind.FOCUS_GROUP, "FG1", *speech), Span(3, 4)) == Attribution(frozenset(), "FG1")
    assert attribution_of(voices(SourceKind.INTERVIEW, None, *speech), Span(3, 4)) == NOBODY


@pytest.mark.parametrize("speech", [("-", "P01"), ("-", "I", "P01"), ("-", "X"), ("-", "-", "I", "P02")])
@pytest.mark.parametrize("kind", list(SourceKind))
def test_where_a_participant_is_labelled_a_turn_without_a_speaker_is_unattributed(
    kind: SourceKind, speech: tuple[str, ...]
) -> None:
    assert attribution_of(voices(kind, "P01", *speech), Span(3, 4)) == NOBODY


def test_a_label_of_unknown_role_may_be_the_participant_so_a_turn_without_a_speaker_is_unattributed() -> None:
    talk = voices(SourceKind.INTERVIEW, "P01", "-", "U")
    assert attribution_of(talk, Span(3, 4)) == NOBODY
    assert attribution_of(talk, Span(12, 14)) == NOBODY


def test_a_passage_from_a_turn_without_a_speaker_into_an_answer_is_the_participants_only() -> None:
    talk = voices(SourceKind.INTERVIEW, "P01", "-", "P02")
    assert attribution_of(talk, Span(3, 15)) == Attribution(frozenset({"P02"}), None)
    group = voices(SourceKind.FOCUS_GROUP, "FG1", "-", "X")
    assert attribution_of(group, Span(3, 15)) == Attribution(frozenset(), "FG1")


def test_in_a_focus_group_participants_words_are_the_groups_as_well() -> None:
    talk = voices(SourceKind.FOCUS_GROUP, "FG1", "I", "P01", "X")
    assert attribution_of(talk, Span(11, 21)) == Attribution(frozenset({"P01"}), "FG1")
    assert attribution_of(talk, Span(22, 32)) == Attribution(frozenset(), "FG1")
    assert not attribution_of(talk, Span(22, 32)).is_unattributed
    assert attribution_of(talk, Span(0, 10)) == NOBODY


def test_a_source_without_turns_is_in_its_own_case_or_nobodys() -> None:
    assert attribution_of(voices(SourceKind.DOCUMENT, "Alder"), Span(3, 4)) == Attribution(frozenset({"Alder"}), None)
    assert attribution_of(voices(SourceKind.DOCUMENT, None), Span(3, 4)) == NOBODY


def test_a_caret_between_letters_stands_in_the_turn_around_it() -> None:
    talk = voices(SourceKind.INTERVIEW, "P01", "I", "P01")
    assert [turn.number for turn in talk.over(Span(15, 15))] == [2]
    assert [turn.number for turn in talk.over(Span(21, 21))] == [2]


@given(st.lists(st.sampled_from(["I", "P01", "P02", "X", "-"]), max_size=6), st.integers(0, 70), st.integers(1, 30))
def test_the_turns_over_a_span_are_those_that_share_a_point_with_it(speech: list[str], start: int, length: int) -> None:
    talk, span = voices(SourceKind.INTERVIEW, None, *speech), Span(start, start + length)
    assert list(talk.over(span)) == [turn for turn in talk.speech if turn.span.overlaps(span)]


def test_wholes_are_reached_through_other_wholes_and_circles_end() -> None:
    def belongs(*pairs: tuple[str, str]) -> list[Membership]:
        return [Membership(f"{member}{whole}", member, whole) for member, whole in pairs]

    assert parents(belongs(("P", "G"), ("G", "S"), ("Q", "S"))) == {"P": {"G", "S"}, "G": {"S"}, "Q": {"S"}}
    assert parents(belongs(("A", "B"), ("B", "A"))) == {"A": {"A", "B"}, "B": {"A", "B"}}


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        (AttributeType.NUMBER, " 12 ", "12"),
        (AttributeType.NUMBER, "+3.0", "3"),
        (AttributeType.NUMBER, "-.5", "-0.5"),
        (AttributeType.BOOLEAN, "Y", "yes"),
        (AttributeType.BOOLEAN, "False", "no"),
        (AttributeType.DATE, "2026-03-31", "2026-03-31"),
        (AttributeType.TEXT, " ward   sister ", "ward sister"),
        (AttributeType.CHOICE, "Nurse", "Nurse"),
    ],
)
def test_a_value_is_kept_in_one_form(kind: AttributeType, written: str, kept: str) -> None:
    assert canonical(written, kind, "x") == kept
    assert canonical(kept, kind, "x") == kept


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (AttributeType.NUMBER, "ten"),
        (AttributeType.NUMBER, "1e5"),
        (AttributeType.NUMBER, "nan"),
        (AttributeType.BOOLEAN, "maybe"),
        (AttributeType.DATE, "31/03/2026"),
        (AttributeType.DATE, "2026-02-30"),
    ],
)
def test_a_value_that_does_not_fit_is_named_with_its_attribute(kind: AttributeType, written: str) -> None:
    with pytest.raises(InvalidInput, match=f"years .*“{written}”"):
        canonical(written, kind, "years")


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["1", "2.5", "-3"], AttributeType.NUMBER),
        (["1", "0"], AttributeType.NUMBER),
        (["yes", "No", ""], AttributeType.BOOLEAN),
        (["2026-01-02", "2025-12-31"], AttributeType.DATE),
        (["nurse", "nurse", "doctor"], AttributeType.CHOICE),
        (["nurse", "doctor"], AttributeType.TEXT),
        (["", "n/a", "?"], AttributeType.TEXT),
        (["12", "unknown"], AttributeType.NUMBER),
    ],
)
def test_a_column_has_the_narrowest_type_that_fits(values: list[str], kind: AttributeType) -> None:
    assert infer_type(values) is kind


@given(st.lists(st.one_of(st.integers().map(str), st.sampled_from(["yes", "no", "nurse", "2026-01-02", "-", ""]))))
def test_every_known_value_of_a_column_fits_its_type(values: list[str]) -> None:
    kind = infer_type(values)
    for value in values:
        if value not in ("-", ""):
            assert canonical(value, kind, "x")


def test_values_sort_by_size_or_letters_and_the_unknown_last() -> None:
    assert sorted(["10", None, "9"], key=lambda value: sort_key(value, AttributeType.NUMBER)) == ["9", "10", None]
    assert sorted(["b", None, "A"], key=lambda value: sort_key(value, AttributeType.TEXT)) == ["A", "b", None]


def test_names_sort_as_people_count() -> None:
    assert sorted(["P10", "P2", "p1", "FG1", "7", "P2a"], key=natural_key) == ["7", "FG1", "p1", "P2", "P2a", "P10"]


@given(st.lists(st.text()))
def test_any_names_can_be_sorted(names: list[str]) -> None:
    assert len(sorted(names, key=natural_key)) == len(names)

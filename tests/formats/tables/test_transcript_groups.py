"""Tables that hold several transcripts, and what public datasets call their columns."""

from __future__ import annotations

import pytest

from fwanalysis.domain.sources import Role
from fwanalysis.formats.readers.registry import read_source, read_sources
from tests.formats.readers.test_table import comma, turns

TALKS = (
    ("a", "counsellor", "What brings you here?"),
    ("a", "visitor", "I cannot sleep any more."),
    ("b", "counsellor", "How was the week?"),
    ("b", "visitor", "Longer than the last one."),
)


def table(of: str, *ids: str) -> bytes:
    rows = [(ids["ab".index(talk)], *rest) for talk, *rest in TALKS]
    return comma((of, "interlocutor", "utterance_text"), *rows)


@pytest.mark.parametrize(
    "of", ["transcript_id", "conversationId", "Dialogue_ID", "session", "OBS ID", "file", "interview_no", "doc_id"]
)
def test_each_transcript_of_a_table_is_a_source(of: str) -> None:
    drafts = read_sources("visits.csv", table(of, "17", "18"))
    assert [draft.name for draft in drafts] == ["visits 17", "visits 18"]
    assert [turns(draft) for draft in drafts] == [
        [("counsellor", TALKS[0][2], None), ("visitor", TALKS[1][2], None)],
        [("counsellor", TALKS[2][2], None), ("visitor", TALKS[3][2], None)],
    ]
    assert [[warning.message for warning in draft.warnings] for draft in drafts] == [
        [f"The column “{of}” names 2 transcripts; each became a source."],
        [],
    ]


@pytest.mark.parametrize(
    ("ids", "names"),
    [
        (("Site A/2", "Site B"), ["Site A 2", "Site B"]),
        (("talks/K1.docx", "K2.txt"), ["talks K1", "K2"]),
        (("K1", "k1 "), ["K1", "k1 (2)"]),
    ],
)
def test_sources_have_the_names_that_their_column_gives(ids: tuple[str, str], names: list[str]) -> None:
    assert [draft.name for draft in read_sources("x.csv", table("recording", *ids))] == names


def test_rows_of_transcripts_may_be_mixed_and_name_theirs_once() -> None:
    rows = (("1", "Ida", "one"), ("", "Jon", "two"), ("2", "Ida", "three"), ("1", "Ida", "four"), ("2", "Jon", "five"))
    drafts = read_sources("x.csv", comma(("interview id", "speaker", "text"), *rows))
    assert [[words for _, words, _ in turns(draft)] for draft in drafts] == [["one", "two", "four"], ["three", "five"]]


@pytest.mark.parametrize("ids", [("7", "7", "7", "7"), ("1", "2", "3", "4"), ("", "", "", "")])
def test_one_transcript_or_an_id_for_each_row_is_one_source(ids: tuple[str, ...]) -> None:
    rows = [(name, who, words) for name, (_, who, words) in zip(ids, TALKS, strict=True)]
    assert len(turns(read_source("x.csv", comma(("transcript id", "speaker", "text"), *rows)))) == 4


def test_warnings_that_all_transcripts_share_are_given_once() -> None:
    rows = [(*talk, "sad") for talk in TALKS]
    drafts = read_sources("x.csv", comma(("call_id", "speaker", "text", "mood"), *rows))
    assert [len(draft.warnings) for draft in drafts] == [2, 0]


@pytest.mark.parametrize(
    "header",
    [
        ("utterance_id", "interlocutor", "timestamp", "utterance_text"),
        ("turn_num", "speaker_id", "start_time", "utterance"),
        ("utteranceId", "authorRole", "start_timestamp", "utterance"),
        ("Sr No.", "Speaker", "StartTime", "Utterance"),
        ("line_no", "speaker", "start", "value"),
        ("turn_idx", "speaker_name", "offset_seconds", "message_text"),
        ("segment_id", "caller", "begin_time", "segment_text"),
        ("utt_id", "locuteur", "temps", "texte"),
    ],
)
def test_columns_of_public_datasets_are_known(header: tuple[str, ...]) -> None:
    rows = [(str(at), who, f"0:0{at}", words) for at, (_, who, words) in enumerate(TALKS, 1)]
    draft = read_source("x.csv", comma(header, *rows))
    assert turns(draft) == [(who, words, float(at)) for at, (_, who, words) in enumerate(TALKS, 1)]
    assert [speaker.role for speaker in draft.speakers][:1] != [Role.OTHER]
    assert draft.warnings == ()


def test_the_name_of_a_speaker_is_surer_than_an_id() -> None:
    rows = [(f"s{at % 2}", who, words) for at, (_, who, words) in enumerate(TALKS)]
    draft = read_source("x.csv", comma(("speaker_id", "speaker_name", "text"), *rows))
    assert [label for label, _, _ in turns(draft)] == [who for _, who, _ in TALKS]

"""Why a written cell is out of date: its basis compared with the present evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fwanalysis.domain.staleness import OLD, Basis, BasisCitation, BasisCoding, Cause, Present, staleness

ONE = BasisCoding("c1", "words", "r1", 10, 20, "cost", ("p1",), "for")
TWO = BasisCoding("c2", "words", "r1", 30, 40, "cost", ("p1",), "for")
BASIS = Basis((ONE, TWO), "v1", versions=(("delay", "d1"),))
NEW = BasisCoding("c3", "words", "r1", 50, 60, "cost", ("p1",), "for")
TURN = BasisCitation("s1", "words", "r1", 0, 9)


def causes(then: Basis, now: Basis, present: Present | None = None) -> list[tuple[Cause, int]]:
    return [(reason.cause, len(reason.affected)) for reason in staleness(then, now, present)]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ((ONE, TWO), []),
        ((ONE, TWO, NEW), [(Cause.ADDED, 1)]),
        ((), [(Cause.REMOVED, 2)]),
        ((ONE, replace(TWO, words="other")), [(Cause.REBOUNDED, 1)]),
        ((ONE, replace(TWO, end=41)), [(Cause.REBOUNDED, 1)]),
        ((ONE, replace(TWO, words="other", revision_id="r2")), [(Cause.CORRECTED, 1)]),
        ((replace(ONE, revision_id="r2", start=11, end=21), replace(TWO, revision_id="r2")), []),
        ((ONE, replace(TWO, code_id="delay")), [(Cause.RECODED, 1)]),
        ((ONE, replace(TWO, cases=("p2",))), [(Cause.REATTRIBUTED, 1)]),
        ((ONE, replace(TWO, stance="against")), [(Cause.STANCE, 1)]),
    ],
)
def test_a_cell_is_out_of_date_for_the_cause_by_which_its_evidence_changed(
    changed: tuple[BasisCoding, ...], expected: list[tuple[Cause, int]]
) -> None:
    assert causes(BASIS, replace(BASIS, codings=changed)) == expected


def test_a_changed_definition_of_the_code_or_of_a_code_of_the_evidence_is_a_cause() -> None:
    assert causes(BASIS, replace(BASIS, code_version_id="v2")) == [(Cause.REDEFINED, 1)]
    assert causes(BASIS, replace(BASIS, versions=(("delay", "d2"),))) == [(Cause.REDEFINED, 1)]
    assert causes(BASIS, replace(BASIS, versions=())) == []


def test_evidence_that_left_the_cell_is_reported_by_what_became_of_it() -> None:
    now = replace(BASIS, codings=(TWO,))
    assert causes(BASIS, now, Present(unanchored={"c1"})) == [(Cause.UNANCHORED, 1)]
    assert causes(BASIS, now, Present(anchored={"c1": ("cost", ("p2",), "")})) == [(Cause.REATTRIBUTED, 1)]
    assert causes(BASIS, now, Present(anchored={"c1": ("trust", ("p1",), "")})) == [(Cause.RECODED, 1)]
    assert causes(BASIS, now) == [(Cause.REMOVED, 1)]


def test_a_coding_that_is_older_than_the_summary_came_by_reattribution() -> None:
    now = replace(BASIS, codings=(ONE, TWO, NEW))
    older = Present(anchored={"c3": ("cost", ("p1",), "2026-01-01")}, written_at="2026-01-02")
    newer = Present(anchored={"c3": ("cost", ("p1",), "2026-01-03")}, written_at="2026-01-02")
    assert causes(BASIS, now, older) == [(Cause.REATTRIBUTED, 1)]
    assert causes(BASIS, now, newer) == [(Cause.ADDED, 1)]


def test_cited_text_that_changed_or_is_gone_is_a_cause() -> None:
    then = replace(BASIS, citations=(TURN,))
    same = Present(citations={"s1": replace(TURN, revision_id="r2", start=4, end=13)})
    assert causes(then, BASIS, same) == []
    assert causes(then, BASIS, Present(citations={"s1": replace(TURN, words="other")})) == [(Cause.CITED, 1)]
    assert causes(then, BASIS) == [(Cause.CITED, 1)]


def test_a_summary_that_it_is_based_on_is_a_cause_when_it_changed_or_is_out_of_date() -> None:
    then = replace(BASIS, cells=(("cell", "content"),))
    assert causes(then, BASIS, Present(cells={"cell": "content"})) == []
    assert causes(then, BASIS, Present(cells={"cell": "other"})) == [(Cause.CELL, 1)]
    assert causes(then, BASIS, Present(cells={"cell": f"{OLD}content"})) == [(Cause.CELL, 1)]
    assert causes(then, BASIS) == [(Cause.CELL, 1)]


def test_what_an_older_version_did_not_record_is_not_compared() -> None:
    old = Basis((BasisCoding("c1", "words", "r1"), BasisCoding("c2", "words", "r1")), "v1")
    assert causes(old, BASIS) == []


def test_a_reason_reads_as_a_phrase() -> None:
    now = replace(BASIS, codings=(NEW,))
    assert [str(reason) for reason in staleness(BASIS, now)] == ["1 coding added", "2 codings removed"]

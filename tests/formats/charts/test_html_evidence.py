"""Passages are gathered once, with their codings and their cells."""

from __future__ import annotations

from fwanalysis.formats.charts.html_evidence import gather_evidence
from tests.formats.charts.html_documents import chart_document


def test_each_passage_is_gathered_once_with_its_codings_and_cells() -> None:
    evidence = gather_evidence(chart_document())
    found = [(one.reference, [coding.code for coding in one.codings.values()], one.cells) for one in evidence.passages]
    assert found == [
        ("(P10:3)", ["Effort > Cost"], [(0, 1)]),
        ("(P02:7)", ["Effort > Cost"], [(1, 2)]),
        ("(P04:12)", ["Effort > Cost", "Effort > Time"], [(2, 1), (2, 2)]),
        ("(P04:14)", ["Effort > Cost"], [(2, 1)]),
        ("(FG1:3)", ["Trust"], [(3, 3)]),
    ]
    assert [one.number for one in evidence.passages] == [0, 1, 2, 3, 4]


def test_a_cell_has_only_its_own_codings_of_a_shared_passage() -> None:
    evidence = gather_evidence(chart_document())
    [entry] = evidence.cells[2][2]
    assert (entry.passage.reference, [coding.code for coding in entry.codings]) == ("(P04:12)", ["Effort > Time"])


def test_sources_and_passages_are_in_natural_order() -> None:
    by_source = gather_evidence(chart_document()).by_source()
    assert [(source, [one.reference for one in passages]) for source, passages in by_source] == [
        ("<b>Interview</b> with P10", ["(P10:3)"]),
        ("Focus group 1", ["(FG1:3)"]),
        ("Interview with P02", ["(P02:7)"]),
        ("Interview with P04", ["(P04:12)", "(P04:14)"]),
    ]

"""Files that record an analysis."""

from __future__ import annotations

import pytest

from fwanalysis.domain.matrix import Bands, MatrixQuery
from fwanalysis.domain.suggestions import Verdict
from fwanalysis.errors import InvalidInput
from fwanalysis.formats.analysis_record import read_analysis

RECORD = """fwanalysis: analysis/1
codes:
  - name: Rest
    definition: Time to recover.
decisions:
  - {source: P01, code: effort, quote: it was hard, verdict: accepted, because: clear}
codings:
  - {source: P02, code: rest, quote: I slept}
summaries:
  - {case: P01, theme: effort, text: " Hard work. "}
  - {case: P02, theme: effort}
"""


def test_each_section_is_read() -> None:
    record = read_analysis("study.yaml", RECORD.encode())
    assert [(code.name, code.parent) for code in record.codes] == [("Rest", None)]
    assert [(one.verdict, one.because) for one in record.decisions] == [(Verdict.ACCEPTED, "clear")]
    assert [(one.source, one.code, one.quote) for one in record.codings] == [("P02", "rest", "I slept")]
    assert [one.text for one in record.summaries] == ["Hard work.", ""]


SECOND = """fwanalysis: analysis/2
decisions:
  - {source: P01, code: effort, quote: it was hard, verdict: accepted, stance: mixed}
codings:
  - {source: P02, code: rest, quote: I slept, stance: against, note: a joke}
afterwards:
  - {source: P02, code: rest, quote: all day}
summaries:
  - {case: P01, theme: effort, text: Hard., state: draft, itself: true, disagreement: It took an hour.}
  - {case: P02, theme: effort, text: Was away., state: not-applicable}
  - {case: P03, theme: effort}
charts:
  - {name: Both, rows: site, themes: [effort], where: ["wave=2"], sort: [-size], bands: [{attribute: size, cuts: [5]}]}
abstraction:
  - code: effort
    elements: [{name: Sleep, cells: [P01], dimension: Night}, {name: Tea}]
    dimensions: [{name: Night, category: Time}]
    categories: [Time]
"""


def test_the_second_form_has_stances_states_charts_and_abstractions() -> None:
    record = read_analysis("study.yaml", SECOND.encode())
    assert record.decisions[0].stance == "mixed"
    assert [(coding.stance, coding.note) for coding in record.codings] == [("against", "a joke")]
    assert [coding.quote for coding in record.afterwards] == ["all day"]
    assert [(one.state, one.itself, one.disagreement) for one in record.summaries] == [
        ("draft", True, "It took an hour."),
        ("not-applicable", False, ""),
        ("nothing-said", False, ""),
    ]
    assert record.charts[0].query == MatrixQuery(
        rows="site", themes=("effort",), where=(("wave", "2"),), sort=("-size",), bands=(Bands("size", (5.0,)),)
    )
    (column,) = record.abstractions
    assert [(item.level, item.name, item.parent, item.cells) for item in column.concepts] == [
        ("element", "Sleep", "Night", ("P01",)),
        ("element", "Tea", "", ()),
        ("dimension", "Night", "Time", ()),
        ("category", "Time", "", ()),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("fwanalysis: [", "study.yaml is not YAML"),
        ("codes: []", "does not begin with “fwanalysis: analysis/2”"),
        ("fwanalysis: analysis/1\ncodings:\n  - {source: P01, code: x}\n", "entry 1 of codings has no “quote”"),
        (RECORD.replace("accepted", "maybe"), "the verdict of entry 1 of decisions is “maybe”; use one of accepted"),
        ("fwanalysis: analysis/1\nsummaries:\n  - just words\n", "entry 1 of summaries has no “case”"),
    ],
)
def test_an_error_is_one_sentence_that_names_the_entry(text: str, problem: str) -> None:
    with pytest.raises(InvalidInput, match=problem):
        read_analysis("study.yaml", text.encode())

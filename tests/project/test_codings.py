"""Putting codes on passages and taking them off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fwanalysis.domain.codings import Origin, Tally
from fwanalysis.errors import Ambiguous, InvalidInput, NotFound
from fwanalysis.project import open_project
from tests.project.project_study import P01, code, rows

if TYPE_CHECKING:
    from fwanalysis.project import Project

QUOTE = "Nobody asks who pays for it."


def test_a_coding_quotes_exactly_what_stands_at_its_place(project: Project) -> None:
    place = project.codings.find_quote("P01", QUOTE)
    made = project.codings.add("P01", "cost", place.start, place.end)
    assert made.anchor.quote == QUOTE == P01[place.start : place.end]
    (view,) = project.codings.list()
    assert (view.code_path, view.source, view.case, view.turn) == ("effort/cost", "P01", "P01", 2)
    assert (view.coder, view.origin, view.quote) == ("ana", Origin.MANUAL, QUOTE)


def test_codes_on_the_same_passage_share_its_segment(project: Project) -> None:
    code(project, "P01", "cost", QUOTE)
    code(project, "P01", "trust", QUOTE)
    with open_project(project.path, coder="ben") as other:
        code(other, "P01", "cost", QUOTE)
    assert len(rows(project)["segments"]) == len(rows(project)["anchors"]) == 1
    assert len(rows(project)["codings"]) == 3


def test_a_segment_goes_with_its_last_coding_and_not_before(project: Project) -> None:
    first, second = code(project, "P01", "cost", QUOTE), code(project, "P01", "trust", QUOTE)
    assert project.codings.remove([first]) == [first]
    assert len(rows(project)["segments"]) == 1
    assert project.codings.remove([second, second]) == [second]
    assert not any(rows(project)[name] for name in ("segments", "anchors", "codings"))
    project.history.undo()
    assert [view.id for view in project.codings.list()] == [second]


def test_an_unknown_coding_among_others_removes_none(project: Project) -> None:
    first = code(project, "P01", "cost", QUOTE)
    with pytest.raises(NotFound, match="nonsense"):
        project.codings.remove([first, "nonsense"])
    assert len(project.codings.list()) == 1


def test_the_same_coding_twice_is_refused_and_leaves_no_trace(project: Project) -> None:
    code(project, "P01", "cost", QUOTE)
    before, events = rows(project), project.history.verify().events
    with pytest.raises(InvalidInput, match="already coded Cost"):
        code(project, "P01", "cost", QUOTE)
    assert rows(project) == before
    assert project.history.verify().events == events


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 5), (-1, 4), (0, 10_000)])
def test_a_span_that_is_empty_or_outside_is_refused(project: Project, start: int, end: int) -> None:
    with pytest.raises(InvalidInput, match="invalid span"):
        project.codings.add("P01", "cost", start, end)


def test_blank_space_alone_cannot_be_coded(project: Project) -> None:
    blank = P01.index(" ")
    with pytest.raises(InvalidInput, match="no text"):
        project.codings.add("P01", "cost", blank, blank + 1)


def test_a_quote_must_stand_in_the_source_and_only_once(project: Project) -> None:
    with pytest.raises(Ambiguous, match="2 times"):
        project.codings.find_quote("P01", "We share what we learn.")
    with pytest.raises(NotFound, match="no exact match"):
        project.codings.find_quote("P01", "We share what we know.")


def test_lists_take_source_code_and_below_case_and_coder_together(project: Project) -> None:
    code(project, "P01", "cost", QUOTE)
    code(project, "P01", "trust", "Trust grows slowly.")
    code(project, "FG1", "cost", "The meetings cost us")
    code(project, "FG1", "trust", "We trust the people")
    code(project, "newsletter", "trust", "Trust, it says")

    def listed(**filters: Any) -> list[tuple[str, str]]:
        return [(view.source, view.code) for view in project.codings.list(**filters)]

    assert listed(source="P01") == [("P01", "Cost"), ("P01", "Trust")]
    assert listed(code="effort") == [("P01", "Cost"), ("FG1", "Cost")]
    assert listed(case="P02") == [("FG1", "Cost")]
    assert listed(case="FG1") == [("FG1", "Cost"), ("FG1", "Trust")]
    assert listed(case="FG1", code="trust", coder="ana") == [("FG1", "Trust")]
    with pytest.raises(NotFound, match='no coder "ben"'):
        listed(coder="ben")
    assert [view.case for view in project.codings.list(code="trust")] == ["P01", "FG1", None]


def test_shares_and_counts_follow_the_codings(project: Project) -> None:
    code(project, "P01", "cost", QUOTE)
    code(project, "P01", "trust", QUOTE)
    overview = next(item for item in project.sources.list() if item.name == "P01")
    assert overview.codings == 2
    assert overview.coded_share == pytest.approx(len(QUOTE) / len(P01))
    assert project.codings.counts() == {project.codebook.show(name).id: Tally(1) for name in ("cost", "trust")}

"""The table of codings: one row each, with what its cases are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.codings import Stance
from tests.project.project_study import P01, code

if TYPE_CHECKING:
    from fwanalysis.project import Project

QUOTE = "Nobody asks who pays for it."


def records(project: Project, **filters: str) -> list[dict[str, object]]:
    table = project.codings.export(**filters)  # type: ignore[arg-type]
    assert len(set(table.columns)) == len(table.columns)
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def test_a_row_has_the_coding_its_place_and_the_attributes_of_its_case(project: Project) -> None:
    made = code(project, "P01", "cost", QUOTE)
    project.codings.edit([made], stance=Stance.AGAINST, note="ironic")
    (record,) = records(project)
    start = P01.index(QUOTE)
    assert record == {
        "quotation": QUOTE,
        "code": "effort/cost",
        "kind": "sensitizing",
        "stance": "against",
        "note": "ironic",
        "source": "P01",
        "source_kind": "interview",
        "turn": 2,
        "reference": "(P01:2)",
        "speaker": "P01",
        "case": "P01",
        "site": "Alder",
        "years": "12",
        "role": "nurse",
        "coder": "ana",
        "origin": "manual",
        "created": project.codings.list()[0].created,
        "id": made,
        "start": start,
        "end": start + len(QUOTE),
    }


def test_values_of_several_cases_are_joined_and_equal_ones_given_once(project: Project) -> None:
    text = project.sources.text("FG1")
    start, end = text.index("The meetings cost"), text.index("We trust the people")
    project.codings.add("FG1", "cost", start, end)
    (record,) = records(project)
    assert (record["case"], record["speaker"]) == ("P02, P03", "P02; P03")
    assert (record["site"], record["years"], record["role"]) == ("Birch", "4; 7", "doctor; nurse")


def test_text_without_turns_and_cases_leaves_their_columns_empty(project: Project) -> None:
    code(project, "newsletter", "trust", "Trust, it says")
    (record,) = records(project)
    assert [record[name] for name in ("turn", "reference", "speaker", "case", "site")] == [None] * 5


def test_an_attribute_that_is_named_like_a_column_has_a_heading_of_its_own(project: Project) -> None:
    project.cases.set("P01", attributes={"code": "7"})
    code(project, "P01", "cost", QUOTE)
    (record,) = records(project)
    assert (record["code"], record["case.code"]) == ("effort/cost", "7")


def test_filters_are_those_of_the_list_and_are_stated_beside_the_table(project: Project) -> None:
    code(project, "P01", "cost", QUOTE)
    code(project, "P01", "trust", "Trust grows slowly.")
    assert [record["code"] for record in records(project, code="trust")] == ["trust"]
    about = project.codings.export(code="trust").about
    assert (about["filters"], about["codings"]) == ({"code": "trust"}, 1)

"""Pictures of figures as SVG: well-formed, readable as text, and with nothing that a page could run."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from fwanalysis.domain.figures import (
    CodeFigure,
    CodePair,
    CodesFigure,
    CoOccurrence,
    Crosstab,
    FigureColumn,
    FigureRow,
    GridFigure,
    Measure,
    Unit,
)
from fwanalysis.domain.matrix import Stances
from fwanalysis.formats.charts.svg import CHART_CSS, bars_svg, cooccurrence_svg, crosstab_svg, heat_map_svg

SVG = "{http://www.w3.org/2000/svg}"
COLUMNS = (
    FigureColumn("a", "Free-riding", "a", frozenset("a")),
    FigureColumn("b", "Trust & <care>", "b", frozenset("b")),
)
CODES = CodesFigure(
    (
        CodeFigure("a", "Free-riding", "a", 8, 11, 0, 0, 9, 12, Stances(9, 2, 1), Stances(5, 2, 1), 90, ("1",)),
        CodeFigure("b", "Trust & <care>", "b", 0, 11, 0, 0, 0, 0, Stances(), Stances(), 0, ()),
    ),
    "The note.",
)
ROWS = (FigureRow("P1", "P1", "person"), FigureRow("P2", "P2", "person"))
GRID = GridFigure(Measure.PER_1000, ROWS, COLUMNS, ((1234.56, 0.0), (None, 2.0)), {("P2", "a"): "why"}, "The note.")
PAIRS = CoOccurrence(Unit.TURN, COLUMNS, {"a": 4, "b": 2}, (CodePair("a", "b", 1, 3, 1),), "The note.")
TABLE = Crosstab("role", "site", ("nurse",), ("Alder", "Birch"), ((("P1",), ("P2", "P3")),), 0, "The note.")
PICTURES = {
    "bars": lambda **options: bars_svg(CODES, **options),
    "heat map": lambda **options: heat_map_svg(GRID, **options),
    "co-occurrence": lambda **options: cooccurrence_svg(PAIRS, **options),
    "crosstab": lambda **options: crosstab_svg(TABLE, **options),
}


def texts(svg: str) -> list[str]:
    return [element.text for element in etree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_has_a_title_and_a_description_that_it_is_named_by(name: str) -> None:
    root = etree.fromstring(PICTURES[name](key="figure-3"))
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "figure-3-title figure-3-desc")
    assert root.find(f"{SVG}title").get("id") == "figure-3-title"
    assert root.find(f"{SVG}desc").get("id") == "figure-3-desc"
    assert root.find(f"{SVG}desc").text


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_in_a_page_takes_its_colours_from_the_page(name: str) -> None:
    svg = PICTURES[name]()
    used = set(re.findall(r"var\((--chart-\w+), #\w{6}\)", svg))
    assert used
    assert used <= set(re.findall(r"(--chart-\w+):", CHART_CSS))
    assert etree.fromstring(svg).get("fill") == "currentColor"


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_in_a_file_needs_no_page(name: str) -> None:
    svg = PICTURES[name](is_file=True)
    assert "var(" not in svg
    assert "currentColor" not in svg
    assert etree.fromstring(svg).find(f"{SVG}rect").get("fill") == "#ffffff"


@pytest.mark.parametrize("name", PICTURES)
def test_every_element_lies_within_the_picture(name: str) -> None:
    root = etree.fromstring(PICTURES[name]())
    width, height = float(root.get("width")), float(root.get("height"))
    boxes = list(root.iter(f"{SVG}rect"))
    assert boxes
    for box in boxes:
        assert 0 <= float(box.get("x")) <= float(box.get("x")) + float(box.get("width")) <= width
        assert 0 <= float(box.get("y")) <= float(box.get("y")) + float(box.get("height")) <= height


def test_a_bar_shows_the_cases_of_all_possible_cases_and_their_stances_as_text() -> None:
    assert {"8 of 11 (5 for, 2 against, 1 mixed)", "0 of 11", "for", "against", "mixed"} <= set(texts(bars_svg(CODES)))


def test_the_parts_of_a_bar_are_as_long_as_their_numbers() -> None:
    boxes = [box for box in etree.fromstring(bars_svg(CODES)).iter(f"{SVG}rect") if box.get("height") == "16.0"]
    assert [(box.get("fill"), float(box.get("width"))) for box in boxes] == [
        ("none", 300.0),
        (pytest.approx("var(--chart-for, #1d4e89)"), pytest.approx(300 * 5 / 11, abs=0.1)),
        ("var(--chart-mixed, #9a8fb0)", pytest.approx(300 * 1 / 11, abs=0.1)),
        ("var(--chart-against, #f2b134)", pytest.approx(300 * 2 / 11, abs=0.1)),
        ("none", 300.0),
    ]


def test_a_heat_map_shows_numbers_and_a_dash_where_there_is_none() -> None:
    assert [text for text in texts(heat_map_svg(GRID)) if text in {"1,234.6", "0.0", "–", "2.0"}] == [
        *("1,234.6", "0.0", "–", "2.0")
    ]


def test_a_higher_value_has_a_stronger_colour() -> None:
    values = replace(GRID, values=((1.0, 2.0), (4.0, 3.0)))
    boxes = etree.fromstring(heat_map_svg(values)).iter(f"{SVG}rect")
    strength = [float(box.get("fill-opacity")) for box in boxes]
    assert strength == [pytest.approx(0.55 * share, abs=0.01) for share in (0.25, 0.5, 1, 0.75)]


def test_co_occurrence_shows_coefficient_number_and_frequency() -> None:
    shown = texts(cooccurrence_svg(PAIRS))
    assert shown.count("0.20 (n=1)") == 2
    assert {"n=4", "n=2"} <= set(shown)


def test_a_crosstab_marks_small_cells() -> None:
    assert {"1* (33%)", "2* (67%)"} <= set(texts(crosstab_svg(TABLE)))


def test_a_long_label_is_wrapped_and_not_cut() -> None:
    label = "Trust between organisations that compete for the same contracts and " + "x" * 80
    codes = CodesFigure((replace(CODES.codes[0], label=label),), "")
    assert "".join(label.split()) in "".join("".join(text.split()) for text in texts(bars_svg(codes)))


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_name_gives_well_formed_xml_without_markup_of_its_own(row: str, column: str) -> None:
    grid = replace(
        GRID,
        rows=(replace(ROWS[0], label=row), ROWS[1]),
        columns=(replace(COLUMNS[0], label=column), COLUMNS[1]),
    )
    tags = {etree.QName(element).localname for element in etree.fromstring(heat_map_svg(grid)).iter()}
    assert tags == {"svg", "title", "desc", "text", "rect"}


def test_the_colours_of_for_mixed_and_against_differ_in_lightness() -> None:
    for part in CHART_CSS.split("@media"):
        colours = dict(re.findall(r"--chart-(for|mixed|against):#(\w{6})", part))
        light = sorted(
            0.2126 * int(colour[:2], 16) + 0.7152 * int(colour[2:4], 16) + 0.0722 * int(colour[4:], 16)
            for colour in colours.values()
        )
        assert len(light) == 3
        assert min(light[1] - light[0], light[2] - light[1]) > 25

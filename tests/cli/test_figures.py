"""``fwa figure``: tables, pictures, files, and the codings behind a number."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from fwanalysis.cli import figure_output, figure_pictures, output
from tests.cli.cli_study import done, run, told

pytestmark = pytest.mark.usefixtures("coded")


@pytest.fixture
def coded(falls: Path) -> Path:
    """The study with the suggestions of its rules accepted."""
    done("suggest", "accept", "--all")
    return falls


def records(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def on_a_terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """Have the commands write as to a terminal of this width that shows any character."""
    for module in (output, figure_pictures, figure_output):
        monkeypatch.setattr(module, "terminal_width", lambda: width)
    monkeypatch.setattr(figure_pictures, "is_terminal", lambda _: True)


def test_every_code_is_shown_below_its_theme_with_cases_and_stance() -> None:
    lines = done("figure", "codes").split("\n")
    assert any(line.startswith("The effort that collaborating takes  ") for line in lines)
    assert any(line.startswith("\u00a0\u00a0Free-riding  ") and " for" in line for line in lines)
    assert sum(" of 5" in line for line in lines) >= 8


def test_the_note_says_what_is_counted_and_how_to_list_the_codings() -> None:
    result = run("figure", "codes", "effort")
    assert "n of N: N is the number of cases that could have said something (4 persons and 1 group)" in result.stderr
    assert result.stderr.endswith("fwa coding list --code CODE --case CASE\n")


def test_json_has_the_ids_of_the_codings_behind_each_number() -> None:
    (effort,) = told("figure", "codes", "effort")
    assert effort["codings"]
    assert set(effort["codings"]) == {
        coding["id"] for coding in told("coding", "list", "--code", "effort") if coding["case"]
    }
    cell = next(cell for cell in told("figure", "heat-map") if cell["value"])
    listed = told("coding", "list", "--code", cell["code_path"], "--case", cell["case"])
    assert set(cell["codings"]) == {coding["id"] for coding in listed}


def test_ids_add_a_column_to_the_table() -> None:
    (row,) = records(done("figure", "codes", "effort", "--ids", "--format", "csv"))
    assert row["codings"].split() == told("figure", "codes", "effort")[0]["codings"]
    assert "codings" not in records(done("figure", "codes", "effort", "--format", "csv"))[0]


def test_by_case_is_a_row_for_each_case_and_code_whose_sums_agree_with_the_code() -> None:
    rows = told("figure", "codes", "effort", "--by-case")
    (code,) = told("figure", "codes", "effort", "--words")
    assert len(rows) == code["of_cases"]
    assert sum(row["presence"] for row in rows) == code["cases"]
    assert sum(row["words"] for row in rows) == code["words"]
    assert all(row["for"] + row["against"] + row["mixed"] == row["passages"] for row in rows)
    assert sorted(coding for row in rows for coding in row["codings"]) == code["codings"]


def test_cases_can_be_chosen_as_in_the_matrix() -> None:
    everyone = told("figure", "heat-map")
    alder = told("figure", "heat-map", "--where", "site=Alder")
    assert {cell["case"] for cell in alder} == {"P01", "P02"}
    assert [cell for cell in everyone if cell["case"] in ("P01", "P02")] == alder
    assert {cell["case"] for cell in told("figure", "heat-map", "--case", "P03", "--case", "P04")} == {"P03", "P04"}
    assert {cell["case"] for cell in told("figure", "heat-map", "--filter", "site = Alder and case != P01")} == {"P02"}


def test_a_heat_map_shows_other_measures() -> None:
    passages = told("figure", "heat-map")
    presence = told("figure", "heat-map", "--measure", "presence")
    assert [cell["value"] for cell in presence] == [int(cell["value"] > 0) for cell in passages]
    words = done("figure", "heat-map", "--measure", "words-per-1000", "--format", "md")
    assert words.startswith("| case | Advantages of collaborating |")
    assert "per 1,000 words" in words


def test_a_crosstab_marks_small_cells_and_adds_up() -> None:
    lines = done("figure", "crosstab", "site", "--code", "effort", "--percent", "none").split("\n")
    assert lines[0].split() == [
        "site",
        "/",
        "The",
        "effort",
        "that",
        "collaborating",
        "takes",
        "coded",
        "not",
        "coded",
        "total",
    ]
    assert any("*" in line for line in lines)
    cells = told("figure", "crosstab", "site", "--code", "effort")
    inner = [cell for cell in cells if "(total)" not in (cell["row"], cell["column"])]
    assert sum(cell["cases"] for cell in inner) == cells[-1]["cases"]
    assert all(len(cell["members"]) == cell["cases"] for cell in inner)
    people = [member for cell in inner for member in cell["members"]]
    assert len(people) == len(set(people))


def test_values_are_put_in_bands_and_groups() -> None:
    rows = {cell["row"] for cell in told("figure", "crosstab", "years_in_post", "site", "--band", "years_in_post=5,10")}
    assert rows <= {"below 5", "5 to below 10", "10 or more", "(unknown)", "(total)"}
    grouped = told(
        "figure", "crosstab", "site", "wave", "--group", "site:Trees=Alder,Birch", "--group", "site:Trees=Cedar"
    )
    assert "Trees" in {cell["row"] for cell in grouped}
    assert not {"Alder", "Birch", "Cedar"} & {cell["row"] for cell in grouped}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("crosstab site", "give a second attribute or a code"),
        ("crosstab site role --code effort", "give a second attribute or a code"),
        ("crosstab site role --band wave=a", '--band needs numbers, not "a"'),
        ("crosstab site role --group site=Alder", "--group needs NAME:LABEL=VALUE,VALUE"),
        ("crosstab site role --group site:T=Alder --band site=1", "site has bands and groups"),
        ("cooccurrence effort", "co-occurrence needs two codes or more"),
        ("codes --rows attribute:site", "figures count cases, not values of attributes"),
        ("codes --by-case --format svg", "there is no picture of this table"),
    ],
)
def test_a_figure_that_cannot_be_made_is_a_usage_error(words: str, message: str) -> None:
    result = run("figure", *words.split())
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"error: {message}" in result.stderr


def test_co_occurrence_has_the_highest_possible_coefficient_and_the_codings_of_each_pair() -> None:
    pairs = told("figure", "cooccurrence", "--unit", "case")
    together = [pair for pair in pairs if pair["both"]]
    assert together
    assert all(pair["jaccard"] <= pair["highest"] for pair in together)
    assert all(bool(pair["codings"]) == bool(pair["both"]) for pair in pairs)
    result = run("figure", "cooccurrence", "--unit", "case")
    assert "highest possible" in result.stdout
    assert "unequal frequency cannot reach 1" in result.stderr


def test_co_occurrence_of_nothing_is_said() -> None:
    assert "No two codes occur in the same passage." in done(
        "figure", "cooccurrence", "--case", "P02", "--theme", "support"
    )


@pytest.mark.parametrize("command", ["codes", "heat-map", "crosstab site role", "cooccurrence"])
def test_a_picture_is_a_file_with_its_facts_beside_it(command: str) -> None:
    result = told("figure", *command.split(), "--output", "figure.svg")
    assert result["path"] == "figure.svg"
    assert Path("figure.svg").read_text(encoding="utf-8").startswith("<svg ")
    meta = json.loads(Path("figure.svg.meta.json").read_text(encoding="utf-8"))
    assert meta["project"] == "Falls"
    assert meta["note"]
    assert done("figure", *command.split(), "--format", "svg") == Path("figure.svg").read_text(encoding="utf-8")


def test_a_table_is_the_same_in_csv_and_in_json() -> None:
    done("figure", "codes", "-o", "codes.csv", "--ids")
    rows = records(Path("codes.csv").read_text(encoding="utf-8"))
    shown = [{**row, "codings": row["codings"].split()} for row in rows]
    assert shown == [{key: _text(value) for key, value in record.items()} for record in told("figure", "codes")]


def _text(value: Any) -> Any:
    return value if isinstance(value, list) else "" if value is None else str(value)


def test_bars_in_a_pipe_are_plain_characters_as_long_as_their_numbers() -> None:
    line = next(line for line in done("figure", "codes", "effort").split("\n") if line.rstrip(".").endswith("#"))
    (effort,) = told("figure", "codes", "effort")
    assert (line.count("#"), line.count("#") + line.count(".")) == (
        round(30 * effort["cases"] / effort["of_cases"]),
        30,
    )


@pytest.mark.parametrize("width", [60, 80, 120])
def test_bars_on_a_terminal_fit_it_and_are_as_long_as_their_numbers(
    monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    codes = told("figure", "codes")
    on_a_terminal(monkeypatch, width)
    drawn = done("figure", "codes").split("\n")
    bars = [line for line in drawn if "┤" in line]
    assert len(bars) == len(codes) > 20  # more than the rows of a small terminal
    assert max(map(len, drawn)) <= width
    room = max(len(line.partition("┤")[2]) for line in bars)
    for line, code in zip(bars, codes, strict=True):
        label, _, bar = line.partition("┤")
        assert label.split()[-3:] == [str(code["cases"]), "of", str(code["of_cases"])]
        assert bar.count("█") == pytest.approx(room * code["cases_for"] / 5, abs=2.5)
        assert (bar.strip() == "") == (code["cases"] == 0)


def test_bars_on_a_narrow_terminal_are_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    on_a_terminal(monkeypatch, 50)
    drawn = done("figure", "codes", "effort")
    assert "┤" not in drawn
    assert "cases: # for  + mixed  - against  . no passage" in drawn
    assert max(map(len, drawn.split("\n"))) <= 50


def test_a_label_that_is_cut_keeps_what_tells_a_theme_from_its_sub_themes() -> None:
    cut = figure_pictures._cut
    assert cut("Free-riding", 11) == "Free-riding"
    assert cut("The effort that it takes", 12) == "The effort…"
    assert cut("The effort that it takes (itself)", 20) == "The effort… (itself)"


def test_stances_on_a_narrow_terminal_are_wrapped_and_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    on_a_terminal(monkeypatch, 60)
    drawn = done("figure", "codes", "--theme", "effort")
    assert "…" not in drawn.partition("cases: ")[2]


def test_a_heat_map_on_a_terminal_has_shades_that_need_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    highest = max(cell["value"] for cell in told("figure", "heat-map"))
    on_a_terminal(monkeypatch, 120)
    drawn = done("figure", "heat-map")
    assert f"{highest} ██" in drawn
    assert "\x1b" not in drawn

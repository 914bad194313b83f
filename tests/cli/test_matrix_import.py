"""``fwa matrix import``: what it lists, asks, takes and leaves, and how it exits."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from fwanalysis.cli.matrix_import import marked
from tests.cli.cli_study import done, run, told

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "The stairs are dark in winter (P03:2)."
NEW = "The stairs are unlit in winter (P03:2)."


@pytest.fixture
def chart(falls: Path) -> Path:
    """The chart of a study with one summary, exported to CSV."""
    done("matrix", "set", "P03", "effort", TEXT)
    done("matrix", "export", "chart.csv", "--cells", "summary")
    return falls.parent / "chart.csv"


def edit(path: Path, old: str = TEXT, new: str = NEW) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def summary() -> str:
    return next(
        item["summary"] or ""
        for item in told("matrix", "show", "--cells", "summary")
        if (item["case"], item["code_path"]) == ("P03", "effort")
    )


def test_an_unchanged_chart_has_nothing_to_take(chart: Path) -> None:
    result = run("matrix", "import", chart)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.endswith("cells unchanged, 0 taken, 0 left\n")


def test_changes_made_only_in_the_file_need_accept_where_there_is_no_terminal(chart: Path) -> None:
    edit(chart)
    result = run("matrix", "import", chart)
    assert result.exit_code == 2
    assert "error: chart.csv has 1 change to take, and nothing was changed" in result.stderr
    assert "hint: to take them, add --accept theirs" in result.stderr
    assert "The stairs are [-dark-] {+unlit+} in winter (P03:2)." in result.stdout
    assert summary() == TEXT


def test_changes_made_only_in_the_file_are_asked_about_on_a_terminal(
    chart: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(chart)
    monkeypatch.setattr("fwanalysis.cli.asking.is_terminal", lambda stream: True)
    assert run("matrix", "import", chart, stdin="n\n").exit_code == 1
    assert summary() == TEXT
    result = run("matrix", "import", chart, stdin="y\n")
    assert (result.exit_code, summary()) == (0, NEW)
    assert "1 taken, 0 left" in result.stderr


def test_a_conflict_is_listed_with_exit_3_and_nothing_is_taken(chart: Path) -> None:
    edit(chart)
    done("matrix", "set", "P03", "effort", "The lamps are lit (P03:2).", "--replace")
    result = run("matrix", "import", chart)
    assert result.exit_code == 3
    assert "changed in both (line " in result.stdout
    assert "here by ana, 20" in result.stdout
    assert "0 taken, 1 left" in result.stderr
    assert "--accept theirs" in result.stderr
    assert summary() == "The lamps are lit (P03:2)."


@pytest.mark.parametrize(
    ("accept", "taken", "expected"),
    [("theirs", 1, NEW), ("ours", 0, "The lamps are lit (P03:2)."), ("none", 0, "The lamps are lit (P03:2).")],
)
def test_accept_decides_conflicts(chart: Path, accept: str, taken: int, expected: str) -> None:
    edit(chart)
    done("matrix", "set", "P03", "effort", "The lamps are lit (P03:2).", "--replace")
    result = run("matrix", "import", chart, "--accept", accept)
    assert result.exit_code == 0
    assert f"{taken} taken, {1 - taken} left" in result.stderr
    assert summary() == expected


@pytest.mark.parametrize(("accept", "expected"), [("ours", NEW), ("none", TEXT)])
def test_accept_decides_changes_made_only_in_the_file(chart: Path, accept: str, expected: str) -> None:
    edit(chart)
    done("matrix", "import", chart, "--accept", accept)
    assert summary() == expected


def test_an_emptied_cell_is_cleared_only_by_theirs(chart: Path) -> None:
    edit(chart, new="")
    assert run("matrix", "import", chart).exit_code == 3
    done("matrix", "import", chart, "--accept", "ours")
    assert summary() == TEXT
    done("matrix", "import", chart, "--accept", "theirs")
    assert summary() == ""
    done("history", "undo")
    assert summary() == TEXT


def test_json_has_every_difference_with_both_texts(chart: Path) -> None:
    edit(chart)
    value = json.loads(done("matrix", "import", chart, "--accept", "none", "--json"))
    (difference,) = value["differences"]
    assert (value["form"], value["taken"], value["left"]) == ("wide", 0, 1)
    assert (difference["case"], difference["code_path"], difference["own"]) == ("P03", "effort", False)
    assert (difference["kind"], difference["taken"], difference["author"]) == ("changed-there", False, "ana")
    assert difference["here"] == {"state": "draft", "summary": TEXT, "disagreement": None}
    assert difference["there"]["summary"] == NEW
    assert difference["base"] == difference["here"]


def test_an_unknown_case_and_an_unknown_code_are_reported_with_their_places_and_exit_4(chart: Path) -> None:
    chart.write_text(f"case,effort,nowhere\nP03,{TEXT},Lost.\nP99,Lost too.,\n", encoding="utf-8")
    result = run("matrix", "import", chart, "--accept", "theirs")
    assert result.exit_code == 4
    assert 'warning: Line 2, column “nowhere”: no code "nowhere"; the text of this cell is not imported.' in (
        result.stderr
    )
    assert 'warning: Line 3, column “effort”: no case "P99"; the text of this cell is not imported.' in result.stderr
    assert summary() == TEXT


def test_an_ambiguous_name_is_reported_with_its_candidates(chart: Path) -> None:
    done("code", "add", "Stairs", "--parent", "effort")
    done("code", "add", "Stairs", "--theme")
    chart.write_text("case,effort,Stairs\nP03,,Which one?\n", encoding="utf-8")
    result = run("matrix", "import", chart, "--accept", "theirs")
    assert result.exit_code == 4
    assert 'column “Stairs”: "Stairs" names 2 codes: ' in result.stderr


def test_a_chart_of_another_project_is_refused(chart: Path) -> None:
    chart.write_text("case,Weather\nAnna,Rain.\n", encoding="utf-8")
    result = run("matrix", "import", chart, "--accept", "theirs")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("error: chart.csv is a chart of another project: ")


def test_a_table_that_a_german_excel_saved_is_read(chart: Path) -> None:
    content = f"\ufeffcase;effort\r\nP03;{NEW}\r\n"
    chart.write_text(content, encoding="utf-8", newline="")
    done("matrix", "import", chart, "--accept", "theirs")
    assert summary() == NEW


def test_a_matrix_of_another_program_in_the_form_of_nvivo_is_read_by_names(chart: Path, falls: Path) -> None:
    from tests.formats.xlsx_files import book

    path = falls.parent / "nvivo.xlsx"
    path.write_bytes(book([["", "A : effort"], ["1 : P03", NEW], ["2 : P01", "Has a handrail."]]))
    result = run("matrix", "import", path)
    assert result.exit_code == 3
    assert "P03 × " in result.stdout
    assert ": differs (sheet “S1”, cell B2; here by ana, " in result.stdout
    assert ": new there (sheet “S1”, cell B3; not charted here)" in result.stdout
    done("matrix", "import", path, "--accept", "ours")
    assert summary() == TEXT
    done("matrix", "import", path, "--accept", "theirs")
    assert summary() == NEW


def test_marked_changes_shorten_what_both_texts_have() -> None:
    long = " ".join(f"w{at}" for at in range(60))
    assert marked(f"{long} a {long}", f"{long} b {long}") == (
        "… w52 w53 w54 w55 w56 w57 w58 w59 [-a-] {+b+} w0 w1 w2 w3 w4 w5 w6 w7 …"
    )


def test_errors_in_summaries_that_were_taken_are_reported(chart: Path) -> None:
    edit(chart, new="The stairs are unlit in winter (P03:4000).")
    result = run("matrix", "import", chart, "--accept", "theirs")
    assert result.exit_code == 0
    assert "warning: P03 × The effort that collaborating takes: (P03:4000) refers to nothing" in result.stderr
    assert "(P03:4000)" in summary()

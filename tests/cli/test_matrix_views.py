"""Views of the matrix on the command line: which rows and columns, and what their cells hold."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest

from tests.cli.cli_study import done, run, told

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def charted(built_charted: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of the charted study, which commands take without ``--project``."""
    target = folder / "charted.fwa"
    shutil.copy(built_charted, target)
    monkeypatch.setenv("FWA_PROJECT", str(target))


def exported(*options: str) -> list[dict[str, str]]:
    """Return the lines of an export in CSV by their headers, which differ."""
    rows = list(csv.reader(io.StringIO(done("matrix", "export", "-", "--format", "csv", *options))))
    assert len(set(rows[0])) == len(rows[0])
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def cases(*options: str) -> list[str]:
    """Return the cases of a view in order."""
    return [row["case"] for row in exported("--cells", "counts", *options)]


def cell(name: str, code: str, *options: str) -> dict[str, Any]:
    """Return the cell of a case and a code as the command shows it."""
    (found,) = [item for item in told("matrix", "show", *options) if (item["case"], item["code"]) == (name, code)]
    return dict(found)


def test_both_gives_the_summary_and_below_it_the_quotations() -> None:
    (row,) = exported("--theme", "trust", "--case", "P01", "--cells", "both")
    assert row["Trust"] == "[checked]\nTrust takes time (P01:4).\n\nEvidence:\n“Trust grows slowly.” (P01:4)"
    (summary,) = exported("--theme", "trust", "--case", "P01", "--cells", "summary")
    assert summary["Trust"] == "[checked]\nTrust takes time (P01:4)."
    (quotes,) = exported("--theme", "trust", "--case", "P01", "--cells", "quotes")
    assert quotes["Trust"] == "“Trust grows slowly.” (P01:4)"


def test_several_themes_stand_side_by_side_each_with_its_own_column() -> None:
    assert list(exported("--theme", "trust", "--theme", "effort")[0]) == [
        *("case", "plot", "Trust", "Effort (itself)", "Cost", "Travel")
    ]


def test_all_codes_have_a_column_and_a_theme_two_if_it_is_coded_itself() -> None:
    done("code", "add", "Tools", "--parent", "effort/cost")
    assert list(exported("--all-codes")[0]) == [
        *("case", "plot", "Effort", "Effort (itself)", "Cost", "Cost (itself)", "Tools", "Travel", "Trust")
    ]


def test_what_is_coded_with_the_theme_itself_is_in_its_own_column_only() -> None:
    (row,) = exported("--theme", "effort", "--case", "P01", "--cells", "counts")
    assert (row["Effort (itself)"], row["Cost"], row["Travel"]) == ("1", "1", "0")


def test_two_values_of_one_attribute_are_alternatives_and_two_attributes_conditions() -> None:
    done("case", "set", "P02", "--attribute", "wave=2")
    assert cases("--where", "plot=north", "--where", "plot=south") == ["P01", "P02"]
    assert cases("--where", "plot=north", "--where", "plot=south", "--where", "wave=2") == ["P02"]
    assert cases("--where", "plot=north") == ["P01"]


def test_single_cases_can_be_chosen_by_name() -> None:
    assert cases("--case", "FG1", "--case", "p01") == ["P01", "FG1"]
    result = run("matrix", "show", "--case", "P99")
    assert (result.exit_code, result.stderr.splitlines()[0]) == (1, 'error: no row "P99" in this view')


def test_rows_sort_upwards_and_downwards_with_unknown_values_last() -> None:
    assert cases("--sort", "plot", "--no-unattributed") == ["P01", "P02", "FG1", "Alder"]
    assert cases("--sort", "-plot", "--no-unattributed") == ["P02", "P01", "FG1", "Alder"]
    assert run("matrix", "show", "--sort", "-plots").stderr.startswith('error: no attribute "plots"')


def test_a_missing_attribute_is_shown_as_unknown() -> None:
    done("case", "set", "P01", "--attribute", "wave=2")
    shown = done("matrix", "show", "--case", "FG1", "--case", "P01")
    assert [line.split()[:3] for line in shown.splitlines()] == [
        ["case", "plot", "wave"],
        ["P01", "north", "2"],
        ["FG1", "(unknown)", "(unknown)"],
    ]
    assert done("matrix", "show", "--case", "P02", "--cells", "summary").startswith("## P02  south  (unknown)\n")


def test_text_without_a_case_has_the_last_row_which_can_be_left_out() -> None:
    done("coding", "add", "news", "trust", "--quote", "The hedge was cut in March.")
    assert cases() == ["P01", "P02", "FG1", "Alder", "(no case)"]
    assert cases("--no-unattributed") == ["P01", "P02", "FG1", "Alder"]
    done("matrix", "chart", "save", "Cases only", "--no-unattributed")
    assert cases("--chart", "Cases only") == ["P01", "P02", "FG1", "Alder"]
    assert cases("--chart", "Cases only", "--unattributed")[-1] == "(no case)"


def test_an_attribute_that_is_called_like_a_theme_has_another_header() -> None:
    done("case", "set", "P01", "--attribute", "Trust=high")
    assert list(exported()[0]) == ["case", "plot", "Trust (attribute)", "Effort", "Trust"]
    header = done("matrix", "show").splitlines()[0]
    assert header.split("  ")[0] == "case"
    assert "Trust (attribute)" in header


def test_rows_of_an_attribute_are_those_of_cases_who_could_have_said_something() -> None:
    done("case", "set", "Nemo", "--attribute", "plot=west", "--yes")
    assert cases("--rows", "attribute:plot") == ["north", "south"]
    assert cases("--rows", "attribute:plot", "--where", "plot=south") == ["south"]
    assert list(exported("--rows", "attribute:plot")[0]) == ["case", "plot", "Effort", "Trust"]


def test_codings_of_one_coder_count_alone_and_beside_no_summary_of_all() -> None:
    done("coding", "add", "P01", "trust", "--quote", "I lent my van twice.", "--coder", "ben", "--new-coder")
    counts = {
        coders: cell("P01", "Trust", *(word for coder in coders for word in ("--by", coder)))["segments"]
        for coders in (("ana",), ("ben",), ("ana", "ben"), ())
    }
    assert counts == {("ana",): 1, ("ben",): 1, ("ana", "ben"): 2, (): 2}
    assert (cell("P01", "Trust")["summary"], cell("P01", "Trust", "--by", "ben")["summary"]) == (
        "Trust takes time (P01:4).",
        None,
    )
    assert run("matrix", "show", "--by", "cleo").exit_code == 1


def test_a_summary_on_the_interview_alone_is_out_of_date_beside_words_in_a_group() -> None:
    shown = cell("P02", "Cost", "--theme", "effort")
    assert (shown["segments"], shown["stale"]) == (1, [])
    beside = cell("P02", "Cost", "--theme", "effort", "--rows", "person")
    assert (beside["segments"], beside["stale"]) == (2, ["1 coding from a focus group was not part of the evidence"])
    done("matrix", "set", "P02", "cost", "Pays (P02:2), and gave a day (P02/FG1:2).", "--with-groups", "--replace")
    assert cell("P02", "Cost", "--theme", "effort", "--rows", "person")["stale"] == []


def test_a_formula_is_guarded_in_csv_only_and_only_where_it_is_one(folder: Path) -> None:
    texts = {"P01": "-5 pounds a year (P01:2).", "P02": "=SUM is written (P02:2)."}
    for name, text in texts.items():
        done("matrix", "set", name, "travel", "--", text)
    options = ("--theme", "effort", "--cells", "summary", "--where", "plot=north", "--where", "plot=south")
    guarded = {row["case"]: row["Travel"] for row in exported(*options)}
    assert guarded == {name: f"'{text}" for name, text in texts.items()}
    assert {row["case"]: row["Travel"] for row in exported(*options, "--no-guard")} == texts
    done("matrix", "export", "chart.xlsx", *options)
    with zipfile.ZipFile(folder / "chart.xlsx") as package:
        strings = ElementTree.fromstring(package.read("xl/sharedStrings.xml"))
    assert set(texts.values()) <= {"".join(item.itertext()) for item in strings}

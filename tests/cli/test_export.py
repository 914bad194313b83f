import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.cli_study import done, run, told

pytestmark = pytest.mark.usefixtures("falls")
THEMES = [
    "Advantages of collaborating",
    "The effort that collaborating takes",
    "Inequality and competition between members",
    "Support inside each member organisation",
]
FORMULA = "=1+1 is what they gave"


def table(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def test_rows_are_cases_with_attributes_and_columns_are_themes() -> None:
    done("suggest", "accept", "--all")
    rows = table(done("matrix", "export"))
    assert list(rows[0])[:5] == ["case", "site", "role", "years_in_post", "wave"]
    assert [header for header in rows[0] if header in THEMES] == THEMES
    assert [row["case"] for row in rows][:4] == ["P01", "P02", "P03", "P04"]
    assert rows[0]["site"] == "Alder"
    assert any("” (P02:" in row[theme] for row in rows for theme in THEMES)


def test_a_file_has_its_meta_beside_it_and_nothing_but_the_table_in_it(tmp_path: Path) -> None:
    report = told("matrix", "export", "out.csv", "--where", "site=Alder", "--bom")
    data = (tmp_path / "out.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == report["rows"] + 1
    assert list(table(data.decode("utf-8-sig"))[0]) == report["columns"]
    meta = json.loads((tmp_path / "out.csv.meta.json").read_text(encoding="utf-8"))
    assert (meta["project"], meta["where"], meta["cells"]) == ("Falls", ["site=Alder"], "both")
    assert len(meta["event_hash"]) == 64


def test_a_summary_that_looks_like_a_formula_is_guarded_in_tables_and_exact_elsewhere() -> None:
    done("matrix", "set", "P03", "effort", FORMULA)
    (row,) = [row for row in table(done("matrix", "export")) if row["case"] == "P03"]
    assert row[THEMES[1]] == "'" + FORMULA
    (told_row,) = [row for row in told("matrix", "export") if row["case"] == "P03"]
    assert told_row[THEMES[1]] == FORMULA


def test_a_summary_with_newlines_quotes_and_commas_comes_back_whole() -> None:
    nasty = 'Says “no”, then "yes",\nthen — 漢字 — nothing.'
    done("matrix", "set", "P03", "effort", "--file", "-", stdin=nasty)
    for form, delimiter in (("csv", ","), ("tsv", "\t")):
        rows = table(done("matrix", "export", "-", "--format", form), delimiter)
        assert [row[THEMES[1]] for row in rows if row["case"] == "P03"] == [nasty]


def test_the_ending_chooses_tabs(tmp_path: Path) -> None:
    done("matrix", "export", "out.tsv")
    assert table((tmp_path / "out.tsv").read_text(encoding="utf-8"), "\t")[0]["case"] == "P01"


def test_long_has_a_line_for_each_cell() -> None:
    wide = table(done("matrix", "export", "--attributes", "site"))
    long = table(done("matrix", "export", "--layout", "long"))
    themes = list(wide[0])[2:]
    assert set(THEMES) <= set(themes)
    assert [(row["case"], row["theme"]) for row in long] == [(row["case"], theme) for row in wide for theme in themes]


def test_a_theme_shows_its_codes_as_columns() -> None:
    (row, *_) = table(done("matrix", "export", "--theme", "effort", "--attributes", "role"))
    assert list(row)[:2] == ["case", "role"]
    assert {"Free-riding", "Social loafing", "Collaborative inertia"} < set(row)


def test_codings_with_the_theme_itself_have_a_column_of_their_own() -> None:
    done("coding", "add", "P03", "effort", "--quote", "I came for a maternity cover.")
    rows = {row["case"]: row for row in table(done("matrix", "export", "--theme", "effort", "--cells", "quotes"))}
    own = next(name for name in rows["P03"] if name.endswith("(itself)"))
    assert "I came for a maternity cover." in rows["P03"][own]


def test_rows_are_filtered_and_sorted_by_attributes() -> None:
    rows = table(done("matrix", "export", "--where", "wave=1", "--sort", "role"))
    assert {row["wave"] for row in rows} == {"1"}
    roles = [row["role"].casefold() for row in rows]
    assert roles == sorted(roles)
    numbers = [int(row["years_in_post"]) for row in table(done("matrix", "export", "--sort", "years_in_post"))[:4]]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("rows", ["person", "group", "site", "attribute:wave"])
def test_other_rows_are_other_cases(rows: str) -> None:
    shown = [row["case"] for row in table(done("matrix", "export", "--rows", rows))]
    expected = {"person": "F01", "group": "FG2", "site": "Alder", "attribute:wave": "1"}[rows]
    assert any(expected in label for label in shown)


@pytest.mark.parametrize("content", ["summary", "quotes", "counts", "both"])
def test_cells_hold_what_was_asked_for(content: str) -> None:
    (first, *_) = told("suggest", "list", "--source", "P02")
    done("suggest", "accept", first["id"])
    theme = first["code_path"].split("/")[0]
    done("matrix", "set", "P02", theme, "They say little.")
    view = told("matrix", "export", "--cells", content, "--layout", "long")
    (cell,) = [cell for cell in view if (cell["case"], cell["code"]) == ("P02", theme)]
    quoted = f"“{' '.join(first['quote'].split())}” (P02:{first['turn']})"
    assert (
        cell["content"]
        == {
            "summary": "They say little.",
            "both": f"They say little.\n\nEvidence:\n{quoted}",
            "quotes": quoted,
            "counts": 1,
        }[content]
    )


def test_an_export_that_fails_leaves_no_file(tmp_path: Path) -> None:
    assert run("matrix", "export", "out.csv", "--theme", "greed").exit_code == 1
    assert not list(tmp_path.glob("out*"))


def test_a_codebook_comes_back_as_it_was_exported(tmp_path: Path) -> None:
    exported = done("codebook", "export")
    done("codebook", "export", "book.yaml")
    assert (tmp_path / "book.yaml").read_text(encoding="utf-8") == exported
    done("new", "other.fwa", "--codebook", "book.yaml")
    assert done("codebook", "export", "-p", "other.fwa") == exported


@pytest.fixture
def gone_stale(falls: Path) -> None:
    """P03's cell is stale, P02's is not."""
    assert falls.exists()
    done("matrix", "set", "P02", "effort", "It costs time.")
    done("matrix", "set", "P03", "effort", "It costs nothing.")
    done("coding", "add", "P03", "effort/transaction-costs", "--quote", "We had flasks.")


@pytest.mark.usefixtures("gone_stale")
@pytest.mark.parametrize("content", ["both", "summary"])
def test_a_stale_summary_on_the_screen_is_marked_and_no_other_is(content: str) -> None:
    result = run("matrix", "show", "--cells", content)
    assert result.stdout.count("out of date") == 1
    assert f"{THEMES[1]}:\n  [out of date: 1 coding added]\n  It costs nothing.\n" in result.stdout
    assert "warning: 1 of 2 summaries is out of date" in result.stderr
    assert "out of date" not in done("matrix", "show", "--cells", "quotes")


@pytest.mark.usefixtures("gone_stale")
def test_a_file_marks_stale_summaries_and_says_beside_it_how_many(tmp_path: Path) -> None:
    result = run("matrix", "export", "out.csv")
    assert "warning: 1 of 2 summaries is out of date" in result.stderr
    (row,) = [row for row in table((tmp_path / "out.csv").read_text(encoding="utf-8")) if row["case"] == "P03"]
    assert row[THEMES[1]].startswith("[out of date: 1 coding added]\nIt costs nothing.\n\nEvidence:\n“We had flasks.”")
    meta = json.loads((tmp_path / "out.csv.meta.json").read_text(encoding="utf-8"))
    assert (meta["written"], meta["stale"]) == (2, 1)
    assert "out of date" not in run("matrix", "export", "out.csv", "--cells", "quotes", "--yes").stderr


def test_a_written_cell_without_a_column_in_the_chart_is_counted(tmp_path: Path) -> None:
    done("matrix", "set", "P03", "effort/transaction-costs", "Nothing is given (P03:2).")
    line = "1 written cell of these cases is not in this chart: add --theme or --all-codes"
    assert line in run("matrix", "show").stderr.splitlines()
    assert line in run("matrix", "export", tmp_path / "chart.csv").stderr.splitlines()
    assert line not in run("matrix", "show", "--theme", "effort").stderr.splitlines()

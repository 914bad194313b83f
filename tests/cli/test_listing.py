"""Lists as tables, CSV, TSV and JSON."""

import csv
import io
import json
import os
from pathlib import Path

import pytest
from rich.cells import cell_len

from fwanalysis.cli import output
from fwanalysis.cli.listing import FORMATS
from tests.cli.cli_study import done, run, told
from tests.cli.test_help import EVERY

pytestmark = pytest.mark.usefixtures("falls")

LISTS = {
    "source list": "", "source turns": "P03", "source revisions": "P03", "source unanchored": "", "speaker list": "",
    "case list": "", "case members": "Alder", "attribute list": "", "codebook list": "", "code list": "",
    "coding list": "", "suggest list": "", "history list": "", "matrix chart list": "",
}  # fmt: skip
EMPTY = {"source unanchored", "coding list", "matrix chart list"}


def command(name: str) -> list[str]:
    return [*name.split(), *filter(None, [LISTS[name]])]


def test_every_command_that_lists_has_the_formats() -> None:
    listing = {
        path.removeprefix("fwa ")
        for path, item in EVERY.items()
        if any(parameter.name == "listing_format" for parameter in item.params)
    }
    assert listing == set(LISTS)
    assert {path.removeprefix("fwa ") for path in EVERY if path.endswith((" list", " turns", " revisions"))} <= listing


@pytest.mark.parametrize("name", LISTS)
def test_json_is_the_same_by_both_names(name: str) -> None:
    assert done(*command(name), "--json") == done(*command(name), "--format", "json")
    assert done(*command(name)) == done(*command(name), "--format", "table")


@pytest.mark.parametrize("name", LISTS)
def test_csv_and_tsv_have_the_rows_and_fields_of_the_json(name: str) -> None:
    records = told(*command(name))
    for form, delimiter in (("csv", ","), ("tsv", "\t")):
        text = done(*command(name), "--format", form)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
        assert len(rows) == len(records) + 1
        assert {len(row) for row in rows} == {len(rows[0])}
        assert len(set(rows[0])) == len(rows[0])
        assert bool(records) == (name not in EMPTY)
        for record, row in zip(records, rows[1:], strict=True):
            for head, cell in zip(rows[0], row, strict=True):
                if isinstance(record.get(head), str):
                    assert cell.lstrip("'") == record[head].lstrip("'")


def test_attributes_of_cases_are_columns_and_lists_are_joined() -> None:
    rows = list(csv.DictReader(io.StringIO(done("case", "list", "--format", "csv"), newline="")))
    by_name = {row["name"]: row for row in rows}
    (record,) = [item for item in told("case", "list") if item["name"] == "P01"]
    assert by_name["P01"]["site"] == record["attributes"]["site"]
    assert by_name["P01"]["sources"] == "; ".join(record["sources"])


def test_a_spreadsheet_runs_no_cell_of_a_list(tmp_path: Path) -> None:
    for name in ("=1+1", "+49 30", "@sum", "-2"):
        done("code", "add", "--theme", "--key", f"k{ord(name[0])}", "--", name)
    names = [row["name"] for row in csv.DictReader(io.StringIO(done("code", "list", "--format", "csv"), newline=""))]
    assert {"'=1+1", "'+49 30", "'@sum", "'-2"} <= set(names)
    assert {"=1+1", "+49 30", "@sum", "-2"} <= {item["name"] for item in json.loads(done("code", "list", "--json"))}


@pytest.mark.parametrize("width", [40, 80, 132])
@pytest.mark.parametrize("name", LISTS)
def test_on_a_terminal_a_list_keeps_to_its_width_and_full_cuts_nothing(
    name: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped = done(*command(name))
    monkeypatch.setattr(output, "is_terminal", lambda _stream: True)
    monkeypatch.setenv("COLUMNS", str(width))
    for more in ([], ["--full"]):
        shown = done(*command(name), *more)
        assert all(cell_len(line) <= width for line in shown.split("\n"))
    if name in ("source turns", "suggest list") and width >= 80:
        words = [word for word in piped.split() if len(word) < 8]
        assert set(words) <= set(shown.split())
        assert "…" not in shown.replace("…", "", piped.count("…"))


def test_in_a_pipe_the_width_of_the_terminal_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = done("suggest", "list")
    monkeypatch.setenv("COLUMNS", "40")
    assert done("suggest", "list") == whole
    assert os.environ["COLUMNS"] == "40"


def test_a_format_that_no_list_has_is_a_usage_error_with_the_formats() -> None:
    result = run("source", "list", "--format", "xml")
    assert result.exit_code == 2
    assert f"values: {', '.join(FORMATS)}" in result.stderr

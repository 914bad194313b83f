"""``--stance`` and ``--note``: what segments say about their codes, on the command line."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from fwanalysis.cli.diagnostics import Exit
from tests.cli.cli_study import run

pytestmark = pytest.mark.usefixtures("falls")


def value(*words: str) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == Exit.DONE, result.stderr
    return json.loads(result.stdout)


def add(start: int, *options: str) -> Any:
    return value("coding", "add", "P03", "effort", "--span", str(start), str(start + 40), *options)


def test_a_coding_is_added_with_stance_and_note() -> None:
    made = add(300, "--stance", "against", "--note", "about the first year")
    assert (made["stance"], made["note"]) == ("against", "about the first year")
    assert value("coding", "list") == [made]
    shown = run("coding", "list").stdout
    assert "(against) " in shown


def test_codings_are_edited_by_the_beginnings_of_their_ids() -> None:
    first, second = add(300), add(400, "--note", "old")
    assert value("coding", "edit", first["id"][:8], second["id"], "--stance", "mixed", "--note", "new") == {
        "count": 2,
        "ids": [first["id"], second["id"]],
    }
    assert [(item["stance"], item["note"]) for item in value("coding", "list")] == [("mixed", "new")] * 2
    assert run("coding", "edit", first["id"], "--note", "").stdout == "1 coding changed\n"
    again = run("coding", "edit", first["id"], "--note", "")
    assert (again.stdout, again.stderr) == ("0 codings changed\n", "nothing changed\n")


def test_an_edit_without_a_stance_or_a_note_is_an_error() -> None:
    result = run("coding", "edit", add(300)["id"])
    assert (result.exit_code, result.stdout) == (Exit.ERROR, "")
    assert "--stance" in result.stderr


def test_codings_are_listed_by_stance() -> None:
    add(300, "--stance", "against")
    other = add(400)
    assert value("coding", "list", "--stance", "for") == [other]
    assert run("coding", "list", "--stance", "agianst").exit_code == Exit.USAGE


def test_adding_a_coding_that_is_there_with_another_stance_says_how_to_change_it() -> None:
    made = add(300)
    result = run("coding", "add", "P03", "effort", "--span", "300", "340", "--stance", "against")
    assert f"fwa coding edit {made['id'][:8]} --stance against" in result.stderr
    assert value("coding", "list") == [made]


def test_listings_of_codes_count_by_stance() -> None:
    add(300, "--stance", "against")
    add(400)
    add(500)
    assert "2 for, 1 against" in run("codebook", "list").stdout
    assert "3 codings: 2 for, 1 against, " in run("codebook", "show", "effort").stdout
    (code,) = [item for item in value("code", "list") if item["path"] == "effort"]
    assert (code["codings"], code["stances"]) == (3, {"for": 2, "against": 1, "mixed": 0})


def test_a_suggestion_is_accepted_with_its_stance_or_the_one_given() -> None:
    first, second, *_ = value("suggest", "list")
    value("suggest", "accept", first["id"], "--stance", "mixed", "--note", "not clear")
    value("suggest", "accept", second["id"])
    stances = {item["quote"]: (item["stance"], item["note"]) for item in value("coding", "list")}
    assert stances[first["quote"]] == ("mixed", "")
    assert stances[second["quote"]] == (second["stance"], "")
    accepted = {item["id"]: item["stance"] for item in value("suggest", "list", "--status", "accepted")}
    assert accepted == {first["id"]: "mixed", second["id"]: second["stance"]}


def test_the_list_of_suggestions_has_a_column_for_the_stance() -> None:
    assert run("suggest", "list").stdout.split("\n")[0].split()[:4] == ["id", "score", "stance", "place"]


def test_codings_are_exported_with_a_file_beside_them_and_replaced_only_with_yes(tmp_path: Path) -> None:
    made = add(300, "--stance", "against", "--note", "first year")
    add(400)
    file = tmp_path / "codings.csv"
    assert run("coding", "export", file, "--stance", "against").exit_code == Exit.DONE
    (row,) = csv.DictReader(file.read_text(encoding="utf-8").split("\n"))
    assert (row["id"], row["stance"], row["note"], row["code"]) == (made["id"], "against", "first year", "effort")
    assert row["site"]
    about = json.loads(Path(f"{file}.meta.json").read_text(encoding="utf-8"))
    assert about["filters"] == {"stance": "against"}
    before = file.read_bytes()
    assert run("coding", "export", file).exit_code == Exit.USAGE
    assert file.read_bytes() == before
    assert value("coding", "export", str(file), "--yes") == {"path": str(file), "codings": 2}
    assert [item["stance"] for item in value("coding", "export")] == ["against", "for"]
    assert run("coding", "export", "--format", "tsv").stdout.startswith("quotation\tcode\tkind\tstance\tnote\t")


def test_codings_are_exported_as_a_workbook(tmp_path: Path) -> None:
    made = add(300)
    file = tmp_path / "codings.xlsx"
    assert run("coding", "export", file, "--bom").exit_code == Exit.DONE
    with zipfile.ZipFile(file) as book:
        assert made["id"] in book.read("xl/sharedStrings.xml").decode()
    assert Path(f"{file}.meta.json").exists()

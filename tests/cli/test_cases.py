"""Cases and speakers on the command line: aliases, tables that contradict, types, labels that are one voice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.cli_study import done, run, told

if TYPE_CHECKING:
    from pathlib import Path

DRIFT = """Interviewer: What made you join the collaborative?
Alma Reed: We share what we learn, and trust each other.
Interviewer: And what of the costs of it all?
Alma Reeed: Nobody pays for it, but we trust the board.
Interviewer: Who ought to pay for it then?
Alma Reed: The hospitals pay, and they trust us with it.
Interviewer: Is there more to be said on that?
Alma Reed: No, but thank you for asking all the same.
"""
EMPTY_REPORT = {
    "made": [],
    "changed": [],
    "attributes": [],
    "conflicts": [],
    "nearest": [],
    "missing": [],
    "alike": [],
    "warnings": [],
    "doubts": [],
    "types": [],
    "dry_run": False,
}


@pytest.fixture
def table(falls: Path, folder: Path) -> Path:
    """A table that contradicts the study, has slips, and leaves out many."""
    file = folder / "more.csv"
    file.write_text(
        "case,years in post,role,signed\nP01,13,ward manager,31/12/2025\nP1,2,Ward Manager,30/12/2025\n",
        encoding="utf-8",
    )
    return file


@pytest.fixture
def drifted(falls: Path, folder: Path) -> Path:
    """A source in which a label has drifted."""
    file = folder / "visit.txt"
    file.write_text(DRIFT, encoding="utf-8")
    done("source", "import", file)
    return file


def test_aliases_are_set_shown_and_taken_away(falls: Path) -> None:
    assert told("case", "set", "P01", "--alias", "Alma", "--alias", "Int 1")["aliases"] == ["Alma", "Int 1"]
    assert "aliases: Alma, Int 1" in done("case", "show", "alma")
    assert {case["name"]: case["aliases"] for case in told("case", "list")}["P01"] == ["Alma", "Int 1"]
    assert "aliases" in done("case", "list")
    assert told("case", "set", "Alma", "--no-alias", "Int 1")["aliases"] == ["Alma"]
    result = run("case", "set", "P02", "--alias", "alma")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "error: “alma” cannot be an alias of P02: it is an alias of P01\n"


def test_without_aliases_the_list_has_no_column_of_them(falls: Path) -> None:
    assert "aliases" not in done("case", "list")


def test_a_case_without_data_is_listed_without_sources(falls: Path) -> None:
    done("case", "set", "P99")
    (line,) = [line for line in done("case", "list").split("\n") if line.startswith("P99 ")]
    assert line.split() == ["P99", "person", "none"]
    assert {case["name"]: case["sources"] for case in told("case", "list")}["P99"] == []


def test_a_renaming_says_what_stays_and_what_does_not(falls: Path) -> None:
    result = run("case", "set", "P01", "--rename", "Alma")
    assert result.exit_code == 0
    assert "P01 renamed to Alma; 1 source unchanged\n" in result.stderr
    assert (
        '"P01" no longer matches this case in imported files; keep it with: fwa case set Alma --alias P01'
        in result.stderr
    )
    assert run("case", "set", "P02", "--rename", "Ben", "--alias", "P02").stderr == ""


def test_what_contradicts_the_project_is_told_and_left(falls: Path, table: Path) -> None:
    result = run("case", "import", table)
    assert result.exit_code == 0
    assert result.stdout == "1 case created, 1 changed; new attributes: signed\n"
    assert "warning: line 2: years_in_post of P01 stays “12”; the file says “13”." in result.stderr
    assert "line 3: “P1” is new; did you mean P01?" in result.stderr
    assert (
        "hint: if they are one case: fwa case set P01 --alias P1; undo this import first: fwa history undo\n"
        in result.stderr
    )
    assert "line 3: role “Ward Manager” and “ward manager” look like one value" in result.stderr
    assert "line 2: signed “31/12/2025” looks like a date, but is kept as a text; write 2025-12-31." in result.stderr
    assert "Not in the file but present in the project: " in result.stderr
    assert ", FG2, P02, P03, P04\n" in result.stderr
    assert "hint: 1 value of the project kept; use those of the file with --replace\n" in result.stderr
    assert told("case", "show", "P01")["attributes"]["years_in_post"] == "12"


def test_a_dry_run_shows_it_all_and_writes_nothing(falls: Path, table: Path) -> None:
    before = done("case", "list", "--json")
    result = run("case", "import", table, "--dry-run")
    assert result.exit_code == 0
    assert result.stdout == (
        "1 case would be created, 1 would be changed; new attributes: signed\n  new: P1\n  changed: P01\n"
    )
    assert "stays “12”" in result.stderr
    assert done("case", "list", "--json") == before
    report = told("case", "import", table, "--dry-run")
    assert report["dry_run"]
    assert report["conflicts"] == [
        {"line": 2, "case": "P01", "attribute": "years_in_post", "here": "12", "in_file": "13", "replaced": False}
    ]
    assert report["nearest"] == [{"line": 3, "name": "P1", "nearest": "P01"}]
    assert report["alike"][0]["lines"] == [3]


def test_replace_takes_what_the_file_says(falls: Path, table: Path) -> None:
    result = run("case", "import", table, "--replace")
    assert result.exit_code == 0
    assert "line 2: years_in_post of P01 was “12” and is “13”." in result.stderr
    assert told("case", "show", "P01")["attributes"]["years_in_post"] == "13"


def test_the_report_is_whole_in_json(falls: Path, folder: Path) -> None:
    names = [case["name"] for case in told("case", "list")]
    result = run("case", "import", "-", "--json", stdin="case\n" + "\n".join(names) + "\n")
    assert (result.exit_code, result.stderr) == (0, "nothing changed\n")
    assert json.loads(result.stdout) == EMPTY_REPORT


def test_attributes_are_listed_and_typed(falls: Path) -> None:
    listed = {item["name"]: item["type"] for item in told("attribute", "list")}
    assert listed["years_in_post"] == "number"
    assert done("attribute", "set-type", "wave", "choice").startswith("wave: choice, known for ")
    assert {item["name"]: item["type"] for item in told("attribute", "list")}["wave"] == "choice"
    result = run("attribute", "set-type", "role", "date")
    assert result.exit_code == 1
    assert "role cannot be of type date; values that do not fit: “" in result.stderr
    assert run("attribute", "set-type", "role").exit_code == 2


def test_a_condition_that_nothing_meets_says_what_values_there_are(falls: Path) -> None:
    result = run("case", "list", "--where", "wave=9")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("No case has wave=9. Values in use: 1, 2\nNo cases.")
    assert "No row has wave=9." in run("matrix", "show", "--where", "wave=9").stderr


def test_labels_that_drifted_are_hinted_at_and_merged(falls: Path, drifted: Path) -> None:
    result = run("speaker", "list", "visit")
    assert 'fwa speaker merge "Alma Reeed" "Alma Reed" --source visit' in result.stderr
    done("case", "set", "Alma Reeed", "--yes")
    done("speaker", "set", "Alma Reeed", "--case", "Alma Reeed")
    result = run("speaker", "merge", "Alma Reeed", "Alma Reed", "--source", "visit")
    assert (result.exit_code, result.stdout) == (0, 'visit: 1 turn of "Alma Reeed" moved to "Alma Reed"\n')
    assert result.stderr == 'case Alma Reeed removed: it was created for "Alma Reeed" only\n'
    assert {item["label"] for item in told("speaker", "list", "visit")} == {"Alma Reed", "Interviewer"}
    assert run("speaker", "list", "visit").stderr == ""
    done("history", "undo")
    merged = told("speaker", "merge", "Alma Reeed", "Alma Reed")
    assert [(item["source"], item["turns"], item["removed"]) for item in merged] == [("visit", 1, True)]


def test_changing_speakers_tells_which_coded_passages_are_other_peoples_words_now(falls: Path, drifted: Path) -> None:
    assert done("speaker", "set", "Alma Reeed", "--role", "participant", "--case", "P03") == "1 speaker changed\n"
    (turn,) = [item for item in told("source", "turns", "visit") if item["speaker"] == "Alma Reeed"]
    done("coding", "add", "visit", "effort/transaction-costs", "--span", str(turn["start"]), str(turn["end"]))
    taken = done("speaker", "set", "Alma Reeed", "--no-case")
    assert taken == "1 speaker changed\nvisit: reattributed: 1 segment from P03 to no case\n"
    (item,) = told("speaker", "set", "Alma Reeed", "--case", "P03")
    assert item["hands"] == item["reattributions"] == [{"old_case": None, "new_case": "P03", "passages": 1}]
    assert (item["label"], item["role"], item["source"]) == ("Alma Reeed", "participant", "visit")
    merged = done("speaker", "merge", "Alma Reeed", "Alma Reed").split("\n")
    assert merged[1].startswith("visit: reattributed: 1 segment from ")
    done("history", "undo")
    (item,) = told("speaker", "merge", "Alma Reeed", "Alma Reed")
    assert [move["passages"] for move in item["hands"]] == [1]


def test_a_merge_that_cannot_be_is_one_sentence(falls: Path, drifted: Path) -> None:
    result = run("speaker", "merge", "Alma Reed", "Alma Reed")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == 'error: "Alma Reed" cannot be merged into itself\nhint: name two labels of one source\n'


def test_a_role_that_changes_says_that_the_rules_are_to_run_again(falls: Path) -> None:
    before = len(told("suggest", "list", "--source", "P01"))
    assert before
    result = run("speaker", "set", "P01", "--role", "interviewer")
    assert "hint: update the suggestions: fwa suggest run" in result.stderr
    assert told("suggest", "list", "--source", "P01") == []


def test_a_case_on_which_nothing_rests_is_removed(falls: Path) -> None:
    done("case", "set", "P70", "--attribute", "site=Birch")
    assert done("case", "remove", "P70").strip() == "P70 removed"
    assert "P70" not in done("case", "list")
    refused = run("case", "remove", "P01")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "cannot remove P01; these depend on it: the source P01" in refused.stderr


def test_two_cases_that_are_one_are_merged_and_what_contradicts_is_told(falls: Path) -> None:
    done("case", "set", "P1", "--attribute", "site=Elsewhere", "--yes")
    ran = run("case", "merge", "P1", "P01")
    assert ran.stdout == "P1 merged into P01: 0 sources, 0 speakers, 0 cells moved\n"
    assert "site of P01 stays" in ran.stderr
    assert "P1 had “Elsewhere”." in ran.stderr
    assert json.loads(done("case", "show", "P1", "--json"))["name"] == "P01"
    done("history", "undo")
    assert json.loads(done("case", "merge", "P1", "P01", "--json"))["into"] == "P01"


# Types of new attributes


@pytest.fixture
def people(falls: Path, folder: Path) -> Path:
    file = folder / "people.csv"
    file.write_text("case,badge,floor\nP01,007,3\nP02,012,4\n", encoding="utf-8")
    return file


def test_the_import_of_cases_lists_the_types_of_new_attributes(people: Path) -> None:
    result = run("case", "import", people)
    assert result.exit_code == 0
    assert "new attribute badge: text (007, 012)\nnew attribute floor: number (3, 4)\n" in result.stderr


def test_a_type_can_be_set_for_a_column(people: Path) -> None:
    report = told("case", "import", people, "--type", "floor=text")
    assert [(column["attribute"], column["type"]) for column in report["types"]] == [
        ("badge", "text"),
        ("floor", "text"),
    ]


@pytest.mark.parametrize("given", ["floor=colour", "floor", "wing=text"])
def test_a_type_that_is_none_is_refused(people: Path, given: str) -> None:
    result = run("case", "import", people, "--type", given)
    assert result.exit_code in (1, 2)
    assert result.stdout == ""


@pytest.mark.parametrize(("answer", "code", "stored"), [("y\n", 0, "007"), ("\n", 0, "007"), ("n\n", 1, None)])
def test_on_a_terminal_the_types_are_asked_about_before_anything_is_written(
    people: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int, stored: str | None
) -> None:
    monkeypatch.setattr("fwanalysis.cli.cases.is_terminal", lambda _stream: True)
    result = run("case", "import", people, stdin=answer)
    assert (result.exit_code, "new attribute badge: text" in result.stderr) == (code, True)
    assert told("case", "show", "P01")["attributes"].get("badge") == stored


@pytest.mark.parametrize("option", ["--yes", "--dry-run", "--json"])
def test_nothing_is_asked_where_the_answer_is_known(people: Path, monkeypatch: pytest.MonkeyPatch, option: str) -> None:
    monkeypatch.setattr("fwanalysis.cli.cases.is_terminal", lambda _stream: True)
    assert "Import with these types?" not in run("case", "import", people, option).stderr


def test_ids_keep_their_zeros_in_every_output(people: Path, folder: Path) -> None:
    done("case", "import", people)
    assert "007" in done("case", "list")
    done("matrix", "export", folder / "chart.csv")
    assert ",007," in (folder / "chart.csv").read_text(encoding="utf-8")
    assert [case["name"] for case in told("case", "list", "--where", "badge=007")] == ["P01"]
    assert told("case", "list", "--where", "badge=7") == []

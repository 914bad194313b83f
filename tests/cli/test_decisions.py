import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.cli.cli_study import done, run, told

pytestmark = pytest.mark.usefixtures("falls")


def pending(*filters: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = told("suggest", "list", *filters)
    return found


def ids(records: list[dict[str, Any]]) -> set[str]:
    return {record["id"] for record in records}


def test_a_second_run_adds_nothing() -> None:
    before = pending()
    again = told("suggest", "run")
    assert (again["found"], again["new"], again["pending"]) == (len(before), 0, len(before))
    assert pending() == before


def test_what_was_decided_is_not_offered_again() -> None:
    first, second, *rest = pending()
    done("suggest", "accept", first["id"])
    done("suggest", "reject", second["id"])
    again = told("suggest", "run")
    assert (again["new"], again["pending"]) == (0, len(rest))
    assert ids(pending()) == ids(rest)
    assert ids(pending("--status", "accepted")) == {first["id"]}
    assert ids(pending("--status", "rejected")) == {second["id"]}
    assert len(pending("--status", "all")) == len(rest) + 2


def test_accepting_makes_codings_that_say_where_they_come_from() -> None:
    offered = pending("--min-score", "0.4")
    accepted = told("suggest", "accept", "--min-score", "0.4")
    assert accepted == {"count": len(offered), "ids": accepted["ids"]}
    assert set(accepted["ids"]) == ids(offered)
    codings = told("coding", "list")
    assert {coding["origin"] for coding in codings} == {"suggestion"}
    keys = ("source", "start", "end", "code_path")
    assert {tuple(coding[key] for key in keys) for coding in codings} == {
        tuple(item[key] for key in keys) for item in offered
    }


@pytest.mark.parametrize("verb", ["accept", "reject"])
@pytest.mark.parametrize(
    "filters",
    [("--source", "P02"), ("--code", "effort"), ("--case", "P03"), ("--min-score", "0.35", "--code", "support")],
    ids=" ".join,
)
def test_a_filter_decides_what_the_same_filter_lists(verb: str, filters: tuple[str, ...]) -> None:
    everything, meant = ids(pending()), ids(pending(*filters))
    assert meant
    assert meant != everything
    assert set(told("suggest", verb, *filters)["ids"]) == meant
    assert ids(pending()) == everything - meant


def test_all_decides_all() -> None:
    everything = ids(pending())
    assert set(told("suggest", "reject", "--all")["ids"]) == everything
    assert pending() == []
    assert told("coding", "list") == []


def test_an_unknown_id_decides_nothing() -> None:
    (first, *_) = pending()
    assert run("suggest", "accept", first["id"], "00000000").exit_code == 1
    assert first in pending()


def test_the_beginning_of_an_id_names_a_suggestion_and_its_coding() -> None:
    (first, *_) = pending()
    assert told("suggest", "accept", first["id"][:6])["ids"] == [first["id"]]
    (coding,) = told("coding", "list")
    assert told("coding", "remove", coding["id"][:8].upper()) == {"count": 1, "ids": [coding["id"]]}
    assert told("coding", "list") == []


def test_the_shown_beginning_of_an_id_is_enough() -> None:
    shown = done("suggest", "list").split("\n")[1].split()[0]
    assert len(shown) == 8
    assert done("suggest", "reject", shown) == "1 rejected\n"


def test_undo_to_the_beginning_and_redo_to_the_end() -> None:
    done("suggest", "accept", "--source", "P02")
    done("code", "add", "Snow")
    done("matrix", "set", "P03", "effort", "Much.")
    whole = [done(*args, "--json") for args in (("coding", "list"), ("matrix", "export"), ("case", "list"))]
    steps = 0
    while (result := run("history", "undo")).exit_code == 0:
        assert result.stdout.startswith("undone: ")
        steps += 1
    assert (result.exit_code, result.stdout) == (1, "")
    assert "nothing to undo" in result.stderr
    assert told("source", "list") == told("case", "list") == told("codebook", "list") == []
    assert run("doctor").exit_code == run("history", "verify").exit_code == 0
    for _ in range(steps):
        done("history", "redo")
    assert run("history", "redo").exit_code == 1
    assert [done(*args, "--json") for args in (("coding", "list"), ("matrix", "export"), ("case", "list"))] == whole
    assert run("doctor").exit_code == run("history", "verify").exit_code == 0


def test_one_import_is_one_step() -> None:
    for _ in range(2):  # the cases, then the sources: the run of rules is no step
        done("history", "undo")
    assert told("source", "list") == []
    assert told("codebook", "list") != []


def test_a_coder_takes_back_their_own_steps_only() -> None:
    done("code", "add", "Snow", "--coder", "ben")
    done("history", "undo")
    assert run("codebook", "show", "snow").exit_code == 0
    done("history", "undo", "--coder", "ben")
    assert run("codebook", "show", "snow").exit_code == 1


def tamper(falls: Path, statement: str) -> None:
    with sqlite3.connect(falls) as connection:
        assert connection.execute(statement).rowcount > 0
    connection.close()


def test_a_changed_event_is_found(falls: Path) -> None:
    tamper(falls, "UPDATE events SET label = 'nothing happened' WHERE seq = 3")
    for command in ("history verify", "doctor"):
        result = run(*command.split(), "--json")
        assert result.exit_code == 3
        report = json.loads(result.stdout)
        faults = (
            report["faults"] if isinstance(report, dict) else [fault for item in report for fault in item["faults"]]
        )
        assert len(faults) == 1
        assert "3" in faults[0]
    assert "PROBLEM" in run("doctor").stdout


def test_a_quote_that_is_not_in_the_text_is_found(falls: Path) -> None:
    done("suggest", "accept", "--source", "P02")
    tamper(falls, "UPDATE anchors SET quote = 'words that nobody said' WHERE start = (SELECT min(start) FROM anchors)")
    result = run("doctor")
    assert result.exit_code == 3
    assert "words that nobody said" in result.stdout
    assert run("history", "verify").exit_code == 0


def test_coding_an_interviewers_words_says_that_they_stand_without_a_case() -> None:
    (turn, *_) = [item for item in told("source", "turns", "P03") if item["role"] == "interviewer"]
    result = run("coding", "add", "P03", "effort", "--span", str(turn["start"]), str(turn["end"]))
    assert result.exit_code == 0
    assert "not attributed to a participant: in the matrix the segment is listed without a case" in result.stderr
    assert run("coding", "add", "P03", "effort", "--quote", "We had flasks.").stderr == ""

"""Corrections on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.cli_study import SAMPLE, done, run, told

if TYPE_CHECKING:
    from pathlib import Path

FLASKS = "We had flasks."
ALL = ("source", "reanchor", "--all-in", "P03", "--min-similarity", "0.8")


@pytest.fixture
def corrected(falls: Path, folder: Path) -> Path:
    """A corrected P03 in which three codings are kept, moved and uncertain."""
    assert falls.exists()
    for quote in (FLASKS, "It’s the gym, it’s always like this.", "Seven years."):
        done("coding", "add", "P03", "effort/transaction-costs", "--quote", quote)
    text = (SAMPLE / "P03.txt").read_text(encoding="utf-8")
    file = folder / "corrected.txt"
    file.write_text(text.replace(FLASKS, "We had two flasks.").replace("I’m the physio.", "I am the physio."), "utf-8")
    return file


def test_a_revision_tells_figures_and_every_passage_that_is_not_as_it_was(corrected: Path) -> None:
    result = run("source", "revise", "P03", corrected)
    assert result.exit_code == 0
    lines = result.stdout.split("\n")
    assert lines[0] == "P03 revision 2, 50 turns; segments: 1 unchanged, 1 moved, 1 uncertain, 0 not found"
    assert any(line.startswith("moved") and "“Seven years.”" in line for line in lines)
    assert any(line.startswith("uncertain") and "Transaction costs (ana)" in line for line in lines)
    assert "was  “We had flasks.”" in result.stdout
    assert "best match  “We had two flasks.”" in result.stdout
    assert "hint: list unanchored segments: fwa source unanchored P03\n" in result.stderr
    assert "two flasks" in done("source", "text", "P03")


def test_a_dry_run_prints_the_same_and_changes_nothing(corrected: Path) -> None:
    before = told("history", "list")
    shown = told("source", "revise", "P03", corrected, "--dry-run")
    assert told("history", "list") == before
    made = told("source", "revise", "P03", corrected)
    assert shown == {**made, "revision_id": None, "dry_run": True}
    assert [made[key] for key in ("number", "unchanged", "moved", "uncertain", "not_found")] == [2, 1, 1, 1, 0]
    assert [made[key] for key in ("kept", "fuzzy", "lost")] == [1, 1, 0]
    assert {"segment_id", "state", "codings", "old_quote", "new_quote", "start", "end", "score"} <= set(
        made["segments"][0]
    )


def test_words_that_become_anothers_are_told_with_whose_they_were(corrected: Path) -> None:
    assert corrected.exists()
    (turn,) = [item for item in told("source", "turns", "P03") if FLASKS in item["text"]]
    result = run("source", "correct", "P03", str(turn["number"]), "--speaker", "Interviewer")
    assert "1 segment reattributed:" in result.stdout
    assert "from P03 to no case: “We had flasks.”" in result.stdout
    done("history", "undo")
    report = told("source", "correct", "P03", str(turn["number"]), "--speaker", "Interviewer")
    (segment,) = [item for item in report["segments"] if item["new_case"] is None]
    assert (report["is_reattributed"], report["changed_hands"], segment["old_case"]) == (1, 1, "P03")


def test_a_revision_tells_which_suggestions_go_on_and_which_end(corrected: Path) -> None:
    done("suggest", "run")
    pending = len(told("suggest", "list", "--source", "P03"))
    report = told("source", "revise", "P03", corrected, "--dry-run")
    assert report["suggestions_kept"] + report["suggestions_ended"] == pending
    result = run("source", "revise", "P03", corrected)
    assert (
        f"pending suggestions: {report['suggestions_kept']} kept, {report['suggestions_ended']} removed"
        in result.stderr
    )
    assert "hint: find suggestions in the new text: fwa suggest run --source P03" in result.stderr
    assert len(told("suggest", "list", "--source", "P03")) == report["suggestions_kept"] > 0


def test_a_file_of_something_else_needs_force(corrected: Path) -> None:
    corrected.write_bytes((SAMPLE / "P08.txt").read_bytes() + b"\n")
    refused = run("source", "revise", "P03", corrected)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "none of its 3 coded segments occurs in the file" in refused.stderr
    assert "does not look like" in run("source", "revise", "P03", corrected, "--dry-run").stderr
    forced = told("source", "revise", "P03", corrected, "--force")
    assert (forced["number"], forced["kept"], forced["moved"]) == (2, 0, 0)


def test_a_revision_can_come_from_stdin(corrected: Path) -> None:
    done("source", "revise", "P03", "-", stdin=corrected.read_bytes())
    assert [item["number"] for item in told("source", "revisions", "P03")] == [1, 2]


def test_what_lost_its_place_is_listed_and_placed(corrected: Path) -> None:
    done("source", "revise", "P03", corrected)
    (item,) = told("source", "unanchored")
    assert (item["old_quote"], item["quote"], item["state"]) == (FLASKS, "We had two flasks.", "uncertain")
    assert FLASKS in done("source", "unanchored", "P03")
    (coding,) = told("coding", "list", "--unanchored")
    assert (coding["quote"], coding["turn"]) == (FLASKS, None)
    assert coding["id"] not in {one["id"] for one in told("coding", "list", "--source", "P03")}
    assert "We had two flasks." in done("source", "reanchor", item["segment_id"][:8])
    assert told("source", "unanchored") == []
    assert coding["id"] in {one["id"] for one in told("coding", "list", "--source", "P03")}
    done("history", "undo")
    assert [anchor["quote"] for anchor in told(*ALL, "--yes")] == ["We had two flasks."]
    done("history", "undo")
    start = str(item["start"])
    (anchor,) = told("source", "reanchor", item["segment_id"], "--start", start, "--end", str(item["start"] + 6))
    assert anchor["quote"] == "We had"
    assert "ok" in done("doctor")


def test_a_passage_that_is_placed_tells_if_its_words_are_anothers_now(corrected: Path) -> None:
    done("source", "revise", "P03", corrected)
    (turn,) = [item for item in told("source", "turns", "P03") if "We had two flasks." in item["text"]]
    done("source", "correct", "P03", str(turn["number"]), "--speaker", "Interviewer")
    (item,) = told("source", "unanchored", "P03")
    assert (item["old_case"], item["new_case"]) == ("P03", None)
    assert "reattributed from P03 to no case" in done("source", "unanchored", "P03")
    assert "reattributed from P03 to no case" in done("source", "reanchor", item["segment_id"])
    done("history", "undo")
    (anchor,) = told("source", "reanchor", item["segment_id"], "--quote", "Seven years.")
    assert (anchor["quote"], anchor["old_case"], anchor["new_case"]) == ("Seven years.", "P03", "P03")
    done("history", "undo")
    assert "reattributed" not in done("source", "reanchor", item["segment_id"], "--quote", "Seven years.")


def test_lists_and_the_matrix_tell_of_what_has_no_place(corrected: Path) -> None:
    done("source", "revise", "P03", corrected)
    for args in (("matrix", "show"), ("matrix", "show", "--cells", "both"), ("matrix", "export", "m.csv")):
        assert (
            "warning: 1 unanchored coding not included\nhint: list unanchored segments: fwa source unanchored\n"
            in run(*args).stderr
        )
    listed = run("coding", "list", "--source", "P03")
    assert "1 unanchored coding not shown\nhint: list them with: fwa coding list --unanchored\n" in listed.stderr
    assert "not shown" not in run("coding", "list", "--unanchored").stderr
    assert "not shown" not in run("coding", "list", "--source", "P01").stderr


def test_all_that_is_alike_enough_is_placed_once_a_person_says_so(corrected: Path) -> None:
    done("source", "revise", "P03", corrected)
    assert told("source", "reanchor", "--all-in", "P03", "--yes") == []
    assert (
        "not similar enough or ambiguous: 1 segment" in run("source", "reanchor", "--all-in", "P03", "--dry-run").stderr
    )
    (shown,) = told(*ALL, "--dry-run")
    assert (shown["old_quote"], shown["quote"]) == (FLASKS, "We had two flasks.")
    refused = run(*ALL)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "1 segment not re-anchored\nhint: to go ahead, add --yes" in refused.stderr
    assert len(told("source", "unanchored")) == 1
    done(*ALL, "--yes")
    assert told("source", "unanchored") == []
    done("history", "undo")
    assert len(told("source", "unanchored")) == 1


def test_figures_count_what_has_a_place_and_tell_the_others_beside_it(corrected: Path) -> None:
    done("source", "revise", "P03", corrected)
    (code,) = [item for item in told("codebook", "list") if item["key"] == "transaction-costs"]
    assert (code["codings"], code["unanchored"]) == (2, 1)
    (source,) = [item for item in told("source", "list") if item["name"] == "P03"]
    assert (source["codings"], source["unanchored"]) == (2, 1)
    assert len(told("coding", "list")) == 2
    for args in (("codebook", "list"), ("source", "list")):
        assert "2 (1 unanchored)" in done(*args)
    assert "2 codings (1 unanchored)" in done("codebook", "show", "transaction-costs")
    done(*ALL, "--yes")
    assert "without a place" not in done("codebook", "list") + done("source", "list")


def test_a_passage_is_placed_on_words_that_are_quoted(corrected: Path) -> None:
    done("source", "revise", "P03", corrected)
    (item,) = told("source", "unanchored")
    for quote, code, said in (("We had no flasks", 1, "no exact match"), ("the", 1, "times")):
        result = run("source", "reanchor", item["segment_id"], "--quote", quote)
        assert (result.exit_code, result.stdout) == (code, "")
        assert said in result.stderr
    (anchor,) = told("source", "reanchor", item["segment_id"][:8], "--quote", "two flasks")
    assert anchor["quote"] == "two flasks"
    assert told("source", "unanchored") == []


def test_revisions_are_listed_with_who_made_them(corrected: Path) -> None:
    done("source", "revise", "P03", corrected)
    done("source", "correct", "P03", "2", "--speaker", "P03b", "--coder", "ben")
    first, second, third = told("source", "revisions", "P03")
    assert (first["coder"], first["present"], second["label"]) == ("ana", False, "revise P03")
    assert (third["coder"], third["label"], third["present"]) == ("ben", "relabel turn 2 of P03 as P03b", True)
    assert "corrected.txt" in done("source", "revisions", "P03")


@pytest.mark.usefixtures("falls")
def test_one_turn_is_corrected_in_every_way() -> None:
    before = told("source", "turns", "P03", "--all")

    def turns() -> list[tuple[str, str]]:
        return [(turn["speaker"], turn["text"]) for turn in told("source", "turns", "P03")][:3]

    plain = turns()
    done("source", "correct", "P03", "1", "--text", "Is it all right in here?")
    assert turns() == [("Interviewer", "Is it all right in here?"), *plain[1:]]
    at = told("source", "turns", "P03")[0]["start"] + len("Is it all right")
    done("source", "correct", "P03", "1", "--split-at", str(at), "--speaker", "P03")
    assert turns()[:2] == [("Interviewer", "Is it all right"), ("P03", "in here?")]
    done("source", "correct", "P03", "1", "--join")
    done("source", "correct", "P03", "1", "--no-speaker")
    assert turns() == [(None, "Is it all right in here?"), *plain[1:]]
    done("source", "correct", "P03", "1", "--exclude")
    assert turns()[:2] == plain[1:]
    refused = run("source", "correct", "P03", "1", "--include", "--speaker", "Interviewer")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "turn 1 of P03 is already included\nhint: excluded text has an id and no number" in refused.stderr
    (aside,) = [turn for turn in told("source", "turns", "P03", "--all") if turn["kind"] == "excluded"]
    assert f"excluded {aside['id'][:8]}" in done("source", "turns", "P03", "--all")
    assert "already excluded" in run("source", "correct", "P03", aside["id"][:8], "--exclude").stderr
    done("source", "correct", "P03", aside["id"][:8], "--include", "--speaker", "Interviewer")
    assert turns() == [("Interviewer", "Is it all right in here?"), *plain[1:]]
    assert [item["label"] for item in told("source", "revisions", "P03")][1:] == [
        "correct the text of turn 1 of P03",
        "split turn 1 of P03",
        "join turns 1 and 2 of P03",
        "remove the speaker of turn 1 of P03",
        "exclude turn 1 of P03",
        "include excluded text of P03 as speech of Interviewer",
    ]
    for _ in range(6):
        done("history", "undo")
    assert told("source", "turns", "P03", "--all") == before


@pytest.mark.usefixtures("falls")
@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("correct", "P03", "1"), 2, "give exactly one correction"),
        (("correct", "P03", "1", "--join", "--exclude"), 2, "give exactly one correction"),
        (("correct", "P03", "1", "--speaker", "A", "--join"), 2, "give exactly one correction"),
        (("correct", "P03", "999", "--join"), 1, "50 turns"),
        (("correct", "P03", "zzzzzzzz", "--join"), 1, 'no turn "zzzzzzzz"'),
        (("correct", "P03", "1", "--split-at", "0"), 1, "cannot split the turn"),
        (("revise", "P03", "missing.txt"), 1, "missing.txt"),
        (("reanchor",), 2, "name one segment"),
        (("reanchor", "abcdefgh", "--all-in", "P03"), 2, "name one segment"),
        (("reanchor", "abcdefgh"), 1, "unanchored segment"),
        (("reanchor", "abcdefgh", "--quote", "We"), 1, "unanchored segment"),
        (("reanchor", "--all-in", "P03", "--quote", "We"), 2, "name one segment"),
        (("reanchor", "abcdefgh", "--quote", "We", "--start", "1"), 2, "cannot be combined"),
        (("remove", "P03"), 2, "--yes"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(args: tuple[str, ...], code: int, said: str) -> None:
    result = run("source", *args)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr


@pytest.mark.usefixtures("falls")
def test_a_source_is_removed_with_yes_unless_something_rests_on_it() -> None:
    assert told("source", "remove", "P04", "--yes")["name"] == "P04"
    assert "P04" not in {item["name"] for item in json.loads(done("source", "list", "--json"))}
    done("history", "undo")
    done("coding", "add", "P03", "effort/transaction-costs", "--quote", FLASKS)
    result = run("source", "remove", "P03", "--yes")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "the coding Transaction costs by ana" in result.stderr


@pytest.mark.usefixtures("falls")
def test_nothing_without_a_place_is_said_on_stderr() -> None:
    for args in (
        ("source", "unanchored"),
        ("coding", "list", "--unanchored"),
        ("source", "reanchor", "--all-in", "P03"),
    ):
        result = run(*args)
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr


def test_words_that_become_another_persons_are_told_as_evidence_of_that_case(corrected: Path) -> None:
    assert corrected.exists()
    (turn,) = [item for item in told("source", "turns", "P03") if FLASKS in item["text"]]
    shown = done("source", "correct", "P03", str(turn["number"]), "--speaker", "P02")
    assert "1 segment reattributed:" in shown
    assert "from P03 to P02: “We had flasks.”" in shown
    assert "no case" not in shown


def test_suggestions_on_words_that_become_the_interviewers_end_for_whose_they_are(corrected: Path) -> None:
    assert corrected.exists()
    done("suggest", "run")
    (first, *_) = told("suggest", "list", "--source", "P03")
    result = run("source", "correct", "P03", str(first["turn"]), "--speaker", "Interviewer")
    assert "removed (text changed)" in result.stderr


def test_a_command_to_type_has_names_with_blanks_and_brackets_in_quotation_marks(corrected: Path) -> None:
    text = SAMPLE.joinpath("P03.txt").read_text(encoding="utf-8")
    (corrected.parent / "H04 (first).txt").write_text(text + "\n", "utf-8")
    done("source", "import", "H04 (first).txt")
    done("coding", "add", "H04 (first)", "effort/transaction-costs", "--quote", FLASKS)
    done("suggest", "run")
    said = run("source", "revise", "H04 (first)", corrected).stderr
    assert 'fwa suggest run --source "H04 (first)"' in said
    assert 'fwa source unanchored "H04 (first)"' in said

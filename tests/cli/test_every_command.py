"""What holds for all commands: their exit codes, and one JSON value on stdout or nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click
import pytest

from fwanalysis.cli.diagnostics import Exit
from tests.cli.cli_study import run
from tests.cli.test_help import EVERY

if TYPE_CHECKING:
    from pathlib import Path

LEAVES = {path.removeprefix("fwa ") for path, command in EVERY.items() if not isinstance(command, click.Group)}

CALLS: dict[str, tuple[str, str]] = {
    "new": ("new other.fwa", "new nowhere/other.fwa"),
    "open": ("", "open nowhere.fwa"),
    "demo": ("", "demo files"),
    "doctor": ("doctor", "doctor -p nowhere.fwa"),
    "help": ("help source", ""),
    "completion": ("completion bash", ""),
    "source import": ("source import note.txt", "source import nowhere.txt"),
    "source list": ("source list", "source list -p nowhere.fwa"),
    "source show": ("source show P03", "source show nowhere"),
    "source text": ("source text P03", "source text nowhere"),
    "source turns": ("source turns P03", "source turns nowhere"),
    "source revise": ("source revise P03 P03.txt", "source revise nowhere P03.txt"),
    "source revisions": ("source revisions P03", "source revisions nowhere"),
    "source unanchored": ("source unanchored", "source unanchored nowhere"),
    "source reanchor": ("source reanchor --all-in P03 --yes", "source reanchor abcdef12"),
    "source correct": ("source correct P03 2 --speaker Interviewer", "source correct P03 9999 --no-speaker"),
    "source rename": ("source rename P03 Third", "source rename P03 P01"),
    "source set": ("source set P03 --kind document", "source set nowhere --kind document"),
    "source remove": ("source remove newsletter --yes", "source remove nowhere --yes"),
    "source export": ("source export P03", "source export nowhere"),
    "speaker list": ("speaker list", "speaker list nowhere"),
    "speaker set": ("speaker set P03 --role other", "speaker set Nowhere --role other"),
    "speaker merge": ("speaker merge P03 Interviewer --source P03 --yes", "speaker merge P03 Nowhere"),
    "case list": ("case list", "case list --where shoe=9"),
    "case show": ("case show P03", "case show nowhere"),
    "case set": ("case set Quay --level site", "case set nowhere --rename Quay"),
    "case import": ("case import cases.csv", "case import nowhere.csv"),
    "case members": ("case members FG2", "case members nowhere"),
    "case merge": ("case merge P01 P02", "case merge P01 nowhere"),
    "case remove": ("case remove Spare", "case remove nowhere"),
    "attribute list": ("attribute list", "attribute list -p nowhere.fwa"),
    "attribute set-type": ("attribute set-type role text", "attribute set-type nowhere text"),
    "codebook new": ("codebook new codes.yaml", "codebook new nowhere/codes.yaml"),
    "codebook validate": ("codebook validate book.yaml", "codebook validate broken.yaml"),
    "codebook import": ("codebook import book.yaml", "codebook import broken.yaml"),
    "codebook export": ("codebook export", "codebook export nowhere/codes.yaml"),
    "codebook list": ("codebook list", "codebook list -p nowhere.fwa"),
    "codebook show": ("codebook show effort", "codebook show nowhere"),
    "code list": ("code list", "code list -p nowhere.fwa"),
    "code add": ("code add Snow --theme", "code add Snow --parent nowhere"),
    "coding list": ("coding list", "coding list --source nowhere"),
    "coding add": ("coding add P03 effort --span 300 340", "coding add P03 effort --span 9 9"),
    "coding edit": ("", "coding edit abcdef12 --stance against"),
    "coding export": ("coding export", "coding export nowhere/codings.csv"),
    "coding remove": ("", "coding remove abcdef12"),
    "suggest run": ("suggest run", "suggest run --source nowhere"),
    "suggest list": ("suggest list", "suggest list --source nowhere"),
    "suggest accept": ("suggest accept --source P03", "suggest accept abcdef12"),
    "suggest reject": ("suggest reject --source P03", "suggest reject abcdef12"),
    "matrix show": ("matrix show", "matrix show --theme nowhere"),
    "matrix export": ("matrix export", "matrix export nowhere/matrix.csv"),
    "matrix import": ("matrix import chart.csv", "matrix import nowhere.csv"),
    "matrix set": ("matrix set P03 effort Much.", "matrix set nowhere effort Much."),
    "matrix affirm": ("", "matrix affirm P03 effort Because."),
    "matrix draft": ("matrix draft", "matrix draft --theme nowhere"),
    "matrix check": ("matrix check", "matrix check --case nowhere"),
    "matrix chart list": ("matrix chart list", "matrix chart list -p nowhere.fwa"),
    "matrix chart save": ("matrix chart save Cost --theme effort", "matrix chart save Cost --theme nowhere"),
    "matrix chart remove": ("", "matrix chart remove nowhere"),
    "figure codes": ("figure codes", "figure codes nowhere"),
    "figure heat-map": ("figure heat-map", "figure heat-map --theme nowhere"),
    "figure crosstab": ("figure crosstab site role", "figure crosstab site shoe"),
    "figure cooccurrence": ("figure cooccurrence", "figure cooccurrence effort nowhere"),
    "abstraction show": ("abstraction show effort", "abstraction show nowhere"),
    "abstraction add": ("abstraction add effort Hands", "abstraction add nowhere Hands"),
    "abstraction sort": ("", "abstraction sort effort P03 --into nowhere"),
    "abstraction move": ("", "abstraction move effort nowhere --to 1"),
    "abstraction rename": ("", "abstraction rename effort nowhere Hands"),
    "abstraction remove": ("", "abstraction remove effort nowhere"),
    "abstraction export": ("abstraction export", "abstraction export nowhere/abstraction.yaml"),
    "abstraction import": ("", "abstraction import nowhere.yaml"),
    "history list": ("history list", "history list -p nowhere.fwa"),
    "history undo": ("history undo", "history undo -p nowhere.fwa"),
    "history redo": ("", "history redo"),
    "history verify": ("history verify", "history verify -p nowhere.fwa"),
}
"""For each command, a command line that is done and one that is an error; empty if another test has it."""


@pytest.fixture
def _files(falls: Path) -> None:
    folder = falls.parent
    (folder / "files").mkdir(exist_ok=True)
    (folder / "files" / "kept.txt").write_text("Kept.\n", encoding="utf-8")
    (folder / "note.txt").write_text("Ice on the pond since Monday.\n", encoding="utf-8")
    (folder / "P03.txt").write_text(run("source", "text", "P03").stdout + "\nOne line more.\n", encoding="utf-8")
    (folder / "cases.csv").write_text("case,boots\nP01,yes\n", encoding="utf-8")
    (folder / "chart.csv").write_text("case,effort\nP03,\n", encoding="utf-8")
    (folder / "broken.yaml").write_text("codes: [", encoding="utf-8")
    (folder / "book.yaml").write_text("fwanalysis: codebook/1\nname: Ice\ncodes:\n  - name: Thaw\n", encoding="utf-8")
    run("case", "set", "Spare", "--level", "site")


def test_the_table_has_every_command() -> None:
    assert set(CALLS) == LEAVES


@pytest.mark.usefixtures("_files")
@pytest.mark.parametrize("line", [call for call, _ in CALLS.values() if call])
def test_with_json_a_command_writes_one_value_and_nothing_else(line: str) -> None:
    result = run(*line.split(), "--json")
    assert (result.exit_code, result.stderr if result.exit_code else "") == (Exit.DONE, "")
    json.loads(result.stdout)


@pytest.mark.usefixtures("_files")
@pytest.mark.parametrize("form", [(), ("--json",)], ids=["text", "json"])
@pytest.mark.parametrize("line", [error for _, error in CALLS.values() if error])
def test_an_error_is_exit_1_with_nothing_on_stdout(line: str, form: tuple[str, ...]) -> None:
    result = run(*line.split(), *form)
    assert (result.exit_code, result.stdout) == (Exit.ERROR, "")
    assert any(text.startswith(("error: ", "refused: ")) for text in result.stderr.split("\n"))


@pytest.mark.usefixtures("_files")
@pytest.mark.parametrize("form", [(), ("--json",)], ids=["text", "json"])
@pytest.mark.parametrize("name", sorted(LEAVES))
def test_an_option_that_a_command_does_not_have_is_exit_2_with_nothing_on_stdout(
    name: str, form: tuple[str, ...]
) -> None:
    result = run(*name.split(), "--zyzzyva", *form)
    assert (result.exit_code, result.stdout) == (Exit.USAGE, "")
    assert result.stderr.startswith('error: unknown option "--zyzzyva"')


def test_the_exit_codes_are_those_that_scripts_expect() -> None:
    assert {code.name: code.value for code in Exit} == {"DONE": 0, "ERROR": 1, "USAGE": 2, "FOUND": 3, "PARTLY": 4}

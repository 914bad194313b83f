"""Transcripts that leave the project and come back."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.cli_study import run

if TYPE_CHECKING:
    from pathlib import Path


def turns(source: str, *options: str) -> list[tuple[object, ...]]:
    result = run("source", "turns", source, "--json", *options)
    assert result.exit_code == 0, result.stderr
    return [(turn["speaker"], turn["role"], turn["time"], turn["text"]) for turn in json.loads(result.stdout)]


@pytest.mark.usefixtures("falls")
def test_importing_an_exported_table_gives_the_same_turns(folder: Path) -> None:
    sources = [source["name"] for source in json.loads(run("source", "list", "--json").stdout) if source["turns"]]
    assert sources
    assert "newsletter has no turns" in run("source", "export", "newsletter", "newsletter.csv").stderr
    run("new", "again.fwa")
    for source in sources:
        assert run("source", "export", source, f"{source}.csv").exit_code == 0
        imported = run("source", "import", f"{source}.csv", "-p", "again.fwa")
        assert imported.exit_code == 0, imported.stderr
        assert turns(source, "-p", "again.fwa") == turns(source)


@pytest.mark.usefixtures("falls")
def test_a_transcript_goes_to_stdout_as_text_with_the_labels_it_has_now() -> None:
    before = turns("P03")
    first = next(number for number, turn in enumerate(before, 1) if turn[1] == "participant")
    assert run("source", "correct", "P03", str(first), "--speaker", "Somebody else").exit_code == 0
    text = run("source", "export", "P03").stdout
    assert f"Somebody else: {before[first - 1][3]}" in text


@pytest.mark.usefixtures("falls")
def test_an_export_replaces_no_file_unasked_and_writes_only_what_it_can(folder: Path) -> None:
    (folder / "P03.csv").write_text("mine", encoding="utf-8")
    assert run("source", "export", "P03", "P03.csv").exit_code == 2
    assert (folder / "P03.csv").read_text(encoding="utf-8") == "mine"
    assert run("source", "export", "P03", "P03.csv", "--yes").exit_code == 0
    assert run("source", "export", "P03", "P03.docx").exit_code == 2
    assert not (folder / "P03.docx").exists()


@pytest.mark.usefixtures("falls")
def test_turns_have_the_numbers_of_the_program_in_the_table(folder: Path) -> None:
    run("source", "export", "P03", "P03.csv")
    with (folder / "P03.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "speech"]
    listed = json.loads(run("source", "turns", "P03", "--json").stdout)
    assert [row["turn"] for row in rows] == [str(turn["number"]) for turn in listed]

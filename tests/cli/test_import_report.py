"""What an import says of files that hold several sources, and of folders that hold none."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

from fwanalysis.cli.diagnostics import Exit
from tests.cli.cli_study import SAMPLE, run, told

if TYPE_CHECKING:
    from pathlib import Path

ANSWERS = (
    "case,What do you share with the others?\n"
    "P71,We share what we learn and what went wrong for us this year.\n"
    "P72,Nothing at all since the meetings stopped and nobody asks.\n"
)


@pytest.mark.usefixtures("falls")
def test_sources_are_counted_where_a_file_holds_several(tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text(ANSWERS)
    shown = run("source", "import", str(file), "--dry-run")
    assert shown.stdout.endswith("\n1 file (2 sources) to import (0 turns), 0 skipped, 0 refused\n")
    assert run("source", "import", str(file)).stdout.startswith("1 file (2 sources) imported (0 turns), ")


@pytest.mark.usefixtures("falls")
def test_a_folder_in_which_nothing_can_be_read_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    (folder / "data.bin").write_bytes(b"x")
    shown = run("source", "import", str(folder))
    assert shown.exit_code == 0
    assert f"warning: no file in {folder} can be imported; supported are .txt, " in shown.stderr


CAPTIONS = """WEBVTT

00:00:01.000 --> 00:00:02.000
Tess Ode: How did you come?

00:00:03.000 --> 00:00:04.000
lou: By bus.

00:00:05.000 --> 00:00:06.000
Max Ulm: On foot.

00:00:07.000 --> 00:00:08.000
Tess Ode: And back?

00:00:09.000 --> 00:00:10.000
Max Ulm: By bus.
"""


@pytest.mark.usefixtures("falls")
def test_a_label_that_the_user_names_is_a_speaker_at_the_import_and_at_a_revision(tmp_path: Path) -> None:
    file = tmp_path / "P80.vtt"
    file.write_text(CAPTIONS)
    preview = told("source", "import", str(file), "--dry-run")["files"][0]["sources"][0]
    assert preview["possible_speakers"] == ["lou"]
    assert [one["label"] for one in preview["speakers"]] == ["Tess Ode", "Max Ulm"]
    assert "--speaker lou" in run("source", "import", str(file), "--dry-run").stdout
    made = told("source", "import", str(file), "--speaker", "lou", "--speaker", "nobody here")["files"][0]["sources"][0]
    assert (made["possible_speakers"], len(made["speakers"])) == ([], 3)
    file.write_text(CAPTIONS.replace("On foot", "We went on foot"))
    run("source", "revise", "P80", str(file))
    assert [turn["speaker"] for turn in told("source", "turns", "P80")][1] == "lou"


@pytest.mark.usefixtures("falls")
def test_a_revision_takes_a_label_that_the_user_names(tmp_path: Path) -> None:
    file = tmp_path / "P80.vtt"
    file.write_text(CAPTIONS)
    run("source", "import", str(file))
    file.write_text(CAPTIONS.replace("On foot", "We went on foot"))
    run("source", "revise", "P80", str(file), "--speaker", "lou")
    assert [turn["speaker"] for turn in told("source", "turns", "P80")][1] == "lou"


GIVEN = [
    (
        ["--speaker-format", "label-colon"],
        "option --speaker-format",
        "source revise P03 {} --speaker-format label-colon",
    ),
    (
        ["--speaker", "An Ode", "--speaker", "lou"],
        "option --speaker",
        'source revise P03 {} --speaker "An Ode" --speaker lou',
    ),
    (
        ["--encoding", "cp1252", "--input-format", "txt"],
        "options --encoding, --input-format",
        "source revise P03 {} --encoding cp1252 --input-format txt",
    ),
    (["--kind", "document"], "option --kind", "source set P03 --kind document"),
    (["--case", "Big quay"], "option --case", 'source set P03 --case "Big quay"'),
    (["--explain"], "option --explain", ""),
]


@pytest.mark.usefixtures("falls")
@pytest.mark.parametrize(("given", "named", "command"), GIVEN, ids=lambda value: str(value))
def test_options_for_a_file_that_is_already_imported_are_reported_with_the_way(
    given: list[str], named: str, command: str
) -> None:
    file = str(SAMPLE / "P03.txt")
    for preview in ([], ["--dry-run"]):
        result = run("source", "import", file, *given, *preview)
        assert result.exit_code == 0
        shown = result.stdout if preview else result.stderr
        assert f'skipped: {file} is already imported as "P03" ({named} not applied)\n' in shown
        hints = [line.removeprefix("hint: ") for line in result.stderr.split("\n") if line.startswith("hint: ")]
        assert [hint.partition(": fwa ")[2] for hint in hints] == ([command.format(file)] if command else [])
    assert "not applied" not in run("source", "import", file).stderr


@pytest.mark.usefixtures("falls")
@pytest.mark.parametrize("given", [["--speaker-format", "label-colon"], ["--kind", "document"]])
def test_the_way_that_is_proposed_can_be_gone(given: list[str]) -> None:
    shown = run("source", "import", str(SAMPLE / "P03.txt"), *given).stderr
    line = next(line for line in shown.split("\n") if line.startswith("hint: "))
    result = run(*shlex.split(line.partition(": fwa ")[2]))
    assert result.exit_code != Exit.USAGE  # a file that reads the same is an error of another kind

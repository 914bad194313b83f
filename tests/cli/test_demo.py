import csv
import json
from pathlib import Path

import pytest

from fwanalysis.formats.analysis_record import AnalysisRecord
from tests.cli.cli_study import done, run, told

pytestmark = pytest.mark.usefixtures("folder")


def test_the_demo_replaces_its_own_files_only_and_keeps_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    (folder / "thesis.txt").write_text("three years of work", encoding="utf-8")
    report = told("demo", folder, "--no-open")
    assert report["transcripts"] == 12
    assert report["documents"] == 1
    assert min(report["codings"], report["charted"], report["accepted"], report["rejected"]) > 0
    with (folder / "matrix.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header[0] == "case"
    assert len(rows) >= 12
    assert any(any(row[5:]) for row in rows)
    assert json.loads((folder / "matrix.csv.meta.json").read_text(encoding="utf-8"))["layout"] == "wide"

    mine = done("code", "add", "My own", "-p", folder / "study.fwa").strip()
    short = AnalysisRecord((), (), (), ())  # what a second run replays does not matter here, and takes time
    monkeypatch.setattr("fwanalysis.project.demo.read_analysis_file", lambda path: short)
    again = run("demo", folder, "--no-open")
    assert again.exit_code == 0
    assert "kept as" in again.stderr
    assert run("codebook", "show", mine, "-p", folder / "study.fwa").exit_code == 1
    assert run("codebook", "show", mine, "-p", folder / "study.fwa.kept-1").exit_code == 0
    assert run("doctor", "-p", folder / "study.fwa").exit_code == 0
    assert (folder / "thesis.txt").read_text(encoding="utf-8") == "three years of work"
    assert {path.name for path in folder.iterdir()} == {
        "thesis.txt", "study.fwa", "study.fwa.kept-1", "matrix.csv", "matrix.csv.meta.json",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["study.fwa", "matrix.csv"])
def test_the_demo_does_not_write_over_what_it_did_not_make(name: str, tmp_path: Path) -> None:
    if name == "study.fwa":
        done("new", name, "--title", "My thesis")
    else:
        Path(name).write_text("a,b\n", encoding="utf-8")
    before = Path(name).read_bytes()
    result = run("demo", tmp_path, "--no-open")
    assert result.exit_code == 1
    assert f"{name} is " in result.stderr
    assert Path(name).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [name]

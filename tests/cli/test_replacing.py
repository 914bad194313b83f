"""Files that a command would replace: it asks, and without a terminal it refuses."""

from pathlib import Path

import pytest

from fwanalysis.cli import asking
from tests.cli.cli_study import run

pytestmark = pytest.mark.usefixtures("falls")

WRITERS = {
    "source export P03 {}": ("P03.csv", "P03.txt"),
    "source export P03 {} --with-codes": ("P03.md", "P03.html"),
    "matrix export {}": ("matrix.csv", "matrix.tsv", "matrix.xlsx", "matrix.docx", "matrix.html"),
    "figure codes --output {}": ("codes.csv", "codes.svg"),
    "codebook export {}": ("codebook.yaml", "codebook.yml"),
    "codebook new {}": ("fresh.yaml", "fresh.yml"),
}
CALLS = [(command, name) for command, names in WRITERS.items() for name in names]
KEPT = b"what was there before"


@pytest.mark.parametrize(("command", "name"), CALLS)
def test_a_file_that_is_there_stays_without_a_terminal_and_is_replaced_with_yes(command: str, name: str) -> None:
    words = command.format(name).split()
    Path(name).write_bytes(KEPT)
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"error: {name} already exists\nhint: to replace it, add --yes\n" in result.stderr
    assert Path(name).read_bytes() == KEPT
    assert run(*words, "--yes").exit_code == 0
    assert Path(name).read_bytes() != KEPT


@pytest.mark.parametrize(("command", "name"), CALLS)
@pytest.mark.parametrize(("answer", "is_replaced"), [("y\n", True), ("n\n", False), ("\n", False)])
def test_on_a_terminal_the_answer_decides(
    command: str, name: str, answer: str, is_replaced: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(name).write_bytes(KEPT)
    monkeypatch.setattr(asking, "is_terminal", lambda stream: stream is not None and stream.readable())
    result = run(*command.format(name).split(), stdin=answer)
    assert f"Replace {name}?" in result.stderr
    assert (Path(name).read_bytes() != KEPT) is is_replaced
    assert result.exit_code == (0 if is_replaced else 1)
    assert result.stderr.endswith(f"{name} is unchanged\n") is not is_replaced


def test_the_file_beside_a_matrix_is_asked_about_too() -> None:
    Path("out.csv.meta.json").write_bytes(KEPT)
    result = run("matrix", "export", "out.csv")
    assert result.exit_code == 2
    assert "error: out.csv.meta.json already exists" in result.stderr
    assert (Path("out.csv").exists(), Path("out.csv.meta.json").read_bytes()) == (False, KEPT)
    Path("out.csv").write_bytes(KEPT)
    assert "out.csv and out.csv.meta.json already exist\n" in run("matrix", "export", "out.csv").stderr
    assert run("matrix", "export", "out.csv", "--yes").exit_code == 0


@pytest.mark.parametrize("name", ["out.odt", "out", "out.xls", "out.csv.bak"])
@pytest.mark.parametrize("command", list(WRITERS))
def test_a_file_extension_that_fits_no_format_is_refused(command: str, name: str) -> None:
    result = run(*command.format(name).split(), "--yes")
    assert (result.exit_code, result.stdout) == (2, "")
    assert name in result.stderr
    assert "\nhint: use ." in result.stderr
    assert not Path(name).exists()


@pytest.mark.parametrize(
    ("command", "form"),
    [("source export P03 x.csv", "txt"), ("matrix export x.csv", "tsv"), ("matrix export x.tsv", "csv")],
)
def test_a_format_against_the_file_extension_is_refused(command: str, form: str) -> None:
    result = run(*command.split(), "--format", form)
    assert result.exit_code == 2
    assert f"--format {form} does not fit the file extension" in result.stderr
    assert not Path(command.split()[-1]).exists()


@pytest.mark.parametrize("command", ["source export P03 plain", "matrix export plain"])
def test_a_stated_format_needs_no_file_extension(command: str) -> None:
    assert run(*command.split(), "--format", "csv").exit_code == 0
    assert Path("plain").exists()


WRITTEN = {
    ("Lamps are lit.",): "a summary by ana: “Lamps are lit.”",
    ("--nothing-said",): "“nothing said” by ana",
    ("--not-applicable", "Left in May."): "“not applicable” by ana: “Left in May.”",
}


@pytest.mark.parametrize(("first", "shown"), WRITTEN.items())
@pytest.mark.parametrize("option", ["--replace", "--yes"])
def test_a_written_cell_is_not_replaced_unasked(first: tuple[str, ...], shown: str, option: str) -> None:
    assert run("--coder", "ana", "matrix", "set", "P03", "effort", *first).exit_code == 0
    before = run("matrix", "show", "--cells", "summary", "--json").stdout
    refused = run("matrix", "set", "P03", "effort", "The stairs are dark.")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == f"error: P03 × effort has {shown}\nhint: to replace it, add --replace\n"
    assert run("matrix", "show", "--cells", "summary", "--json").stdout == before
    done = run("matrix", "set", "P03", "effort", "The stairs are dark.", option)
    assert (done.exit_code, f"replaced {shown}\n" in done.stderr) == (0, True)
    assert "The stairs are dark." in run("matrix", "show", "--cells", "summary").stdout


def test_on_a_terminal_no_keeps_the_summary(monkeypatch: pytest.MonkeyPatch) -> None:
    run("matrix", "set", "P03", "effort", "Lamps are lit.")
    monkeypatch.setattr(asking, "is_terminal", lambda stream: stream is not None and stream.readable())
    result = run("matrix", "set", "P03", "effort", "The stairs are dark.", stdin="n\n")
    assert (result.exit_code, result.stderr.endswith("the cell is unchanged\n")) == (1, True)
    assert "Lamps are lit." in run("matrix", "show", "--cells", "summary").stdout

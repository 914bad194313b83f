from pathlib import Path

import pytest

from tests.cli.cli_study import SAMPLE, done, run

pytestmark = pytest.mark.usefixtures("folder")

ERRORS: list[tuple[tuple[str, ...], str]] = [
    (("source", "show", "P99"), 'no source "P99"'),
    (("source", "import", "nowhere"), "no file or folder nowhere"),
    (("source", "import", "notes.txt", "--input-format", "wordperfect"), "wordperfect"),
    (("source", "import", "notes.txt", "--encoding", "klingon"), "klingon"),
    (("case", "show", "P99"), 'no case "P99"'),
    (("case", "list", "--where", "shoe=9"), 'no attribute "shoe"'),
    (("case", "import", "nowhere.csv"), "cannot read nowhere.csv"),
    (("case", "import", "notes.txt"), "there is no column “case”"),
    (("case", "set", "P01", "--attribute", "years_in_post=many"), "years_in_post is a number"),
    (("case", "members", "P01", "--add", "P02"), "P01 is a person"),
    (("codebook", "import", "nowhere.yaml"), "cannot read nowhere.yaml"),
    (("codebook", "import", "broken.yaml"), "broken.yaml, line 1, column"),
    (("codebook", "import", "empty.yaml"), "empty.yaml, line 1"),
    (("codebook", "validate", "broken.yaml"), "broken.yaml, line 1, column"),
    (("codebook", "show", "greed"), 'no code "greed"'),
    (("code", "add", "Blue", "--colour", "blue"), 'invalid colour "blue"'),
    (("code", "add", " "), "a code needs a name"),
    (("coding", "add", "P03", "effort", "--span", "9", "9"), "invalid span 9–9 of P03"),
    (("coding", "add", "P03", "effort", "--quote", "zyzzyva"), 'no exact match for "zyzzyva" in source "P03"'),
    (("coding", "add", "P03", "effort", "--quote", "the"), '"the" occurs'),
    (("coding", "remove", "abcdef"), 'no coding with an id that begins with "abcdef"'),
    (("coding", "list", "--by", "nobody"), 'no coder "nobody"'),
    (("suggest", "run", "--code", "greed"), 'no code "greed"'),
    (("suggest", "accept", "abc"), "too short for the id of a pending suggestion"),
    (("matrix", "show", "--rows", "shoe"), 'invalid rows "shoe"'),
    (("matrix", "show", "--sort", "shoe"), 'no attribute "shoe"'),
    (("matrix", "export", "nowhere/matrix.csv"), "there is no folder"),
    (("matrix", "set", "P01", "effort", "--file", "nowhere.txt"), "cannot read nowhere.txt"),
    (("matrix", "set", "P01", "effort", " "), "the summary is empty"),
    (("matrix", "set", "P01", "effort", "--clear"), "already empty"),
    (("speaker", "set", "Nobody", "--role", "other"), 'no speaker "Nobody"'),
    (("history", "redo"), "nothing to redo"),
    (("--coder", "ben", "history", "undo"), 'coder "ben" has no steps to undo'),
]
USAGE = [
    ("sugest",),
    ("source",),
    ("source", "lst"),
    ("source", "import"),
    ("source", "list", "--colour"),
    ("source", "list", "--format", "pdf"),
    ("source", "correct", "P03", "1"),
    ("source", "export", "P03", "P03.odt"),
    ("suggest", "accept"),
    ("suggest", "accept", "--min-score", "7"),
    ("suggest", "accept", "--min-score", "high"),
    ("suggest", "list", "--status", "lost"),
    ("coding", "add", "P03", "effort"),
    ("coding", "add", "P03", "effort", "--quote", "a", "--span", "1", "2"),
    ("matrix", "set", "P01", "effort"),
    ("matrix", "export", "matrix.pages"),
    ("matrix", "export", "matrix.tsv", "--format", "csv"),
    ("codebook", "export", "codebook.docx"),
    ("speaker", "set", "P03"),
    ("history", "list", "--limit", "0"),
    ("case", "list", "--level", "planet"),
    ("case", "list", "--where", "site"),
    ("attribute", "set-type", "site", "numbr"),
    ("completion", "tcsh"),
]


@pytest.fixture
def _bad_files(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("A few words.\n", encoding="utf-8")
    (tmp_path / "broken.yaml").write_text("codes: [", encoding="utf-8")
    (tmp_path / "empty.yaml").write_text("", encoding="utf-8")


@pytest.mark.usefixtures("falls", "_bad_files")
@pytest.mark.parametrize(("args", "sentence"), ERRORS, ids=lambda value: " ".join(value) if value else None)
def test_an_error_is_a_line_and_perhaps_a_hint_on_stderr_and_exit_1(args: tuple[str, ...], sentence: str) -> None:
    result = run(*args, "--json")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert_error(result.stderr, sentence)


def assert_error(shown: str, sentence: str) -> None:
    first, *rest = shown.rstrip("\n").split("\n")
    assert first.startswith("error: ")
    assert sentence in first
    assert not first.endswith(".") or first.endswith("..")
    assert len(rest) <= 1
    assert all(line.startswith("hint: ") for line in rest)


@pytest.mark.usefixtures("falls")
@pytest.mark.parametrize("args", USAGE, ids=" ".join)
def test_a_usage_error_is_exit_2_with_a_hint_and_leaves_stdout_empty(args: tuple[str, ...]) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert result.stdout == ""
    if args != ("source",):  # which shows its commands
        assert_error(result.stderr, "")
        assert "\nhint: " in result.stderr


def test_without_a_project_the_sentence_says_how_to_make_one() -> None:
    result = run("source", "list", "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "fwa new" in result.stderr


def test_two_projects_in_the_folder_are_listed_and_none_is_chosen() -> None:
    done("new", "a.fwa")
    done("new", "b.fwa")
    result = run("source", "list")
    assert result.exit_code == 1
    assert "a.fwa, b.fwa" in result.stderr
    assert run("source", "list", "-p", "a.fwa").exit_code == 0


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.write_text("words " * 50, encoding="utf-8")])
def test_what_is_no_project_is_said_to_be_none(make: object, tmp_path: Path) -> None:
    assert callable(make)
    make(tmp_path / "thing")
    result = run("-p", "thing", "source", "list")
    assert result.exit_code == 1
    assert "thing is" in result.stderr
    assert "project file" in result.stderr


def test_a_project_is_not_made_over_another_or_in_no_folder() -> None:
    done("new", "a.fwa")
    assert "a.fwa already exists" in run("new", "a.fwa").stderr
    assert run("new", "a.fwa").exit_code == 1
    assert run("new", "nowhere/b.fwa").exit_code == 1


def test_a_broken_codebook_leaves_no_new_project_behind(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("codes: [", encoding="utf-8")
    assert run("new", "b.fwa", "--codebook", "broken.yaml").exit_code == 1
    assert not (tmp_path / "b.fwa").exists()


@pytest.mark.usefixtures("falls", "_bad_files")
def test_an_import_is_partly_done_only_if_something_is_there_afterwards() -> None:
    (Path("bad.docx")).write_bytes(b"no zip at all")
    assert run("source", "import", "bad.docx").exit_code == 1
    assert run("source", "import", "bad.docx", "notes.txt").exit_code == 4
    assert run("source", "import", "notes.txt").exit_code == 0
    assert run("source", "import", "bad.docx", "notes.txt").exit_code == 4


@pytest.mark.usefixtures("falls")
@pytest.mark.parametrize("verb", ["accept", "reject"])
def test_a_filter_that_fits_nothing_is_done_with_nothing(verb: str) -> None:
    result = run("suggest", verb, "--min-score", "1")
    assert result.exit_code == 0
    assert result.stdout.startswith("0 ")


def test_a_key_or_path_that_fits_several_codes_lists_them(falls: Path) -> None:
    for parent in ("effort", "support"):
        done("code", "add", "Weather", "--parent", parent)
    result = run("codebook", "show", "weather", "-p", falls)
    assert result.exit_code == 1
    assert "effort/weather, support/weather" in result.stderr
    assert run("codebook", "show", "support/weather").exit_code == 0


@pytest.mark.parametrize("command", [(), ("open",), ("demo", "somewhere")])
@pytest.mark.usefixtures("falls")
def test_the_workbench_is_not_opened_without_a_terminal(command: tuple[str, ...], tmp_path: Path) -> None:
    result = run(*command)
    assert result.exit_code == 1
    assert "needs a terminal" in result.stderr
    assert not (tmp_path / "somewhere").exists()


@pytest.mark.usefixtures("falls")
def test_the_same_cases_again_change_nothing() -> None:
    assert done("case", "import", SAMPLE / "cases.csv").startswith("0 cases created, 0 changed")


@pytest.mark.usefixtures("falls")
def test_a_summary_from_stdin_must_be_utf_8() -> None:
    result = run("matrix", "set", "P01", "effort", "--file", "-", stdin=b"caf\xe9")
    assert result.exit_code == 1
    assert "stdin is not UTF-8 text (byte 4)" in result.stderr
    assert done("matrix", "set", "P01", "effort", "--file", "-", stdin="café".encode()).startswith("summary saved")

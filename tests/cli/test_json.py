import json
from pathlib import Path

import pytest

from tests.cli.cli_study import CODEBOOK, SAMPLE, done, run, told

pytestmark = pytest.mark.usefixtures("folder")

FILE = {"path", "status", "source_id", "format", "speaker_format", "turns", "warnings", "error"}
SOURCE = {
    "id", "name", "kind", "format", "turns", "words", "speakers", "cases", "read", "coded_share", "codings",
    "unanchored",
    "reader", "unplaced",
}  # fmt: skip
TURN = {"id", "number", "speaker", "role", "case", "start", "end", "time", "text"}
CODING = {
    "id", "code", "code_path", "source", "case", "coder", "start", "end", "turn", "quote", "stance", "note",
    "origin", "created",
}  # fmt: skip
SUGGESTION = CODING | {"score", "reason", "status", "state"}
QUOTE = "I’m the falls lead"


def some_words(text: str) -> str:
    """A passage that stands in the text once."""
    (words,) = [text[start : start + 60] for start in (text.index("physio"),)]
    assert text.count(words) == 1
    return words


@pytest.mark.usefixtures("falls")
def test_sources_are_told_as_scripts_expect() -> None:
    sources = told("source", "list")
    assert [source["name"] for source in sources] == ["FG2", "newsletter", "P01", "P02", "P03", "P04"]
    assert all(set(source) == SOURCE for source in sources)
    (interview,) = [source for source in sources if source["name"] == "P03"]
    assert interview["cases"] == ["P03"]
    assert "P03" in interview["speakers"]
    assert (interview["read"], interview["coded_share"]) == (0, 0)


@pytest.mark.usefixtures("falls")
@pytest.mark.parametrize("source", ["P01", "P02", "P03", "P04", "FG2", "newsletter"])
def test_turns_are_told_with_the_words_at_their_places(source: str) -> None:
    turns, text = told("source", "turns", source), told("source", "text", source)["text"]
    assert all(set(turn) == TURN for turn in turns)
    assert all(text[turn["start"] : turn["end"]] == turn["text"] for turn in turns)
    assert [turn["number"] for turn in turns] == list(range(1, len(turns) + 1))


@pytest.mark.usefixtures("falls")
def test_all_turns_say_of_what_kind_they_are() -> None:
    turns = told("source", "turns", "P03", "--all")
    assert {"speech"} < {turn["kind"] for turn in turns}


def test_an_import_tells_what_became_of_each_file(falls: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.docx").write_bytes(b"no zip at all")
    result = run("source", "import", SAMPLE / "P05.txt", SAMPLE / "P03.txt", "bad.docx", "--json", "-p", falls)
    assert result.exit_code == 4
    report = json.loads(result.stdout)
    assert set(report) == {"files"}
    assert all(set(file) == FILE | {"name", "sources", "reader", "style", "doubts"} for file in report["files"])
    new, known, bad = report["files"]
    assert (new["status"], known["status"], bad["status"]) == ("imported", "skipped", "refused")
    assert new["source_id"] in {source["id"] for source in told("source", "list")}
    assert (new["format"], new["speaker_format"], new["error"]) == ("txt", "label-colon", None)
    assert bad["source_id"] is None
    assert "bad.docx" in bad["error"]


@pytest.mark.usefixtures("falls")
def test_codings_are_told_as_scripts_expect() -> None:
    text = told("source", "text", "P03")["text"]
    made = told("coding", "add", "P03", "effort/free-riding", "--quote", some_words(text))
    listed = told("coding", "list")
    assert listed == [made]
    assert set(made) == CODING
    assert text[made["start"] : made["end"]] == made["quote"]
    assert (made["source"], made["code"], made["code_path"]) == ("P03", "Free-riding", "effort/free-riding")
    assert (made["coder"], made["origin"]) == ("ana", "manual")
    assert (made["stance"], made["note"]) == ("for", "")


@pytest.mark.usefixtures("falls")
def test_suggestions_are_told_as_scripts_expect() -> None:
    suggestions = told("suggest", "list")
    assert suggestions
    assert all(set(item) == SUGGESTION for item in suggestions)
    assert {item["state"] for item in suggestions} == {"pending"}
    assert {item["stance"] for item in suggestions} <= {"for", "against"}
    assert all(0 <= item["score"] <= 1 for item in suggestions)
    texts = {name: told("source", "text", name)["text"] for name in {item["source"] for item in suggestions}}
    assert all(texts[item["source"]][item["start"] : item["end"]] == item["quote"] for item in suggestions)


PRINTING = [
    ("source", "show", "P03"),
    ("speaker", "list"),
    ("speaker", "set", "P03", "--role", "participant"),
    ("case", "list"),
    ("case", "show", "P03"),
    ("case", "set", "P03", "--attribute", "wave=2"),
    ("case", "members", "FG2"),
    ("codebook", "list"),
    ("codebook", "show", "effort"),
    ("codebook", "export"),
    ("code", "add", "Snow"),
    ("suggest", "run", "--source", "P03"),
    ("matrix", "show"),
    ("matrix", "export"),
    ("matrix", "set", "P03", "effort", "Much."),
    ("history", "list"),
    ("history", "undo"),
    ("history", "verify"),
    ("doctor",),
]


@pytest.mark.usefixtures("falls")
@pytest.mark.parametrize("args", PRINTING, ids=" ".join)
def test_json_is_one_value_with_snake_case_keys(args: tuple[str, ...]) -> None:
    value = told(*args)
    for record in value if isinstance(value, list) else [value]:
        assert isinstance(record, dict)
        if args != ("matrix", "export"):  # whose keys are the headings
            assert all(key == key.lower().replace(" ", "_") for key in record)


@pytest.mark.usefixtures("falls")
def test_common_options_work_before_and_after_the_command() -> None:
    assert done("--json", "source", "list") == done("source", "--json", "list") == done("source", "list", "--json")


def test_the_project_is_named_by_option_or_environment_or_folder(falls: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = done("source", "list")
    monkeypatch.delenv("FWA_PROJECT")
    assert done("source", "list") == listed  # the only one in this folder
    monkeypatch.setenv("FWA_PROJECT", "nowhere.fwa")
    assert run("source", "list").exit_code == 1
    assert done("-p", falls, "source", "list") == done("source", "list", "--project", falls) == listed


@pytest.mark.usefixtures("falls")
def test_the_coder_is_named_by_option_before_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    done("code", "add", "One")
    done("--coder", "ben", "code", "add", "Two")
    done("code", "add", "Three", "--coder", "cleo")
    monkeypatch.setenv("FWA_CODER", "")
    monkeypatch.setattr("getpass.getuser", lambda: "login")
    done("code", "add", "Four")
    added = [event for event in told("history", "list") if event["name"] == "code.add"]
    assert [event["coder"] for event in added] == ["login", "cleo", "ben", "ana"]


def test_stdin_is_a_file_like_any_other() -> None:
    done("new", "piped.fwa")
    report = told("source", "import", "-", "--reader", "md", stdin=(SAMPLE / "P04.md").read_bytes())
    assert [(file["path"], file["status"], file["format"]) for file in report["files"]] == [("-", "imported", "md")]
    assert len(told("case", "import", "-", stdin=(SAMPLE / "cases.csv").read_bytes())["made"]) > 20
    assert told("codebook", "import", "-", stdin=CODEBOOK.read_bytes())["rules"] > 20
    assert [source["name"] for source in told("source", "list")] == ["stdin"]

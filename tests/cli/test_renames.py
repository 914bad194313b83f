"""Names of the version before: they work, with a warning, and no help shows them."""

from pathlib import Path

import pytest

from fwanalysis.cli.groups import FrameworkCommand, FrameworkGroup
from tests.cli.cli_study import done, run, told
from tests.cli.test_help import EVERY

pytestmark = pytest.mark.usefixtures("falls")

OLD_OPTIONS = [
    (path, old, new)
    for path, command in EVERY.items()
    if isinstance(command, FrameworkCommand)
    for old, new in command.renamed_options.items()
]
OLD_COMMANDS = [
    (path, old, new)
    for path, command in EVERY.items()
    if isinstance(command, FrameworkGroup)
    for old, new in command.renamed_commands.items()
]


@pytest.mark.parametrize(("path", "old", "new"), OLD_OPTIONS)
def test_an_old_option_is_taken_with_a_warning_and_not_shown(path: str, old: str, new: str) -> None:
    words = path.split()[1:]
    shown = done(*words, "-h")
    assert new in shown
    assert f"{old} " not in shown.replace(new, "")
    result = run(*words, old, "x", "y", "z")
    assert f"warning: {old} is now {new}" in result.stderr
    assert "unknown option" not in result.stderr


@pytest.mark.parametrize(("path", "old", "new"), OLD_COMMANDS)
def test_an_old_command_is_taken_with_a_warning_and_not_listed(path: str, old: str, new: str) -> None:
    words = path.split()[1:]
    full = new if " " in new else " ".join((*words, new))
    assert f"  {old} " not in done(*words, "-h")
    assert f'warning: "{" ".join((*words, old))}" is now "{full}"' in run(*words, old).stderr
    assert done(*words, old, "-h").split("\n", 1)[1] == done(*full.split(), "-h").split("\n", 1)[1]


def test_an_old_option_means_what_the_new_one_does(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text("Ines\tWhy?\nMoa\tBecause.\nInes\tAnd then?\nMoa\tThat.\n", encoding="utf-8")
    new = told("source", "import", "talk.txt", "--dry-run", "--speaker-format", "label-tab")
    old = run("source", "import", "talk.txt", "--dry-run", "--style", "label-tab", "--json")
    assert old.exit_code == 0
    assert new["files"][0]["speaker_format"] == "label-tab"
    assert run("source", "import", "talk.txt", "--dry-run", "--style=label-tab", "--json").stdout == old.stdout


def test_an_old_similarity_in_per_cent_is_a_share() -> None:
    old = run("source", "place", "--all", "P03", "--at-least", "95", "--dry-run")
    assert (old.exit_code, old.stdout) == (0, done("source", "reanchor", "--all-in", "P03", "--dry-run"))
    assert run("source", "reanchor", "--all-in", "P03", "--min-similarity", "95").exit_code == 2


def test_what_follows_two_dashes_is_no_option() -> None:
    result = run("suggest", "list", "--", "--state")
    assert "is now" not in result.stderr


def test_an_old_state_lists_as_the_new_status_does() -> None:
    done("suggest", "accept", "--all")
    assert run("suggest", "list", "--state", "accepted").stdout == done("suggest", "list", "--status", "accepted")


def test_the_type_of_an_attribute_is_set_in_the_old_way_too() -> None:
    assert run("case", "attribute", "wave", "--type", "text").exit_code == 0
    assert [item["type"] for item in told("attribute", "list") if item["name"] == "wave"] == ["text"]
    assert run("attribute", "set-type", "wave", "number").exit_code == 0
    assert run("attribute", "set-type", "wave").exit_code == 2


@pytest.mark.parametrize(
    ("args", "pairs"),
    [
        (("source", "list"), {"reader": "format", "unplaced": "unanchored"}),
        (("suggest", "list"), {"state": "status"}),
        (("codebook", "list"), {"unplaced": "unanchored"}),
        (("source", "show", "P03"), {}),
    ],
)
def test_a_field_of_json_has_its_old_name_beside_the_new(args: tuple[str, ...], pairs: dict[str, str]) -> None:
    value = told(*args)
    for record in value if isinstance(value, list) else [value["revision"]]:
        for old, new in (pairs or {"reader": "format", "style": "speaker_format", "doubts": "warnings"}).items():
            assert record[old] == record[new]


def test_an_import_reports_warnings_and_formats_by_both_names(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text("Ines: Why?\nMoa: Because.\nInes: And then?\nMoa: That.\n", encoding="utf-8")
    (file,) = told("source", "import", "talk.txt")["files"]
    assert {"path", "status", "source_id", "format", "speaker_format", "turns", "warnings", "error", "sources"} <= set(
        file
    )
    for record in (file, *file["sources"]):
        assert record["doubts"] == record["warnings"]
        assert record["style"] == record["speaker_format"] == "label-colon"
    assert file["reader"] == file["format"] == "txt"

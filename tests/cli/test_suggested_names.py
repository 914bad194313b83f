"""What the program proposes for a word that it does not know."""

import click
import pytest

from fwanalysis.cli.main import fwa
from fwanalysis.cli.usage import DESTRUCTIVE, DESTRUCTIVE_OPTIONS
from tests.cli.cli_study import run
from tests.cli.test_help import EVERY

pytestmark = pytest.mark.usefixtures("falls")


@pytest.mark.parametrize(
    ("args", "proposed"),
    [
        (("souce", "list"), "source"),
        (("codebok",), "codebook"),
        (("source", "improt", "x"), "import"),
        (("suggest", "acept"), "accept"),
        (("matrix", "exprt"), "export"),
        (("source", "show", "P011"), "P01"),
        (("case", "show", "P044"), "P04"),
        (("codebook", "show", "efort"), "effort"),
        (("codebook", "show", "effort/freeriding"), "effort/free-riding"),
        (("speaker", "set", "Intervewer", "--role", "interviewer"), "Interviewer"),
        (("suggest", "list", "--status", "acepted"), "accepted"),
        (("source", "list", "--format", "cvs"), "csv"),
        (("case", "list", "--level", "persn"), "person"),
        (("case", "list", "--where", "sit=Alder"), "site"),
        (("coding", "list", "--by", "anna"), "ana"),
    ],
)
def test_a_typo_is_answered_with_the_nearest_name(args: tuple[str, ...], proposed: str) -> None:
    run("coding", "add", "P03", "effort", "--span", "0", "40")
    result = run(*args)
    assert result.exit_code in (1, 2)
    assert f'did you mean "{proposed}"?' in result.stderr


@pytest.mark.parametrize(
    ("args", "proposed"),
    [(("source", "list", "--jsn"), "--json"), (("source", "import", "x", "--dryrun"), "--dry-run")],
)
def test_a_typo_in_an_option_is_answered_with_the_nearest_option(args: tuple[str, ...], proposed: str) -> None:
    assert f"hint: did you mean {proposed}?" in run(*args).stderr


def test_a_command_without_its_group_is_answered_with_the_groups_that_have_it() -> None:
    shown = run("import", "x").stderr
    assert 'did you mean "abstraction import" or "case import" or "codebook import" or' in shown
    assert '"source import"?' in shown
    assert 'did you mean "history undo"?' not in run("und").stderr


def misspelled(word: str) -> list[str]:
    """The word with a letter left out, doubled, or two exchanged, at every place."""
    return [
        made
        for at in range(len(word))
        for made in (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
        )
        if made and made != word
    ]


@pytest.mark.parametrize("path", [path for path, command in EVERY.items() if isinstance(command, click.Group)])
def test_no_typo_is_answered_with_a_command_that_destroys(path: str) -> None:
    group = EVERY[path]
    assert isinstance(group, click.Group)
    area = path.split()[1:]
    names = set(group.list_commands(click.Context(group)))
    for word in sorted({"rename", "delete", *(DESTRUCTIVE & names)}):
        for typo in misspelled(word):
            if typo in names:
                continue
            shown = run(*area, typo).stderr
            assert "error: unknown command" in shown
            assert [name for name in DESTRUCTIVE if f'did you mean "{name}"' in shown] == []


def test_no_typo_is_answered_with_an_option_that_destroys() -> None:
    for option in sorted(DESTRUCTIVE_OPTIONS):
        for typo in misspelled(option[2:]):
            shown = run("source", "remove", "P03", f"--{typo}").stderr
            assert [name for name in DESTRUCTIVE_OPTIONS if f"did you mean {name}" in shown] == []


def test_every_command_that_removes_is_known_as_such() -> None:
    last = {path.split()[-1] for path in EVERY}
    assert {"remove", "merge", "undo", "redo", "reject"} <= last & DESTRUCTIVE
    assert isinstance(fwa, click.Group)

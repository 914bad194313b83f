import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from docs.cli_reference import PAGE, reference
from fwanalysis.cli.groups import FrameworkCommand, FrameworkGroup
from fwanalysis.cli.lazy import LazyGroup
from fwanalysis.cli.main import COMMANDS, fwa
from tests.cli.cli_study import done, run

COMMON = {"project", "coder", "json"}


def commands(group: click.Group, ctx: click.Context) -> Iterator[tuple[str, click.Command]]:
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None
        inner = click.Context(command, parent=ctx, info_name=name)
        yield inner.command_path, command
        if isinstance(command, click.Group):
            yield from commands(command, inner)


EVERY = dict(commands(fwa, click.Context(fwa, info_name="fwa", **fwa.context_settings)))


def examples(path: str) -> list[str]:
    command = EVERY[path]
    assert isinstance(command, FrameworkCommand | FrameworkGroup)
    return list(command.examples)


EXAMPLES = [line for path in EVERY for line in examples(path)]


def arguments(line: str) -> list[str]:
    """What a shell gives to fwa for a line: no comment, no redirection, no other program."""
    typed = line.partition("  ")[0].partition(" | ")[0]
    words = shlex.split(typed)
    for sign in ("<", ">", ">>"):
        if sign in words:
            words = words[: words.index(sign)]
    assert words[0] == "fwa"
    return words[1:]


def test_the_commands_of_the_design_are_there() -> None:
    areas = {
        "source": {
            "import",
            "list",
            "show",
            "text",
            "turns",
            "revise",
            "revisions",
            "unanchored",
            "reanchor",
            "correct",
        },
        "speaker": {"list", "set", "merge"},
        "case": {"list", "show", "set", "import", "members", "merge", "remove"},
        "attribute": {"list", "set-type"},
        "codebook": {"new", "validate", "import", "export", "list", "show"},
        "code": {"list", "add"},
        "coding": {"list", "add", "remove"},
        "suggest": {"run", "list", "accept", "reject"},
        "matrix": {"show", "export", "import", "set", "affirm", "draft", "check"},
        "matrix chart": {"list", "save", "remove"},
        "figure": {"codes", "heat-map", "crosstab", "cooccurrence"},
        "abstraction": {"show", "add", "sort", "move", "rename", "remove", "export", "import"},
        "history": {"list", "undo", "redo", "verify"},
    }
    wanted = {f"fwa {area} {name}" for area, names in areas.items() for name in names}
    assert wanted | {"fwa demo", "fwa new", "fwa open", "fwa doctor", "fwa help", "fwa completion"} <= set(EVERY)


@pytest.mark.parametrize("path", EVERY)
def test_a_command_says_in_a_line_what_it_does(path: str) -> None:
    summary = (EVERY[path].help or "").split("\n\n")[0]
    assert summary.endswith(".")
    assert "\n" not in summary
    assert "fwa " not in summary.replace('"fwa codebook list"', "")


@pytest.mark.parametrize("path", EVERY)
def test_every_command_has_two_or_three_examples_of_itself(path: str) -> None:
    own = examples(path)
    assert 2 <= len(own) <= 3
    assert [line for line in own if not line.startswith(path)] == []


@pytest.mark.parametrize("line", EXAMPLES)
def test_every_example_is_a_command_line_that_parses(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for command in EVERY.values():
        monkeypatch.setattr(command, "callback", lambda *_, **__: None)
    result = run(*arguments(line))
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize("path", EVERY)
def test_every_option_is_explained(path: str) -> None:
    options = [parameter for parameter in EVERY[path].params if isinstance(parameter, click.Option)]
    assert not [option.opts for option in options if not (option.help or "").endswith(".")]


@pytest.mark.parametrize("path", EVERY)
def test_every_command_takes_the_common_options(path: str) -> None:
    assert {parameter.name for parameter in EVERY[path].params} >= COMMON


@pytest.mark.parametrize("path", EVERY)
def test_help_is_shown_for_every_command_with_its_examples_as_they_are_typed(path: str) -> None:
    shown = done(*path.split()[1:], "--help")
    assert f"Usage: {path}" in shown
    assert [line for line in examples(path) if f"    {line}\n" not in shown] == []
    assert done("help", *path.split()[1:]) == shown


def test_help_without_a_command_is_that_of_the_program() -> None:
    assert done("help") == done("-h")


def test_help_of_an_unknown_command_is_a_usage_error_with_the_nearest_name() -> None:
    result = run("help", "source", "lst")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith('error: unknown command "source lst"\nhint: did you mean "list"?')


def test_the_list_of_commands_shows_the_first_line_of_each() -> None:
    assert {name: line for name, (_, line) in COMMANDS.items()} == {
        name: (EVERY[f"fwa {name}"].help or "").split("\n")[0] for name in COMMANDS
    }


@pytest.mark.parametrize("path", [path for path, command in EVERY.items() if isinstance(command, LazyGroup)])
def test_a_lazy_command_is_listed_with_the_first_line_of_its_help(path: str) -> None:
    shown = " ".join(done(*path.split()[1:], "-h").split())
    inner = [name for name in EVERY if name.startswith(path + " ") and name.count(" ") == path.count(" ") + 1]
    assert inner
    firsts = {name: (EVERY[name].help or "").split("\n")[0] for name in inner}
    assert [name for name, line in firsts.items() if f"{name.split()[-1]} {line}" not in shown] == []


def test_the_reference_is_what_the_program_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(), "run “make docs”"


def test_the_reference_has_every_command() -> None:
    page = Path(PAGE).read_text(encoding="utf-8")
    assert not [path for path in EVERY if f"# {path}\n" not in page]

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from docs.cli_reference import PAGE, reference
from fwanalysis.cli.main import COMMANDS, fwa
from tests.cli.cli_study import done

COMMON = {"project", "coder", "json"}


def commands(group: click.Group, ctx: click.Context) -> Iterator[tuple[str, click.Command]]:
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None
        inner = click.Context(command, parent=ctx, info_name=name)
        yield inner.command_path, command
        if isinstance(command, click.Group):
            yield from commands(command, inner)


EVERY = dict(commands(fwa, click.Context(fwa, info_name="fwa")))


def test_the_commands_of_the_design_are_there() -> None:
    areas = {
        "source": {"import", "list", "show", "text", "turns"},
        "speaker": {"list", "set"},
        "case": {"list", "show", "set", "import", "members"},
        "codebook": {"import", "export", "list", "show"},
        "code": {"add"},
        "coding": {"list", "add", "remove"},
        "suggest": {"run", "list", "accept", "reject"},
        "matrix": {"show", "export", "set"},
        "history": {"list", "undo", "redo", "verify"},
    }
    wanted = {f"fwa {area} {name}" for area, names in areas.items() for name in names}
    assert wanted | {"fwa demo", "fwa new", "fwa open", "fwa doctor"} <= set(EVERY)


@pytest.mark.parametrize("path", EVERY)
def test_a_command_says_in_a_line_what_it_does(path: str) -> None:
    summary = (EVERY[path].help or "").split("\n\n")[0]
    assert summary.endswith((".", ")"))
    assert "\n" not in summary
    assert "fwa " not in summary


@pytest.mark.parametrize("path", EVERY)
def test_every_option_is_explained(path: str) -> None:
    options = [parameter for parameter in EVERY[path].params if isinstance(parameter, click.Option)]
    assert not [option.opts for option in options if not (option.help or "").endswith((".", ")"))]


@pytest.mark.parametrize("path", EVERY)
def test_every_command_takes_the_common_options(path: str) -> None:
    assert {parameter.name for parameter in EVERY[path].params} >= COMMON


@pytest.mark.parametrize("path", EVERY)
def test_help_is_shown_for_every_command(path: str) -> None:
    assert "Usage: " + path in done(*path.split()[1:], "--help")


def test_the_list_of_commands_shows_the_first_line_of_each() -> None:
    assert {name: line for name, (_, line) in COMMANDS.items()} == {
        name: (EVERY[f"fwa {name}"].help or "").split("\n")[0] for name in COMMANDS
    }


def test_the_reference_is_what_the_program_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(), "run “make docs”"


def test_the_reference_has_every_command() -> None:
    page = Path(PAGE).read_text(encoding="utf-8")
    assert not [path for path in EVERY if f"# {path}\n" not in page]

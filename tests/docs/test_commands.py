"""Commands and options that the documentation quotes exist and can be parsed as they are quoted."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest
import rich_click as click

from fwanalysis.cli.main import fwa
from tests.docs.vocabulary import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs" / "guide").glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
PAGES = [page for page in dict.fromkeys(PAGES) if page.name != "cli.md" and "decisions" not in page.parts]
OTHER_PROGRAMS = {"--extra": "uv"}
"""Options of other programs, with the program."""
FLAGS = ("--json", "--version", "-h", "--help")


def blocks(page: str) -> list[str]:
    """The commands in blocks of code: a line each, without the prompt, comments and what is explained behind them."""
    lines = re.findall(r"^(?: {4}|\$ )?(?:\$ )?(fwa(?: .+)?)$", page, re.MULTILINE)
    return [re.split(r"\s{2,}| [|<>]{1,2} ", line)[0] for line in lines]


def spans(page: str) -> list[str]:
    """The commands in spans of code; parts of them may be left out."""
    text = re.sub(r"^(?: {4}|```)[^\n]*$", "", page, flags=re.MULTILINE)
    return [" ".join(span.split()) for span in re.findall(r"`(fwa(?:\s[^`]+)?)`", text)]


def check(line: str, *, whole: bool) -> str | None:
    """Return what is wrong with a command line, or None. Nothing is run.

    Args:
        line: The command line, beginning with ``fwa``.
        whole: Whether required arguments must be there.
    """
    words = shlex.split(line, comments=True)[1:]
    command: click.Command = fwa
    ctx = click.Context(fwa, info_name="fwa")
    common = {name for option in fwa.params for name in option.opts}
    while words and isinstance(command, click.Group):
        if words[0] in common:
            words = words[1:] if words[0] in FLAGS else words[2:]
            continue
        if words[0] in FLAGS:
            return None
        inner = command.get_command(ctx, words[0])
        if inner is None or words[0] not in command.list_commands(ctx):
            return f"no command {words[0]!r}"
        command, ctx, words = inner, click.Context(inner, parent=ctx, info_name=words[0]), words[1:]
    if isinstance(command, click.Group):
        return None
    try:
        values, rest, _order = command.make_parser(ctx).parse_args(list(words))
    except click.BadOptionUsage as error:
        return error.format_message() if whole or words[-1] != error.option_name else None
    except click.UsageError as error:
        return error.format_message()
    if rest:
        return f"too many arguments: {rest}"
    for parameter in command.params:
        value = values.get(parameter.name)
        if isinstance(parameter.type, click.Choice) and isinstance(value, str) and value not in parameter.type.choices:
            return f"{value!r} is no choice of {parameter.opts[0]}"
        if whole and parameter.required and not (isinstance(value, str | tuple | list) and value):
            return f"{parameter.name} is missing"
    return None


def option_names(command: click.Command, ctx: click.Context) -> Iterator[str]:
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            yield from (*parameter.opts, *parameter.secondary_opts)
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            inner = command.get_command(ctx, name)
            assert inner is not None
            yield from option_names(inner, click.Context(inner, parent=ctx, info_name=name))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_that_a_page_quotes_can_be_parsed(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    wrong = [(line, fault) for line in blocks(text) if (fault := check(line, whole=True))]
    wrong += [(line, fault) for line in spans(text) if (fault := check(line, whole=False))]
    assert wrong == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_option_that_a_page_names_exists(page: Path) -> None:
    known = {*option_names(fwa, click.Context(fwa, info_name="fwa")), "--help", *OTHER_PROGRAMS}
    named = re.findall(r"`[^`]*?(?<![\w-])(--[a-z][a-z-]*)", page.read_text(encoding="utf-8"))
    old = {"--style"} if page.name == "scripting.md" else set()
    assert sorted({name for name in named if name not in known} - old) == []


def test_the_pages_quote_many_commands() -> None:
    texts = [page.read_text(encoding="utf-8") for page in PAGES]
    assert sum(len(blocks(text)) for text in texts) > 60
    assert sum(len(spans(text)) for text in texts) > 40


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("fwa source place P07", "no command 'place'"),
        ("fwa source import x --style label-colon", "--style"),
        ("fwa source import x --kind meeting", "'meeting' is no choice of --kind"),
        ("fwa source revise P07", "file is missing"),
        ("fwa doctor now", "too many arguments"),
    ],
)
def test_a_command_that_does_not_exist_is_found(line: str, fault: str) -> None:
    assert fault in str(check(line, whole=True))


def test_a_command_is_taken_from_a_line_with_a_pipe_or_an_explanation() -> None:
    page = "    fwa source list                      a table\n    fwa matrix export - --theme effort > effort.csv\n"
    assert blocks(page) == ["fwa source list", "fwa matrix export - --theme effort"]

"""Writes the reference of the command line from the program's own help: ``make docs``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from fwanalysis.cli.main import fwa

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parent / "reference" / "cli.md"
COMMON = ("project", "coder", "json")
"""The options of every command, explained once."""

INTRODUCTION = """\
# The command line

*Written by `make docs` from the program's own help; change the help, not this page.*

`fwa` is also `fwanalysis` and `python -m fwanalysis`. Data go to stdout, everything said to a person to stderr, so that
output can be piped; with `--json` stdout holds one JSON value and nothing else. `-h` explains any command.

Every command takes these options, before or after its name:
"""
EXITS = """\
## Exit codes

| code | meaning |
|---|---|
| 0 | done |
| 1 | an error that you can act on; stderr says what is wrong and what to do |
| 2 | the command was not given as it must be |
| 3 | a check found something (`doctor`, `history verify`) |
| 4 | partly done: some files of an import were refused |

## Names

A source and a case are named by name or id; a code by key, path (`effort/free-riding`), name or id. Codings and
suggestions are named by id, of which the first characters suffice: lists show eight, six are the least. A name that
several things answer to is an error that lists them. `-` as a file is stdin or stdout.
"""


def reference() -> str:
    """The page as Markdown, ending in a newline."""
    top = click.Context(fwa, info_name="fwa")
    common = [parameter for parameter in fwa.params if parameter.name in COMMON]
    parts = [INTRODUCTION, _options(common, top), EXITS, *_sections(fwa, top)]
    return "\n".join(part for part in parts if part)


def _sections(group: click.Group, ctx: click.Context) -> Iterator[str]:
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None
        inner = click.Context(command, parent=ctx, info_name=name)
        if isinstance(command, click.Group):
            yield f"## {inner.command_path}\n\n{command.help}\n"
            yield from _sections(command, inner)
        else:
            yield _section(command, inner)


def _section(command: click.Command, ctx: click.Context) -> str:
    level = "##" if ctx.parent and ctx.parent.parent is None else "###"
    pieces = " ".join(command.collect_usage_pieces(ctx))
    own = [parameter for parameter in command.params if parameter.name not in COMMON]
    options = _options([parameter for parameter in own if isinstance(parameter, click.Option)], ctx)
    return f"{level} {ctx.command_path}\n\n    {ctx.command_path} {pieces}\n\n{command.help}\n" + (
        f"\n{options}" if options else ""
    )


def _options(options: list[click.Parameter], ctx: click.Context) -> str:
    rows = []
    for option in options:
        record = option.get_help_record(ctx)
        assert record is not None
        names, told = (" ".join(text.split()).replace("|", "\\|") for text in record)
        rows.append(f"| `{names}` | {told} |")
    return "\n".join(("| option | what it does |", "|---|---|", *rows, "")) if rows else ""


def main() -> None:
    """Write the page."""
    PAGE.write_text(reference(), encoding="utf-8")


if __name__ == "__main__":
    main()

"""Write the reference of the command line from the program's own help: ``make docs``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from fwanalysis.cli.main import fwa

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parent / "reference" / "cli.md"
COMMON = ("project", "coder", "new_coder", "json")
"""The options of every command, explained once."""

INTRODUCTION = """\
# The command line

*Written by `make docs` from the program's own help; change the help, not this page.*

`fwa` is also `fwanalysis` and `python -m fwanalysis`. Data go to stdout; progress, warnings and errors go to stderr, so
that output can be piped. With `--json`, stdout holds one JSON value and nothing else. `fwa help COMMAND` and `-h`
explain any command; `fwa completion SHELL` completes commands, options and names in a shell.

Every command takes these options, before or after its name:
"""
EXITS = """\
## Lists

Every command that prints a list takes `--format table|csv|tsv|json` (`--json` is the same as `--format json`) and
`--full`. On a terminal, long texts are cut to its width (or to the variable `COLUMNS`); with `--full` they are wrapped
instead. In a pipe nothing is cut. In CSV and TSV, a text that a spreadsheet would run as a formula gets an apostrophe
in front.

## Exit codes

| code | meaning |
|---|---|
| 0 | done |
| 1 | an error that you can act on |
| 2 | usage error: the command line cannot be run as given |
| 3 | a check found problems (`doctor`, `history verify`) |
| 4 | partly done: some files of an import were refused |

An error is one line `error: what failed, with the value`, mostly followed by a line `hint: what to do`. Lines that
begin with `warning:` report what you should check; they do not change the exit code.

## Names

A source and a case are named by name or id; a code by key, path (`effort/free-riding`), name or id. Codings and
suggestions are named by id, of which the first characters suffice: lists show eight, six are the minimum. A name that
matches several things is an error that lists them. `-` as a file is stdin or stdout.

A command that writes a file asks before it replaces one; `--yes` replaces it without asking. Without a terminal to ask
on, and without `--yes`, the command is refused (exit 2) and the file is unchanged.
"""


def reference() -> str:
    """Return the page as Markdown, ending in a newline."""
    top = click.Context(fwa, info_name="fwa", **fwa.context_settings)
    common = [parameter for parameter in fwa.params if parameter.name in COMMON]
    parts = [INTRODUCTION, _options(common, top), EXITS, *_sections(fwa, top)]
    return "\n".join(part for part in parts if part)


def _sections(group: click.Group, ctx: click.Context) -> Iterator[str]:
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None
        inner = click.Context(command, parent=ctx, info_name=name)
        if isinstance(command, click.Group):
            yield f"## {inner.command_path}\n\n{_help(command)}\n"
            yield from _sections(command, inner)
        else:
            yield _section(command, inner)


def _section(command: click.Command, ctx: click.Context) -> str:
    level = "##" if ctx.parent and ctx.parent.parent is None else "###"
    pieces = " ".join(command.collect_usage_pieces(ctx))
    own = [parameter for parameter in command.params if parameter.name not in COMMON]
    options = _options([parameter for parameter in own if isinstance(parameter, click.Option)], ctx)
    return f"{level} {ctx.command_path}\n\n    {ctx.command_path} {pieces}\n\n{_help(command)}\n" + (
        f"\n{options}" if options else ""
    )


def _help(command: click.Command) -> str:
    """Return the help of a command as Markdown: its examples are a block of code."""
    text, _, examples = (command.help or "").partition("\n\n\b\nExamples:\n")
    lines = "\n".join(f"    {line.strip()}" for line in examples.split("\n") if line.strip())
    return f"{text}\n\nExamples:\n\n{lines}" if lines else text


def _options(options: list[click.Parameter], ctx: click.Context) -> str:
    rows = []
    for option in options:
        record = option.get_help_record(ctx)
        if record is None:  # a hidden option
            continue
        names, explained = (" ".join(text.split()).replace("|", "\\|") for text in record)
        rows.append(f"| `{names}` | {explained} |")
    return "\n".join(("| option | meaning |", "|---|---|", *rows, "")) if rows else ""


def main() -> None:
    """Write the page."""
    PAGE.write_text(reference(), encoding="utf-8")


if __name__ == "__main__":
    main()

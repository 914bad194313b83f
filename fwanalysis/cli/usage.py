"""Describe usage errors as a message and a hint, with "did you mean" for commands, options and values.

Loaded only when a command line could not be run. A command or an option that removes or replaces something is never
proposed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import rich_click as click

from fwanalysis.cli.diagnostics import Misuse
from fwanalysis.matching.fuzzy import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DESTRUCTIVE = frozenset(
    {"remove", "merge", "undo", "redo", "withdraw", "retire", "split", "reject", "restore", "load", "reanchor"}
)
"""Commands that are never proposed for another word: a typo must not lead to a loss."""
DESTRUCTIVE_OPTIONS = frozenset({"--yes", "--force", "--replace", "--clear", "--remove", "--join", "--exclude"})

_CHOSEN = re.compile(r"'(?P<value>.*)' is not one of ", re.DOTALL)
_SHORT_CUTOFF = 0.6
"""Similarity from which a value is proposed: values are few and short, so one letter counts much."""
_SHOWN = 20
"""How many commands or values are listed in a hint."""


def describe(error: click.UsageError) -> tuple[str, str]:
    """Return the message and the hint for a usage error."""
    path = error.ctx.command_path if error.ctx else "fwa"
    if isinstance(error, Misuse):
        return error.message, error.hint or f"see: {path} -h"
    if isinstance(error, click.NoSuchOption):
        return f'unknown option "{error.option_name}" of "{path}"', _option_hint(error, path)
    if isinstance(error, click.MissingParameter) and error.param is not None:
        name = (
            error.param.make_metavar(_context(error)).strip("[]")
            if error.param.param_type_name == "argument"
            else (error.param.opts[0])
        )
        return f"missing {error.param.param_type_name} {name}", f"see: {path} -h"
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _bad_value(error, path)
    message = error.format_message().rstrip(".")
    return message[:1].lower() + message[1:], f"see: {path} -h"


def unknown_command(group: click.Group, ctx: click.Context, word: str) -> Misuse:
    """Return the error for a word that is no command of *group*."""
    names = [name for name in group.list_commands(ctx) if not _is_hidden(group, ctx, name)]
    typed = " ".join((*ctx.command_path.split()[1:], word))
    close = nearest(word, [name for name in names if name not in DESTRUCTIVE])
    advice = [f'did you mean "{close}"?'] if close else []
    elsewhere = [] if close or ctx.parent is not None else sorted(_of_groups(group, ctx, word))
    if elsewhere:
        advice.append(f"did you mean {' or '.join(elsewhere)}?")
    advice.append(f"commands: {', '.join(names[:_SHOWN])}")
    return Misuse(f'unknown command "{typed}"', hint=" ".join(advice))


def _of_groups(root: click.Group, ctx: click.Context, word: str) -> Iterator[str]:
    """Yield the commands of all groups that are called *word*, as they are typed."""
    for name in root.list_commands(ctx):
        group = root.get_command(ctx, name)
        if isinstance(group, click.Group) and word in group.list_commands(ctx):
            yield f'"{name} {word}"'


def _is_hidden(group: click.Group, ctx: click.Context, name: str) -> bool:
    command = group.get_command(ctx, name)
    return command is None or command.hidden


def _context(error: click.UsageError) -> click.Context:
    assert error.ctx is not None  # click adds it to every error about a parameter
    return error.ctx


def _option_hint(error: click.NoSuchOption, path: str) -> str:
    command = error.ctx.command if error.ctx else None
    options = list(_options(command.params)) if command else []
    close = nearest(error.option_name, [name for name in options if name not in DESTRUCTIVE_OPTIONS])
    return f"did you mean {close}? See: {path} -h" if close else f"see: {path} -h"


def _options(parameters: Iterable[click.Parameter]) -> Iterator[str]:
    for parameter in parameters:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            yield from (name for name in parameter.opts if name.startswith("--"))


def _bad_value(error: click.BadParameter, path: str) -> tuple[str, str]:
    """Return message and hint for a value that its option or argument does not take."""
    parameter = error.param
    assert parameter is not None
    name = parameter.opts[0] if isinstance(parameter, click.Option) else parameter.make_metavar(_context(error))
    chosen = _CHOSEN.match(error.message)
    if chosen and isinstance(parameter.type, click.Choice):
        choices = [str(choice) for choice in parameter.type.choices]
        close = nearest(chosen["value"], choices, cutoff=_SHORT_CUTOFF)
        asked = f'did you mean "{close}"? ' if close else ""
        return f'invalid value "{chosen["value"]}" for {name}', f"{asked}values: {', '.join(choices[:_SHOWN])}"
    return f"invalid value for {name}: {error.message.rstrip('.')}", f"see: {path} -h"

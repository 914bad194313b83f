"""Groups that import a command's module only when the command is called: listing commands imports none of them."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import rich_click as click
from click.core import Command, Context, Group

from fwanalysis.cli.diagnostics import Exit, is_terminal, say
from fwanalysis.cli.groups import FrameworkGroup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from click.shell_completion import CompletionItem


class LazyGroup(FrameworkGroup):
    """A group with commands that are loaded when they are called, beside those that belong to it already.

    Args:
        table: For each lazy command its name, then ``module:attribute`` and the line that the list of commands shows.
    """

    def __init__(self, *args: Any, table: Mapping[str, tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._table = table or {}
        self._listing = False

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands: those loaded first, each part in its own order."""
        return [*self.commands, *self._table]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command; while the list of commands is written, a stand-in with its line."""
        if cmd_name not in self._table:
            return super().get_command(ctx, cmd_name)
        home, line = self._table[cmd_name]
        if self._listing:
            return click.RichCommand(name=cmd_name, help=line)
        module, _, attribute = home.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def get_help(self, ctx: click.Context) -> str:
        """Return the help: with colours and boxes on a terminal, else (in a pipe, for a screen reader) as plain text,
        without loading what draws them."""
        self._listing = True
        try:
            return super().get_help(ctx) if is_terminal(sys.stdout) else self._plain_help(ctx)
        finally:
            self._listing = False

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return what a shell completes, from the table alone."""
        self._listing = True
        try:
            return super().shell_complete(ctx, incomplete)
        finally:
            self._listing = False

    def _plain_help(self, ctx: click.Context) -> str:
        lines = {name: Command(name, short_help=line) for name, line in self._lines()}
        plain = _InOrder(self.name, commands=lines, params=self.params, help=self.help)
        return plain.get_help(Context(plain, info_name=ctx.command_path, help_option_names=ctx.help_option_names))

    def _lines(self) -> Iterator[tuple[str, str]]:
        """Yield each command with the line that the list of commands shows."""
        for name, command in self.commands.items():
            if not command.hidden:
                yield name, (command.help or "").partition("\n")[0]
        for name, (_, line) in self._table.items():
            yield name, line


class AreaGroup(LazyGroup):
    """The commands of one area; its bare name shows them, on stderr, as a usage error."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments; exit 2 after showing the help if there are none."""
        if not args and not ctx.resilient_parsing:
            say(ctx.get_help())
            ctx.exit(Exit.USAGE)
        return super().parse_args(ctx, args)


class _InOrder(Group):
    """A plain group that lists its commands in the order given."""

    def list_commands(self, ctx: Context) -> list[str]:
        """Return the names as they were given."""
        return list(self.commands)

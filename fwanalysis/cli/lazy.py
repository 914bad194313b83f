"""A group that imports a command's module only when the command is called: the list of commands costs no imports."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import rich_click as click
from click.core import Command, Context, Group

from fwanalysis.cli.diagnostics import FrameworkGroup

if TYPE_CHECKING:
    from collections.abc import Mapping


class LazyGroup(FrameworkGroup):
    """Knows its commands by a table: name, then ``module:attribute`` and the line that the list of commands shows."""

    def __init__(self, *args: Any, table: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._table = table
        self._listing = False

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command; while the list of commands is written, a stand-in with its line."""
        if cmd_name not in self._table:
            return None
        home, line = self._table[cmd_name]
        if self._listing:
            return click.RichCommand(name=cmd_name, help=line)
        module, _, attribute = home.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def get_help(self, ctx: click.Context) -> str:
        """The help, from the table alone: with colours and boxes on a terminal, else (in a pipe, for a reader of the
        screen) as plain text, without loading what draws them."""
        self._listing = True
        try:
            return super().get_help(ctx) if sys.stdout.isatty() else self._plain_help(ctx)
        finally:
            self._listing = False

    def _plain_help(self, ctx: click.Context) -> str:
        lines = {name: Command(name, short_help=line) for name, (_, line) in self._table.items()}
        settings = self.context_settings
        plain = _InOrder(self.name, commands=lines, params=self.params, help=self.help, context_settings=settings)
        return plain.get_help(Context(plain, info_name=ctx.info_name, **settings))


class _InOrder(Group):
    """A plain group that lists its commands in the order given."""

    def list_commands(self, ctx: Context) -> list[str]:
        """The names as they were given."""
        return list(self.commands)

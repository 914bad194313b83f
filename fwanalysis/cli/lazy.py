"""A group that imports a command's module only when the command is called: the list of commands costs no imports."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import rich_click as click

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

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help from the table alone."""
        self._listing = True
        try:
            super().format_help(ctx, formatter)
        finally:
            self._listing = False

"""``fwa help``: the help of any command."""

from __future__ import annotations

import rich_click as click

from fwanalysis.cli.common import as_json, common_options
from fwanalysis.cli.groups import FrameworkGroup, command
from fwanalysis.cli.output import emit, emit_json


@command("help")
@click.argument("words", nargs=-1, metavar="[COMMAND...]")
@common_options
@click.pass_context
def help_(ctx: click.Context, words: tuple[str, ...]) -> None:
    """Show the help of a command.

    Examples:
      fwa help
      fwa help source import
    """
    context = ctx.find_root()
    for word in words:
        group = context.command
        if not isinstance(group, FrameworkGroup):
            raise click.UsageError(f'"{context.command_path}" has no command "{word}"', ctx=context)
        name, found, _ = group.resolve_command(context, [word])
        assert found is not None
        context = click.RichContext(found, parent=context, info_name=name)
    text = context.get_help()
    emit_json({"help": text}) if as_json() else emit(text)

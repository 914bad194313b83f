"""``fwa completion``, and what completes the names of a project in a shell: sources, codes, cases, speakers, coders.

A shell runs this at every key press: no more is imported than click and sqlite3.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from fwanalysis.cli.common import as_json, common_options, kept
from fwanalysis.cli.groups import command
from fwanalysis.cli.output import emit, emit_json

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

SHELLS = ("bash", "zsh", "fish")


def _complete(noun: str, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from fwanalysis.store.name_lists import names

    target = _target(ctx)
    known = names(target, noun) if target else []
    return [CompletionItem(name) for name in known if name.casefold().startswith(incomplete.casefold())]


def _target(ctx: click.Context) -> str | None:
    """Return the project file that a command typed so far would open; None if there is none."""
    given = kept("project", ctx) or os.environ.get("FWA_PROJECT")
    if given:
        return None if "://" in str(given) else str(given)
    here = list(Path().glob("*.fwa"))
    return str(here[0]) if len(here) == 1 else None


complete_source = partial(_complete, "source")
complete_case = partial(_complete, "case")
complete_code = partial(_complete, "code")
complete_speaker = partial(_complete, "speaker")
complete_coder = partial(_complete, "coder")
complete_attribute = partial(_complete, "attribute")


@command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@common_options
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print a script that completes commands, options and names in a shell.

    Names of sources, codes, cases, speakers and coders complete from the project of -p, of FWA_PROJECT, or the only one
    in the folder.

    Examples:
      fwa completion bash >> ~/.bashrc
      fwa completion zsh >> ~/.zshrc
      fwa completion fish > ~/.config/fish/completions/fwa.fish
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    script = kind(ctx.find_root().command, {}, "fwa", "_FWA_COMPLETE").source()
    emit_json({"script": script}) if as_json() else emit(script)

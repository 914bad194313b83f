"""Questions before a command does what the user may not have meant."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import rich_click as click

from fwanalysis.cli.diagnostics import Misuse

if TYPE_CHECKING:
    from collections.abc import Sequence


def at_terminal() -> bool:
    """Return whether there is somebody to ask."""
    return sys.stdin.isatty()


def confirm(fact: str, question: str, *, yes: bool, option: str = "--yes") -> None:
    """Ask whether to go on, unless the user has said so already.

    Args:
        fact: What is unusual, as a sentence.
        question: What would be done, as a question.
        yes: Whether the option that answers the question was given.
        option: That option.

    Raises:
        click.UsageError: If there is no terminal to ask at (exit status 2).
        click.Abort: If the answer is no.
    """
    if yes:
        return
    if not at_terminal():
        raise Misuse(fact, hint=f"to do it anyway, add {option}")
    click.confirm(f"{fact} {question}", abort=True, err=True)


def confirm_new_coder(name: str, coders: Sequence[str], *, yes: bool) -> None:
    """Ask before a coder joins a project whose name is similar to that of one who has joined already."""
    from fwanalysis.matching.fuzzy import similar

    meant = similar(name, coders)
    if meant is not None:
        fact = f"There is no coder “{name}” in this project; did you mean “{meant}”?"
        confirm(fact, f"Add a new coder “{name}”?", yes=yes, option="--new-coder")

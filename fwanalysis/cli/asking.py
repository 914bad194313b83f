"""Ask before a command does what the user may not have meant."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import rich_click as click

from fwanalysis.cli.diagnostics import Misuse, is_terminal

if TYPE_CHECKING:
    from collections.abc import Sequence


class Declined(click.Abort):
    """The answer to a question was no."""


def confirm(
    question: str,
    *,
    otherwise: str,
    yes: bool = False,
    option: str = "--yes",
    purpose: str = "go ahead",
    declined: str = "nothing changed",
    advice: str = "",
) -> None:
    """Ask on the terminal whether to go on, unless the option that answers the question was given.

    Args:
        question: What would be done, and what is unusual about it.
        otherwise: The error message if there is no terminal to ask on.
        yes: Whether *option* was given.
        option: The option that answers the question.
        purpose: What the option is for, as the hint says it: "replace it".
        declined: What is said if the answer is no.
        advice: What the hint begins with, such as a "did you mean".

    Raises:
        Misuse: If there is no terminal to ask on (exit status 2).
        Declined: If the answer is no.
        click.Abort: If the question is interrupted.
    """
    if yes:
        return
    if not is_terminal(sys.stdin):
        raise Misuse(
            otherwise, hint=f"{advice} To {purpose}, add {option}" if advice else f"to {purpose}, add {option}"
        )
    if not click.confirm(question, err=True):
        raise Declined(declined)


def confirm_new_coder(name: str, coders: Sequence[str], *, yes: bool) -> None:
    """Ask before a coder joins a project whose name is similar to the name of a coder of the project."""
    from fwanalysis.matching.fuzzy import similar

    meant = similar(name, coders)
    if meant is not None:
        fact, advice = f'no coder "{name}" in this project', f'did you mean "{meant}"?'
        confirm(
            f'There is {fact}; {advice} Add a new coder "{name}"?',
            otherwise=fact,
            yes=yes,
            option="--new-coder",
            purpose="add a new coder",
            advice=advice,
        )

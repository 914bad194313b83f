"""What is said to the person at the terminal: narration and errors on stderr, and the exit codes."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from enum import IntEnum
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import rich_click as click

from fwanalysis.errors import FrameworkError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Item = TypeVar("Item")


class Exit(IntEnum):
    """How a command ended."""

    DONE = 0
    ERROR = 1
    USAGE = 2
    FOUND = 3
    PARTLY = 4


class FrameworkGroup(click.RichGroup):
    """A group of commands that shows a FrameworkError as one sentence: the only place where the command line does."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; exit 1 after showing an error that the user can act on."""
        try:
            return super().invoke(ctx)
        except FrameworkError as error:
            say(f"Error: {error}")
            ctx.exit(Exit.ERROR)


def end(code: Exit) -> NoReturn:
    """End the command with an exit code."""
    raise SystemExit(int(code))


def say(line: str = "") -> None:
    """Tell the person at the terminal something."""
    click.echo(line, err=True)


@contextmanager
def progress(
    items: Iterable[Item], *, label: str, length: Callable[[Item], int], at: Callable[[Item], int]
) -> Iterator[Iterator[Item]]:
    """Go through *items* with a bar on stderr if that is a terminal; *length* and *at* read the goal and the place
    from an item."""
    if not sys.stderr.isatty():
        yield iter(items)
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def shown() -> Iterator[Item]:
            for item in items:
                bar.length = length(item)
                bar.update(at(item) - bar.pos)
                yield item

        yield shown()

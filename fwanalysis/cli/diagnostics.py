"""Messages on stderr (progress, warnings, errors with their hints) and the exit codes."""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from enum import IntEnum
from typing import TYPE_CHECKING, NoReturn, TextIO, TypeVar

import rich_click as click
from click.exceptions import Exit as ClickExit

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


class Misuse(click.UsageError):
    """A command line that cannot be run as given (exit 2), with the action that the hint proposes."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def end(code: Exit) -> NoReturn:
    """End the command with an exit code."""
    raise ClickExit(int(code))


def say(line: str = "") -> None:
    """Write a line to stderr; a stderr that takes nothing does not stop the work."""
    with suppress(OSError):
        click.echo(line, err=True)


def warn(text: str) -> None:
    """Write a warning to stderr."""
    say(f"warning: {text}")


def hint(text: str) -> None:
    """Write a hint to stderr: one action, as a command that can be copied if there is one."""
    say(f"hint: {text}")


def show_error(message: str, advice: str) -> None:
    """Write an error and its hint to stderr. Only ``FrameworkGroup.main`` calls it."""
    is_one_sentence = ". " not in message and not message.endswith("..")
    say(f"error: {message.removesuffix('.') if is_one_sentence else message}")
    if advice:
        hint(advice)


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a stream is open and a terminal."""
    return stream is not None and not stream.closed and stream.isatty()


def has_bar() -> bool:
    """Return whether ``progress`` draws a bar, so that other messages have to wait for its end."""
    return is_terminal(sys.stderr)


@contextmanager
def progress(
    items: Iterable[Item], *, label: str, length: Callable[[Item], int], at: Callable[[Item], int]
) -> Iterator[Iterator[Item]]:
    """Iterate over *items* with a progress bar on stderr if that is a terminal.

    Args:
        items: What is iterated over.
        label: The text before the bar.
        length: Returns the total from an item.
        at: Returns the position, up to the total, from an item.
    """
    if not has_bar():
        yield iter(items)
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def shown() -> Iterator[Item]:
            for item in items:
                bar.length = length(item)
                bar.update(at(item) - bar.pos)
                yield item

        yield shown()

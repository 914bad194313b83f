"""What is said to the person at the terminal: narration and errors on stderr, and the exit codes."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from enum import IntEnum
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import rich_click as click

from fwanalysis.errors import FrameworkError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Item = TypeVar("Item")


class Exit(IntEnum):
    """How a command ended."""

    DONE = 0
    ERROR = 1
    USAGE = 2
    FOUND = 3
    PARTLY = 4


class AreaGroup(click.RichGroup):
    """The commands of one area; its bare name shows what they are, on stderr, as the mistake in usage that it is."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the arguments; exit 2 after showing the help if there are none."""
        if not args and not ctx.resilient_parsing:
            say(ctx.get_help())
            ctx.exit(Exit.USAGE)
        return super().parse_args(ctx, args)


class FrameworkGroup(click.RichGroup):
    """All commands. The only place where the command line shows an error: one sentence on stderr."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command line and end the process with its exit code."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except FrameworkError as error:
            say(f"Error: {error}")
            end(Exit.ERROR)
        except click.UsageError as error:
            command = error.ctx.command_path if error.ctx else "fwa"
            say(f"Error: {error.format_message()} “{command} -h” explains the command.")
            end(Exit.USAGE)
        except click.ClickException as error:
            say(f"Error: {error.format_message()}")
            end(Exit.ERROR)
        except click.Abort:
            say("Stopped. What was finished by then is kept; nothing is half written.")
            end(Exit.ERROR)
        raise SystemExit(code if isinstance(code, int) else Exit.DONE)


def end(code: Exit) -> NoReturn:
    """End the command with an exit code."""
    raise SystemExit(int(code))


def say(line: str = "") -> None:
    """Tell the person at the terminal something."""
    click.echo(line, err=True)


def has_bar() -> bool:
    """Whether ``progress`` draws a bar, so that what is told meanwhile has to wait for its end."""
    return sys.stderr.isatty()


@contextmanager
def progress(
    items: Iterable[Item], *, label: str, length: Callable[[Item], int], at: Callable[[Item], int]
) -> Iterator[Iterator[Item]]:
    """Go through *items* with a bar on stderr if that is a terminal; *length* and *at* read the goal and the place
    from an item."""
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

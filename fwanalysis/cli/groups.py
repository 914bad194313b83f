"""The classes of commands and groups: help with examples, renamed names, and the one place where errors are shown."""

from __future__ import annotations

import errno
import inspect
import os
import sys
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import rich_click as click
from click.core import Command as PlainCommand
from click.core import Context as PlainContext

from fwanalysis.cli.asking import Declined
from fwanalysis.cli.diagnostics import Exit, is_terminal, say, show_error, warn
from fwanalysis.errors import FrameworkError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Command = TypeVar("Command", bound=click.Command)
_EXAMPLES = "\n\nExamples:\n"
_UNWRAPPED = "\b\n"
"""What keeps click from joining the lines of a paragraph."""
_OUTPUT_FAULTS = frozenset({errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF, errno.EFBIG})


def renamed(
    options: Mapping[str, str], *, convert: Mapping[str, Callable[[str], str]] | None = None
) -> Callable[[Command], Command]:
    """Have a command take options by their names of the previous version, with a warning on stderr.

    Args:
        options: The new name for each old one: ``{"--style": "--speaker-format"}``.
        convert: For an old option whose values meant something else, what makes the new value of an old one.
    """

    def decorated(command: Command) -> Command:
        assert isinstance(command, FrameworkCommand)
        command.renamed_options = options
        command.converted = convert or {}
        return command

    return decorated


class FrameworkCommand(click.RichCommand):
    """A command whose docstring holds, under ``Examples:``, lines that are shown as they are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.renamed_options: Mapping[str, str] = {}
        self.converted: Mapping[str, Callable[[str], str]] = {}
        self.help, self.examples = _with_examples(self.help)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments, with options of the previous version taken as those of this one."""
        return super().parse_args(ctx, self._renamed(args) if self.renamed_options else args)

    def get_help(self, ctx: click.Context) -> str:
        """Return the help: with colours and boxes on a terminal, else as plain text."""
        if is_terminal(sys.stdout):
            return super().get_help(ctx)
        plain = PlainCommand(self.name, params=self.params, help=self.help)
        return plain.get_help(PlainContext(plain, info_name=ctx.command_path, help_option_names=ctx.help_option_names))

    def _renamed(self, args: Sequence[str]) -> list[str]:
        taken: list[str] = []
        before = ""
        for index, arg in enumerate(args):
            if arg == "--":
                return [*taken, *args[index:]]
            name, equals, value = arg.partition("=")
            if name in self.renamed_options:
                new = self.renamed_options[name]
                warn(f"{name} is now {new}; the old name will be removed in the next version")
                taken.append(new + equals + self._converted(name, value))
                before = "" if equals else name
            else:
                taken.append(self._converted(before, arg))
                before = ""
        return taken

    def _converted(self, old: str, value: str) -> str:
        return self.converted[old](value) if value and old in self.converted else value


def _with_examples(text: str | None) -> tuple[str | None, tuple[str, ...]]:
    """Return a help text whose examples keep their lines, and the examples."""
    body, found, lines = inspect.cleandoc(text or "").partition(_EXAMPLES)
    if not found:
        return text, ()
    examples = tuple(line.strip() for line in lines.split("\n") if line.strip())
    return f"{body}\n\n{_UNWRAPPED}Examples:\n{lines.rstrip()}", examples


command = partial(click.command, cls=FrameworkCommand)
"""``click.command`` for commands that belong to no group."""


class FrameworkGroup(click.RichGroup):
    """A group of commands. ``main`` is the only place where the command line shows an error."""

    command_class = FrameworkCommand
    renamed_commands: Mapping[str, str]
    """Names of the previous version, with the command line that replaces each (``reanchor``, ``attribute list``)."""

    def __init__(self, *args: Any, renamed: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.renamed_commands = renamed or {}
        self.help, self.examples = _with_examples(self.help)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first argument names; Misuse with the nearest one if there is none."""
        word = args[0]
        if word in self.renamed_commands:
            return self._resolve_renamed(ctx, args)
        if self.get_command(ctx, word) is None and not word.startswith("-") and not ctx.resilient_parsing:
            from fwanalysis.cli.usage import unknown_command

            raise unknown_command(self, ctx, word)
        return super().resolve_command(ctx, args)

    def _resolve_renamed(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that replaces an old one: of this group, or of another as the root group knows it."""
        new = self.renamed_commands[args[0]].split()
        path = ctx.command_path
        found: click.Command | None = ctx.find_root().command if len(new) > 1 else self
        for word in new:
            assert isinstance(found, click.Group)
            found = found.get_command(ctx, word)
        old = " ".join((*path.split()[1:], args[0]))
        now = " ".join(new if len(new) > 1 else (*path.split()[1:], *new))
        warn(f'"{old}" is now "{now}"; the old name will be removed in the next version')
        return new[-1], found, args[1:]

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
            _flush()
        except FrameworkError as error:
            show_error(str(error), error.hint)
            code = Exit.ERROR
        except click.UsageError as error:
            from fwanalysis.cli.usage import describe

            show_error(*describe(error))
            code = Exit.USAGE
        except click.ClickException as error:
            show_error(error.format_message(), "")
            code = Exit.ERROR
        except Declined as error:
            say(str(error))
            code = Exit.ERROR
        except click.Abort:
            say("Stopped. What was finished by then is kept; nothing is half written.")
            code = Exit.ERROR
        except OSError as error:
            if error.filename is not None or error.errno not in _OUTPUT_FAULTS:
                raise
            _abandon_stdout()
            if error.errno != errno.EPIPE:  # a program such as "head" that has read enough is no error to report
                show_error(
                    f"cannot write to stdout: {os.strerror(error.errno).lower()}", "make room, or write elsewhere"
                )
            code = Exit.ERROR
        raise SystemExit(int(code) if isinstance(code, int) else int(Exit.DONE))


def _flush() -> None:
    """Write out what is buffered for stdout, so that a fault shows while it can be reported."""
    if sys.stdout is not None and not sys.stdout.closed:
        sys.stdout.flush()


def _abandon_stdout() -> None:
    """Drop what is buffered for a stdout that takes nothing; Python would report it at its end a second time."""
    try:
        number = sys.stdout.fileno()
    except (AttributeError, OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)

"""What all commands share: the common options, which may stand before or after a subcommand, and opening the
project."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import rich_click as click

from fwanalysis.cli.diagnostics import say
from fwanalysis.errors import InvalidInput, ProjectError

if TYPE_CHECKING:
    from fwanalysis.domain.history import Change
    from fwanalysis.project import Project

Function = TypeVar("Function", bound=Callable[..., Any])
_META = "fwanalysis."


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    if value not in (None, False):
        ctx.meta[_META + str(param.name)] = value
    return value


def common_options(function: Function) -> Function:
    """Add ``-p/--project``, ``--coder`` and ``--json``; their values are kept in the context, wherever they stood."""
    options = (
        click.option(
            "-p",
            "--project",
            metavar="FILE",
            expose_value=False,
            callback=_keep,
            help="The project file; else FWA_PROJECT, or the only *.fwa in this folder.",
        ),
        click.option(
            "--coder",
            metavar="NAME",
            expose_value=False,
            callback=_keep,
            help="Who is coding; else FWA_CODER, or the login name.",
        ),
        click.option(
            "--new-coder",
            is_flag=True,
            expose_value=False,
            callback=_keep,
            help="Let a new coder join although a coder of a similar name has.",
        ),
        click.option("--json", is_flag=True, expose_value=False, callback=_keep, help="Print JSON and nothing else."),
    )
    for option in reversed(options):
        function = option(function)
    return function


def _context() -> click.Context:
    context = click.get_current_context()
    assert context is not None
    return context


def as_json() -> bool:
    """Whether ``--json`` was given."""
    return bool(_context().meta.get(_META + "json", False))


def coder_name() -> str:
    """``--coder``, else FWA_CODER, else the login name, else ``me``."""
    given = _context().meta.get(_META + "coder") or os.environ.get("FWA_CODER")
    if given:
        return str(given)
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "me"


def is_new_coder() -> bool:
    """Whether ``--new-coder`` was given."""
    return bool(_context().meta.get(_META + "new_coder", False))


def project_target() -> str:
    """``-p``, else FWA_PROJECT, else the only project in this folder; ProjectError if there is none, InvalidInput
    if there are several."""
    given = _context().meta.get(_META + "project") or os.environ.get("FWA_PROJECT")
    if given:
        return str(given)
    here = sorted(path.name for path in Path().glob("*.fwa"))
    if len(here) == 1:
        return here[0]
    if here:
        raise InvalidInput(f"There are several projects here ({', '.join(here)}); name one with -p FILE.")
    raise ProjectError("There is no project here; name one with -p FILE, or make one with “fwa new FILE”.")


@contextmanager
def opened(target: str | None = None) -> Iterator[Project]:
    """The project that the options name (or *target*), open while the block runs."""
    from fwanalysis.project import open_project

    with open_project(target or project_target(), coder=coder_name()) as project:
        gc.freeze()
        gc.enable()
        project.when_coder_is_new(_ask_for_coder)
        project.listen(_note_new_coder)
        yield project


@contextmanager
def changing(target: str | None = None) -> Iterator[Project]:
    """As ``opened``, for a command that changes the project: says so if nothing was changed."""
    events: list[Change] = []
    with opened(target) as project:
        project.listen(events.append)
        yield project
    if not any(change.seq is not None for change in events):
        say("nothing changed")


def _ask_for_coder(name: str, coders: Sequence[str]) -> None:
    from fwanalysis.cli.asking import confirm_new_coder

    confirm_new_coder(name, coders, yes=is_new_coder())


def _note_new_coder(change: Change) -> None:
    if change.name == "coder.join":
        say(f"note: added coder “{coder_name()}” to the project")


@contextmanager
def from_stdin(wanted: bool, ending: str) -> Iterator[str | None]:
    """If *wanted*, the path of a private file of this ending that holds what stdin gave; it goes with the block."""
    if not wanted:
        yield None
        return
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="fwa-") as folder:
        file = Path(folder, f"stdin{ending}")
        file.write_bytes(sys.stdin.buffer.read())
        yield str(file)


def pairs(texts: tuple[str, ...], option: str) -> tuple[tuple[str, str], ...]:
    """``name=value`` options as pairs; InvalidInput for one without ``=``."""
    found = []
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise InvalidInput(f"{option} takes NAME=VALUE, not “{text}”.")
        found.append((name.strip(), value.strip()))
    return tuple(found)


def listed(text: str | None) -> tuple[str, ...]:
    """A comma-separated option as its parts."""
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())

"""The options of every command, given before or after its name, and opening the project."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import rich_click as click

from fwanalysis.cli.asking import confirm, confirm_new_coder
from fwanalysis.cli.diagnostics import Misuse, say
from fwanalysis.errors import InvalidInput, ProjectError
from fwanalysis.startup import collect_again

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from fwanalysis.domain.history import Change
    from fwanalysis.project import Project

Function = TypeVar("Function", bound=Callable[..., Any])
_META = "fwanalysis."


def keep(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    """Keep the value of an option in the context, wherever in the command line it was given."""
    if value not in (None, False):
        ctx.meta[_META + str(param.name)] = value
    return value


def kept(name: str, ctx: click.Context | None = None) -> Any:
    """Return the value of a kept option; None if it was not given. *ctx* is the current context if not given."""
    return (ctx or _context()).meta.get(_META + name)


def _complete_projects(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def common_options(function: Function) -> Function:
    """Add ``-p/--project``, ``--coder`` and ``--json``."""
    options = (
        click.option(
            "-p",
            "--project",
            metavar="FILE",
            expose_value=False,
            callback=keep,
            shell_complete=_complete_projects,
            help="Project file [default: FWA_PROJECT, or the only *.fwa file in this folder].",
        ),
        click.option(
            "--coder",
            metavar="NAME",
            expose_value=False,
            callback=keep,
            help="Your name as a coder [default: FWA_CODER, or the login name].",
        ),
        click.option(
            "--new-coder",
            is_flag=True,
            expose_value=False,
            callback=keep,
            help="Add a new coder although one of a similar name exists.",
        ),
        click.option("--json", is_flag=True, expose_value=False, callback=keep, help="Print one JSON value only."),
    )
    for option in reversed(options):
        function = option(function)
    return function


def _context() -> click.Context:
    context = click.get_current_context()
    assert context is not None
    return context


def as_json() -> bool:
    """Return whether ``--json`` or ``--format json`` was given."""
    return bool(kept("json")) or kept("listing_format") == "json"


def coder_name() -> str:
    """Return ``--coder``, else FWA_CODER, else the login name, else ``me``."""
    given = kept("coder") or os.environ.get("FWA_CODER")
    if given:
        return str(given)
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "me"


def project_target() -> str:
    """Return ``-p``, else FWA_PROJECT, else the only project in this folder.

    Raises:
        ProjectError: If there is no project here.
        InvalidInput: If there are several.
    """
    given = kept("project") or os.environ.get("FWA_PROJECT")
    if given:
        return str(given)
    here = sorted(path.name for path in Path().glob("*.fwa"))
    if len(here) == 1:
        return here[0]
    if here:
        raise InvalidInput(f"several projects in this folder: {', '.join(here)}", hint=f"name one: -p {here[0]}")
    raise ProjectError("no project in this folder", hint="name one with -p FILE, or create one: fwa new study.fwa")


@contextmanager
def opened(target: str | None = None) -> Iterator[Project]:
    """Open the project that the options name (or *target*) while the block runs."""
    from fwanalysis.project import open_project

    with open_project(target or project_target(), coder=coder_name()) as project:
        collect_again()
        project.when_coder_is_new(_ask_for_coder)
        project.listen(_note_new_coder)
        yield project


@contextmanager
def changing(target: str | None = None) -> Iterator[Project]:
    """Open the project as ``opened`` does, for a command that changes it: says so if nothing was changed."""
    events: list[Change] = []
    with opened(target) as project:
        project.listen(events.append)
        yield project
    if not any(change.seq is not None for change in events):
        say("nothing changed")


def is_new_coder() -> bool:
    """Return whether ``--new-coder`` was given."""
    return bool(kept("new_coder"))


def _ask_for_coder(name: str, coders: Sequence[str]) -> None:
    confirm_new_coder(name, coders, yes=is_new_coder())


def _note_new_coder(change: Change) -> None:
    if change.name == "coder.join":
        say(f'note: added coder "{coder_name()}" to the project')


@contextmanager
def from_stdin(wanted: bool, extension: str) -> Iterator[str | None]:
    """Yield the path of a private, temporary file with the content of stdin if *wanted*, else None."""
    if not wanted:
        yield None
        return
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="fwa-") as folder:
        file = Path(folder, f"stdin{extension}")
        try:
            file.write_bytes(sys.stdin.buffer.read())
        except OSError as error:
            raise InvalidInput(
                f"cannot store stdin in the folder {folder}: {(error.strerror or str(error)).lower()}",
                hint="set TMPDIR to a folder with more room",
            ) from None
        yield str(file)


def pairs(texts: tuple[str, ...], option: str) -> tuple[tuple[str, str], ...]:
    """Return ``name=value`` options as pairs; Misuse for one without ``=``."""
    found = []
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise Misuse(f'{option} needs NAME=VALUE, not "{text}"', hint=f"for example: {option} site=Alder")
        found.append((name.strip(), value.strip()))
    return tuple(found)


def listed(text: str | None) -> tuple[str, ...]:
    """Return the parts of a comma-separated option."""
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def confirm_replacing(*files: str | Path, yes: bool) -> None:
    """Ask before files that exist are replaced; with *yes*, nothing is asked.

    Raises:
        Misuse: If there is no terminal to ask on. The files are unchanged.
    """
    there = [str(file) for file in files if Path(file).exists()]
    if there:
        named = " and ".join(there)
        is_one = len(there) == 1
        confirm(
            f"Replace {named}?",
            otherwise=f"{named} already {'exists' if is_one else 'exist'}",
            yes=yes,
            purpose=f"replace {'it' if is_one else 'them'}",
            declined=f"{named} {'is' if is_one else 'are'} unchanged",
        )


def output_format(file: str, stated: str | None, formats: Mapping[str, Sequence[str]]) -> str:
    """Return the format that a file is written in: the stated one, else the one of its extension, else the first.

    Args:
        file: The name of the file; ``-`` is stdout.
        stated: The value of ``--format``; None if not given.
        formats: The file extensions of each format.

    Raises:
        Misuse: If the extension belongs to no format, or to another one than the stated.
    """
    extension = "" if file == "-" else Path(file).suffix.lower()
    by_extension = next((form for form, extensions in formats.items() if extension in extensions), None)
    if (extension and by_extension is None) or (not extension and stated is None and file != "-"):
        allowed = " or ".join(extensions[0] for extensions in formats.values() if extensions)
        raise Misuse(f'the file extension "{extension}" of "{file}" fits no format', hint=f"use {allowed}")
    if stated and by_extension and stated != by_extension:
        raise Misuse(
            f'--format {stated} does not fit the file extension of "{file}"', hint=f"leave out --format {stated}"
        )
    return stated or by_extension or next(iter(formats))

"""``fwa new``, ``fwa open`` and ``fwa demo``: projects as a whole."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import rich_click as click

from fwanalysis.cli.asking import confirm_new_coder
from fwanalysis.cli.common import as_json, coder_name, common_options, is_new_coder, project_target
from fwanalysis.cli.completion import complete_source
from fwanalysis.cli.diagnostics import is_terminal, say
from fwanalysis.cli.groups import command
from fwanalysis.cli.output import emit, emit_json, pluralise
from fwanalysis.errors import InvalidInput, ProjectError


@command("new")
@click.argument("file", type=click.Path())
@click.option("--title", default="", metavar="TEXT", help="Title of the study [default: the name of the file].")
@click.option("--question", default="", metavar="TEXT", help="Research question.")
@click.option(
    "--codebook", "codebooks", multiple=True, metavar="FILE", type=click.Path(), help="Import a codebook; repeatable."
)
@common_options
def new(file: str, title: str, question: str, codebooks: tuple[str, ...]) -> None:
    """Create a project.

    Examples:
      fwa new study.fwa
      fwa new study.fwa --title "Falls" --codebook codebook.yaml
    """
    from fwanalysis.project import create_project
    from fwanalysis.project.output_files import read_codebook_file

    drafts = [read_codebook_file(path) for path in codebooks]
    target = file if "://" in file or Path(file).suffix else f"{file}.fwa"
    with create_project(target, title=title, question=question, coder=coder_name()) as project:
        reports = [project.codebook.import_parsed(draft) for draft in drafts]
        info = project.info
    if as_json():
        emit_json({"path": target, "title": info.title, "codebooks": reports})
        return
    emit(f"{target}: {info.title}")
    for report in reports:
        emit(f"{report.name}: {pluralise(len(report.added), 'code')}, {pluralise(report.rules, 'rule')}")


@command("open")
@click.argument("file", required=False, type=click.Path())
@click.option("--source", metavar="SOURCE", shell_complete=complete_source, help="Open this source in the Code view.")
@common_options
def open_(file: str | None, source: str | None) -> None:
    """Open the workbench.

    Examples:
      fwa open
      fwa open study.fwa --source P07
    """
    _workbench(file or project_target(), source)


def open_default() -> None:
    """Open the workbench on the only project in this folder, or its start screen: ``fwa`` without a command."""
    try:
        target: str | None = project_target()
    except ProjectError:
        target = None
    _workbench(target, None)


def _workbench(target: str | None, source: str | None) -> None:
    _check_terminal("list the commands that need none: fwa -h")
    if target and "://" not in target and Path(target).exists():
        _check_coder(target)
    # Loaded by name: the two interfaces do not know each other, and only this command needs the screens.
    import_module("fwanalysis.tui.app").open_workbench(target, coder=coder_name(), source=source)


def _check_coder(target: str) -> None:
    """Ask before the workbench is opened for a new coder whose name is similar to that of another."""
    from fwanalysis.project import open_project

    with open_project(target, coder=coder_name()) as project:
        coders = list(project.codings.coders().values())
    if coder_name() not in coders:
        confirm_new_coder(coder_name(), coders, yes=is_new_coder())


def _check_terminal(otherwise: str) -> None:
    if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):  # the workbench reads the one and draws on the other
        raise InvalidInput("the workbench needs a terminal", hint=otherwise)


@command("demo")
@click.argument("folder", required=False, default="demo", type=click.Path(file_okay=False))
@click.option("--no-open", is_flag=True, help="Do not open the workbench at the end.")
@common_options
def demo(folder: str, no_open: bool) -> None:
    """Build the fictional sample study in a folder, code, chart and export it, then open it.

    Examples:
      fwa demo
      fwa demo /tmp/demo --no-open
    """
    from fwanalysis.project.demo import build_demo

    if not no_open:
        _check_terminal(f"build the study without opening it: fwa demo {folder} --no-open")
    result = build_demo(Path(folder), say=say)
    if as_json():
        emit_json(result)
    else:
        emit(result.told())
    if not no_open:
        _workbench(str(result.project), None)

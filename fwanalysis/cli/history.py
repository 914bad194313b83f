"""``fwa history``: the log of changes, undo and redo."""

from __future__ import annotations

import rich_click as click

from fwanalysis.cli.common import as_json, common_options, opened
from fwanalysis.cli.diagnostics import Exit, end
from fwanalysis.cli.lazy import AreaGroup
from fwanalysis.cli.listing import emit_list, listing_options
from fwanalysis.cli.output import emit, emit_json, plain

_COLUMNS = ("seq", "at", "coder", "name", "label", "reverts")


@click.group(cls=AreaGroup)
@common_options
def history() -> None:
    """List, undo and redo changes, and verify their log.

    Examples:
      fwa history list --limit 10
      fwa history undo
    """


@history.command("list")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only the newest N [default: all].")
@listing_options
def list_(limit: int | None) -> None:
    """List the changes, newest first.

    Examples:
      fwa history list --limit 10
      fwa history list --format csv > changes.csv
    """
    with opened() as project:
        events = project.history.list(limit=limit)
    emit_list(
        plain(events),
        columns=_COLUMNS,
        header=("change", "time (UTC)", "coder", "type", "reverts", "description"),
        rows=[
            (item.seq, item.at[:19].replace("T", " "), item.coder, item.name, item.reverts, item.label)
            for item in events
        ],
        empty="No changes.",
    )


@history.command()
@common_options
def undo() -> None:
    """Undo your newest step.

    Examples:
      fwa history undo
      fwa history undo --coder ben
    """
    with opened() as project:
        acts = project.history.undo()
    if as_json():
        emit_json(acts)
    else:
        emit("\n".join(f"undone: {act.label}" for act in acts))


@history.command()
@common_options
def redo() -> None:
    """Redo the step that you undid last.

    Examples:
      fwa history redo
      fwa history redo --coder ben
    """
    with opened() as project:
        acts = project.history.redo()
    if as_json():
        emit_json(acts)
    else:
        emit("\n".join(f"redone: {act.label}" for act in acts))


@history.command()
@common_options
def verify() -> None:
    """Verify that the log of changes is complete and unaltered.

    Exit status: 0 verified, 3 problems found.

    Examples:
      fwa history verify
      fwa history verify --json | jq -r .head
    """
    with opened() as project:
        result = project.history.verify()
    if as_json():
        emit_json(result)
    else:
        emit(f"{result.events} changes, head {result.head}")
        emit("\n".join(result.faults) if result.faults else "log verified: hash chain intact")
    if result.faults:
        end(Exit.FOUND)

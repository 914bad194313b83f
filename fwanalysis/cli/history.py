"""``fwa history`` and ``fwa doctor``: what was done, taking it back, and whether all is well."""

from __future__ import annotations

import rich_click as click

from fwanalysis.cli.common import as_json, common_options, opened
from fwanalysis.cli.diagnostics import AreaGroup, Exit, end
from fwanalysis.cli.output import emit, emit_json, emit_table


@click.group(cls=AreaGroup)
@common_options
def history() -> None:
    """What was done to the project, by whom; undo and redo."""


@history.command("list")
@click.option("--limit", type=click.IntRange(min=1), help="Only the newest.")
@common_options
def list_(limit: int | None) -> None:
    """The events, newest first."""
    with opened() as project:
        events = project.history.list(limit=limit)
    if as_json():
        emit_json(events)
        return
    emit_table(
        ("event", "time (UTC)", "coder", "what", "reverts", "done"),
        [
            (item.seq, item.at[:19].replace("T", " "), item.coder, item.name, item.reverts, item.label)
            for item in events
        ],
    )


@history.command()
@common_options
def undo() -> None:
    """Take back your newest step."""
    with opened() as project:
        acts = project.history.undo()
    if as_json():
        emit_json(acts)
    else:
        emit("\n".join(f"undone: {act.label}" for act in acts))


@history.command()
@common_options
def redo() -> None:
    """Do again what you undid last."""
    with opened() as project:
        acts = project.history.redo()
    if as_json():
        emit_json(acts)
    else:
        emit("\n".join(f"done again: {act.label}" for act in acts))


@history.command()
@common_options
def verify() -> None:
    """Check that the log of events is an unbroken chain."""
    with opened() as project:
        result = project.history.verify()
    if as_json():
        emit_json(result)
    else:
        emit(f"{result.events} events, head {result.head}")
        emit("\n".join(result.faults) if result.faults else "the chain is whole")
    if result.faults:
        end(Exit.FOUND)


@click.command()
@common_options
def doctor() -> None:
    """Check the project: its database, its texts, every quote, the log."""
    with opened() as project:
        findings = project.examine()
    if as_json():
        emit_json(findings)
    else:
        for finding in findings:
            emit(f"{'ok   ' if not finding.faults else 'FAULT'}  {finding.check} ({finding.looked_at})")
            for fault in finding.faults[:20]:
                emit(f"       {fault}")
            if len(finding.faults) > 20:
                emit(f"       and {len(finding.faults) - 20} more")
    if any(finding.faults for finding in findings):
        end(Exit.FOUND)

"""``fwa matrix check``: quotations and references of summaries, and what is out of date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rich_click as click

from fwanalysis.cli.common import as_json, common_options, opened
from fwanalysis.cli.completion import complete_case, complete_code
from fwanalysis.cli.diagnostics import Exit, hint, say
from fwanalysis.cli.groups import command
from fwanalysis.cli.output import emit, emit_json, pluralise

if TYPE_CHECKING:
    from fwanalysis.project.matrix.checking import CheckedCell


@command("check")
@click.option("--case", metavar="NAME", shell_complete=complete_case, help="Only the cells of this case.")
@click.option("--code", metavar="CODE", shell_complete=complete_code, help="Only the cells of this code and below it.")
@click.option("--errors-only", is_flag=True, help="Leave out notes on references and evidence.")
@click.option("--fail-on-stale", is_flag=True, help="End with exit status 3 also if a summary is out of date.")
@common_options
@click.pass_context
def check(ctx: click.Context, case: str | None, code: str | None, errors_only: bool, fail_on_stale: bool) -> None:
    """Check the quotations and references of all summaries, and list those that are out of date.

    Errors are misquotations, references to nothing, and references to words of others; they end with exit status 3.
    Notes are for you to decide about: sentences without a reference, evidence that is never cited, cited turns that are
    not coded, insertions in quotations.

    Examples:
      fwa matrix check
      fwa matrix check --case P04 --code effort
      fwa matrix check --errors-only --fail-on-stale
    """
    with opened() as project:
        cells = project.matrix.check(case=case, code=code)
    errors = sum(len(cell.errors) for cell in cells)
    notes = sum(len(cell.findings) for cell in cells) - errors
    stale = [cell for cell in cells if cell.stale]
    if as_json():
        emit_json([_record(cell, errors_only=errors_only) for cell in cells])
    else:
        for cell in cells:
            _show(cell, errors_only=errors_only)
        say(
            f"{pluralise(len(cells), 'cell')} checked: {pluralise(errors, 'error')}, {pluralise(notes, 'note')}, "
            f"{len(stale)} out of date"
        )
        if stale:
            hint("revise the summary, or affirm it with: fwa matrix affirm CASE CODE REASON")
    if errors or (fail_on_stale and stale):
        ctx.exit(Exit.FOUND)


def _label(cell: CheckedCell) -> str:
    return f"{cell.case.name} × {cell.entry.path}{' (itself)' if cell.cell.own else ''}"


def _show(cell: CheckedCell, *, errors_only: bool) -> None:
    shown = cell.errors if errors_only else cell.findings
    for finding in shown:
        emit(f"{_label(cell)}: {finding.severity}: {finding.message}")
    if cell.stale:
        emit(f"{_label(cell)}: out of date: {', '.join(map(str, cell.stale))}")


def _record(cell: CheckedCell, *, errors_only: bool) -> dict[str, object]:
    return {
        "case": cell.case.name,
        "code": cell.entry.name,
        "code_path": cell.entry.path,
        "own": cell.cell.own,
        "state": cell.cell.state,
        "author": cell.author,
        "written_at": cell.cell.written_at,
        "stale": [str(reason) for reason in cell.stale],
        "causes": [reason.cause for reason in cell.stale],
        "findings": [
            {
                "kind": finding.kind,
                "severity": finding.severity,
                "start": finding.span.start,
                "end": finding.span.end,
                "message": finding.message,
                "ids": finding.ids,
            }
            for finding in (cell.errors if errors_only else cell.findings)
        ],
    }

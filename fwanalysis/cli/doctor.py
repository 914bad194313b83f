"""``fwa doctor``: checking the integrity of a project."""

from __future__ import annotations

from fwanalysis.cli.common import as_json, common_options, opened
from fwanalysis.cli.diagnostics import Exit, end
from fwanalysis.cli.groups import command
from fwanalysis.cli.output import emit, emit_json

_SHOWN = 20
"""How many problems of one check are printed."""


@command("doctor")
@common_options
def doctor() -> None:
    """Check the integrity of the project: database, original files, quotations, turns, log.

    Nothing is changed. Exit status: 0 no problems, 3 problems found.

    Examples:
      fwa doctor
      fwa doctor --json | jq '.[] | select(.faults != [])'
    """
    with opened() as project:
        findings = project.examine()
    if as_json():
        emit_json(findings)
    else:
        for finding in findings:
            emit(f"{'PROBLEM' if finding.faults else 'ok     '}  {finding.check} ({finding.looked_at})")
            for fault in finding.faults[:_SHOWN]:
                emit(f"         {fault}")
            if len(finding.faults) > _SHOWN:
                emit(f"         and {len(finding.faults) - _SHOWN} more")
    if any(finding.faults for finding in findings):
        end(Exit.FOUND)

"""``fwa source rename`` and ``fwa source set``: the name, the kind and the own case of a source."""

from __future__ import annotations

import rich_click as click

from fwanalysis.cli.common import as_json, changing, common_options
from fwanalysis.cli.completion import complete_case, complete_source
from fwanalysis.cli.diagnostics import Misuse, say, warn
from fwanalysis.cli.groups import command
from fwanalysis.cli.output import emit, emit_json
from fwanalysis.domain.sources import SourceKind


@command("rename")
@click.argument("source", metavar="OLD", shell_complete=complete_source)
@click.argument("name", metavar="NEW")
@common_options
def rename(source: str, name: str) -> None:
    """Rename a source; its cases keep their names.

    Examples:
      fwa source rename "talk 3 final" P03
      fwa source rename P3 P03
    """
    with changing() as project:
        renamed = project.sources.rename(source, name)
    emit_json(renamed) if as_json() else emit(f"renamed to {renamed.name}")


@command("set")
@click.argument("source", shell_complete=complete_source)
@click.option("--kind", type=click.Choice([kind.value for kind in SourceKind]), help="What the source is a record of.")
@click.option(
    "--case",
    metavar="CASE",
    shell_complete=complete_case,
    help="The source's own case, created if there is none of this name.",
)
@click.option("--no-case", is_flag=True, help="The source has no case of its own.")
@common_options
def set_(source: str, kind: str | None, case: str | None, no_case: bool) -> None:
    """Change the kind of a source, or its own case.

    Speakers and source are joined to cases as an import of this kind would join them.

    Examples:
      fwa source set FG2 --kind focus-group
      fwa source set P07 --case P07
    """
    if kind is None and case is None and not no_case:
        raise Misuse("nothing to set", hint="give --kind, --case or --no-case")
    with changing() as project:
        report = project.sources.set(source, kind=SourceKind(kind) if kind else None, case="" if no_case else case)
    for name in report.cases_made:
        say(f'created case "{name}"')
    if report.case_removed:
        say(f'removed case "{report.case_removed}": nothing refers to it any more')
    for sentence in report.warnings:
        warn(sentence)
    if as_json():
        emit_json(report)
        return
    emit(f"{report.name}: {report.kind}, case: {report.case or 'none'}")
    if report.reattributions:
        emit(f"{report.name}: reattributed: {'; '.join(map(str, report.reattributions))}")

"""``fwa speaker``: who is heard, in what role, as which case."""

from __future__ import annotations

import rich_click as click

from fwanalysis.cli.common import as_json, common_options, opened
from fwanalysis.cli.diagnostics import AreaGroup, say
from fwanalysis.cli.output import emit, emit_json, emit_table, many
from fwanalysis.domain.sources import Role


@click.group(cls=AreaGroup)
@common_options
def speaker() -> None:
    """The voices in the sources: their roles and cases."""


@speaker.command("list")
@click.argument("source", required=False)
@common_options
def list_(source: str | None) -> None:
    """The speakers of all sources, or of one."""
    with opened() as project:
        speakers = project.speakers.list(source)
    if as_json():
        emit_json(speakers)
        return
    if not speakers:
        say("There are none: no source marks its speakers.")
        return
    emit_table(
        ("source", "speaker", "role", "case", "turns", "words", "why this role"),
        [
            (item.source, item.label, item.role, item.case, item.turns, item.words, item.role_reason)
            for item in speakers
        ],
    )


@speaker.command("set")
@click.argument("label")
@click.option("--source", metavar="SOURCE", help="Only in this source; otherwise in all.")
@click.option("--role", type=click.Choice([role.value for role in Role]), help="What the speaker does.")
@click.option("--case", metavar="CASE", help="The case that the speaker is.")
@click.option("--no-case", is_flag=True, help="Take the speaker's case away.")
@common_options
def set_(label: str, source: str | None, role: str | None, case: str | None, no_case: bool) -> None:
    """Change the role or the case of the speakers with a label."""
    if role is None and case is None and not no_case:
        raise click.UsageError("Say what to set: --role, --case or --no-case.")
    with opened() as project:
        changed = project.speakers.set(
            label, source=source, role=Role(role) if role else None, case="" if no_case else case
        )
    if as_json():
        emit_json(changed)
    else:
        emit(f"{many(len(changed), 'speaker')} changed")

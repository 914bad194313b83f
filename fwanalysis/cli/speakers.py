"""``fwa speaker``: who is heard, in what role, as which case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rich_click as click

from fwanalysis.cli.asking import confirm
from fwanalysis.cli.common import as_json, changing, common_options, opened
from fwanalysis.cli.diagnostics import AreaGroup, say
from fwanalysis.cli.output import emit, emit_json, emit_table, pluralise, quoted
from fwanalysis.domain.sources import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.domain.revisions import Reattribution


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
        proposals = project.speakers.proposals(source)
    for item in proposals:
        say(
            f"{item.source}: “{item.label}” looks like “{item.into}” ({item.reason}); if they are one: "
            f"fwa speaker merge {quoted(item.label)} {quoted(item.into)} --source {quoted(item.source)}"
        )
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
    with changing() as project:
        changed = project.speakers.set(
            label, source=source, role=Role(role) if role else None, case="" if no_case else case
        )
    if as_json():
        emit_json(changed)
    else:
        emit(f"{pluralise(len(changed), 'speaker')} changed")
        for item in changed:
            _tell_hands(item.source, item.reattributions)
    if role is not None and changed:
        say("What their words are evidence for has changed; “fwa suggest run” proposes anew.")


@speaker.command()
@click.argument("label")
@click.argument("into")
@click.option("--source", metavar="SOURCE", help="Only in this source; otherwise in all that have both labels.")
@click.option("--yes", is_flag=True, help="Merge speakers of two roles without asking.")
@common_options
def merge(label: str, into: str, source: str | None, yes: bool) -> None:
    """Give the turns of LABEL to the speaker INTO: one speaker, spelled in two ways.

    If the two have different roles, such as interviewer and participant, the command asks first.
    """
    with changing() as project:
        if crossed := project.speakers.role_conflicts(label, into, source=source):
            confirm(" ".join(crossed), "Merge them?", yes=yes)
        merged = project.speakers.merge(label, into, source=source)
    if as_json():
        emit_json(merged)
        return
    for item in merged:
        emit(f"{item.source}: {pluralise(item.turns, 'turn')} of “{item.label}” given to “{item.into}”")
        _tell_hands(item.source, item.reattributions)
        if item.case_removed:
            say(f"The case {item.case_removed}, which was made for “{item.label}” only, is gone with it.")
        if not item.removed:
            say(f"{item.source}: an earlier revision has turns of “{item.label}”, which are as they were.")


def _tell_hands(source: str, reattributions: Sequence[Reattribution]) -> None:
    """Which coded passages of a source are other people's words now, and so evidence of another case."""
    if reattributions:
        emit(f"{source}: of the coded passages {'; '.join(map(str, reattributions))}")

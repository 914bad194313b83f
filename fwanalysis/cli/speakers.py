"""``fwa speaker``: speakers, their roles and cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rich_click as click

from fwanalysis.cli.asking import confirm
from fwanalysis.cli.common import as_json, changing, common_options, opened
from fwanalysis.cli.completion import complete_case, complete_source, complete_speaker
from fwanalysis.cli.diagnostics import Misuse, hint, say
from fwanalysis.cli.lazy import AreaGroup
from fwanalysis.cli.listing import emit_list, listing_options
from fwanalysis.cli.output import emit, emit_json, plain, pluralise, quoted
from fwanalysis.domain.sources import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.domain.revisions import Reattribution

_COLUMNS = ("id", "source", "label", "role", "case", "turns", "words", "role_reason")


@click.group(cls=AreaGroup)
@common_options
def speaker() -> None:
    """List the speakers, set their roles and cases, and merge labels of one speaker.

    Examples:
      fwa speaker list P07
      fwa speaker set Moderator --role interviewer
    """


@speaker.command("list")
@click.argument("source", required=False, shell_complete=complete_source)
@listing_options
def list_(source: str | None) -> None:
    """List the speakers of all sources, or of one.

    Examples:
      fwa speaker list
      fwa speaker list FG1
      fwa speaker list --format csv > speakers.csv
    """
    with opened() as project:
        speakers = project.speakers.list(source)
        proposals = project.speakers.proposals(source)
    for item in proposals:
        say(f'{item.source}: "{item.label}" looks like "{item.into}" ({item.reason})')
        hint(
            f"if they are one speaker: fwa speaker merge {quoted(item.label)} {quoted(item.into)} "
            f"--source {quoted(item.source)}"
        )
    emit_list(
        plain(speakers),
        columns=_COLUMNS,
        header=("source", "speaker", "role", "case", "turns", "words", "reason for role"),
        rows=[
            (item.source, item.label, item.role, item.case, item.turns, item.words, item.role_reason)
            for item in speakers
        ],
        empty="No speakers: no source labels them.",
    )


@speaker.command("set")
@click.argument("label", shell_complete=complete_speaker)
@click.option("--source", metavar="SOURCE", shell_complete=complete_source, help="Only in this source [default: all].")
@click.option("--role", type=click.Choice([role.value for role in Role]), help="Role of the speaker.")
@click.option("--case", metavar="CASE", shell_complete=complete_case, help="Case of the speaker.")
@click.option("--no-case", is_flag=True, help="Clear the case of the speaker.")
@common_options
def set_(label: str, source: str | None, role: str | None, case: str | None, no_case: bool) -> None:
    """Set the role or the case of the speakers with a label.

    Examples:
      fwa speaker set Moderator --role interviewer
      fwa speaker set Maya --case P07 --source FG1
      fwa speaker set Maya --no-case
    """
    if role is None and case is None and not no_case:
        raise Misuse("nothing to set", hint="give --role, --case or --no-case")
    with changing() as project:
        changed = project.speakers.set(
            label, source=source, role=Role(role) if role else None, case="" if no_case else case
        )
    if as_json():
        emit_json(changed)
    else:
        emit(f"{pluralise(len(changed), 'speaker')} changed")
        for item in changed:
            _show_reattributed(item.source, item.reattributions)
    if role is not None and changed:
        hint("update the suggestions: fwa suggest run")


@speaker.command()
@click.argument("label", shell_complete=complete_speaker)
@click.argument("into", shell_complete=complete_speaker)
@click.option(
    "--source",
    metavar="SOURCE",
    shell_complete=complete_source,
    help="Only in this source [default: all with both labels].",
)
@click.option("--yes", is_flag=True, help="Merge speakers of two roles without asking.")
@common_options
def merge(label: str, into: str, source: str | None, yes: bool) -> None:
    """Merge two labels of one speaker: the turns of LABEL become those of INTO.

    If the two have different roles, such as interviewer and participant, the command asks first.

    Examples:
      fwa speaker merge "Maya L" "Maya Lindqvist" --source FG1
      fwa speaker merge Intrviewer Interviewer
    """
    with changing() as project:
        if crossed := project.speakers.role_conflicts(label, into, source=source):
            fact = "; ".join(crossed)
            confirm(f"{fact[0].upper()}{fact[1:]}. Merge them?", otherwise=fact, yes=yes)
        merged = project.speakers.merge(label, into, source=source)
    if as_json():
        emit_json(merged)
        return
    for item in merged:
        emit(f'{item.source}: {pluralise(item.turns, "turn")} of "{item.label}" moved to "{item.into}"')
        _show_reattributed(item.source, item.reattributions)
        if item.case_removed:
            say(f'case {item.case_removed} removed: it was created for "{item.label}" only')
        if not item.removed:
            say(f'{item.source}: turns of "{item.label}" in earlier revisions are unchanged')


def _show_reattributed(source: str, reattributions: Sequence[Reattribution]) -> None:
    """Print how many coded segments of a source are attributed to another case."""
    if reattributions:
        emit(f"{source}: reattributed: {'; '.join(map(_moved, reattributions))}")


def _moved(item: Reattribution) -> str:
    """Return *2 segments from P02 to P03*."""
    return f"{pluralise(item.passages, 'segment')} from {item.old_case or 'no case'} to {item.new_case or 'no case'}"

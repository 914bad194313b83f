"""``fwa source correct``: correcting one turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rich_click as click

from fwanalysis.cli.common import changing, common_options
from fwanalysis.cli.completion import complete_source
from fwanalysis.cli.diagnostics import Misuse
from fwanalysis.cli.groups import command, renamed
from fwanalysis.cli.output import pluralise, quoted
from fwanalysis.cli.source_revisions import show_report
from fwanalysis.domain import corrections
from fwanalysis.domain.corrections import Act
from fwanalysis.domain.sources import TurnKind
from fwanalysis.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fwanalysis.domain.corrections import Correction
    from fwanalysis.domain.sources import Transcript

_ACTS = {
    "text": Act.TEXT,
    "split_at": Act.SPLIT,
    "join": Act.JOIN,
    "exclude": Act.EXCLUDE,
    "include": Act.INCLUDE,
    "speaker": Act.RELABEL,
    "no_speaker": Act.RELABEL,
}
"""What each option does to a turn."""

_SHORTEST_ID = 6
"""How many characters of a turn's id must be given at least; anything shorter is a number."""


@renamed(
    {
        "--words": "--text",
        "--label": "--speaker",
        "--no-label": "--no-speaker",
        "--aside": "--exclude",
        "--speech": "--include",
    }
)
@command("correct")
@click.argument("source", shell_complete=complete_source)
@click.argument("turn")
@click.option("--text", metavar="TEXT", help="Replace the text of the turn.")
@click.option("--speaker", metavar="LABEL", help="Set the speaker; with --split-at, of the second part.")
@click.option("--no-speaker", is_flag=True, help="Remove the speaker.")
@click.option("--split-at", type=int, metavar="N", help="Split the turn at this character of the source's text.")
@click.option("--join", is_flag=True, help="Join the turn with the next one; its speaker stays.")
@click.option("--exclude", is_flag=True, help="Exclude the turn: it is not dialogue.")
@click.option("--include", is_flag=True, help="Include excluded text as a turn, with --speaker or without a speaker.")
@common_options
def correct(source: str, turn: str, speaker: str | None, **acts: Any) -> None:
    """Correct one turn: its text, its speaker, or where it begins and ends.

    TURN is a number, or the first 6 characters or more of an id, as "fwa source turns --all" lists them. Coded segments
    are re-anchored as by "fwa source revise"; undo restores the turn.

    Examples:
      fwa source correct P07 12 --text "We met in the hall."
      fwa source correct P07 12 --speaker Interviewer
      fwa source correct P07 12 --exclude
    """
    named = [name for name, value in acts.items() if value is not None and value is not False]
    if len(named) + (speaker is not None and not {"split_at", "include"} & set(named)) != 1:
        raise Misuse(
            "give exactly one correction",
            hint="--text, --speaker, --no-speaker, --split-at, --include (the last two also with --speaker), --join or "
            "--exclude",
        )
    with changing() as project:
        transcript = project.sources.transcript(source)
        index, act = _index(transcript, turn), named[0] if named else "speaker"
        after = _corrected(transcript, index, act, speaker, acts)
        what = corrections.step_label(_ACTS[act], transcript, index, speaker)
        report = project.sources.correct(source, after, seen=transcript.revision.id, what=what)
    show_report(report)


def _corrected(
    transcript: Transcript, index: int, act: str, speaker: str | None, acts: Mapping[str, Any]
) -> Correction:
    before = corrections.correction_of(transcript)
    if act == "text":
        return corrections.replace_text(before, index, acts["text"])
    if act == "split_at":
        return corrections.split(before, index, acts["split_at"], speaker)
    if act == "join":
        return corrections.join(before, index)
    kind, name = transcript.turns[index].kind, transcript.source.name
    if act == "exclude" and kind is TurnKind.EXCLUDED:
        raise InvalidInput(f"this text of {name} is already excluded", hint=_ids_hint(name))
    if act == "include" and kind is TurnKind.SPEECH:
        number = transcript.turns[index].number
        raise InvalidInput(f"turn {number} of {name} is already included", hint=_ids_hint(name))
    if act == "exclude":
        return corrections.exclude(before, index)
    if act == "include":
        return corrections.include(before, index, speaker)
    return corrections.relabel(before, index, speaker)


def _ids_hint(name: str) -> str:
    return f"excluded text has an id and no number; list it with: fwa source turns {quoted(name)} --all"


def _index(transcript: Transcript, turn: str) -> int:
    """Return the position among all turns of the one that a number or the beginning of an id names."""
    is_number = turn.isdecimal() and len(turn) < _SHORTEST_ID
    found = [
        item.position
        for item in transcript.turns
        if (item.number > 0 and str(item.number) == turn if is_number else item.id.startswith(turn))
    ]
    if len(found) != 1 or (not is_number and len(turn) < _SHORTEST_ID):
        name = transcript.source.name
        raise NotFound(
            f'no turn "{turn}" in source "{name}", which has {pluralise(len(transcript.speech), "turn")}',
            hint=f"list numbers and ids with: fwa source turns {quoted(name)} --all",
        )
    return found[0]

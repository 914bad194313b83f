"""The turns of the sample study, read by the package's own parsers, and what references to them resolve to."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from fwanalysis.analysis.guard import CitedPassage, CitedTurn
from fwanalysis.domain.sources import Role, TurnKind
from fwanalysis.formats.readers.registry import read_source

if TYPE_CHECKING:
    from fwanalysis.domain.summaries import Summary

FOLDER = Path(__file__).parents[2] / "transcripts_sample"
NAMES = tuple(path.name for path in sorted(FOLDER.glob("[PF]*.*")))


@cache
def turns(name: str) -> tuple[CitedTurn, ...]:
    """The turns of a source; participants' words are those of the case."""
    path = next(FOLDER.glob(f"{name}.*"))
    parsed = read_source(path.name, path.read_bytes())
    roles = {speaker.label: speaker.role for speaker in parsed.speakers}
    speech = [turn for turn in parsed.turns if turn.kind is TurnKind.SPEECH]
    return tuple(
        CitedTurn(
            id=f"{name}-{number}",
            source_id=name,
            start=turn.start,
            text=parsed.text[turn.start : turn.end],
            speaker=turn.label or "",
            reference=f"{name}:{number}",
            is_own=turn.label is not None and roles[turn.label] is Role.PARTICIPANT,
        )
        for number, turn in enumerate(speech, 1)
    )


@cache
def sources() -> tuple[str, ...]:
    """The names of the sources that have turns."""
    return tuple(Path(name).stem for name in NAMES)


def resolved(summary: Summary) -> list[CitedPassage]:
    """What the references of a summary resolve to; each source's own participants are the case."""
    found = []
    for reference in summary.references:
        if reference.name not in sources():
            found.append(CitedPassage(dangling=f"there is no case or source {reference.name}"))
            continue
        cited = turns(reference.name)[reference.first - 1 : reference.last]
        found.append(CitedPassage(cited, dangling="" if cited else f"{reference.name} has no such turn"))
    return found

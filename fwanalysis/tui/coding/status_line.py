"""The status lines below the transcript: where the caret is, and what can be done there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from fwanalysis.domain.codings import Stance
from fwanalysis.domain.text import Span, count_words, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fwanalysis.domain.codebook import Codebook
    from fwanalysis.domain.codings import Evidence
    from fwanalysis.domain.sources import Transcript
    from fwanalysis.domain.suggestions import Suggestion


def status_text(
    transcript: Transcript,
    codebook: Codebook,
    *,
    caret: int,
    selection: Span | None,
    evidence: Sequence[Evidence],
    current: Suggestion | None,
    pending: int,
    unanchored: int = 0,
    other_coders: Mapping[str, str],
    done: str = "",
) -> Text:
    """Return the status text below the transcript.

    The first line is the position of the caret. The second is the current suggestion, else what is selected, else
    what was done last (*done*), else the codings at the caret, else which keys to use.

    Args:
        transcript: The source that is shown.
        codebook: Names and colours of its codes.
        caret: Position of the caret, in code points.
        selection: What is selected, if anything.
        evidence: The codings of the source.
        current: The suggestion that is to be decided now.
        pending: Number of pending suggestions in the source.
        unanchored: Number of unanchored segments in the source.
        other_coders: Names of the other coders, by id.
        done: What the coder did last.
    """
    return Text.assemble(
        _location(transcript, caret, pending, unanchored),
        "\n",
        _details(transcript, codebook, caret, selection, evidence, current, other_coders, done),
    )


def _location(transcript: Transcript, caret: int, pending: int, unanchored: int) -> Text:
    line = Text(no_wrap=True, overflow="ellipsis")
    line.append(transcript.source.name, style="bold")
    turns = transcript.speaker_index.over(Span(caret, caret))
    if turns:
        speaker = transcript.speaker_of(turns[0])
        line.append(f"  turn {turns[0].number} of {len(transcript.speech)}")
        if speaker:
            line.append(f"  {speaker.label} ({speaker.role})")
    share = caret / max(1, transcript.revision.length)
    line.append(f"  at {share * 100:.0f}%")
    if pending:
        line.append(f"  {pending} pending", style="italic")
    if unanchored:
        line.append(f"  ! {unanchored} unanchored (F)", style="bold")
    return line


def stated(stance: Stance) -> str:
    """Return what follows the name of a code: nothing for the stance *for*."""
    return "" if stance is Stance.FOR else f" ({stance})"


def _details(
    transcript: Transcript,
    codebook: Codebook,
    caret: int,
    selection: Span | None,
    evidence: Sequence[Evidence],
    current: Suggestion | None,
    other_coders: Mapping[str, str],
    done: str,
) -> Text:
    line = Text()
    if current:
        entry = codebook.by_id[current.code_id]
        line.append("┆ ", style=codebook.colour_of(entry.id))
        line.append(f"{entry.name}{stated(current.stance)}? ", style="bold")
        line.append(f"{current.score:.2f}  {current.reason}")
        line.append("  (- stance)", style="dim")
        return line
    if selection:
        words = selection.of(transcript.text)
        count = count_words(words)
        line.append(f"Selected {count} word{'s' * (count != 1)}: ", style="bold")
        line.append(f"“{one_line(words)}”")
        return line
    if done:
        return line.append(done, style="bold")
    at = [item for item in evidence if item.anchor.start <= caret < item.anchor.end]
    for item in at:
        line.append("▌", style=codebook.colour_of(item.coding.code_id))
        line.append(codebook.by_id[item.coding.code_id].name + stated(item.coding.stance), style="bold")
        if item.coding.note:
            line.append(f": {one_line(item.coding.note)}")
        by = other_coders.get(item.coding.coder_id)
        line.append(f" ({by})  " if by else "  ")
    if at:
        line.append("(- stance, m note, d remove)", style="dim")
    else:
        line.append(
            "s selects the sentence, shift+arrows any words; then c applies a code. E edits the turn", style="dim"
        )
    return line

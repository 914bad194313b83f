"""The units that the edit screen works on (a turn, or a paragraph outside the turns) and how they are described.

Knows values, no screen.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.text import Text

from fwanalysis.domain.corrections import Correction, correction_of, label_before_text, replace_text
from fwanalysis.domain.sources import TurnKind
from fwanalysis.domain.text import one_line
from fwanalysis.tui.transcript.layout import blocks_of, clock

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fwanalysis.domain.codebook import Codebook
    from fwanalysis.domain.codings import Evidence
    from fwanalysis.domain.revisions import RevisionReport
    from fwanalysis.domain.sources import Transcript, Turn


@dataclass(frozen=True, slots=True)
class EditUnit:
    """Code points ``[start, end)`` of a text: the words of the turn at ``index`` (of all turns), or (None) a paragraph
    outside the turns."""

    start: int
    end: int
    index: int | None


def units_of(transcript: Transcript) -> tuple[EditUnit, ...]:
    """All of a transcript that can be edited, in the order of the text; one empty unit if there is nothing."""
    found, ahead = [], 0
    for block in blocks_of(transcript):
        turn = transcript.turns[ahead] if ahead < len(transcript.turns) else None
        is_turn = turn is not None and (turn.start, turn.end) == (block.start, block.end)
        found.append(EditUnit(block.start, block.end, ahead if is_turn else None))
        ahead += is_turn
    return tuple(found)


def unit_at(units: Sequence[EditUnit], position: int) -> int:
    """The index of the unit at *position*, or of the last before it."""
    return max(0, bisect_right(units, position, key=lambda unit: unit.start) - 1)


def with_words(correction: Correction, unit: EditUnit, words: str) -> Correction:
    """The correction with other words in a unit; what follows moves."""
    if unit.index is not None:
        return replace_text(correction, unit.index, words)
    alone = Correction(correction.text[unit.start : unit.end], ())
    new = words.replace("\r\n", "\n").replace("\r", "\n").strip()
    shift = len(new) - len(alone.text)
    return Correction(
        correction.text[: unit.start] + new + correction.text[unit.end :],
        tuple(
            replace(turn, label_start=turn.label_start + shift, start=turn.start + shift, end=turn.end + shift)
            if turn.label_start >= unit.end
            else turn
            for turn in correction.turns
        ),
    )


def heading(transcript: Transcript, units: Sequence[EditUnit], at: int) -> Text:
    """A line on where a unit is, and who speaks in it."""
    line = Text(no_wrap=True, overflow="ellipsis")
    line.append(f" {transcript.source.name}", style="bold")
    line.append(f"  {named(transcript, units, at)}  ")
    line.append(speaker_line(transcript, turn_of(transcript, units[at])), style="bold")
    line.append(f"  revision {transcript.revision.number}\n", style="dim")
    return line


def named(transcript: Transcript, units: Sequence[EditUnit], at: int) -> str:
    """What a unit is: *turn 4 of 31*, *excluded text*, *preamble*, or *paragraph 2 of 5*."""
    turn = turn_of(transcript, units[at])
    if turn is None:
        loose = [place for place, unit in enumerate(units) if unit.index is None]
        return f"paragraph {loose.index(at) + 1} of {len(loose)}"
    if turn.kind is TurnKind.SPEECH:
        return f"turn {turn.number} of {len(transcript.speech)}"
    return "excluded text" if turn.kind is TurnKind.EXCLUDED else "preamble"


def is_between_words(words: str, offset: int) -> bool:
    """Return whether there are words before and behind an offset, and it is within none."""
    is_in_word = 0 < offset < len(words) and words[offset - 1 : offset + 1].isalnum()
    return not is_in_word and bool(words[:offset].strip() and words[offset:].strip())


def turn_of(transcript: Transcript, unit: EditUnit) -> Turn | None:
    """The turn of a unit, if it is one."""
    return None if unit.index is None else transcript.turns[unit.index]


def speaker_line(transcript: Transcript, turn: Turn | None) -> str:
    """Who speaks in a turn, in what role and when: *P07 (participant) at 12:31*."""
    if turn is None:
        return ""
    speaker = transcript.speaker_of(turn)
    named = f"{speaker.label} ({speaker.role})" if speaker else "no speaker" if turn.kind is TurnKind.SPEECH else ""
    return named if turn.time is None else f"{named} at {clock(turn.time)}".strip()


def labels_of(transcript: Transcript, turn: Turn | None) -> Sequence[str]:
    """The speakers of a transcript, those with the most turns first, that of *turn* last."""
    turns: Counter[str] = Counter()
    for each in transcript.turns:
        if speaker := transcript.speaker_of(each):
            turns[speaker.label] += 1
    own = transcript.speaker_of(turn) if turn else None
    return sorted(turns, key=lambda label: (own is not None and label == own.label, -turns[label]))


def labels_for_excluded(transcript: Transcript, index: int) -> Sequence[str]:
    """Return the speakers that excluded text may be of, the one named by its label first."""
    labels = labels_of(transcript, None)
    had = label_before_text(correction_of(transcript), index, labels)
    return labels if had is None else list(dict.fromkeys([had, *labels]))


def outcome(report: RevisionReport) -> str:
    """Describe what happened to the segments, and which were reattributed.

    For example *Saved as revision 3: 41 segments unchanged, 12 moved, 1 uncertain; 2 segments from P02 to P03*.
    """
    return "; ".join((_counts(report), *map(str, report.reattributions)))


def _counts(report: RevisionReport) -> str:
    saved = f"Saved as revision {report.number}"
    segments = report.unchanged + report.moved + report.uncertain + report.not_found
    if not segments:
        return saved
    if report.unchanged == segments:
        return f"{saved}: all segments unchanged"
    counts = (
        (report.unchanged, "unchanged"),
        (report.moved, "moved"),
        (report.uncertain, "uncertain"),
        (report.not_found, "not found"),
    )
    first, *rest = [(count, what) for count, what in counts if count]
    plural = "s" * (first[0] != 1)
    return f"{saved}: " + ", ".join((f"{first[0]} segment{plural} {first[1]}", *(f"{n} {what}" for n, what in rest)))


def describe_codings(
    evidence: Sequence[Evidence],
    transcript: Transcript,
    unit: EditUnit,
    words: str,
    codebook: Codebook,
    coders: Mapping[str, str],
) -> Text:
    """A line on each coded passage of a unit, marked where its words are no longer among those that are typed."""
    lines = Text()
    for item in evidence:
        quote = transcript.text[max(unit.start, item.anchor.start) : min(unit.end, item.anchor.end)]
        lines.append("\n" if lines else "")
        lines.append("▌", style=codebook.colour_of(item.coding.code_id))
        lines.append(codebook.by_id[item.coding.code_id].name, style="bold")
        lines.append(f" ({coders[item.coding.coder_id]}) ", style="dim")
        if quote.strip() not in words:
            lines.append("≠ text changed ", style="bold reverse")
        lines.append(f"“{one_line(quote)}”")
    return lines

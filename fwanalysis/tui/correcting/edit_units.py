"""What the edit mode takes at once: the words of a turn, or a paragraph that is in no turn; and how what became of a
correction is told. Knows values, no screen."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.text import Text

from fwanalysis.domain.corrections import Correction, correction_of, label_in_mark, replace_words
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
class Stretch:
    """Code points ``[start, end)`` of a text: the words of the turn at ``index`` (of all turns), or (None) a paragraph
    outside the turns."""

    start: int
    end: int
    index: int | None


def stretches_of(transcript: Transcript) -> tuple[Stretch, ...]:
    """All of a transcript that can be edited, in the order of the text; one empty stretch if there is nothing."""
    found, ahead = [], 0
    for block in blocks_of(transcript):
        turn = transcript.turns[ahead] if ahead < len(transcript.turns) else None
        is_turn = turn is not None and (turn.start, turn.end) == (block.start, block.end)
        found.append(Stretch(block.start, block.end, ahead if is_turn else None))
        ahead += is_turn
    return tuple(found)


def stretch_at(stretches: Sequence[Stretch], position: int) -> int:
    """The index of the stretch that *position* stands in, or of the last before it."""
    return max(0, bisect_right(stretches, position, key=lambda stretch: stretch.start) - 1)


def with_words(correction: Correction, stretch: Stretch, words: str) -> Correction:
    """The correction with other words in a stretch; what follows moves."""
    if stretch.index is not None:
        return replace_words(correction, stretch.index, words)
    alone = Correction(correction.text[stretch.start : stretch.end], ())
    new = words.replace("\r\n", "\n").replace("\r", "\n").strip()
    shift = len(new) - len(alone.text)
    return Correction(
        correction.text[: stretch.start] + new + correction.text[stretch.end :],
        tuple(
            replace(turn, label_start=turn.label_start + shift, start=turn.start + shift, end=turn.end + shift)
            if turn.label_start >= stretch.end
            else turn
            for turn in correction.turns
        ),
    )


def heading(transcript: Transcript, stretches: Sequence[Stretch], at: int) -> Text:
    """A line on where a stretch is, and who speaks in it."""
    told = Text(no_wrap=True, overflow="ellipsis")
    told.append(f" {transcript.source.name}", style="bold")
    told.append(f"  {named(transcript, stretches, at)}  ")
    told.append(voice(transcript, turn_of(transcript, stretches[at])), style="bold")
    told.append(f"  revision {transcript.revision.number}\n", style="dim")
    return told


def named(transcript: Transcript, stretches: Sequence[Stretch], at: int) -> str:
    """What a stretch is: *turn 4 of 31*, *set aside*, *preamble*, or *paragraph 2 of 5*."""
    turn = turn_of(transcript, stretches[at])
    if turn is None:
        loose = [place for place, stretch in enumerate(stretches) if stretch.index is None]
        return f"paragraph {loose.index(at) + 1} of {len(loose)}"
    if turn.kind is TurnKind.SPEECH:
        return f"turn {turn.number} of {len(transcript.speech)}"
    return "set aside" if turn.kind is TurnKind.EXCLUDED else "preamble"


def is_between_words(words: str, offset: int) -> bool:
    """Whether there are words before and behind a place, and it stands in none."""
    is_in_word = 0 < offset < len(words) and words[offset - 1 : offset + 1].isalnum()
    return not is_in_word and bool(words[:offset].strip() and words[offset:].strip())


def turn_of(transcript: Transcript, stretch: Stretch) -> Turn | None:
    """The turn of a stretch, if it is one."""
    return None if stretch.index is None else transcript.turns[stretch.index]


def voice(transcript: Transcript, turn: Turn | None) -> str:
    """Who speaks in a turn, in what role and when: *P07 (participant) at 12:31*."""
    if turn is None:
        return ""
    speaker = transcript.speaker_of(turn)
    told = f"{speaker.label} ({speaker.role})" if speaker else "no speaker" if turn.kind is TurnKind.SPEECH else ""
    return told if turn.time is None else f"{told} at {clock(turn.time)}".strip()


def labels_of(transcript: Transcript, turn: Turn | None) -> Sequence[str]:
    """The speakers of a transcript, those heard most first, that of *turn* last: the others are wanted more."""
    heard: Counter[str] = Counter()
    for each in transcript.turns:
        if speaker := transcript.speaker_of(each):
            heard[speaker.label] += 1
    own = transcript.speaker_of(turn) if turn else None
    return sorted(heard, key=lambda label: (own is not None and label == own.label, -heard[label]))


def labels_for_aside(transcript: Transcript, index: int) -> Sequence[str]:
    """The speakers that what was set aside may be of, the one that its mark names first."""
    labels = labels_of(transcript, None)
    had = label_in_mark(correction_of(transcript), index, labels)
    return labels if had is None else list(dict.fromkeys([had, *labels]))


def outcome(report: RevisionReport) -> str:
    """What became of the passages, and of which of them the words are now other people's: *Saved as revision 3: 41
    passages kept, 12 moved, 1 to look at; 2 are P03’s now, not P02’s*."""
    return "; ".join((_placed(report), *map(str, report.reattributions)))


def _placed(report: RevisionReport) -> str:
    told = f"Saved as revision {report.number}"
    passages = report.unchanged + report.moved + report.uncertain + report.not_found
    if not passages:
        return told
    if report.unchanged == passages:
        return f"{told}: no passage moved"
    counts = (
        (report.unchanged, "kept"),
        (report.moved, "moved"),
        (report.uncertain, "to look at"),
        (report.not_found, "lost"),
    )
    first, *rest = [(count, what) for count, what in counts if count]
    plural = "s" * (first[0] != 1)
    return f"{told}: " + ", ".join((f"{first[0]} passage{plural} {first[1]}", *(f"{n} {what}" for n, what in rest)))


def passages(
    evidence: Sequence[Evidence],
    transcript: Transcript,
    stretch: Stretch,
    words: str,
    codebook: Codebook,
    coders: Mapping[str, str],
) -> Text:
    """A line on each coded passage of a stretch, marked where its words are no longer among those that are typed."""
    told = Text()
    for item in evidence:
        quote = transcript.text[max(stretch.start, item.anchor.start) : min(stretch.end, item.anchor.end)]
        told.append("\n" if told else "")
        told.append("▌", style=codebook.colour_of(item.coding.code_id))
        told.append(codebook.by_id[item.coding.code_id].name, style="bold")
        told.append(f" ({coders[item.coding.coder_id]}) ", style="dim")
        if quote.strip() not in words:
            told.append("≠ words changed ", style="bold reverse")
        told.append(f"“{one_line(quote)}”")
    return told

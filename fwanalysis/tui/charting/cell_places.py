"""Where the references of a summary and the passages of a cell are in the texts, and the words around them.

Reads transcripts once each; knows no widget.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import folded
from fwanalysis.domain.sources import Role
from fwanalysis.domain.summary_references import find_references
from fwanalysis.domain.text import Span
from fwanalysis.errors import FrameworkError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fwanalysis.domain.matrix import Passage, Quoted
    from fwanalysis.domain.sources import Transcript, Turn
    from fwanalysis.domain.summary_references import SummaryReference
    from fwanalysis.project import Project

_AROUND = 120
"""How many characters before and after a passage are shown."""


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """What a reference points to.

    Attributes:
        revision_id: The revision of the source in which *span* is.
        span: Whole turns or lines, in code points.
        words: The text of the span.
    """

    source_id: str
    source: str
    revision_id: str
    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class Around:
    """The words around a passage.

    Attributes:
        before: The words before it in its turn; with more context, also the turn before that.
        after: The words after it.
    """

    before: str
    after: str


class Places:
    """Finds passages and references in the present texts of a project."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._transcripts: dict[str, Transcript] = {}

    def renew(self) -> None:
        """Read the texts again when they are next asked for."""
        self._transcripts.clear()

    def transcript(self, source: str) -> Transcript:
        """Return the transcript of a source by its name or id."""
        if source not in self._transcripts:
            self._transcripts[source] = self._project.sources.transcript(source)
        return self._transcripts[source]

    def around(self, passage: Passage, *, more: bool) -> Around:
        """Return the words around a passage.

        Args:
            passage: The passage.
            more: Whether to return all of its turns, and the turns before and after them.
        """
        try:
            transcript = self.transcript(passage.source_id)
        except FrameworkError:
            return Around("", "")
        text, span = transcript.text, Span(passage.start, passage.end)
        if transcript.revision.id != passage.revision_id:
            return Around("", "")
        turns = transcript.speaker_index.over(span)
        start, end = (turns[0].start, turns[-1].end) if turns else (0, len(text))
        start, end = min(start, span.start), max(end, span.end)
        if more:
            return Around(
                _turn_before(transcript, turns) + text[start : span.start],
                text[span.end : end] + _turn_after(transcript, turns),
            )
        first, last = max(start, span.start - _AROUND), min(end, span.end + _AROUND)
        before = ("…" if first > start else "") + text[first : span.start]
        after = text[span.end : last] + ("…" if last < end else "")
        return Around(before, after)

    def cited(self, source_id: str, revision_id: str, span: Span) -> CitedPlace | None:
        """Return a cited place with its words; None if the text has another revision by now."""
        transcript = self.transcript(source_id)
        if transcript.revision.id != revision_id:
            return None
        return CitedPlace(source_id, transcript.source.name, revision_id, span, span.of(transcript.text))

    def quotable_words(self, passage: Passage) -> list[str]:
        """Return the words of a passage that may be quoted: those of participants, turn by turn, without labels."""
        transcript = self.transcript(passage.source_id)
        span = Span(passage.start, passage.end)
        over = transcript.speaker_index.over(span)
        if len(over) < 2 or transcript.revision.id != passage.revision_id:
            return [passage.quote]
        shared = [turn.span.shared(span) for turn in over if self._speaker(transcript, turn)]
        return [part.of(transcript.text) for part in shared if part is not None] or [passage.quote]

    def speakers(self, passage: Passage) -> tuple[str, ...]:
        """Return who speaks as a participant in a passage: names of cases, else labels, in the order of the turns."""
        transcript = self.transcript(passage.source_id)
        over = transcript.speaker_index.over(Span(passage.start, passage.end))
        return tuple(dict.fromkeys(name for turn in over if (name := self._speaker(transcript, turn))))

    def participants(self, sources: Iterable[str]) -> Sequence[str]:
        """Return the participants of sources, named as ``speakers`` names them, in the order of their first turns."""
        found: dict[str, None] = {}
        for source in sources:
            transcript = self.transcript(source)
            for turn in transcript.speech:
                if name := self._speaker(transcript, turn):
                    found.setdefault(name)
        return list(found)

    def _speaker(self, transcript: Transcript, turn: Turn) -> str:
        speaker = transcript.speaker_of(turn)
        if speaker is None or speaker.role is not Role.PARTICIPANT:
            return ""
        return self._project.cases.get(speaker.case_id).name if speaker.case_id else speaker.label


def _turn_before(transcript: Transcript, turns: Sequence[Turn]) -> str:
    speech = transcript.speech
    at = speech.index(turns[0]) if turns else 0
    return f"{_labelled(transcript, speech[at - 1])}\n" if at else ""


def _turn_after(transcript: Transcript, turns: Sequence[Turn]) -> str:
    speech = transcript.speech
    at = speech.index(turns[-1]) + 1 if turns else len(speech)
    return f"\n{_labelled(transcript, speech[at])}" if at < len(speech) else ""


def _labelled(transcript: Transcript, turn: Turn) -> str:
    speaker = transcript.speaker_of(turn)
    words = turn.span.of(transcript.text).strip()
    return f"{speaker.label}: {words}" if speaker else words


def points_to(reference: SummaryReference, quoted: Quoted) -> bool:
    """Return whether a reference has the name of a passage's own reference and overlaps its turns or lines."""
    own = find_references(quoted.reference, lambda name: True)
    return any(
        folded(item.name) == folded(reference.name)
        and item.is_line == reference.is_line
        and item.first <= reference.last
        and reference.first <= item.last
        for item in own
    )

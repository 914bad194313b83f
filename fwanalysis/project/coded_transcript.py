"""The transcript of a source with its coded segments, as it is exported."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from fwanalysis.domain.coded_transcript import (
    CodedTranscript,
    LegendCode,
    SegmentCoding,
    TranscriptPart,
    numbered_segments,
)
from fwanalysis.domain.ids import now
from fwanalysis.domain.sources import TurnKind
from fwanalysis.domain.summary_references import reference_text
from fwanalysis.domain.text import lines
from fwanalysis.project.context import find, source_named
from fwanalysis.store.queries import codebook as codebook_queries
from fwanalysis.store.queries import codings as queries
from fwanalysis.store.queries import revisions as revision_queries
from fwanalysis.store.queries import sources as source_queries
from fwanalysis.store.store import project_info

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fwanalysis.domain.codebook import Codebook
    from fwanalysis.domain.coded_transcript import CodedSegment
    from fwanalysis.domain.codings import Coder, Evidence
    from fwanalysis.domain.project import ProjectInfo
    from fwanalysis.domain.sources import Transcript
    from fwanalysis.domain.text import Span
    from fwanalysis.project.context import Context


def coded_transcript(
    context: Context, name: str, *, codes: Sequence[str] = (), coder: str | None = None
) -> CodedTranscript:
    """Return the current transcript of a source with its coded segments.

    Args:
        context: The project.
        name: Name or id of the source.
        codes: Keys, paths or ids of codes whose codings are shown, with those of the codes below them; all if empty.
        coder: Name or id of the coder whose codings are shown; all if None.

    Returns:
        The turns, or the lines of a source without turns, with the codings that have a position in the current
        revision; the others are counted.

    Raises:
        NotFound: If there is no such source, code or coder.
        Ambiguous: If several have the name.
    """
    with context.store.read() as connection:
        source = source_named(connection, name)
        transcript = source_queries.transcript(connection, source)
        codebook = codebook_queries.codebook(connection, with_rules=False)
        entries = [codebook.find(code) for code in codes]
        wanted = frozenset[str]().union(*(codebook.below(entry.id) for entry in entries)) if codes else None
        coders = queries.coders(connection)
        chosen = _coder(coder, coders) if coder else None
        coder_id = chosen.id if chosen else None
        evidence = queries.evidence(connection, source_id=source.id, code_ids=wanted, coder_id=coder_id)
        left_out = revision_queries.unanchored(connection, source_id=source.id, code_ids=wanted, coder_id=coder_id)
        revisions = len(revision_queries.of_source(connection, source.id))
        info = project_info(connection)
    parts = _parts(transcript)
    names = {item.id: item.name for item in coders}
    segments = numbered_segments(
        (
            item.anchor.span,
            _reference(source.name, parts, item.anchor.span),
            item.anchor.quote,
            _coding(item, codebook, names),
        )
        for item in evidence
    )
    filters = {"codes": ", ".join(entry.path for entry in entries), "coder": chosen.name if chosen else ""}
    return CodedTranscript(
        source=source.name,
        about=_about(transcript, revisions, info, codebook, segments, filters),
        text=transcript.text,
        parts=parts,
        segments=segments,
        legend=_legend(codebook, segments),
        unanchored=len(left_out),
    )


def _coder(name: str, coders: Sequence[Coder]) -> Coder:
    return find(name, coders, what="coder", named=lambda item: item.name, id_of=lambda item: item.id)


def _parts(transcript: Transcript) -> tuple[TranscriptPart, ...]:
    """Return the turns; without turns, the lines that are not empty."""
    if not transcript.turns:
        every = enumerate(lines(transcript.text), 1)
        return tuple(TranscriptPart(line, None, number) for number, line in every if line.of(transcript.text).strip())
    speakers = {turn.id: transcript.speaker_of(turn) for turn in transcript.turns}
    return tuple(
        TranscriptPart(turn.span, turn.kind, turn.number, speaker.label if speaker else None, turn.time)
        for turn in transcript.turns
        for speaker in (speakers[turn.id],)
    )


def _reference(name: str, parts: Sequence[TranscriptPart], span: Span) -> str:
    """Return the numbers of the turns of speech or the lines that a span overlaps, as a reference in parentheses."""
    first = bisect_right(parts, span.start, key=lambda part: part.span.end)
    over: list[TranscriptPart] = []
    for part in parts[first:]:
        if part.span.start >= span.end:
            break
        over.append(part)
    numbers = [part.number for part in over if part.kind in (None, TurnKind.SPEECH)]
    if not numbers:
        return ""
    return f"({reference_text(name, numbers[0], numbers[-1], is_line=over[0].kind is None)})"


def _coding(item: Evidence, codebook: Codebook, coders: Mapping[str, str]) -> SegmentCoding:
    entry = codebook.by_id[item.coding.code_id]
    return SegmentCoding(
        id=item.coding.id,
        code_id=entry.id,
        code=entry.name,
        path=entry.path,
        kind=entry.version.kind.value,
        stance=item.coding.stance.value,
        note=item.coding.note,
        coder=coders[item.coding.coder_id],
    )


def _legend(codebook: Codebook, segments: Sequence[CodedSegment]) -> tuple[LegendCode, ...]:
    """Return the codes of the segments in the order of the codebook."""
    numbers: dict[str, list[int]] = {}
    for segment in segments:
        for code_id in dict.fromkeys(coding.code_id for coding in segment.codings):
            numbers.setdefault(code_id, []).append(segment.number)
    return tuple(
        LegendCode(
            id=entry.id,
            name=entry.name,
            path=entry.path,
            kind=entry.version.kind.value,
            definition=entry.version.definition,
            include=entry.version.include,
            exclude=entry.version.exclude,
            counts_against=entry.version.counts_against,
            segments=tuple(numbers[entry.id]),
        )
        for entry in codebook.entries
        if entry.id in numbers
    )


def _about(
    transcript: Transcript,
    revisions: int,
    info: ProjectInfo,
    codebook: Codebook,
    segments: Sequence[CodedSegment],
    filters: Mapping[str, str],
) -> tuple[tuple[str, str], ...]:
    """Return the facts about the export; those that say nothing are left out."""
    revision, book = transcript.revision, codebook.info
    facts = {
        "project": info.title,
        "question": info.question,
        "exported at": f"{now()[:16].replace('T', ' ')} UTC",
        "source": f"{transcript.source.name}, {transcript.source.kind}",
        "revision": f"{revision.number} of {revisions}, from {revision.filename}",
        "codebook": f"{book.name}, version {book.version}" if book else "",
        **filters,
        "segments": str(len(segments)),
        "codings": str(sum(len(segment.codings) for segment in segments)),
    }
    return tuple((name, text) for name, text in facts.items() if text)

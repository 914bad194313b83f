"""Correcting sources: a corrected file or an edit becomes a new revision, and every segment finds its place in it or is
listed for a person. Removing them, if nothing rests on them."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from fwanalysis.domain.corrections import Correction, correction_of, validated
from fwanalysis.domain.ids import new_id
from fwanalysis.domain.importing import FileChoices, Notice, ParsedSource
from fwanalysis.domain.revisions import AnchorState, RevisionReport
from fwanalysis.domain.sources import Revision, Source, Speaker, Transcript, Turn, TurnKind
from fwanalysis.domain.text import text_hash
from fwanalysis.domain.transcripts import numbered
from fwanalysis.errors import Conflict, InvalidInput, Unchanged
from fwanalysis.project.context import find_source
from fwanalysis.project.importing.run import parsed_sources
from fwanalysis.project.importing.source_building import warning_text
from fwanalysis.project.input_files import read_whole
from fwanalysis.project.revising.anchoring import Replaced, replace_segments
from fwanalysis.project.revising.new_speakers import new_speakers
from fwanalysis.project.suggestion_updates import Followed, followed, keep
from fwanalysis.store.queries import revisions as revision_queries
from fwanalysis.store.queries import sources as queries
from fwanalysis.store.queries import suggestions as suggestion_queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.domain.cases import Membership
    from fwanalysis.project.context import Context
    from fwanalysis.store.changes import Changes
    from fwanalysis.store.reading import Reading


_HARDLY = 0.2
_HALF = 0.5
"""Shares of the old text that a new one holds: below the first it is no correction, below the second it is none if no
coded passage stands in it either."""


_PLAIN = {"txt", "md"}
"""The readers between which only endings and persons decide."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The text, turns and speakers that a source is to have, as a draft of it, and how they were read (``like``: a
    revision that was read so); ``data`` are the original bytes if they are new."""

    draft: ParsedSource
    like: Revision
    data: bytes | None = None

    @property
    def correction(self) -> Correction:
        """The text and the turns."""
        return Correction(self.draft.text, self.draft.turns)


@dataclass(frozen=True, slots=True)
class _Plan:
    """All that a new revision adds to the project."""

    before: Transcript
    wanted: _Wanted
    revision: Revision
    speakers: tuple[Speaker, ...]
    memberships: tuple[Membership, ...]
    turns: tuple[Turn, ...]
    replaced: Replaced
    warnings: tuple[str, ...]
    offers: Followed


def revise(
    context: Context,
    source: str,
    path: str | Path,
    choices: FileChoices,
    *,
    dry_run: bool = False,
    force: bool = False,
) -> RevisionReport:
    """See ``Sources.revise``."""
    file = Path(path)
    data = read_whole(file)
    with context.store.read() as connection:
        found = find_source(source, queries.sources(connection))
        before = queries.revision(connection, found.revision_id)
        known = frozenset(speaker.label for speaker in queries.speakers(connection, found.id))
    choices = replace(choices, speaker_labels=choices.speaker_labels | known)
    drafts = _read_as_before(before, file.name, data, choices)
    is_named = len(drafts) > 1  # in a table of answers, which is the file of several sources
    if not is_named:
        with context.store.read() as connection:
            _refuse_anothers(connection, found, file, data)
    draft = _draft_of(found, drafts)
    if dry_run:
        with context.store.read() as connection:
            plan = _plan(connection, found.id, _as_read(connection, found, draft, file.name, data))
        mistaken = None if is_named else _mistaken(plan)
        return _report(replace(plan, warnings=(*plan.warnings, mistaken)) if mistaken else plan, dry_run=True)
    with context.change("source.revise", f"revise {found.name}") as changes:
        plan = _plan(changes.connection, found.id, _as_read(changes.connection, found, draft, file.name, data))
        if not (force or is_named) and (mistaken := _mistaken(plan)):
            raise InvalidInput(mistaken)
        _write(changes, plan)
    keep(context, plan.offers.there)
    return _report(plan)


def correct(context: Context, source: str, correction: Correction, *, seen: str, what: str = "") -> RevisionReport:
    """See ``Sources.correct``."""
    from fwanalysis.formats.speakers.role_inference import behaviour, guess_speakers

    wanted = validated(correction)
    guesses = guess_speakers(behaviour(wanted.text, wanted.turns))
    with context.store.read() as connection:
        found = find_source(source, queries.sources(connection))
        text = queries.text(connection, queries.revision(connection, found.revision_id).text_hash)
    what = what or f"correct {'the turns of ' * (text == wanted.text)}{found.name}"
    with context.change("source.correct", what) as changes:
        present = queries.source(changes.connection, found.id)
        if present is None or present.revision_id != seen:
            raise Conflict(f"{found.name} was corrected by another coder", hint="reload and try again")
        like = queries.revision(changes.connection, seen)
        if text != wanted.text:  # lines may have moved: what was doubtful in one of them is settled or elsewhere
            like = replace(like, warnings=tuple(doubt for doubt in like.warnings if not doubt.startswith("Line ")))
        draft = ParsedSource(
            found.name,
            found.kind,
            wanted.text,
            wanted.turns,
            guesses,
            like.input_format,
            like.speaker_format,
            wanted.words,
        )
        plan = _plan(changes.connection, found.id, _Wanted(draft, like))
        _write(changes, plan)
    keep(context, plan.offers.there)
    return _report(plan)


def remove(context: Context, source: str) -> Source:
    """See ``Sources.remove``."""
    with context.store.read() as connection:
        found = find_source(source, queries.sources(connection))
    with context.change("source.remove", f"remove {found.name}") as changes:
        revisions = revision_queries.of_source(changes.connection, found.id)
        named = revision_queries.dependents_of(changes.connection, [revision.id for revision in revisions])
        if decisions := len(suggestion_queries.decisions(changes.connection, source_id=found.id)):
            named.append(f"{decisions} decision{'s' * (decisions > 1)} on suggestions")
        if named:
            listed = ", ".join(named[:3]) + (f" and {len(named) - 3} more" if len(named) > 3 else "")
            raise Conflict(f"cannot remove {found.name}; these depend on it: {listed}", hint="remove those first")
        for revision in revisions:
            changes.remove(*queries.turns(changes.connection, revision.id))
        changes.remove(*queries.speakers(changes.connection, found.id), *revisions, found)
    return found


def _read_as_before(before: Revision, filename: str, data: bytes, choices: FileChoices) -> tuple[ParsedSource, ...]:
    """The drafts of a file, read in the style in which its source was read before, unless a person chose one or little
    of it is in that style; and by the same reader, if both are plain text by their endings. A doubt tells where the
    style is not the one that the file would have by itself, or not the one before."""
    from fwanalysis.formats.speaker_formats import NO_LABELS, RANK

    drafts = parsed_sources(filename, data, choices)
    is_same_ending = Path(filename).suffix.lower() == Path(before.filename).suffix.lower()
    if choices.input_format is None and is_same_ending and {before.input_format, drafts[0].input_format} == _PLAIN:
        choices = replace(choices, input_format=before.input_format)
        drafts = parsed_sources(filename, data, choices)
    speaker_format = before.speaker_format
    if (
        len(drafts) > 1
        or choices.speaker_format
        or speaker_format not in RANK
        or speaker_format == NO_LABELS
        or drafts[0].speaker_format == speaker_format
    ):
        return drafts
    free = drafts[0]
    (kept, *more) = parsed_sources(filename, data, replace(choices, speaker_format=speaker_format))
    if more or kept.speaker_format != speaker_format or 2 * _labelled(kept) <= _labelled(free):
        told = (
            f"It was read as {speaker_format} before; little or nothing of this file is, "
            f"so it was read as {free.speaker_format}."
        )
        return (replace(free, warnings=(Notice(told), *free.warnings)),)
    told = (
        f"It was read as {speaker_format}, as before; by itself the file would be {free.speaker_format} "
        f"(--style {free.speaker_format})."
    )
    reason = kept.speaker_format_reason.replace("you chose this format", "it was read so before")
    return (replace(kept, speaker_format_reason=reason, warnings=(Notice(told), *kept.warnings)),)


def _labelled(draft: ParsedSource) -> int:
    return sum(turn.label is not None for turn in draft.turns)


def _refuse_anothers(connection: Reading, source: Source, file: Path, data: bytes) -> None:
    """InvalidInput for a file that is another source."""
    known = queries.by_original(connection, hashlib.sha256(data).hexdigest())
    if known is not None and known.id != source.id:
        raise InvalidInput(f'{file.name} is already imported as another source, "{known.name}"')


def _draft_of(source: Source, drafts: Sequence[ParsedSource]) -> ParsedSource:
    """The draft that is of the source: the only one, or the one of its name in a table of answers."""
    if len(drafts) == 1:
        return drafts[0]
    named = [draft for draft in drafts if draft.name == source.name]
    if len(named) != 1:
        raise InvalidInput(f'the file has {len(drafts)} sources, and none is called "{source.name}"')
    return named[0]


def _as_read(connection: Reading, source: Source, draft: ParsedSource, filename: str, data: bytes) -> _Wanted:
    """What a file says that a source should be."""
    like = replace(
        queries.revision(connection, source.revision_id),
        original_hash=hashlib.sha256(data).hexdigest(),
        filename=filename,
        input_format=draft.input_format,
        speaker_format=draft.speaker_format,
        speaker_format_reason=draft.speaker_format_reason,
        encoding=draft.encoding,
        warnings=tuple(warning_text(doubt, draft) for doubt in draft.warnings),
        metadata=tuple(draft.metadata.items()),
    )
    return _Wanted(replace(draft, name=source.name, kind=source.kind), like, data)


# From what is wanted to the rows of a revision


def _plan(connection: Reading, source_id: str, wanted: _Wanted) -> _Plan:
    source = queries.source(connection, source_id)
    if source is None:
        raise Conflict("the source was removed by another coder")
    before, correction = queries.transcript(connection, source), wanted.correction
    if correction_of(before) == correction:
        raise Unchanged(_nothing_new(before, wanted))
    known = {speaker.label: speaker for speaker in queries.speakers(connection, source_id)}
    speakers, memberships, warnings = new_speakers(connection, before, known, wanted.draft)
    revision = replace(
        wanted.like,
        id=new_id(),
        number=max(item.number for item in revision_queries.of_source(connection, source_id)) + 1,
        text_hash=text_hash(correction.text),
        length=len(correction.text),
        words=correction.words,
    )
    heard = known | {speaker.label: speaker for speaker in speakers}
    turns = numbered(correction.turns, revision.id, {label: speaker.id for label, speaker in heard.items()})
    voices = {speaker.id: speaker for speaker in heard.values()}
    after = Transcript(replace(source, revision_id=revision.id), revision, correction.text, turns, voices)
    return _Plan(
        before,
        wanted,
        revision,
        speakers,
        memberships,
        turns,
        replace_segments(connection, after),
        (*(revision.warnings if wanted.data is not None else ()), *warnings),
        followed(connection, after),
    )


def _nothing_new(before: Transcript, wanted: _Wanted) -> str:
    name = before.source.name
    if wanted.data is not None and wanted.like.original_hash == before.revision.original_hash:
        return (
            f"There is nothing to revise: {wanted.like.filename} is the file that {name} was read from, and reads the "
            "same. To read it in another way, say how with --reader, --style or --encoding."
        )
    return f"There is nothing to revise: the text and the turns of {name} are the same."


def _mistaken(plan: _Plan) -> str | None:
    """Why a new text looks like that of something else, in a sentence; None if it looks like a correction."""
    from fwanalysis.matching.text_overlap import share_kept

    if plan.wanted.like.original_hash == plan.before.revision.original_hash:
        return None  # its own file, read in another way
    segments, is_found = plan.replaced.segments, bool(plan.replaced.anchors)
    doubtful = bool(segments) and not is_found
    if share_kept(plan.before.text, plan.wanted.correction.text) >= (_HALF if doubtful else _HARDLY):
        return None
    why = "hardly any of its words stand"
    if doubtful and len(segments) > 1:
        why = f"none of its {len(segments)} coded passages stands"
    elif doubtful:
        why = "its coded passage does not stand"
    looks = f"{plan.revision.filename} does not look like a corrected {plan.before.source.name}"
    return f"{looks}: {why} in it; --force takes it all the same."


def _write(changes: Changes, plan: _Plan) -> None:
    if plan.wanted.data is not None:
        changes.keep_original(plan.revision.original_hash, plan.wanted.data)
    changes.keep_text(plan.revision.text_hash, plan.wanted.correction.text)
    for values in ((plan.revision,), plan.speakers, plan.turns, plan.memberships, plan.replaced.anchors):
        changes.add_all(values)
    changes.replace(replace(plan.before.source, revision_id=plan.revision.id), seen=plan.before.source)


def _report(plan: _Plan, *, dry_run: bool = False) -> RevisionReport:
    counts = Counter(segment.state for segment in plan.replaced.segments)
    return RevisionReport(
        source_id=plan.before.source.id,
        source=plan.before.source.name,
        revision_id=None if dry_run else plan.revision.id,
        number=plan.revision.number,
        unchanged=counts[AnchorState.UNCHANGED],
        moved=counts[AnchorState.MOVED],
        uncertain=counts[AnchorState.UNCERTAIN],
        not_found=counts[AnchorState.NOT_FOUND],
        is_reattributed=sum(segment.is_reattributed for segment in plan.replaced.segments),
        segments=plan.replaced.segments,
        turns_before=len(plan.before.speech),
        turns_after=sum(turn.kind is TurnKind.SPEECH for turn in plan.turns),
        speakers_new=tuple(speaker.label for speaker in plan.speakers),
        warnings=plan.warnings,
        suggestions_kept=plan.offers.kept,
        suggestions_ended=plan.offers.ended,
        dry_run=dry_run,
    )

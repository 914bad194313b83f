"""Revisions of a source: from a corrected file or an edit to the rows of a new revision, and removing a source."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fwanalysis.domain.corrections import Correction, correction_of, validated
from fwanalysis.domain.ids import new_id
from fwanalysis.domain.importing import FileChoices, ParsedSource
from fwanalysis.domain.revisions import AnchorState, RevisionReport
from fwanalysis.domain.sources import Revision, Source, Speaker, Transcript, Turn, TurnKind
from fwanalysis.domain.text import text_hash
from fwanalysis.domain.transcripts import numbered
from fwanalysis.errors import Conflict, InvalidInput, Unchanged
from fwanalysis.project.context import find_source
from fwanalysis.project.revising.corrected_file import CorrectedFile, read_corrected_file
from fwanalysis.project.revising.new_speakers import new_speakers
from fwanalysis.project.revising.replacing import Replaced, replace_segments
from fwanalysis.project.suggestion_updates import CarriedOver, carried_over, keep
from fwanalysis.store.queries import revisions as revision_queries
from fwanalysis.store.queries import sources as queries
from fwanalysis.store.queries import suggestions as suggestion_queries

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis.domain.cases import Membership
    from fwanalysis.project.context import Context
    from fwanalysis.store.changes import Changes
    from fwanalysis.store.reading import Reading


_FORCE = "to accept it all the same, use --force"

_LISTED = 3
"""How many dependents a message names."""

_MIN_KEPT = 0.2
_MIN_KEPT_WITHOUT_SEGMENTS = 0.5
"""Shares of the old text (0–1) that a corrected file must hold: at least the first, and at least the second if none of
the coded segments is found in it. A correction keeps nearly all; texts of another interview share few phrases."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The new content of a source.

    Attributes:
        parsed: The text, turns and speakers that the source is to have.
        like: A revision that was read in the same way.
        data: The bytes of the new original file; None if the original stays.
    """

    parsed: ParsedSource
    like: Revision
    data: bytes | None = None

    @property
    def correction(self) -> Correction:
        """The text and the turns."""
        return Correction(self.parsed.text, self.parsed.turns)


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
    suggestions: CarriedOver


def revise(
    context: Context,
    source: str,
    path: str | Path,
    choices: FileChoices,
    *,
    dry_run: bool = False,
    force: bool = False,
) -> RevisionReport:
    """Make a corrected file the present revision of a source; see ``Sources.revise``."""
    file = read_corrected_file(context, source, path, choices)
    found = file.source
    if dry_run:
        with context.store.read() as connection:
            plan = _plan(connection, found.id, _from_file(connection, file))
        problem = None if file.is_row else _why_unrelated(plan)
        warnings = plan.warnings if problem is None else (*plan.warnings, f"{problem}; {_FORCE}.")
        return _report(replace(plan, warnings=warnings), dry_run=True)
    with context.change("source.revise", f"revise {found.name}") as changes:
        plan = _plan(changes.connection, found.id, _from_file(changes.connection, file))
        if not (force or file.is_row) and (problem := _why_unrelated(plan)):
            raise InvalidInput(problem, hint=_FORCE)
        _write(changes, plan)
    keep(context, plan.suggestions.there)
    return _report(plan)


def correct(context: Context, source: str, correction: Correction, *, seen: str, what: str = "") -> RevisionReport:
    """Make a correction of the text or the turns the present revision; see ``Sources.correct``."""
    from fwanalysis.formats.speakers.role_inference import behaviour, infer_speakers

    wanted = validated(correction)
    speakers = infer_speakers(behaviour(wanted.text, wanted.turns))
    with context.store.read() as connection:
        found = find_source(source, queries.sources(connection))
        text = queries.text(connection, queries.revision(connection, found.revision_id).text_hash)
    what = what or f"correct {'the turns of ' * (text == wanted.text)}{found.name}"
    with context.change("source.correct", what) as changes:
        present = queries.source(changes.connection, found.id)
        if present is None or present.revision_id != seen:
            raise Conflict(f"{found.name} was corrected by another coder", hint="reload and try again")
        like = queries.revision(changes.connection, seen)
        if text != wanted.text:  # lines may have moved, so warnings about a line no longer apply
            like = replace(like, warnings=tuple(text for text in like.warnings if not text.startswith("Line ")))
        parsed = ParsedSource(
            found.name,
            found.kind,
            wanted.text,
            wanted.turns,
            speakers,
            like.input_format,
            like.speaker_format,
            wanted.words,
        )
        plan = _plan(changes.connection, found.id, _Wanted(parsed, like))
        _write(changes, plan)
    keep(context, plan.suggestions.there)
    return _report(plan)


def remove(context: Context, source: str) -> Source:
    """Delete a source that nothing depends on; see ``Sources.remove``."""
    with context.store.read() as connection:
        found = find_source(source, queries.sources(connection))
    with context.change("source.remove", f"remove {found.name}") as changes:
        revisions = revision_queries.of_source(changes.connection, found.id)
        dependents = revision_queries.dependents_of(changes.connection, [revision.id for revision in revisions])
        if decisions := len(suggestion_queries.decisions(changes.connection, source_id=found.id)):
            dependents.append(f"{decisions} decision{'s' * (decisions > 1)} on suggestions")
        if dependents:
            more = f" and {len(dependents) - _LISTED} more" if len(dependents) > _LISTED else ""
            listed = ", ".join(dependents[:_LISTED]) + more
            raise Conflict(f"cannot remove {found.name}; these depend on it: {listed}", hint="remove those first")
        for revision in revisions:
            changes.remove(*queries.turns(changes.connection, revision.id))
        changes.remove(*queries.speakers(changes.connection, found.id), *revisions, found)
    return found


def _from_file(connection: Reading, file: CorrectedFile) -> _Wanted:
    """Return the content that a file gives a source, which keeps its name and kind."""
    like = file.revision(queries.revision(connection, file.source.revision_id))
    return _Wanted(replace(file.parsed, name=file.source.name, kind=file.source.kind), like, file.data)


def _plan(connection: Reading, source_id: str, wanted: _Wanted) -> _Plan:
    source = queries.source(connection, source_id)
    if source is None:
        raise Conflict("the source was removed by another coder")
    before, correction = queries.transcript(connection, source), wanted.correction
    if correction_of(before) == correction:
        _refuse_unchanged(before, wanted)
    known = {speaker.label: speaker for speaker in queries.speakers(connection, source_id)}
    speakers, memberships, warnings = new_speakers(connection, before, known, wanted.parsed)
    revision = replace(
        wanted.like,
        id=new_id(),
        number=max(item.number for item in revision_queries.of_source(connection, source_id)) + 1,
        text_hash=text_hash(correction.text),
        length=len(correction.text),
        words=correction.words,
    )
    by_label = known | {speaker.label: speaker for speaker in speakers}
    turns = numbered(correction.turns, revision.id, {label: speaker.id for label, speaker in by_label.items()})
    by_id = {speaker.id: speaker for speaker in by_label.values()}
    after = Transcript(replace(source, revision_id=revision.id), revision, correction.text, turns, by_id)
    return _Plan(
        before,
        wanted,
        revision,
        speakers,
        memberships,
        turns,
        replace_segments(connection, after),
        (*(revision.warnings if wanted.data is not None else ()), *warnings),
        carried_over(connection, after),
    )


def _refuse_unchanged(before: Transcript, wanted: _Wanted) -> None:
    """Raise Unchanged, with a hint how else the file can be read if it is the original."""
    name = before.source.name
    if wanted.data is not None and wanted.like.original_hash == before.revision.original_hash:
        raise Unchanged(
            f"nothing to revise: {wanted.like.filename} is the file that {name} was read from, and reads the same",
            hint="to read it in another way, use --input-format, --speaker-format or --encoding",
        )
    raise Unchanged(f"nothing to revise: the text and the turns of {name} are the same")


def _why_unrelated(plan: _Plan) -> str | None:
    """Return why a new text does not look like a correction of the old one; None if it does."""
    from fwanalysis.matching.text_overlap import share_kept

    if plan.wanted.like.original_hash == plan.before.revision.original_hash:
        return None  # the same file, read in another way
    segments = plan.replaced.segments
    none_found = bool(segments) and not plan.replaced.anchors
    least = _MIN_KEPT_WITHOUT_SEGMENTS if none_found else _MIN_KEPT
    if share_kept(plan.before.text, plan.wanted.correction.text) >= least:
        return None
    why = "hardly any of its text occurs in the file"
    if none_found and len(segments) > 1:
        why = f"none of its {len(segments)} coded segments occurs in the file"
    elif none_found:
        why = "its coded segment does not occur in the file"
    return f"{plan.revision.filename} does not look like a corrected {plan.before.source.name}: {why}"


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
        suggestions_kept=plan.suggestions.kept,
        suggestions_ended=plan.suggestions.ended,
        dry_run=dry_run,
    )

"""The name, the kind and the own case of a source that is in the project already."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import Case, Level, folded
from fwanalysis.domain.importing import ParsedSource, ParsedSpeaker
from fwanalysis.domain.revisions import SourceSet
from fwanalysis.domain.sources import Role, SourceKind
from fwanalysis.errors import InvalidInput
from fwanalysis.project.context import find_source
from fwanalysis.project.importing.case_linking import case_name_in, is_generic, link_cases
from fwanalysis.project.importing.existing import Existing
from fwanalysis.project.memberships import group_speakers, keep_members
from fwanalysis.project.revising.reattribution import names_by_source, reattributions
from fwanalysis.store.queries import cases as case_queries
from fwanalysis.store.queries import sources as queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fwanalysis.domain.sources import Source, Speaker
    from fwanalysis.project.context import Context
    from fwanalysis.store.changes import Changes

_LEVELS = {SourceKind.FOCUS_GROUP: Level.GROUP, SourceKind.INTERVIEW: Level.PERSON}
"""The level that a source's own case must have; that of a document may have any."""


def rename(context: Context, source: str, name: str) -> Source:
    """See ``Sources.rename``."""
    name = " ".join(name.split())
    if not name:
        raise InvalidInput("A source needs a name.")
    with context.store.read() as connection:
        sources = queries.sources(connection)
    found = find_source(source, sources)
    taken = next((item for item in sources if item.id != found.id and folded(item.name) == folded(name)), None)
    if taken is not None:
        raise InvalidInput(f"{found.name} cannot be renamed to “{name}”: another source is called “{taken.name}”.")
    after = replace(found, name=name)
    with context.change("source.set", f"rename {found.name} to {name}") as changes:
        changes.replace(after, seen=found)
    return after


def set_source(context: Context, source: str, *, kind: SourceKind | None = None, case: str | None = None) -> SourceSet:
    """See ``Sources.set``."""
    with context.store.read() as connection:
        found = find_source(source, queries.sources(connection))
    with context.change("source.set", f"set {found.name}") as changes:
        return _set(changes, found, kind or found.kind, case)


def _set(changes: Changes, source: Source, kind: SourceKind, case: str | None) -> SourceSet:
    connection = changes.connection
    cases = {item.id: item for item in case_queries.cases(connection)}
    had = cases.get(source.case_id or "")
    if (kind, case) == (source.kind, None):
        return SourceSet(source.id, source.name, kind, had.name if had else None, (), None, (), ())
    speakers = [item for item in queries.speaking_speakers(connection) if item.source_id == source.id]
    before = names_by_source(connection, {source.id})
    spoke = group_speakers(speakers, {source.id: source})
    no_case = case == ""
    existing = Existing(connection).fork(may_make=False) if no_case else Existing(connection)
    kept = had if case is None and _keeps_case(had, kind, speakers) else None
    linked = link_cases(_as_parsed(source, speakers, kind, case, cases), existing, own=kept)
    own = None if no_case else linked.own
    by_label = {} if kind is SourceKind.DOCUMENT else dict(linked.by_label)
    changes.add_all(existing.made)
    if own is not None and own.level is not _LEVELS.get(kind, own.level):
        own = _with_level(changes, source, own, _LEVELS[kind], by_label.values())
    changed = replace(source, kind=kind, case_id=own.id if own else None)
    changes.replace(changed, seen=source)
    after = _link_speakers(changes, speakers, kind, by_label)
    keep_members(changes, spoke, group_speakers(after, {source.id: changed}))
    removed = _without_its_case(changes, source, had)
    moved = reattributions(before, names_by_source(changes.connection, {source.id}))
    return SourceSet(
        id=source.id,
        name=source.name,
        kind=kind,
        case=own.name if own else None,
        cases_made=tuple(item.name for item in existing.made),
        case_removed=removed,
        reattributions=moved.get(source.id, ()),
        warnings=tuple(warning.message for warning in linked.warnings),
    )


def _keeps_case(own: Case | None, kind: SourceKind, speakers: Sequence[Speaker]) -> bool:
    """Return whether a source keeps its own case when its kind changes.

    Args:
        own: The case of the source before the change.
        kind: The new kind.
        speakers: The speakers of the source.

    Notes:
        Only a group is given up: one whose source becomes an interview with several participants, or with a participant
        who is linked to another case.
    """
    if own is None:
        return False
    if kind is not SourceKind.INTERVIEW or own.level is Level.PERSON:
        return True
    participants = [speaker for speaker in speakers if speaker.role is Role.PARTICIPANT]
    return len(participants) < 2 and all(speaker.case_id in {None, own.id} for speaker in participants)


def _link_speakers(
    changes: Changes, speakers: Sequence[Speaker], kind: SourceKind, by_label: Mapping[str, Case]
) -> list[Speaker]:
    """Replace the speakers of a source by speakers with the cases of their labels, and return these."""
    linked = [_linked(speaker, kind, by_label) for speaker in speakers]
    for speaker, after in zip(speakers, linked, strict=True):
        changes.replace(after, seen=speaker)
    return linked


def _linked(speaker: Speaker, kind: SourceKind, by_label: Mapping[str, Case]) -> Speaker:
    """Return a speaker with the case of its label; who is no participant keeps the case, except in a document."""
    if speaker.role is not Role.PARTICIPANT and kind is not SourceKind.DOCUMENT:
        return speaker
    case = by_label.get(speaker.label)
    return replace(speaker, case_id=case.id if case else None)


def _as_parsed(
    source: Source, speakers: Iterable[Speaker], kind: SourceKind, case: str | None, cases: Mapping[str, Case]
) -> ParsedSource:
    """Return the source as an import would meet it.

    A speaker keeps a case that is not the source's own. In a source that becomes a focus group, a speaker whose label
    identifies a person keeps the source's own case too.
    """
    parsed = []
    for speaker in speakers:
        is_person = kind is SourceKind.FOCUS_GROUP and not is_generic(speaker.label)
        decided = speaker.case_id is not None and (speaker.case_id != source.case_id or is_person)
        named = cases[speaker.case_id].name if decided and speaker.case_id else None
        if speaker.case_id is None and kind is source.kind:
            named = ""
        parsed.append(ParsedSpeaker(speaker.label, speaker.role, speaker.role_reason, named))
    return ParsedSource(source.name, kind, "", (), tuple(parsed), "", "", 0, case=case or None)


def _with_level(changes: Changes, source: Source, case: Case, level: Level, speaking: Iterable[Case]) -> Case:
    """Give a case the level that a source of a kind needs; InvalidInput if something else says that it has another."""
    connection = changes.connection
    others = [item for item in queries.sources(connection) if item.case_id == case.id and item.id != source.id]
    heard = [item for item in queries.speakers(connection) if item.case_id == case.id and item.source_id != source.id]
    speaks = level is Level.GROUP and any(item.id == case.id for item in speaking)
    if others or heard or speaks:
        raise InvalidInput(
            f"The case of {source.name} would be {case.name}, which is a {case.level}, not a {level}. Choose another "
            "case with --case NAME."
        )
    changed = replace(case, level=level)
    changes.replace(changed)
    return changed


def _without_its_case(changes: Changes, source: Source, case: Case | None) -> str | None:
    """Remove the case that was made for a source, if nothing needs it any more; its name."""
    if case is None or folded(case.name) != folded(case_name_in(source.name)):
        return None
    if case_queries.is_used(changes.connection, case.id):
        return None
    changes.remove(case)
    return case.name

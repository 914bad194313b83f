"""Update pending suggestions when a source changes: carry them over to another revision, and drop those whose text
is now attributed to speakers that the rule excludes."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.store.queries import codebook as codebook_queries
from fwanalysis.store.queries import sources as source_queries
from fwanalysis.store.queries import suggestions as queries

if TYPE_CHECKING:
    from collections.abc import Collection

    from fwanalysis.domain.sources import Transcript
    from fwanalysis.domain.suggestions import Suggestion
    from fwanalysis.project.context import Context
    from fwanalysis.store.reading import Reading

CORRECTIONS = frozenset({"source.revise", "source.correct"})
"""The names of the changes that give a source another revision."""


def drop_excluded(context: Context, source_ids: Collection[str]) -> int:
    """Drop the pending suggestions in turns of speakers whom their rules exclude.

    Suggestions in turns that have become a participant's are made by the next run only.

    Returns:
        The number of suggestions dropped.
    """
    gone: list[str] = []
    with context.store.read() as connection:
        offered = {source_id: queries.pending(connection, source_id=source_id) for source_id in source_ids}
        if not any(offered.values()):
            return 0
        from fwanalysis.suggest import rules_of
        from fwanalysis.suggest.units import speech_of

        asks = {rule.rule_version_id: rule.spec.speakers for rule in rules_of(codebook_queries.codebook(connection))}
        sources = [item for item in source_queries.sources(connection) if offered.get(item.id)]
        for source in sources:
            speech = speech_of(source_queries.transcript(connection, source))
            for item in offered[source.id]:
                at = bisect_right(speech, item.start, key=lambda part: part.start) - 1
                if at >= 0 and asks[item.rule_version_id] not in speech[at].included_by:
                    gone.append(item.id)
    if gone:
        with context.store.derive("suggest.drop", "suggestions") as connection:
            queries.remove(connection, gone)
    return len(gone)


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """The suggestions of a source in another revision.

    Attributes:
        there: Those that a run would make again, with their spans in the new text.
        kept: How many of the pending ones are among them.
        ended: How many of the pending ones are not.
    """

    there: tuple[Suggestion, ...] = ()
    kept: int = 0
    ended: int = 0


def carried_over(connection: Reading, transcript: Transcript) -> CarriedOver:
    """Return the suggestions of a source that also hold in another of its revisions.

    New text may have suggestions of its own, which only a run finds.
    """
    source_id, revision_id = transcript.source.id, transcript.revision.id
    outdated = [item for item in queries.of_source(connection, source_id) if item.revision_id != revision_id]
    if not outdated:
        return CarriedOver()
    from fwanalysis.suggest import carry_suggestions, rules_of

    codebook = codebook_queries.codebook(connection)
    rules = {rule.rule_version_id: rule.spec for rule in rules_of(codebook)}
    there = tuple(carry_suggestions(outdated, rules, transcript, codebook.info.language if codebook.info else "en"))
    pending = {item.id for item in queries.pending(connection, source_id=source_id)}
    kept = sum(item.id in pending for item in there)
    return CarriedOver(there, kept, len(pending) - kept)


def keep(context: Context, suggestions: Collection[Suggestion]) -> None:
    """Store suggestions that were carried over, in place of those with the same ids."""
    if suggestions:
        # Names no table, so that on its way to a screen it takes the place of the correction or undo before it.
        with context.store.derive("suggest.follow") as connection:
            queries.move(connection, suggestions)


def carry_back(context: Context) -> None:
    """Carry the suggestions of all sources over to their present revisions, after a correction was undone or redone."""
    with context.store.read() as connection:
        homes = queries.sources_to_update(connection)
        there = [
            item
            for source in source_queries.sources(connection)
            if source.id in homes
            for item in carried_over(connection, source_queries.transcript(connection, source)).there
        ]
    keep(context, there)

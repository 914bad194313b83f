"""What becomes of pending suggestions when a source changes: they follow their words into another revision, and are
taken back once the words are no longer those of the speakers that a rule looks at."""

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
"""The changes that give a source another revision."""


def drop_unspoken(context: Context, source_ids: Collection[str]) -> int:
    """Take back the pending suggestions in these sources that stand in turns whose speakers their rules do not look at;
    how many. What is a participant's only now is proposed by the next run."""
    gone: list[str] = []
    with context.store.read() as connection:
        offered = {source_id: queries.pending(connection, source_id=source_id) for source_id in source_ids}
        if not any(offered.values()):
            return 0
        from fwanalysis.suggest import rules_of
        from fwanalysis.suggest.units import voices

        asks = {rule.rule_version_id: rule.spec.speakers for rule in rules_of(codebook_queries.codebook(connection))}
        sources = [item for item in source_queries.sources(connection) if offered.get(item.id)]
        for source in sources:
            heard = voices(source_queries.transcript(connection, source))
            for item in offered[source.id]:
                at = bisect_right(heard, item.start, key=lambda voice: voice.start) - 1
                if at >= 0 and asks[item.rule_version_id] not in heard[at].heard_by:
                    gone.append(item.id)
    if gone:
        with context.store.derive("suggest.drop", "suggestions") as connection:
            queries.remove(connection, gone)
    return len(gone)


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of a source's suggestions in another revision: those that hold there too, and of the pending ones how
    many go on and how many end."""

    there: tuple[Suggestion, ...] = ()
    kept: int = 0
    ended: int = 0


def followed(connection: Reading, transcript: Transcript) -> Followed:
    """What becomes of the suggestions of *transcript*'s source in it: one holds where a run over it would make the same
    again. What the new words bring, only a run says."""
    source_id, revision_id = transcript.source.id, transcript.revision.id
    strays = [item for item in queries.of_source(connection, source_id) if item.revision_id != revision_id]
    if not strays:
        return Followed()
    from fwanalysis.suggest import follow, rules_of

    codebook = codebook_queries.codebook(connection)
    rules = {rule.rule_version_id: rule.spec for rule in rules_of(codebook)}
    there = tuple(follow(strays, rules, transcript, codebook.info.language if codebook.info else "en"))
    pending = {item.id for item in queries.pending(connection, source_id=source_id)}
    kept = sum(item.id in pending for item in there)
    return Followed(there, kept, len(pending) - kept)


def keep(context: Context, suggestions: Collection[Suggestion]) -> None:
    """Have suggestions stand where they were followed to."""
    if suggestions:
        # Names no table, so that on its way to a screen it takes the place of the correction or undo before it.
        with context.store.derive("suggest.follow") as connection:
            queries.move(connection, suggestions)


def follow_back(context: Context) -> None:
    """Have the suggestions of sources whose revision is another (a correction was undone or done again) stand in it as
    far as they hold there."""
    with context.store.read() as connection:
        homes = queries.strays(connection)
        there = [
            item
            for source in source_queries.sources(connection)
            if source.id in homes
            for item in followed(connection, source_queries.transcript(connection, source)).there
        ]
    keep(context, there)

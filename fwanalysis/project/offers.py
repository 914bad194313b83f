"""Taking back what is offered as evidence once the words are no longer those of the speakers that a rule looks at."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from fwanalysis.store.queries import codebook as codebook_queries
from fwanalysis.store.queries import sources as source_queries
from fwanalysis.store.queries import suggestions as queries

if TYPE_CHECKING:
    from collections.abc import Collection

    from fwanalysis.project.context import Context


def drop_unheard(context: Context, source_ids: Collection[str]) -> int:
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
        with context.store.derive("suggest.drop") as connection:
            queries.remove(connection, gone)
    return len(gone)

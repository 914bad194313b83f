"""Suggestions and decisions as lists show them: names in place of ids, with the turn, the cases and the quotation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.codings import Origin, Stance
from fwanalysis.domain.suggestions import SuggestionView
from fwanalysis.domain.text import Span, quote_places
from fwanalysis.store.queries import codings as coding_queries
from fwanalysis.store.queries import revisions as revision_queries
from fwanalysis.store.queries import sources as source_queries
from fwanalysis.store.queries import suggestions as suggestion_queries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fwanalysis.domain.suggestions import Decision, Suggestion
    from fwanalysis.project.views import Views
    from fwanalysis.store.reading import Reading

PENDING = "pending"


class Texts:
    """The texts of revisions, each read once."""

    def __init__(self, connection: Reading) -> None:
        self._connection = connection
        self._texts: dict[str, str] = {}

    def of(self, revision_id: str) -> str:
        """Return the text of a revision."""
        if revision_id not in self._texts:
            revision = source_queries.revision(self._connection, revision_id)
            self._texts[revision_id] = source_queries.text(self._connection, revision.text_hash)
        return self._texts[revision_id]

    def quote(self, item: Suggestion) -> str:
        """Return the text of a suggestion's span."""
        return item.span.of(self.of(item.revision_id))


def pending_view(views: Views, item: Suggestion, quote: str) -> SuggestionView:
    """Return a pending suggestion as lists show it; *quote* is the text of its span."""
    return replace(_view(views, item.id, item, quote), hits=item.hits, stance=item.stance)


def decided_views(
    connection: Reading, views: Views, decisions: Sequence[Decision], texts: Texts
) -> Iterator[SuggestionView]:
    """Yield decisions as lists show them.

    Turn and cases are those of the same words in the present text; both are None if these cannot be located. The stance
    is that of the coding, else that of the suggestion if the last run made it again.
    """
    anchored = {item.coding.id: item for item in coding_queries.evidence(connection)} if decisions else {}
    suggested = suggestion_queries.stances(connection, {decision.suggestion_id for decision in decisions})
    corrected_at: dict[str, str] = {}
    for decision in decisions:
        source = views.sources[decision.source_id]
        if source.id not in corrected_at:
            revision = source_queries.revision(connection, source.revision_id)
            since = source.imported_at
            origin = revision_queries.origin(connection, revision.id, since=since) if revision.number > 1 else None
            corrected_at[source.id] = origin[0] if origin else ""
        coded = anchored.get(decision.coding_id or "")
        is_recent = corrected_at[source.id] <= decision.decided_at
        span = coded.anchor.span if coded else _span_now(decision, texts.of(source.revision_id), is_recent=is_recent)
        stance = coded.coding.stance if coded else suggested.get(decision.suggestion_id, Stance.FOR)
        yield _decided_view(views, decision, span, stance)


def _span_now(decision: Decision, text: str, *, is_recent: bool) -> Span | None:
    """Return the span of the decision's words in the present text.

    Args:
        decision: The decision, with the words and their span at that time.
        text: The present text of its source.
        is_recent: Whether the decision was taken on this text.

    Returns:
        The recorded span if *is_recent*, else that of the only occurrence; None if there is no single one.
    """
    recorded = Span(decision.start, decision.end)
    if is_recent and recorded.of(text) == decision.quote:
        return recorded
    found = quote_places(text, decision.quote)
    return found[0] if len(found) == 1 else None


def _decided_view(views: Views, decision: Decision, span: Span | None, stance: Stance) -> SuggestionView:
    located = replace(decision, start=span.start, end=span.end) if span else decision
    view = replace(
        _view(views, decision.suggestion_id, located, decision.quote),
        stance=stance,
        coder=views.coders[decision.coder_id],
        created=decision.decided_at,
        state=decision.verdict.value,
        note=decision.note,
    )
    return view if span else replace(view, turn=None, case=None)


def _view(views: Views, suggestion_id: str, item: Suggestion | Decision, quote: str) -> SuggestionView:
    """Return what the views of suggestions and of decisions have in common."""
    entry, span = views.codebook.by_id[item.code_id], Span(item.start, item.end)
    return SuggestionView(
        id=suggestion_id,
        code_id=entry.id,
        code=entry.name,
        code_path=entry.path,
        source_id=item.source_id,
        source=views.sources[item.source_id].name,
        case=views.case_names(item.source_id, span),
        coder=None,
        start=item.start,
        end=item.end,
        turn=views.turn(item.source_id, span),
        quote=quote,
        stance=Stance.FOR,
        origin=Origin.SUGGESTION,
        created=None,
        hits=(),
        score=item.score,
        reason=item.reason,
        state=PENDING,
        note="",
    )

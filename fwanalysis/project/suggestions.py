"""Suggestions: running the rules, and deciding on what they propose."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypedDict, Unpack

from fwanalysis.domain.codings import Coding, Origin
from fwanalysis.domain.ids import new_id, now
from fwanalysis.domain.suggestions import Decision, RunReport, Suggestion, SuggestionView, Verdict
from fwanalysis.domain.text import Span, quote_places
from fwanalysis.errors import InvalidInput, NotFound
from fwanalysis.project.codings import Codings, Views, check_present, segment_at
from fwanalysis.project.context import Context, find_case, find_source, full_ids, source_named
from fwanalysis.store.queries import codebook as codebook_queries
from fwanalysis.store.queries import codings as coding_queries
from fwanalysis.store.queries import revisions as revision_queries
from fwanalysis.store.queries import sources as source_queries
from fwanalysis.store.queries import suggestions as queries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from fwanalysis.domain.codebook import Codebook
    from fwanalysis.domain.sources import Source
    from fwanalysis.store.reading import Reading
    from fwanalysis.suggest import RuleSet, Tokens, WordCounts

PENDING = "pending"


class Which(TypedDict, total=False):
    """Which pending suggestions: those that meet all that is named, or *everything*."""

    source: str | None
    code: str | None
    case: str | None
    min_score: float | None
    everything: bool


class Suggestions:
    """What the rules of the codebook propose in the sources, and what became of it."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def run(self, *, source: str | None = None, code: str | None = None) -> Iterator[RunReport]:
        """Run the rules (of a code and those below it) over the sources (or one), source by source, reporting after
        each; stop iterating to stop. What this run finds takes the place of what earlier runs found there; what was
        decided stays decided, and a passage that carries the code already is not proposed for it again."""
        with self._context.store.read() as connection:
            codebook = codebook_queries.codebook(connection)
            sources = source_queries.sources(connection)
        wanted = {find_source(source, sources).id} if source else {item.id for item in sources}
        code_ids = codebook.below(codebook.find(code).id) if code else frozenset(codebook.by_id)
        rules = self._rules(codebook, code_ids)
        found = new = decided = 0
        chosen = [item for item in sources if item.id in wanted]
        for done, item in enumerate(chosen, 1):
            proposed, fresh, settled = self._run_source(rules, item, code_ids)
            found, new, decided = found + proposed, new + fresh, decided + settled
            yield RunReport(item.name, done, len(chosen), found, new, decided)

    def _rules(self, codebook: Codebook, code_ids: frozenset[str]) -> RuleSet:
        from fwanalysis.suggest import prepare, rules_of

        rules = [rule for rule in rules_of(codebook) if rule.code_id in code_ids]
        if not rules:
            raise InvalidInput("the codebook has no rules", hint="import one with rules: fwa codebook import FILE")
        language = codebook.info.language if codebook.info else "en"
        return prepare(rules, self._word_counts(), language)

    def _word_counts(self) -> Iterator[WordCounts]:
        """Yield the words and counts of every source's present text; texts without cached tokens are tokenised."""
        from fwanalysis.suggest import WordCounts, unpack_words

        missing = []
        with self._context.store.read() as connection:
            for text_hash, cached in queries.present_tokens(connection):
                try:
                    yield unpack_words(cached or b"")
                except ValueError:  # none yet, or of an older format
                    missing.append(text_hash)
        for text_hash in missing:
            with self._context.store.read() as connection:
                text = source_queries.text(connection, text_hash)
            tokens = self._tokenise(text_hash, text)
            yield WordCounts(tokens.words, tokens.counts)

    def _tokenise(self, text_hash: str, text: str) -> Tokens:
        """Tokenise a text and cache its tokens."""
        from fwanalysis.suggest import pack, tokenise

        tokens = tokenise(text)
        with self._context.store.derive("suggest.tokens", "tokens") as connection:
            queries.keep_tokens(connection, text_hash, pack(tokens))
        return tokens

    def _run_source(self, rules: RuleSet, source: Source, code_ids: Collection[str]) -> tuple[int, int, int]:
        from fwanalysis.suggest import unpack

        with self._context.store.read() as connection:
            transcript = source_queries.transcript(connection, source)
            text_hash = transcript.revision.text_hash
            cached = queries.tokens(connection, text_hash)
            decided = {decision.suggestion_id for decision in queries.decisions(connection, source_id=source.id)}
            coded: dict[str, list[Span]] = {}
            for item in coding_queries.evidence(connection, source_id=source.id):
                coded.setdefault(item.coding.code_id, []).append(item.anchor.span)
        tokens = unpack(cached) if cached else self._tokenise(text_hash, transcript.text)
        proposed = [
            suggestion
            for suggestion in rules.propose(transcript, tokens)
            if suggestion.id in decided
            or not any(span.covers(suggestion.span) for span in coded.get(suggestion.code_id, ()))
        ]
        with self._context.store.derive("suggest.run", "suggestions") as connection:
            before = queries.replace_suggestions(connection, proposed, source_id=source.id, code_ids=code_ids)
        ids = {suggestion.id for suggestion in proposed}
        return len(ids), len(ids - before - decided), len(ids & decided)

    def list(
        self,
        *,
        source: str | None = None,
        code: str | None = None,
        case: str | None = None,
        min_score: float | None = None,
        state: str = PENDING,
    ) -> Sequence[SuggestionView]:
        """Suggestions in a state: ``pending`` (the present offer), ``accepted`` or ``rejected`` (the decisions), or
        ``all``.

        *code* takes those below it too; *min_score* lies in 0..1.
        """
        _check_score(min_score)
        states = (PENDING, *Verdict)
        if state not in (*states, "all"):
            raise InvalidInput(f'invalid status "{state}"', hint="use pending, accepted, rejected or all")
        with self._context.store.read() as connection:
            views = Views(connection)
            code_ids = views.codebook.below(views.codebook.find(code).id) if code else None
            source_id = find_source(source, views.sources.values()).id if source else None
            case_id = find_case(case, views.cases.values(), views.aliases).id if case else None
            shown = []
            texts = _Quotes(connection)
            if state in (PENDING, "all"):
                for item in queries.pending(connection, source_id=source_id, code_ids=code_ids, min_score=min_score):
                    shown.append(_pending_view(views, item, texts.of(item)))
            if state != PENDING:
                decisions = [
                    decision
                    for decision in queries.decisions(connection, source_id=source_id)
                    if state in ("all", decision.verdict)
                    and (code_ids is None or decision.code_id in code_ids)
                    and decision.score >= (min_score or 0)
                ]
                shown += _decided_views(connection, views, decisions, texts)
        if case_id is None:
            return shown
        return [
            view
            for view in shown
            if view.turn is not None or view.case is not None
            if case_id in views.cases_at(view.source_id, Span(view.start, view.end))
        ]

    def of_source(self, source_id: str) -> Sequence[Suggestion]:
        """The pending suggestions of one source in the order of its text: what a screen draws."""
        with self._context.store.read() as connection:
            return queries.pending(connection, source_id=source_id)

    def pending_by_source(self) -> Mapping[str, int]:
        """Return how many suggestions are pending in each source, by source id; sources without any are left out."""
        with self._context.store.read() as connection:
            return queries.pending_by_source(connection)

    def pending_by_code(self, *, source: str | None = None, code: str | None = None) -> Mapping[str, int]:
        """Count the pending suggestions of each code that has any, by the path of the code.

        Args:
            source: Only those in this source.
            code: Only those of this code and the codes below it.
        """
        with self._context.store.read() as connection:
            codebook = codebook_queries.codebook(connection, with_rules=False)
            code_ids = codebook.below(codebook.find(code).id) if code else codebook.by_id.keys()
            source_id = source_named(connection, source).id if source else None
            counts = queries.pending_by_code(connection, source_id=source_id)
        return {
            entry.path: counts[entry.id] for entry in codebook.entries if entry.id in counts and entry.id in code_ids
        }

    def accept(self, ids: Iterable[str] = (), *, note: str = "", **which: Unpack[Which]) -> Sequence[str]:
        """Accept pending suggestions: each becomes a coding by this coder that remembers the suggestion. One step of
        undo. *note* says why.

        Ids, or a filter (*source*, *code* and those below it, *case*, *min_score* in 0..1), or *everything* must
        be given (InvalidInput). An id may be cut to a beginning of six characters or more; one that names no pending
        suggestion is NotFound, one that names several Ambiguous. Returns the whole ids accepted.
        """
        return self._decide(self._choose(ids, **which), Verdict.ACCEPTED, note)

    def reject(self, ids: Iterable[str] = (), *, note: str = "", **which: Unpack[Which]) -> Sequence[str]:
        """Reject pending suggestions: they do not come back until the rule or the text changes. Otherwise as
        ``accept``."""
        return self._decide(self._choose(ids, **which), Verdict.REJECTED, note)

    def _choose(self, ids: Iterable[str], **which: Unpack[Which]) -> Sequence[Suggestion]:
        source, code, case = which.get("source"), which.get("code"), which.get("case")
        min_score, everything = which.get("min_score"), which.get("everything")
        wanted = list(ids)
        _check_score(min_score)
        if not (wanted or source or code or case or everything or min_score is not None):
            raise InvalidInput(
                "no suggestions specified", hint="give ids, a filter (--source, --code, --case, --min-score) or --all"
            )
        with self._context.store.read() as connection:
            wanted = full_ids(
                wanted,
                lambda: (item.id for item in queries.pending(connection)),
                what="pending suggestion",
                listing="fwa suggest list",
            )
            codebook = codebook_queries.codebook(connection, with_rules=False) if code else None
            found = queries.pending(
                connection,
                source_id=find_source(source, source_queries.sources(connection)).id if source else None,
                code_ids=codebook.below(codebook.find(code).id) if codebook and code else None,
                min_score=min_score,
                ids=wanted or None,
            )
            if case:
                views = Views(connection)
                case_id = find_case(case, views.cases.values(), views.aliases).id
                found = [item for item in found if case_id in views.cases_at(item.source_id, item.span)]
        missing = set(wanted) - {suggestion.id for suggestion in found}
        if missing and not (source or code or case or min_score is not None):
            raise NotFound(f"no pending suggestion {min(missing)}", hint="list them with: fwa suggest list")
        return found

    def _decide(self, chosen: Sequence[Suggestion], verdict: Verdict, note: str) -> Sequence[str]:
        if not chosen:
            return []
        codings = Codings(self._context)
        verb = "accept" if verdict is Verdict.ACCEPTED else "reject"
        with self._context.store.read() as connection:
            codebook = codebook_queries.codebook(connection, with_rules=False)
        what = f"{len(chosen)} suggestions" if len(chosen) > 1 else f"“{codebook.by_id[chosen[0].code_id].name}”"
        with self._context.change(f"suggest.{verb}", f"{verb} {what}") as changes:
            for source_id, revision_id in {(item.source_id, item.revision_id) for item in chosen}:
                check_present(changes, source_id, revision_id)
            quotes = _Quotes(changes.connection)
            decided = queries.decided_ids(changes.connection)  # meanwhile, by somebody who was quicker
            chosen = [item for item in chosen if item.id not in decided]
            for item in chosen:
                coding = None
                if verdict is Verdict.ACCEPTED:
                    anchor = segment_at(
                        changes, item.source_id, item.revision_id, quotes.text(item.revision_id), item.span
                    )
                    code = codebook.by_id[item.code_id].code
                    coding, _ = codings.put(changes, anchor, code, Origin.SUGGESTION, suggestion_id=item.id)
                changes.add(self._decision(item, verdict, note, quotes.of(item), coding))
        return [item.id for item in chosen]

    def _decision(self, item: Suggestion, verdict: Verdict, note: str, quote: str, coding: Coding | None) -> Decision:
        return Decision(
            id=new_id(),
            suggestion_id=item.id,
            verdict=verdict,
            code_id=item.code_id,
            rule_version_id=item.rule_version_id,
            source_id=item.source_id,
            start=item.start,
            end=item.end,
            quote=quote,
            score=item.score,
            reason=item.reason,
            coder_id=self._context.coder.id,
            coding_id=coding.id if coding else None,
            note=note,
            decided_at=now(),
        )


class _Quotes:
    """The words of suggestions, each text read once."""

    def __init__(self, connection: Reading) -> None:
        self._connection = connection
        self._texts: dict[str, str] = {}

    def text(self, revision_id: str) -> str:
        if revision_id not in self._texts:
            revision = source_queries.revision(self._connection, revision_id)
            self._texts[revision_id] = source_queries.text(self._connection, revision.text_hash)
        return self._texts[revision_id]

    def of(self, item: Suggestion) -> str:
        return item.span.of(self.text(item.revision_id))


def _check_score(min_score: float | None) -> None:
    if min_score is not None and not 0 <= min_score <= 1:
        raise InvalidInput(f"invalid score {min_score:g}", hint="use a number from 0 to 1")


def _pending_view(views: Views, item: Suggestion, quote: str) -> SuggestionView:
    return replace(_view(views, item.id, item, quote), hits=item.hits)


def _decided_views(
    connection: Reading, views: Views, decisions: Sequence[Decision], texts: _Quotes
) -> Iterator[SuggestionView]:
    """Decisions as lists show them, with turn and case as the words stand in the present text; without, if that cannot
    be told."""
    stands = {item.coding.id: item.anchor.span for item in coding_queries.evidence(connection)} if decisions else {}
    made: dict[str, str] = {}
    for decision in decisions:
        source = views.sources[decision.source_id]
        if source.id not in made:
            revision = source_queries.revision(connection, source.revision_id)
            since = source.imported_at
            origin = revision_queries.origin(connection, revision.id, since=since) if revision.number > 1 else None
            made[source.id] = origin[0] if origin else ""
        anchored = stands.get(decision.coding_id or "")
        is_recent = made[source.id] <= decision.decided_at
        place = anchored or _place_of(decision, texts.text(source.revision_id), is_recent=is_recent)
        yield _decided_view(views, decision, place)


def _place_of(decision: Decision, text: str, *, is_recent: bool) -> Span | None:
    """Where the words decided on stand in the present *text*: at the place noted, if the decision *is_recent* (taken on
    this text), else where they stand once; None if that cannot be told."""
    noted = Span(decision.start, decision.end)
    if is_recent and noted.of(text) == decision.quote:
        return noted
    found = quote_places(text, decision.quote)
    return found[0] if len(found) == 1 else None


def _decided_view(views: Views, decision: Decision, place: Span | None) -> SuggestionView:
    stated = replace(decision, start=place.start, end=place.end) if place else decision
    view = replace(
        _view(views, decision.suggestion_id, stated, decision.quote),
        coder=views.coders[decision.coder_id],
        created=decision.decided_at,
        state=decision.verdict.value,
        note=decision.note,
    )
    return view if place else replace(view, turn=None, case=None)


def _view(views: Views, suggestion_id: str, item: Suggestion | Decision, quote: str) -> SuggestionView:
    """What a suggestion and a decision on one have in common, spelled out."""
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
        origin=Origin.SUGGESTION,
        created=None,
        hits=(),
        score=item.score,
        reason=item.reason,
        state=PENDING,
        note="",
    )

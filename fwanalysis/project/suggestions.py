"""Suggestions: running the rules, listing what they suggest, accepting and rejecting it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fwanalysis.domain.codings import Coding, Origin
from fwanalysis.domain.ids import new_id, now
from fwanalysis.domain.suggestions import Decision, RunReport, Suggestion, SuggestionFilter, Verdict
from fwanalysis.domain.text import Span
from fwanalysis.errors import InvalidInput, NotFound
from fwanalysis.project.context import Context, find_case, find_source, full_ids, source_named
from fwanalysis.project.segments import check_present, put_coding, segment_at
from fwanalysis.project.suggestion_views import PENDING, Texts, decided_views, pending_view
from fwanalysis.project.views import Views
from fwanalysis.store.queries import cases as case_queries
from fwanalysis.store.queries import codebook as codebook_queries
from fwanalysis.store.queries import codings as coding_queries
from fwanalysis.store.queries import sources as source_queries
from fwanalysis.store.queries import suggestions as queries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from fwanalysis.domain.codebook import Codebook
    from fwanalysis.domain.codings import Stance
    from fwanalysis.domain.sources import Source
    from fwanalysis.domain.suggestions import SuggestionView
    from fwanalysis.store.reading import Reading
    from fwanalysis.suggest import RuleSet, Tokens, WordCounts


@dataclass(frozen=True, slots=True)
class _Conditions:
    """A filter with ids in place of names; None and no ids: any."""

    source_id: str | None
    code_ids: Collection[str] | None
    case_id: str | None
    min_score: float | None
    ids: frozenset[str]

    def fits(self, decision: Decision) -> bool:
        """Return whether a decision meets all conditions but the case, which the present text decides."""
        return (
            (self.source_id is None or decision.source_id == self.source_id)
            and (self.code_ids is None or decision.code_id in self.code_ids)
            and (self.min_score is None or decision.score >= self.min_score)
            and (not self.ids or decision.suggestion_id in self.ids)
        )


class Suggestions:
    """The suggestions of a project, pending and decided."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def run(self, *, source: str | None = None, code: str | None = None) -> Iterator[RunReport]:
        """Run the rules over the sources, one source at a time; stop iterating to stop the run.

        The suggestions found replace those of earlier runs of the same rules in that source. Decided suggestions stay
        decided, and a span that is already coded with a code is not suggested for it again; white space and
        punctuation at its edges make no difference.

        Args:
            source: Name or id of the only source to run over; all by default.
            code: Key, path or id of a code: only its rules and those of the codes below it.

        Yields:
            A report after each source.

        Raises:
            InvalidInput: If there are no rules to run.
        """
        with self._context.store.read() as connection:
            codebook = codebook_queries.codebook(connection)
            sources = source_queries.sources(connection)
        wanted = {find_source(source, sources).id} if source else {item.id for item in sources}
        code_ids = codebook.below(codebook.find(code).id) if code else frozenset(codebook.by_id)
        rules = self._rules(codebook, code_ids)
        found = new = decided = 0
        chosen = [item for item in sources if item.id in wanted]
        for done, item in enumerate(chosen, 1):
            in_source = self._run_source(rules, item, code_ids)
            found, new, decided = found + in_source[0], new + in_source[1], decided + in_source[2]
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
        """Run the rules over one source; returns the suggestions found, the new and the decided ones among them."""
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
        suggested = [
            suggestion
            for suggestion in rules.propose(transcript, tokens)
            if suggestion.id in decided
            or not any(
                span.covers(suggestion.span.without_edges(transcript.text))
                for span in coded.get(suggestion.code_id, ())
            )
        ]
        with self._context.store.derive("suggest.run", "suggestions") as connection:
            before = queries.replace_suggestions(connection, suggested, source_id=source.id, code_ids=code_ids)
        ids = {suggestion.id for suggestion in suggested}
        return len(ids), len(ids - before - decided), len(ids & decided)

    def list(self, which: SuggestionFilter | None = None, *, state: str = PENDING) -> Sequence[SuggestionView]:
        """List suggestions with names, turn, cases and quotation.

        Args:
            which: Only those that meet this filter; all by default.
            state: ``pending``, ``accepted``, ``rejected`` or ``all``.

        Returns:
            The pending ones in text order, then the decided ones in the order of the decisions.
        """
        states = (PENDING, *Verdict)
        if state not in (*states, "all"):
            raise InvalidInput(f'invalid status "{state}"', hint="use pending, accepted, rejected or all")
        with self._context.store.read() as connection:
            where = _resolved(connection, which or SuggestionFilter(), state=state)
            views, texts = Views(connection), Texts(connection)
            shown: list[SuggestionView] = []
            if state in (PENDING, "all"):
                shown += [pending_view(views, item, texts.quote(item)) for item in _pending(connection, where, views)]
            if state != PENDING:
                decisions = [
                    decision
                    for decision in queries.decisions(connection, source_id=where.source_id)
                    if state in ("all", decision.verdict) and where.fits(decision)
                ]
                decided = decided_views(connection, views, decisions, texts)
                shown += [view for view in decided if where.case_id is None or _is_of_case(views, view, where.case_id)]
        return shown

    def of_source(self, source_id: str) -> Sequence[Suggestion]:
        """Return the pending suggestions of one source, in text order."""
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

    def accept(self, which: SuggestionFilter, *, note: str = "", stance: Stance | None = None) -> Sequence[str]:
        """Accept pending suggestions: each becomes a coding by this coder, in one undo step.

        Args:
            which: Those to accept; ``SuggestionFilter(everything=True)`` for all.
            note: The reason, kept with the decisions; the codings have no note.
            stance: The stance of the codings; that of each suggestion by default.

        Returns:
            The whole ids of the suggestions accepted; none if no pending suggestion meets the filter.

        Raises:
            InvalidInput: If the filter is empty.
            NotFound: If an id of the filter names no pending suggestion.
            Ambiguous: If the first characters of an id name several.
        """
        return self._decide(self._chosen(which), Verdict.ACCEPTED, note, stance)

    def reject(self, which: SuggestionFilter, *, note: str = "") -> Sequence[str]:
        """Reject pending suggestions: they are not suggested again until the rule or the text changes.

        Arguments, result and errors are those of ``accept``, which alone has a stance.
        """
        return self._decide(self._chosen(which), Verdict.REJECTED, note)

    def _chosen(self, which: SuggestionFilter) -> Sequence[Suggestion]:
        if which.is_empty:
            raise InvalidInput(
                "no suggestions specified", hint="give ids, a filter (--source, --code, --case, --min-score) or --all"
            )
        with self._context.store.read() as connection:
            where = _resolved(connection, which, state=PENDING)
            found = _pending(connection, where)
        missing = where.ids - {suggestion.id for suggestion in found}
        if missing and replace(which, ids=()).is_empty:
            raise NotFound(f"no pending suggestion {min(missing)}", hint="list them with: fwa suggest list")
        return found

    def _decide(
        self, chosen: Sequence[Suggestion], verdict: Verdict, note: str, stance: Stance | None = None
    ) -> Sequence[str]:
        """Record a decision on each suggestion that is still undecided; returns their ids."""
        if not chosen:
            return []
        verb = "accept" if verdict is Verdict.ACCEPTED else "reject"
        with self._context.store.read() as connection:
            codebook = codebook_queries.codebook(connection, with_rules=False)
        what = f"{len(chosen)} suggestions" if len(chosen) > 1 else f"“{codebook.by_id[chosen[0].code_id].name}”"
        with self._context.change(f"suggest.{verb}", f"{verb} {what}") as changes:
            for source_id, revision_id in {(item.source_id, item.revision_id) for item in chosen}:
                check_present(changes, source_id, revision_id)
            texts = Texts(changes.connection)
            decided = queries.decided_ids(changes.connection)  # by another coder, since the suggestions were read
            chosen = [item for item in chosen if item.id not in decided]
            for item in chosen:
                coding = None
                if verdict is Verdict.ACCEPTED:
                    text, code = texts.of(item.revision_id), codebook.by_id[item.code_id].code
                    anchor = segment_at(changes, item.source_id, item.revision_id, text, item.span)
                    coder_id = self._context.coder.id
                    coding, _ = put_coding(
                        changes,
                        anchor,
                        code,
                        coder_id,
                        Origin.SUGGESTION,
                        suggestion_id=item.id,
                        stance=stance or item.stance,
                    )
                changes.add(self._decision(item, verdict, note, texts.quote(item), coding))
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


def _resolved(connection: Reading, which: SuggestionFilter, *, state: str) -> _Conditions:
    """Look up the names of a filter. Ids are looked up among the suggestions of a state: pending, or any other."""
    codebook = codebook_queries.codebook(connection, with_rules=False) if which.code else None
    ids = full_ids(
        which.ids,
        lambda: (
            (item.id for item in queries.pending(connection))
            if state == PENDING
            else {*(item.id for item in queries.pending(connection)), *queries.decided_ids(connection)}
        ),
        what="pending suggestion" if state == PENDING else "suggestion",
        listing="fwa suggest list",
    )
    return _Conditions(
        source_id=source_named(connection, which.source).id if which.source else None,
        code_ids=codebook.below(codebook.find(which.code).id) if codebook and which.code else None,
        case_id=_case_id(connection, which.case) if which.case else None,
        min_score=which.min_score,
        ids=frozenset(ids),
    )


def _case_id(connection: Reading, name: str) -> str:
    return find_case(name, case_queries.cases(connection), case_queries.aliases(connection)).id


def _pending(connection: Reading, where: _Conditions, views: Views | None = None) -> Sequence[Suggestion]:
    """Return the pending suggestions that meet all conditions, in text order."""
    found = queries.pending(
        connection,
        source_id=where.source_id,
        code_ids=where.code_ids,
        min_score=where.min_score,
        ids=where.ids or None,
    )
    if where.case_id is None:
        return found
    views = views or Views(connection)
    return [item for item in found if where.case_id in views.cases_at(item.source_id, item.span)]


def _is_of_case(views: Views, view: SuggestionView, case_id: str) -> bool:
    """Return whether a decided suggestion, if it is located in the present text, is attributed to a case."""
    is_located = view.turn is not None or view.case is not None
    return is_located and case_id in views.cases_at(view.source_id, Span(view.start, view.end))

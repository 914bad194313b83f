"""Rules compiled for a corpus, and the suggestions that they make in one source.

Pure, and safe to share between threads: each source is processed by itself, and nothing is kept between sources.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from fwanalysis.domain.codebook import Scope
from fwanalysis.domain.codings import Stance
from fwanalysis.domain.sources import Transcript
from fwanalysis.domain.suggestions import Suggestion, suggestion_id
from fwanalysis.domain.text import Span, one_line
from fwanalysis.suggest import phrase_search
from fwanalysis.suggest.denials import is_denied
from fwanalysis.suggest.phrase_search import Hit, PhraseIndex
from fwanalysis.suggest.rules import CodeRule, CompiledRule, PlacedHits, compile_rule, terms_of
from fwanalysis.suggest.terms import Phrase, expand
from fwanalysis.suggest.tokens import Tokens, normal
from fwanalysis.suggest.units import Units, speech_of, units_of
from fwanalysis.suggest.vocabulary import Vocabulary

REASON_LENGTH = 120
"""The largest length of a reason, in code points."""


class Proposal(NamedTuple):
    """A match of a rule in a unit of text (a sentence, turn or clause).

    Attributes:
        start: Where the unit begins, in code points.
        end: Where it ends, exclusive.
        rule: Number of the rule in its rule set.
        score: 0 to 1.
        occurrence: How many units with the same text precede it in the source.
        hits: The matches of terms in it.
    """

    start: int
    end: int
    rule: int
    score: float
    occurrence: int
    hits: list[Hit]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules compiled for a corpus by ``compile_rules``; ``phrases`` are all their distinct terms, expanded."""

    rules: tuple[CompiledRule, ...]
    phrases: tuple[Phrase, ...]
    index: PhraseIndex
    language: str

    def propose(self, transcript: Transcript, tokens: Tokens) -> list[Suggestion]:
        """Return the suggestions for one source, in text order.

        Args:
            transcript: The source with its text and turns.
            tokens: The tokens of that text.

        Returns:
            One suggestion for each code and unit of text. Where several rules of a code match the same unit, or one
            within another, the highest score is kept; of equal scores the shorter unit, then the earlier rule.
        """
        text = transcript.text
        hits = phrase_search.find(self.index, text, tokens)
        if not hits:
            return []
        speech = speech_of(transcript)
        best: dict[tuple[str, int, int], Proposal] = {}
        scopes = {rule.scope for rule in self.rules}
        for scope in scopes:
            units = units_of(scope, text, speech, tokens, self.language)
            for proposal in self._holding(scope, units, hits, text):
                key = (self.rules[proposal.rule].code_id, proposal.start, proposal.end)
                if key not in best or _better(proposal) < _better(best[key]):
                    best[key] = proposal
        kept = list(best.values()) if len(scopes) == 1 else self._not_nested(best.values())
        return [self._suggestion(proposal, transcript) for proposal in sorted(kept)]

    def _holding(self, scope: Scope, units: Units, hits: Mapping[int, Sequence[Hit]], text: str) -> Iterator[Proposal]:
        placed = PlacedHits(units, hits)
        occurrences = units.occurrences(text)
        for number, rule in enumerate(self.rules):
            if rule.scope is not scope:
                continue
            for unit, evidence in rule.evidence(placed).items():
                if rule.speakers in units.included_by[unit]:
                    score = self._score(rule, evidence)
                    yield Proposal(units.starts[unit], units.ends[unit], number, score, occurrences[unit], evidence)

    def _not_nested(self, proposals: Iterable[Proposal]) -> list[Proposal]:
        """Return the proposals that neither contain nor lie within a better one, itself kept, of the same code."""
        stays: dict[str, list[tuple[int, int]]] = {}
        kept: list[Proposal] = []
        for proposal in sorted(proposals, key=_better):
            spans = stays.setdefault(self.rules[proposal.rule].code_id, [])
            if not _nested(spans, proposal.start, proposal.end):
                insort(spans, (proposal.start, proposal.end))
                kept.append(proposal)
        return kept

    def _score(self, rule: CompiledRule, evidence: Iterable[Hit]) -> float:
        """Score a rule match between 0 and 1.

            score = weight * (1 - product of (1 - specificity) over the distinct matched terms)

        This is the noisy-OR of the specificities of the terms (Pearl 1988, section 4.3) times the weight of the rule,
        rounded to 4 decimals. It puts suggestions in order; it is not a calibrated probability.
        """
        unspecific = 1.0
        for phrase in {hit.phrase for hit in evidence}:
            unspecific *= 1.0 - self.phrases[phrase].specificity
        return round(rule.weight * (1.0 - unspecific), 4)

    def _suggestion(self, proposal: Proposal, transcript: Transcript) -> Suggestion:
        rule = self.rules[proposal.rule]
        source_id, text = transcript.source.id, transcript.text
        start, end, *_ = proposal
        spans = _merged(proposal.hits)
        return Suggestion(
            suggestion_id(rule.code_id, rule.version_id, source_id, text[start:end], proposal.occurrence),
            rule.code_id,
            rule.version_id,
            source_id,
            transcript.revision.id,
            start,
            end,
            proposal.score,
            reason(tuple([text[start:end] for start, end in spans]), rule.note),
            spans,
            Stance.AGAINST if is_denied(text, Span(start, end), spans, self.language) else Stance.FOR,
        )


def compile_rules(rules: Sequence[CodeRule], vocabulary: Vocabulary) -> RuleSet:
    """Compile rules for the corpus of a vocabulary.

    First the distinct terms of all rules are expanded and numbered, then each rule is written in those numbers.

    Raises:
        InvalidInput: If a term cannot be used (names it and its code), or a rule states nothing to look for.
    """
    code_of: dict[str, str] = {}
    for rule in rules:
        for term in terms_of(rule.spec):
            code_of.setdefault(term, rule.code_name)
    phrases = tuple(expand(term, vocabulary, code=code) for term, code in code_of.items())
    numbers = {term: number for number, term in enumerate(code_of)}
    compiled = tuple(compile_rule(rule, numbers) for rule in rules)
    return RuleSet(compiled, phrases, phrase_search.index_phrases(phrases, vocabulary), vocabulary.language)


@lru_cache(4096)
def reason(words: tuple[str, ...], note: str) -> str:
    """Return one line with the matched words (each once, at most three) and the rule's note, cut to REASON_LENGTH."""
    distinct = list({normal(word): f"“{one_line(word)}”" for word in reversed(words)}.values())[::-1]
    named, more = distinct[:3], len(distinct) - 3
    if more > 0:
        named.append(f"{more} more")
    said = ", ".join(named[:-1]) + " and " + named[-1] if len(named) > 1 else named[0]
    line = one_line(f"{said}: {note}") if note else said
    return line if len(line) <= REASON_LENGTH else line[: REASON_LENGTH - 1].rstrip() + "…"


def _merged(hits: Sequence[Hit]) -> tuple[tuple[int, int], ...]:
    """Return the spans of the hits in text order; hits that overlap are one span."""
    if len(hits) == 1:
        return ((hits[0].start, hits[0].end),)
    spans: list[tuple[int, int]] = []
    for start, end, *_ in sorted(hits):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return tuple(spans)


def _better(proposal: Proposal) -> tuple[float, int, int]:
    """Return a sort key: the higher score first, then the shorter unit, then the earlier rule."""
    return (-proposal.score, proposal.end - proposal.start, proposal.rule)


def _nested(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Return whether ``[start, end)`` lies within or contains one of the spans, which are in order and not nested."""
    after = bisect_left(spans, start, key=lambda span: span[0])
    around = after < len(spans) and spans[after][1] <= end
    up_to = bisect_right(spans, start, key=lambda span: span[0])
    within = up_to > 0 and spans[up_to - 1][1] >= end
    return around or within

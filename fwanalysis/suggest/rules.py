"""A rule whose terms have become phrase numbers, and whether it holds among the hits of one unit of text.

Knows hits; nothing of texts, turns or sources.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fwanalysis.domain.codebook import Codebook, ParsedCode, ParsedCodebook, RuleSpec, Scope, Speakers
from fwanalysis.errors import InvalidInput
from fwanalysis.suggest.phrase_search import Hit
from fwanalysis.suggest.units import Units


@dataclass(frozen=True, slots=True)
class CodeRule:
    """What a rule states, and the code that it proposes; ``code_name`` is for messages."""

    code_id: str
    rule_version_id: str
    code_name: str
    spec: RuleSpec


def rules_of(codebook: Codebook) -> tuple[CodeRule, ...]:
    """The rules of the codes that are not retired, in reading order."""
    return tuple(
        CodeRule(entry.id, version.id, entry.name, version.spec)
        for entry in codebook.entries
        if not entry.code.retired
        for version in entry.rules
    )


def rules_of_parsed(draft: ParsedCodebook) -> tuple[CodeRule, ...]:
    """The rules of a codebook file's codes, retired ones too; a code's id is its path, a rule's is path#number, from
    1."""

    def walk(codes: Sequence[ParsedCode], above: str) -> Iterator[CodeRule]:
        for code in codes:
            path = above + (code.key or code.name)
            for number, spec in enumerate(code.rules, start=1):
                yield CodeRule(path, f"{path}#{number}", code.name, spec)
            yield from walk(code.codes, path + "/")

    return tuple(walk(draft.codes, ""))


@dataclass(frozen=True, slots=True)
class PlacedHits:
    """The hits in a source, by the number of their phrase, to be looked at by unit."""

    units: Units
    by_phrase: Mapping[int, Sequence[Hit]]

    def inside(self, phrases: Iterable[int]) -> dict[int, list[Hit]]:
        """By unit, the hits of any of these phrases that lie inside it."""
        starts, ends = self.units.starts, self.units.ends
        found: dict[int, list[Hit]] = {}
        for phrase in phrases:
            for hit in self.by_phrase.get(phrase, ()):
                unit = bisect_right(starts, hit.start) - 1
                if unit < 0 or hit.end > ends[unit]:
                    continue
                if unit in found:
                    found[unit].append(hit)
                else:
                    found[unit] = [hit]
        return found

    def reached(self, phrases: Iterable[int]) -> set[int]:
        """The units into which a hit of any of these phrases reaches, be it across an end."""
        starts, ends = self.units.starts, self.units.ends
        return {
            unit
            for phrase in phrases
            for hit in self.by_phrase.get(phrase, ())
            for unit in range(bisect_right(ends, hit.start), bisect_left(starts, hit.end))
        }


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule in phrase numbers. ``required`` and ``near`` are sets of alternatives: ``any`` is one set, ``all`` as many
    as it has entries."""

    code_id: str
    version_id: str
    scope: Scope
    speakers: Speakers
    required: tuple[frozenset[int], ...]
    near: tuple[frozenset[int], ...]
    within: int
    excluded: frozenset[int]
    weight: float
    note: str

    def evidence(self, hits: PlacedHits) -> dict[int, list[Hit]]:
        """The units in which the rule holds, each with the hits that make it hold, in no order.

        It holds where one phrase of each required set occurs, one of each set of ``near`` so that there are at most
        ``within`` words from the first word of them all to the last (neighbours are one word apart) and no two share a
        word, and where no hit of an excluded phrase reaches. Evidence are all hits of the required sets, and those that
        take part in one such choice for ``near``.
        """
        required = [hits.inside(alternatives) for alternatives in self.required]
        near = [hits.inside(alternatives) for alternatives in self.near]
        units = set.intersection(*map(set, (*required, *near))) - hits.reached(self.excluded)
        found = required[0] if len(required) == 1 else _together(required, units)
        if not near:
            return {unit: found[unit] for unit in units}
        close = {unit: _close([one[unit] for one in near], self.within) for unit in units}
        return {unit: [*found.get(unit, ()), *chosen] for unit, chosen in close.items() if chosen}


def terms_of(spec: RuleSpec) -> Iterator[str]:
    """Yield all terms of a rule, in the order in which it states them."""
    near = spec.near.terms if spec.near else ()
    for entry in (spec.any, *spec.all, *near, spec.not_):
        yield from entry


def compile_rule(rule: CodeRule, number_of: Mapping[str, int]) -> CompiledRule:
    """Write a rule in the numbers of its terms.

    Args:
        rule: The rule.
        number_of: The number of each of its terms.

    Raises:
        InvalidInput: If the rule states nothing to look for.
    """
    spec = rule.spec

    def numbers(terms: Iterable[str]) -> frozenset[int]:
        return frozenset(number_of[term] for term in terms)

    required = (spec.any, *spec.all) if spec.any else spec.all
    near = spec.near.terms if spec.near else ()
    if not (required or near) or not all((*required, *near)):
        raise InvalidInput(
            f"A rule of the code “{rule.code_name}” states nothing to look for; "
            "give it at least one term in any, all or near."
        )
    return CompiledRule(
        rule.code_id,
        rule.rule_version_id,
        spec.scope,
        spec.speakers,
        tuple(numbers(entry) for entry in required),
        tuple(numbers(entry) for entry in near),
        spec.near.within if spec.near else 0,
        numbers(spec.not_),
        spec.weight,
        spec.note,
    )


def _together(sets: Sequence[Mapping[int, Sequence[Hit]]], units: Iterable[int]) -> dict[int, list[Hit]]:
    return {unit: [hit for one in sets for hit in one[unit]] for unit in units}


def _close(sets: Sequence[Sequence[Hit]], within: int) -> set[Hit]:
    ordered = [sorted(hits, key=_first) for hits in sets]
    return {hit for choice in _choices(ordered, within) for hit in choice}


def _first(hit: Hit) -> int:
    return hit.first


def _choices(sets: Sequence[Sequence[Hit]], within: int, chosen: tuple[Hit, ...] = ()) -> Iterator[tuple[Hit, ...]]:
    """Every choice of one hit per (ordered) set that lies within so many words and shares none."""
    if len(chosen) == len(sets):
        yield chosen
        return
    hits = sets[len(chosen)]
    if chosen:
        earliest = max(one.last for one in chosen) - within
        latest = min(one.first for one in chosen) + within
        hits = hits[bisect_left(hits, earliest, key=_first) : bisect_right(hits, latest, key=_first)]
    for hit in hits:
        apart = all(hit.last < other.first or other.last < hit.first for other in chosen)
        choice = (*chosen, hit)
        if apart and max(one.last for one in choice) - min(one.first for one in choice) <= within:
            yield from _choices(sets, within, choice)

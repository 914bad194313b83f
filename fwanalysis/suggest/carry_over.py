"""Carry suggestions over to another revision of their source without running the rules again.

A rule depends on the text of one unit only. If the other revision has a unit with the same text, the same number of
equal units before it, and a speaker whom the rule includes, a run would make a suggestion with the same id there. The
id identifies that unit, so the text that the suggestion was made on is not needed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from fwanalysis.domain.codebook import RuleSpec, Scope
from fwanalysis.domain.sources import Transcript
from fwanalysis.domain.suggestions import Suggestion, suggestion_id
from fwanalysis.suggest.units import speech_of, units_of


def carry_suggestions(
    suggestions: Iterable[Suggestion], rules: Mapping[str, RuleSpec], transcript: Transcript, language: str
) -> list[Suggestion]:
    """Return the suggestions that a run over *transcript* would make again, with their spans in its text.

    Args:
        suggestions: Suggestions of one source, of any revision.
        rules: The present rules by version id; suggestions of other rules are dropped.
        transcript: The source in another revision.
        language: Language of the codebook, as for a run.
    """
    wanted: dict[Scope, dict[tuple[str, str, int], dict[str, Suggestion]]] = {}
    for item in suggestions:
        if spec := rules.get(item.rule_version_id):
            alike = wanted.setdefault(spec.scope, {})
            alike.setdefault((item.code_id, item.rule_version_id, item.end - item.start), {})[item.id] = item
    found = []
    speech, text, source_id = speech_of(transcript), transcript.text, transcript.source.id
    for scope, groups in wanted.items():
        units = units_of(scope, text, speech, None, language)
        occurrences = units.occurrences(text)
        by_length: dict[int, list[int]] = {}
        for unit, (start, end) in enumerate(zip(units.starts, units.ends, strict=True)):
            by_length.setdefault(end - start, []).append(unit)
        for (code_id, version_id, length), items in groups.items():
            for unit in by_length.get(length, ()):
                if rules[version_id].speakers not in units.included_by[unit]:
                    continue
                start = units.starts[unit]
                words = text[start : start + length]
                its_id = suggestion_id(code_id, version_id, source_id, words, occurrences[unit])
                if its_id in items:
                    found.append(_at(items[its_id], start, transcript.revision.id))
    return found


def _at(item: Suggestion, start: int, revision_id: str) -> Suggestion:
    shift = start - item.start
    hits = tuple((begin + shift, end + shift) for begin, end in item.hits)
    return replace(item, revision_id=revision_id, start=start, end=item.end + shift, hits=hits)

"""Suggestions that go on in another revision of their source, without running the rules again.

A rule looks at nothing but the words of one unit. So where a unit with the same words stands in the other revision (as
often before it as before, for speakers that the rule looks at), a run would make the suggestion of the same id there.
Which unit that is, the id itself says; the text that the suggestion came from need not be there any more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from fwanalysis.domain.codebook import RuleSpec, Scope
from fwanalysis.domain.sources import Transcript
from fwanalysis.domain.suggestions import Suggestion, suggestion_id
from fwanalysis.suggest.units import units_of, voices


def follow(
    suggestions: Iterable[Suggestion], rules: Mapping[str, RuleSpec], transcript: Transcript, language: str
) -> list[Suggestion]:
    """Those of one source's *suggestions* that hold in *transcript* too, with their places there; *rules* are what is
    stated by version id, and suggestions of others end. *language* as for a run."""
    wanted: dict[Scope, dict[tuple[str, str, int], dict[str, Suggestion]]] = {}
    for item in suggestions:
        if spec := rules.get(item.rule_version_id):
            alike = wanted.setdefault(spec.scope, {})
            alike.setdefault((item.code_id, item.rule_version_id, item.end - item.start), {})[item.id] = item
    found = []
    heard, text, source_id = voices(transcript), transcript.text, transcript.source.id
    for scope, groups in wanted.items():
        units = units_of(scope, text, heard, None, language)
        occurrences = units.occurrences(text)
        by_length: dict[int, list[int]] = {}
        for unit, (start, end) in enumerate(zip(units.starts, units.ends, strict=True)):
            by_length.setdefault(end - start, []).append(unit)
        for (code_id, version_id, length), items in groups.items():
            for unit in by_length.get(length, ()):
                if rules[version_id].speakers not in units.heard_by[unit]:
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

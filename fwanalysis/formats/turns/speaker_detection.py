"""Decide which candidate labels of a file are speakers, with the criterion for each.

Pure: candidate labels in, keys of speaker labels out. The criteria are in ``turns.label_criteria``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import LabelDecision
from fwanalysis.formats.speakers.labels import shown
from fwanalysis.formats.turns.file_criteria import FILE_CRITERIA, STRICT_FILE_CRITERIA, FileCriterion
from fwanalysis.formats.turns.label_criteria import CRITERIA, REJECTIONS, STRICT_CRITERIA, Criterion
from fwanalysis.formats.turns.label_evidence import Evidence, forms_of, gather, gather_strict, keys_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from fwanalysis.formats.turns.label_candidates import Candidate

MAX_DECISIONS = 200
"""How many decisions are kept for a report; speakers are first, then the most frequent others."""
_NOTHING = Evidence("", (), (), MappingProxyType({}), MappingProxyType({}), 0)


@dataclass(frozen=True, slots=True)
class DetectedSpeakers:
    """The labels (keys) of a file that are speakers, with evidence and criteria."""

    labels: frozenset[str] = frozenset()
    evidence: Evidence = _NOTHING
    criteria: Mapping[str, Criterion] = field(default_factory=dict)
    rejected: FileCriterion | None = None

    def without(self, labels: Collection[str], criterion: Criterion) -> DetectedSpeakers:
        """Return the result without some labels (keys), rejected by *criterion*."""
        dropped = self.labels.intersection(labels)
        if not dropped:
            return self
        return replace(
            self, labels=self.labels - dropped, criteria={**self.criteria, **dict.fromkeys(dropped, criterion)}
        )

    def decisions(self) -> tuple[LabelDecision, ...]:
        """Return the decision on each candidate label and its reason.

        Speakers are first, then the others by frequency.
        """
        if not self.evidence.candidates:
            return ()
        labels = [candidate.label for candidate in self.evidence.candidates]
        spelled, keys = Counter(labels), dict(zip(labels, self.evidence.keys, strict=True))
        usual: dict[str, str] = {}
        for label, _ in spelled.most_common():
            usual.setdefault(keys[label], label)
        ranked = sorted(usual, key=lambda key: (key not in self.labels, -self.evidence.counts[key]))
        return tuple(self._decision(key, shown(usual[key])) for key in ranked[:MAX_DECISIONS])

    def _decision(self, key: str, label: str) -> LabelDecision:
        count = self.evidence.counts[key]
        criterion = self.criteria.get(key)
        if key in self.labels and criterion:
            name, reason = criterion.name, criterion.reason
        elif criterion and criterion.is_speaker and self.rejected:
            name, reason = self.rejected.name, self.rejected.reason
        elif criterion and not criterion.is_speaker:
            name, reason = criterion.name, criterion.reason
        else:
            rejection = next(one for one in REJECTIONS if one.applies(self.evidence, key))
            name, reason = rejection.name, rejection.reason
        return LabelDecision(label, count, key in self.labels, name, reason.format(count=f"{count:,}"))


NOTHING_DETECTED = DetectedSpeakers()


def detect_speakers(text: str, candidates: Sequence[Candidate], units: int) -> DetectedSpeakers:
    """Decide which candidate labels in a file are speakers.

    Labels are judged together over the whole file: a label is a speaker if it recurs, has a typical form (P07,
    Interviewer), or looks like the other labels. Heuristic; no probabilities.

    Args:
        text: The file's text.
        candidates: Candidate labels with positions, at most one per line.
        units: Number of paragraphs in *text*.

    Returns:
        The labels; none if the file does not look like a transcript. If there are more than
        ``label_evidence.MAX_DISTINCT_LABELS`` distinct candidates, only the most frequent are considered.
    """
    return _decided(gather(text, candidates, units), CRITERIA, FILE_CRITERIA)


def detect_strict(candidates: Sequence[Candidate], units: int) -> DetectedSpeakers:
    """Decide which labels are speakers in a format not specific to labels.

    In such a format (a short line, a heading, in brackets) only labels that recur are recognised, and typical ones
    beside them.
    """
    return _decided(gather_strict(candidates, units), STRICT_CRITERIA, STRICT_FILE_CRITERIA)


def detect_by(criterion: Criterion, candidates: Sequence[Candidate]) -> DetectedSpeakers:
    """Accept every label that *criterion* selects, without the file criteria."""
    keys = keys_of(candidates)
    evidence = Evidence("", candidates, keys, Counter(keys), forms_of(candidates), len(candidates))
    labels = criterion.select(evidence, ())
    return DetectedSpeakers(frozenset(labels), evidence, dict.fromkeys(labels, criterion))


def _decided(
    evidence: Evidence, criteria: Sequence[Criterion], file_criteria: Sequence[FileCriterion]
) -> DetectedSpeakers:
    """Apply the criteria in order, then the checks of the whole file."""
    decided: dict[str, Criterion] = {}
    speakers: set[str] = set()
    for criterion in criteria:
        if criterion.needs_speakers and not speakers:
            continue
        selected = criterion.select(evidence, speakers)
        if not selected:
            continue
        changed = set(selected) - speakers if criterion.is_speaker else speakers.intersection(selected)
        decided.update(dict.fromkeys(changed, criterion))
        speakers = speakers | changed if criterion.is_speaker else speakers - changed
    dropped = [label for label, criterion in decided.items() if criterion.name == "agenda-item"]
    silent = sum(evidence.counts[label] for label in dropped)
    for check in file_criteria:
        if check.rejects(evidence, speakers, silent):
            return DetectedSpeakers(frozenset(), evidence, decided, check)
    return DetectedSpeakers(frozenset(speakers), evidence, decided)

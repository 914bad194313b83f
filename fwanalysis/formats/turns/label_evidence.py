"""Collect what a file shows about its candidate speaker labels.

How often each occurs, what it looks like, and where. Pure; ``turns.label_criteria`` judges the evidence.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.domain.text import WORD
from fwanalysis.formats.speaker_formats import BOLD_LABEL, LABEL_ANGLE, LABEL_BRACKET
from fwanalysis.formats.speakers.labels import LabelForm, form, form_in_brackets, is_word_of_documents, key
from fwanalysis.formats.speakers.role_lexicon import ANSWERS, ASKS, said_by
from fwanalysis.formats.turns.speaker_thresholds import MAX_DISTINCT_LABELS, MIN_OCCURRENCES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from fwanalysis.formats.turns.label_candidates import Candidate

COLON = re.compile("[:：]")
_MAX_SEARCHED = 20
"""Labels up to which a search for each in the text is faster than splitting the text into words."""
_SENTENCE_ENDS = (".", "。", "۔", "।")
_MAX_INITIALS = 4
"""Characters of a last word such as ``J.K.`` whose full stop does not end a sentence."""
_SUFFIXES = ("Jr.", "Sr.")
_SPELLED_OUT = (LabelForm.NAME, LabelForm.PLAIN)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The candidate labels of a file and their counts; labels are keys.

    Attributes:
        text: The whole text.
        candidates: Candidate labels in order of position.
        keys: The key of each candidate (``labels.key``), in the same order.
        counts: How many lines begin with each label.
        forms: What each label looks like, in order of first appearance.
        units: How many paragraphs (or lines, if no empty lines separate paragraphs) the text has.
        rare: Labels written as names that begin fewer than ``MIN_OCCURRENCES`` lines, without ordinary words.
        ordinary: Labels written as names that also occur in the text as ordinary words in lower case.
    """

    text: str
    candidates: Sequence[Candidate]
    keys: Sequence[str]
    counts: Mapping[str, int]
    forms: Mapping[str, LabelForm]
    units: int
    rare: frozenset[str] = frozenset()
    ordinary: frozenset[str] = frozenset()

    @property
    def spelled_out(self) -> list[str]:
        """Labels that are written as a name or as ordinary words."""
        return [label for label, looks in self.forms.items() if looks in _SPELLED_OUT]

    def of(self, labels: Collection[str]) -> list[Candidate]:
        """Return the candidates whose labels (keys) are among *labels*."""
        return [candidate for candidate, label in zip(self.candidates, self.keys, strict=True) if label in labels]


def gather(text: str, candidates: Sequence[Candidate], units: int) -> Evidence:
    """Collect the evidence about candidate labels, except short bold sentences."""
    candidates = [candidate for candidate in candidates if not is_emphasised(text, candidate)]
    keys = keys_of(candidates)
    counts = Counter(keys)
    if len(counts) > MAX_DISTINCT_LABELS:
        likely = {label for label, _ in counts.most_common(MAX_DISTINCT_LABELS)}
        candidates = with_labels(candidates, likely)
        keys = keys_of(candidates)
    forms = forms_of(candidates)
    named = {label for label, looks in forms.items() if looks is LabelForm.NAME and counts[label] < MIN_OCCURRENCES}
    ordinary = _ordinary_words(text, named)
    rare = {label for label in named - ordinary if counts[label] > 1 or not is_word_of_documents(label)}
    return Evidence(text, candidates, keys, counts, forms, units, frozenset(rare), ordinary)


def gather_strict(candidates: Sequence[Candidate], units: int) -> Evidence:
    """Collect the evidence for a format that is not specific to labels.

    In such a format (in brackets, alone on a line) lines also begin with much that is not a label.
    """
    in_brackets = bool(candidates) and candidates[0].speaker_format in (LABEL_BRACKET, LABEL_ANGLE)
    judged = form_in_brackets if in_brackets else form_alone
    forms = {key(label): judged(label) for label in dict.fromkeys(candidate.label for candidate in candidates)}
    keys = keys_of(candidates)
    return Evidence("", candidates, keys, Counter(keys), forms, units)


def keys_of(candidates: Sequence[Candidate]) -> list[str]:
    """Return the keys of the labels, in order, each computed once."""
    labels = [candidate.label for candidate in candidates]
    known = {label: key(label) for label in set(labels)}
    return [known[label] for label in labels]


def with_labels(candidates: Sequence[Candidate], labels: Collection[str]) -> list[Candidate]:
    """Return the candidates whose labels (as keys) are among *labels*."""
    return [candidate for candidate, label in zip(candidates, keys_of(candidates), strict=True) if label in labels]


def forms_of(candidates: Sequence[Candidate]) -> dict[str, LabelForm]:
    """Return the form of each label (key), from its most typical spelling."""
    forms: dict[str, LabelForm] = {}
    for label in dict.fromkeys(candidate.label for candidate in candidates):
        looks, folded = form(label), key(label)
        if folded not in forms or looks.value < forms[folded].value:
            forms[folded] = looks
    return forms


def form_alone(label: str) -> LabelForm:
    """Return the form of a short line as a label; ``NONE`` if it is a sentence."""
    looks = form(label)
    if not label.endswith(_SENTENCE_ENDS):
        return looks
    last = label.split()[-1]
    short = len(last) <= _MAX_INITIALS and (last.isupper() or last in _SUFFIXES or looks is LabelForm.TYPICAL)
    return looks if short or said_by(label) in (ASKS, ANSWERS) else LabelForm.NONE


def has_label_mark(text: str, candidate: Candidate) -> bool:
    """Return whether a label has more than bold text, which may be emphasis."""
    return (
        candidate.speaker_format != BOLD_LABEL
        or candidate.time is not None
        or COLON.search(text, candidate.start, candidate.words) is not None
    )


def is_emphasised(text: str, candidate: Candidate) -> bool:
    """Return whether a label is a short sentence in bold: **Never.**"""
    stops = candidate.speaker_format == BOLD_LABEL and candidate.label.endswith(_SENTENCE_ENDS)
    return stops and not has_label_mark(text, candidate) and form_alone(candidate.label) is LabelForm.NONE


def _ordinary_words(text: str, labels: Collection[str]) -> frozenset[str]:
    """Return the labels (keys) that also occur as ordinary words in lower case."""
    words = {label for label in labels if label.isalpha() and label != label.upper()}
    if len(words) <= _MAX_SEARCHED:
        words = {label for label in words if label in text}
    return frozenset(words.intersection(WORD.findall(text)) if words else ())

"""Criteria that decide which labels are speakers, in the order of application.

Pure. A criterion selects labels that become speakers or stop being speakers; each has a name and a reason that a
preview shows. Heuristics, no probabilities; the thresholds are shares of the lines or paragraphs of a file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from fwanalysis.formats.speaker_formats import TIME_LABEL
from fwanalysis.formats.speakers.label_variants import misspellings
from fwanalysis.formats.speakers.labels import LabelForm, is_only_a_fact, is_single_letter, is_word_of_documents, key
from fwanalysis.formats.turns.label_candidates import LOOSE
from fwanalysis.formats.turns.label_evidence import COLON, has_label_mark
from fwanalysis.formats.turns.speaker_thresholds import (
    MAX_MAIN_SPEAKERS,
    MAX_PARAGRAPHS_PER_WORD,
    MAX_WORDS_FILLING,
    MAX_WORDS_PLAIN,
    MIN_OCCURRENCES,
    MIN_SHARE_FILLING,
    MIN_SPEAKERS,
)

if TYPE_CHECKING:
    from fwanalysis.formats.turns.label_evidence import Evidence

LINK = re.compile(r"\s*(?:[-*•][^\S\n]+)?<?(?:https?://|www\.|mailto:|!?\[[^\]\n]{0,120}\]\((?:https?:|/|#))")
"""A link, at the end of the label's line or on the next one."""
_HALVES_OF_DAYS = frozenset({"am", "pm"})

Select = Callable[["Evidence", Collection[str]], Collection[str]]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One step of speaker detection.

    Attributes:
        name: Identifier in reports and tests.
        is_speaker: Whether the selected labels become speakers or stop being speakers.
        select: Given the evidence and the labels recognised so far (both as keys), returns the labels it decides.
        reason: What a preview says about a selected label, after “because it ...”; ``{count}`` is its frequency.
        needs_speakers: Whether the step only applies once some other label is recognised.
    """

    name: str
    is_speaker: bool
    select: Select
    reason: str
    needs_speakers: bool = False


def _typical(evidence: Evidence, _: Collection[str]) -> set[str]:
    return {
        label
        for label, looks in evidence.forms.items()
        if looks is LabelForm.TYPICAL and (evidence.counts[label] > 1 or not is_single_letter(label))
    }


def _typical_repeated(evidence: Evidence, _: Collection[str]) -> set[str]:
    return {
        label
        for label, looks in evidence.forms.items()
        if looks is LabelForm.TYPICAL and evidence.counts[label] > is_single_letter(label) + 1
    }


def _recurring_names(evidence: Evidence, _: Collection[str]) -> set[str]:
    return {
        label
        for label, looks in evidence.forms.items()
        if looks is LabelForm.NAME and evidence.counts[label] >= MIN_OCCURRENCES
    }


def _recurring_words(evidence: Evidence, _: Collection[str]) -> set[str]:
    """Select short labels in lower case that recur."""
    return {
        label
        for label, looks in evidence.forms.items()
        if looks is LabelForm.PLAIN
        and evidence.counts[label] >= max(MIN_OCCURRENCES, evidence.units / MAX_PARAGRAPHS_PER_WORD)
        and len(label.split()) <= MAX_WORDS_PLAIN
    }


def _filling(evidence: Evidence, _: Collection[str]) -> set[str]:
    """Select labels of few words in lower case that begin many paragraphs.

    For example: head of ward.
    """
    return {
        label
        for label, looks in evidence.forms.items()
        if looks is LabelForm.PLAIN
        and evidence.counts[label] >= max(MIN_OCCURRENCES, evidence.units * MIN_SHARE_FILLING)
        and len(label.split()) <= MAX_WORDS_FILLING
    }


def _plain_beside_typical(evidence: Evidence, speakers: Collection[str]) -> set[str]:
    """Select short recurring labels in lower case in the format of typical ones.

    The typical labels must recur as well.
    """
    plain = {
        label
        for label, looks in evidence.forms.items()
        if looks is LabelForm.PLAIN
        and evidence.counts[label] >= MIN_OCCURRENCES
        and len(label.split()) <= MAX_WORDS_PLAIN
    }
    if not plain:
        return plain
    typical = {label for label in speakers if evidence.forms[label] is LabelForm.TYPICAL}
    speaker_formats = Counter(candidate.speaker_format for candidate in evidence.of(typical))
    if speaker_formats.total() <= len(typical):
        return set()
    (speaker_format, _), *_rest = speaker_formats.most_common(1)
    pairs = zip(evidence.candidates, evidence.keys, strict=True)
    often = Counter(label for candidate, label in pairs if candidate.speaker_format == speaker_format)
    return {label for label in plain if often[label] >= MIN_OCCURRENCES}


def _repeated_names(evidence: Evidence, _: Collection[str]) -> set[str]:
    return {label for label in evidence.rare if evidence.counts[label] > 1}


def _repeated_names_strict(evidence: Evidence, _: Collection[str]) -> set[str]:
    return {label for label, looks in evidence.forms.items() if looks is LabelForm.NAME and evidence.counts[label] > 1}


def _typical_unless_letters(evidence: Evidence, _: Collection[str]) -> set[str]:
    return {
        label for label, looks in evidence.forms.items() if looks is LabelForm.TYPICAL and not is_single_letter(label)
    }


def _plausible(evidence: Evidence, _: Collection[str]) -> set[str]:
    return {
        label
        for label, looks in evidence.forms.items()
        if looks in (LabelForm.TYPICAL, LabelForm.NAME) or (looks is LabelForm.PLAIN and evidence.counts[label] > 1)
    }


def _every(evidence: Evidence, _: Collection[str]) -> Collection[str]:
    return evidence.forms.keys()


def _halves_of_days(_: Evidence, speakers: Collection[str]) -> Collection[str]:
    return _HALVES_OF_DAYS if all(half in speakers for half in _HALVES_OF_DAYS) else ()


def _alternating_word(evidence: Evidence, speakers: Collection[str]) -> Collection[str]:
    """Select the word of documents (Author, Site) that alternates with speakers.

    It alternates through the whole file. Two such words are the fields of a form, so none is selected.
    """
    often = [
        label
        for label, looks in evidence.forms.items()
        if looks is LabelForm.NONE
        and evidence.counts[label] >= MIN_OCCURRENCES
        and is_word_of_documents(label)
        and not is_only_a_fact(label)
    ]
    if len(often) != 1:
        return ()
    (word,) = often
    labelled = [label for label in evidence.keys if label in speakers or label == word]
    places = [place for place, label in enumerate(labelled) if label == word]
    fair = evidence.counts[word] * (len(speakers) + 1) * 2 >= len(labelled)
    through = places[0] < len(labelled) / 3 and places[-1] >= len(labelled) * 2 / 3
    apart = all(other - one > 1 for one, other in pairwise(places))
    return often if fair and through and apart else ()


def _single_names(evidence: Evidence, speakers: Collection[str]) -> set[str]:
    """Select names that occur once, in the form of the file's other labels."""
    named = any(evidence.forms[label] is LabelForm.NAME for label in speakers)
    items = _list_items(evidence, speakers)
    listed = any("," in label for label in speakers)
    return {
        label
        for label, candidate in zip(evidence.keys, evidence.candidates, strict=True)
        if label in evidence.rare
        and evidence.counts[label] == 1
        and label not in items
        and (named or candidate.speaker_format not in LOOSE)
        and has_label_mark(evidence.text, candidate)
        and (listed or "," not in label or candidate.speaker_format not in LOOSE)
    }


def _list_items(evidence: Evidence, speakers: Collection[str]) -> set[str]:
    """Select items of lists in a script without capitals.

    They begin one line each and follow one another, or are outside of the dialogue. In such a script any short word
    before a colon looks like a name, so a list is likelier than new speakers.
    """
    labelled = [label for label in evidence.keys if label in speakers or label in evidence.rare]
    places = [place for place, label in enumerate(labelled) if label in speakers]
    first, last = (places[0], places[-1]) if places else (0, 0)
    items = set()
    for place, label in enumerate(labelled):
        if label in speakers or label.upper() != label.lower():
            continue
        beside = [other for other in labelled[max(0, place - 1) : place + 2] if other not in speakers]
        if len(beside) > 1 or not first < place < last:
            items.add(label)
    return items


def _typos(evidence: Evidence, speakers: Collection[str]) -> set[str]:
    unsettled = [label for label in evidence.spelled_out if label not in speakers]
    return misspellings(unsettled, {label: evidence.counts[label] for label in evidence.forms if label in speakers})


def _within_one_turn(evidence: Evidence, speakers: Collection[str]) -> set[str]:
    """Select labels that recur only within one turn: the points of an answer."""
    labels = [label for label in evidence.keys if label in speakers]
    counts = Counter(labels)
    main = _main_speakers(evidence, counts, len(labels))
    turn, turns = 0, {label: set[int]() for label in counts}
    for label in labels:
        turn += label in main
        turns[label].add(turn)
    return {
        label
        for label, within in turns.items()
        if counts[label] > 1
        and len(within) == 1
        and label not in main
        and within.isdisjoint((0, turn))
        and evidence.forms[label] is not LabelForm.TYPICAL
    }


def _main_speakers(evidence: Evidence, counts: Mapping[str, int], total: int) -> set[str]:
    """Return the labels that occur throughout the file.

    Typical ones that recur or, if there are not two of these, frequent ones.
    """
    main = {label for label in counts if evidence.forms[label] is LabelForm.TYPICAL and counts[label] > 1}
    if len(main) >= MIN_SPEAKERS:
        return main
    return {label for label, count in counts.items() if count >= max(MIN_OCCURRENCES, total / MAX_MAIN_SPEAKERS)}


def _agenda_items(evidence: Evidence, speakers: Collection[str]) -> set[str]:
    """Select names after a time that never have a colon or words."""
    labelled = evidence.of(speakers)
    silent = {
        key(candidate.label)
        for candidate in labelled
        if candidate.speaker_format == TIME_LABEL and evidence.forms[key(candidate.label)] is LabelForm.NAME
    }
    if not silent:
        return silent
    ends = [candidate.start for candidate in labelled[1:]] + [len(evidence.text)]
    for candidate, end in zip(labelled, ends, strict=True):
        if evidence.text[candidate.words : end].strip() or COLON.search(
            evidence.text, candidate.words - 1, candidate.words
        ):
            silent.discard(key(candidate.label))
    return silent


def _before_links(evidence: Evidence, speakers: Collection[str]) -> set[str]:
    """Select labels that are always before a link and never have a time.

    For example: “More info: https://...”.
    """
    possible = {label for label in speakers if evidence.forms[label] is not LabelForm.TYPICAL}
    linked: dict[str, bool] = {}
    for candidate in evidence.of(possible) if possible else ():
        if linked.get(label := key(candidate.label), True):
            linked[label] = candidate.time is None and LINK.match(evidence.text, candidate.words) is not None
    return {label for label, always in linked.items() if always}


_TYPICAL = Criterion("typical-form", True, _typical, "has the form of a speaker label")
_RECURRING_NAME = Criterion("recurring-name", True, _recurring_names, "is written as a name and begins {count} lines")
_FILLING = Criterion("recurring-phrase", True, _filling, "begins a large part of the paragraphs ({count})")
_TYPO = Criterion("typo-of-speaker", True, _typos, "looks like a misspelling of another speaker label", True)

BEFORE_A_LINK = Criterion("before-a-link", False, _before_links, "only occurs before a link")

CRITERIA = (
    _TYPICAL,
    _RECURRING_NAME,
    Criterion("recurring-word", True, _recurring_words, "is short and begins {count} paragraphs"),
    _FILLING,
    Criterion(
        "beside-typical-labels",
        True,
        _plain_beside_typical,
        "recurs in the format of labels that are typical of speakers",
    ),
    Criterion("repeated-name", True, _repeated_names, "is written as a name and begins {count} lines"),
    Criterion("halves-of-days", False, _halves_of_days, "is a half of a day (am, pm), as in a diary"),
    Criterion(
        "alternating-word",
        True,
        _alternating_word,
        "alternates with the other speakers through the whole file",
        True,
    ),
    Criterion("single-name", True, _single_names, "is a name written as the other speaker labels are", True),
    _TYPO,
    Criterion("within-one-turn", False, _within_one_turn, "only occurs within one turn, like the points of an answer"),
    BEFORE_A_LINK,
    Criterion("agenda-item", False, _agenda_items, "follows a time and never has words, like an item of an agenda"),
)
"""For labels that a colon, a tab, a time or bold letters mark."""

STRICT_CRITERIA = (
    Criterion("typical-form-repeated", True, _typical_repeated, "has the form of a speaker label and recurs"),
    _RECURRING_NAME,
    Criterion("repeated-name", True, _repeated_names_strict, "is written as a name and begins {count} lines", True),
    Criterion("typical-form", True, _typical_unless_letters, "has the form of a speaker label", True),
    Criterion("recurring-phrase", True, _filling, "begins a large part of the paragraphs ({count})", True),
    _TYPO,
)
"""For formats in which lines also begin with much else: a label alone on its line, in brackets, a heading, a dash."""

CHOSEN = Criterion("chosen-format", True, _plausible, "is a possible label in the format that you chose")
"""For a format that the user chose: every label that could be a speaker at all."""
QUESTIONS_AND_ANSWERS = Criterion("question-answer", True, _every, "marks the questions or the answers")
NAMED = Criterion("named", True, _every, "is named as a speaker, by you or by the file")
ONLY_ANSWERS = Criterion("only-answers", True, _every, "is the only label and follows questions without a label")
SHORT_ANSWER = Criterion("short-answer", False, _every, "is a short answer on a line of its own, below a speaker label")


@dataclass(frozen=True, slots=True)
class Rejection:
    """The reason why a label that no criterion selected is not a speaker."""

    name: str
    applies: Callable[[Evidence, str], bool]
    reason: str


REJECTIONS = (
    Rejection(
        "excluded-text", lambda e, label: e.forms[label] is LabelForm.EXCLUDED, "labels text that is not dialogue"
    ),
    Rejection(
        "not-a-label",
        lambda e, label: e.forms[label] is LabelForm.NONE,
        "is a word of documents or notes, a date, or part of a sentence",
    ),
    Rejection(
        "single-letter",
        lambda e, label: e.forms[label] is LabelForm.TYPICAL,
        "is a single letter and begins one line only",
    ),
    Rejection(
        "ordinary-word",
        lambda e, label: label in e.ordinary,
        "also occurs in the text as an ordinary word in lower case",
    ),
    Rejection(
        "rare-name",
        lambda e, label: e.forms[label] is LabelForm.NAME,
        "begins {count} of the lines only and is not written as other speaker labels are",
    ),
    Rejection("rare-word", lambda e, label: True, "is in lower case or long, and begins {count} of the lines only"),
)
"""Tried in order; the first that applies is the reason shown."""
HEADER_FACT = Rejection("header-fact", lambda e, label: True, "names a fact at the top of the file")
"""For labels that only occur above the first turn."""

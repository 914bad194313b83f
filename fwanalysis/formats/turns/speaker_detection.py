"""Which labels of a file are speakers, by the evidence of the whole file.

Pure: marks in, keys of labels out. A label is believed when it recurs, is of a typical form, or is written like the
other labels of the file; a file is a transcript when its labels are typical, or recur and alternate.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from fwanalysis.domain.text import WORD
from fwanalysis.formats.speaker_formats import BOLD_LABEL, LABEL_ANGLE, LABEL_BRACKET, LABEL_DASH, TIME_LABEL
from fwanalysis.formats.speakers.label_variants import slips
from fwanalysis.formats.speakers.labels import (
    LabelForm,
    form,
    form_in_brackets,
    is_only_a_fact,
    is_single_letter,
    is_word_of_documents,
    key,
)
from fwanalysis.formats.speakers.role_lexicon import ANSWERS, ASKS, said_by
from fwanalysis.formats.turns.label_candidates import LOOSE

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from fwanalysis.formats.turns.label_candidates import Candidate

_COLON = re.compile("[:：]")
_OFTEN = 3
_SHORT = 2
_FEW_WORDS = 3
_PAIR = 2
_VOICES = 5
_SHARE_TYPICAL = 0.04
_SHARE_NAMES = 0.2
_SHARE_MOST = 0.5
_SHARE_FILLED = 0.25
_ALTERNATION = 0.2
_FEW = 20
_MOST_VOICES = 2_000
_STOPS = (".", "。", "۔", "।")
_INITIALS = 4
_SUFFIXES = ("Jr.", "Sr.")
"""A last word with a full stop is no end of a sentence if it is as short as this and initials, a role, or one of
these."""
_AGENDA = 4
"""A text of which one mark in so many never has words is no transcript."""
_HALVES_OF_DAYS = frozenset({"am", "pm"})
"""Both in one file are a diary, however often they come; one may be somebody's initials."""
_SPEAKERS = (LabelForm.TYPICAL, LabelForm.NAME)
_WRITTEN = (LabelForm.NAME, LabelForm.PLAIN)


def believed_labels(text: str, possible: Sequence[Candidate], units: int) -> frozenset[str]:
    """The keys of the labels that are speakers, judged together; none if the file is no transcript. *units* is how
    many paragraphs the text has."""
    possible = [mark for mark in possible if not is_stressed(text, mark)]
    keys = _keys(possible)
    counts = Counter(keys)
    if len(counts) > _MOST_VOICES:  # a table or a list: no need to look at all that comes once
        likely = {label for label, _ in counts.most_common(_MOST_VOICES)}
        possible = believed_marks(possible, likely)
        keys = _keys(possible)
    forms = _forms(possible)
    rare = {label for label, kind in forms.items() if kind is LabelForm.NAME and counts[label] < _OFTEN}
    rare -= _ordinary(text, rare)
    rare -= {label for label in rare if counts[label] == 1 and is_word_of_documents(label)}
    core = {label for label, kind in forms.items() if _recurs(label, kind, counts[label], units)}
    core |= _plain_beside(possible, keys, core, forms)
    core |= {label for label in rare if counts[label] > 1}
    if core >= _HALVES_OF_DAYS:
        core -= _HALVES_OF_DAYS
    if not core:
        return frozenset()
    core |= _alternating_word(keys, core, forms, counts)
    named = any(forms[label] is LabelForm.NAME for label in core)
    listed = any("," in label for label in core)
    once = {
        label
        for label, mark in zip(keys, possible, strict=True)
        if label in rare
        and counts[label] == 1
        and (named or mark.speaker_format not in LOOSE)
        and _is_marked(text, mark)
        and (listed or "," not in label or mark.speaker_format not in LOOSE)
    }
    believed = core | once
    doubtful = [label for label, kind in forms.items() if label not in believed and kind in _WRITTEN]
    believed |= slips(doubtful, {label: counts[label] for label in believed})
    believed -= _within_one_turn(keys, believed, forms)
    heard = [mark for mark, label in zip(possible, keys, strict=True) if label in believed]
    silent = _silent(text, heard, forms)
    spoken = [mark for mark in heard if key(mark.label) not in silent] if silent else heard
    believed -= silent
    agenda = (len(heard) - len(spoken)) * _AGENDA >= len(heard)
    if agenda or not spoken or (len(spoken) == 1 and spoken[0].time is None):
        return frozenset()
    return frozenset(believed) if _is_transcript(_keys(spoken), forms, units) else frozenset()


def believed_alone(possible: Sequence[Candidate], units: int) -> frozenset[str]:
    """As ``believed_labels``, for forms in which much else than labels is written (a short line, a heading, something
    in brackets): only labels that recur, and what is typical beside them."""
    keys = _keys(possible)
    in_brackets = bool(possible) and possible[0].speaker_format in (LABEL_BRACKET, LABEL_ANGLE)
    judged = form_in_brackets if in_brackets else _form_alone
    forms = {key(label): judged(label) for label in {mark.label for mark in possible}}
    counts = Counter(keys)
    core = {
        label
        for label, kind in forms.items()
        if (kind is LabelForm.TYPICAL and counts[label] > is_single_letter(label) + 1)
        or (kind is LabelForm.NAME and counts[label] >= _OFTEN)
    }
    if not core:
        return frozenset()
    core |= {label for label, kind in forms.items() if kind is LabelForm.NAME and counts[label] > 1}
    core |= {label for label, kind in forms.items() if kind is LabelForm.TYPICAL and not is_single_letter(label)}
    core |= {label for label, kind in forms.items() if kind is LabelForm.PLAIN and _fills(label, counts[label], units)}
    doubtful = [label for label, kind in forms.items() if label not in core and kind in _WRITTEN]
    core |= slips(doubtful, {label: counts[label] for label in core})
    labels = [label for label in keys if label in core]
    if possible[0].speaker_format == LABEL_DASH and not _take_turns(labels, units):
        return frozenset()
    return frozenset(core) if _is_transcript(labels, forms, units) else frozenset()


def believed_by_choice(possible: Sequence[Candidate]) -> frozenset[str]:
    """The keys of the labels that could be speakers at all: for a style that a person chose."""
    counts = Counter(_keys(possible))
    return frozenset(
        label
        for label, kind in _forms(possible).items()
        if kind in _SPEAKERS or (kind is LabelForm.PLAIN and counts[label] > 1)
    )


def _form_alone(label: str) -> LabelForm:
    """How much a short line looks like a label: not where it ends as a sentence does."""
    looks = form(label)
    if not label.endswith(_STOPS):
        return looks
    last = label.split()[-1]
    short = len(last) <= _INITIALS and (last.isupper() or last in _SUFFIXES or looks is LabelForm.TYPICAL)
    return looks if short or said_by(label) in (ASKS, ANSWERS) else LabelForm.NONE


def _keys(possible: Sequence[Candidate]) -> list[str]:
    """The keys of the labels, in order, each computed once."""
    known = {label: key(label) for label in {mark.label for mark in possible}}
    return [known[mark.label] for mark in possible]


def believed_marks(possible: Sequence[Candidate], believed: Collection[str]) -> list[Candidate]:
    """Those of the marks whose labels (as keys) are believed."""
    return [mark for mark, label in zip(possible, _keys(possible), strict=True) if label in believed]


def _forms(possible: Sequence[Candidate]) -> dict[str, LabelForm]:
    """How much each label (as a key) looks like one, in the spelling that does so most."""
    forms: dict[str, LabelForm] = {}
    for label in dict.fromkeys(mark.label for mark in possible):
        forms[key(label)] = min(form(label), forms.get(key(label), LabelForm.NONE), key=lambda looks: looks.value)
    return forms


def _is_marked(text: str, mark: Candidate) -> bool:
    """Whether more than bold letters mark a label, as they do any word that somebody stresses."""
    return (
        mark.speaker_format != BOLD_LABEL
        or mark.time is not None
        or _COLON.search(text, mark.start, mark.words) is not None
    )


def is_stressed(text: str, mark: Candidate) -> bool:
    """Whether a label is a short sentence in bold letters: **Never.**"""
    stops = mark.speaker_format == BOLD_LABEL and mark.label.endswith(_STOPS)
    return stops and not _is_marked(text, mark) and _form_alone(mark.label) is LabelForm.NONE


def _recurs(label: str, kind: LabelForm, count: int, units: int) -> bool:
    """Whether a label is one by its own form, or because it comes again and again."""
    if kind is LabelForm.TYPICAL:
        return count > 1 or not is_single_letter(label)
    plain = kind is LabelForm.PLAIN and count >= units / 10 and len(label.split()) <= _SHORT
    return count >= _OFTEN and (
        kind is LabelForm.NAME or plain or (kind is LabelForm.PLAIN and _fills(label, count, units))
    )


def _fills(label: str, count: int, units: int) -> bool:
    """Whether a label of few words (Head of ward) begins so much of a text that it is no phrase that recurs."""
    return count >= max(_OFTEN, units * _SHARE_FILLED) and len(label.split()) <= _FEW_WORDS


def _within_one_turn(keys: Sequence[str], believed: Collection[str], forms: Mapping[str, LabelForm]) -> set[str]:
    """The labels that come several times but only between two marks of those who speak throughout: the points of one
    answer (Cost, Quality)."""
    marks = [label for label in keys if label in believed]
    counts = Counter(marks)
    throughout = {label for label in counts if forms[label] is LabelForm.TYPICAL and counts[label] > 1}
    if len(throughout) < _PAIR:
        throughout = {label for label, count in counts.items() if count >= max(_OFTEN, len(marks) / _VOICES)}
    turn, turns = 0, {label: set[int]() for label in counts}
    for label in marks:
        turn += label in throughout
        turns[label].add(turn)
    return {
        label
        for label, within in turns.items()
        if counts[label] > 1
        and len(within) == 1
        and label not in throughout
        and within.isdisjoint((0, turn))
        and forms[label] is not LabelForm.TYPICAL
    }


def _silent(text: str, marks: Sequence[Candidate], forms: Mapping[str, LabelForm]) -> set[str]:
    """The labels (as keys) that stand without a colon behind a time, and never have words: the items of an agenda."""
    bare = {
        key(mark.label)
        for mark in marks
        if mark.speaker_format == TIME_LABEL and forms[key(mark.label)] is LabelForm.NAME
    }
    if not bare:
        return bare
    ends = [mark.start for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=True):
        if text[mark.words : end].strip() or _COLON.search(text, mark.words - 1, mark.words):
            bare.discard(key(mark.label))
    return bare


def _alternating_word(
    keys: Sequence[str], core: Collection[str], forms: Mapping[str, LabelForm], counts: Mapping[str, int]
) -> set[str]:
    """The one word of documents (Author, Site) that takes turns with the speakers through the whole file, and so is a
    speaker; two such words are the fields of a form."""
    often = {
        label
        for label, kind in forms.items()
        if kind is LabelForm.NONE
        and counts[label] >= _OFTEN
        and is_word_of_documents(label)
        and not is_only_a_fact(label)
    }
    if len(often) != 1:
        return set()
    (word,) = often
    heard = [label for label in keys if label in core or label == word]
    places = [place for place, label in enumerate(heard) if label == word]
    fair = counts[word] * (len(core) + 1) * 2 >= len(heard)
    through = places[0] < len(heard) / 3 and places[-1] >= len(heard) * 2 / 3
    apart = all(other - one > 1 for one, other in pairwise(places))
    return often if fair and through and apart else set()


def _plain_beside(
    possible: Sequence[Candidate], keys: Sequence[str], core: Collection[str], forms: Mapping[str, LabelForm]
) -> set[str]:
    """The short labels in lower case (``anna``) that come often beside typical ones that come again, in their style."""
    typical = {label for label in core if forms[label] is LabelForm.TYPICAL}
    speaker_formats = Counter(
        mark.speaker_format for mark, label in zip(possible, keys, strict=True) if label in typical
    )
    if speaker_formats.total() <= len(typical):
        return set()
    (speaker_format, _), *_ = speaker_formats.most_common(1)
    often = Counter(label for mark, label in zip(possible, keys, strict=True) if mark.speaker_format == speaker_format)
    return {
        label
        for label, count in often.items()
        if count >= _OFTEN and forms[label] is LabelForm.PLAIN and len(label.split()) <= _SHORT
    }


def _is_transcript(labels: Sequence[str], forms: Mapping[str, LabelForm], units: int) -> bool:
    """Whether a file whose marks have these labels, in order, is one: by typical labels, or by recurring ones that
    alternate."""
    share = len(labels) / max(1, units)
    voices = set(labels)
    recurring = len(voices) < len(labels)
    typical = {label for label in voices if forms[label] is LabelForm.TYPICAL}
    if typical and (len(labels) <= _PAIR or sum(label in typical for label in labels) > len(typical)):
        asked = len(typical) > 1 and any(label.isalpha() for label in typical)
        return share >= _SHARE_MOST or (share >= _SHARE_TYPICAL and (recurring or asked))
    changes = sum(one != other for one, other in pairwise(labels))
    return recurring and share >= _SHARE_NAMES and changes >= len(labels) * _ALTERNATION


def _take_turns(labels: Sequence[str], units: int) -> bool:
    """Whether two or more voices alternate through most of a text, as the entries of a list with dashes do not."""
    changes = sum(one != other for one, other in pairwise(labels))
    most = len(labels) >= max(_OFTEN, units * _SHARE_MOST) and len(labels) >= len(set(labels)) * _PAIR
    return len(set(labels)) >= _PAIR and most and changes * 2 >= len(labels) - 1


def _ordinary(text: str, labels: Collection[str]) -> frozenset[str]:
    """Those of the labels (as keys) that stand in the text as ordinary words in lower case."""
    words = {label for label in labels if label.isalpha() and label != label.upper()}
    if len(words) <= _FEW:
        words = {label for label in words if label in text}  # faster than to cut the text into words
    return frozenset(words.intersection(WORD.findall(text)) if words else ())

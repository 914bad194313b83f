"""Propose merges of labels that are two spellings, or long and short forms, of one speaker.

Labels are never merged here. ``matching.labels`` decides whether two labels look alike; this module decides which pairs
are worth a proposal.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import LabelMerge
from fwanalysis.formats.speakers.labels import LabelForm, form, key
from fwanalysis.formats.speakers.role_lexicon import is_role_word, names_no_individual

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MOST = 200
"""A file of more labels than this is compared with its most frequent ones only."""
_RARE = 4
"""A misspelling occurs at most once for so many times of the right spelling, unless only spaces or punctuation
differ."""
_SPREAD = 3
_LETTERS_FOR_DIGITS = re.compile(r"(?<=[^\W_])[OoIil](?=\d)|(?<=\d)[OoIil](?![^\W\d_])")
_IN_FULL = 2
"""A full name that occurs more often than this is a separate label."""
_NAME = re.compile(r"[^\W\d_]+")
_TITLES = frozenset(("mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "herr", "frau", "m", "mme"))
_DIGITS = str.maketrans("OoIil", "00111")


def merges(counts: Mapping[str, int]) -> tuple[LabelMerge, ...]:
    """Return the labels that seem to be misspellings of a more frequent label.

    Args:
        counts: How often each label occurs.

    Returns:
        One proposal for each such label, with the most similar frequent label.
    """
    ranked = sorted(counts, key=lambda label: -counts[label])
    proposals = []
    for place, label in enumerate(ranked[: _MOST * 2]):
        choices = [into for into in ranked[: min(place, _MOST)] if _comparable(label, into)]
        if choices:
            proposals += _proposal(label, choices, counts)
    known = {proposal.label for proposal in proposals}
    proposals += [
        LabelMerge(
            label, into, f'it may be the full name of "{into}": {_times(counts[label])} against {_times(counts[into])}'
        )
        for label, into in full_names(counts).items()
        if label not in known
    ]
    ends = {proposal.label: proposal.into for proposal in proposals}
    return tuple(_to_the_end(proposal, ends, counts) for proposal in proposals)


def full_names(counts: Mapping[str, int]) -> dict[str, str]:
    """Return the full names of speakers that have a short label further down.

    Args:
        counts: How often each label occurs, in order of appearance.

    Returns:
        By full name (which occurs once or twice), the short label: initials or last name.
    """
    order = list(counts)
    if all(" " not in label for label in order):
        return {}
    shorter = {"".join(_names(label)): label for label in order if len(_names(label)) == 1 or len(label) <= _SPREAD * 2}
    found: dict[str, str] = {}
    for label in order:
        names = _names(label)
        if len(names) > 1 and not names_no_individual(label):
            initials = ("".join(name[0] for name in names), names[0][0] + names[-1][0])
            into = next((shorter[short] for short in (*initials, names[-1]) if short in shorter), label)
            if into != label:
                found[label] = into
    fits, place = Counter(found.values()), {label: at for at, label in enumerate(order)}
    return {
        label: into
        for label, into in found.items()
        if fits[into] == 1 and counts[label] <= _IN_FULL and counts[label] < counts[into] and place[label] < place[into]
    }


def _names(label: str) -> list[str]:
    """Return the words of a label without titles; none if it has a number."""
    if any(map(str.isdigit, label)):
        return []
    return [name for name in _NAME.findall(key(label)) if name not in _TITLES]


def _to_the_end(proposal: LabelMerge, ends: Mapping[str, str], counts: Mapping[str, int]) -> LabelMerge:
    """Follow proposals to a label that has no proposal itself.

    A misspelling of a misspelling is a misspelling of the correct label.
    """
    into = proposal.into
    while into in ends:
        into = ends[into]
    if into == proposal.into:
        return proposal
    from fwanalysis.matching.labels import same_voice

    reason = same_voice(proposal.label, into) or f'like "{proposal.into}", it looks like "{into}"'
    return LabelMerge(
        proposal.label, into, f"{reason}: {_times(counts[proposal.label])} against {_times(counts[into])}"
    )


def _proposal(label: str, choices: Sequence[str], counts: Mapping[str, int]) -> list[LabelMerge]:
    from fwanalysis.matching.labels import alike, same_voice

    for into in choices:
        if _same_characters(label, into) and _is_rarer(label, into, counts):
            reason = f"a letter was typed for a digit: {_times(counts[label])} against {_times(counts[into])}"
            return [LabelMerge(label, into, reason)]
    for into in alike(label, choices):
        reason = same_voice(label, into) or ""
        if _plausible(label, into, counts, "letter" in reason):
            return [LabelMerge(label, into, f"{reason}: {_times(counts[label])} against {_times(counts[into])}")]
    return []


def misspellings(unsettled: Sequence[str], recognised: Mapping[str, int]) -> set[str]:
    """Return the *unsettled* labels that seem to misspell a recognised one.

    Args:
        unsettled: Labels that are not decided, as keys.
        recognised: How often each recognised label occurs, by key.
    """
    if not recognised:
        return set()
    ranked = sorted(recognised, key=lambda label: -recognised[label])[:_MOST]
    digits = {_in_digits(label) for label in ranked}
    return {
        label
        for label in unsettled[: _MOST * 2]
        if (_in_digits(label) in digits and _in_digits(label) != label)
        or (len(label) > _SPREAD and _is_misspelling(label, ranked))
    }


def _is_misspelling(label: str, recognised: Sequence[str]) -> bool:
    choices = [into for into in recognised if len(into) > _SPREAD and _comparable(label, into)]
    if not choices:
        return False
    from fwanalysis.matching.labels import alike

    return bool(alike(label, choices))


def _in_digits(label: str) -> str:
    """Return the label with letters beside digits as digits: PO7 is P07."""
    return _LETTERS_FOR_DIGITS.sub(lambda found: found.group().translate(_DIGITS), label) if len(label) > 1 else label


def _same_characters(label: str, into: str) -> bool:
    at_a_glance = len(label) == len(into) and label[0].casefold() == into[0].casefold()
    return at_a_glance and _in_digits(label).casefold() == _in_digits(into).casefold()


def _comparable(label: str, into: str) -> bool:
    """Return whether two labels could be similar, by a quick check.

    Most pairs are not and need no further comparison.
    """
    if abs(len(label) - len(into)) > _SPREAD:
        return False
    one, other = label.casefold(), into.casefold()
    return one[0] == other[0] or one[-1] == other[-1] or one[1:2] == other[1:2]


def _plausible(label: str, into: str, counts: Mapping[str, int], misspelled: bool) -> bool:
    """Return whether two similar labels may be one speaker.

    Not if letters differ and both are known role words or typical labels, or one is not much rarer than the other.
    """
    if not misspelled:
        return True
    if is_role_word(label) and is_role_word(into):
        return False
    both_typical = form(label) is LabelForm.TYPICAL and form(into) is LabelForm.TYPICAL
    return not both_typical and _is_rarer(label, into, counts)


def _is_rarer(label: str, into: str, counts: Mapping[str, int]) -> bool:
    return counts[label] * _RARE <= counts[into] or counts[label] == 1 < counts[into]


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"

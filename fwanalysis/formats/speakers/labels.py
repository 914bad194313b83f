"""Judge whether a single text looks like a speaker label.

Knows single labels, not files: ``turns.speaker_detection`` decides over a whole file which labels are recognised.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from enum import Enum, auto
from functools import lru_cache
from typing import TYPE_CHECKING

from fwanalysis.formats.speakers.label_lexicon import (
    EXCLUDED,
    GUIDE_WORDS,
    METADATA,
    METADATA_OR_NAMES,
    NAME_PARTICLES,
    NEVER_SPEAKERS,
    NOISES,
    POSTS,
    SENTENCE_OPENERS,
    SPEAKERS_OR_METADATA,
)
from fwanalysis.formats.speakers.role_lexicon import is_role_word

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_WORDS = 5
MAX_CHARACTERS = 40
_REMEMBERED = 2**15
_MAX_UNCASED = 16
"""Scripts without capitals offer no other evidence than shortness that a label is a name."""


class LabelForm(Enum):
    """How much a text looks like a label by itself."""

    TYPICAL = auto()
    """A role or a numbered pseudonym: Interviewer, P07, FG1-3, Speaker 1."""
    NAME = auto()
    """Title case or capitals, as a name or a job would be written."""
    PLAIN = auto()
    """Anything else short enough, such as a word in lower case."""
    EXCLUDED = auto()
    """A known label of text that is not dialogue: Break, Intro."""
    NONE = auto()
    """Never a speaker: Note, Date, a sentence."""


_TYPICAL = re.compile(
    r"""
      # a role, with a number or not
      (?: interviewer | interviewee | int | iv | ivr | ir | ie | i | question | answer | q | a | moderator | mod
        | facilitator | researcher | respondent | resp | participant | part | p | informant | speaker | spk | patient
        | carer | client | student | male | female | man | woman | voice ) (?: [\s_.#:]* \d{1,4} [a-z]? )? [.#]?
    | 问 | 問 | 答 | frage | antwort | pregunta | respuesta
      # or with a letter
    | (?: interviewer | interviewee | question | answer | moderator | facilitator | researcher | respondent
        | participant | informant | speaker | spk | patient | carer | client | student | male | female | man | woman
        | voice ) [\s_]+ [a-z]
    | (?: speaker | spk | participant | respondent | interviewer | moderator | facilitator | patient ) [a-h]
      # a numbered pseudonym, alone or in its group: P07, FG1-3, FG1 P2
    | (?: [a-z] | pp | pt | int | id | fg | fgp | fgd | idi | kii | gp | hcp | res | resp | part | spk )
        [-_.\#]? \d{1,4} [a-z]? (?: [-–_./\s] [a-z]{0,2} \d{1,3} | [-_] (?: [a-z] | all ) )?
      # several at once, or an unnamed speaker
    | (?: all | both | everyone | group | several | various | multiple | many | unknown | unidentified | unclear
        | redacted | inaudible )
        (?: \s (?: male | female ) )?
        (?: \s (?: speakers? | voices? | participants? | respondents? | people | person | man | woman | child
        | together ) )?
    """,
    re.VERBOSE,
)

_PARTS = re.compile(
    r"(?:(?:end|start|beginning) of )?(?:the )?(?:side|tape|part|disc|cassette|recording|session|file|audio|track)"
    r"(?: (?:\d{1,2}|one|two|three|four|five|six|[a-f]))(?: of \d{1,2})?(?: (?:begins|ends))?"
)
_NUMBERED = re.compile(
    r"(?:probe|prompt|section|theme|topic|chapter|appendix|figure|table|interview)s? (?:\d{1,3}|[a-z])"
)
_INITIALS = 3
_INVISIBLE = dict.fromkeys((0x200B, 0x200E, 0x200F, 0x2060, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF))
_ADDED = re.compile(r"\s*[(\[](?:[^()\[\]]|\([^()\[\]]*\)?)*[)\]]?$|\s\|\s.*$")
"""What a label adds of its person, in brackets or behind a bar, with what the strip of brackets left of it."""
_PHONE = re.compile(r"\+\d[\d\s().*-]{6,20}\d|\d{2,8}\*{2,6}\d{2,5}")
_DATED = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}(?:st|nd|rd|th|\.)?\s[^\W\d_]{3,9}\.?,?\s\d{4}\b"
    r"|[^\W\d_]{3,9}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}\b"
)
_EXAMINES = re.compile(r"by (?:mr|mrs|ms|miss|dr|the)\b.*")
"""The line in a court record that says who asks next."""
_JOINED = re.compile(r"\s*[&+/]\s*|\s(?:and|und|y|et|e|en)\s")
_MOST_WRITTEN = 160
_SENTENCE = re.compile(
    r"(?<![^\W\d_])(?!(?:profa?|assoc|asst|capt|supt|insp|const|sergt|brig|revd|messrs|mlle|srta|dott|univ|dipl|hptm)\.)"
    r"[^\W\d_]{4,}\.\s",
    re.IGNORECASE,
)
"""The end of a sentence within a label; titles are shortened so as well."""


def shown(label: str) -> str:
    """Return the label as it is displayed.

    White space becomes single spaces; invisible characters of writing direction, and the backslashes that Markdown has
    before brackets, are removed.
    """
    label = label.replace("\\", "")
    return " ".join(label.translate(_INVISIBLE).split()) if not label.isascii() else " ".join(label.split())


@lru_cache(maxsize=_REMEMBERED)
def key(label: str) -> str:
    """Return the key of a label, equal for spellings that are the same label.

    It is the label as displayed, case-folded, with composed accents. Nothing else is folded: ``Interviewer1`` and
    ``Interviewer 1`` are two labels until the user merges them.
    """
    return unicodedata.normalize("NFC", shown(label).casefold())


def most_frequent_spellings(labels: Iterable[str]) -> dict[str, str]:
    """Map each label as written to its most frequent spelling.

    Of equally frequent spellings, to the first.
    """
    counted = Counter(labels)
    best: dict[str, str] = {}
    for label in counted:
        if counted[label] > counted[best.setdefault(key(label), label)]:
            best[key(label)] = label
    return {label: shown(best[key(label)]) for label in counted}


def is_excluded_label(label: str) -> bool:
    """Return whether a label is a known label of excluded text (Break, Side two)."""
    folded = key(label).strip("[](). ")
    return folded in EXCLUDED or _PARTS.fullmatch(folded) is not None


@lru_cache(maxsize=_REMEMBERED)
def form(label: str) -> LabelForm:
    """Return how much *label* looks like a speaker label by itself."""
    if len(label) > _MOST_WRITTEN:
        return LabelForm.NONE
    plain = " ".join(label.replace("\\", "").strip("[]() ").split())
    bare = _ADDED.sub("", plain)
    words, folded = bare.split(), bare.casefold().rstrip(".")
    if _PHONE.fullmatch(plain):
        return LabelForm.NAME
    if not words or len(words) > MAX_WORDS or len(bare) > MAX_CHARACTERS or not any(map(str.isalpha, bare)):
        return LabelForm.NONE
    if is_excluded_label(plain):
        return LabelForm.EXCLUDED
    before_comma, comma, behind = folded.partition(",")
    if (comma and before_comma in NEVER_SPEAKERS) or _EXAMINES.fullmatch(folded):
        return LabelForm.NONE
    if _is_never_a_label(bare, folded):
        initials = len(bare) <= _INITIALS and bare.isalpha() and bare.isupper()
        return LabelForm.NAME if initials else LabelForm.NONE
    if folded in SPEAKERS_OR_METADATA:
        return LabelForm.NAME
    if _is_typical(bare, folded) or (behind.strip() in POSTS and bare[0].isupper()):
        return LabelForm.TYPICAL
    return LabelForm.NAME if _is_name(words) else LabelForm.PLAIN


def _is_never_a_label(bare: str, folded: str) -> bool:
    """Return whether a text is never a speaker label.

    It is a word of documents, a numbered part of one, a date, or contains the end of a sentence.
    """
    return bool(
        folded in NEVER_SPEAKERS
        or _opens_a_sentence(bare)
        or _SENTENCE.search(bare)
        or _NUMBERED.fullmatch(folded)
        or _DATED.search(bare)
    )


def _opens_a_sentence(bare: str) -> bool:
    """Return whether a text is only two or more function words: So I, And then he."""
    words = bare.casefold().split() if bare[0].isupper() else ()
    return len(words) > 1 and all(word in SENTENCE_OPENERS for word in words)


def _is_typical(bare: str, folded: str) -> bool:
    """Return whether a label is a role, a numbered pseudonym, or several of them."""
    if _TYPICAL.fullmatch(folded) or is_role_word(bare):
        return True
    together = _JOINED.split(folded)
    return len(together) > 1 and all(map(_TYPICAL.fullmatch, together))


def is_word_of_documents(label: str) -> bool:
    """Return whether a label is a word of documents that may be a name: NB, Site.

    The words of topic guides and diaries never are names.
    """
    folded = key(label).strip("[]() .")
    return (folded in NEVER_SPEAKERS and folded not in GUIDE_WORDS) or folded in SPEAKERS_OR_METADATA


def is_of_guides(label: str) -> bool:
    """Return whether a label is a word of topic guides or diaries: Probe, Monday."""
    return key(label).strip("[]() .*-") in GUIDE_WORDS


def is_only_a_fact(label: str) -> bool:
    """Return whether a label is a word of headers and never a speaker: Date.

    However often it occurs.
    """
    folded = key(label).strip("[]() .")
    return folded in METADATA and folded not in METADATA_OR_NAMES


def form_in_brackets(label: str) -> LabelForm:
    """Return the form of a label in brackets; ``NONE`` for a noise."""
    if key(label).strip(".* ") in NOISES:
        return LabelForm.NONE
    looks = form(label)
    return looks if looks in (LabelForm.TYPICAL, LabelForm.NAME, LabelForm.PLAIN) else LabelForm.NONE


def is_single_letter(label: str) -> bool:
    """Return whether the label is one letter, which may also be a list item."""
    return len(key(label)) == 1


def _is_name(words: list[str]) -> bool:
    if not any(letter.isupper() for word in words for letter in word):
        uncased = not any(letter.islower() for word in words for letter in word)
        return uncased and sum(map(len, words)) <= _MAX_UNCASED
    return all(not _lead(word).islower() or word in NAME_PARTICLES for word in words)


def _lead(word: str) -> str:
    """Return the first letter or digit of a word: n of ``(nurse)``."""
    return next((letter for letter in word if letter.isalnum()), "-")

"""1,000 quotations from the sample study: unchanged none is flagged, and every change of a character or word is.

The quotations are drawn with a fixed seed and go the whole way: a summary is written around each, parsed and checked.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pytest

from fwanalysis.analysis.guard import CitedPassage, CitedTurn, FindingKind, Severity, check_summary
from fwanalysis.domain.summaries import parse_summary
from tests.analysis.sample_turns import sources, turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

NUMBER = 1_000
LETTERS = "abcdefghijklmnopqrstuvwxyz"
MARKS = (("“", "”"), ('"', '"'), ("«", "»"), ("„", "“"))
FLAGGED = {kind for kind in FindingKind if kind is not FindingKind.UNCODED_TURN}


class Quote(NamedTuple):
    """Consecutive words of a turn."""

    turn: CitedTurn
    words: tuple[str, ...]


def own_turns() -> list[CitedTurn]:
    return [turn for name in sources() for turn in turns(name) if turn.is_own]


def is_word(word: str) -> bool:
    return "[" not in word and "]" not in word and len(re.findall("[a-z]", word, re.IGNORECASE)) > 1


@cache
def quotes() -> tuple[Quote, ...]:
    """Quotations of 5 to 24 words that begin and end with a word and not with a remark of the transcriber."""
    random = Random(8)
    long = [turn for turn in own_turns() if len(turn.text.split()) >= 8]
    found: list[Quote] = []
    while len(found) < NUMBER:
        turn = random.choice(long)
        words = turn.text.split()
        length = random.randint(5, min(24, len(words)))
        start = random.randint(0, len(words) - length)
        chosen = words[start : start + length]
        if is_word(chosen[0]) and is_word(chosen[-1]):
            found.append(Quote(turn, tuple(chosen)))
    return tuple(found)


def kinds(words: str, cited: Iterable[CitedTurn]) -> set[FindingKind]:
    """What is reported of a summary that quotes the words from the turns, whatever marks they have inside."""
    opening, closing = next(pair for pair in MARKS if not set(pair) & set(words))
    cited = tuple(cited)
    summary = parse_summary(f"It is said that {opening}{words}{closing} ({cited[0].reference}).")
    assert [item.words for item in summary.quotations] == [words]
    found = check_summary(summary, [CitedPassage(cited)])
    return {item.kind for item in found} & FLAGGED


def caught(words: str, cited: Iterable[CitedTurn]) -> bool:
    return FindingKind.MISQUOTATION in kinds(words, cited)


def edited_word(change: Callable[[Random, str], str]) -> Callable[[Random, Sequence[str]], list[str]]:
    """Return a change of one word that has two letters or more, outside the brackets of the transcriber."""

    def apply(random: Random, words: Sequence[str]) -> list[str]:
        at = random.choice([number for number, word in enumerate(words) if is_word(word)])
        return [*words[:at], change(random, words[at]), *words[at + 1 :]]

    return apply


def letter_at(random: Random, word: str) -> int:
    return random.choice([at for at, letter in enumerate(word) if letter.isalpha()])


def replace_letter(random: Random, word: str) -> str:
    at = letter_at(random, word)
    return word[:at] + random.choice([letter for letter in LETTERS if letter != word[at].lower()]) + word[at + 1 :]


def drop_letter(random: Random, word: str) -> str:
    at = letter_at(random, word)
    return word[:at] + word[at + 1 :]


def add_letter(random: Random, word: str) -> str:
    at = letter_at(random, word)
    return word[:at] + random.choice(LETTERS) + word[at:]


def change_case(random: Random, word: str) -> str:
    at = letter_at(random, word)
    return word[:at] + word[at].swapcase() + word[at + 1 :]


def inner(words: Sequence[str]) -> list[int]:
    """Words that are not at the edges and differ from their neighbours: without one, the rest is another text."""
    return [at for at in range(1, len(words) - 1) if words[at] not in (words[at - 1], words[at + 1])]


def change_punctuation(random: Random, words: Sequence[str]) -> list[str]:
    """Drop, replace or add a mark after an inner word."""
    at = random.choice(inner(words))
    word = words[at]
    if word[-1] in ",.?!;:":
        return [*words[:at], word[:-1] + random.choice(["", ";" if word[-1] != ";" else ","]), *words[at + 1 :]]
    return [*words[:at], word + random.choice(",;:"), *words[at + 1 :]]


def drop_word(random: Random, words: Sequence[str]) -> list[str]:
    at = random.choice(inner(words))
    return [*words[:at], *words[at + 1 :]]


def replace_word(random: Random, words: Sequence[str]) -> list[str]:
    at = random.choice(inner(words))
    other = random.choice([word for word in ("hardly", "gladly", "never", "he", "a") if word != words[at]])
    return [*words[:at], other, *words[at + 1 :]]


def drop_space(random: Random, words: Sequence[str]) -> list[str]:
    at = random.randint(1, len(words) - 1)
    return [*words[: at - 1], words[at - 1] + words[at], *words[at + 1 :]]


def add_space(random: Random, word: str) -> str:
    at = random.randint(1, len(word) - 1)
    return f"{word[:at]} {word[at:]}"


def add_word(random: Random, words: Sequence[str]) -> list[str]:
    at = random.randint(1, len(words) - 1)
    return [*words[:at], random.choice(["really", "not", "we", "the"]), *words[at:]]


def swap_words(random: Random, words: Sequence[str]) -> list[str]:
    pairs = [at for at in inner(words) if at + 2 < len(words)] or [0]
    at = random.choice(pairs)
    return [*words[:at], words[at + 1], words[at], *words[at + 2 :]]


CHANGES: dict[str, Callable[[Random, Sequence[str]], list[str]]] = {
    "a letter is replaced": edited_word(replace_letter),
    "a letter is dropped": edited_word(drop_letter),
    "a letter is added": edited_word(add_letter),
    "the case of a letter is changed": edited_word(change_case),
    "a space is dropped": drop_space,
    "a space is added": edited_word(add_space),
    "punctuation is changed": change_punctuation,
    "a word is dropped": drop_word,
    "a word is replaced": replace_word,
    "a word is added": add_word,
    "two words are exchanged": swap_words,
}


def test_the_quotations_are_from_all_kinds_of_places() -> None:
    assert len(quotes()) == NUMBER
    assert {quote.turn.source_id for quote in quotes()} == set(sources())
    assert len(set(quotes())) > NUMBER * 0.95
    text = "\n".join(" ".join(quote.words) for quote in quotes())
    assert all(mark in text for mark in ("“", "’", "'", "[", "–", "?", "! "))


def test_none_of_the_unchanged_quotations_is_flagged() -> None:
    flagged = [words for turn, said in quotes() if kinds(words := " ".join(said), [turn])]
    assert flagged == []


def test_no_change_that_is_marked_or_only_a_form_of_writing_is_flagged() -> None:
    random = Random(80)
    straight = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'"})
    flagged = []
    for turn, said in quotes():
        words = " ".join(said)
        at = random.randint(1, len(said) - 1)
        first = said[0][0]
        forms = [
            words.translate(straight),
            "\u00a0 ".join(said),
            f"{' '.join(said[:at])} […] {said[-1]}" if at < len(said) - 1 else words,
            f"… {words} …",
            words + ("." if words[-1].isalnum() and not re.match("[?!]", after(turn, words)) else ""),
        ]
        if first.isalpha() and said[0][1].isalpha():
            forms.append(f"[{first.swapcase()}]{words[1:]}")
        flagged += [form for form in forms if kinds(form, [turn])]
    assert flagged == []


def after(turn: CitedTurn, words: str) -> str:
    return " ".join(turn.text.split()).partition(words)[2]


@pytest.mark.parametrize("name", CHANGES)
def test_each_change_of_one_character_or_word_is_caught(name: str) -> None:
    random = Random(name)
    missed = []
    for turn, said in quotes():
        if len(inner(said)) > 0:
            changed = " ".join(CHANGES[name](random, said))
            assert changed != " ".join(said)
            missed += [changed] if not caught(changed, [turn]) else []
    assert missed == []


def test_each_dropped_not_is_caught() -> None:
    tried, missed = 0, []
    for turn in own_turns():
        words = turn.text.split()
        for at in range(2, len(words) - 2):
            around = (words[max(0, at - 4) : at], words[at + 1 : at + 5])
            plain_word = words[at].strip(",.?!").lower()
            if plain_word in ("not", "never", "no", "nobody"):
                changed = [*around[0], *around[1]]
            elif plain_word.endswith(("n't", "n’t")):
                changed = [*around[0], re.sub("n['’]t", "", words[at]), *around[1]]
            else:
                continue
            tried += 1
            missed += [changed] if not caught(" ".join(changed), [turn]) else []
    assert tried > 300
    assert missed == []


def test_each_right_quotation_with_the_wrong_turn_is_caught() -> None:
    random = Random(81)
    missed = []
    for turn, said in quotes():
        words = " ".join(said)
        others = [other for other in turns(turn.source_id) if other.is_own and other != turn]
        other = random.choice([other for other in others if words not in " ".join(other.text.split())])
        assert not kinds(words, [turn])
        missed += [words] if not caught(words, [other]) else []
    assert missed == []


def test_each_ellipsis_that_joins_two_speakers_is_caught() -> None:
    tried, missed = 0, []
    for name in sources():
        for first, second in pairwise(turns(name)):
            before, following = first.text.split(), second.text.split()
            if first.speaker == second.speaker or min(len(before), len(following)) < 4:
                continue
            for ellipsis in ("…", "...", "[…]"):
                tried += 1
                words = f"{' '.join(before[-4:])} {ellipsis} {' '.join(following[:4])}"
                missed += [words] if not caught(words, [first, second]) else []
    assert tried > NUMBER
    assert missed == []


def test_each_insertion_that_changes_the_sense_is_listed_for_a_person() -> None:
    random = Random(82)
    unlisted = []
    for turn, said in quotes():
        at = random.randint(1, len(said) - 1)
        words = " ".join([*said[:at], "[not]", *said[at:]])
        unlisted += [words] if kinds(words, [turn]) != {FindingKind.INSERTION} else []
    assert unlisted == []
    assert FindingKind.INSERTION not in {kind for kind in FLAGGED if severity(kind) is Severity.ERROR}


def severity(kind: FindingKind) -> Severity:
    from fwanalysis.analysis.guard import Finding
    from fwanalysis.domain.text import Span

    return Finding(kind, Span(0, 0), "").severity

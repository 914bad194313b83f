"""Finding phrases in a text by its cached tokens: each phrase is looked up at its rarest word only.

Knows phrases and tokens; nothing of rules, turns or codes. ``reference`` finds the same hits by other means.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fwanalysis.suggest.terms import Phrase, separator
from fwanalysis.suggest.tokens import Tokens
from fwanalysis.suggest.vocabulary import Vocabulary


class Hit(NamedTuple):
    """An occurrence of the phrase numbered ``phrase``: the text's ``[start, end)``, its words numbered ``first`` to
    ``last``."""

    start: int
    end: int
    first: int
    last: int
    phrase: int


class Anchored(NamedTuple):
    """A phrase at one of its anchor words, which has ``before`` words of the phrase before it."""

    phrase: int
    before: int
    words: tuple[frozenset[str], ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhraseIndex:
    """Phrases by the words at which they are looked up."""

    anchors: Mapping[str, tuple[Anchored, ...]]


def index_phrases(phrases: Sequence[Phrase], vocabulary: Vocabulary) -> PhraseIndex:
    """An index of the phrases; a phrase's hits carry its number in *phrases*."""
    anchors: dict[str, list[Anchored]] = {}
    for number, phrase in enumerate(phrases):
        counts = [vocabulary.occurrences(words) for words in phrase.words]
        before = counts.index(min(counts))
        for word in phrase.words[before]:
            anchors.setdefault(word, []).append(Anchored(number, before, phrase.words, phrase.gaps))
    return PhraseIndex({word: tuple(anchored) for word, anchored in anchors.items()})


def find(index: PhraseIndex, text: str, tokens: Tokens) -> dict[int, list[Hit]]:
    """All occurrences of the phrases that occur, overlapping ones too, by the phrase's number; *tokens* are those of
    *text*."""
    starts, lengths, beyond = tokens.starts, tokens.lengths, len(tokens)
    found: dict[int, list[Hit]] = {}
    upto = 0
    for word, count in zip(tokens.words, tokens.counts, strict=True):
        upto += count
        if word not in index.anchors:
            continue
        places = tokens.places[upto - count : upto]
        for phrase, before, words, gaps in index.anchors[word]:
            hits = found.setdefault(phrase, [])
            if not gaps:
                hits += [Hit(starts[at], starts[at] + lengths[at], at, at, phrase) for at in places]
                continue
            for at in places:
                first, last = at - before, at - before + len(gaps)
                if first >= 0 and last < beyond and _stands(words, gaps, first, text, tokens):
                    hits.append(Hit(starts[first], starts[last] + lengths[last], first, last, phrase))
    return found


def _stands(words: Sequence[frozenset[str]], gaps: Sequence[str], first: int, text: str, tokens: Tokens) -> bool:
    vocabulary, ids = tokens.words, tokens.ids
    for number, alternatives in enumerate(words, first):
        if vocabulary[ids[number]] not in alternatives:
            return False
    for number, gap in enumerate(gaps, first):
        between = text[tokens.end(number) : tokens.starts[number + 1]]
        if between != gap and separator(between) != gap:
            return False
    return True

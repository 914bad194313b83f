"""The distinct words of a corpus with how often each occurs: what terms are expanded against.

Knows tokens only: no rules, no sources.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import islice, takewhile

from fwanalysis.matching.stems import stemmer
from fwanalysis.suggest.tokens import Tokens, WordCounts


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The normal words of a corpus, sorted, how often each occurs, and which share a stem."""

    words: Sequence[str]
    counts: Mapping[str, int]
    total: int
    stems: Mapping[str, str]
    families: Mapping[str, frozenset[str]]
    language: str

    def inflections(self, word: str) -> frozenset[str]:
        """The normal *word* and the corpus's words with the same stem."""
        stem = self.stems.get(word) or stemmer(self.language)(word)
        return self.families.get(stem, frozenset()) | {word}

    def fitting(self, wildcard: str) -> frozenset[str]:
        """The corpus's words that fit a normal word in which ``*`` stands for any characters, or none, and ``?`` for
        one."""
        beginning = re.split(r"[*?]", wildcard, maxsplit=1)[0]
        pattern = re.compile(re.escape(wildcard).replace(r"\*", ".*").replace(r"\?", "."))
        first = bisect_left(self.words, beginning)
        candidates = takewhile(lambda word: word.startswith(beginning), islice(self.words, first, None))
        return frozenset(word for word in candidates if pattern.fullmatch(word))

    def occurrences(self, words: Set[str]) -> int:
        """How often the words occur, together."""
        return sum(self.counts.get(word, 0) for word in words)


def vocabulary_of(texts: Iterable[Tokens | WordCounts], language: str) -> Vocabulary:
    """Return the vocabulary of a corpus.

    Args:
        texts: The distinct words of each text with their counts, or its tokens; read one text at a time.
        language: The language code (``en``) of the stemmer, which decides what is an inflection of what.
    """
    counts: dict[str, int] = {}
    for text in texts:
        for word, count in zip(text.words, text.counts, strict=True):
            counts[word] = counts.get(word, 0) + count
    stem = stemmer(language)
    stems = {word: stem(word) for word in counts}
    families: dict[str, set[str]] = {}
    for word, root in stems.items():
        families.setdefault(root, set()).add(word)
    closed = {root: frozenset(words) for root, words in families.items()}
    return Vocabulary(sorted(counts), counts, sum(counts.values()), stems, closed, language)

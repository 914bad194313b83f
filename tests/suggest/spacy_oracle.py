"""Find phrases with spaCy's PhraseMatcher: a slow and plain statement of what ``phrase_search`` finds.

spaCy's own tokenizer splits *cannot*, *gonna* and *free-riding*, differently in different contexts. The text and the
patterns are therefore both given to it in the words of ``fwanalysis.suggest``.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise, product
from typing import TYPE_CHECKING

from fwanalysis.domain.text import WORD
from fwanalysis.suggest.phrase_search import Hit
from fwanalysis.suggest.terms import Phrase, separator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language
    from spacy.tokens import Doc


def find(phrases: Sequence[Phrase], text: str, language: str) -> list[Hit]:
    """Return all occurrences of the phrases in *text*, in text order: those that ``phrase_search.find`` finds."""
    from spacy.matcher import PhraseMatcher

    nlp = _pipeline(language)
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for number, phrase in enumerate(phrases):
        matcher.add(str(number), [_doc(nlp, words, phrase.gaps) for words in product(*phrase.words)])
    places = [found.span() for found in WORD.finditer(text)]
    gaps = [separator(text[end:start]) for (_, end), (start, _) in pairwise(places)]
    doc = _doc(nlp, [text[start:end].replace("’", "'") for start, end in places], gaps)
    words_before = [0]
    for token in doc:
        words_before.append(words_before[-1] + bool(WORD.fullmatch(token.text)))
    hits: list[Hit] = []
    for key, start, end in matcher(doc):
        first, last = words_before[start], words_before[end] - 1
        hits.append(Hit(places[first][0], places[last][1], first, last, int(nlp.vocab.strings[key])))
    return sorted(hits)


@lru_cache(maxsize=1)
def _pipeline(language: str) -> Language:
    import spacy

    return spacy.blank(language)


def _doc(nlp: Language, words: Sequence[str], gaps: Sequence[str]) -> Doc:
    """Return a Doc whose tokens are the words and everything between them that is not a single space."""
    from spacy.tokens import Doc

    tokens: list[str] = []
    spaces: list[bool] = []
    for word, gap in zip(words, [*gaps, " "], strict=False):
        tokens.append(word)
        spaces.append(gap == " ")
        if gap != " ":
            tokens.append(gap)
            spaces.append(False)
    return Doc(nlp.vocab, words=tokens, spaces=spaces)

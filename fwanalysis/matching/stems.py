"""The stem that the inflections of a word share, by Snowball (PyStemmer).

Knows words only; what counts as a word is the caller's.
"""

from collections.abc import Callable

import Stemmer


def stemmer(language: str) -> Callable[[str], str]:
    """A function that gives a word's stem, ignoring case, in *language* (``en``, ``de-AT``, ``english``).

    Where Snowball has no algorithm for the language a word is its own stem. The function is not to be shared between
    threads.
    """
    primary = language.lower().replace("_", "-").partition("-")[0]
    try:
        stem: Callable[[str], str] = Stemmer.Stemmer(primary, 0).stemWord
    except KeyError:
        return str.lower
    return lambda word: stem(word.lower())

"""Rich text cut into control words, characters written as codes, braces and text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"\\(?:(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|'(?P<code>[0-9a-fA-F]{2})|(?P<symbol>[\s\S]))"
    r"|(?P<brace>[{}])|(?P<text>[^\\{}]+)"
)


def tokens(source: str) -> Iterator[re.Match[str]]:
    """Yield the tokens of rich text, one match each.

    Args:
        source: Rich text of which each character is one byte.

    Yields:
        Matches with one of the groups ``word`` (and ``number``), ``code``, ``symbol``, ``brace`` or ``text``. Binary
        data (``\\bin``) is skipped by its length.
    """
    at = 0
    while True:
        for token in _TOKEN.finditer(source, at):
            if token["word"] == "bin":
                at = token.end() + max(0, int(token["number"] or 0))
                break
            yield token
        else:
            return

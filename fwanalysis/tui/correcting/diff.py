"""Two passages side by side, word by word; what was removed and what was added is visible without colour."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from rich.text import Text

from fwanalysis.domain.text import one_line

_PIECE = re.compile(r"\w+(?:['’]\w+)* ?|. ?")
"""A word or another character, with the space behind it."""


def differing(old: str, new: str) -> tuple[Text, Text]:
    """Return the old words and the new words with their differences marked.

    What is removed is struck through in ``[-...-]``, what is added is bold in ``{+...+}``, and what both have is
    underlined.
    """
    before, after = _PIECE.findall(one_line(old)), _PIECE.findall(one_line(new))
    left, right = Text(), Text()
    pieces = SequenceMatcher(None, [piece.rstrip() for piece in before], [piece.rstrip() for piece in after], False)
    for kind, one, other, start, end in pieces.get_opcodes():
        removed, added = "".join(before[one:other]), "".join(after[start:end])
        if kind == "equal":
            left.append(removed, style="underline")
            right.append(added, style="underline")
            continue
        if removed:
            left.append(f"[-{removed.rstrip()}-]", style="bold strike").append(removed[len(removed.rstrip()) :])
        if added:
            right.append(f"{{+{added.rstrip()}+}}", style="bold underline").append(added[len(added.rstrip()) :])
    return left, right

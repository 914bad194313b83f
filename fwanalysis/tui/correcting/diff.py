"""Two passages side by side, word by word: what is gone and what is new stands out without colour."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from rich.text import Text

from fwanalysis.domain.text import one_line

_PIECE = re.compile(r"\w+(?:['’]\w+)* ?|. ?")
"""A word or a sign, with the blank behind it."""


def differing(old: str, new: str) -> tuple[Text, Text]:
    """The old words with what is gone ``[-so-]``, struck through; the new words with what is added ``{+so+}``, bold;
    what both have is underlined."""
    before, after = _PIECE.findall(one_line(old)), _PIECE.findall(one_line(new))
    left, right = Text(), Text()
    pieces = SequenceMatcher(None, [piece.rstrip() for piece in before], [piece.rstrip() for piece in after], False)
    for kind, one, other, start, end in pieces.get_opcodes():
        gone, come = "".join(before[one:other]), "".join(after[start:end])
        if kind == "equal":
            left.append(gone, style="underline")
            right.append(come, style="underline")
            continue
        if gone:
            left.append(f"[-{gone.rstrip()}-]", style="bold strike").append(gone[len(gone.rstrip()) :])
        if come:
            right.append(f"{{+{come.rstrip()}+}}", style="bold underline").append(come[len(come.rstrip()) :])
    return left, right

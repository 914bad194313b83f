"""What the characters of symbol fonts (Symbol, Wingdings) are in Unicode, as far as transcripts use them.

Word says them as a code and a font (``w:sym``); LibreOffice writes them among the words, at private code points.
"""

from __future__ import annotations

import re

_PRIVATE = range(0xF000, 0xF100)
_PRIVATE_LETTER = re.compile("[\uf000-\uf0ff]")

_GREEK = dict(zip("abcdefghijklmnopqrstuvwxyz", "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)) | dict(
    zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)
)
_SIGNS = {
    0xA3: "≤",
    0xA5: "∞",
    0xAB: "↔",
    0xAC: "←",
    0xAD: "↑",
    0xAE: "→",
    0xAF: "↓",
    0xB0: "°",
    0xB1: "±",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xBC: "…",
    0xD6: "√",
}
_WINGDINGS = {
    0x21: "✏",
    0x28: "☎",
    0x2A: "✉",
    0x4A: "☺",
    0x4B: "😐",
    0x4C: "☹",
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x76: "❖",
    0x9F: "•",
    0xA7: "▪",
    0xA8: "◻",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xE8: "➔",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_FONTS = {
    "symbol": {ord(letter): greek for letter, greek in _GREEK.items()} | _SIGNS,
    "wingdings": _WINGDINGS,
}


def symbol(font: str, code: str) -> tuple[str, bool]:
    """The character of a symbol given as hexadecimal code of a font, and whether it is one that can be told; what
    cannot keeps its private code point, and what is no character at all is nothing."""
    try:
        at = int(code, 16)
    except ValueError:
        return "", False
    if not 0x20 <= at < 0xD800 and not 0xE000 <= at < 0x110000:
        return "", False
    name = font.strip().lower()
    place = at & 0xFF if at in _PRIVATE else at
    plain = chr(place) if name == "symbol" and 0x20 <= place < 0x40 else None
    told = _FONTS[name].get(place, plain) if name in _FONTS else None if at in _PRIVATE else chr(at)
    return (chr(at), False) if told is None else (told, True)


def holds_symbols(words: str) -> bool:
    """Whether there are characters of a symbol font among *words*."""
    return not words.isascii() and _PRIVATE_LETTER.search(words) is not None


def as_shown(words: str, font: str) -> tuple[str, int]:
    """Words in a font with its symbols as what they show, and how many of them cannot be told and are left."""
    unknown = 0

    def shown(found: re.Match[str]) -> str:
        nonlocal unknown
        letter, known = symbol(font, f"{ord(found[0]):x}")
        unknown += not known
        return letter

    return _PRIVATE_LETTER.sub(shown, words), unknown

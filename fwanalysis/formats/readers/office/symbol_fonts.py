"""Map characters of symbol fonts (Symbol, Wingdings) to Unicode, as far as transcripts use them.

Word writes them as a code and a font (``w:sym``), LibreOffice as private code points in the text.
"""

from __future__ import annotations

import re

_PRIVATE = range(0xF000, 0xF100)
_PRIVATE_LETTER = re.compile("[\uf000-\uf0ff]")

_GREEK = dict(zip("abcdefghijklmnopqrstuvwxyz", "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)) | dict(
    zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)
)
_SYMBOLS = {
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
    "symbol": {ord(letter): greek for letter, greek in _GREEK.items()} | _SYMBOLS,
    "wingdings": _WINGDINGS,
}


def symbol(font: str, code: str) -> tuple[str, bool]:
    """Return the character of a symbol, and whether it was identified.

    Args:
        font: Name of the font.
        code: Hexadecimal code of the symbol in it.

    Returns:
        An unknown symbol keeps its private code point; a code that is not that of a character gives the empty text.
    """
    try:
        at = int(code, 16)
    except ValueError:
        return "", False
    if not 0x20 <= at < 0xD800 and not 0xE000 <= at < 0x110000:
        return "", False
    name = font.strip().lower()
    position = at & 0xFF if at in _PRIVATE else at
    plain = chr(position) if name == "symbol" and 0x20 <= position < 0x40 else None
    found = _FONTS[name].get(position, plain) if name in _FONTS else None if at in _PRIVATE else chr(at)
    return (chr(at), False) if found is None else (found, True)


def holds_symbols(words: str) -> bool:
    """Return whether *words* have characters of a symbol font."""
    return not words.isascii() and _PRIVATE_LETTER.search(words) is not None


def with_symbols(words: str, font: str) -> tuple[str, int]:
    """Return the words with the symbols of *font* replaced, and the number of unknown symbols, which are kept."""
    unknown = 0

    def shown(found: re.Match[str]) -> str:
        nonlocal unknown
        letter, known = symbol(font, f"{ord(found[0]):x}")
        unknown += not known
        return letter

    return _PRIVATE_LETTER.sub(shown, words), unknown

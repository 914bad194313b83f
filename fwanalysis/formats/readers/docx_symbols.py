"""What the characters of Word's symbol fonts (``w:sym``) are in Unicode, as far as transcripts use them."""

from __future__ import annotations

_PRIVATE = range(0xF000, 0xF100)

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

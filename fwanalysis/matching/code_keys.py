"""Keys of codes, made from their names in whatever script they are written."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from fwanalysis.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterable

_AYN = "`"
"""How anyascii writes a consonant of Arabic and Hebrew that Latin letters do not have; *a* keeps it readable."""


def key_from_name(name: str, taken: Iterable[str] = ()) -> str:
    """Return a key for a code: lower-case ASCII letters, digits and hyphens.

    Args:
        name: The name of the code, in any script; it is transliterated (Öl: `ol`, 编码: `bian-ma`).
        taken: Keys that codes below the same parent have; the key gets a number (`trust-2`) where it is one of them.

    Raises:
        InvalidInput: The name is empty.

    Notes:
        No letter is lost: one that the library does not know stands as its code point. A name without letters and
        digits becomes `code`.
    """
    if not name.strip():
        raise InvalidInput("A code needs a name.")
    base = re.sub(r"[^a-z0-9]+", "-", "".join(map(_ascii, unicodedata.normalize("NFC", name)))).strip("-") or "code"
    used = set(taken)
    key, number = base, 2
    while key in used:
        key, number = f"{base}-{number}", number + 1
    return key


def _ascii(character: str) -> str:
    """Return a character in lower-case ASCII; a syllable or ideograph stands apart from its neighbours."""
    if character.isascii():
        return character.lower()
    from anyascii import anyascii

    if character in "\u2018\u2019":
        return ""
    written = anyascii(character).replace(_AYN, "a")
    category = unicodedata.category(character)
    if category[0] in "LN" and not any(map(str.isalnum, written)) and category != "Lm" and written != "'":
        written = f"u{ord(character):x}"
    is_syllable = category == "Lo" and written[:1].isupper()
    return f"-{written.lower()}-" if is_syllable or character.isspace() else written.lower()

"""Bytes to text: which encoding, how sure, and one kind of newline.

A byte order mark decides, then strict UTF-8, then UTF-16 if every other byte is NUL, then Windows-1252, because it
is what English transcripts that are not UTF-8 are in (statistical guessers read their ``£`` as ``Ł``). CRLF and CR
become ``\\n``; nothing else is changed: no other line separator, no normalisation, no character in the middle is
dropped.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from fwanalysis.domain.importing import Doubt
from fwanalysis.domain.text import one_line
from fwanalysis.errors import InvalidInput, UnreadableFile

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_WORDS = 3
_AROUND = 15
_LOOKED_AT = 4096
_MANY_NULS = 0.4
_FEW_NULS = 0.05


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with ``\\n`` newlines, the encoding it was in (Python's name), and what the reader was not sure of."""

    text: str
    encoding: str
    doubts: tuple[Doubt, ...] = ()


def decode(filename: str, data: bytes, encoding: str | None = None) -> Decoded:
    """The text of *data*; *encoding* overrides the guess.

    InvalidInput for an encoding that Python does not know, UnreadableFile where the bytes are not in the encoding
    that was asked for or that their byte order mark announces.
    """
    if encoding is not None:
        return Decoded(_strictly(filename, data, _known(encoding)), _known(encoding))
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(filename, data, name), name)
    sixteen = _sixteen_bits(data)
    if sixteen:
        return Decoded(_strictly(filename, data, sixteen), sixteen)
    try:
        return Decoded(_unified(data.decode("utf-8")), "utf-8")
    except UnicodeDecodeError:
        return _single_byte(data)


def _known(encoding: str) -> str:
    try:
        codec = codecs.lookup(encoding)
        b" ".decode(encoding, "replace")  # refuses what Python calls an encoding but is none of text, such as hex
    except LookupError:
        raise InvalidInput(
            f"No text encoding is called “{encoding}”; common ones are utf-8, cp1252, latin-1."
        ) from None
    return codec.name


def _strictly(filename: str, data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeError as error:
        at = error.start if isinstance(error, UnicodeDecodeError) else 0
        raise UnreadableFile(
            f"{filename} is not in the encoding {encoding}: the bytes at position {at:,} are no character; "
            "name another encoding or save the file as UTF-8."
        ) from None
    return _unified(text.removeprefix("\ufeff"))


def _unified(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _sixteen_bits(data: bytes) -> str | None:
    """UTF-16 without a mark, as Latin text shows it: nearly every other byte is NUL."""
    sample = data[:_LOOKED_AT]
    half = len(sample) // 2
    if half == 0 or len(data) % 2:
        return None
    first, second = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if second >= _MANY_NULS and first <= _FEW_NULS:
        return "utf-16-le"
    if first >= _MANY_NULS and second <= _FEW_NULS:
        return "utf-16-be"
    return None


def _single_byte(data: bytes) -> Decoded:
    try:
        encoding, text = "cp1252", _unified(data.decode("cp1252"))
        said = "The file is not UTF-8 and was read as Windows-1252"
    except UnicodeDecodeError:
        encoding, text = "latin-1", _unified(data.decode("latin-1"))
        said = "The file is neither UTF-8 nor Windows-1252 and was read as Latin-1"
    start = next(at for at, character in enumerate(text) if not character.isascii())
    return Decoded(text, encoding, (Doubt(f"{said}; check that “{_sample(text, start)}” is right.", start),))


def _sample(text: str, start: int) -> str:
    """The first words that hold a character beyond ASCII, or what stands around the first such character."""
    words: list[str] = []
    for word in text.split():
        if not word.isascii() and word not in words and any(map(str.isalnum, word)):
            words.append(word)
            if len(words) == _SAMPLE_WORDS:
                break
    return " ".join(words) or one_line(text[max(0, start - _AROUND) : start + _AROUND])

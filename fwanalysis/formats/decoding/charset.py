"""Decode bytes: detect the encoding, warn if it is uncertain, and unify newlines.

A byte order mark decides, then strict UTF-8, then UTF-16 and UTF-32 by their NULs, then Windows-1252, because it is
what English transcripts that are not UTF-8 are in (statistical guessers read their ``£`` as ``Ł``). CRLF and CR become
``\\n``; nothing else is changed: no other line separator, no normalisation, no character in the middle is dropped.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice
from fwanalysis.domain.text import one_line
from fwanalysis.errors import InvalidInput, UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DROP_THEIR_MARK = frozenset({"utf-16", "utf-32", "utf-8-sig"})
_SAMPLE_WORDS = 3
_AROUND = 15
_SAMPLE_BYTES = 4096
_MANY_NULS = 0.4
_FEW_NULS = 0.05
_MOST_REPORTED = 5
_NO_LETTERS = frozenset({"Cc", "Cn", "Co", "Cs"})
_UNDEFINED_IN_1252 = b"\x81\x8d\x8f\x90\x9d"
_C1_IN_1252 = bytes(code for code in range(0x80, 0xA0) if code not in _UNDEFINED_IN_1252)
_FROM_1252 = {code: bytes((code,)).decode("cp1252") for code in _C1_IN_1252}
_ESCAPED = 0xDC00  # where the error handler “surrogateescape” puts a byte that is not UTF-8
_FROM_ESCAPED = {_ESCAPED + code: _FROM_1252.get(code, chr(code)) for code in range(0x80, 0x100)}
_OF_TWO = re.compile("[\x80-\u07ff]")
_OF_MORE = re.compile("[\u0800-\ud7ff\ue000-\U0010ffff]")
_OF_NONE = re.compile("[\udc80-\udcff]")
_HALF = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_WEIGHED = 2_000_000
_THREE_BYTES = 4
"""How strongly a character of three bytes or more is evidence of UTF-8; one of two bytes counts one."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with ``\\n`` newlines, the encoding that it was in (Python's name), and warnings."""

    text: str
    encoding: str
    warnings: tuple[Notice, ...] = ()


def decode(filename: str, data: bytes, encoding: str | None = None) -> Decoded:
    """Decode a file of plain text.

    Args:
        filename: The name for error messages.
        data: The bytes of the file.
        encoding: Label of the encoding; detected if None.

    Raises:
        InvalidInput: If no encoding has this label.
        UnreadableFile: If the bytes are not in *encoding* or in the encoding of their byte order mark, or hold halves
            of characters.
    """
    decoded = _decoded(filename, data, encoding)
    odd = tuple(_odd_characters(decoded.text))
    return Decoded(decoded.text, decoded.encoding, decoded.warnings + odd) if odd else decoded


def _decoded(filename: str, data: bytes, encoding: str | None) -> Decoded:
    if encoding is not None:
        name = required_codec(encoding)
        return Decoded(_strictly(filename, data, name), name)
    for mark, name in _MARKS:
        if data.startswith(mark):
            read = _utf8(filename, data[len(mark) :]) if name == "utf-8" else None
            return read or Decoded(_strictly(filename, data, name), name)
    if b"\x00" in data:
        wide = _wide(data)
        if wide:
            return wide
    return _utf8(filename, data) or _single_byte(data)


def text_codec(label: str) -> str | None:
    """Return Python's name of the text encoding that *label* names, or None.

    Notes:
        Python's own names come first, then the labels of the Encoding Standard (WHATWG) that it lacks, such as
        ``x-sjis``. What Python calls an encoding but is none of text (``hex``, ``rot13``) is none here.
    """
    try:
        codec = codecs.lookup(label)
        b" ".decode(codec.name, "replace")
    except (LookupError, ValueError):
        return _standard_codec(label)
    return codec.name


def _standard_codec(label: str) -> str | None:
    import webencodings

    encoding = webencodings.lookup(label)
    if encoding is None or encoding.name in ("replacement", "x-user-defined"):
        return None
    return codecs.lookup(encoding.codec_info.name).name


def required_codec(label: str) -> str:
    """Return Python's name of the text encoding that the user chose; InvalidInput if there is none."""
    name = text_codec(label)
    if name is None:
        raise InvalidInput(f"No text encoding is called “{label}”; use, for example, utf-8, cp1252 or latin-1.")
    return name


def _strictly(filename: str, data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeError as error:
        at = error.start if isinstance(error, UnicodeDecodeError) else 0
        line = unified_newlines(data[:at].decode(encoding, "ignore")).count("\n") + 1
        raise UnreadableFile(
            f"{filename} is not in the encoding {encoding}: the bytes at position {at:,}, in line {line:,}, are no "
            "character; name another encoding or save the file as UTF-8."
        ) from None
    return unified_newlines(text if encoding in _DROP_THEIR_MARK else text.removeprefix("\ufeff"))


def unified_newlines(text: str) -> str:
    """Return *text* with CRLF and CR as ``\\n``."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _wide(data: bytes) -> Decoded | None:
    """Decode UTF-16 or UTF-32 without a byte order mark, known by its NULs; with a warning if it is not Latin text."""
    name = _thirty_two_bits(data[:_SAMPLE_BYTES]) or _sixteen_bits(data[:_SAMPLE_BYTES])
    names = (name,) if name else ("utf-16-le", "utf-16-be")
    for candidate in names:
        try:
            text = unified_newlines(data.decode(candidate))
        except UnicodeDecodeError:
            continue
        if name:
            return Decoded(text, name)
        if any(character in text for character in "\n 。") and _is_written(text):
            said = f"The file does not say its encoding and was read as {candidate}"
            return Decoded(text, candidate, (_guess(said, text, 0),))
    return None


def _is_written(text: str) -> bool:
    """Return whether a text decoded from 16-bit units has only characters that people write."""
    return all(
        character in "\n\t" or unicodedata.category(character) not in _NO_LETTERS for character in text[:_SAMPLE_BYTES]
    )


def _thirty_two_bits(sample: bytes) -> str | None:
    quarter = len(sample) // 4
    if quarter and len(sample) % 4 == 0:
        nuls = [sample[offset::4].count(0) / quarter for offset in range(4)]
        if nuls[3] == 1 and nuls[2] >= 1 - _FEW_NULS and nuls[0] <= _FEW_NULS:
            return "utf-32-le"
        if nuls[0] == 1 and nuls[1] >= 1 - _FEW_NULS and nuls[3] <= _FEW_NULS:
            return "utf-32-be"
    return None


def _sixteen_bits(sample: bytes) -> str | None:
    """Return which UTF-16 a sample of Latin text is in: nearly every other byte is NUL."""
    half = len(sample) // 2
    if half == 0 or len(sample) % 2:
        return None
    first, second = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if second >= _MANY_NULS and first <= _FEW_NULS:
        return "utf-16-le"
    if first >= _MANY_NULS and second <= _FEW_NULS:
        return "utf-16-be"
    return None


def _utf8(filename: str, data: bytes) -> Decoded | None:
    """Decode UTF-8, even if some bytes are Windows-1252 or characters beyond 16 bits are in two halves.

    Returns:
        None if the bytes are not UTF-8.

    Raises:
        UnreadableFile: If half of a character is there without its other half.
    """
    try:
        return Decoded(unified_newlines(data.decode("utf-8")), "utf-8")
    except UnicodeDecodeError as error:
        first = error.start
    halves = _joined_halves(filename, data) if _HALF.search(data) else None
    if halves is not None or not _is_mostly_utf8(data[max(0, first - _WEIGHED) : first + _WEIGHED]):
        return halves
    escaped = data.decode("utf-8", "surrogateescape")
    start = len(data[:first].decode("utf-8"))
    start -= escaped.count("\r\n", 0, start)
    bad = sum(1 for _ in _OF_NONE.finditer(escaped))
    text = unified_newlines(escaped.translate(_FROM_ESCAPED))
    many = "one byte is" if bad == 1 else f"{bad:,} bytes are"
    sample = one_line(text[max(0, start - _AROUND) : start + _AROUND])
    said = f"The file is UTF-8 but {many} not, and {'was' if bad == 1 else 'were'} read as Windows-1252"
    return Decoded(text, "utf-8", (Notice(f"{said}; check that “{sample}” is right.", start),))


def _is_mostly_utf8(sample: bytes) -> bool:
    """Return whether most of what is beyond ASCII is UTF-8."""
    escaped = sample.decode("utf-8", "surrogateescape")
    good = len(_OF_TWO.findall(escaped)) + _THREE_BYTES * len(_OF_MORE.findall(escaped))
    return good > len(_OF_NONE.findall(escaped))


def _joined_halves(filename: str, data: bytes) -> Decoded | None:
    """Decode UTF-8 in which characters beyond 16 bits are two surrogates (CESU-8); None if it is not that."""
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
    try:
        joined = unified_newlines(text.encode("utf-16-le", "surrogatepass").decode("utf-16-le"))
    except UnicodeDecodeError as error:
        half = len(text.encode("utf-16-le", "surrogatepass")[: error.start]) // 2
        line = unified_newlines(text[:half]).count("\n") + 1
        raise UnreadableFile(
            f"{filename} holds half a character (a lone surrogate) in line {line:,}, so it was damaged; save it again "
            "as UTF-8 text."
        ) from None
    return Decoded(joined, "utf-8", (Notice("The file holds characters in two halves, which were joined."),))


def _single_byte(data: bytes) -> Decoded:
    """Decode Windows-1252, or Latin-1 if the bytes have no character that only Windows-1252 has.

    Notes:
        Bytes that Windows-1252 does not define stay control characters.
    """
    undefined = sum(data.count(code) for code in _UNDEFINED_IN_1252)
    if undefined and not data.translate(None, delete=bytes(set(range(256)) - set(_C1_IN_1252))):
        encoding, text = "latin-1", data.decode("latin-1")
        said = "The file is neither UTF-8 nor Windows-1252 and was read as Latin-1"
    else:
        encoding, said = "cp1252", "The file is not UTF-8 and was read as Windows-1252"
        text = data.decode("latin-1").translate(_FROM_1252) if undefined else data.decode("cp1252")
        if undefined:
            said += f", with {undefined:,} bytes that it does not define kept as control characters"
    text = unified_newlines(text)
    start = next(at for at, character in enumerate(text) if not character.isascii())
    return Decoded(text, encoding, (_guess(said, text, start),))


def _guess(said: str, text: str, start: int) -> Notice:
    return Notice(f"{said}; check that “{_sample(text, start)}” is right.", start)


def _sample(text: str, start: int) -> str:
    """Return the first words with a character beyond ASCII, or the text around the first such character."""
    words: list[str] = []
    for word in text[start - _AROUND if start > _AROUND else 0 : start + _SAMPLE_BYTES].split():
        if not word.isascii() and word not in words and any(map(str.isalnum, word)):
            words.append(word[: 2 * _AROUND])
            if len(words) == _SAMPLE_WORDS:
                break
    return " ".join(words) or one_line(text[max(0, start - _AROUND) : start + _AROUND])


def _odd_characters(text: str) -> Iterator[Notice]:
    """Yield warnings about byte order marks inside the text (of joined files) and about lost characters."""
    if text.isascii():
        return
    yield from _each(
        text, "\ufeff", "There is a byte order mark inside the text here (were files joined?); it was kept."
    )
    yield from _each(
        text, "\ufffd", "The replacement character � is here: a character was lost before this file was made."
    )


def _each(text: str, character: str, message: str) -> Iterator[Notice]:
    """Yield a warning for each of the first occurrences of a character, and one for all others."""
    at, reported = text.find(character), 0
    while at >= 0 and reported < _MOST_REPORTED:
        yield Notice(message, at)
        at, reported = text.find(character, at + 1), reported + 1
    if at >= 0:
        yield Notice(f"There are {text.count(character, at):,} more of these: {message}", at)

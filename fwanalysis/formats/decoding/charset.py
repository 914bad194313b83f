"""Bytes to text: which encoding, how sure, and one kind of newline.

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
_LOOKED_AT = 4096
_MANY_NULS = 0.4
_FEW_NULS = 0.05
_MOST_PLACES = 5
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
"""How much a character of three bytes or more says for UTF-8, where one of two bytes says one."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with ``\\n`` newlines, the encoding it was in (Python's name), and what the reader was not sure of."""

    text: str
    encoding: str
    warnings: tuple[Notice, ...] = ()


def decode(filename: str, data: bytes, encoding: str | None = None) -> Decoded:
    """The text of *data*; *encoding* overrides the guess.

    InvalidInput for an encoding that Python does not know, UnreadableFile where the bytes are not in the encoding
    that was asked for or that their byte order mark announces, or hold halves of characters.
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
    """Return the name of the text encoding that a user asked for; InvalidInput if there is none."""
    name = text_codec(label)
    if name is None:
        raise InvalidInput(f"No text encoding is called “{label}”; common ones are utf-8, cp1252, latin-1.")
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
    """The text of UTF-16 or UTF-32 without a mark, known by its NULs; with a doubt where it is not Latin text."""
    name = _thirty_two_bits(data[:_LOOKED_AT]) or _sixteen_bits(data[:_LOOKED_AT])
    names = (name,) if name else ("utf-16-le", "utf-16-be")
    for candidate in names:
        try:
            text = unified_newlines(data.decode(candidate))
        except UnicodeDecodeError:
            continue
        if name:
            return Decoded(text, name)
        if any(sign in text for sign in "\n 。") and _is_written(text):
            said = f"The file does not say its encoding and was read as {candidate}"
            return Decoded(text, candidate, (_guess(said, text, 0),))
    return None


def _is_written(text: str) -> bool:
    """Whether what 16 bits were taken for is nothing but characters that people write."""
    return all(sign in "\n\t" or unicodedata.category(sign) not in _NO_LETTERS for sign in text[:_LOOKED_AT])


def _thirty_two_bits(sample: bytes) -> str | None:
    quarter = len(sample) // 4
    if quarter and len(sample) % 4 == 0:
        nuls = [sample[place::4].count(0) / quarter for place in range(4)]
        if nuls[3] == 1 and nuls[2] >= 1 - _FEW_NULS and nuls[0] <= _FEW_NULS:
            return "utf-32-le"
        if nuls[0] == 1 and nuls[1] >= 1 - _FEW_NULS and nuls[3] <= _FEW_NULS:
            return "utf-32-be"
    return None


def _sixteen_bits(sample: bytes) -> str | None:
    """UTF-16 as Latin text shows it: nearly every other byte is NUL."""
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
    """The text of UTF-8, sound or damaged: some bytes as Windows-1252, or characters beyond 16 bits in halves; None
    where the bytes are no such thing. UnreadableFile for a half of a character without its other."""
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
    """Whether more of what is beyond ASCII is UTF-8 than is not."""
    escaped = sample.decode("utf-8", "surrogateescape")
    good = len(_OF_TWO.findall(escaped)) + _THREE_BYTES * len(_OF_MORE.findall(escaped))
    return good > len(_OF_NONE.findall(escaped))


def _joined_halves(filename: str, data: bytes) -> Decoded | None:
    """The text of UTF-8 in which characters beyond 16 bits stand as two surrogates (CESU-8), joined again."""
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
    """Windows-1252, also where some bytes are none of it and stay control characters; Latin-1 if it has no sign that
    only Windows has."""
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
    """The first words that hold a character beyond ASCII, or what stands around the first such character."""
    words: list[str] = []
    for word in text[start - _AROUND if start > _AROUND else 0 : start + _LOOKED_AT].split():
        if not word.isascii() and word not in words and any(map(str.isalnum, word)):
            words.append(word[: 2 * _AROUND])
            if len(words) == _SAMPLE_WORDS:
                break
    return " ".join(words) or one_line(text[max(0, start - _AROUND) : start + _AROUND])


def _odd_characters(text: str) -> Iterator[Notice]:
    """Byte order marks inside the text, as files that were joined have them, and signs of characters lost before."""
    if text.isascii():
        return
    yield from _places(
        text, "\ufeff", "There is a byte order mark inside the text here (were files joined?); it was kept."
    )
    yield from _places(
        text, "\ufffd", "The replacement character � is here: a character was lost before this file was made."
    )


def _places(text: str, sign: str, said: str) -> Iterator[Notice]:
    at, told = text.find(sign), 0
    while at >= 0 and told < _MOST_PLACES:
        yield Notice(said, at)
        at, told = text.find(sign, at + 1), told + 1
    if at >= 0:
        yield Notice(f"There are {text.count(sign, at):,} more of these: {said}", at)

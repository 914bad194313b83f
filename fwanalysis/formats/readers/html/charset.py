"""Decode web pages: the user's choice, the byte order mark and the declaration decide, in the order of browsers.

Names of encodings mean what they mean to browsers (the Encoding Standard of WHATWG, section 4.2): ``iso-8859-1``
is Windows-1252, whose quotation marks pages of the 1990s are full of.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import webencodings

from fwanalysis.domain.importing import Notice
from fwanalysis.domain.text import one_line
from fwanalysis.formats.decoding.charset import decode, text_codec, unified_newlines

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAMPLE_BYTES = 4096
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.:-]+)
      | <meta[^>]{0,500}?[\s;"']charset\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE | re.VERBOSE,
)
_MEANT = {
    "gbk": "gb18030",  # the standard decodes GBK as GB 18030, of which it is a part
    "utf-16le": "utf-8",  # a declaration that can be read byte by byte is not UTF-16 (HTML standard, prescan)
    "utf-16be": "utf-8",
    "x-user-defined": "cp1252",  # as the standard says for pages
}
"""Encodings of the standard that are read as another one."""
_NEVER_MEANT = frozenset({"idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape", "utf-7"})
_FROM_1252 = {code: letter for code in range(0x80, 0xA0) if (letter := bytes((code,)).decode("cp1252", "ignore"))}
"""What Windows-1252 has where Latin-1 has controls; it leaves five codes undefined."""
_AROUND = 15


@dataclass(frozen=True, slots=True)
class Page:
    """A page as text with ``\\n`` newlines, its encoding (Python's name), and why the encoding is uncertain."""

    text: str
    encoding: str
    problem: str = ""

    def warnings(self, words: str) -> Iterator[Notice]:
        """Yield a warning about the encoding with a sample of *words*, if they have characters beyond ASCII."""
        found = re.search(r"[^\x00-\x7f\xa0]", words) if self.problem else None
        if found:
            at = found.start()
            sample = one_line(words[max(0, at - _AROUND) : at + _AROUND])
            yield Notice(f"{self.problem}; check that “{sample}” is right.", at)


def decode_page(filename: str, data: bytes, encoding: str | None = None) -> Page:
    """Decode a page; *encoding* overrides its declaration. Errors as for ``decoding.charset.decode``."""
    if encoding is not None or data.startswith(_MARKS):
        read = decode(filename, data, encoding)
        return Page(read.text, read.encoding)
    declared = _DECLARED.search(data[:_SAMPLE_BYTES])
    if declared is None:
        return _detected(
            filename, data, "The page does not declare its encoding", silent=("utf-8", "utf-16-le", "utf-16-be")
        )
    name = (declared[1] or declared[2]).decode("ascii", "replace")
    codec = codec_of_label(name)
    if codec is None:
        return _detected(filename, data, f"The page declares the unknown encoding “{name}”")
    return _as_declared(filename, data, name, codec)


def codec_of_label(label: str) -> str | None:
    """Return Python's name of the encoding that a page means by a label, or None if none that pages are written in.

    Args:
        label: As in ``charset=...``; all 228 labels of the Encoding Standard are known, and Python's names.

    Notes:
        Where the standard replaces a page by an error (``replacement``: HZ-GB-2312, ISO-2022-KR), the words are read
        with Python's codec if it has one.
    """
    encoding = webencodings.lookup(label)
    if encoding is None or encoding.name == "replacement":
        name = text_codec(label)
        return name if name not in _NEVER_MEANT else None
    return _MEANT.get(encoding.name) or codecs.lookup(encoding.codec_info.name).name


def _as_declared(filename: str, data: bytes, name: str, codec: str) -> Page:
    try:
        if codec != "utf-8" and not data.isascii():
            text = data.decode("utf-8")  # other text is hardly ever UTF-8 by chance
            problem = f"The page declares the encoding {name} but is UTF-8, and was read as UTF-8"
            return Page(unified_newlines(text), "utf-8", problem)
    except UnicodeDecodeError:
        pass
    if codec == "cp1252":
        return Page(unified_newlines(data.decode("latin-1").translate(_FROM_1252)), codec)
    try:
        return Page(unified_newlines(data.decode(codec)), codec)
    except UnicodeDecodeError:
        return _detected(filename, data, f"The page declares the encoding {name} but is not in it")


def _detected(filename: str, data: bytes, because: str, silent: tuple[str, ...] = ()) -> Page:
    read = decode(filename, data)
    problem = "" if read.encoding in silent else f"{because}, and was read as {read.encoding}"
    return Page(read.text, read.encoding, problem)

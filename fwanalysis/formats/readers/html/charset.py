"""In which encoding a web page is: what its first bytes, its author or a person say, in this order of a browser.

Names of encodings mean what browsers take them to mean (the Encoding Standard of WHATWG, section 4.2): ``iso-8859-1``
is Windows-1252, whose quotation marks pages of the 1990s are full of.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice
from fwanalysis.domain.text import one_line
from fwanalysis.formats.decoding.charset import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LOOKED_AT = 4096
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.:-]+)
      | <meta[^>]{0,500}?[\s;"']charset\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE | re.VERBOSE,
)
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
_NEVER_MEANT = frozenset({"idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape", "utf-7"})
_FROM_1252 = {code: letter for code in range(0x80, 0xA0) if (letter := bytes((code,)).decode("cp1252", "ignore"))}
"""What Windows-1252 has where Latin-1 has controls; it leaves five codes undefined."""
_AROUND = 15


@dataclass(frozen=True, slots=True)
class Page:
    """A page as text with ``\\n`` newlines, its encoding (Python's name), and what was doubted of it."""

    text: str
    encoding: str
    said: str = ""

    def warnings(self, words: str) -> Iterator[Notice]:
        """The doubt about the encoding with a sample of the *words* of the page, if it has any beyond ASCII."""
        found = re.search(r"[^\x00-\x7f\xa0]", words) if self.said else None
        if found:
            at = found.start()
            sample = one_line(words[max(0, at - _AROUND) : at + _AROUND])
            yield Notice(f"{self.said}; check that “{sample}” is right.", at)


def decode_page(filename: str, data: bytes, encoding: str | None = None) -> Page:
    """The text of a page; *encoding* overrides what it says of itself. Errors as for ``formats.encodings.decode``."""
    if encoding is not None or data.startswith(_MARKS):
        read = decode(filename, data, encoding)
        return Page(read.text, read.encoding)
    declared = _DECLARED.search(data[:_LOOKED_AT])
    if declared is None:
        return _guessed(
            filename, data, "The page does not say its encoding", silent=("utf-8", "utf-16-le", "utf-16-be")
        )
    name = (declared[1] or declared[2]).decode("ascii", "replace")
    codec = _known(name)
    if codec is None:
        return _guessed(filename, data, f"The page says that it is in “{name}”, which is no known encoding")
    return _as_declared(filename, data, name, _MEANT.get(codec, codec))


def _known(name: str) -> str | None:
    """Python's name of the encoding that a page means, or None if it is none that pages are written in."""
    try:
        codec = codecs.lookup(name)
        b" ".decode(codec.name, "replace")  # refuses what Python calls an encoding but is none of text
    except (LookupError, UnicodeError):
        return None
    return None if codec.name in _NEVER_MEANT else codec.name


def _as_declared(filename: str, data: bytes, name: str, codec: str) -> Page:
    try:
        if codec != "utf-8" and not data.isascii():
            text = data.decode("utf-8")  # other text is hardly ever UTF-8 by chance
            return Page(_unified(text), "utf-8", f"The page says that it is in {name} but is UTF-8, and was read so")
    except UnicodeDecodeError:
        pass
    if codec == "cp1252":
        return Page(_unified(data.decode("latin-1").translate(_FROM_1252)), codec)
    try:
        return Page(_unified(data.decode(codec)), codec)
    except UnicodeDecodeError:
        return _guessed(filename, data, f"The page says that it is in {name} but is not")


def _guessed(filename: str, data: bytes, because: str, silent: tuple[str, ...] = ()) -> Page:
    read = decode(filename, data)
    said = "" if read.encoding in silent else f"{because}, and was read as {read.encoding}"
    return Page(read.text, read.encoding, said)


def _unified(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")

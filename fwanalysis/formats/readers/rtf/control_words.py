"""List the control words of rich text that matter to its text (Rich Text Format Specification 1.9.1)."""

from __future__ import annotations

import codecs
import re

LEFT_OUT = frozenset(
    {"colortbl", "info", "header", "headerf", "headerl", "headerr", "footer", "footerf", "footerl", "footerr"}
    | {
        "pict",
        "shppict",
        "object",
        "nonshppict",
        "shprslt",
        "annotation",
        "atnid",
        "atnauthor",
    }
    | {"listtable", "listoverridetable", "rsidtbl", "themedata", "datastore", "filetbl", "revtbl", "nonesttables"}
    | {"bkmkstart", "bkmkend", "xe", "tc", "tcn", "rxe", "txe", "template", "operator", "title", "author"}
    | {"ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "private", "upr", "formfield", "ffdeftext"}
)
"""Destinations whose words are not the document's."""
READ_THOUGH_STARRED = frozenset({"shpinst", "nesttableprops", "footnote", "ud", "fldinst", "pntext"})
"""Destinations that programs may ignore (``\\*``) but that have text, or properties of text."""
GATHERED_APART = {"fldinst": "code", "listtext": "number", "pntext": "number", "sn": "property", "stylesheet": "styles"}
"""Destinations whose words are gathered apart from those of the document, by what they are."""
COUNTED = {
    "annotation": "comments",
    "pict": "pictures",
    "shppict": "pictures",
}
"""Destinations that are left out with a warning, by the name of the warning."""

CHARACTERS = {
    "tab": "\t",
    "line": "\n",
    "lbr": "\n",
    "emdash": "\u2014",
    "endash": "\u2013",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "bullet": "\u2022",
    "lquote": "\u2018",
    "rquote": "\u2019",
    "ldblquote": "\u201c",
    "rdblquote": "\u201d",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "zwbo": "\u200b",
    "zwnbo": "\u2060",
}
CONTROL_SYMBOLS = {"~": "\u00a0", "-": "\u00ad", "_": "\u2011", "{": "{", "}": "}", "\\": "\\"}
WORDS_OF_SHAPE = "gtextUNICODE"
"""The property of a shape that LibreOffice writes the words in, unless the shape is a text box."""
NUMBER = re.compile(r"\d|\w[.):\u3001]")
"""A number before a paragraph of a list, unlike a bullet."""
RUBY = re.compile(r"\s*EQ\b.*?\\o\\a\w\(\\s\\up ?\d+\([^)]*\),(?P<base>.*)\)\s*", re.DOTALL)
"""The code of a field that shows small characters above its words; it has no result."""
ENDS_PARAGRAPH = frozenset({"par", "sect"})
ENDS_LINE = frozenset({"page", "column"})
"""Breaks inside a paragraph, at the end of a line or between two. The soft ones (``softline``, ``softpage``,
``softcol``) are none: they record where a line ended on the screen, and the space there is part of the text."""
ENDS_CELL = frozenset({"cell", "nestcell"})
ENDS_ROW = frozenset({"row", "nestrow"})

_CHARSETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850", "ansi": "cp1252"}
DEFAULT_CODEC = "cp1252"


def codec_of_charset(number: int) -> str | None:
    """Return the codec (Python's name) of a font's character set, or None if it is that of the document."""
    return _CHARSETS.get(number)


def codec_of_page(word: str, number: int) -> str | None:
    """Return the codec that a document declares with a control word and its number, or None if it declares none."""
    if word != "ansicpg":
        return _PAGES.get(word)
    try:
        return codecs.lookup("mac_roman" if number == 10000 else f"cp{number}").name
    except LookupError:
        return None

"""Which reader reads which file, and what holds for every file.

The table names its functions as text, so that listing them imports none of them. A reader is called as
``read(filename, data, options)`` and returns a SourceDraft, or a tuple of them if a file holds several. Refused here,
once, is what is too large, empty, of no known kind or without words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath

from fwanalysis.domain.importing import ParsedSource
from fwanalysis.domain.text import WORD
from fwanalysis.errors import InvalidInput, UnreadableFile
from fwanalysis.formats.decoding.sniffing import OLE, ZIP, signature
from fwanalysis.formats.decoding.zip_archive import is_encrypted
from fwanalysis.formats.options import DEFAULTS, ReadOptions

Reader = Callable[[str, bytes, ReadOptions], ParsedSource | tuple[ParsedSource, ...]]


@dataclass(frozen=True, slots=True)
class ReaderEntry:
    """A reader as it is listed: its name, the file endings it is chosen by, one line for people, and
    ``module:function``."""

    name: str
    extensions: tuple[str, ...]
    description: str
    target: str


READERS = (
    ReaderEntry("txt", (".txt", ".text"), "plain text", "fwanalysis.formats.readers.txt:read"),
    ReaderEntry("md", (".md", ".markdown"), "Markdown", "fwanalysis.formats.readers.md:read"),
    ReaderEntry("docx", (".docx",), "Word document", "fwanalysis.formats.readers.docx.read:read"),
    ReaderEntry("odt", (".odt",), "OpenDocument text", "fwanalysis.formats.readers.odt.read:read"),
    ReaderEntry("rtf", (".rtf",), "rich text", "fwanalysis.formats.readers.rtf.read:read"),
    ReaderEntry("doc", (".doc",), "legacy Word document", "fwanalysis.formats.readers.doc.read:read"),
    ReaderEntry("pdf", (".pdf",), "PDF with text in it", "fwanalysis.formats.readers.pdf.read:read"),
    ReaderEntry("html", (".html", ".htm", ".xhtml"), "web page", "fwanalysis.formats.readers.html.read:read"),
    ReaderEntry("vtt", (".vtt",), "WebVTT captions (Teams, Zoom)", "fwanalysis.formats.readers.captions.vtt:read"),
    ReaderEntry("srt", (".srt",), "SubRip captions", "fwanalysis.formats.readers.captions.srt:read"),
    ReaderEntry(
        "table", (".csv", ".tsv", ".xlsx"), "table of turns or of answers", "fwanalysis.formats.readers.table:read"
    ),
)


def is_supported(filename: str) -> bool:
    """Whether a file of this name would be given to a reader."""
    return _by_extension(filename) is not None


def supported() -> str:
    """The file endings that can be read, for messages: ``.txt, .md, .docx``."""
    return ", ".join(extension for entry in READERS for extension in entry.extensions)


def read_sources(
    filename: str, data: bytes, *, input_format: str | None = None, options: ReadOptions = DEFAULTS
) -> tuple[ParsedSource, ...]:
    """The drafts of the sources in the bytes of a file: one, or one an answer for a table of answers.

    The content chooses the reader where it is unmistakable, else the ending of the name; *reader* (a name of the
    table) overrides the choice. InvalidInput for an unknown reader, encoding or style, UnreadableFile for a file that
    is empty, too large, of no known kind, damaged, protected or without words.
    """
    if not data:
        raise UnreadableFile(f"{filename} is empty.")
    largest = options.limits.file
    if len(data) > largest:
        raise UnreadableFile(
            f"{filename} has {len(data) / 2**20:,.0f} MB, and files over {largest // 2**20} MB are not read; split it."
        )
    read = _load(_chosen(filename, data, input_format))(filename, data, options)
    drafts = read if isinstance(read, tuple) else (read,)
    if not any(WORD.search(draft.text) for draft in drafts):
        warnings = [doubt for draft in drafts for doubt in draft.warnings]
        noted = f" ({warnings[0].message.rstrip('.')})" if warnings else ""
        raise UnreadableFile(f"{filename} holds no words to read{noted}.")
    return drafts


def read_source(
    filename: str, data: bytes, *, input_format: str | None = None, options: ReadOptions = DEFAULTS
) -> ParsedSource:
    """The draft of the one source in the bytes of a file. Errors as for ``read_sources``; InvalidInput if there are
    several."""
    drafts = read_sources(filename, data, input_format=input_format, options=options)
    if len(drafts) > 1:
        raise InvalidInput(f"{filename} holds {len(drafts)} sources, where one is meant.")
    return drafts[0]


def _chosen(filename: str, data: bytes, input_format: str | None) -> ReaderEntry:
    if input_format is not None:
        entry = next((entry for entry in READERS if entry.name == input_format), None)
        if entry is None:
            names = ", ".join(entry.name for entry in READERS)
            raise InvalidInput(f"No reader is called “{input_format}”; there are {names}.")
        return entry
    entry = _by_extension(filename)
    if entry is None:
        raise UnreadableFile(f"{filename} is {_kind(filename, data)}, which is not read; supported are {supported()}.")
    told = _by_content(data)
    return _named(told) if told and entry.name in _DISGUISES[told] else entry


_DISGUISES: Mapping[str, frozenset[str]] = {
    "rtf": frozenset({"doc", "docx", "txt"}),
    "html": frozenset({"doc", "docx", "txt"}),
    "docx": frozenset({"doc", "odt", "rtf", "txt"}),
    "odt": frozenset({"doc", "docx", "rtf", "txt"}),
    "doc": frozenset({"docx", "rtf"}),
    "pdf": frozenset({"doc", "docx", "rtf", "txt", "html", "odt"}),
    "vtt": frozenset({"txt", "srt"}),
    "srt": frozenset({"txt"}),
}
"""By the reader that the content asks for: the readers that endings may wrongly ask for in its place."""

_SRT = re.compile(rb"(?:\xef\xbb\xbf)?\s*\d{1,6}[ \t]*\r?\n\d\d?:\d\d:\d\d[,.]\d{1,3} --> \d\d?:\d\d:\d\d[,.]\d")
"""The number and the times of the first caption."""
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)[\s>]", re.I | re.S
)


def _by_content(data: bytes) -> str | None:
    """The reader that the first bytes ask for beyond doubt; None where they do not."""
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(OLE):
        return None if is_encrypted(data) else "doc"
    if data.startswith(ZIP):
        if data[30:38] == b"mimetype" and b"opendocument.text" in data[38:120]:
            return "odt"
        return "docx" if b"word/" in data[:_DIRECTORY] or b"word/document.xml" in data[-_DIRECTORY:] else None
    if data.removeprefix(b"\xef\xbb\xbf").startswith((b"WEBVTT\n", b"WEBVTT\r", b"WEBVTT ")):
        return "vtt"
    if _SRT.match(data[:200]):
        return "srt"
    return "html" if _HTML.match(data[:4096]) else None


_DIRECTORY = 8192


def _named(name: str) -> ReaderEntry:
    return next(entry for entry in READERS if entry.name == name)


def _by_extension(filename: str) -> ReaderEntry | None:
    ending = PurePath(filename).suffix.lower()
    return next((entry for entry in READERS if ending in entry.extensions), None)


def _kind(filename: str, data: bytes) -> str:
    ending = PurePath(filename).suffix
    return signature(data) or (f"a “{ending}” file" if ending else "a file without an ending such as .txt")


def _load(entry: ReaderEntry) -> Reader:
    module, _, function = entry.target.partition(":")
    found: Reader = getattr(import_module(module), function)
    return found

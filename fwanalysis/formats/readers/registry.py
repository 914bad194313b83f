"""Choose the format of a file and parse it.

The table ``READERS`` names the functions as text, so that listing the formats imports none of them. A parser is called
as ``read(filename, data, options)`` and returns a parsed source, or a tuple of them if the file has several. Files that
are too large, empty, of an unknown kind or without words are refused here, once for all formats.
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
    """A format as it is listed.

    Attributes:
        name: Name of the format, as in ``--input-format``.
        extensions: File extensions that choose it, in lower case.
        description: What such a file is, for lists.
        target: The parser, as ``module:function``.
    """

    name: str
    extensions: tuple[str, ...]
    description: str
    target: str


READERS = (
    ReaderEntry("txt", (".txt", ".text"), "plain text", "fwanalysis.formats.readers.txt:read"),
    ReaderEntry("md", (".md", ".markdown"), "Markdown", "fwanalysis.formats.readers.md:read"),
    ReaderEntry("docx", (".docx",), "Word document", "fwanalysis.formats.readers.docx.read:read"),
    ReaderEntry("odt", (".odt",), "OpenDocument text (LibreOffice)", "fwanalysis.formats.readers.odt.read:read"),
    ReaderEntry("rtf", (".rtf",), "Rich Text Format (RTF)", "fwanalysis.formats.readers.rtf.read:read"),
    ReaderEntry(
        "doc",
        (".doc",),
        "legacy Word document, converted by LibreOffice or antiword",
        "fwanalysis.formats.readers.doc.read:read",
    ),
    ReaderEntry("pdf", (".pdf",), "PDF with text", "fwanalysis.formats.readers.pdf.read:read"),
    ReaderEntry("html", (".html", ".htm", ".xhtml"), "web page", "fwanalysis.formats.readers.html.read:read"),
    ReaderEntry("vtt", (".vtt",), "WebVTT captions (Teams, Zoom)", "fwanalysis.formats.readers.captions.vtt:read"),
    ReaderEntry("srt", (".srt",), "SubRip captions", "fwanalysis.formats.readers.captions.srt:read"),
    ReaderEntry(
        "table",
        (".csv", ".tsv", ".xlsx"),
        "table (CSV, TSV, Excel) of turns or of open answers",
        "fwanalysis.formats.readers.table:read",
    ),
)


def is_supported(filename: str) -> bool:
    """Return whether the file extension is that of a supported format."""
    return _by_extension(filename) is not None


def supported() -> str:
    """Return the file extensions of all supported formats, for messages: ``.txt, .md, .docx``."""
    return ", ".join(extension for entry in READERS for extension in entry.extensions)


def read_sources(
    filename: str, data: bytes, *, input_format: str | None = None, options: ReadOptions = DEFAULTS
) -> tuple[ParsedSource, ...]:
    """Parse the sources in a file.

    Args:
        filename: Name of the file; its extension chooses the format unless the content is unmistakable.
        data: The bytes of the file.
        input_format: Name of one of ``READERS``; detected if None.
        options: What the user chose, and limits.

    Returns:
        One source; of a table of answers, one for each answer; of a table of several transcripts, one for each.

    Raises:
        InvalidInput: If a format, an encoding or a speaker format of this name does not exist.
        UnreadableFile: If the file is empty, too large, of an unknown kind, damaged, protected or without words.
    """
    if not data:
        raise UnreadableFile(f"{filename} is empty.")
    largest = options.limits.file
    if len(data) > largest:
        raise UnreadableFile(
            f"{filename} has {len(data) / 2**20:,.0f} MB, and over {largest // 2**20} MB are not read; split it."
        )
    read = _load(_chosen(filename, data, input_format))(filename, data, options)
    sources = read if isinstance(read, tuple) else (read,)
    if not any(WORD.search(source.text) for source in sources):
        warnings = [warning for source in sources for warning in source.warnings]
        noted = f" ({warnings[0].message.rstrip('.')})" if warnings else ""
        raise UnreadableFile(f"{filename} holds no words to read{noted}.")
    return sources


def read_source(
    filename: str, data: bytes, *, input_format: str | None = None, options: ReadOptions = DEFAULTS
) -> ParsedSource:
    """Parse the one source in a file; arguments and errors as of ``read_sources``, and InvalidInput for several."""
    sources = read_sources(filename, data, input_format=input_format, options=options)
    if len(sources) > 1:
        raise InvalidInput(f"{filename} holds {len(sources)} sources, but one is expected; split the file.")
    return sources[0]


def _chosen(filename: str, data: bytes, input_format: str | None) -> ReaderEntry:
    if input_format is not None:
        entry = next((entry for entry in READERS if entry.name == input_format), None)
        if entry is None:
            names = ", ".join(entry.name for entry in READERS)
            raise InvalidInput(f"Unknown input format “{input_format}”; use one of {names}.")
        return entry
    entry = _by_extension(filename)
    if entry is None:
        raise UnreadableFile(
            f"{filename} is {_kind(filename, data)}, which is not supported; use one of {supported()}."
        )
    name = _by_content(data)
    return _named(name) if name and entry.name in _DISGUISES[name] else entry


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
"""By the format of the content: the formats that a wrong file extension may name instead of it."""

_SRT = re.compile(rb"(?:\xef\xbb\xbf)?\s*\d{1,6}[ \t]*\r?\n\d\d?:\d\d:\d\d[,.]\d{1,3} --> \d\d?:\d\d:\d\d[,.]\d")
"""The number and the times of the first caption."""
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)[\s>]", re.I | re.S
)


def _by_content(data: bytes) -> str | None:
    """Return the format that the content certainly has, or None if it is not certain."""
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
    extension = PurePath(filename).suffix.lower()
    return next((entry for entry in READERS if extension in entry.extensions), None)


def _kind(filename: str, data: bytes) -> str:
    extension = PurePath(filename).suffix
    return signature(data) or (f"a “{extension}” file" if extension else "a file without a file extension")


def _load(entry: ReaderEntry) -> Reader:
    module, _, function = entry.target.partition(":")
    found: Reader = getattr(import_module(module), function)
    return found

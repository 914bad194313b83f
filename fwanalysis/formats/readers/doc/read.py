"""Word documents of the old kind (Word 97 to 2003): converted by LibreOffice or antiword, if the machine has one.

LibreOffice comes first, because it keeps what is bold and what is a table. How they are run is in ``doc_converters``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.decoding.sniffing import OLE, signature
from fwanalysis.formats.decoding.zip_archive import cut_short, is_encrypted
from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.parsed import parse_source
from fwanalysis.formats.readers import txt
from fwanalysis.formats.readers.doc.converters import converters, to_docx, to_text
from fwanalysis.formats.readers.docx import read as docx
from fwanalysis.formats.turns.find import find_turns

if TYPE_CHECKING:
    from fwanalysis.domain.importing import ParsedSource

_ANTIWORD = "antiword, which does not tell what is bold, draws tables with lines and reads tracked deletions as words"
_SAVE = "open it in Word or LibreOffice and save it as .docx"
_DIRECTORY_ENTRY = {name: name.encode("utf-16-le") for name in ("Root Entry", "WordDocument")}
_SMALL, _SMALL_SECTOR = 4096, 64
_HEADS, _FLAGS, _PROTECTED = (b"\xec\xa5", b"\xdc\xa5"), 11, 1
"""What the head of a Word document begins with (the second of Word 6), and which of its bytes tells by which bit that
there is a password (MS-DOC 2.5.2, FibBase)."""


def read(filename: str, data: bytes, options: ReadOptions = DEFAULTS) -> ParsedSource:
    """The draft of a Word document of the old kind; UnreadableFile where it is none, protected, or nothing on this
    machine converts it."""
    if not data.startswith(OLE):
        return _disguised(filename, data, options)
    if _directory(data) >= len(data):
        raise cut_short(filename)
    if _DIRECTORY_ENTRY["WordDocument"] not in data and not is_encrypted(data):
        raise UnreadableFile(f"{filename} is a Microsoft Office file of the old kind but no Word document.")
    if is_encrypted(data) or _is_protected(data):
        raise UnreadableFile(f"{filename} is protected by a password; save it without one.")
    draft = _by_libreoffice(filename, data, options) or _by_antiword(filename, data, options)
    if draft is None:
        tried = " that could not be converted here" if converters() else ""
        raise UnreadableFile(f"{filename} is a Word document of the old kind{tried}; {_SAVE}.")
    return draft


def _is_protected(data: bytes) -> bool:
    """Whether the head of the document says that there is a password."""
    start, size = _stream(data, "WordDocument")
    if size < _SMALL:
        small_streams, _ = _stream(data, "Root Entry")
        at = _sector(data, small_streams) + start * _SMALL_SECTOR
    else:
        at = _sector(data, start)
    head = data[at : at + _FLAGS + 1]
    return head.startswith(_HEADS) and len(head) > _FLAGS and bool(head[_FLAGS] & _PROTECTED)


def _directory(data: bytes) -> int:
    """Where the entries of the streams begin (MS-CFB 2.2, 2.6)."""
    return _sector(data, _number(data, 48))


def _stream(data: bytes, name: str) -> tuple[int, int]:
    """The first sector of a stream and its length in bytes, by its entry in the directory."""
    entry = data.find(_DIRECTORY_ENTRY[name], _directory(data))
    return _number(data, entry + 116), _number(data, entry + 120)


def _sector(data: bytes, number: int) -> int:
    return (number + 1) << min(int.from_bytes(data[30:31], "little"), 16)


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")


def _by_libreoffice(filename: str, data: bytes, options: ReadOptions) -> ParsedSource | None:
    converted = to_docx(data, options.limits.unpacked)
    if converted is None:
        return None
    draft = docx.read(filename, converted, options)
    return replace(draft, input_format="doc", warnings=(_said("LibreOffice"), *draft.warnings))


def _by_antiword(filename: str, data: bytes, options: ReadOptions) -> ParsedSource | None:
    converted = to_text(data, options.limits.unpacked)
    if converted is None:
        return None
    text = converted.decode("utf-8", "replace").replace("\r\n", "\n").strip("\n")
    return parse_source(
        filename,
        text,
        find_turns(text, speaker_format=options.speaker_format),
        input_format="doc",
        warnings=[_said(_ANTIWORD)],
    )


def _said(program: str) -> Notice:
    return Notice(f"A Word document of the old kind, converted by {program}; look whether all is there.")


def _disguised(filename: str, data: bytes, options: ReadOptions) -> ParsedSource:
    """What goes by the name of a Word document: plain text, or another format of Word's."""
    if data.startswith(b"MIME-Version:") or b"<?mso-application" in data[:1000]:
        raise UnreadableFile(f"{filename} is a Word document saved as a web archive or XML; {_SAVE}.")
    found = signature(data) or ("a file of an unknown kind" if b"\x00" in data else None)
    if found:
        raise UnreadableFile(f"{filename} is not a Word document but {found}; give it its proper ending.")
    return txt.read(filename, data, options)

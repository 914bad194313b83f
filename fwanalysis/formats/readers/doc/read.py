"""Parse legacy Word documents (Word 97 to 2003), converted by LibreOffice or antiword if one is installed.

LibreOffice is preferred, because it keeps bold text and tables.
"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.decoding.charset import unified_newlines
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

_ANTIWORD = "antiword, which loses bold text, draws tables with lines and includes tracked deletions"
_SAVE = "open it in Word or LibreOffice and save it as .docx"
_HEADS, _FLAGS, _PROTECTED = (b"\xec\xa5", b"\xdc\xa5"), 11, 1
"""What the head of a Word document begins with (the second of Word 6), and which of its bytes has which bit for a
password (MS-DOC 2.5.2, FibBase)."""
_DAMAGE = (OSError, ValueError, LookupError, ArithmeticError)
"""What olefile raises for compound files that are damaged or were cut short."""


def read(filename: str, data: bytes, options: ReadOptions = DEFAULTS) -> ParsedSource:
    """Read a legacy Word document.

    Raises:
        UnreadableFile: If the file is not a Word document, is protected or damaged, or no converter could read it.
    """
    if not data.startswith(OLE):
        return _disguised(filename, data, options)
    if is_encrypted(data) or _is_protected(filename, data):
        raise UnreadableFile(f"{filename} is protected by a password; save it without one.")
    source = _by_libreoffice(filename, data, options) or _by_antiword(filename, data, options)
    if source is None:
        failed = " that could not be converted on this computer" if converters() else ""
        raise UnreadableFile(f"{filename} is a legacy Word document (.doc){failed}; {_SAVE}.")
    return source


def _is_protected(filename: str, data: bytes) -> bool:
    """Return whether the head of a Word document says that there is a password.

    Notes:
        The converters are not relied on for this. LibreOffice 7.4 converts a Word 6 document with this bit set without
        asking for a password, and antiword prints what is left of a document that was cut short.
    """
    from olefile import OleFileIO

    try:
        with OleFileIO(BytesIO(data)) as compound:
            if not compound.exists("WordDocument"):
                raise UnreadableFile(
                    f"{filename} is a legacy Microsoft Office file but not a Word document; save its text as .docx."
                )
            words, size = compound.openstream("WordDocument").read(), compound.get_size("WordDocument")
    except _DAMAGE:
        raise cut_short(filename) from None
    if len(words) < size:
        raise cut_short(filename)
    head = words[: _FLAGS + 1]
    return head.startswith(_HEADS) and len(head) > _FLAGS and bool(head[_FLAGS] & _PROTECTED)


def _by_libreoffice(filename: str, data: bytes, options: ReadOptions) -> ParsedSource | None:
    converted = to_docx(data, options.limits.unpacked)
    if converted is None:
        return None
    source = docx.read(filename, converted, options)
    return replace(source, input_format="doc", warnings=(_converted_by("LibreOffice"), *source.warnings))


def _by_antiword(filename: str, data: bytes, options: ReadOptions) -> ParsedSource | None:
    converted = to_text(data, options.limits.unpacked)
    if converted is None:
        return None
    text = unified_newlines(converted.decode("utf-8", "replace")).strip("\n")
    return parse_source(
        filename,
        text,
        find_turns(text, speaker_format=options.speaker_format, speakers=options.speakers),
        input_format="doc",
        warnings=[_converted_by(_ANTIWORD)],
    )


def _converted_by(program: str) -> Notice:
    return Notice(f"The legacy Word document was converted by {program}; check that the text is complete.")


def _disguised(filename: str, data: bytes, options: ReadOptions) -> ParsedSource:
    """Read plain text with the file extension of a Word document; UnreadableFile for other formats."""
    if data.startswith(b"MIME-Version:") or b"<?mso-application" in data[:1000]:
        raise UnreadableFile(f"{filename} is a Word document saved as a web archive or XML; {_SAVE}.")
    found = signature(data) or ("a file of an unknown kind" if b"\x00" in data else None)
    if found:
        raise UnreadableFile(
            f"{filename} is not a Word document but {found}; rename it with the proper file extension."
        )
    return txt.read(filename, data, options)

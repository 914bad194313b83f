"""Recognise files by their first bytes, so that a message can name them. Opens nothing and knows no parser."""

from __future__ import annotations

from fwanalysis.errors import UnreadableFile

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_SIGNATURES = (
    (ZIP, "a zip archive (Word, OpenDocument and Excel files are zip archives inside)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (OLE, "a legacy Microsoft Office file"),
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"ID3", "a sound recording (MP3)"),
    (b"RIFF", "a sound or video recording"),
    (b"OggS", "a sound recording (Ogg)"),
    (b"fLaC", "a sound recording (FLAC)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
)
_CONTROLS = bytes((*range(0x09), *range(0x0E, 0x1C), 0x7F))
_TOLERATED = 0.005
_FEW = 3
"""So few control characters do not make a short text binary."""


def signature(data: bytes) -> str | None:
    """Return what kind of file *data* begins (``a PDF``), or None if no known signature is there."""
    if data[4:8] == b"ftyp":
        return "a sound or video recording (MP4)"
    return next((name for start, name in _SIGNATURES if data.startswith(start)), None)


def refuse_binary(filename: str, data: bytes) -> None:
    """Raise UnreadableFile if the bytes, which should be plain text, begin like another kind of file."""
    found = signature(data)
    if found:
        raise UnreadableFile(
            f"{filename} should hold plain text but is {found}; rename it with the proper file extension or save it as "
            "text."
        )


MOST_CHARACTERS = 20_000_000
"""The longest text of one source, in characters; some three million words."""


def refuse_long(filename: str, text: str) -> None:
    """Raise UnreadableFile if a text is longer than any source can be."""
    if len(text) > MOST_CHARACTERS:
        raise UnreadableFile(
            f"{filename} holds {len(text) / 1e6:,.0f} million characters, and over {MOST_CHARACTERS // 10**6} million "
            "are not read as one source; split it."
        )


def refuse_controls(filename: str, text: str) -> None:
    """Raise UnreadableFile if a decoded text holds NUL or so many control characters that it cannot be text."""
    at = text.find("\x00")
    if at >= 0:
        line = text.count("\n", 0, at) + 1
        raise UnreadableFile(
            f"{filename} holds a NUL character in line {line}, so it is not plain text; save it again as UTF-8 text."
        )
    encoded = text.encode("utf-8", "surrogatepass")
    controls = len(encoded) - len(encoded.translate(None, delete=_CONTROLS))
    if controls > max(_FEW, _TOLERATED * len(text)):
        raise UnreadableFile(
            f"{filename} is not plain text: {controls:,} of its {len(text):,} characters are control characters; "
            "save it again as UTF-8 text."
        )

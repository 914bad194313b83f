"""Open the zip archives that documents are (.docx, .odt, .xlsx), checking their directory before unpacking anything.

Members are read into memory by name; nothing is written to disk. A directory that no word processor writes (names that
point outside, two members of one name, compression other than deflate) is refused, because two programs would read
different words from it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.decoding.sniffing import OLE, ZIP, signature

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fwanalysis.formats.options import Limits

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ENTRY = b"PK\x01\x02"
_MOST_MEMBERS = 20_000
_COMPRESSIONS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_OUTSIDE = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|^[A-Za-z]:")
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)


def is_encrypted(data: bytes) -> bool:
    """Return whether the bytes are a document that Office encrypted with a password."""
    return data.startswith(OLE) and _ENCRYPTED in data


@dataclass(frozen=True, slots=True)
class Archive:
    """A document's archive whose directory has been checked.

    Attributes:
        filename: Name of the document, for messages.
        names: Entries of the members by name, in lower case and with ``/`` between folders.
        limits: Of these, the bytes unpacked.
    """

    filename: str
    names: Mapping[str, zipfile.ZipInfo]
    limits: Limits
    _zip: zipfile.ZipFile

    def member(self, name: str) -> bytes | None:
        """Return the content of a member, or None if there is none of this name (in any case).

        Raises:
            UnreadableFile: If the member is damaged or larger than the limit.
        """
        entry = self.names.get(name.lower())
        if entry is None:
            return None
        try:
            with self._zip.open(entry) as member:
                content = member.read(self.limits.unpacked + 1)
        except _DAMAGE:
            raise cut_short(self.filename) from None
        if len(content) > self.limits.unpacked:
            raise _too_large(self.filename, len(content), self.limits)
        return content


def open_archive(filename: str, data: bytes, *, what: str, member: str, limits: Limits) -> Archive:
    """Open the archive of a document.

    Args:
        filename: Name of the document, for messages; its extension is what the user is asked to save as.
        data: The bytes of the document.
        what: The kind of document, for messages: ``a Word document``.
        member: How the name of one of its members begins.
        limits: Of these, the bytes unpacked.

    Raises:
        UnreadableFile: If the bytes are not such an archive, are damaged, cut short or encrypted, would unpack to more
            than the limit, or have a directory that no word processor writes.
    """
    extension = filename.rpartition(".")[2]
    if data.startswith(OLE):
        if is_encrypted(data):
            raise _protected(filename)
        raise UnreadableFile(
            f"{filename} is a legacy Microsoft Office file with the wrong file extension; open it and save it as "
            f".{extension}."
        )
    if not data.startswith(ZIP):
        raise UnreadableFile(
            f"{filename} is not {what} but {signature(data) or 'another kind of file'}; rename it with the proper file "
            "extension."
        )
    if data.count(_ENTRY) > _MOST_MEMBERS:
        raise UnreadableFile(f"{filename} has over {_MOST_MEMBERS:,} parts, which is not read; split it.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE:
        raise cut_short(filename) from None
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked:
        raise _too_large(filename, unpacked, limits)
    if any(entry.flag_bits & 1 for entry in entries):
        raise _protected(filename)
    names = _names(filename, entries)
    if not any(name.startswith(member.lower()) for name in names):
        raise UnreadableFile(f"{filename} is a zip archive but not {what}; rename it with the proper file extension.")
    return Archive(filename, names, limits, archive)


def shown(text: str, most: int = 80) -> str:
    """Return text from a file for use in a message: one line of at most *most* printable characters."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text[: 4 * most]).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def cut_short(filename: str) -> UnreadableFile:
    """Return the error for a file that is damaged or whose end is missing."""
    return UnreadableFile(f"{filename} is damaged or was cut short; get it again from where it came from.")


def _names(filename: str, entries: Sequence[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """Return the members that are not folders, by name; UnreadableFile if a name or a compression is suspicious."""
    names: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = entry.filename.replace("\\", "/").lower()
        part = shown(entry.filename)
        if _OUTSIDE.search(name):
            raise UnreadableFile(
                f"{filename} has a part named “{part}”, which points outside the document; open it in the program it "
                "was made with and save it again."
            )
        if name.endswith("/"):
            continue
        if name in names:
            raise UnreadableFile(
                f"{filename} has two parts named “{part}”; open it in the program it was made with and save it again."
            )
        if entry.compress_type not in _COMPRESSIONS:
            raise UnreadableFile(
                f"{filename} uses a compression that documents do not use (in “{part}”); open it in the program it was "
                "made with and save it again."
            )
        names[name] = entry
    return names


def _protected(filename: str) -> UnreadableFile:
    return UnreadableFile(f"{filename} is protected by a password; save it without one.")


def _too_large(filename: str, unpacked: int, limits: Limits) -> UnreadableFile:
    return UnreadableFile(
        f"{filename} has {unpacked / 2**20:,.0f} MB unpacked, and over {limits.unpacked // 2**20} MB is not read; "
        "remove its pictures."
    )

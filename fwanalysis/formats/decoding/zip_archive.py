"""Zip archives that documents come in (.docx, .odt, .xlsx): looked at by their directory before anything is unpacked.

Members are only ever read into memory by name; nothing is written to disk. A directory that no word processor makes
(names that point outside, two members of one name, other packings than deflate) is refused, because two programs would
read different words from it.
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
_PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_OUTSIDE = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|^[A-Za-z]:")
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)


def is_encrypted(data: bytes) -> bool:
    """Whether the bytes are what Office makes of a document with a password."""
    return data.startswith(OLE) and _ENCRYPTED in data


@dataclass(frozen=True, slots=True)
class Archive:
    """A document's archive whose directory was found sound; ``names`` maps the names of its members, ``/`` between
    folders and in lower case, to where they are."""

    filename: str
    names: Mapping[str, zipfile.ZipInfo]
    limits: Limits
    _zip: zipfile.ZipFile

    def member(self, name: str) -> bytes | None:
        """What a member holds, or None if there is none of this name in small or capital letters; UnreadableFile where
        it is damaged or larger than the directory says."""
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
    """The archive of a document of which *what* says what it is (``a Word document``) and *member* with what the name
    of one of its members begins.

    UnreadableFile where the bytes are no such archive, are damaged, cut short or protected, would unpack to more than
    the limit, or hold a directory that no word processor makes.
    """
    ending = filename.rpartition(".")[2]
    if data.startswith(OLE):
        if is_encrypted(data):
            raise _protected(filename)
        raise UnreadableFile(
            f"{filename} is a legacy Microsoft Office file under a new name; open it and save it as .{ending}."
        )
    if not data.startswith(ZIP):
        raise UnreadableFile(f"{filename} is not {what} but {signature(data) or 'something else'}.")
    if data.count(_ENTRY) > _MOST_MEMBERS:
        raise UnreadableFile(f"{filename} holds over {_MOST_MEMBERS:,} parts, so it is not {what} that can be read.")
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
        raise UnreadableFile(f"{filename} is a zip archive but not {what}.")
    return Archive(filename, names, limits, archive)


def shown(said: str, most: int = 80) -> str:
    """What a file says of itself, fit for a sentence: one line of printable characters, cut where it is long."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in said[: 4 * most]).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def cut_short(filename: str) -> UnreadableFile:
    """The refusal of a file whose end is missing or whose middle is broken."""
    return UnreadableFile(f"{filename} is damaged or was cut short; get it again from where it came from.")


def _names(filename: str, entries: Sequence[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The members that are no folders by name; UnreadableFile where a name or a packing is not to be trusted."""
    names: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = entry.filename.replace("\\", "/").lower()
        told = shown(entry.filename)
        if _OUTSIDE.search(name):
            raise UnreadableFile(
                f"{filename} holds a part named “{told}”, which points outside the document; it is not read, since no "
                "word processor writes such a file."
            )
        if name.endswith("/"):
            continue
        if name in names:
            raise UnreadableFile(
                f"{filename} holds two parts named “{told}”, of which only one can be meant; open it in the program "
                "it was made with and save it again."
            )
        if entry.compress_type not in _PACKINGS:
            raise UnreadableFile(
                f"{filename} is packed in a way that documents are not (“{told}”); open it in the program it was made "
                "with and save it again."
            )
        names[name] = entry
    return names


def _protected(filename: str) -> UnreadableFile:
    return UnreadableFile(f"{filename} is protected by a password; save it without one.")


def _too_large(filename: str, unpacked: int, limits: Limits) -> UnreadableFile:
    return UnreadableFile(
        f"{filename} holds {unpacked / 2**20:,.0f} MB unpacked, and over {limits.unpacked // 2**20} MB is not read; "
        "take its pictures out."
    )

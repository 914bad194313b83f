"""Zip archives that documents come in (.docx, .odt, .xlsx): looked at by their directory before anything is unpacked.

Members are only ever read into memory by name; nothing is written to disk, so a name that points elsewhere has nowhere
to go.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.sniffing import OLE, ZIP, signature

if TYPE_CHECKING:
    from fwanalysis.formats.options import Limits

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def is_encrypted(data: bytes) -> bool:
    """Whether the bytes are what Office makes of a document with a password."""
    return data.startswith(OLE) and _ENCRYPTED in data


def check_archive(filename: str, data: bytes, *, what: str, member: str, limits: Limits) -> frozenset[str]:
    """The names in the archive of a document of which *what* says what it is (``a Word document``) and *member* with
    what the name of one of its members begins.

    UnreadableFile where the bytes are no such archive, are damaged, cut short or protected, or would unpack to more
    than the limit.
    """
    ending = filename.rpartition(".")[2]
    if data.startswith(OLE):
        if is_encrypted(data):
            raise UnreadableFile(f"{filename} is protected by a password; save it without one.")
        raise UnreadableFile(
            f"{filename} is a Microsoft Office file of the old kind under a new name; open it and save it as .{ending}."
        )
    if not data.startswith(ZIP):
        raise UnreadableFile(f"{filename} is not {what} but {signature(data) or 'something else'}.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            if unpacked > limits.unpacked:
                raise UnreadableFile(
                    f"{filename} holds {unpacked / 2**20:,.0f} MB unpacked, and over {limits.unpacked // 2**20} MB is "
                    "not read; take its pictures out."
                )
            if any(entry.flag_bits & 1 for entry in entries):
                raise UnreadableFile(f"{filename} is protected by a password; save it without one.")
            names = frozenset(entry.filename for entry in entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        raise cut_short(filename) from None
    if not any(name.startswith(member) for name in names):
        raise UnreadableFile(f"{filename} is a zip archive but not {what}.")
    return names


def cut_short(filename: str) -> UnreadableFile:
    """The refusal of a file whose end is missing or whose middle is broken."""
    return UnreadableFile(f"{filename} is damaged or was cut short; get it again from where it came from.")


def read_member(filename: str, data: bytes, name: str, limits: Limits) -> bytes | None:
    """One member of an archive that was checked, or None if it has none of this name. UnreadableFile where it is
    damaged, or larger than the directory says."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(name) as member:
            content = member.read(limits.unpacked + 1)
    except KeyError:
        return None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError):
        raise cut_short(filename) from None
    if len(content) > limits.unpacked:
        raise UnreadableFile(f"{filename} unpacks to more than {limits.unpacked // 2**20} MB, which is not read.")
    return content

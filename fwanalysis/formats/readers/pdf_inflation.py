"""A PDF looked at before it is opened: whether a part of it unpacks to more than is read.

pdfium unpacks a stream whole and cannot be stopped; a stream that grows a thousandfold would take all memory.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from fwanalysis.errors import UnreadableFile

if TYPE_CHECKING:
    from fwanalysis.formats.options import Limits

_STREAM = re.compile(rb"stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")
_TWICE = re.compile(rb"/(?:FlateDecode|Fl)\s*/(?:FlateDecode|Fl)\b")
_PACKED_AT_MOST = 1032
"""How many times its size the deflate method can unpack to (zlib's documentation, “Maximum Compression Factor”)."""
_PIECE = 2**20


def refuse_inflation(filename: str, data: bytes, limits: Limits) -> None:
    """Raise UnreadableFile if a stream would unpack to more than the limit, or is packed twice over."""
    if _TWICE.search(data):
        raise UnreadableFile(f"{filename} is packed twice over, which is not read; print it to a new PDF.")
    for found in _STREAM.finditer(data):
        end = data.find(b"endstream", found.end())
        end = len(data) if end < 0 else end
        if (end - found.end()) * _PACKED_AT_MOST > limits.unpacked and _inflates(data, found.end(), end, limits):
            raise UnreadableFile(
                f"{filename} holds a part that unpacks to over {limits.unpacked // 2**20} MB, which is not read; take "
                "its pictures out."
            )


def _inflates(data: bytes, start: int, end: int, limits: Limits) -> bool:
    unpacking, unpacked = zlib.decompressobj(), 0
    rest = memoryview(data)[start:end].tobytes()
    try:
        while rest and unpacked <= limits.unpacked:
            unpacked += len(unpacking.decompress(rest, _PIECE))
            rest = unpacking.unconsumed_tail
    except zlib.error:
        return False
    return unpacked > limits.unpacked

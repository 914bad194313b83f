"""A PDF looked at before it is opened: whether a part of it unpacks to more than is read.

pdfium unpacks a stream whole, makes an object of every word that is drawn, and cannot be stopped; a stream that grows a
thousandfold would take all memory.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from fwanalysis.errors import UnreadableFile

if TYPE_CHECKING:
    from fwanalysis.formats.options import Limits

_STREAM = re.compile(rb"stream\r?\n")
_TWICE = re.compile(rb"/(?:FlateDecode|Fl)\s*/(?:FlateDecode|Fl)\b")
_HEADED = 600
_DRAWN_AT_MOST = 8 * 2**20
"""How much a page may draw, in bytes; pdfium takes up to a hundred times as much to hold it."""
_PACKED_AT_MOST = 1032
"""How many times its size the deflate method can unpack to (zlib's documentation, “Maximum Compression Factor”)."""
_PIECE = 2**20


def refuse_inflation(filename: str, data: bytes, limits: Limits) -> None:
    """Raise UnreadableFile if a stream would unpack to more than the limit, or is packed twice over; what is neither a
    picture nor a font has a limit of its own."""
    if _TWICE.search(data):
        raise UnreadableFile(f"{filename} is packed twice over, which is not read; print it to a new PDF.")
    for found in _STREAM.finditer(data):
        start, end = found.end(), data.find(b"endstream", found.end())
        end = len(data) if end < 0 else end
        head = data[max(0, found.start() - _HEADED) : found.start()].rpartition(b" obj")[2]
        largest = limits.unpacked if b"/Image" in head or b"/Length1" in head else min(limits.unpacked, _DRAWN_AT_MOST)
        if (end - start) * _PACKED_AT_MOST > largest and _unpacked(data, start, end, largest) > largest:
            raise UnreadableFile(
                f"{filename} holds a part that unpacks to over {largest // 2**20} MB, which is not read; take its "
                "pictures and drawings out."
            )


def _unpacked(data: bytes, start: int, end: int, largest: int) -> int:
    """To how many bytes a stream unpacks, as far as that is under the limit; its own length if it is not packed."""
    unpacking, size = zlib.decompressobj(), 0
    rest = data[start:end]
    try:
        while rest and size <= largest:
            size += len(unpacking.decompress(rest, _PIECE))
            rest = unpacking.unconsumed_tail
    except zlib.error:
        return max(size, end - start)
    return size

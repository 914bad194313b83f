"""Check before a PDF is opened whether a part of it unpacks to more than the limit.

pdfium unpacks a stream whole, creates an object for every word that is drawn, and cannot be stopped; a stream that
grows a thousandfold would use up all memory.
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
"""How much a page may draw, in bytes; pdfium needs up to a hundred times as much memory for it."""
_PACKED_AT_MOST = 1032
"""The maximum ratio of unpacked to packed size with deflate (zlib's documentation, “Maximum Compression Factor”)."""
_PIECE = 2**20


def refuse_inflation(filename: str, data: bytes, limits: Limits) -> None:
    """Refuse a PDF with a stream that is too large unpacked, or packed twice.

    Args:
        filename: The name of the file, for messages.
        data: The bytes of the file.
        limits: How much a picture or font may unpack to, in bytes; other streams have a lower limit.

    Raises:
        UnreadableFile: If there is such a stream.
    """
    if _TWICE.search(data):
        raise UnreadableFile(f"{filename} has a part that is compressed twice; print it to a new PDF.")
    for found in _STREAM.finditer(data):
        start, end = found.end(), data.find(b"endstream", found.end())
        end = len(data) if end < 0 else end
        head = data[max(0, found.start() - _HEADED) : found.start()].rpartition(b" obj")[2]
        largest = limits.unpacked if b"/Image" in head or b"/Length1" in head else min(limits.unpacked, _DRAWN_AT_MOST)
        if (end - start) * _PACKED_AT_MOST > largest and _unpacked(data, start, end, largest) > largest:
            raise UnreadableFile(
                f"{filename} has a part that unpacks to over {largest // 2**20} MB, which is the limit; remove its "
                "pictures and drawings."
            )


def _unpacked(data: bytes, start: int, end: int, largest: int) -> int:
    """Return the unpacked size of a stream, counted up to the limit.

    The length of the stream itself if it is not packed.
    """
    unpacking, size = zlib.decompressobj(), 0
    rest = data[start:end]
    try:
        while rest and size <= largest:
            size += len(unpacking.decompress(rest, _PIECE))
            rest = unpacking.unconsumed_tail
    except zlib.error:
        return max(size, end - start)
    return size

"""Files of plain text, decoded and checked: the first steps of every reader that is given one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.formats.decoding.charset import decode
from fwanalysis.formats.decoding.sniffing import refuse_binary, refuse_controls, refuse_long

if TYPE_CHECKING:
    from fwanalysis.formats.decoding.charset import Decoded
    from fwanalysis.formats.options import ReadOptions


def plain_text(filename: str, data: bytes, options: ReadOptions, *, one_source: bool = True) -> Decoded:
    """Decode a file of plain text.

    Args:
        filename: The name for error messages.
        data: The bytes of the file.
        options: Of these, the encoding; detected if None.
        one_source: Whether the file is one source, which has a greatest length; a table may hold many.

    Raises:
        UnreadableFile: If the bytes are another kind of file, are not in the encoding, hold NUL or many control
            characters, or are longer than a source can be.
        InvalidInput: If no encoding has the name in *options*.
    """
    refuse_binary(filename, data)
    decoded = decode(filename, data, options.encoding)
    refuse_controls(filename, decoded.text)
    if one_source:
        refuse_long(filename, decoded.text)
    return decoded

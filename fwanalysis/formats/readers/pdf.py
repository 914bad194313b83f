"""Not written yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.options import DEFAULTS, ReadOptions

if TYPE_CHECKING:
    from fwanalysis.domain.importing import SourceDraft


def read(filename: str, data: bytes, options: ReadOptions = DEFAULTS) -> SourceDraft:
    """Refuse the file."""
    raise UnreadableFile(f"{filename} is a file that this version does not read.")

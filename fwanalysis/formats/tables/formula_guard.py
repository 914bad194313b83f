"""Cells that no spreadsheet program runs as a formula (OWASP, CSV injection).

There are two rules, because a chart is for people and a transcript is read back: only the second can be undone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fwanalysis.domain.table import Scalar

_STARTS = ("=", "+", "-", "@", "\t", "\r")
_RUN = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guarded_for_display(value: Scalar) -> Scalar:
    """Return a value as a cell that is not run.

    Text that begins with ``= + - @`` TAB or CR gets an apostrophe in front; numbers stay numbers and None becomes
    empty. Text that begins with an apostrophe stays as it is, so this cannot be undone.
    """
    if value is None:
        return ""
    return "'" + value if isinstance(value, str) and value.startswith(_STARTS) else value


def guarded_reversibly(cell: str) -> str:
    """Return text as a cell that is not run and that ``unguarded`` turns back into the same text.

    An apostrophe goes in front of what begins with ``= + - @`` TAB or CR, or would begin so without its apostrophes.
    """
    return "'" + cell if _RUN.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return the text that ``guarded_reversibly`` was given."""
    return cell[1:] if _GUARDED.match(cell) else cell

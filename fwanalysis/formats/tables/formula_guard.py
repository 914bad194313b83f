"""Prevent spreadsheet programs from running cells as formulas (OWASP, CSV injection).

There are two rules, because a matrix is read by people and a transcript is read back: only the second can be undone.
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
    """Return a value as a cell that is not run as a formula.

    Text that begins with ``= + - @`` TAB or CR gets an apostrophe in front; numbers stay numbers and None becomes
    empty. Text that begins with an apostrophe is not changed, so this cannot be undone.
    """
    if value is None:
        return ""
    return "'" + value if isinstance(value, str) and value.startswith(_STARTS) else value


def guarded_reversibly(cell: str) -> str:
    """Return text as a cell that is not run and that ``unguarded`` restores.

    An apostrophe is put in front of text that begins with ``= + - @`` TAB or CR, or that would begin so without its
    apostrophes.
    """
    return "'" + cell if _RUN.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return the text that was given to ``guarded_reversibly``."""
    return cell[1:] if _GUARDED.match(cell) else cell

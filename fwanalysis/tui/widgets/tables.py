"""Tables whose enter key has a label in the footer.

A table that has the focus handles keys before its screen does, so the binding has to be the table's own.
"""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import DataTable


class OpeningTable(DataTable[object]):
    """A table in which enter opens what is under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select_cursor", "Open", id="table.open")]

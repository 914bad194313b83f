"""Tables whose enter key says in the footer what it does: a focused table's own keys go before its screen's."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import DataTable


class OpeningTable(DataTable[object]):
    """A table in which enter opens what is under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select_cursor", "Open", id="table.open")]

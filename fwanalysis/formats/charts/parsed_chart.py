"""A chart that was read from a file: its cells as the file states them, and what was not understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fwanalysis.domain.cell_text import fingerprint, parse_cell_text
from fwanalysis.formats.charts.text_fitting import is_cut

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fwanalysis.domain.cell_text import CellText


@dataclass(frozen=True, slots=True)
class ParsedCell:
    """A cell of a chart's file.

    Attributes:
        row: Heading of the row: the name of the case.
        case_id: Id of the case; empty if the file does not give it.
        theme: Name of the theme; empty if the file does not give it.
        column: Heading of the column: name, label or path of the code.
        code_id: Id of the code; empty if the file does not give it.
        own: Whether the column holds only what is coded with the code itself.
        state: One of ``cell_text.STATES``.
        text: The summary, or the reason of *not applicable*.
        disagreement: How what was said and the figures about the case disagree; may be empty.
        exported: ``cell_text.fingerprint`` of what was exported; empty if the file does not give it.
        place: Where the cell is, for messages: ``sheet “Trust”, cell D5`` or ``line 3``.
    """

    row: str
    case_id: str
    theme: str
    column: str
    code_id: str
    own: bool
    state: str
    text: str
    disagreement: str = ""
    exported: str = ""
    place: str = ""

    @property
    def is_edited(self) -> bool | None:
        """Whether state or summary differ from what was exported; None if the file does not tell."""
        return fingerprint(self.state, self.text) != self.exported if self.exported else None


@dataclass(frozen=True, slots=True)
class ParsedChart:
    """A chart's file as it was read.

    Attributes:
        form: ``xlsx``, ``nvivo``, ``wide``, ``long`` or ``json``.
        cells: The cells in the order of the file, written or not.
        warnings: What was not understood, with its place, one sentence each.
        about: The facts about the export that the file states, such as ``event``; empty if it states none.
    """

    form: str
    cells: tuple[ParsedCell, ...]
    warnings: tuple[str, ...] = ()
    about: Mapping[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Heading:
    """What a file says about a column."""

    theme: str
    column: str
    code_id: str = ""
    own: bool = False


@dataclass(slots=True)
class Collected:
    """Cells and warnings while a file is read."""

    cells: list[ParsedCell] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def refuse_cut(self, text: str, place: str) -> bool:
        """Return whether a text is cut and not to be read, with a warning."""
        if not is_cut(text):
            return False
        self.warnings.append(
            f"{place} holds 32,767 characters, all that a spreadsheet program keeps of a longer text, and is not read."
        )
        return True

    def add(self, row: str, case_id: str, heading: Heading, text: str, place: str, exported: str = "") -> None:
        """Add a cell from its text."""
        self.add_parsed(row, case_id, heading, parse_cell_text(text), place, exported)

    def add_parsed(
        self, row: str, case_id: str, heading: Heading, parsed: CellText, place: str, exported: str = ""
    ) -> None:
        """Add a cell whose state and summary are known, and a warning for text among its evidence."""
        if parsed.extra:
            self.warnings.append(
                f"{place}: text below “Evidence:” is not read: “{parsed.extra[0][:60]}”. Write it above that line."
            )
        self.cells.append(
            ParsedCell(
                *(row, case_id, heading.theme, heading.column, heading.code_id, heading.own),
                *(parsed.state, parsed.text, parsed.disagreement, exported, place[:1].lower() + place[1:]),
            )
        )

"""Build the stories of rich text: its body, notes and text boxes, paragraph by paragraph and cell by cell."""

from __future__ import annotations

from fwanalysis.formats.readers.office.document_text import DocumentText


class Story:
    """The body, a note or a text box, with the state of its last paragraph."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.document = DocumentText()
        self.open = False
        self.heading = False
        self.after_cell = False
        self.boxes: list[str] = []

    def add(self, words: str, *, bold: bool) -> None:
        """Add words, in a new paragraph or cell if none is open."""
        self._begin()
        self.document.add(words, bold=bold)

    def end_paragraph(self) -> None:
        """End the paragraph, which may be empty, and add the text boxes in it below."""
        self._begin()
        self.document.end_paragraph(heading=self.heading)
        self.open = False
        if self.boxes and self.document.is_blank:
            self.document.stay()
        for box in self.boxes:
            self.document.begin_paragraph()
            self.document.add(box)
            self.document.end_paragraph()
        self.boxes = []

    def end_cell(self) -> None:
        """End the cell, which may be empty."""
        self.end_paragraph()
        self.after_cell = True

    def end_row(self) -> None:
        """End the row of a table."""
        self.document.end_row()
        self.open = self.after_cell = False

    def _begin(self) -> None:
        if not self.open:
            if self.after_cell:
                self.document.begin_cell(first=False)
            self.document.begin_paragraph()
            self.open, self.after_cell = True, False

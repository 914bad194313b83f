"""Where the words of rich text go: the body, a note or a text box, paragraph by paragraph and cell by cell."""

from __future__ import annotations

from fwanalysis.formats.readers.office.document_text import DocumentText


class Place:
    """Where words go: the body, a note or a text box, with what is known of its paragraph."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.document = DocumentText()
        self.open = False
        self.heading = False
        self.after_cell = False
        self.boxes: list[str] = []

    def add(self, words: str, *, bold: bool) -> None:
        """Take in words, in a new paragraph or cell if none is begun."""
        self._begin()
        self.document.add(words, bold=bold)

    def end_paragraph(self) -> None:
        """End the paragraph, which may be empty; text boxes in it stand below it."""
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

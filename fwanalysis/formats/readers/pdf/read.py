"""Read a PDF as paragraphs, without headers, footers and hyphens at line ends.

pdfium (BSD) finds the characters and lines in a separate process (``child``, started by ``process``), which also puts
the characters of each line in order (``measure``, ``line_order``). The later steps are pure: ``margins`` removes what
is around the text, ``reading_order`` orders the lines of a page, and ``paragraphs`` joins them.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice
from fwanalysis.domain.text import one_line
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.decoding.sniffing import MOST_CHARACTERS
from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.parsed import parse_source
from fwanalysis.formats.readers.pdf.inflation import refuse_inflation
from fwanalysis.formats.readers.pdf.margins import without_margins
from fwanalysis.formats.readers.pdf.page import PageLines, unpacked
from fwanalysis.formats.readers.pdf.paragraphs import paragraphs
from fwanalysis.formats.readers.pdf.process import Ended, ask
from fwanalysis.formats.readers.pdf.reading_order import in_reading_order, overprinted
from fwanalysis.formats.tables.embedded_table import rows_of_tabs, table_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fwanalysis.domain.importing import ParsedSource

_MOST_PAGES = 5_000
_MOST_CHARACTERS = MOST_CHARACTERS
_WAY_OUT = "print it to a new PDF, or save its text"
_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
_NAMED_PAGES = 10
_UNREADABLE_SHARE = 0.01
_LETTERLESS = re.compile("[\ufffd\ue000-\uf8ff]")


def read(filename: str, data: bytes, options: ReadOptions = DEFAULTS) -> ParsedSource:
    """Read a PDF.

    Args:
        filename: The name of the file, for messages.
        data: The bytes of the file.
        options: The chosen format of speaker labels, and limits.

    Raises:
        UnreadableFile: If it is not a PDF, damaged, protected by a password, too long, or contains only pictures of
            text.
    """
    refuse_inflation(filename, data, options.limits)
    pages, title = _pages(filename, data)
    if not any(page.lines for page in pages):
        raise _without_text(filename, pages)
    kept, left_out = without_margins(pages)
    ordered = in_reading_order(kept)
    made, found = paragraphs(ordered.parts, ordered.columns, options)
    warnings = (*_scanned(pages), *left_out, *overprinted(pages), *ordered.warnings, *made.warnings)
    warnings = (*warnings, *_undeciphered(made.text))
    metadata = {"title": title} if title else None
    rows = rows_of_tabs(made.text)
    table = table_source(filename, made.text, rows, input_format="pdf", options=options, warnings=warnings)
    if table:
        return replace(table, metadata=metadata or {})
    return parse_source(
        filename,
        made.text,
        found,
        input_format="pdf",
        metadata=metadata,
        warnings=warnings,
    )


class _Answer:
    """The answer of the child about a PDF so far.

    Attributes:
        title: The title in the properties of the PDF.
        pages: The pages so far.
        refusal: Why the PDF cannot be read, or None.
    """

    def __init__(self, filename: str) -> None:
        self._filename = filename
        self._count: int | None = None
        self._characters = 0
        self.title = ""
        self.pages: list[PageLines] = []
        self.refusal: UnreadableFile | None = None

    def take(self, frame: bytes) -> bool:
        """Add the next frame and return whether there are more.

        Raises:
            UnreadableFile: If the PDF has too many pages or characters.
        """
        if not frame.startswith(b"{"):
            self._add(unpacked(len(self.pages) + 1, frame))
        elif "error" in (head := json.loads(frame)):
            self.refusal = self._refused(head["error"])
            return False
        else:
            self._open(head["pages"], head["title"])
        return len(self.pages) != self._count

    def ended(self, ended: Ended) -> UnreadableFile:
        """Return the error for a PDF that ended the child."""
        where = f"page {len(self.pages) + 1:,} of {self._count:,}" if self._count else "opening it"
        what = "took too long" if ended.late else "crashed the PDF library"
        return UnreadableFile(f"{self._filename} was not read: {where} {what}; {_WAY_OUT}.")

    def _refused(self, error: int) -> UnreadableFile:
        if self._count is None and error in (_PASSWORD, _SECURITY):
            return UnreadableFile(f"{self._filename} is protected by a password; save it without one.")
        return UnreadableFile(
            f"{self._filename} is not a PDF, or it is damaged or incomplete; download or export it again."
        )

    def _open(self, count: int, title: str) -> None:
        self._count, self.title = count, one_line(title)
        if self._count > _MOST_PAGES:
            raise UnreadableFile(f"{self._filename} has {self._count:,} pages; the limit is {_MOST_PAGES:,}. Split it.")

    def _add(self, page: PageLines) -> None:
        self.pages.append(page)
        self._characters += sum(len(line.text) for line in page.lines)
        if self._characters > _MOST_CHARACTERS:
            raise UnreadableFile(
                f"{self._filename} has over {_MOST_CHARACTERS:,} characters up to page {page.number:,}, which is the "
                "limit; split it."
            )


def _pages(filename: str, data: bytes) -> tuple[list[PageLines], str]:
    """Return the lines of all pages, and the title in the PDF's properties."""
    answer = _Answer(filename)
    try:
        ask(data, answer.take)
    except Ended as ended:
        raise answer.ended(ended) from None
    except OSError as error:
        raise UnreadableFile(
            f"{filename} was not read: the process that reads PDFs cannot be started ({error.strerror}); save its text "
            "as .txt and import that."
        ) from None
    if answer.refusal:
        raise answer.refusal
    return answer.pages, answer.title


def _without_text(filename: str, pages: Sequence[PageLines]) -> UnreadableFile:
    count = "1 page" if len(pages) == 1 else f"{len(pages):,} pages"
    why = "it was probably scanned; run OCR first" if any(page.pictured for page in pages) else "its pages are empty"
    return UnreadableFile(f"{filename} has {count} but no text: {why}.")


def _scanned(pages: Sequence[PageLines]) -> Iterator[Notice]:
    """Yield a warning about pages that are pictures without text."""
    found = [f"{page.number}" for page in pages if page.pictured and not page.lines]
    if found:
        named = ", ".join(found[:_NAMED_PAGES]) + (", …" if len(found) > _NAMED_PAGES else "")
        where, are = (
            (f"Page {named} is a picture", "was") if len(found) == 1 else (f"Pages {named} are pictures", "were")
        )
        yield Notice(f"{where} without text, probably scanned, and {are} not read; run OCR first.")


def _undeciphered(text: str) -> Iterator[Notice]:
    """Yield a warning about characters for which the fonts give no letter."""
    odd = _LETTERLESS.findall(text)
    if odd and len(odd) >= _UNREADABLE_SHARE * len(text):
        first = text.index(odd[0])
        yield Notice(f"{len(odd):,} characters have no letter in the fonts of the PDF; check the text.", first)

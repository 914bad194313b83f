"""PDF: the words of its pages in paragraphs, without running heads, page numbers and the hyphens of broken words.

pdfium (BSD) finds the characters and lines; this module opens, bounds and closes it. What a line is to its page is in
``pdf_page``, what stands in the margins in ``pdf_margins``, how lines become paragraphs in ``pdf_paragraphs``.
"""

from __future__ import annotations

import re
import threading
import time
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Doubt
from fwanalysis.domain.text import one_line
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.drafts import draft_source
from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.readers.pdf_inflation import refuse_inflation
from fwanalysis.formats.readers.pdf_margins import without_margins
from fwanalysis.formats.readers.pdf_page import PageLines, lines_of
from fwanalysis.formats.readers.pdf_paragraphs import paragraphs
from fwanalysis.formats.sniffing import MOST_CHARACTERS
from fwanalysis.formats.speakers import find_turns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdfium2 import PdfDocument

    from fwanalysis.domain.importing import SourceDraft

_MOST_PAGES = 5_000
_MOST_CHARACTERS = MOST_CHARACTERS
_MOST_SECONDS = 60.0
_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
_NAMED_PAGES = 10
_UNREADABLE_SHARE = 0.01
_LETTERLESS = re.compile("[\ufffd\ue000-\uf8ff]")

_pdfium = threading.Lock()  # pdfium may be used by one thread at a time


def read(filename: str, data: bytes, options: ReadOptions = DEFAULTS) -> SourceDraft:
    """The draft of a PDF; UnreadableFile where it is none, damaged, protected, too long, or pictures of text only."""
    refuse_inflation(filename, data, options.limits)
    with _pdfium:
        pages, title = _pages(filename, data)
    if not any(page.lines for page in pages):
        raise _without_text(filename, pages)
    kept, left_out = without_margins(pages)
    made = paragraphs(kept, style=options.style)
    return draft_source(
        filename,
        made.text,
        find_turns(made.text, headings=made.headings, style=options.style),
        reader="pdf",
        metadata={"title": title} if title else None,
        doubts=(*_scanned(pages), *left_out, *made.doubts, *_undeciphered(made.text)),
    )


def _pages(filename: str, data: bytes) -> tuple[list[PageLines], str]:
    """The lines of all pages, and the title that the PDF has in its properties."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        if error.err_code in (_PASSWORD, _SECURITY):
            raise UnreadableFile(f"{filename} is protected by a password; save it without one.") from None
        raise _damaged(filename) from None
    try:
        with document:
            return list(_read_pages(filename, document)), one_line(document.get_metadata_value("Title"))
    except PdfiumError:
        raise _damaged(filename) from None


def _read_pages(filename: str, document: PdfDocument) -> Iterator[PageLines]:
    count = len(document)
    if count > _MOST_PAGES:
        raise UnreadableFile(f"{filename} has {count:,} pages, and over {_MOST_PAGES:,} are not read; split it.")
    begun, characters = time.monotonic(), 0
    for number in range(count):
        page = lines_of(document, number)
        characters += sum(len(line.text) for line in page.lines)
        if characters > _MOST_CHARACTERS:
            raise UnreadableFile(
                f"{filename} has over {_MOST_CHARACTERS:,} characters by page {number + 1:,}, which is not read; split "
                "it."
            )
        if time.monotonic() - begun > _MOST_SECONDS:
            raise UnreadableFile(
                f"{filename} took over {_MOST_SECONDS:.0f} seconds to page {number + 1:,} of {count:,}; split it or "
                "save its text."
            )
        yield page


def _damaged(filename: str) -> UnreadableFile:
    return UnreadableFile(f"{filename} is no PDF or is damaged or cut short; get it again from where it came from.")


def _without_text(filename: str, pages: Sequence[PageLines]) -> UnreadableFile:
    count = "1 page" if len(pages) == 1 else f"{len(pages):,} pages"
    why = "it was probably scanned; run OCR first" if any(page.pictured for page in pages) else "there is none to read"
    return UnreadableFile(f"{filename} has {count} but no text: {why}.")


def _scanned(pages: Sequence[PageLines]) -> Iterator[Doubt]:
    """A doubt about pages that are pictures without text."""
    found = [f"{page.number}" for page in pages if page.pictured and not page.lines]
    if found:
        named = ", ".join(found[:_NAMED_PAGES]) + (", …" if len(found) > _NAMED_PAGES else "")
        whole, its = ("Page", "is a picture") if len(found) == 1 else ("Pages", "are pictures")
        yield Doubt(f"{whole} {named} {its} without text, probably scanned: nothing was read there; run OCR first.")


def _undeciphered(text: str) -> Iterator[Doubt]:
    """A doubt about characters that the fonts of the PDF give no letter for."""
    odd = _LETTERLESS.findall(text)
    if odd and len(odd) >= _UNREADABLE_SHARE * len(text):
        first = text.index(odd[0])
        yield Doubt(f"{len(odd):,} characters of this PDF do not say which letters they are; check the text.", first)

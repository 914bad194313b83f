"""PDF: the words of its pages in paragraphs, without running heads, page numbers and the hyphens of broken words.

pdfium (BSD) finds the characters and lines, in a process of its own (``pdf_child``, started by ``pdf_process``). What a
line is to its page is in ``pdf_page``, what stands in the margins in ``pdf_margins``, how lines become paragraphs in
``pdf_paragraphs``.
"""

from __future__ import annotations

import json
import re
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
from fwanalysis.formats.turns.find import find_turns

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
    """The draft of a PDF; UnreadableFile where it is none, damaged, protected, too long, or pictures of text only."""
    refuse_inflation(filename, data, options.limits)
    pages, title = _pages(filename, data)
    if not any(page.lines for page in pages):
        raise _without_text(filename, pages)
    kept, left_out = without_margins(pages)
    made = paragraphs(kept, speaker_format=options.speaker_format)
    return parse_source(
        filename,
        made.text,
        made.found
        or find_turns(made.text, headings=made.headings, bold=made.bold, speaker_format=options.speaker_format),
        input_format="pdf",
        metadata={"title": title} if title else None,
        warnings=(*_scanned(pages), *left_out, *made.warnings, *_undeciphered(made.text)),
    )


class _Answer:
    """What comes from the child about a PDF: its pages so far and the title that it has in its properties, or why it is
    not read."""

    def __init__(self, filename: str) -> None:
        self._filename = filename
        self._count: int | None = None
        self._characters = 0
        self.title = ""
        self.pages: list[PageLines] = []
        self.refusal: UnreadableFile | None = None

    def take(self, frame: bytes) -> bool:
        """Take the next frame; whether there are more. UnreadableFile if it gets too much."""
        if not frame.startswith(b"{"):
            self._add(unpacked(len(self.pages) + 1, frame))
        elif "error" in (told := json.loads(frame)):
            self.refusal = self._refused(told["error"])
            return False
        else:
            self._open(told["pages"], told["title"])
        return len(self.pages) != self._count

    def ended(self, ended: Ended) -> UnreadableFile:
        """The refusal of a PDF with which the child ended."""
        where = f"page {len(self.pages) + 1:,} of {self._count:,}" if self._count else "opening it"
        what = "takes too long" if ended.late else "broke down what reads PDFs"
        return UnreadableFile(f"{self._filename} was not read, because {where} {what}; {_WAY_OUT}.")

    def _refused(self, error: int) -> UnreadableFile:
        if self._count is None and error in (_PASSWORD, _SECURITY):
            return UnreadableFile(f"{self._filename} is protected by a password; save it without one.")
        return UnreadableFile(
            f"{self._filename} is no PDF or is damaged or cut short; get it again from where it came from."
        )

    def _open(self, count: int, title: str) -> None:
        self._count, self.title = count, one_line(title)
        if self._count > _MOST_PAGES:
            raise UnreadableFile(
                f"{self._filename} has {self._count:,} pages, and over {_MOST_PAGES:,} are not read; split it."
            )

    def _add(self, page: PageLines) -> None:
        self.pages.append(page)
        self._characters += sum(len(line.text) for line in page.lines)
        if self._characters > _MOST_CHARACTERS:
            raise UnreadableFile(
                f"{self._filename} has over {_MOST_CHARACTERS:,} characters by page {page.number:,}, which is not "
                "read; split it."
            )


def _pages(filename: str, data: bytes) -> tuple[list[PageLines], str]:
    """The lines of all pages, and the title that the PDF has in its properties."""
    answer = _Answer(filename)
    try:
        ask(data, answer.take)
    except Ended as ended:
        raise answer.ended(ended) from None
    except OSError as error:
        raise UnreadableFile(
            f"{filename} was not read: Python, which reads PDFs in a process of its own, does not start here "
            f"({error.strerror}); save its text."
        ) from None
    if answer.refusal:
        raise answer.refusal
    return answer.pages, answer.title


def _without_text(filename: str, pages: Sequence[PageLines]) -> UnreadableFile:
    count = "1 page" if len(pages) == 1 else f"{len(pages):,} pages"
    why = "it was probably scanned; run OCR first" if any(page.pictured for page in pages) else "there is none to read"
    return UnreadableFile(f"{filename} has {count} but no text: {why}.")


def _scanned(pages: Sequence[PageLines]) -> Iterator[Notice]:
    """A doubt about pages that are pictures without text."""
    found = [f"{page.number}" for page in pages if page.pictured and not page.lines]
    if found:
        named = ", ".join(found[:_NAMED_PAGES]) + (", …" if len(found) > _NAMED_PAGES else "")
        whole, its = ("Page", "is a picture") if len(found) == 1 else ("Pages", "are pictures")
        yield Notice(f"{whole} {named} {its} without text, probably scanned: nothing was read there; run OCR first.")


def _undeciphered(text: str) -> Iterator[Notice]:
    """A doubt about characters that the fonts of the PDF give no letter for."""
    odd = _LETTERLESS.findall(text)
    if odd and len(odd) >= _UNREADABLE_SHARE * len(text):
        first = text.index(odd[0])
        yield Notice(f"{len(odd):,} characters of this PDF do not say which letters they are; check the text.", first)

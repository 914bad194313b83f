"""Parts of an Excel workbook: its sheets, shared strings, number formats and comments.

Reference: ECMA-376 part 1 (SpreadsheetML). Parts are read with expat as a stream, so that a large sheet never becomes a
tree in memory. A document type declaration is refused, so nothing is expanded and nothing outside is loaded.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn, Protocol
from xml.parsers import expat

from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.decoding.zip_archive import cut_short, shown
from fwanalysis.formats.tables.number_format import BUILT_IN, GENERAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fwanalysis.formats.decoding.zip_archive import Archive

_ESCAPED = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")
_TRUE = frozenset({"1", "true", "on"})


class Handler(Protocol):
    """What ``stream`` calls, with local names of elements and attributes."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Handle the start of an element."""

    def end(self, tag: str) -> None:
        """Handle the end of an element."""

    def text(self, text: str) -> None:
        """Handle text within an element, which may come in several pieces."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of cells: its name, whether it is hidden, and its part's name."""

    name: str
    is_hidden: bool
    part: str


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the sheets share; ``formats`` has the number format per cell style."""

    sheets: Sequence[SheetPart]
    strings: Sequence[str]
    formats: Sequence[str]
    is_1904: bool


def stream(archive: Archive, part: str, handler: Handler) -> None:
    """Call a handler for each element and text of a part, if it exists.

    Raises:
        UnreadableFile: If the part is not well-formed or has a document type declaration.
    """
    content = archive.member(part)
    if content is None:
        return
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> NoReturn:
        raise UnreadableFile(
            f"{archive.filename} has a document type declaration (DOCTYPE) in {shown(part)}, which no spreadsheet "
            "program writes; open it in the program it was made with and save it again."
        )

    def root(tag: str, attributes: Mapping[str, str]) -> None:
        if ":" in tag:
            parser.StartElementHandler = lambda name, values: handler.start(name.rpartition(":")[2], values)
            parser.EndElementHandler = lambda name: handler.end(name.rpartition(":")[2])
        else:
            parser.StartElementHandler, parser.EndElementHandler = handler.start, handler.end
        parser.StartElementHandler(tag, attributes)

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = root
    parser.CharacterDataHandler = handler.text
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError):  # LookupError: the part declares an encoding that Python does not know
        raise cut_short(archive.filename) from None


def read_parts(archive: Archive) -> Workbook:
    """Return the sheets of cells of a workbook in their order, and what they share.

    Raises:
        UnreadableFile: The workbook has no part that lists its sheets, or a damaged one.
    """
    main = next(iter(_related(archive, "", "/officeDocument").values()), "xl/workbook.xml")
    listed = _SheetList()
    stream(archive, main, listed)
    worksheets = _related(archive, main, "/worksheet")
    if not listed.sheets:
        raise cut_short(archive.filename)
    strings, styles = _Strings(), _Styles()
    for part in _related(archive, main, "/sharedStrings").values():
        stream(archive, part, strings)
    for part in _related(archive, main, "/styles").values():
        stream(archive, part, styles)
    sheets = [SheetPart(name, hidden, worksheets[of]) for name, hidden, of in listed.sheets if of in worksheets]
    codes = {**BUILT_IN, **styles.codes}
    return Workbook(sheets, strings.found, [codes.get(at, GENERAL) for at in styles.used], listed.is_1904)


def comments_of(archive: Archive, sheet: SheetPart) -> dict[str, str]:
    """Return the comments of a sheet by cell address, each thread as one text."""
    threads, notes = _Comments("threadedComment"), _Comments("comment")
    for part in _related(archive, sheet.part, "/threadedComment").values():
        stream(archive, part, threads)
    for part in _related(archive, sheet.part, "/comments").values():
        stream(archive, part, notes)
    return {**notes.found, **threads.found}


def unescaped(text: str) -> str:
    """Decode the escapes of a string (``_x000D_``, UTF-16 code units)."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda run: _characters(run.group()), text)


def _characters(escapes: str) -> str:
    units = bytes.fromhex("".join(escapes[at + 2 : at + 6] for at in range(0, len(escapes), 7)))
    return units.decode("utf-16-be", "replace")


def _related(archive: Archive, part: str, kind: str) -> dict[str, str]:
    """Return the parts that a part refers to, by relation id.

    Only those of the kind that their type ends with; for no part, the package's own.
    """
    folder, name = posixpath.split(part)
    found = _Relations(kind)
    stream(archive, posixpath.join(folder, "_rels", f"{name}.rels"), found)
    return {of: posixpath.normpath(posixpath.join("/", folder, to)).lstrip("/") for of, to in found.targets.items()}


class _Silent:
    """A handler that ignores ends and text."""

    def end(self, tag: str) -> None:
        """Do nothing."""

    def text(self, text: str) -> None:
        """Do nothing."""


class _Relations(_Silent):
    def __init__(self, kind: str) -> None:
        self._kind = kind
        self.targets: dict[str, str] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "Relationship" and attributes.get("Type", "").endswith(self._kind):
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "").replace("\\", "/")


class _SheetList(_Silent):
    def __init__(self) -> None:
        self.sheets: list[tuple[str, bool, str]] = []
        self.is_1904 = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "workbookPr":
            self.is_1904 = attributes.get("date1904", "") in _TRUE
        elif tag == "sheet":
            of = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            self.sheets.append((attributes.get("name", ""), attributes.get("state", "visible") != "visible", of))


class _Styles(_Silent):
    """The format codes of a workbook by number, and the number per cell style."""

    def __init__(self) -> None:
        self.codes: dict[int, str] = {}
        self.used: list[int] = []
        self._of_cells = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "numFmt":
            self.codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", GENERAL)
        elif tag == "cellXfs":
            self._of_cells = True
        elif tag == "xf" and self._of_cells:
            self.used.append(_number(attributes.get("numFmtId")))

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self._of_cells = False


class Runs:
    """The joined text of ``<t>`` elements, without phonetic guides (``<rPh>``).

    White space at the ends of a run is kept whether or not ``xml:space`` says so: spreadsheet programs show it.
    """

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._is_text = self._is_phonetic = False

    def start(self, tag: str) -> None:
        """Handle the start of any element."""
        if tag == "t":
            self._is_text = not self._is_phonetic
        elif tag == "rPh":
            self._is_phonetic = True

    def end(self, tag: str) -> None:
        """Handle the end of any element."""
        if tag == "t":
            self._is_text = False
        elif tag == "rPh":
            self._is_phonetic = False

    def text(self, text: str) -> None:
        """Handle text in any element."""
        if self._is_text:
            self.parts.append(text)

    def taken(self) -> str:
        """Return the text so far and start again."""
        joined = unescaped("".join(self.parts))
        self.parts.clear()
        return joined


class _Strings:
    def __init__(self) -> None:
        self.found: list[str] = []
        self._runs = Runs()
        self.text = self._runs.text

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._runs.start(tag)

    def end(self, tag: str) -> None:
        self._runs.end(tag)
        if tag == "si":
            self.found.append(self._runs.taken())


class _Comments:
    """Comments by cell address; notes are in ``<t>``, threads in ``<text>``."""

    def __init__(self, tag: str) -> None:
        self.found: dict[str, str] = {}
        self._tag = tag
        self._words = "text" if tag == "threadedComment" else "t"
        self._is_words = False
        self._cell = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == self._tag:
            self._cell = attributes.get("ref", "")
            self.found[self._cell] = f"{self.found[self._cell]} / " if self._cell in self.found else ""
        self._is_words = tag == self._words

    def end(self, tag: str) -> None:
        self._is_words = False

    def text(self, text: str) -> None:
        if self._is_words:
            self.found[self._cell] = self.found.get(self._cell, "") + text


def _number(written: str | None) -> int:
    return int(written) if written and written.isdecimal() and len(written) < 10 else 0

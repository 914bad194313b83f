"""Find the parts of a Word document that its text depends on, and resolve its paragraph styles and lists.

The package is read with zipfile and lxml. Relationships are followed by their type, never out of the package and never
in a circle. Elements are known by their local names, which Strict and Transitional documents share.
"""

from __future__ import annotations

import posixpath
from functools import partial
from typing import TYPE_CHECKING

from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.decoding.xml_tree import Inheritance, xml_part
from fwanalysis.formats.decoding.zip_archive import open_archive, shown
from fwanalysis.formats.readers.office.heading_styles import is_heading_style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lxml.etree import _Element

    from fwanalysis.formats.decoding.zip_archive import Archive
    from fwanalysis.formats.options import Limits

TRANSITIONAL = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"

_OFF = frozenset({"0", "false", "off", "none"})
_OUTLINE_LEVELS = frozenset("012345678")
_UNNUMBERED = frozenset({"bullet", "none"})


class Styles:
    """The properties of a document's paragraph and character styles (by id) and lists."""

    def __init__(self, styles: _Element | None, numbering: Callable[[], _Element | None]) -> None:
        by_id = {value(style, "styleId") or "": style for style in every(styles, "style")}
        self._strong = None if "Strong" in by_id else "Strong"
        self._bold = Inheritance(by_id, _bold_of, _based_on)
        self._headings = Inheritance(by_id, _heading_of, _based_on)
        self._lists = Inheritance(by_id, _list_of, _based_on)
        self._numbering = numbering
        self._numbered: frozenset[tuple[str, str]] | None = None

    def is_bold(self, style: str) -> bool:
        """Return whether a style makes words bold."""
        return style == self._strong or bool(self._bold.get(style))

    def is_heading(self, style: str) -> bool:
        """Return whether paragraphs of a style are headings."""
        return bool(self._headings.get(style))

    def is_numbered(self, properties: _Element, style: str) -> bool:
        """Return whether Word shows a number, not a bullet, before a paragraph with these properties and this style."""
        number = first(properties, "numPr")
        list_id = value(first(number, "numId")) or self._lists.get(style)
        if list_id is None:
            return False
        if self._numbered is None:
            self._numbered = _numbered(self._numbering())
        return (list_id, value(first(number, "ilvl")) or "0") in self._numbered


class Parts:
    """The parts of a Word document: ``body`` and ``styles``, and its notes, which are read when needed."""

    def __init__(self, archive: Archive, main: str, body: _Element) -> None:
        self.body = body
        self._archive = archive
        self._main = main
        self._targets = _targets(archive, main)
        self._notes: dict[str, dict[str, _Element]] = {}
        self.styles = Styles(self._part("styles"), partial(self._part, "numbering"))

    def note(self, kind: str, note_id: str) -> _Element | None:
        """Return a ``footnote`` or ``endnote``, or None if there is none of this id."""
        if kind not in self._notes:
            self._notes[kind] = {value(note, "id") or "": note for note in every(self._part(f"{kind}s"), kind)}
        return self._notes[kind].get(note_id)

    def _part(self, kind: str) -> _Element | None:
        beside = posixpath.join(posixpath.dirname(self._main), f"{kind}.xml")
        return xml_part(self._archive, self._targets.get(kind) or beside)


def read_parts(filename: str, data: bytes, limits: Limits) -> Parts:
    """Open a Word document; UnreadableFile if it is not one, or is damaged, protected or hostile."""
    archive = open_archive(filename, data, what="a Word document", member="word/", limits=limits)
    main = _targets(archive, "").get("officeDocument") or "word/document.xml"
    root = xml_part(archive, main)
    body = first(root, "body")
    if root is None or body is None or root.tag not in (f"{TRANSITIONAL}document", f"{STRICT}document"):
        problem = f"it has no part {shown(main)}" if root is None else f"{shown(main)} has no body"
        raise UnreadableFile(
            f"{filename} is not a valid Word document: {problem}; open it in Word and save it again as .docx."
        )
    return Parts(archive, main, body)


# Elements of Strict and Transitional documents


def first(element: _Element | None, name: str) -> _Element | None:
    """Return the first child with a local name, or None."""
    if element is None:
        return None
    found: _Element | None = next(element.iterchildren(TRANSITIONAL + name, STRICT + name), None)
    return found


def every(element: _Element | None, name: str) -> Iterable[_Element]:
    """Return the children with a local name."""
    if element is None:
        return ()
    found: Iterable[_Element] = element.iterchildren(TRANSITIONAL + name, STRICT + name)
    return found


def value(element: _Element | None, name: str = "val") -> str | None:
    """Return an attribute in the namespace of its element, or None."""
    if element is None:
        return None
    found: str | None = element.get(element.tag[: element.tag.index("}") + 1] + name)
    return found


def is_on(switch: _Element | None) -> bool | None:
    """Return whether a property such as ``w:b`` is on, or None if it is not there."""
    return None if switch is None else (value(switch) or "1") not in _OFF


def in_outline(properties: _Element | None) -> bool:
    """Return whether paragraph properties give the paragraph an outline level."""
    return value(first(properties, "outlineLvl")) in _OUTLINE_LEVELS


# Relationships and styles


def _targets(archive: Archive, part: str) -> dict[str, str]:
    """Return the members that a part (or the package) relates to, by the last word of the relationship's type."""
    folder, name = posixpath.split(part)
    root = xml_part(archive, posixpath.join(folder, "_rels", f"{name}.rels"))
    targets: dict[str, str] = {}
    for relationship in () if root is None else root:
        kind = relationship.get("Type", "").rpartition("/")[2]
        target = posixpath.normpath(posixpath.join("/", folder, relationship.get("Target", ""))).lstrip("/")
        if relationship.get("TargetMode") != "External" and target.lower() in archive.names:
            targets.setdefault(kind, target)
    return targets


def _based_on(style: _Element) -> str | None:
    return value(first(style, "basedOn"))


def _bold_of(style: _Element) -> bool | None:
    return is_on(first(first(style, "rPr"), "b"))


def _heading_of(style: _Element) -> bool | None:
    """Return whether a style is one of headings, by its name (in English in every file) or its outline level."""
    named = is_heading_style(value(first(style, "name")) or "")
    level = first(first(style, "pPr"), "outlineLvl")
    return True if named else None if level is None else value(level) in _OUTLINE_LEVELS


def _list_of(style: _Element) -> str | None:
    return value(first(first(first(style, "pPr"), "numPr"), "numId"))


def _numbered(numbering: _Element | None) -> frozenset[tuple[str, str]]:
    """Return the lists and levels before which Word shows numbers, not bullets."""
    levels = {
        value(abstract, "abstractNumId"): [
            value(level, "ilvl") or "0"
            for level in every(abstract, "lvl")
            if (value(first(level, "numFmt")) or "decimal") not in _UNNUMBERED
        ]
        for abstract in every(numbering, "abstractNum")
    }
    return frozenset(
        (value(number, "numId") or "", level)
        for number in every(numbering, "num")
        for level in levels.get(value(first(number, "abstractNumId")), ())
    )

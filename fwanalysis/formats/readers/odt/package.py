"""Find the parts of an OpenDocument text that its text depends on, and resolve its paragraph styles and lists.

The package is read with zipfile and lxml; links are not followed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.decoding.xml_tree import Inheritance, xml_part
from fwanalysis.formats.decoding.zip_archive import open_archive, shown
from fwanalysis.formats.readers.office.heading_styles import is_heading_style

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.etree import _Element

    from fwanalysis.formats.decoding.zip_archive import Archive
    from fwanalysis.formats.options import Limits

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{{{_ODF}office:1.0}}"
TEXT = f"{{{_ODF}text:1.0}}"
TABLE = f"{{{_ODF}table:1.0}}"
DRAW = f"{{{_ODF}drawing:1.0}}"
STYLE = f"{{{_ODF}style:1.0}}"
FO = f"{{{_ODF}xsl-fo-compatible:1.0}}"

_KIND = b"application/vnd.oasis.opendocument.text"
_SAVE_AGAIN = "open it in the program it was made with and save it again as .odt."
_BOLD_FROM = 600


class Styles:
    """The properties of a document's styles and lists, from the elements that define them."""

    def __init__(self, definitions: Sequence[_Element]) -> None:
        styles: dict[tuple[str, str], _Element] = {}
        for defined in definitions:
            if defined.tag == f"{STYLE}style":
                styles.setdefault((defined.get(f"{STYLE}family", ""), defined.get(f"{STYLE}name", "")), defined)
        self._bold = Inheritance(styles, _bold_of, _based_on)
        self._headings = Inheritance(styles, _heading_of, _based_on)
        self._hidden = Inheritance(styles, _hidden_of, _based_on)
        self._fonts = Inheritance(styles, _font_of, _based_on)
        self._numbered = frozenset(_numbered(definitions))

    def is_bold(self, family: str, name: str) -> bool | None:
        """Return whether a ``text`` or ``paragraph`` style makes words bold; None if it does not say."""
        return self._bold.get((family, name))

    def is_hidden(self, name: str) -> bool:
        """Return whether words of a ``text`` style are hidden."""
        return bool(self._hidden.get(("text", name)))

    def font(self, family: str, name: str) -> str | None:
        """Return the font of a ``text`` or ``paragraph`` style; None if it does not say."""
        return self._fonts.get((family, name))

    def is_heading(self, name: str) -> bool:
        """Return whether paragraphs of a style are headings."""
        return bool(self._headings.get(("paragraph", name)))

    def is_numbered(self, list_style: str, level: int) -> bool:
        """Return whether paragraphs at a level (from 1) of a list have a number, not a bullet."""
        return (list_style, str(level)) in self._numbered


@dataclass(frozen=True, slots=True)
class Parts:
    """The body of an OpenDocument text and its styles."""

    body: _Element
    styles: Styles


def read_parts(filename: str, data: bytes, limits: Limits) -> Parts:
    """The parts of an OpenDocument text; UnreadableFile where it is none, damaged, protected or hostile."""
    archive = open_archive(filename, data, what="an OpenDocument text", member="", limits=limits)
    if "encrypted-package" in archive.names or b"encryption-data" in (archive.member("META-INF/manifest.xml") or b""):
        raise UnreadableFile(f"{filename} is protected by a password; save it without one.")
    kind = archive.member("mimetype") or _KIND
    if not kind.strip().startswith(_KIND):
        named = shown(kind[:400].decode("utf-8", "replace"))
        raise UnreadableFile(f"{filename} is not an OpenDocument text but “{named}”; save the text in it as .odt.")
    root = xml_part(archive, "content.xml")
    if root is None:
        raise UnreadableFile(f"{filename} is not an OpenDocument text: it has no part content.xml; {_SAVE_AGAIN}")
    body = root.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise UnreadableFile(f"{filename} is not an OpenDocument text: content.xml has no text; {_SAVE_AGAIN}")
    return Parts(body, _styles(archive, root))


def _styles(archive: Archive, content: _Element) -> Styles:
    """Return the named styles of ``styles.xml`` and the automatic ones of ``content.xml``."""
    groups = [content.find(f"{OFFICE}automatic-styles")]
    named = xml_part(archive, "styles.xml")
    if named is not None:
        groups.append(named.find(f"{OFFICE}styles"))
    return Styles([child for group in groups if group is not None for child in group])


def _based_on(style: _Element) -> tuple[str, str] | None:
    parent = style.get(f"{STYLE}parent-style-name")
    return None if parent is None else (style.get(f"{STYLE}family", ""), parent)


def _bold_of(style: _Element) -> bool | None:
    properties = style.find(f"{STYLE}text-properties")
    weight = None if properties is None else properties.get(f"{FO}font-weight")
    if weight is None:
        return None
    return int(weight) >= _BOLD_FROM if weight.isascii() and weight.isdigit() and len(weight) < 5 else weight == "bold"


def _hidden_of(style: _Element) -> bool | None:
    properties = style.find(f"{STYLE}text-properties")
    display = None if properties is None else properties.get(f"{TEXT}display")
    return None if display is None else display == "none"


def _font_of(style: _Element) -> str | None:
    properties = style.find(f"{STYLE}text-properties")
    if properties is None:
        return None
    found: str | None = properties.get(f"{STYLE}font-name") or properties.get(f"{FO}font-family")
    return found


def _heading_of(style: _Element) -> bool | None:
    return True if is_heading_style(style.get(f"{STYLE}name", "")) else None


def _numbered(children: Iterable[_Element]) -> Iterable[tuple[str, str]]:
    for child in children:
        if child.tag == f"{TEXT}list-style":
            for level in child.iterchildren(f"{TEXT}list-level-style-number"):
                if level.get(f"{STYLE}num-format"):
                    yield child.get(f"{STYLE}name", ""), level.get(f"{TEXT}level", "1")

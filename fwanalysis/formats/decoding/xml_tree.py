"""XML parts of documents, parsed so that nothing outside is read, nothing is expanded and memory stays bounded; and
styles in them that are based on one another.

Documents have no document type declaration, so one is refused. lxml loads what a declaration names as external even
when it is told not to load it; the resolver that refuses is what prevents that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NoReturn, TypeVar

from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.decoding.zip_archive import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from lxml.etree import XMLParser, _Element

    from fwanalysis.formats.decoding.zip_archive import Archive
    from fwanalysis.formats.options import Limits

_DOCTYPE = b"<!DOCTYPE"
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0")
_RESOURCE_LIMIT = 114
_DEEPEST = 256
_PART_SHARE = 4
_BYTES_PER_MARK = 128

K = TypeVar("K", bound="Hashable")
T = TypeVar("T")


class Inheritance(Generic[K, T]):
    """What styles say that are based on one another: the style itself, or the nearest below it that says anything.

    A circle of styles says nothing. Each style is asked once, and only if it is used.
    """

    def __init__(
        self,
        styles: Mapping[K, _Element],
        told: Callable[[_Element], T | None],
        based_on: Callable[[_Element], K | None],
    ) -> None:
        self._styles = styles
        self._told = told
        self._based_on = based_on
        self._known: dict[K, T | None] = {}

    def get(self, name: K | None) -> T | None:
        """What a style says, or None."""
        if name is None or name not in self._styles:
            return None
        if name in self._known:
            return self._known[name]
        chain: list[K] = []
        at: K | None = name
        while at is not None and at in self._styles and at not in self._known:
            said = self._known[at] = self._told(self._styles[at])
            chain.append(at)
            if said is not None:
                break
            at = self._based_on(self._styles[at])
        if at is None:
            return None
        said = self._known.get(at)
        self._known.update(dict.fromkeys(chain, said))
        return said


def xml_part(archive: Archive, name: str) -> _Element | None:
    """The root of a part, or None if the archive has none of this name; errors as for ``parse_xml``."""
    content = archive.member(name)
    return None if content is None else parse_xml(archive.filename, name, content, archive.limits)


def parse_xml(filename: str, name: str, content: bytes, limits: Limits) -> _Element:
    """The root of a part called *name* in messages, without comments and processing instructions.

    UnreadableFile where it is not well-formed, has a document type declaration, holds elements in one another more
    than 256 deep, is larger than a quarter of what may be unpacked, or has more elements and attributes than documents
    of that size have.
    """
    from lxml.etree import XMLSyntaxError, fromstring

    name = shown(name)
    _refuse_huge(filename, name, content, limits)
    plain = content.replace(b"\0", b"") if content.startswith(_WIDE) else content
    if _DOCTYPE in plain:
        _refuse_declaration(filename, name)
    try:
        root: _Element = fromstring(content, _parser(filename, name))
    except XMLSyntaxError as error:
        raise _broken(filename, name, error.code, error.msg) from None
    if root.getroottree().docinfo.internalDTD is not None:
        _refuse_declaration(filename, name)
    return root


def _parser(filename: str, name: str) -> XMLParser:
    from lxml.etree import Resolver, XMLParser

    class Nothing(Resolver):  # type: ignore[misc]  # lxml has no types
        """Refuses whatever the part wants to have loaded."""

        def resolve(self, url: str, public_id: str, context: object) -> NoReturn:
            _refuse_declaration(filename, name)

    parser = XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
    )
    parser.resolvers.add(Nothing())
    return parser


def _refuse_huge(filename: str, name: str, content: bytes, limits: Limits) -> None:
    """A tree takes some 120 bytes for each element and attribute, however few characters they have."""
    largest = limits.unpacked // _PART_SHARE
    if len(content) > largest:
        raise UnreadableFile(
            f"{filename} holds {len(content) / 2**20:,.0f} MB of text and markup in {name}, and over "
            f"{largest / 2**20:,.0f} MB is not read; split it."
        )
    marks = content.count(b"<") + content.count(b"=")
    if marks > limits.unpacked // _BYTES_PER_MARK:
        raise UnreadableFile(f"{filename} holds {marks:,} pieces of markup in {name}, which is too many; split it.")


def _refuse_declaration(filename: str, name: str) -> NoReturn:
    raise UnreadableFile(
        f"{filename} has a document type declaration (DOCTYPE) in {name}, which no word processor writes and which can "
        "reach outside the file; open it in the program it was made with and save it again."
    )


def _broken(filename: str, name: str, code: int, said: str) -> UnreadableFile:
    if code == _RESOURCE_LIMIT and "depth" in said:
        return UnreadableFile(
            f"{filename} holds tables and other parts in one another over {_DEEPEST} deep in {name}; take the inner "
            "ones out."
        )
    return UnreadableFile(
        f"{filename} is damaged: {name} is not well-formed XML ({shown(said)}); open it in the program it was made "
        "with and save it again."
    )

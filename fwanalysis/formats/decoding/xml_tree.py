"""Parse the XML parts of documents safely, and resolve paragraph and character styles that inherit from one another.

Nothing outside a part is read, nothing is expanded, and memory is bounded.

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
_BYTES_PER_NODE = 128

K = TypeVar("K", bound="Hashable")
T = TypeVar("T")


class Inheritance(Generic[K, T]):
    """A property of styles that inherit from one another.

    The value is that of the style itself, or of the nearest ancestor that has one. Styles that inherit in a circle have
    none. Each style is looked at once, and only if it is used.
    """

    def __init__(
        self,
        styles: Mapping[K, _Element],
        property_of: Callable[[_Element], T | None],
        based_on: Callable[[_Element], K | None],
    ) -> None:
        self._styles = styles
        self._property_of = property_of
        self._based_on = based_on
        self._known: dict[K, T | None] = {}

    def get(self, name: K | None) -> T | None:
        """Return the value that a style has or inherits, or None."""
        if name is None or name not in self._styles:
            return None
        if name in self._known:
            return self._known[name]
        chain: list[K] = []
        at: K | None = name
        while at is not None and at in self._styles and at not in self._known:
            found = self._known[at] = self._property_of(self._styles[at])
            chain.append(at)
            if found is not None:
                break
            at = self._based_on(self._styles[at])
        if at is None:
            return None
        inherited = self._known.get(at)
        self._known.update(dict.fromkeys(chain, inherited))
        return inherited


def xml_part(archive: Archive, name: str) -> _Element | None:
    """Return the root of a part, or None if the archive has none of this name; errors as for ``parse_xml``."""
    content = archive.member(name)
    return None if content is None else parse_xml(archive.filename, name, content, archive.limits)


def parse_xml(filename: str, name: str, content: bytes, limits: Limits) -> _Element:
    """Return the root of a part, without comments and processing instructions.

    Args:
        filename: Name of the document, for messages.
        name: Name of the part, for messages.
        content: The bytes of the part.
        limits: Of these, the bytes unpacked: a part may have a quarter of them.

    Raises:
        UnreadableFile: If the part is not well-formed, has a document type declaration, nests elements more than 256
            deep, is too large, or has more elements and attributes than documents of that size have.
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
        """Refuses to load whatever the part refers to."""

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
    """Raise UnreadableFile if the tree would be large: about 120 bytes for each element and attribute."""
    largest = limits.unpacked // _PART_SHARE
    if len(content) > largest:
        raise UnreadableFile(
            f"{filename} has {len(content) / 2**20:,.0f} MB of text and markup in {name}, and over "
            f"{largest / 2**20:,.0f} MB is not read; split it."
        )
    nodes = content.count(b"<") + content.count(b"=")
    if nodes > limits.unpacked // _BYTES_PER_NODE:
        raise UnreadableFile(
            f"{filename} has {nodes:,} elements and attributes in {name}, and over "
            f"{limits.unpacked // _BYTES_PER_NODE:,} are not read; split it."
        )


def _refuse_declaration(filename: str, name: str) -> NoReturn:
    raise UnreadableFile(
        f"{filename} has a document type declaration (DOCTYPE) in {name}, which word processors do not write "
        "and which can refer to other files; open it in the program it was made with and save it again."
    )


def _broken(filename: str, name: str, code: int, reason: str) -> UnreadableFile:
    if code == _RESOURCE_LIMIT and "depth" in reason:
        return UnreadableFile(
            f"{filename} has tables or other elements nested over {_DEEPEST} deep in {name}; remove the inner ones."
        )
    return UnreadableFile(
        f"{filename} is damaged: {name} is not well-formed XML ({shown(reason)}); open it in the program it was made "
        "with and save it again."
    )

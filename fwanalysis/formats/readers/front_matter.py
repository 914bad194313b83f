"""Read front matter: the YAML block at the top of a text, as metadata, the name of a case and its attributes.

Knows YAML and the customary names of entries. Must not know projects, to which cases and attributes belong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain
from typing import TYPE_CHECKING, NamedTuple

from fwanalysis.domain.importing import Notice
from fwanalysis.domain.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ruamel.yaml.nodes import Node


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_LONGEST = 32_000
_DEEPEST = 40
_BRACKET = re.compile(r"[\[\]{}]")
_BLOCK = re.compile(r"---[ \t]*\n(?P<yaml>.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_CASE_KEYS = ("case", "participant", "participant_id", "interviewee", "respondent", "pseudonym")
_STATED = "attributes"
_NO_ATTRIBUTES = _names(
    """title subtitle name date time created updated modified author authors editor publisher transcript_by
    transcribed_by transcriber transcription_by transcription_date translation_by translated_by translator reviewed_by
    checked_by interviewer interviewers moderator moderators facilitator participants speakers speaker tags tag
    categories category keywords topics media audio video source sources source_file url link links href reference
    references doi additional_resources language lang kind type version file filename file_name path duration length
    words pages format encoding layout draft published slug permalink aliases summary description abstract excerpt note
    notes comment comments episode season series project study consent status recorded recorded_on recorded_by
    recording recording_date interview_date date_of_interview interview_number interview_no id uuid license licence
    copyright rights output css toc bibliography csl"""
)
"""Entries that describe the file, how it was made or how it was published, and not the case."""
_NULLS = frozenset({"", "~", "null", "none", "n/a", "na"})


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The content of the block at the top of a text.

    Attributes:
        length: Where the text itself begins, in code points (0 without a block).
        metadata: All entries, with their values as written.
        case: Name of the case that the text belongs to.
        attributes: Attributes of that case.
        warnings: What is ambiguous in the block.
    """

    length: int = 0
    metadata: Mapping[str, str] = field(default_factory=dict)
    case: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[Notice, ...] = ()


def front_matter(text: str) -> FrontMatter:
    """Read the front matter of *text*; it is empty if the text does not begin with a block of YAML entries."""
    block = _BLOCK.match(text[:_LONGEST]) if text.startswith("---") else None
    if block is None:
        return FrontMatter()
    entries = _entries(block["yaml"] or "")
    if entries is None:
        return FrontMatter(warnings=(Notice("The front matter at the top is not valid YAML and was kept as text.", 0),))
    top, stated = entries
    plain = {_plain(entry.name): entry.first for entry in top if not entry.is_nested}
    case = next((plain[name] for name in _CASE_KEYS if _known(plain.get(name, ""))), None)
    own = {
        entry.name: entry.value
        for entry in top
        if not (entry.is_nested or _plain(entry.name) in _NO_ATTRIBUTES or _plain(entry.name) in _CASE_KEYS)
        and _known(entry.value)
    }
    attributes = {entry.name: entry.value for entry in stated if _known(entry.value)}
    warnings = tuple(chain(_repeated(top), _repeated(stated), _lists(stated)))
    return FrontMatter(block.end(), {entry.name: entry.value for entry in top}, case, {**own, **attributes}, warnings)


def moved_up(warnings: Iterable[Notice], length: int) -> tuple[Notice, ...]:
    """Return the warnings with their positions in the text without its first *length* code points."""
    return tuple(
        warning if warning.start is None else replace(warning, start=max(0, warning.start - length))
        for warning in warnings
    )


class _Entry(NamedTuple):
    """An entry of a YAML mapping, with the values of all entries of this name, joined by commas."""

    name: str
    values: tuple[str, ...]
    is_nested: bool

    @property
    def first(self) -> str:
        return self.values[0]

    @property
    def value(self) -> str:
        return ", ".join(self.values)


def _entries(written: str) -> tuple[list[_Entry], list[_Entry]] | None:
    """Return the entries of a YAML mapping and those of its mappings ``attributes``; None if it is no mapping."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError
    from ruamel.yaml.nodes import MappingNode

    if _depth(written) > _DEEPEST:
        return None
    try:
        root = YAML(typ="safe", pure=True).compose(written)
    except (YAMLError, RecursionError, ValueError):
        return None
    if root is None:
        return [], []
    if not isinstance(root, MappingNode):
        return None
    top: list[tuple[Node, Node]] = []
    stated: list[tuple[Node, Node]] = []
    for name, value in root.value:
        if isinstance(value, MappingNode) and _plain(str(name.value)) == _STATED:
            stated += value.value
        else:
            top.append((name, value))
    return _joined(written, top), _joined(written, stated)


def _joined(written: str, pairs: Iterable[tuple[Node, Node]]) -> list[_Entry]:
    """Return the entries in order, those with one name (whatever its capitals and spaces) as one."""
    from ruamel.yaml.nodes import ScalarNode

    entries: dict[str, _Entry] = {}
    for name_node, node in pairs:
        name = _value(written, name_node)
        value = _value(written, node)
        before = entries.get(_plain(name))
        if before is None:
            entries[_plain(name)] = _Entry(name, (value,), not isinstance(node, ScalarNode))
        elif value not in before.values:
            entries[_plain(name)] = before._replace(values=(*before.values, value))
    return list(entries.values())


def _value(written: str, node: Node) -> str:
    """Return a scalar as it was written, a list of scalars joined by commas, anything else as it is in the file."""
    from ruamel.yaml.nodes import ScalarNode, SequenceNode

    if isinstance(node, ScalarNode):
        return str(node.value)
    if isinstance(node, SequenceNode) and all(isinstance(item, ScalarNode) for item in node.value):
        return ", ".join(str(item.value) for item in node.value)
    return _as_written(written, node)


def _repeated(entries: Iterable[_Entry]) -> Iterator[Notice]:
    for entry in entries:
        if len(entry.values) > 1:
            kept = (
                f"the first one, “{entry.first}”, was used" if _plain(entry.name) in _CASE_KEYS else "they were joined"
            )
            yield Notice(
                f"The front matter has several values of “{entry.name}”; {kept}: “{one_line(entry.value)}”. "
                "Keep one of them in the file."
            )


def _lists(attributes: Iterable[_Entry]) -> Iterator[Notice]:
    for entry in attributes:
        if entry.is_nested:
            yield Notice(
                f"The attribute “{entry.name}” in the front matter is a list or has entries of its own; "
                f"it was read as “{one_line(entry.value)}”."
            )


def _as_written(written: str, node: Node) -> str:
    """Return a nested entry as it was written, on one line."""
    return one_line(written[node.start_mark.index : node.end_mark.index])


def _depth(written: str) -> int:
    """Return how deep brackets are nested, because deep ones take a YAML parser long."""
    return max(accumulate((1 if bracket in "[{" else -1 for bracket in _BRACKET.findall(written)), initial=0))


def _plain(name: str) -> str:
    return "_".join(name.casefold().replace("-", " ").split())


def _known(value: str) -> bool:
    """Return whether a value is known: it is not if the entry is empty or says so (``n/a``)."""
    return value.strip().casefold() not in _NULLS

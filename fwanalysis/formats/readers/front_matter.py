"""Front matter: the YAML block at the top of a text, as metadata, the case the text is of, and what is stated of it.

Knows YAML and the customary names of entries; not projects, where cases and attributes live.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice
from fwanalysis.domain.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ruamel.yaml.nodes import MappingNode, Node


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_LONGEST = 32_000
_DEEPEST = 40
_BRACKET = re.compile(r"[\[\]{}]")
_BLOCK = re.compile(r"---[ \t]*\n(?P<yaml>.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_CASE_KEYS = ("case", "participant", "participant_id", "interviewee", "respondent", "pseudonym")
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
"""Entries that say something of the file, its making or its publishing, and nothing of the case."""
_NULLS = frozenset({"", "~", "null", "none", "n/a", "na"})


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the block at the top of a text holds, and ``length``, where the text itself begins (0 without a block)."""

    length: int = 0
    metadata: Mapping[str, str] = field(default_factory=dict)
    case: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[Notice, ...] = ()


def front_matter(text: str) -> FrontMatter:
    """The front matter of *text*; none if it does not begin with a block of YAML entries."""
    block = _BLOCK.match(text[:_LONGEST]) if text.startswith("---") else None
    if block is None:
        return FrontMatter()
    entries = _entries(block["yaml"] or "")
    if entries is None:
        return FrontMatter(warnings=(Notice("The front matter at the top is not valid YAML and was kept as text.", 0),))
    scalars, metadata, stated = entries
    named = {_plain(name): value for name, value in scalars.items()}
    case = next((named[name] for name in _CASE_KEYS if _known(named.get(name, ""))), None)
    own = {
        name: value
        for name, value in scalars.items()
        if _plain(name) not in _NO_ATTRIBUTES and _plain(name) not in _CASE_KEYS and _known(value)
    }
    return FrontMatter(block.end(), metadata, case, {**own, **stated})


def moved_up(warnings: Iterable[Notice], length: int) -> tuple[Notice, ...]:
    """The doubts with their places in the text that is left when its first *length* code points are taken off."""
    return tuple(
        doubt if doubt.start is None else replace(doubt, start=max(0, doubt.start - length)) for doubt in warnings
    )


def _entries(written: str) -> tuple[dict[str, str], dict[str, str], dict[str, str]] | None:
    """Of a YAML mapping: its plain entries as they are written, these with its lists joined by commas and nested
    entries as they stand there, and the entries of its mapping ``attributes``; None if it is no mapping."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError
    from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

    if _depth(written) > _DEEPEST:
        return None
    try:
        root = YAML(typ="safe", pure=True).compose(written)
    except (YAMLError, RecursionError, ValueError):
        return None
    if root is None:
        return {}, {}, {}
    if not isinstance(root, MappingNode):
        return None
    scalars, everything, stated = _scalars(root), dict[str, str](), dict[str, str]()
    for name, value in root.value:
        entry = str(name.value)
        if entry in scalars:
            everything[entry] = scalars[entry]
        elif isinstance(value, SequenceNode):
            plain = all(isinstance(item, ScalarNode) for item in value.value)
            everything[entry] = ", ".join(item.value for item in value.value) if plain else _as_written(written, value)
        elif isinstance(value, MappingNode) and _plain(entry) == "attributes":
            stated = {name: item for name, item in _scalars(value).items() if _known(item)}
        else:
            everything[entry] = _as_written(written, value)
    return scalars, everything, stated


def _as_written(written: str, node: Node) -> str:
    """The words of a nested entry as they stand in the file, on one line."""
    return one_line(written[node.start_mark.index : node.end_mark.index])


def _depth(written: str) -> int:
    """How deep brackets stand in one another at most: deep ones take a reader of YAML long."""
    return max(accumulate((1 if sign in "[{" else -1 for sign in _BRACKET.findall(written)), initial=0))


def _scalars(mapping: MappingNode) -> dict[str, str]:
    from ruamel.yaml.nodes import ScalarNode

    return {
        str(name.value): str(value.value)
        for name, value in mapping.value
        if isinstance(name, ScalarNode) and isinstance(value, ScalarNode)
    }


def _plain(name: str) -> str:
    return "_".join(name.casefold().replace("-", " ").split())


def _known(value: str) -> bool:
    """Whether an entry says anything: an empty one leaves the value unknown."""
    return value.strip().casefold() not in _NULLS

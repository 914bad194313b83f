"""Parse YAML into plain values, with the line and column at which each was written.

Loads ruamel.yaml, so it is imported only by what reads YAML. A text is YAML 1.2; anchors and repeated keys are
refused because they are hardly ever intended in a file that is edited by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Callable

    from ruamel.yaml.nodes import Node

Path = tuple[str | int, ...]
"""The path to a value: field names and, in lists, indices from 0."""

_TAG = "tag:yaml.org,2002:"


class YamlFault(Exception):
    """An error in a YAML text, with line and column from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class LocatedYaml:
    """A YAML document as plain values that know where they were written.

    Notes:
        Values that are not text, numbers, booleans, lists or mappings (dates, for example) stay nodes. Fields without a
        value are left out.
    """

    value: object
    _values: dict[Path, Node] = field(default_factory=dict)
    _keys: dict[Path, Node] = field(default_factory=dict)

    def position(self, path: Path, *, of_key: bool = False) -> tuple[int, int]:
        """Return line and column (from 1) of the value at *path*, or of the name of its field.

        If nothing is at *path*, the position is that of the nearest list or mapping around it.
        """
        while path not in self._values and path:
            path = path[:-1]
        node = self._keys.get(path, self._values[path]) if of_key else self._values[path]
        return node.start_mark.line + 1, node.start_mark.column + 1

    def written(self, path: Path) -> str:
        """Return what is at *path*, for a message: ``“x”``, ``the number 3``, ``a list``, ``nothing``."""
        node = self._values.get(path)
        if isinstance(node, ScalarNode) and node.value:
            kind = str(node.tag).removeprefix(_TAG)
            return f"“{node.value}”" if kind == "str" else f"the {_KINDS.get(kind, 'value')} {node.value}"
        return (
            "a list" if isinstance(node, SequenceNode) else "a mapping" if isinstance(node, MappingNode) else "nothing"
        )

    def quotable(self, path: Path) -> str | None:
        """Return the scalar at *path* as it was written, if quotation marks would make it text."""
        node = self._values.get(path)
        return str(node.value) if isinstance(node, ScalarNode) and str(node.tag) != _TAG + "str" else None


_KINDS = {"int": "number", "float": "number", "bool": "value", "timestamp": "date"}


def load(text: str) -> LocatedYaml:
    """Parse a text of one YAML document; YamlFault if it is not valid."""
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or "the text cannot be parsed"
        raise YamlFault(
            f"this is not valid YAML: {problem}", mark.line + 1 if mark else 1, mark.column + 1 if mark else 1
        ) from error
    except YAMLError as error:
        raise YamlFault(f"this is not valid YAML: {str(error).partition(chr(10))[0]}", 1, 1) from error
    except RecursionError as error:
        raise YamlFault("this is nested too deeply", 1, 1) from error
    if root is None:
        raise YamlFault("the file has nothing but comments", 1, 1)
    located = LocatedYaml(None)
    return LocatedYaml(_plain(root, (), located, set()), located._values, located._keys)


def _plain(node: Node, path: Path, located: LocatedYaml, seen: set[int]) -> object:
    if id(node) in seen:
        raise _fault(node, "anchors and aliases (& and *) are not supported; write the text out")
    seen.add(id(node))
    located._values[path] = node
    if isinstance(node, SequenceNode):
        return [_plain(item, (*path, at), located, seen) for at, item in enumerate(node.value)]
    if not isinstance(node, MappingNode):
        return _scalar(node)
    values = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            raise _fault(key, "the name of a field must be text")
        name = str(key.value)
        if (*path, name) in located._keys:
            raise _fault(key, f"“{name}” occurs a second time here; keep one of them")
        located._keys[*path, name] = key
        plain = _plain(value, (*path, name), located, seen)
        if plain is not None:
            values[name] = plain
    return values


def _scalar(node: Node) -> object:
    convert = _SCALARS.get(str(node.tag).removeprefix(_TAG))
    try:
        return convert(str(node.value)) if convert else node
    except ValueError:
        return node


_SCALARS: dict[str, Callable[[str], object]] = {
    "str": str,
    "int": int,
    "float": float,
    "bool": lambda written: written.lower() == "true",
    "null": lambda written: None,
}


def _fault(node: Node, message: str) -> YamlFault:
    return YamlFault(message, node.start_mark.line + 1, node.start_mark.column + 1)

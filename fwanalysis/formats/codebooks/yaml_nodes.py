"""YAML with the place of everything in it: plain values beside the line and column each was written at.

Loads ruamel.yaml, so it is imported only by what reads YAML. A text is YAML 1.2; anchors and repeated keys are
refused because a person who edits a file by hand seldom means them.
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
"""Where a value stands: field names and, in lists, positions from 0."""

_TAG = "tag:yaml.org,2002:"


class YamlFault(Exception):
    """Text that is no YAML, or YAML of a kind that is refused; with line and column from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Placed:
    """A YAML document as plain values, with what was written where; values that are no text, number, yes or no,
    list or mapping (such as dates) stay nodes. Fields without a value are left out."""

    value: object
    _values: dict[Path, Node] = field(default_factory=dict)
    _keys: dict[Path, Node] = field(default_factory=dict)

    def place(self, path: Path, *, of_key: bool = False) -> tuple[int, int]:
        """Line and column (from 1) of the value at *path*, or of the field's name; of the nearest thing around it
        that is there."""
        while path not in self._values and path:
            path = path[:-1]
        node = self._keys.get(path, self._values[path]) if of_key else self._values[path]
        return node.start_mark.line + 1, node.start_mark.column + 1

    def written(self, path: Path) -> str:
        """What stands at *path*, for a sentence: ``“x”``, ``the number 3``, ``a list``, ``nothing``."""
        node = self._values.get(path)
        if isinstance(node, ScalarNode) and node.value:
            kind = str(node.tag).removeprefix(_TAG)
            return f"“{node.value}”" if kind == "str" else f"the {_KINDS.get(kind, 'value')} {node.value}"
        return (
            "a list" if isinstance(node, SequenceNode) else "a mapping" if isinstance(node, MappingNode) else "nothing"
        )

    def quotable(self, path: Path) -> str | None:
        """The scalar at *path* as it was written, if quotes would make it text."""
        node = self._values.get(path)
        return str(node.value) if isinstance(node, ScalarNode) and str(node.tag) != _TAG + "str" else None


_KINDS = {"int": "number", "float": "number", "bool": "value", "timestamp": "date"}


def load(text: str) -> Placed:
    """The one document of *text*; YamlFault says what is wrong and where."""
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = error.problem or "the text cannot be understood"
        raise YamlFault(
            f"this is not valid YAML: {said}", mark.line + 1 if mark else 1, mark.column + 1 if mark else 1
        ) from error
    except YAMLError as error:
        raise YamlFault(f"this is not valid YAML: {str(error).partition(chr(10))[0]}", 1, 1) from error
    except RecursionError as error:
        raise YamlFault("this is nested too deeply", 1, 1) from error
    if root is None:
        raise YamlFault("the file holds nothing but comments", 1, 1)
    placed = Placed(None)
    return Placed(_plain(root, (), placed, set()), placed._values, placed._keys)


def _plain(node: Node, path: Path, placed: Placed, seen: set[int]) -> object:
    if id(node) in seen:
        raise _fault(node, "anchors and aliases (& and *) are not supported; write the text out")
    seen.add(id(node))
    placed._values[path] = node
    if isinstance(node, SequenceNode):
        return [_plain(item, (*path, at), placed, seen) for at, item in enumerate(node.value)]
    if not isinstance(node, MappingNode):
        return _scalar(node)
    values = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            raise _fault(key, "the name of a field must be text")
        name = str(key.value)
        if (*path, name) in placed._keys:
            raise _fault(key, f"“{name}” stands here a second time; keep one")
        placed._keys[*path, name] = key
        plain = _plain(value, (*path, name), placed, seen)
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

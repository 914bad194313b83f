"""Abstractions as files for people and programs: YAML and JSON, which hold the same.

fwanalysis: abstraction/1
abstraction:
  - code: effort/cost
    categories: ["Giving"]
    dimensions:
      - {name: "Paid", category: "Giving"}
    elements:
      - {name: "It cost us a whole day", cells: [P04, FG1], dimension: "Paid"}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from fwanalysis.domain.abstraction import ConceptLevel, ListedAbstraction, ListedConcept
from fwanalysis.errors import InvalidInput, UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HEADER = "abstraction/1"
_SECTION = "abstraction"
_PARENTS = {ConceptLevel.ELEMENT: "dimension", ConceptLevel.DIMENSION: "category"}
"""The field of a concept that names what it is sorted into."""
_FIELDS = frozenset({"code", *(level.plural for level in ConceptLevel)})


def write_abstractions(columns: Iterable[ListedAbstraction], form: str) -> bytes:
    """Return abstractions as the bytes of a file.

    Args:
        columns: The abstractions.
        form: ``yaml`` or ``json``.
    """
    content = {"fwanalysis": HEADER, _SECTION: [_plain(column) for column in columns]}
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n" if form == "json" else _yaml(content)
    return text.encode("utf-8")


def _plain(column: ListedAbstraction) -> dict[str, Any]:
    return {
        "code": column.code,
        **{
            level.plural: [_plain_concept(concept) for concept in column.of_level(level)]
            for level in reversed(ConceptLevel)
        },
    }


def _plain_concept(concept: ListedConcept) -> dict[str, Any] | str:
    parent = _PARENTS.get(concept.level)
    if parent is None:
        return concept.name
    cells = {"cells": [*concept.cells]} if concept.level is ConceptLevel.ELEMENT else {}
    return {"name": concept.name, **cells, **({parent: concept.parent} if concept.parent else {})}


def _yaml(content: dict[str, Any]) -> str:
    """Return the content as YAML: every text in double quotation marks, a line for each concept."""
    lines = [f"fwanalysis: {HEADER}", f"{_SECTION}:" if content[_SECTION] else f"{_SECTION}: []"]
    for column in content[_SECTION]:
        lines.append(f"  - code: {_quoted(column['code'])}")
        for name, concepts in column.items():
            if name != "code" and concepts:
                lines += [f"    {name}:", *(f"      - {_flow(concept)}" for concept in concepts)]
    return "\n".join(lines) + "\n"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_flow(part)}" for name, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _quoted(value)


_ESCAPES = {'"': '\\"', "\\": "\\\\"}


def _quoted(text: str) -> str:
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character.isprintable():
        return _ESCAPES.get(character, character)
    return f"\\U{ord(character):08x}"


def read_abstractions(filename: str, data: bytes) -> Sequence[ListedAbstraction]:
    """Read a YAML or JSON file of abstractions; one that holds more, such as a recorded analysis, may be given too.

    Raises:
        UnreadableFile: If the file is not YAML or JSON.
        InvalidInput: If it holds no abstractions, or one has an error; the message names the place.
    """
    content = _loaded(filename, data)
    if not isinstance(content, dict) or _SECTION not in content:
        raise InvalidInput(f'{filename} has no field "{_SECTION}"', hint="write such a file: fwa abstraction export")
    if content.get("fwanalysis") == HEADER and (other := next(iter({*content} - {"fwanalysis", _SECTION}), None)):
        raise InvalidInput(f'{filename}: unknown field "{other}"')
    return abstractions_of(content[_SECTION], filename)


def _loaded(filename: str, data: bytes) -> Any:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile(f"{filename} is not text in UTF-8") from None
    if PurePath(filename).suffix.lower() == ".json":
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise UnreadableFile(f"{filename} is not JSON: {' '.join(str(error).split())[:200]}") from None
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        return YAML(typ="safe", pure=True).load(text)
    except (YAMLError, RecursionError, ValueError) as error:
        raise UnreadableFile(f"{filename} is not YAML: {' '.join(str(error).split())[:200]}") from None


def abstractions_of(section: object, filename: str) -> Sequence[ListedAbstraction]:
    """Return the abstractions of plain values: a list with an entry for each column, as the module describes it.

    What a concept is sorted into is added to the list of its level if it is not listed there.

    Args:
        section: The list.
        filename: Name of the file, for messages.

    Raises:
        InvalidInput: If an entry has an error; the message names the place.
    """
    return [_column(entry, f"{filename}: column {at}") for at, entry in enumerate(_list(section, filename), 1)]


def _column(entry: object, where: str) -> ListedAbstraction:
    fields = _mapping(entry, where, _FIELDS)
    code = _text(fields.get("code"), f"{where}: code")
    by_level: dict[ConceptLevel, dict[str, ListedConcept]] = {level: {} for level in ConceptLevel}
    for level in ConceptLevel:
        for at, item in enumerate(_list(fields.get(level.plural), f"{where}: {level.plural}"), 1):
            concept = _concept(item, level, f"{where} ({code}): {level} {at}")
            if by_level[level].setdefault(concept.name.casefold(), concept) is not concept:
                raise InvalidInput(f"{where} ({code}): the {level} “{concept.name}” occurs twice")
    for level in ConceptLevel:
        for concept in by_level[level].values():
            if concept.parent and level.above:
                implied = ListedConcept(level.above, concept.parent)
                by_level[level.above].setdefault(concept.parent.casefold(), implied)
    return ListedAbstraction(code, tuple(item for level in ConceptLevel for item in by_level[level].values()))


def _concept(item: object, level: ConceptLevel, where: str) -> ListedConcept:
    if isinstance(item, str):
        return ListedConcept(level, _text(item, where))
    parent = _PARENTS.get(level)
    known = {"name", *([parent] if parent else []), *(["cells"] if level is ConceptLevel.ELEMENT else [])}
    fields = _mapping(item, where, known)
    return ListedConcept(
        level,
        _text(fields.get("name"), f"{where}: name"),
        _text(fields[parent], f"{where}: {parent}") if parent and fields.get(parent) is not None else "",
        tuple(_text(cell, f"{where}: cells") for cell in _list(fields.get("cells"), f"{where}: cells")),
    )


def _list(value: object, where: str) -> list[object]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise InvalidInput(f"{where}: this must be a list")
    return value


def _mapping(value: object, where: str, known: Iterable[str]) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise InvalidInput(f"{where}: this must have the fields {', '.join(sorted(known))}")
    for name in value:
        if name not in known:
            raise InvalidInput(f'{where}: unknown field "{name}"', hint=f"use {', '.join(sorted(known))}")
    return value


def _text(value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InvalidInput(f"{where}: this must be a text", hint="put it in quotation marks")
    return " ".join(value.split())

"""Merge abstractions of a file into those of the project, by the names of concepts. Writes nothing itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.abstraction import Concept, ConceptLevel, LoadedAbstraction, Sorting
from fwanalysis.domain.cases import folded
from fwanalysis.domain.ids import new_id
from fwanalysis.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fwanalysis.domain.abstraction import ListedAbstraction, ListedConcept
    from fwanalysis.domain.matrix import Cell
    from fwanalysis.project.abstraction.column import Column

_DOWNWARDS = tuple(reversed(ConceptLevel))
"""The levels in the order in which they are merged: what is sorted into comes first."""


class Loading:
    """What has to be changed so that a project holds the abstractions of a file too.

    Attributes:
        columns: The columns as they were read.
        added: Values to add, in an order in which they can be written.
        replaced: Concepts that are sorted into another: the new value and the old one.

    Raises:
        InvalidInput: If a case does not exist, has no written cell in the column, or a column occurs twice.
    """

    def __init__(self, wanted: Iterable[tuple[Column, ListedAbstraction]]) -> None:
        pairs = [*wanted]
        self.columns = [column for column, _ in pairs]
        self.added: list[Concept | Sorting] = []
        self.replaced: list[tuple[Concept, Concept]] = []
        self._names: list[str] = []
        self._kept: list[str] = []
        _refuse_doubles(self.columns)
        cells = _cells_of(pairs)
        for column, item in pairs:
            self._merge(column, item, cells[column.code_id])

    @property
    def report(self) -> LoadedAbstraction:
        """What the import does."""
        return LoadedAbstraction(
            columns=tuple(column.path for column in self.columns),
            added=tuple(self._names),
            sorted_cells=sum(isinstance(value, Sorting) for value in self.added),
            sorted_concepts=len(self.replaced),
            kept=tuple(self._kept),
        )

    def _merge(self, column: Column, item: ListedAbstraction, cells: dict[str, Cell]) -> None:
        present = {(concept.level, folded(concept.name)): concept for concept in column.concepts}
        for level in _DOWNWARDS:
            position = column.new(level, "", None).position
            for listed in item.of_level(level):
                known = present.get((level, folded(listed.name)))
                parent = present[level.above, folded(listed.parent)] if level.above and listed.parent else None
                if known is None:
                    known = Concept(
                        *(new_id(), column.code_id, level, listed.name, parent.id if parent else None, position)
                    )
                    position += 1
                    self.added.append(known)
                    self._names.append(known.name)
                elif parent is not None:
                    known = self._sorted(column, known, parent, present.values())
                present[level, folded(listed.name)] = known
                self._sort_cells(column, known, [cells[label] for label in listed.cells])

    def _sorted(self, column: Column, known: Concept, parent: Concept, concepts: Iterable[Concept]) -> Concept:
        """Return a concept of the project sorted into *parent*, or as it is if it is sorted into another."""
        if known.parent_id is None:
            after = replace(known, parent_id=parent.id)
            self.replaced.append((after, known))
            return after
        if known.parent_id != parent.id:
            kept = next(item.name for item in concepts if item.id == known.parent_id)
            self._kept.append(
                f"{column.path}: the {known.level} “{known.name}” stays in “{kept}”; the file has it in “{parent.name}”"
            )
        return known

    def _sort_cells(self, column: Column, element: Concept, cells: Iterable[Cell]) -> None:
        for cell in {cell.id: cell for cell in cells}.values():
            if column.sorting(element, cell) is None:
                self.added.append(Sorting(new_id(), element.id, cell.id))


def _refuse_doubles(columns: Sequence[Column]) -> None:
    seen: set[str] = set()
    for column in columns:
        if column.code_id in seen:
            raise InvalidInput(f"the code {column.path} occurs twice", hint="join its two entries")
        seen.add(column.code_id)


def _cells_of(pairs: Iterable[tuple[Column, ListedAbstraction]]) -> dict[str, dict[str, Cell]]:
    """Return the cells that the labels in a file name, by code id and label.

    Raises:
        InvalidInput: If some cannot be found; one sentence names all of them.
    """
    found: dict[str, dict[str, Cell]] = {}
    unknown: list[str] = []
    unwritten: list[str] = []
    for column, item in pairs:
        cells = found.setdefault(column.code_id, {})
        for label in _labels(item.concepts):
            try:
                cells[label] = column.cell_named(label)
            except NotFound:
                unknown.append(f"“{label}”")
            except InvalidInput:
                unwritten.append(f"{label} × {column.path}")
    if unknown:
        noun = "case" if len(dict.fromkeys(unknown)) == 1 else "cases"
        raise InvalidInput(
            f"no {noun} {', '.join(dict.fromkeys(unknown))} in this project; nothing was imported",
            hint="correct the names; list cases with: fwa case list",
        )
    if unwritten:
        raise InvalidInput(
            f"these cells are not written: {', '.join(unwritten)}; nothing was imported",
            hint="write them first, or remove them from the file",
        )
    return found


def _labels(concepts: Iterable[ListedConcept]) -> dict[str, None]:
    return dict.fromkeys(label for concept in concepts for label in concept.cells)

"""Abstraction: the written cells of a column are sorted into elements, elements into dimensions, those into categories.

Elements keep the participants' terms, dimensions say along which lines they differ, and categories are the researcher's
(Spencer, Ritchie & O'Connor 2003). As a data structure they are first-order concepts, second-order themes and aggregate
dimensions (Gioia, Corley & Hamilton 2013).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from fwanalysis.domain.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fwanalysis.domain.matrix import CellState
    from fwanalysis.domain.staleness import StaleReason

ITSELF = " (itself)"
"""What follows the name of a case if the cell is that of the theme itself, and not of its sub-themes too."""
STRUCTURE_COLUMNS = (
    *("code", "first-order concept", "second-order theme", "aggregate dimension", "cases", "references", "stale"),
)
"""The columns of a data structure."""


class ConceptLevel(StrEnum):
    """The level of a concept, from the data upwards."""

    ELEMENT = "element"
    DIMENSION = "dimension"
    CATEGORY = "category"

    @property
    def above(self) -> ConceptLevel | None:
        """The level that concepts of this level are sorted into; None for categories."""
        return _ABOVE.get(self)

    @property
    def plural(self) -> str:
        """The name of the level for several concepts."""
        return _PLURALS[self]


_ABOVE = {ConceptLevel.ELEMENT: ConceptLevel.DIMENSION, ConceptLevel.DIMENSION: ConceptLevel.CATEGORY}
_PLURALS = {
    ConceptLevel.ELEMENT: "elements",
    ConceptLevel.DIMENSION: "dimensions",
    ConceptLevel.CATEGORY: "categories",
}


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of the abstraction of a column.

    Attributes:
        code_id: The code of the column.
        parent_id: The concept of the next level that it is sorted into; None if it is not sorted yet.
        position: Orders the concepts of its level and column; numbers may be left out.
    """

    id: str
    code_id: str
    level: ConceptLevel
    name: str
    parent_id: str | None
    position: int


@dataclass(frozen=True, slots=True)
class Sorting:
    """A written cell that is sorted into an element."""

    id: str
    concept_id: str
    cell_id: str


@dataclass(frozen=True, slots=True)
class SortedCell:
    """A written cell of a column, as its abstraction shows it.

    Attributes:
        id: Id of the cell.
        case: Name of the case.
        own: Whether it is the cell of the theme itself.
        text: The summary with its references as they are numbered now, or the reason of *not applicable*.
        references: The references of the summary, each once, in their order.
        stale: Why the summary is out of date; empty if it is up to date.
    """

    id: str
    case: str
    own: bool
    state: CellState
    text: str
    references: tuple[str, ...] = ()
    stale: tuple[StaleReason, ...] = ()

    @property
    def label(self) -> str:
        """The name of the case, with *(itself)* for the cell of the theme itself."""
        return cell_label(self.case, own=self.own)


def cell_label(case: str, *, own: bool) -> str:
    """Return the name that the abstraction of a column gives to a cell."""
    return case + ITSELF if own else case


@dataclass(frozen=True, slots=True)
class Abstraction:
    """The abstraction of a column.

    Attributes:
        code_id: Id of the code.
        path: Path of the code.
        name: Name of the code.
        concepts: The concepts: elements, dimensions, categories, each level in its order.
        cells: The written cells of the column by id, in the order of cases.
        sorted: Ids of the cells of each element, by its id, in the order of cases.
    """

    code_id: str
    path: str
    name: str
    concepts: tuple[Concept, ...]
    cells: Mapping[str, SortedCell]
    sorted: Mapping[str, tuple[str, ...]]

    def of_level(self, level: ConceptLevel) -> tuple[Concept, ...]:
        """Return the concepts of a level in their order."""
        return tuple(item for item in self.concepts if item.level is level)

    @property
    def elements(self) -> tuple[Concept, ...]:
        """The elements in their order."""
        return self.of_level(ConceptLevel.ELEMENT)

    @property
    def dimensions(self) -> tuple[Concept, ...]:
        """The dimensions in their order."""
        return self.of_level(ConceptLevel.DIMENSION)

    @property
    def categories(self) -> tuple[Concept, ...]:
        """The categories in their order."""
        return self.of_level(ConceptLevel.CATEGORY)

    def parent(self, concept: Concept) -> Concept | None:
        """Return what a concept is sorted into; None if it is not sorted yet."""
        return next((item for item in self.concepts if item.id == concept.parent_id), None)

    def members(self, concept: Concept) -> tuple[Concept, ...]:
        """Return the concepts that are sorted into a dimension or a category."""
        return tuple(item for item in self.concepts if item.parent_id == concept.id)

    def cells_of(self, concept: Concept) -> tuple[SortedCell, ...]:
        """Return the cells that are sorted into an element; none for other levels."""
        return tuple(self.cells[cell_id] for cell_id in self.sorted.get(concept.id, ()))

    def elements_of(self, cell_id: str) -> tuple[Concept, ...]:
        """Return the elements that a cell is sorted into."""
        return tuple(item for item in self.elements if cell_id in self.sorted.get(item.id, ()))

    @property
    def unsorted_cells(self) -> tuple[SortedCell, ...]:
        """The cells with a summary that are in no element."""
        return tuple(item for item in self._outside() if item.state.has_summary)

    @property
    def without_summary(self) -> tuple[SortedCell, ...]:
        """The cells in no element that say *nothing said* or *not applicable*: there is nothing to sort."""
        return tuple(item for item in self._outside() if not item.state.has_summary)

    @property
    def unsorted_elements(self) -> tuple[Concept, ...]:
        """The elements in no dimension."""
        return tuple(item for item in self.elements if item.parent_id is None)

    @property
    def unsorted_dimensions(self) -> tuple[Concept, ...]:
        """The dimensions in no category."""
        return tuple(item for item in self.dimensions if item.parent_id is None)

    def _outside(self) -> Iterator[SortedCell]:
        inside = {cell_id for ids in self.sorted.values() for cell_id in ids}
        return (item for item in self.cells.values() if item.id not in inside)


@dataclass(frozen=True, slots=True)
class ListedConcept:
    """A concept as files hold it: by names.

    Attributes:
        parent: Name of the concept of the next level; empty if it is not sorted yet.
        cells: Labels of the cells (see ``cell_label``); for elements only.
    """

    level: ConceptLevel
    name: str
    parent: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedAbstraction:
    """The abstraction of a column as files hold it: the path of the code, and its concepts in their order."""

    code: str
    concepts: tuple[ListedConcept, ...]

    def of_level(self, level: ConceptLevel) -> tuple[ListedConcept, ...]:
        """Return the concepts of a level in their order."""
        return tuple(item for item in self.concepts if item.level is level)


@dataclass(frozen=True, slots=True)
class LoadedAbstraction:
    """What an import of abstractions did.

    Attributes:
        columns: Paths of the codes in the file.
        added: Names of the concepts that were added.
        sorted_cells: Number of cells that were sorted into an element.
        sorted_concepts: Number of concepts of the project that were sorted into one of the next level.
        kept: Sentences about concepts that the file sorts otherwise than the project; the project is unchanged there.
    """

    columns: tuple[str, ...]
    added: tuple[str, ...]
    sorted_cells: int
    sorted_concepts: int
    kept: tuple[str, ...]


def listed(abstraction: Abstraction) -> ListedAbstraction:
    """Return an abstraction as files hold it."""
    names = {item.id: item.name for item in abstraction.concepts}
    return ListedAbstraction(
        abstraction.path,
        tuple(
            ListedConcept(
                item.level,
                item.name,
                names[item.parent_id] if item.parent_id else "",
                tuple(cell.label for cell in abstraction.cells_of(item)),
            )
            for item in abstraction.concepts
        ),
    )


def data_structure(abstractions: Iterable[Abstraction], about: Mapping[str, object]) -> Table:
    """Return abstractions as a data structure: first-order concepts, second-order themes, aggregate dimensions.

    Returns:
        A row per element in the order of categories, dimensions and elements; what is sorted into nothing comes last
        on its level. A dimension without elements and a category without dimensions have a row of their own, and so
        has each cell with a summary that is in no element.

    Notes:
        The form of Gioia, Corley & Hamilton (2013), figure 1: Organizational Research Methods 16(1), 15-31.
    """
    rows = []
    for item in abstractions:
        for element, dimension, category in _structure(item):
            cells = item.cells_of(element) if element else ()
            rows.append((item.path, *map(_name, (element, dimension, category)), *_evidence(cells)))
        rows += [(item.path, "", "", "", *_evidence((cell,))) for cell in item.unsorted_cells]
    return Table(STRUCTURE_COLUMNS, tuple(rows), about)


_Branch = tuple[Concept | None, Concept | None, Concept | None]


def _structure(item: Abstraction) -> Iterator[_Branch]:
    for category in item.categories:
        members = item.members(category)
        if not members:
            yield None, None, category
        for dimension in members:
            yield from _branches(item, dimension, category)
    for dimension in item.unsorted_dimensions:
        yield from _branches(item, dimension, None)
    for element in item.unsorted_elements:
        yield element, None, None


def _branches(item: Abstraction, dimension: Concept, category: Concept | None) -> Iterator[_Branch]:
    members = item.members(dimension)
    if not members:
        yield None, dimension, category
    for element in members:
        yield element, dimension, category


def _name(concept: Concept | None) -> str:
    return concept.name if concept else ""


def _evidence(cells: Iterable[SortedCell]) -> tuple[str, str, str]:
    shown = tuple(cells)
    references = dict.fromkeys(reference for cell in shown for reference in cell.references)
    stale = [cell.label for cell in shown if cell.stale]
    return "; ".join(cell.label for cell in shown), "; ".join(references), "; ".join(stale)

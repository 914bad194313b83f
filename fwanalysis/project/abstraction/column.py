"""A column as a change of its abstraction finds it: its concepts, its written cells, and what is sorted where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.abstraction import ITSELF, Concept, ConceptLevel, Sorting, cell_label
from fwanalysis.domain.cases import folded, natural_key
from fwanalysis.domain.ids import new_id
from fwanalysis.errors import Conflict, InvalidInput
from fwanalysis.project.context import find, find_case
from fwanalysis.project.matrix.abstractions import in_order
from fwanalysis.store.queries import cases as case_queries
from fwanalysis.store.queries import codebook as codebook_queries
from fwanalysis.store.queries import matrix as queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fwanalysis.domain.matrix import Cell
    from fwanalysis.store.changes import Changes
    from fwanalysis.store.reading import Reading


class Column:
    """The concepts and written cells of a column, as a change finds them.

    Attributes:
        code_id: Id of the code.
        path: Path of the code.
        concepts: The concepts, level by level in their order.
        sortings: Which cells are sorted into which of the elements.
    """

    def __init__(self, connection: Reading, code: str) -> None:
        entry = codebook_queries.codebook(connection, with_rules=False).find(code)
        self.code_id, self.path = entry.id, entry.path
        self.concepts, self.sortings = _state(connection, entry.id)
        self.cells = queries.cells(connection, code_id=entry.id)
        self._cases = {case.id: case for case in case_queries.cases(connection)}
        self._aliases = case_queries.aliases(connection)

    def refuse_other(self, changes: Changes) -> None:
        """Raise Conflict if the abstraction has changed since it was read."""
        if (self.concepts, self.sortings) != _state(changes.connection, self.code_id):
            raise Conflict(f"the abstraction of {self.path} was changed by another coder", hint="reload and try again")

    def of_level(self, level: ConceptLevel) -> list[Concept]:
        """Return the concepts of a level in their order."""
        return [item for item in self.concepts if item.level is level]

    def new(self, level: ConceptLevel, name: str, parent: Concept | None) -> Concept:
        """Return a new concept for the end of a level."""
        position = max((item.position for item in self.of_level(level)), default=-1) + 1
        return Concept(new_id(), self.code_id, level, name, parent.id if parent else None, position)

    def free_name(self, name: str, level: ConceptLevel, *, but: Concept | None = None) -> str:
        """Return a name for a concept of a level; InvalidInput if it is empty or another concept has it."""
        name = " ".join(name.split())
        if not name:
            raise InvalidInput(f"the name of the {level} is empty", hint="give it a name")
        taken = self.named(name, level)
        if taken is not None and taken != but:
            raise InvalidInput(f"{self.path} already has the {level} “{taken.name}”", hint="choose another name")
        return name

    def named(self, name: str, level: ConceptLevel) -> Concept | None:
        """Return the concept of a name on a level; letter case and white space do not matter."""
        return next((item for item in self.of_level(level) if folded(item.name) == folded(name)), None)

    def find(self, concept: str, level: ConceptLevel | None) -> Concept:
        """Return the concept of a name or id. NotFound if there is none, Ambiguous if several levels have the name."""
        return find(
            " ".join(concept.split()),
            self.of_level(level) if level else self.concepts,
            what=level or "concept",
            named=lambda item: item.name,
            id_of=lambda item: item.id,
        )

    def parent(self, concept: str, level: ConceptLevel) -> Concept:
        """Return the concept that one of *level* is to be sorted into; InvalidInput if that is a category."""
        if level.above is None:
            raise InvalidInput("a category cannot be sorted into another concept", hint="categories are the top level")
        return self.find(concept, level.above)

    def cells_named(self, names: Iterable[str]) -> list[Cell]:
        """Return written cells by their ids or labels, each once, in the order of cases."""
        found = {cell.id: cell for cell in map(self.cell_named, names)}
        return sorted(found.values(), key=lambda cell: (natural_key(self._cases[cell.case_id].name), cell.own))

    def cell_named(self, name: str) -> Cell:
        """Return a written cell by its id, or by its label or the case.

        Raises:
            NotFound: If there is no such case.
            InvalidInput: If the case has no written cell in the column.
        """
        for cell in self.cells:
            if name == cell.id:
                return cell
        is_own = name.endswith(ITSELF) and not any(folded(case.name) == folded(name) for case in self._cases.values())
        case = find_case(name.removesuffix(ITSELF) if is_own else name, self._cases.values(), self._aliases)
        for cell in self.cells:
            if (cell.case_id, cell.own) == (case.id, is_own):
                return cell
        both = [self.label(cell) for cell in self.cells if cell.case_id == case.id]
        raise InvalidInput(
            f"{cell_label(case.name, own=is_own)} has no summary in {self.path}",
            hint=f"did you mean “{both[0]}”?" if both else "write the summary first",
        )

    def label(self, cell: Cell) -> str:
        """Return the name that the abstraction gives to a cell."""
        return cell_label(self._cases[cell.case_id].name, own=cell.own)

    def names(self, cells: Iterable[Cell]) -> str:
        """Return the labels of cells in one text."""
        return ", ".join(map(self.label, cells))

    def sorting(self, element: Concept, cell: Cell) -> Sorting | None:
        """Return the sorting of a cell into an element; None if it is not there."""
        return next(iter(self.sortings_of(element, [cell])), None)

    def sortings_of(self, element: Concept, cells: Sequence[Cell]) -> list[Sorting]:
        """Return the sortings of cells into an element."""
        ids = {cell.id for cell in cells}
        return [item for item in self.sortings if item.concept_id == element.id and item.cell_id in ids]


def _state(connection: Reading, code_id: str) -> tuple[list[Concept], list[Sorting]]:
    concepts = in_order(queries.concepts(connection, code_id=code_id))
    ids = {item.id for item in concepts}
    sortings = [item for item in queries.sortings(connection) if item.concept_id in ids]
    return concepts, sorted(sortings, key=lambda item: item.id)

"""Abstraction: the written cells of a column are sorted into elements, elements into dimensions, those into categories.

Elements keep the participants' terms, dimensions say along which lines they differ, and categories are the researcher's
(Spencer, Ritchie & O'Connor 2003). As a data structure they are first-order concepts, second-order themes and aggregate
dimensions (Gioia, Corley & Hamilton 2013).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ConceptLevel(StrEnum):
    """The level of a concept, from the data upwards."""

    ELEMENT = "element"
    DIMENSION = "dimension"
    CATEGORY = "category"

    @property
    def above(self) -> ConceptLevel | None:
        """The level that concepts of this level are sorted into; None for categories."""
        return _ABOVE.get(self)


_ABOVE = {ConceptLevel.ELEMENT: ConceptLevel.DIMENSION, ConceptLevel.DIMENSION: ConceptLevel.CATEGORY}


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of the abstraction of a column.

    Attributes:
        code_id: The code of the column.
        parent_id: The concept of the next level that it is sorted into; None if it is not sorted yet.
        position: Number among the concepts of its level and column, from 0.
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

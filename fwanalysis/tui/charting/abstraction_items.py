"""The lists of the abstraction screen: which items they have, and how an item looks. Knows no widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from fwanalysis.domain.abstraction import ConceptLevel
from fwanalysis.domain.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fwanalysis.domain.abstraction import Abstraction, Concept, SortedCell

UNSORTED = "unsorted"
LISTS = (UNSORTED, *(level.value for level in ConceptLevel))
"""The ids of the lists: what is not sorted, then a list for each level."""
_TITLES = {UNSORTED: "Not sorted", **{level.value: level.plural.capitalize() for level in ConceptLevel}}


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: a concept, or a cell.

    Attributes:
        concept: The concept; None for a cell.
        cell: The cell; None for a concept.
        inside: The concept that it is listed below; None at the top of a list.
    """

    concept: Concept | None = None
    cell: SortedCell | None = None
    inside: Concept | None = None

    @property
    def id(self) -> str:
        """The id of what it is."""
        return self.concept.id if self.concept else self.cell.id if self.cell else ""

    @property
    def key(self) -> str:
        """An id that is unique in its list."""
        return f"{self.id}.{self.inside.id}" if self.inside else self.id

    @property
    def name(self) -> str:
        """What it is called in messages."""
        return f"“{self.concept.name}”" if self.concept else self.cell.label if self.cell else ""

    @property
    def target(self) -> ConceptLevel | None:
        """The level that it can be sorted into; None for a category."""
        return self.concept.level.above if self.concept else ConceptLevel.ELEMENT


def items_of(shown: Abstraction, name: str) -> list[Item]:
    """Return the items of a list: each concept with what is sorted into it below."""
    if name == UNSORTED:
        return [
            *(Item(cell=cell) for cell in shown.unsorted_cells),
            *(Item(concept) for concept in (*shown.unsorted_elements, *shown.unsorted_dimensions)),
        ]
    return [item for concept in shown.of_level(ConceptLevel(name)) for item in _with_members(shown, concept)]


def _with_members(shown: Abstraction, concept: Concept) -> Iterator[Item]:
    yield Item(concept)
    for cell in shown.cells_of(concept):
        yield Item(cell=cell, inside=concept)
    for member in shown.members(concept):
        yield Item(member, inside=concept)


def title_of(shown: Abstraction, name: str) -> str:
    """Return the title of a list with the number of its items."""
    count = len(items_of(shown, UNSORTED)) if name == UNSORTED else len(shown.of_level(ConceptLevel(name)))
    return f"{_TITLES[name]} ({count})"


def heading_of(shown: Abstraction) -> Text:
    """Return the heading: the column, and how much is not sorted on each level."""
    left = [
        _count(len(shown.unsorted_cells), "cell", "cells"),
        *(
            _count(len(items), level.value, level.plural)
            for level, items in (
                (ConceptLevel.ELEMENT, shown.unsorted_elements),
                (ConceptLevel.DIMENSION, shown.unsorted_dimensions),
            )
        ),
    ]
    return Text.assemble((f" {shown.name}", "bold"), f"   ○ not sorted: {', '.join(left)}   ", ("! out of date", "dim"))


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def line_of(shown: Abstraction, item: Item) -> Text:
    """Return an item as a line of a list."""
    text = Text(no_wrap=True, overflow="ellipsis")
    text.append("  " if item.inside else "")
    if item.cell:
        cell = item.cell
        text.append(f"{cell.label} ", style="" if item.inside else "bold")
        text.append("! " if cell.stale else "", style="bold")
        text.append("" if cell.state.has_summary else f"{cell.state.label} ")
        text.append(one_line(cell.text), style="dim")
    elif item.concept:
        concept = item.concept
        is_unsorted = concept.level.above is not None and concept.parent_id is None
        text.append("○ " if is_unsorted else "", style="bold")
        text.append(concept.name, style="" if item.inside else "bold")
        number = len(shown.cells_of(concept)) + len(shown.members(concept))
        text.append(f" ({number})", style="dim")
    return text


def pane_of(shown: Abstraction, item: Item | None) -> Text:
    """Return what the reading view shows of an item: the summaries of cells, the members of concepts."""
    if item is None:
        return Text("Nothing is selected. a adds an element.", style="dim")
    if item.cell:
        return _cell(item.cell, shown.elements_of(item.cell.id))
    assert item.concept is not None
    concept = item.concept
    parent = shown.parent(concept)
    into = f" → {parent.name}" if parent else " (not sorted)" if concept.level.above else ""
    text = Text.assemble((f"{concept.level.value}: {concept.name}", "bold"), into)
    for cell in shown.cells_of(concept):
        text.append("\n\n")
        text.append_text(_cell(cell, ()))
    for member in shown.members(concept):
        text.append(f"\n  {member.name}")
    return text


def _cell(cell: SortedCell, elements: Sequence[Concept]) -> Text:
    text = Text.assemble((cell.label, "bold"), (f"  {cell.state.label}", "dim"))
    if cell.stale:
        text.append(f"\n! out of date: {'; '.join(map(str, cell.stale))}", style="bold")
    text.append(f"\n{cell.text}" if cell.text else "")
    if elements:
        text.append(f"\nin {', '.join(f'“{item.name}”' for item in elements)}", style="dim")
    return text

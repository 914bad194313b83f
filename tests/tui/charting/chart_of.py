"""What a chart shows, for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.tui.charting.grid import ChartGrid

if TYPE_CHECKING:
    from tests.tui.workbench_person import Person


def grid_of(person: Person) -> ChartGrid:
    """The grid in front."""
    return person.screen.query_one(ChartGrid)


def chart(person: Person) -> dict[str, dict[str, str]]:
    """The cells of the chart by the heads of their lines and columns."""
    grid = grid_of(person)
    axes = grid.axes
    assert axes is not None
    return {
        head.label: {column.label: grid.text_of(axes.key(line, number)) for number, column in enumerate(axes.columns)}
        for line, head in enumerate(axes.heads)
    }


def painted(person: Person) -> list[str]:
    """The lines of the grid as they are on the screen."""
    grid = grid_of(person)
    return [grid.render_line(y).text.rstrip() for y in range(grid.size.height)]


def at_cell(person: Person) -> tuple[str, str]:
    """The heads of the line and the column of the cursor."""
    grid = grid_of(person)
    assert grid.axes is not None
    return grid.axes.heads[grid.cursor[0]].label, grid.axes.columns[grid.cursor[1]].label

"""``fwa matrix chart``: stored charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rich_click as click

from fwanalysis.cli.common import as_json, changing, common_options, opened
from fwanalysis.cli.lazy import AreaGroup
from fwanalysis.cli.listing import emit_list, listing_options
from fwanalysis.cli.matrix_options import Query, view_options
from fwanalysis.cli.output import emit, emit_json, plain

if TYPE_CHECKING:
    from fwanalysis.domain.matrix import MatrixQuery


_COLUMNS = ("name", "rows", "columns", "filters")


@click.group(cls=AreaGroup)
@common_options
def chart() -> None:
    """List, save and remove stored charts: views of the matrix under a name.

    Examples:
      fwa matrix chart save "Effort by site" --theme effort --rows site
      fwa matrix chart list
    """


@chart.command("list")
@listing_options
def list_() -> None:
    """List the stored charts with what they show.

    Examples:
      fwa matrix chart list
      fwa matrix chart list --json
    """
    with opened() as project:
        charts = project.matrix.charts()
    lines = [_line(item.name, item.query) for item in charts]
    emit_list(
        [
            {"id": item.id, **dict(zip(_COLUMNS, line, strict=True)), "query": plain(item.query)}
            for item, line in zip(charts, lines, strict=True)
        ],
        columns=("id", *_COLUMNS),
        header=("name", "rows", "columns", "filters and order"),
        rows=lines,
        empty="No charts. Save one with: fwa matrix chart save NAME",
    )


def _line(name: str, query: MatrixQuery) -> tuple[str, str, str, str]:
    columns = "all codes" if query.all_codes else ", ".join(query.themes) or "themes"
    parts = [
        *(f"{attribute} = {value}" for attribute, value in query.where),
        *([query.expression] if query.expression else []),
        *([f"cases {', '.join(query.cases)}"] if query.cases else []),
        *([f"sorted by {', '.join(query.sort)}"] if query.sort else []),
        *([f"grouped by {', '.join(query.group)}"] if query.group else []),
        *([f"figures {', '.join(query.figures)}"] if query.figures else []),
    ]
    return name, query.rows, columns, "; ".join(parts)


@chart.command()
@click.argument("name")
@view_options
@common_options
def save(name: str, query: Query) -> None:
    """Save a view as a chart NAME; a chart of this name is replaced, which can be undone.

    Examples:
      fwa matrix chart save "Effort by site" --theme effort --rows site
      fwa matrix chart save "Joint display" --rows site --theme effort --figures attendance --sort -attendance
    """
    with changing() as project:
        asked = query(project)
        project.matrix.view(asked)  # says what is wrong with it
        saved = project.matrix.save_chart(name, asked)
    emit_json({"id": saved.id, "name": saved.name}) if as_json() else emit(f"saved chart {saved.name}")


@chart.command()
@click.argument("name")
@common_options
def remove(name: str) -> None:
    """Remove a stored chart; its cells stay, and it can be undone.

    Examples:
      fwa matrix chart remove "Joint display"
      fwa matrix chart remove "Joint display" --json
    """
    with changing() as project:
        removed = project.matrix.remove_chart(name)
    emit_json({"id": removed.id, "name": removed.name}) if as_json() else emit(f"removed chart {removed.name}")

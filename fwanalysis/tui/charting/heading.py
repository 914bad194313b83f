"""What a chart shows, in words: its rows and columns, its counts, and what is set. Knows no widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fwanalysis.domain.codebook import Codebook
    from fwanalysis.domain.matrix import Bands, Matrix, MatrixQuery


def columns_in_words(query: MatrixQuery, codebook: Codebook) -> str:
    """Return what the columns are: *all themes*, *all codes*, or the names of the themes."""
    if query.themes:
        return ", ".join(codebook.find(theme).name for theme in query.themes)
    return "all codes" if query.all_codes else "all themes"


def title(query: MatrixQuery, codebook: Codebook) -> str:
    """Return the rows and the columns: *cases × Effort*."""
    rows = "cases" if query.rows == "default" else f"{query.rows.removeprefix('attribute:')}s"
    columns = columns_in_words(query, codebook)
    return f"{columns} × {rows}" if query.transposed else f"{rows} × {columns}"


def settings_in_words(query: MatrixQuery) -> Iterator[str]:
    """Yield what is set, each in a few words; nothing that is as usual."""
    conditions = [f"{name} = {value}" for name, value in query.where]
    if query.expression:
        conditions.append(query.expression)
    if conditions:
        yield f"only {' and '.join(conditions)}"
    if query.cases:
        yield f"only the cases {', '.join(query.cases)}"
    if query.coders:
        yield f"codings of {', '.join(query.coders)}"
    if query.group:
        yield f"grouped by {', '.join(_group(name, query.bands) for name in query.group)}"
    if query.sort:
        yield f"sorted by {', '.join(map(_sort, query.sort))}"
    if query.figures:
        yield f"figures: {', '.join(query.figures)}"
    if query.attributes is not None:
        yield f"attributes: {', '.join(query.attributes) or 'none'}"
    if query.pinned:
        yield f"pinned: {', '.join(query.pinned)}"
    if query.hidden:
        yield f"{len(query.hidden)} column{'s' * (len(query.hidden) != 1)} hidden"
    if not query.with_no_case:
        yield "without text of no case"


def _sort(name: str) -> str:
    return f"{name.removeprefix('-')} (highest first)" if name.startswith("-") else name


def _group(name: str, bands: tuple[Bands, ...]) -> str:
    cuts = next((item.cuts for item in bands if item.attribute.casefold() == name.casefold()), ())
    return f"{name} (at {', '.join(f'{cut:g}' for cut in cuts)})" if cuts else name


def counts_in_words(matrix: Matrix, written: int) -> Iterator[str]:
    """Yield what the heading counts, without the cells that are out of date."""
    writable = sum(row.case is not None for row in matrix.rows) * len(matrix.columns)
    yield f"{written} of {writable} cells are written"
    if matrix.outside:
        yield f"{_codings(matrix.outside)} of other cases"
    if matrix.unanchored:
        yield f"{_codings(matrix.unanchored)} unanchored"


def _codings(count: int) -> str:
    return "1 coding" if count == 1 else f"{count} codings"


def file_name(query: MatrixQuery) -> str:
    """Return a file name, without extension, that describes what is shown."""
    themes = "-".join(theme.rpartition("/")[2] for theme in query.themes) or ("all-codes" if query.all_codes else "")
    rows = "" if query.rows == "default" else query.rows.replace(":", "-")
    return "-".join(part for part in ("matrix", themes, rows) if part)

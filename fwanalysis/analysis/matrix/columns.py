"""The columns of a view: themes, the sub-themes of chosen themes, or all codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.matrix import MatrixColumn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fwanalysis.analysis.matrix.study import Study
    from fwanalysis.domain.codebook import CodeEntry
    from fwanalysis.domain.matrix import MatrixQuery


def columns_of(study: Study, query: MatrixQuery) -> list[MatrixColumn]:
    """Return the columns of a view in the order of the codebook, theme by theme.

    A theme's own column comes before its sub-themes if something is coded or written with the theme itself.

    Raises:
        NotFound: If a theme or a hidden code does not exist.
    """
    coded = {passage.code_id for passage in (*study.passages, *study.unanchored)}
    hidden = {study.codebook.find(path).id for path in query.hidden}
    shown: dict[tuple[str, bool], CodeEntry] = {}
    for entry, own in _chosen(study, query, coded):
        if entry.id in hidden or (entry.code.retired and not study.codebook.below(entry.id) & coded):
            continue
        shown.setdefault((entry.id, own), entry)
    names = [entry.name for entry in {entry.id: entry for entry in shown.values()}.values()]
    return [
        MatrixColumn(
            entry.id,
            _heading(entry, names.count(entry.name) == 1, own=own),
            entry.path,
            own,
            study.codebook.theme_of(entry.id).name,
        )
        for (_, own), entry in shown.items()
    ]


def _chosen(study: Study, query: MatrixQuery, coded: set[str]) -> Iterator[tuple[CodeEntry, bool]]:
    codebook = study.codebook
    own = coded | {cell.code_id for cell in study.cells if cell.own}
    if query.themes:
        for name in query.themes:
            theme = codebook.find(name)
            children = codebook.children(theme.id)
            if children and theme.id in own:
                yield theme, True
            yield from ((entry, False) for entry in children or (theme,))
    elif query.all_codes:
        for entry in codebook.entries:
            yield entry, False
            if entry.id in own and codebook.children(entry.id):
                yield entry, True
    else:
        yield from ((entry, False) for entry in codebook.themes)


def _heading(entry: CodeEntry, is_unique: bool, *, own: bool) -> str:
    name = entry.name if is_unique else entry.path
    return f"{name} (itself)" if own else name


def columns_by_code(study: Study, columns: Sequence[MatrixColumn]) -> Mapping[str, tuple[str, ...]]:
    """Return, by the id of each code, the keys of the columns that its codings belong in."""
    whole = {column.code_id: column.key for column in columns if not column.own}
    own = {column.code_id: column.key for column in columns if column.own}
    return {
        code_id: (
            *(whole[above] for above in study.ancestors[code_id] if above in whole),
            *([own[code_id]] if code_id in own else ()),
        )
        for code_id in study.ancestors
    }

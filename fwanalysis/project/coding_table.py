"""Codings as a table for files: one row for each coding, with the attributes of its cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.ids import now
from fwanalysis.domain.table import Scalar, Table
from fwanalysis.domain.text import Span
from fwanalysis.project.views import Views
from fwanalysis.store.queries import cases as case_queries
from fwanalysis.store.queries import sources as source_queries
from fwanalysis.store.store import project_info

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from fwanalysis.domain.codings import CodingView
    from fwanalysis.store.reading import Reading

COLUMNS = (
    "quotation", "code", "kind", "stance", "note", "source", "source_kind", "turn", "reference", "speaker", "case",
)  # fmt: skip
LAST_COLUMNS = ("coder", "origin", "created", "id", "start", "end")
ATTRIBUTE_PREFIX = "case."
"""What precedes the name of an attribute that is named like a column, in its heading."""


def coding_table(connection: Reading, codings: Sequence[CodingView], filters: Mapping[str, object]) -> Table:
    """Return a table with a row for each coding.

    Args:
        connection: The project.
        codings: The codings; unanchored ones have no turn, reference, speaker, case or attributes.
        filters: The filters that chose them, for the file beside the table.

    Returns:
        The columns are ``COLUMNS``, then one for each attribute of cases, then ``LAST_COLUMNS``. Where a segment is
        attributed to several cases, their different values are joined with "; ".
    """
    views = Views(connection)
    attributes = [attribute.name for attribute in case_queries.attributes(connection)]
    values = case_queries.values_by_case(connection)
    labels = {speaker.id: speaker.label for speaker in source_queries.speakers(connection)}
    taken = {*COLUMNS, *LAST_COLUMNS}
    headings = [ATTRIBUTE_PREFIX + name if name in taken else name for name in attributes]
    rows = tuple(
        (
            *_first(views, item, labels),
            *_attributes(views, item, attributes, values),
            *(item.coder, item.origin.value, item.created, item.id, item.start, item.end),
        )
        for item in codings
    )
    info, codebook = project_info(connection), views.codebook.info
    about = {
        "project": info.title,
        "question": info.question,
        "exported_at": now(),
        "codebook": codebook.name if codebook else None,
        "codebook_version": codebook.version if codebook else None,
        "filters": {name: value for name, value in filters.items() if value not in (None, False)},
        "codings": len(rows),
    }
    return Table((*COLUMNS, *headings, *LAST_COLUMNS), rows, about)


def _first(views: Views, item: CodingView, labels: Mapping[str, str]) -> tuple[Scalar, ...]:
    return (
        item.quote,
        item.code_path,
        views.codebook.by_id[item.code_id].version.kind.value,
        item.stance.value,
        item.note,
        item.source,
        views.sources[item.source_id].kind.value,
        item.turn,
        None if item.turn is None else f"({item.source}:{item.turn})",
        "; ".join(_speakers(views, item, labels)) or None,
        item.case,
    )


def _speakers(views: Views, item: CodingView, labels: Mapping[str, str]) -> Iterable[str]:
    if item.turn is None:
        return ()
    turns = views.turns(item.source_id, Span(item.start, item.end))
    return dict.fromkeys(labels[turn.speaker_id] for turn in turns if turn.speaker_id is not None)


def _attributes(
    views: Views, item: CodingView, names: Iterable[str], values: Mapping[str, Mapping[str, str]]
) -> Iterator[Scalar]:
    """Yield the values of each attribute, of the cases that the list names."""
    cases = views.named_cases(item.source_id, Span(item.start, item.end)) if item.case is not None else ()
    for name in names:
        known = (values.get(case_id, {}).get(name) for case_id in cases)
        yield "; ".join(dict.fromkeys(value for value in known if value is not None)) or None

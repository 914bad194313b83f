"""The doctor: whether everything in the project is as it must be."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.domain.text import text_hash
from fwanalysis.store import log
from fwanalysis.store.engine import integrity_faults
from fwanalysis.store.queries import codings as coding_queries
from fwanalysis.store.queries import sources as source_queries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fwanalysis.project.context import Context
    from fwanalysis.store.reading import Reading


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: how many things it looked at, and a sentence for each that is not as it must be."""

    check: str
    looked_at: int
    faults: tuple[str, ...]


def examine(context: Context) -> list[Finding]:
    """Run every check: foreign keys, hashes of texts and files, quotations against texts, turns, the log."""
    with context.store.read() as connection:
        return [
            _finding("the database and its foreign keys", _database, connection),
            _finding("texts and original files are as they were imported", _blobs, connection),
            _finding("every quotation equals the text of its span", _quotes, connection),
            _finding("turns are in order and inside their text", _turns, connection),
            Finding("the hash chain of the log is intact", log.head(connection)[0], tuple(log.verify(connection))),
        ]


def _finding(check: str, run: Callable[[Reading], Iterator[str | None]], connection: Reading) -> Finding:
    results = list(run(connection))
    return Finding(check, len(results), tuple(fault for fault in results if fault))


def _database(connection: Reading) -> Iterator[str | None]:
    faults = integrity_faults(connection)
    if faults:
        yield from faults
    else:
        yield None


def _blobs(connection: Reading) -> Iterator[str | None]:
    for revision in source_queries.revisions(connection):
        text = source_queries.text_or_none(connection, revision.text_hash)
        data = source_queries.original_or_none(connection, revision.original_hash)
        if text is None or data is None:
            yield f"The text or the original of {revision.filename} is missing."
        elif text_hash(text) != revision.text_hash or len(text) != revision.length:
            yield f"The text of {revision.filename} is not the one that was imported."
        elif hashlib.sha256(data).hexdigest() != revision.original_hash:
            yield f"The original of {revision.filename} is not the one that was imported."
        else:
            yield None


def _quotes(connection: Reading) -> Iterator[str | None]:
    texts = _texts(connection)
    for anchor in coding_queries.all_anchors(connection):
        text = texts(anchor.revision_id)
        if anchor.span.of(text) == anchor.quote:
            yield None
        else:
            yield f"Segment {anchor.segment_id} quotes “{anchor.quote[:40]}”, but the text of its span is different."


def _turns(connection: Reading) -> Iterator[str | None]:
    for revision in source_queries.revisions(connection):
        end = 0
        for turn in source_queries.turns(connection, revision.id):
            whole = end <= turn.label_start <= turn.start <= turn.end <= revision.length
            yield None if whole else f"Turn {turn.number} of {revision.filename} overlaps another or leaves the text."
            end = turn.end


def _texts(connection: Reading) -> Callable[[str], str]:
    """Texts by revision, the last one kept: anchors come revision by revision."""
    kept: dict[str, str] = {}

    def text(revision_id: str) -> str:
        if revision_id not in kept:
            kept.clear()
            revision = source_queries.revision(connection, revision_id)
            kept[revision_id] = source_queries.text_or_none(connection, revision.text_hash) or ""
        return kept[revision_id]

    return text

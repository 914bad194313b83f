"""Values for tests of the store, and what a project holds of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from fwanalysis.domain.cases import Case, Level
from fwanalysis.domain.codebook import Code, CodeKind, CodeVersion, Examples
from fwanalysis.domain.codings import Anchor, Coding, Origin, Segment, anchored
from fwanalysis.domain.ids import new_id, now
from fwanalysis.domain.sources import Revision, Source, SourceKind
from fwanalysis.domain.text import Span, text_hash
from fwanalysis.store import schema
from fwanalysis.store.mapping import STATE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fwanalysis.domain.codings import Coder
    from fwanalysis.store.store import Store

TEXT = "We share what we learn, and nobody asks who pays for it."


def case(name: str, level: Level = Level.PERSON) -> Case:
    return Case(new_id(), name, level)


def code(key: str) -> tuple[Code, CodeVersion]:
    code_id, version_id = new_id(), new_id()
    return (
        Code(code_id, key, key.title(), None, 0, version_id, "", Examples(), (), retired=False),
        CodeVersion(version_id, code_id, 1, CodeKind.EMERGENT, "", "", "", ""),
    )


def source(name: str, text: str = TEXT) -> tuple[Source, Revision]:
    source_id, revision_id = new_id(), new_id()
    return (
        Source(source_id, name, SourceKind.DOCUMENT, revision_id, None, now()),
        Revision(
            id=revision_id,
            source_id=source_id,
            number=1,
            text_hash=text_hash(text),
            original_hash=text_hash(text),
            filename=f"{name}.txt",
            input_format="txt",
            speaker_format="none",
            speaker_format_reason="",
            encoding="utf-8",
            length=len(text),
            words=12,
            warnings=(),
            metadata=(),
        ),
    )


def coding(revision: Revision, of: Code, coder: Coder, span: Span) -> tuple[Segment, Anchor, Coding]:
    segment = Segment(new_id(), revision.source_id)
    anchor = anchored(new_id(), segment.id, revision.id, TEXT, span)
    return segment, anchor, Coding(new_id(), segment.id, of.id, of.version_id, coder.id, Origin.MANUAL, None, 1, now())


def state_of(store: Store) -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    """Every row of every state table, by table and id."""
    with store.read() as connection:
        return {
            name: {row["id"]: dict(row) for row in connection.execute(select(schema.metadata.tables[name])).mappings()}
            for name in STATE
        }


def count_events(store: Store) -> int:
    with store.read() as connection:
        return len(connection.execute(select(schema.events.c.seq)).all())

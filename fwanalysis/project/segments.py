"""Segments and the codings on them, as changes write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.codings import Coding, Origin, Segment, Stance, anchored
from fwanalysis.domain.ids import new_id, now
from fwanalysis.errors import Conflict
from fwanalysis.store.queries import codings as queries
from fwanalysis.store.queries import sources as source_queries

if TYPE_CHECKING:
    from fwanalysis.domain.codebook import Code
    from fwanalysis.domain.codings import Anchor
    from fwanalysis.domain.text import Span
    from fwanalysis.store.changes import Changes


def was_corrected(name: str) -> Conflict:
    """Return the error for a source whose text is no longer the one that the coder sees."""
    return Conflict(f"{name} was corrected by another coder; its text may have moved", hint="reload and try again")


def check_present(changes: Changes, source_id: str, revision_id: str) -> None:
    """Check that a revision is still its source's present one.

    Raises:
        Conflict: If it is not, or if the source was removed.
    """
    source = source_queries.source(changes.connection, source_id)
    if source is None:
        raise Conflict("the source was removed by another coder", hint="reload and try again")
    if source.revision_id != revision_id:
        raise was_corrected(source.name)


def segment_at(changes: Changes, source_id: str, revision_id: str, text: str, span: Span) -> Anchor:
    """Return the anchor of the segment at exactly this span of a revision's text; add both if there are none."""
    anchor = queries.anchor_at(changes.connection, revision_id, span.start, span.end)
    if anchor is None:
        segment = Segment(new_id(), source_id)
        anchor = anchored(new_id(), segment.id, revision_id, text, span)
        changes.add(segment, anchor)
    return anchor


def put_coding(
    changes: Changes,
    anchor: Anchor,
    code: Code,
    coder_id: str,
    origin: Origin,
    *,
    suggestion_id: str | None = None,
    stance: Stance = Stance.FOR,
    note: str = "",
) -> tuple[Coding, bool]:
    """Code an anchor's segment, unless this coder has already coded it with this code.

    An earlier coding keeps its stance and note.

    Returns:
        The coding, and whether it is new.
    """
    for known in queries.codings_of(changes.connection, anchor.segment_id):
        if (known.code_id, known.coder_id) == (code.id, coder_id):
            return known, False
    coding = Coding(
        new_id(), anchor.segment_id, code.id, code.version_id, coder_id, origin, suggestion_id, 1, now(), stance, note
    )
    changes.add(coding)
    return coding, True

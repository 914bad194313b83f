"""Make the marks that the transcript draws from codings and suggestions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.tui.transcript.marks import CodingMark, SuggestionMark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fwanalysis.domain.codebook import Codebook
    from fwanalysis.domain.codings import Evidence
    from fwanalysis.domain.suggestions import Suggestion


def coding_marks(codebook: Codebook, evidence: Iterable[Evidence]) -> Iterator[CodingMark]:
    """Yield a mark for each coding."""
    letters = codebook.initials()
    for item in evidence:
        entry = codebook.by_id[item.coding.code_id]
        yield CodingMark(
            item.coding.id,
            entry.id,
            item.anchor.start,
            item.anchor.end,
            codebook.colour_of(entry.id),
            letters[entry.id],
            entry.name,
            entry.version.kind,
            item.coding.stance,
        )


def suggestion_marks(
    codebook: Codebook, pending: Iterable[Suggestion], *, current: str | None
) -> Iterator[SuggestionMark]:
    """Yield a mark for each suggestion; *current* is the id of the one that is to be decided now."""
    letters = codebook.initials()
    for item in pending:
        entry = codebook.by_id[item.code_id]
        yield SuggestionMark(
            item.id,
            entry.id,
            item.start,
            item.end,
            item.hits,
            codebook.colour_of(entry.id),
            letters[entry.id],
            entry.name,
            current=item.id == current,
            stance=item.stance,
        )

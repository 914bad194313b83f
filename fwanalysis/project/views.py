"""Names in place of ids, for lists of codings and suggestions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.cases import attribution_of, natural_key
from fwanalysis.domain.codings import CodingView
from fwanalysis.project.context import find_case, find_source
from fwanalysis.project.speaker_index import speaker_indexes
from fwanalysis.store.queries import cases as case_queries
from fwanalysis.store.queries import codebook as codebook_queries
from fwanalysis.store.queries import codings as coding_queries
from fwanalysis.store.queries import sources as source_queries

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from fwanalysis.domain.codings import Evidence
    from fwanalysis.domain.sources import Turn
    from fwanalysis.domain.text import Span
    from fwanalysis.store.reading import Reading


class Views:
    """Makes the views of codings that lists show. Reads all names once, when it is made."""

    def __init__(self, connection: Reading) -> None:
        self.codebook = codebook_queries.codebook(connection, with_rules=False)
        self.sources = {source.id: source for source in source_queries.sources(connection)}
        self.coders = {coder.id: coder.name for coder in coding_queries.coders(connection)}
        self._cases = case_queries.cases(connection)
        self._aliases = case_queries.aliases(connection)
        self._names = {case.id: case.name for case in self._cases}
        self._speakers = speaker_indexes(connection)

    def source_id(self, name: str | None) -> str | None:
        """Return the id of the source of a name or id; None for None. Errors as for ``find_source``."""
        return find_source(name, self.sources.values()).id if name else None

    def case_id(self, name: str | None) -> str | None:
        """Return the id of the case of a name, alias or id; None for None. Errors as for ``find_case``."""
        return find_case(name, self._cases, self._aliases).id if name else None

    def code_ids(self, name: str | None) -> Collection[str] | None:
        """Return the ids of the code of a key, path or id and of the codes below it; None for None."""
        return self.codebook.below(self.codebook.find(name).id) if name else None

    def cases_at(self, source_id: str, span: Span) -> frozenset[str]:
        """Return the ids of the cases to whom a span is attributed, the group's included."""
        found = attribution_of(self._speakers[source_id], span)
        return found.cases | ({found.group} if found.group else set())

    def case_names(self, source_id: str, span: Span) -> str | None:
        """Return the names of the persons to whom a span is attributed, else of the group; None if unattributed."""
        return attribution_of(self._speakers[source_id], span).named(self._names)

    def named_cases(self, source_id: str, span: Span) -> list[str]:
        """Return the ids of the cases that ``case_names`` names, in its order."""
        found = attribution_of(self._speakers[source_id], span)
        ids = found.cases or ({found.group} if found.group else set())
        return sorted(ids, key=lambda case_id: natural_key(self._names[case_id]))

    def turns(self, source_id: str, span: Span) -> Sequence[Turn]:
        """Return the turns that a span overlaps."""
        return self._speakers[source_id].over(span)

    def turn(self, source_id: str, span: Span) -> int | None:
        """Return the number of the first turn that a span overlaps; None outside of turns."""
        turns = self._speakers[source_id].over(span)
        return turns[0].number if turns else None

    def coding(self, item: Evidence) -> CodingView:
        """Return a coding as lists show it."""
        entry, span = self.codebook.by_id[item.coding.code_id], item.anchor.span
        return CodingView(
            id=item.coding.id,
            code_id=entry.id,
            code=entry.name,
            code_path=entry.path,
            source_id=item.source_id,
            source=self.sources[item.source_id].name,
            case=self.case_names(item.source_id, span),
            coder=self.coders[item.coding.coder_id],
            start=span.start,
            end=span.end,
            turn=self.turn(item.source_id, span),
            quote=item.anchor.quote,
            stance=item.coding.stance,
            note=item.coding.note,
            origin=item.coding.origin,
            created=item.coding.created_at,
        )

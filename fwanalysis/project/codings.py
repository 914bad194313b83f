"""Codings: coding segments, removing codings, listing them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.codings import CodingView, Evidence, Origin, Segment, Stance, Tally
from fwanalysis.domain.text import Span, one_line, quote_places
from fwanalysis.errors import Ambiguous, InvalidInput, NotFound, Unchanged
from fwanalysis.project.codebook import new_code
from fwanalysis.project.coding_table import coding_table
from fwanalysis.project.context import Context, did_you_mean, full_ids, source_named
from fwanalysis.project.segments import check_present, put_coding, segment_at, was_corrected
from fwanalysis.project.views import Views
from fwanalysis.store.queries import codebook as codebook_queries
from fwanalysis.store.queries import codings as queries
from fwanalysis.store.queries import revisions as revision_queries
from fwanalysis.store.queries import sources as source_queries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from fwanalysis.domain.codebook import Code
    from fwanalysis.domain.codings import Coding
    from fwanalysis.domain.table import Table
    from fwanalysis.store.reading import Reading

NO_PARTICIPANTS = "This text is not attributed to a participant: in the matrix the segment is listed without a case."
"""The notice that interfaces show after coding unattributed text."""
_GLANCE = 60
"""How many characters of a quotation a message shows."""

_CLOSE = 0.75
"""The least similarity of a passage that a hint offers; at 0.6 unrelated words of the same length are offered."""


class Codings:
    """The codings of a project."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def add(
        self,
        source: str,
        code: str,
        start: int,
        end: int,
        *,
        stance: Stance = Stance.FOR,
        note: str = "",
        seen: str | None = None,
    ) -> Evidence:
        """Code a span of a source's present text.

        Args:
            source: Name or id of the source.
            code: Key, path or id of the code.
            start: Where the span begins, in code points.
            end: Where it ends, exclusive.
            stance: What the passage says about the code.
            note: The coder's note on the coding.
            seen: Id of the revision that the coder sees, to refuse another; any by default.

        Raises:
            InvalidInput: If the span is empty, only white space, or not within the text.
            Unchanged: If this coder has already coded this span with this code.
            Conflict: If the present revision is not *seen*.
        """
        with self._context.store.read() as connection:
            found = codebook_queries.code(connection, code)
            if found is None:
                found = codebook_queries.codebook(connection, with_rules=False).find(code).code
        return self._add(source, found, (start, end), stance=stance, note=note, seen=seen)

    def add_new(
        self,
        source: str,
        name: str,
        start: int,
        end: int,
        *,
        stance: Stance = Stance.FOR,
        note: str = "",
        seen: str | None = None,
    ) -> Evidence:
        """Add an emergent code of this name and code a span with it, in one undo step.

        Arguments and errors are those of ``add`` and of ``CodebookArea.add``.
        """
        with self._context.store.read() as connection:
            code, version = new_code(codebook_queries.codebook(connection, with_rules=False), name)
        return self._add(source, code, (start, end), stance=stance, note=note, new=(code, version), seen=seen)

    def _add(
        self,
        source: str,
        code: Code,
        asked: tuple[int, int],
        *,
        stance: Stance,
        note: str,
        new: tuple[object, ...] = (),
        seen: str | None,
    ) -> Evidence:
        with self._context.store.read() as connection:
            found = source_named(connection, source)
            if seen not in (None, found.revision_id):
                raise was_corrected(found.name)
            text = source_queries.text(connection, source_queries.revision(connection, found.revision_id).text_hash)
        span = _checked(text, *asked, found.name)
        quote = one_line(span.of(text))
        label = f"code {found.name} {code.name}: “{quote[:40]}{'…' if len(quote) > 40 else ''}”"
        if new:
            label += f"; add code {code.name}"
        with self._context.change("coding.add", label) as changes:
            check_present(changes, found.id, found.revision_id)
            changes.add(*new)
            anchor = segment_at(changes, found.id, found.revision_id, text, span)
            coder_id = self._context.coder.id
            coding, is_new = put_coding(
                changes, anchor, code, coder_id, Origin.MANUAL, stance=stance, note=note.strip()
            )
            if not is_new:
                raise _already_coded(coding, code, stance, note.strip())
        return Evidence(coding, anchor, found.id)

    def find_quote(self, source: str, quote: str) -> Span:
        """Find a quotation in a source's present text, ignoring white space and the form of quotation marks.

        Raises:
            NotFound: If the text does not contain it; letter case matters.
            Ambiguous: If the text contains it more than once; the message lists the spans.
        """
        with self._context.store.read() as connection:
            found = source_named(connection, source)
            text = source_queries.text(connection, source_queries.revision(connection, found.revision_id).text_hash)
        places = quote_places(text, quote)
        if not places:
            raise NotFound(
                f'no exact match for "{one_line(quote)[:_GLANCE]}" in source "{found.name}"',
                hint=_closest(text, quote),
            )
        if len(places) > 1:
            listed = ", ".join(f"{place.start} to {place.end}" for place in places[:5])
            raise Ambiguous(
                f'"{one_line(quote)[:_GLANCE]}" occurs {len(places)} times in source "{found.name}": {listed}'
                f"{' and so on' if len(places) > 5 else ''}",
                hint="give more of the text, or --span START END",
            )
        return places[0]

    def remove(self, ids: Iterable[str]) -> Sequence[str]:
        """Remove codings, and the segments that have no other coding.

        Args:
            ids: Coding ids, whole or their first characters (at least six).

        Returns:
            The whole ids.

        Raises:
            NotFound: If an id names no coding; none is removed.
            Ambiguous: If an id names several codings; none is removed.
        """
        found = self._named(ids)
        if not found:
            return []
        label = f"remove {len(found)} codings" if len(found) > 1 else "remove a coding"
        with self._context.change("coding.remove", label) as changes:
            changes.remove(*(item.coding for item in found))
            for segment_id, source_id in {(item.anchor.segment_id, item.source_id) for item in found}:
                if not queries.is_used(changes.connection, segment_id):
                    changes.remove(*queries.anchors_of(changes.connection, segment_id))
                    changes.remove(Segment(segment_id, source_id))
        return [item.coding.id for item in found]

    def edit(self, ids: Iterable[str], *, stance: Stance | None = None, note: str | None = None) -> Sequence[str]:
        """Change the stance or the note of codings, in one undo step.

        Args:
            ids: Coding ids, whole or their first characters (at least six).
            stance: The new stance; None leaves it as it is.
            note: The new note, empty to remove it; None leaves it as it is.

        Returns:
            The whole ids of the codings that were changed; those that had this stance and note are left out.

        Raises:
            InvalidInput: If neither a stance nor a note is given.
            NotFound: If an id names no coding; none is changed.
            Ambiguous: If an id names several codings; none is changed.
        """
        if stance is None and note is None:
            raise InvalidInput("no change specified", hint="give --stance or --note")
        edited = [
            (
                before,
                replace(before, stance=stance or before.stance, note=before.note if note is None else note.strip()),
            )
            for before in (item.coding for item in self._named(ids))
        ]
        edited = [(before, after) for before, after in edited if before != after]
        if not edited:
            return []
        what = f"{len(edited)} codings" if len(edited) > 1 else "a coding"
        label = f"edit {what}" if stance is None else f"edit {what}: {stance}"
        with self._context.change("coding.edit", label) as changes:
            for before, after in edited:
                changes.replace(after, seen=before)
        return [after.id for _, after in edited]

    def _named(self, ids: Iterable[str]) -> Sequence[Evidence]:
        """Return the codings of these ids, anchored or not, each once, in their order; errors as for ``remove``."""
        with self._context.store.read() as connection:
            wanted = full_ids(
                ids,
                lambda: (item.coding.id for item in _everywhere(connection)),
                what="coding",
                listing="fwa coding list",
            )
            found = {item.coding.id: item for item in _everywhere(connection, wanted)}
        missing = [coding_id for coding_id in wanted if coding_id not in found]
        if missing:
            raise NotFound(f"no coding {missing[0]}", hint="list ids with: fwa coding list")
        return [found[coding_id] for coding_id in wanted]

    def of_source(self, source_id: str) -> Sequence[Evidence]:
        """Return the codings of one source with their anchors, in text order."""
        with self._context.store.read() as connection:
            return queries.evidence(connection, source_id=source_id)

    def list(
        self,
        *,
        source: str | None = None,
        code: str | None = None,
        case: str | None = None,
        coder: str | None = None,
        stance: Stance | None = None,
        unanchored: bool = False,
    ) -> Sequence[CodingView]:
        """List the codings that meet every condition given.

        Args:
            source: Name or id of a source.
            code: Key, path or id of a code; the codes below it are included.
            case: Name, alias or id of a case to whom the segments are attributed.
            coder: Name or id of a coder.
            stance: What the segments say about their code.
            unanchored: List the codings without a position in the present text, with their last one, instead of those
                that have one.

        Raises:
            InvalidInput: If *case* and *unanchored* are both given: unanchored segments have no case.
        """
        with self._context.store.read() as connection:
            views = Views(connection)
            codes, source_id, wanted = views.code_ids(code), views.source_id(source), views.case_id(case)
            coder_id = _coder_id(connection, coder) if coder else None
            gather = revision_queries.unanchored if unanchored else queries.evidence
            found = gather(connection, source_id=source_id, code_ids=codes, coder_id=coder_id)
        found = [item for item in found if stance in (None, item.coding.stance)]
        if unanchored:
            if wanted:
                raise InvalidInput("unanchored codings are attributed to no case", hint="leave out --case")
            return [replace(views.coding(item), case=None, turn=None) for item in found]
        return [
            views.coding(item)
            for item in found
            if wanted is None or wanted in views.cases_at(item.source_id, item.anchor.span)
        ]

    def export(
        self,
        *,
        source: str | None = None,
        code: str | None = None,
        case: str | None = None,
        coder: str | None = None,
        stance: Stance | None = None,
        unanchored: bool = False,
    ) -> Table:
        """Return the codings as a table, one row each, with the attributes of their cases; filters as for ``list``."""
        found = self.list(source=source, code=code, case=case, coder=coder, stance=stance, unanchored=unanchored)
        filters = {"source": source, "code": code, "case": case, "by": coder, "stance": stance}
        with self._context.store.read() as connection:
            return coding_table(connection, found, {**filters, "unanchored": unanchored})

    def coders(self) -> Mapping[str, str]:
        """Return the names of all coders, by id."""
        with self._context.store.read() as connection:
            return {coder.id: coder.name for coder in queries.coders(connection)}

    def counts(self, source: str | None = None) -> Mapping[str, Tally]:
        """Count the codings of each code that has any, anchored and unanchored, by code id, in one source or in all."""
        with self._context.store.read() as connection:
            source_id = source_named(connection, source).id if source else None
            return queries.tally_by_code(connection, source_id=source_id)


def _closest(text: str, quote: str) -> str:
    """Return a hint with the text of a source that is most similar to a quotation which does not occur in it."""
    from fwanalysis.matching.fuzzy import closest_passage

    found = closest_passage(text, quote, cutoff=_CLOSE)
    close = f'closest match: "{one_line(text[found[0] : found[1]])[:_GLANCE]}". ' if found else ""
    return f"{close}Quotations are case-sensitive; print the text with: fwa source text"


def _everywhere(connection: Reading, coding_ids: Collection[str] | None = None) -> Sequence[Evidence]:
    """Return the anchored codings, then the unanchored ones with their last anchors."""
    return (
        *queries.evidence(connection, coding_ids=coding_ids),
        *revision_queries.unanchored(connection, coding_ids=coding_ids),
    )


def _checked(text: str, start: int, end: int, name: str) -> Span:
    if not 0 <= start < end <= len(text):
        raise InvalidInput(
            f"invalid span {start}–{end} of {name}", hint=f"START must be less than END, both within 0–{len(text)}"
        )
    span = Span(start, end)
    if not span.of(text).strip():
        raise InvalidInput(f"no text between {start} and {end} of {name}")
    return span


def _already_coded(coding: Coding, code: Code, stance: Stance, note: str) -> Unchanged:
    """Return the error for a segment that this coder has coded with this code; it says how to change the coding."""
    differs = coding.stance is not stance or (note and coding.note != note)
    options = f" --stance {stance}" + (" --note TEXT" if note and coding.note != note else "")
    return Unchanged(
        f"this segment is already coded {code.name}{'' if coding.stance is Stance.FOR else f' ({coding.stance})'}",
        hint=f"change the coding with: fwa coding edit {coding.id[:8]}{options}" if differs else "",
    )


def _coder_id(connection: Reading, name: str) -> str:
    known = queries.coders(connection)
    for coder in known:
        if name in (coder.name, coder.id):
            return coder.id
    raise NotFound(f'no coder "{name}" in this project', hint=did_you_mean(name, [coder.name for coder in known]))

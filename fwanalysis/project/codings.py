"""Codings: putting codes on passages, taking them off, listing them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import attribution_of
from fwanalysis.domain.codings import Anchor, Coding, CodingView, Evidence, Origin, Segment, Tally, anchored
from fwanalysis.domain.ids import new_id, now
from fwanalysis.domain.text import Span, one_line, quote_places
from fwanalysis.errors import Ambiguous, Conflict, InvalidInput, NotFound, Unchanged
from fwanalysis.project.codebook import new_code
from fwanalysis.project.context import Context, did_you_mean, find_case, find_source, full_ids, source_named
from fwanalysis.project.speaker_index import speaker_indexes
from fwanalysis.store.queries import cases as case_queries
from fwanalysis.store.queries import codebook as codebook_queries
from fwanalysis.store.queries import codings as queries
from fwanalysis.store.queries import revisions as revision_queries
from fwanalysis.store.queries import sources as source_queries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from fwanalysis.domain.codebook import Code
    from fwanalysis.domain.sources import SpeakerIndex
    from fwanalysis.store.changes import Changes
    from fwanalysis.store.reading import Reading

NO_PARTICIPANTS = "These are no participant's words: in the matrix they stand without a case."
"""What a front door says when a code was put on words that are nobody's evidence."""
_GLANCE = 60
"""How many characters of a quotation a message shows."""
_CORRECTED = "{} was corrected by another coder; its text may have moved"


class Codings:
    """The codings of a project."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def add(self, source: str, code: str, start: int, end: int, *, seen: str | None = None) -> Evidence:
        """Put a code on ``[start, end)`` (code points) of a source's present text.

        InvalidInput for a span that is empty, blank or outside the text; Unchanged if this coder has coded it so
        already; Conflict if the present revision is not *seen* (an id, when given).
        """
        with self._context.store.read() as connection:
            found = codebook_queries.code(connection, code)
            if found is None:
                found = codebook_queries.codebook(connection, with_rules=False).find(code).code
        return self._add(source, found, start, end, seen=seen)

    def add_new(self, source: str, name: str, start: int, end: int, *, seen: str | None = None) -> Evidence:
        """Make an emergent code of this name and put it on a passage, as one step. Errors as for ``add`` and for
        adding a code."""
        with self._context.store.read() as connection:
            code, version = new_code(codebook_queries.codebook(connection, with_rules=False), name)
        return self._add(source, code, start, end, new=(code, version), seen=seen)

    def _add(
        self, source: str, code: Code, start: int, end: int, *, new: tuple[object, ...] = (), seen: str | None
    ) -> Evidence:
        with self._context.store.read() as connection:
            found = source_named(connection, source)
            if seen not in (None, found.revision_id):
                raise Conflict(_CORRECTED.format(found.name), hint="reload and try again")
            text = source_queries.text(connection, source_queries.revision(connection, found.revision_id).text_hash)
        span = _checked(text, start, end, found.name)
        quote = one_line(span.of(text))
        label = f"code {found.name} {code.name}: “{quote[:40]}{'…' if len(quote) > 40 else ''}”"
        with self._context.change("coding.add", label) as changes:
            check_present(changes, found.id, found.revision_id)
            changes.add(*new)
            anchor = segment_at(changes, found.id, found.revision_id, text, span)
            coding, is_new = self.put(changes, anchor, code, Origin.MANUAL)
            if not is_new:
                raise Unchanged(f"this segment is already coded {code.name}")
        return Evidence(coding, anchor, found.id)

    def find_quote(self, source: str, quote: str) -> Span:
        """Where words stand in a source: letter by letter, but for white space and the form of quotation marks.

        NotFound if they do not, Ambiguous (with the places) if they stand there more than once.
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

    def put(
        self, changes: Changes, anchor: Anchor, code: Code, origin: Origin, *, suggestion_id: str | None = None
    ) -> tuple[Coding, bool]:
        """This coder's coding of an anchor's segment with a code, and whether it is new."""
        coder_id = self._context.coder.id
        for known in queries.codings_of(changes.connection, anchor.segment_id):
            if (known.code_id, known.coder_id) == (code.id, coder_id):
                return known, False
        coding = Coding(
            new_id(), anchor.segment_id, code.id, code.version_id, coder_id, origin, suggestion_id, 1, now()
        )
        changes.add(coding)
        return coding, True

    def remove(self, ids: Iterable[str]) -> Sequence[str]:
        """Take codings off; segments that no coding is left on go with them. An id may be cut to a beginning of six
        characters or more. Returns the whole ids; NotFound or Ambiguous, removing none, if one names no single
        coding."""
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
        if not wanted:
            return []
        label = f"remove {len(wanted)} codings" if len(wanted) > 1 else "remove a coding"
        with self._context.change("coding.remove", label) as changes:
            changes.remove(*(item.coding for item in found.values()))
            for segment_id, source_id in {(item.anchor.segment_id, item.source_id) for item in found.values()}:
                if not queries.codings_of(changes.connection, segment_id):
                    changes.remove(*queries.anchors_of(changes.connection, segment_id))
                    changes.remove(Segment(segment_id, source_id))
        return wanted

    def of_source(self, source_id: str) -> Sequence[Evidence]:
        """The codings of one source with where they stand, in the order of its text: what a screen draws."""
        with self._context.store.read() as connection:
            return queries.evidence(connection, source_id=source_id)

    def list(
        self,
        *,
        source: str | None = None,
        code: str | None = None,
        case: str | None = None,
        coder: str | None = None,
        unanchored: bool = False,
    ) -> Sequence[CodingView]:
        """The codings of a source, of a code and those below it, of a case's words, by a coder: all that are named must
        hold. *unplaced* lists those whose words have no place in the corrected text, as they stood last, instead of
        those that have."""
        with self._context.store.read() as connection:
            views = Views(connection)
            codes = views.codebook.below(views.codebook.find(code).id) if code else None
            source_id = find_source(source, views.sources.values()).id if source else None
            coder_id = _coder_id(connection, coder) if coder else None
            wanted = find_case(case, views.cases.values(), views.aliases).id if case else None
            gather = revision_queries.unanchored if unanchored else queries.evidence
            found = gather(connection, source_id=source_id, code_ids=codes, coder_id=coder_id)
        if unanchored:
            if wanted:
                raise InvalidInput("unanchored codings are attributed to no case", hint="leave out --case")
            return [replace(views.coding(item), case=None, turn=None) for item in found]
        return [views.coding(item) for item in found if wanted is None or wanted in views.cases_of(item)]

    def coders(self) -> Mapping[str, str]:
        """The names of all coders, by id."""
        with self._context.store.read() as connection:
            return {coder.id: coder.name for coder in queries.coders(connection)}

    def counts(self, source: str | None = None) -> Mapping[str, Tally]:
        """How many codings each code has, in all sources or in one, by code id: with a place in the present texts, and
        without. Codes that have none are left out."""
        with self._context.store.read() as connection:
            source_id = source_named(connection, source).id if source else None
            return queries.tally_by_code(connection, source_id=source_id)


def _closest(text: str, quote: str) -> str:
    """Return a hint with the text of a source that is most similar to a quotation which does not occur in it."""
    from fwanalysis.matching.fuzzy import closest_passage

    found = closest_passage(text, quote)
    close = f'closest match: "{one_line(text[found[0] : found[1]])[:_GLANCE]}". ' if found else ""
    return f"{close}Quotations are case-sensitive; print the text with: fwa source text"


def check_present(changes: Changes, source_id: str, revision_id: str) -> None:
    """Conflict if a revision is not its source's present one any more."""
    source = source_queries.source(changes.connection, source_id)
    if source is None or source.revision_id != revision_id:
        raise Conflict(_CORRECTED.format(source.name if source else "the source"), hint="reload and try again")


def segment_at(changes: Changes, source_id: str, revision_id: str, text: str, span: Span) -> Anchor:
    """The anchor of the segment at exactly this span, made if there is none."""
    anchor = queries.anchor_at(changes.connection, revision_id, span.start, span.end)
    if anchor is None:
        segment = Segment(new_id(), source_id)
        anchor = anchored(new_id(), segment.id, revision_id, text, span)
        changes.add(segment, anchor)
    return anchor


class Views:
    """Spells out codings and suggestions for lists: names in the place of ids. Reads what it needs once, when made."""

    def __init__(self, connection: Reading) -> None:
        self.codebook = codebook_queries.codebook(connection, with_rules=False)
        self.sources = {source.id: source for source in source_queries.sources(connection)}
        self.cases = {case.id: case for case in case_queries.cases(connection)}
        self.aliases = case_queries.aliases(connection)
        self.coders = {coder.id: coder.name for coder in queries.coders(connection)}
        self._names = {case.id: case.name for case in self.cases.values()}
        self._voices = speaker_indexes(connection)

    def voices(self, source_id: str) -> SpeakerIndex:
        """Who speaks where in a source."""
        return self._voices[source_id]

    def cases_of(self, item: Evidence) -> Collection[str]:
        """The ids of the cases whose words a coding is on, the group's among them."""
        return self.cases_at(item.source_id, item.anchor.span)

    def cases_at(self, source_id: str, span: Span) -> frozenset[str]:
        """The ids of the cases whose words a span holds, the group's among them."""
        found = attribution_of(self._voices[source_id], span)
        return found.cases | ({found.group} if found.group else set())

    def case_names(self, source_id: str, span: Span) -> str | None:
        """The names of the persons whose words a span holds, else of the group; None for nobody's."""
        return attribution_of(self._voices[source_id], span).named(self._names)

    def turn(self, source_id: str, span: Span) -> int | None:
        """The number of the first turn that a span overlaps."""
        turns = self._voices[source_id].over(span)
        return turns[0].number if turns else None

    def coding(self, item: Evidence) -> CodingView:
        """A coding as lists show it."""
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
            origin=item.coding.origin,
            created=item.coding.created_at,
        )


def _everywhere(connection: Reading, coding_ids: Collection[str] | None = None) -> Sequence[Evidence]:
    """Codings with a place in the present texts, and those without one, as they stood last."""
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


def _coder_id(connection: Reading, name: str) -> str:
    known = queries.coders(connection)
    for coder in known:
        if name in (coder.name, coder.id):
            return coder.id
    raise NotFound(f'no coder "{name}" in this project', hint=did_you_mean(name, [coder.name for coder in known]))

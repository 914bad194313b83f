"""Tables (CSV, TSV, Excel) as sources, in two shapes: a row a turn, or a row a respondent with open answers.

A table of turns becomes a text of one paragraph a row, the words as the cell has them. Of a table of answers, each
answer becomes a source of its respondent's case.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Doubt, DraftSpeaker, DraftTurn, SourceDraft
from fwanalysis.domain.sources import Role, TurnKind
from fwanalysis.domain.text import one_line
from fwanalysis.errors import NotASource, UnreadableFile
from fwanalysis.formats.columns import Answers, Column, OfCases, Turns, told_columns
from fwanalysis.formats.drafts import draft_source
from fwanalysis.formats.drift import merges
from fwanalysis.formats.labels import most_frequent_spellings
from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.readers.answers import answer_sources
from fwanalysis.formats.roles import behaviour, guess_kind
from fwanalysis.formats.sheets import Sheet, read_sheet
from fwanalysis.formats.speakers import Found
from fwanalysis.formats.styles import NO_STYLE, style_named
from fwanalysis.formats.transcript_tables import seconds_in, unguarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ROWS = "rows"

_ROLES = {
    **{role.value: role for role in Role},
    **dict.fromkeys(("moderator", "facilitator", "researcher", "interviewers", "mod"), Role.INTERVIEWER),
    **dict.fromkeys(("respondent", "interviewee", "informant", "participants"), Role.PARTICIPANT),
}
_MOST_DOUBTS = 10


def read(filename: str, data: bytes, options: ReadOptions = DEFAULTS) -> SourceDraft | tuple[SourceDraft, ...]:
    """The draft of a table of turns, or a draft for each answer of a table of answers. NotASource for a table of
    cases, UnreadableFile for any other."""
    sheet = read_sheet(filename, data, options)
    if not sheet.rows:
        raise UnreadableFile(f"{filename} holds no table{_only_doubt(sheet)}.")
    sheet.refuse_ragged()
    columns = told_columns(sheet)
    match columns:
        case Turns():
            return _draft(sheet, columns, options)
        case Answers():
            return answer_sources(sheet, columns)
        case OfCases():
            raise NotASource(f"{filename} is a table of cases; “fwa case import {filename}” takes it.")
    named = ", ".join(_short(name) for name in sheet.rows[0][1][:8] if name.strip())
    raise UnreadableFile(
        f"{filename} is a table without words to read: it needs columns such as “speaker” and “text” (a row a turn), or"
        f" “case” and open answers (a row a respondent); its first row is: {named}."
    )


def _only_doubt(sheet: Sheet) -> str:
    return f" ({sheet.doubts[0].message.rstrip('.')})" if sheet.doubts else ""


def _draft(sheet: Sheet, columns: Turns, options: ReadOptions) -> SourceDraft:
    rows = sheet.rows[1:] if columns.has_header else sheet.rows
    places = columns.places
    if {Column.TURN, Column.KIND, Column.SPEAKER} <= places.keys():  # as ``fwa source export`` writes it
        rows = tuple((number, [unguarded(cell) for cell in row]) for number, row in rows)
        labels = [row[places[Column.SPEAKER]] or None for _, row in rows]
    else:
        labels = _labels(rows, places)
    doubts = list(sheet.doubts)
    if options.style == NO_STYLE:
        text = "\n\n".join(row[places[Column.TEXT]] for _, row in rows)
        found = Found(NO_STYLE, reason="that style was chosen")
        return draft_source(sheet.filename, text, found, reader="table", encoding=sheet.encoding, doubts=doubts)
    if options.style not in (None, ROWS):
        style_named(options.style or "")
        doubts.append(Doubt("The turns of a table are its rows, so no other style can be chosen for it."))
    times, unread = _times(sheet, rows, places.get(Column.TIME))
    text, turns = _laid_out(rows, labels, times, places)
    counts = {label: labels.count(label) for label in dict.fromkeys(labels) if label}
    draft = draft_source(
        sheet.filename,
        text,
        Found(ROWS, turns, (), "each row of the table is a turn", (NO_STYLE,), merges(counts) if counts else ()),
        reader="table",
        encoding=sheet.encoding,
        doubts=[*doubts, *unread],
    )
    return _as_stated(draft, sheet, rows, labels, places)


def _labels(rows: Sequence[tuple[int, Sequence[str]]], places: Mapping[Column, int]) -> list[str | None]:
    """Who speaks in each row, each label in its usual spelling, without a colon at its end."""
    at = places.get(Column.SPEAKER)
    if at is None:
        return [None] * len(rows)
    written = [row[at].strip().rstrip(":：").rstrip() for _, row in rows]
    spelled = most_frequent_spellings(label for label in written if label)
    return [(spelled[label] or None) if label else None for label in written]


def _times(
    sheet: Sheet, rows: Sequence[tuple[int, Sequence[str]]], at: int | None
) -> tuple[list[float | None], list[Doubt]]:
    """When each row begins, in seconds; doubts about what cannot be read as a time."""
    if at is None:
        return [None] * len(rows), []
    times = [seconds_in(row[at]) for _, row in rows]
    unread = [
        f"{sheet.unit} {number:,} (“{_short(row[at])}”)"
        for (number, row), time in zip(rows, times, strict=True)
        if time is None and row[at].strip()
    ]
    if not unread:
        return times, []
    told = ", ".join(unread[:_MOST_DOUBTS]) + (" and others" if len(unread) > _MOST_DOUBTS else "")
    return times, [Doubt(f"These times cannot be read and were left out: {told}.")]


def _laid_out(
    rows: Iterable[tuple[int, Sequence[str]]],
    labels: Iterable[str | None],
    times: Iterable[float | None],
    places: Mapping[Column, int],
) -> tuple[str, tuple[DraftTurn, ...]]:
    """One paragraph a row, its words as they are, and the turns the rows are."""
    said, kind_at = places[Column.TEXT], places.get(Column.KIND)
    kinds = {kind.value: kind for kind in TurnKind}
    paragraphs: list[str] = []
    turns: list[DraftTurn] = []
    start = 0
    for (_, row), label, time in zip(rows, labels, times, strict=True):
        words = row[said]
        kind = kinds.get(row[kind_at].strip().casefold(), TurnKind.SPEECH) if kind_at is not None else TurnKind.SPEECH
        paragraphs.append(words)
        turns.append(DraftTurn(label, start, start, start + len(words), time, kind))
        start += len(words) + 2
    return "\n\n".join(paragraphs), tuple(turns)


def _as_stated(
    draft: SourceDraft,
    sheet: Sheet,
    rows: Sequence[tuple[int, Sequence[str]]],
    labels: Sequence[str | None],
    places: Mapping[Column, int],
) -> SourceDraft:
    """The draft with the roles and cases that the table states in the place of guesses."""
    doubts: list[Doubt] = []
    roles = _stated(sheet, rows, labels, places.get(Column.ROLE), doubts)
    cases = _stated(sheet, rows, labels, places.get(Column.CASE), doubts)
    odd = sorted({role for role in roles.values() if role and role.casefold() not in _ROLES})
    if odd:
        doubts.append(
            Doubt(
                f"“{one_line(odd[0])[:40]}” is no role that is known ({', '.join(Role)}), so roles were guessed there."
            )
        )
    some_case = any(cases.values())

    def stated(speaker: DraftSpeaker) -> DraftSpeaker:
        role = _ROLES.get((roles.get(speaker.label) or "").casefold())
        case = cases.get(speaker.label, "") if some_case else None
        if role is None:
            return replace(speaker, case=case)
        return replace(speaker, role=role, role_reason="the table says so", case=case)

    speakers = tuple(map(stated, draft.speakers))
    own = next(iter(cases.values())) if some_case and not speakers and len(set(cases.values())) == 1 else None
    kind = draft.kind
    if any(speaker.role_reason == "the table says so" for speaker in speakers):
        kind = guess_kind(draft.name, speakers, behaviour(draft.text, draft.turns))
    return replace(draft, speakers=speakers, kind=kind, case=own, doubts=(*draft.doubts, *doubts))


def _stated(
    sheet: Sheet,
    rows: Iterable[tuple[int, Sequence[str]]],
    labels: Iterable[str | None],
    at: int | None,
    doubts: list[Doubt],
) -> dict[str | None, str]:
    """What a column states of each label, the first of several values."""
    if at is None:
        return {}
    first: dict[str | None, str] = {}
    for (number, row), label in zip(rows, labels, strict=True):
        value = row[at].strip()
        known = first.setdefault(label, value)
        if value and not known:
            first[label] = value
        elif value and value != known and len(doubts) < _MOST_DOUBTS:
            place = f"{sheet.unit.capitalize()} {number:,} of the file"
            doubts.append(
                Doubt(f"{place} says “{_short(value)}” of {label or 'nobody named'}, before “{_short(known)}”.")
            )
    return first


def _short(cell: str) -> str:
    """A cell as a sentence can name it."""
    return one_line(cell)[:40]

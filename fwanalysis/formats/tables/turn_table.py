"""Read a table of turns as a source: one paragraph per row, the words unchanged.

Text around the rows in a document becomes preamble and excluded text. Knows no file format.
"""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice, ParsedSource, ParsedSpeaker, ParsedTurn
from fwanalysis.domain.sources import Role, TurnKind
from fwanalysis.domain.text import count_words, one_line
from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.parsed import parse_source
from fwanalysis.formats.speaker_formats import NO_LABELS, speaker_format_named
from fwanalysis.formats.speakers.label_variants import merges
from fwanalysis.formats.speakers.labels import most_frequent_spellings
from fwanalysis.formats.speakers.role_inference import behaviour, infer_kind
from fwanalysis.formats.tables.column_detection import SpeakerColumns, TurnColumns
from fwanalysis.formats.tables.column_lexicon import Column, is_known, places_of, plain
from fwanalysis.formats.tables.continuation_rows import Paragraph, SpokenRow, paragraphs_of
from fwanalysis.formats.tables.formula_guard import unguarded
from fwanalysis.formats.tables.transcript_columns import parted
from fwanalysis.formats.timestamps import seconds_in_cell
from fwanalysis.formats.turns.find import Found, find_turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fwanalysis.formats.tables.sheets import Sheet

    Row = tuple[int, list[str]]

ROWS = "rows"

_ROLES = {
    **{role.value: role for role in Role},
    **dict.fromkeys(("moderator", "facilitator", "researcher", "interviewers", "mod"), Role.INTERVIEWER),
    **dict.fromkeys(("respondent", "interviewee", "informant", "participants"), Role.PARTICIPANT),
}
_MOST_LISTED = 10
_NOTHING: Mapping[int, str] = MappingProxyType({})
_WHOLE = re.compile(r"\d{1,9}")
_MILLISECONDS = re.compile(r"(?<!ss)(?:ms|msec|milliseconds)")
_SLOWEST = 0.02
"""Words per second: slower than speech, faster than speech whose milliseconds are read as seconds."""
_LETTER = re.compile(r"[^\W\d_]")


def is_export(header: Sequence[str]) -> bool:
    """Return whether a header is one that ``fwa source export`` writes.

    The cells of such a table are taken unchanged.
    """
    return {Column.TURN, Column.KIND, Column.SPEAKER} <= places_of([plain(name) for name in header]).keys()


def turns_source(
    sheet: Sheet,
    columns: TurnColumns | SpeakerColumns,
    options: ReadOptions = DEFAULTS,
    *,
    input_format: str = "table",
    before: Mapping[int, str] = _NOTHING,
    warnings: Iterable[Notice] = (),
) -> ParsedSource:
    """Return the parsed source of a table of turns.

    It has the roles and cases that its columns state.

    Args:
        sheet: The table, with its header if the columns have one.
        columns: What its columns are.
        options: The user's choices.
        input_format: The name of the format the table was read from.
        before: Text above a row by the row's index, or below the last row; above the first row it is preamble,
            elsewhere excluded text.
        warnings: Warnings that come before those about the table.
    """
    reported = [*sheet.warnings, *warnings]
    if isinstance(columns, SpeakerColumns):
        names = sheet.rows[0][1]
        reported += _left_out(sheet, names, {*columns.speakers, columns.time})
        rows, before, places = _row_for_each_speaker(sheet, columns, before)
    else:
        rows, places = (sheet.rows[1:] if columns.has_header else sheet.rows), columns.places
        if columns.has_header:
            reported += _left_out(sheet, sheet.rows[0][1], set(places.values()))
    exported = {Column.TURN, Column.KIND, Column.SPEAKER} <= places.keys()  # as ``fwa source export`` writes it
    if exported:
        rows = tuple((number, [unguarded(cell) for cell in row]) for number, row in rows)
    if options.speaker_format == NO_LABELS:
        return parse_source(
            sheet.filename,
            _plain(rows, places, before),
            Found(NO_LABELS, reason="that format was chosen"),
            input_format=input_format,
            encoding=sheet.encoding,
            warnings=reported,
        )
    labels, times = _labels(rows, places, exported=exported)
    if Column.TIME in places:
        times, unread = _times(sheet, rows, places, sheet.rows[0][1])
        reported += unread
    paragraphs, joined = paragraphs_of(sheet, _spoken(rows, labels, times, places), before)
    text, turns = _laid_out(paragraphs)
    if Column.SPEAKER not in places and options.speaker_format != ROWS:
        within = _labelled_within(text, turns, options)
        if within:
            return parse_source(
                sheet.filename, text, within, input_format=input_format, encoding=sheet.encoding, warnings=reported
            )
    if options.speaker_format not in (None, ROWS):
        speaker_format_named(options.speaker_format or "")
        reported.append(Notice("The turns of a table are its rows, so no other speaker format applies to it."))
    reported += joined
    counts = {label: labels.count(label) for label in dict.fromkeys(labels) if label}
    parsed = parse_source(
        sheet.filename,
        text,
        Found(ROWS, turns, (), "each row of the table is a turn", (NO_LABELS,), merges(counts) if counts else ()),
        input_format=input_format,
        encoding=sheet.encoding,
        warnings=reported,
    )
    return _as_stated(parsed, sheet, rows, labels, places)


def _plain(rows: Sequence[Row], places: Mapping[Column, int], before: Mapping[int, str]) -> str:
    """Return the text of a table without turns, including the text around rows."""
    said = [row[places[Column.TEXT]] for _, row in rows]
    around = [(before.get(at, ""), *said[at : at + 1]) for at in range(len(said) + 1)]
    return "\n\n".join(part for parts in around for part in parts if part)


def _row_for_each_speaker(
    sheet: Sheet, columns: SpeakerColumns, before: Mapping[int, str]
) -> tuple[tuple[Row, ...], Mapping[int, str], Mapping[Column, int]]:
    """Return a row for each speaker with text in a row.

    The columns are the speaker, the words and the time.
    """
    names = [" ".join(name.split()) for name in sheet.rows[0][1]]
    rows: list[Row] = []
    moved: dict[int, str] = {}
    for at, (number, row) in enumerate(sheet.rows[1:]):
        if at in before:
            moved[len(rows)] = before[at]
        time = row[columns.time] if columns.time is not None else ""
        rows += ((number, [names[of], row[of], time]) for of in columns.speakers if row[of].strip())
    last = len(sheet.rows) - 1
    if last in before:
        moved[len(rows)] = before[last]
    timed = {Column.TIME: 2} if columns.time is not None else {}
    return tuple(rows), moved, {Column.SPEAKER: 0, Column.TEXT: 1, **timed}


def _left_out(sheet: Sheet, names: Sequence[str], read: set[int | None]) -> list[Notice]:
    """Warn about columns with text that are not read."""
    wordy = [
        f"“{short(name)}”" if name.strip() else f"column {at + 1}"
        for at, name in enumerate(names)
        if at not in read and not is_known(plain(name)) and any(_LETTER.search(row[at]) for _, row in sheet.rows[1:])
    ]
    if not wordy:
        return []
    columns = "1 column was" if len(wordy) == 1 else f"{len(wordy):,} columns were"
    named = ", ".join(wordy[:_MOST_LISTED]) + (" and others" if len(wordy) > _MOST_LISTED else "")
    return [Notice(f"{columns} not imported: {named}.")]


def _labels(
    rows: Sequence[Row], places: Mapping[Column, int], *, exported: bool
) -> tuple[list[str | None], list[float | None]]:
    """Return the label and the time of each row.

    Labels have their most frequent spelling and no colon at the end; times beside labels are used if no column has
    times.
    """
    at = places.get(Column.SPEAKER)
    nothing: list[float | None] = [None] * len(rows)
    if at is None:
        return [None] * len(rows), nothing
    if exported:
        return [row[at] or None for _, row in rows], nothing
    cells = [row[at].strip() for _, row in rows]
    both = [(cell, None) for cell in cells] if Column.TIME in places else [parted(cell) for cell in cells]
    written = [label.rstrip(":：").rstrip() for label, _ in both]
    spelled = most_frequent_spellings(label for label in written if label)
    return [(spelled[label] or None) if label else None for label in written], [time for _, time in both]


def _times(
    sheet: Sheet, rows: Sequence[Row], places: Mapping[Column, int], names: Sequence[str]
) -> tuple[list[float | None], list[Notice]]:
    """Return when each row begins, in seconds, and warnings.

    The warnings are about cells that are not times.
    """
    at = places[Column.TIME]
    cells = [row[at].strip() for _, row in rows]
    if all(_WHOLE.fullmatch(cell) for cell in cells if cell):
        stated = at < len(names) and _MILLISECONDS.search(plain(names[at])) is not None
        if stated or _are_milliseconds(rows, places):
            reported = Notice("The times are so far apart that they were read as milliseconds.")
            return [int(cell) / 1000 if cell else None for cell in cells], [] if stated else [reported]
    times = [seconds_in_cell(cell) for cell in cells]
    unread = [
        f"{sheet.unit} {number:,} (“{short(cell)}”)"
        for (number, _), cell, time in zip(rows, cells, times, strict=True)
        if time is None and cell
    ]
    if not unread:
        return times, []
    listed = ", ".join(unread[:_MOST_LISTED]) + (" and others" if len(unread) > _MOST_LISTED else "")
    return times, [Notice(f"These times cannot be read and were left out: {listed}.")]


def _are_milliseconds(rows: Sequence[Row], places: Mapping[Column, int]) -> bool:
    """Return whether whole numbers are milliseconds and not seconds.

    As seconds, rows would be too long for their words.
    """
    if Column.END not in places:
        return False
    ends = [row[places[Column.END]].strip() for _, row in rows]
    starts = [row[places[Column.TIME]].strip() for _, row in rows]
    if not all(map(_WHOLE.fullmatch, (*ends, *starts))):
        return False
    lasting = sum(int(end) - int(start) for start, end in zip(starts, ends, strict=True))
    words = sum(count_words(row[places[Column.TEXT]]) for _, row in rows)
    return words > 0 and words < lasting * _SLOWEST


def _spoken(
    rows: Sequence[Row],
    labels: Sequence[str | None],
    times: Sequence[float | None],
    places: Mapping[Column, int],
) -> list[SpokenRow]:
    """Return what each row says, with its kind if a column states kinds."""
    said, kind_at = places[Column.TEXT], places.get(Column.KIND)
    kinds = {**{kind.value: kind for kind in TurnKind}, "aside": TurnKind.EXCLUDED}
    stated = [None if kind_at is None else kinds.get(row[kind_at].strip().casefold()) for _, row in rows]
    return [
        SpokenRow(number, row[said], label, time, kind)
        for (number, row), label, time, kind in zip(rows, labels, times, stated, strict=True)
    ]


def _laid_out(paragraphs: Iterable[Paragraph]) -> tuple[str, tuple[ParsedTurn, ...]]:
    """Join paragraphs with empty lines between them; return text and turns."""
    words: list[str] = []
    turns: list[ParsedTurn] = []
    start = 0
    for paragraph in paragraphs:
        words.append(paragraph.words)
        end = start + len(paragraph.words)
        turns.append(ParsedTurn(paragraph.label, start, start, end, paragraph.time, paragraph.kind))
        start = end + 2
    return "\n\n".join(words), tuple(turns)


def _labelled_within(text: str, rows: Sequence[ParsedTurn], options: ReadOptions) -> Found | None:
    """Return turns by labels before the words, each with the time of its row.

    None unless no column has speakers and half of the rows begin with a label.
    """
    found = find_turns(text, speaker_format=options.speaker_format, speakers=options.speakers)
    starts = {turn.start: turn.time for turn in rows if turn.kind is TurnKind.SPEECH}
    labelled = sum(turn.label is not None and turn.label_start in starts for turn in found.turns)
    if labelled * 2 < len(starts) or not labelled:
        return None
    turns = (
        turn if turn.time is not None else replace(turn, time=starts.get(turn.label_start)) for turn in found.turns
    )
    return replace(found, turns=tuple(turns))


def _as_stated(
    parsed: ParsedSource,
    sheet: Sheet,
    rows: Sequence[Row],
    labels: Sequence[str | None],
    places: Mapping[Column, int],
) -> ParsedSource:
    """Return the source with the roles and cases that the table states."""
    warnings: list[Notice] = []
    roles = _stated(sheet, rows, labels, places.get(Column.ROLE), warnings)
    cases = _stated(sheet, rows, labels, places.get(Column.CASE), warnings)
    odd = sorted({role for role in roles.values() if role and role.casefold() not in _ROLES})
    if odd:
        warnings.append(
            Notice(f"“{one_line(odd[0])[:40]}” is not a role ({', '.join(Role)}), so roles were detected there.")
        )
    some_case = any(cases.values())

    def stated(speaker: ParsedSpeaker) -> ParsedSpeaker:
        role = _ROLES.get((roles.get(speaker.label) or "").casefold())
        case = cases.get(speaker.label, "") if some_case else None
        if role is None:
            return replace(speaker, case=case)
        return replace(speaker, role=role, role_reason="stated in the table", case=case)

    speakers = tuple(map(stated, parsed.speakers))
    own = next(iter(cases.values())) if some_case and not speakers and len(set(cases.values())) == 1 else None
    kind = parsed.kind
    if any(speaker.role_reason == "stated in the table" for speaker in speakers):
        kind = infer_kind(parsed.name, speakers, behaviour(parsed.text, parsed.turns))
    return replace(parsed, speakers=speakers, kind=kind, case=own, warnings=(*parsed.warnings, *warnings))


def _stated(
    sheet: Sheet, rows: Iterable[Row], labels: Iterable[str | None], at: int | None, warnings: list[Notice]
) -> dict[str | None, str]:
    """Return what a column states about each label, the first of several values."""
    if at is None:
        return {}
    first: dict[str | None, str] = {}
    for (number, row), label in zip(rows, labels, strict=True):
        value = row[at].strip()
        if label is None and any(labels):
            continue
        known = first.setdefault(label, value)
        if value and not known:
            first[label] = value
        elif value and value != known and len(warnings) < _MOST_LISTED:
            place = f"{sheet.unit.capitalize()} {number:,} of the file"
            warnings.append(Notice(f"{place} says “{short(value)}” about {label}, an earlier one “{short(known)}”."))
    return first


def short(cell: str) -> str:
    """Return a cell shortened for a message."""
    return one_line(cell)[:40]

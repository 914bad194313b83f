"""Find tables of turns in documents, in the rows that a reader laid out as lines.

Pure: a text and the positions of its cells in, a sheet and its columns out. Knows no file format.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice
from fwanalysis.domain.text import count_words
from fwanalysis.formats.tables.column_detection import (
    SpeakerColumns,
    TurnColumns,
    detect_columns,
    names_turns,
    without_names,
)
from fwanalysis.formats.tables.column_lexicon import BESIDE_WORDS, Column, is_unsure, places_of, plain
from fwanalysis.formats.tables.sheets import Sheet
from fwanalysis.formats.tables.transcript_columns import parted
from fwanalysis.formats.tables.turn_table import ROWS, short, turns_source
from fwanalysis.formats.turns.label_candidates import read_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from fwanalysis.domain.importing import ParsedSource
    from fwanalysis.formats.options import ReadOptions

    Cells = tuple[int, ...]
    """Where the cells of a row begin in a text, and where the last one ends."""

_FEWEST_ROWS = 2
_FEWEST_UNNAMED = 3
_PAIR, _WIDE = 2, 3
_EVEN = 0.9
_MOST_NUMBERS = 10
_LONGEST_NAMES = 400


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """A table of turns in a document: rows, columns, and the text before each row."""

    sheet: Sheet
    columns: TurnColumns | SpeakerColumns
    before: Mapping[int, str]

    def source(
        self, options: ReadOptions, *, input_format: str, warnings: Iterable[Notice] = ()
    ) -> ParsedSource | None:
        """Return the parsed source of the table.

        None if the table has neither speakers nor times, or the dialogue continues outside the table.
        """
        parsed = turns_source(
            self.sheet, self.columns, options, input_format=input_format, before=self.before, warnings=warnings
        )
        timed = isinstance(self.columns, TurnColumns) and Column.TIME in self.columns.places
        if not parsed.speakers and not timed:
            return None
        if parsed.speaker_format != ROWS:
            return parsed
        if any(_speaks_on(words, parsed.speech_counts, above=not at) for at, words in self.before.items()):
            return None
        return replace(
            parsed, warnings=(*parsed.warnings, *_excluded_warning([self.before[at] for at in self.before if at]))
        )


def table_source(
    filename: str,
    text: str,
    rows: Sequence[Cells],
    *,
    input_format: str,
    options: ReadOptions,
    notes: Sequence[str] = (),
    warnings: Iterable[Notice] = (),
    lines_above: int = 0,
) -> ParsedSource | None:
    """Return the parsed source of a document that is one table of turns.

    The header names its columns, or times and labels identify them.

    Args:
        filename: The name of the file.
        text: The text of the document.
        rows: The cells of each row, as positions in *text*.
        input_format: The name of the format of the file.
        options: The user's choices.
        notes: Footnotes below the text.
        warnings: Warnings with positions in *text*.
        lines_above: How many lines are above *text* in the file.

    Returns:
        The source; None if the document is to be read line by line, or the user chose a speaker format of lines.
    """
    if len(rows) < _FEWEST_ROWS or options.speaker_format not in (None, ROWS):
        return None
    table = named_table(filename, text, rows, notes) or unnamed_table(filename, text, rows, notes)
    if table is None:
        return None
    remaining = [
        warning
        if warning.start is None
        else Notice(f"Line {text.count(chr(10), 0, warning.start) + 1 + lines_above:,} of the file: {warning.message}")
        for warning in warnings
    ]
    return table.source(options, input_format=input_format, warnings=remaining)


def named_table(filename: str, text: str, rows: Sequence[Cells], notes: Sequence[str] = ()) -> DocumentTable | None:
    """Return the table whose header names columns of turns.

    None if it has fewer words than the text around it; *notes* are below the text.
    """
    short = (at for at, row in enumerate(rows) if row[-1] - row[0] < _LONGEST_NAMES)
    at = next((at for at in short if _names(_cells(text, rows[at]))), None)
    if at is None:
        return None
    header = _cells(text, rows[at])
    numbered, around = _below(text, rows, at, header, notes)
    columns = detect_columns([(1, header), *numbered])
    if not isinstance(columns, TurnColumns | SpeakerColumns):
        return None
    if isinstance(columns, TurnColumns) and not columns.has_header:
        return None
    read = columns.speakers if isinstance(columns, SpeakerColumns) else (columns.places[Column.TEXT],)
    if not _is_most(numbered, read, around, _FEWEST_ROWS):
        return None
    return DocumentTable(Sheet(filename, ((1, header), *numbered), "row"), columns, around)


def unnamed_table(filename: str, text: str, rows: Sequence[Cells], notes: Sequence[str] = ()) -> DocumentTable | None:
    """Return the table of turns in *rows* without a header.

    All rows have equally many cells, and times identify the columns (also ``Anna 0:12`` in one cell). None if it has
    fewer words than the text around it.
    """
    width = len(rows[0]) - 1
    if len(rows) < _FEWEST_UNNAMED or width < _PAIR or any(len(row) - 1 != width for row in rows):
        return None
    cells = [_cells(text, row) for row in rows]
    if width == _PAIR and any(parted(who)[1] is None for who, _ in cells):
        return None
    columns = without_names(cells)
    if columns is None:
        return None
    numbered, before = _below(text, rows, -1, [""] * width, notes)
    if not _is_most(numbered, (columns.places[Column.TEXT],), before, _FEWEST_UNNAMED):
        return None
    return DocumentTable(Sheet(filename, tuple(numbered), "row"), columns, before)


def rows_of_tabs(text: str) -> list[Cells]:
    """Return the lines of a text as rows of cells separated by tabs.

    Nearly all lines must have equally many cells, three or more. A line without a tab continues the last cell of the
    row above, if the last cells hold the words.

    Returns:
        The rows; empty if the lines are not rows.
    """
    if text.count("\t") < 2 * _FEWEST_ROWS:
        return []
    rows: list[Cells] = []
    filled = alone = 0
    gone_on = False
    for start, end in _filled_lines(text):
        filled += 1
        if "\t" in text[start:end]:
            rows.append((start, *(at + 1 for at in range(start, end) if text[at] == "\t"), end))
            continue
        if rows:
            gone_on = True
            rows[-1] = (*rows[-1][:-1], end)
        alone += 1
    width = len(rows[0]) if rows else 0
    even = sum(len(row) == width for row in rows) >= len(rows) * _EVEN
    if width <= _WIDE or not even or alone > filled * (1 - _EVEN):
        return []
    return [] if gone_on and not _words_are_last(rows, width) else rows


def _words_are_last(rows: Sequence[Cells], width: int) -> bool:
    """Return whether the last cells of rows hold more text than any others."""
    sizes = [sum(row[at + 1] - row[at] for row in rows if len(row) == width) for at in range(width - 1)]
    return sizes[-1] == max(sizes)


def _filled_lines(text: str) -> Iterator[tuple[int, int]]:
    start, size = 0, len(text)
    while start < size:
        end = text.find("\n", start)
        end = size if end < 0 else end
        if text[start:end].strip():
            yield start, end
        start = end + 1


def _names(header: Sequence[str]) -> bool:
    """Return whether cells name columns of a table of turns.

    They name columns of turns, or beginnings and ends, or words and something beside them: Transcript, Codes.
    """
    if len(header) < 2:
        return False
    if names_turns(header):
        return True
    names = [plain(name) for name in header]
    places = places_of(names)
    if {Column.TIME, Column.END} <= places.keys():
        return True
    text = places.get(Column.TEXT)
    return text is not None and not is_unsure(Column.TEXT, names[text]) and any(map(BESIDE_WORDS.match, names))


def _cells(text: str, row: Cells) -> list[str]:
    return [text[start:end].strip() for start, end in pairwise(row)]


def _below(
    text: str, rows: Sequence[Cells], header_at: int, header: Sequence[str], notes: Sequence[str]
) -> tuple[list[tuple[int, list[str]]], dict[int, str]]:
    """Return the rows below a header, and the text around them.

    Another table ends the rows; a row of one cell over all columns is text between the others.
    """
    numbered: list[tuple[int, list[str]]] = []
    begin = rows[header_at][0] if header_at >= 0 else rows[0][0]
    before: dict[int, list[str]] = {0: [text[:begin].strip()]}
    names = [name.casefold() for name in header]
    done = rows[header_at][-1] if header_at >= 0 else begin
    for number, row in enumerate(rows[header_at + 1 :], 2 if header_at >= 0 else 1):
        cells = _cells(text, row)
        between = text[done : row[0]].strip()
        if len(cells) != len(header) and (between or (row[-1] - row[0] < _LONGEST_NAMES and _names(cells))):
            break
        done = row[-1]
        aside = before.setdefault(len(numbered), [])
        aside.append(between)
        if len(cells) == 1 < len(header):
            aside.append(cells[0])
        elif [cell.casefold() for cell in cells] != names:
            cells += [""] * (len(header) - len(cells))
            last = len(header) - 1
            numbered.append((number, [*cells[:last], "\t".join(cells[last:])]))
    before.setdefault(len(numbered), []).extend((text[done:].strip(), *notes))
    joined = {at: "\n\n".join(part for part in parts if part) for at, parts in before.items()}
    return numbered, {at: words for at, words in joined.items() if words}


def _speaks_on(words: str, labels: Iterable[str], *, above: bool) -> bool:
    """Return whether the dialogue continues in the text around the rows.

    It has another table of turns or labels of the rows. *above* them may be facts, so a label counts there only if it
    recurs.
    """
    known = {label.casefold() for label in labels}
    lines = words.split("\n")
    rows = [[cell.strip() for cell in line.split("\t")] for line in lines if "\t" in line]
    if not above and any(map(_names, rows)):
        return True
    found = read_lines("\n".join(line for line in lines if "\t" not in line), {}, ())
    marks = {(mark.start, mark.label) for mark in chain(found.candidates, *found.others.values()) if mark.label}
    heard = [cell for row in rows for cell in set(row)] + [label for _, label in marks]
    counts = Counter(name for label in heard if (name := label.rstrip(":：").casefold()) in known)
    return max(counts.values(), default=0) > above


def _excluded_warning(stretches: Sequence[str]) -> tuple[Notice, ...]:
    """Return a warning about text between and below the rows, which is excluded."""
    if not stretches:
        return ()
    counts = [(count_words(words), short(words)) for words in stretches[:_MOST_NUMBERS]]
    counted = ", ".join(f"{count:,} word{'s' * (count != 1)} (“{words}”)" for count, words in counts)
    more = " and others" if len(stretches) > _MOST_NUMBERS else ""
    what = "1 passage" if len(stretches) == 1 else f"{len(stretches):,} passages"
    return (Notice(f"Excluded text between or below the rows: {what}: {counted}{more}."),)


def _is_most(
    rows: Sequence[tuple[int, list[str]]], read: Iterable[int], before: Mapping[int, str], fewest: int
) -> bool:
    """Return whether the read columns have as many words as the text around.

    They must also have enough rows.
    """
    places = tuple(read)
    said = [words for _, row in rows for at in places if (words := row[at])]
    return len(said) >= fewest and sum(map(count_words, said)) >= sum(map(count_words, before.values()))

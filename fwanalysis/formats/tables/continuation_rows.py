"""Rows of a table that begin no turn: they continue the turn above or are excluded text.

Pure: rows with their labels in, paragraphs and warnings out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from fwanalysis.domain.importing import Notice
from fwanalysis.domain.sources import TurnKind
from fwanalysis.domain.text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fwanalysis.formats.tables.sheets import Sheet

_MOST_LISTED = 10
_BRACKETED = re.compile(
    r"\[[^\[\]]*\]|\([^()]*\)|\{[^{}]*\}|<[^<>]*>|\*+[^*]+\*+|【[^【】]*】|［[^［］]*］|（[^（）]*）|〔[^〔〕]*〕"
)
"""A cell that is one note in brackets or between asterisks, as transcribers describe events."""


class Paragraph(NamedTuple):
    """One or more rows joined into a paragraph of the text.

    The words, the speaker, the time when they begin, and the kind.
    """

    words: str
    label: str | None
    time: float | None
    kind: TurnKind = TurnKind.SPEECH


class SpokenRow(NamedTuple):
    """A row as it is read.

    Its number in the file, its words, its speaker, its time in seconds, and its kind if a column states it, which is
    then not inferred.
    """

    number: int
    words: str
    label: str | None
    time: float | None
    kind: TurnKind | None = None


def paragraphs_of(
    sheet: Sheet, rows: Sequence[SpokenRow], between: Mapping[int, str]
) -> tuple[list[Paragraph], list[Notice]]:
    """Return the paragraphs of a table of turns, and warnings.

    Args:
        sheet: The table, for the names of rows in warnings.
        rows: Its rows in order.
        between: Text above a row, or below the last one, by the row's index.

    Returns:
        If no row has a speaker, a paragraph for each row. Otherwise a row without a speaker joins the turn above, on a
        line of its own and without its time; after excluded text the turn continues in a paragraph of the same speaker.
        A row in brackets without a speaker is excluded text, and so is text between rows, after which a row without a
        speaker is a turn without one. Rows above the first speaker are turns without a speaker.
    """
    has_speakers = any(row.label for row in rows)
    found: list[Paragraph] = []
    joined, excluded, unattributed = list[SpokenRow](), list[SpokenRow](), list[SpokenRow]()
    speaker: str | None = None
    for at, row in enumerate(rows):
        if at in between:
            found.append(Paragraph(between[at], None, None, TurnKind.EXCLUDED if at else TurnKind.PREAMBLE))
            speaker = None
        if row.label or row.kind or not has_speakers:
            found.append(Paragraph(row.words, row.label, row.time, row.kind or TurnKind.SPEECH))
            speaker = row.label
        elif not row.words.strip():
            continue
        elif _BRACKETED.fullmatch(row.words.strip()):
            found.append(Paragraph(row.words, None, row.time, TurnKind.EXCLUDED))
            excluded.append(row)
        elif speaker is None:
            found.append(Paragraph(row.words, None, row.time))
            unattributed.append(row)
        else:
            joined.append(row)
            last = found[-1]
            if last.kind is TurnKind.SPEECH:
                found[-1] = last._replace(words=f"{last.words}\n{row.words}" if last.words else row.words)
            else:
                found.append(Paragraph(row.words, speaker, None))
    if len(rows) in between:
        found.append(Paragraph(between[len(rows)], None, None, TurnKind.EXCLUDED))
    return found, _warnings(sheet, joined, excluded, unattributed)


def _warnings(
    sheet: Sheet, joined: Sequence[SpokenRow], excluded: Sequence[SpokenRow], unattributed: Sequence[SpokenRow]
) -> list[Notice]:
    sentences = (
        (joined, "without a speaker {was|were} joined to the turn above"),
        (excluded, "in brackets without a speaker {was|were} excluded (not dialogue)"),
        (unattributed, "without a speaker, with no turn above to join, {is a turn|are turns} without a speaker"),
    )
    return [Notice(_sentence(sheet, rows, treatment)) for rows, treatment in sentences if rows]


def _sentence(sheet: Sheet, rows: Sequence[SpokenRow], treatment: str) -> str:
    several = len(rows) > 1
    verb = re.sub(r"\{(.*?)\|(.*?)\}", r"\2" if several else r"\1", treatment)
    named = ", ".join(f"{row.number:,} (“{one_line(row.words)[:40]}”)" for row in rows[:_MOST_LISTED])
    more = " and others" if len(rows) > _MOST_LISTED else ""
    return f"{len(rows):,} {'rows' if several else 'row'} {verb}: {sheet.unit} {named}{more}."

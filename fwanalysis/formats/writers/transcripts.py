"""A transcript as a table that reads back to the same turns, and as plain text for people.

Knows no project: what is written is handed over turn by turn.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.tables.transcript_columns import COLUMNS, clock, guarded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fwanalysis.domain.sources import Role


@dataclass(frozen=True, slots=True)
class ExportTurn:
    """A turn as it leaves the project, in the order of the text: who speaks, in what role and as which case (None where
    nobody said), its beginning in seconds, whether it is speech, and its words."""

    label: str | None
    role: Role | None
    case: str | None
    time: float | None
    kind: TurnKind
    words: str


def transcript_table(turns: Iterable[ExportTurn]) -> bytes:
    """The turns as CSV in UTF-8, a row each; speech is numbered from 1, as the program numbers it. Importing it gives
    the same turns."""
    number = 0
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for turn in turns:
        is_speech = turn.kind is TurnKind.SPEECH
        number += is_speech
        writer.writerow(
            (
                number if is_speech else "",
                turn.kind,
                guarded(turn.label or ""),
                turn.role or "",
                guarded(turn.case or ""),
                "" if turn.time is None else clock(turn.time),
                guarded(turn.words),
            )
        )
    return lines.getvalue().encode("utf-8", "surrogatepass")


def transcript_text(turns: Iterable[ExportTurn]) -> str:
    """The turns as paragraphs ``Label: words``, or ``[00:12:31] Label: words`` where there are times, with blank lines
    between them."""
    return "\n\n".join(filter(None, map(_paragraph, turns))) + "\n"


def _paragraph(turn: ExportTurn) -> str:
    mark = f"{turn.label}:" if turn.label else ""
    time = "" if turn.time is None else f"[{clock(turn.time)}]"
    return " ".join(filter(None, (time, mark, turn.words)))

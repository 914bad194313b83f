"""A transcript as a table that reads back to the same turns, and as plain text for people.

Knows no project: what is written is handed over turn by turn.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.speakers.labels import LabelForm, form
from fwanalysis.formats.tables.formula_guard import guarded_reversibly
from fwanalysis.formats.tables.transcript_columns import COLUMNS
from fwanalysis.formats.timestamps import clock
from fwanalysis.formats.turns.explicit_labels import EXCLUDED, NO_SPEAKER

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
                guarded_reversibly(turn.label or ""),
                turn.role or "",
                guarded_reversibly(turn.case or ""),
                "" if turn.time is None else clock(turn.time),
                guarded_reversibly(turn.words),
            )
        )
    return lines.getvalue().encode("utf-8", "surrogatepass")


def transcript_text(turns: Iterable[ExportTurn]) -> str:
    """Return the turns as paragraphs, with an empty line between them, below front matter if some labels need it.

    A paragraph is ``Label: words``, or ``[00:12:31] Label: words`` where there is a time. A turn without a speaker
    begins ``(no speaker):``, but for a text of times without labels; excluded text begins ``(excluded):``. If a
    label occurs once or looks like no label, the front matter lists all speakers. Importing the text gives the same
    turns, unless the words of a turn hold lines that begin with a label themselves.
    """
    listed = [*turns]
    speech = [turn for turn in listed if turn.kind is TurnKind.SPEECH]
    only_times = not any(turn.label for turn in speech) and all(turn.time is not None for turn in speech)
    paragraphs = [_paragraph(turn, is_first=not at, only_times=only_times) for at, turn in enumerate(listed)]
    return _listed_speakers(speech) + "\n\n".join(filter(None, paragraphs)) + "\n"


def _listed_speakers(speech: Iterable[ExportTurn]) -> str:
    """Front matter that lists the speakers, where their labels could be taken for words; else nothing."""
    counts = Counter(turn.label for turn in speech if turn.label)
    if all(count > 1 and form(label) in (LabelForm.TYPICAL, LabelForm.NAME) for label, count in counts.items()):
        return ""
    return f"---\nspeakers: {json.dumps([*counts], ensure_ascii=False)}\n---\n\n"


def _paragraph(turn: ExportTurn, *, is_first: bool, only_times: bool) -> str:
    if turn.label:
        mark = f"{turn.label}:"
    elif turn.kind is TurnKind.SPEECH:
        mark = "" if only_times else NO_SPEAKER
    else:
        mark = "" if is_first and turn.kind is TurnKind.PREAMBLE else EXCLUDED
    time = "" if turn.time is None else f"[{clock(turn.time)}]"
    return " ".join(filter(None, (time, mark, turn.words)))

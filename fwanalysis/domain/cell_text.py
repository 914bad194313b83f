"""A cell as one text, as files with one text per cell hold it, and back.

The text begins with a line in brackets for every state but *draft*, and ends with the evidence below its own line::

    [checked; out of date: 1 coding added]
    Bears most of the cost (P04:22).

    Evidence:
    “I did the whole of it” (P04:22)

So that a state and a summary survive a spreadsheet: what was written comes back, whatever was added around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.domain.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fwanalysis.domain.chart_document import DocumentCell, DocumentQuote

DRAFT, CHECKED = "draft", "checked"
NOTHING_SAID, NOT_APPLICABLE = "nothing said", "not applicable"
NOT_CHARTED, NO_EVIDENCE = "not charted", "no evidence"
UNWRITTEN = (NOT_CHARTED, NO_EVIDENCE)
"""The states of a cell in which nobody has written anything."""
OUT_OF_DATE = "out of date"
EVIDENCE = "Evidence:"
"""The line that separates a summary from the quotations below it."""

_WORD = f"{DRAFT}|{CHECKED}|{NOTHING_SAID}|{NOT_APPLICABLE}|{NOT_CHARTED}|{NO_EVIDENCE}|{OUT_OF_DATE}"
_TAG = re.compile(rf"\s*\[(?P<tag>(?:{_WORD})(?:[:;][^\n]*)?)\][ \t]*(?:\n|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CellText:
    """What the text of a cell says.

    Attributes:
        state: One of the states of ``DocumentCell``; ``not charted`` for an empty text.
        text: The summary; for *not applicable*, the reason.
    """

    state: str
    text: str


def state_line(cell: DocumentCell) -> str:
    """Return the line in brackets for the state of a cell; empty for a draft that is up to date."""
    parts = [] if cell.state == DRAFT else [cell.state]
    if cell.state == NOT_APPLICABLE and cell.text:
        parts = [f"{NOT_APPLICABLE}: {one_line(cell.text)}"]
    if cell.stale:
        parts.append(f"{OUT_OF_DATE}: {', '.join(cell.stale)}")
    return f"[{'; '.join(parts)}]" if parts else ""


def quotations(quotes: Iterable[DocumentQuote]) -> str:
    """Return each passage once, quoted, with its reference and a stance other than *for*, one per line."""
    lines: dict[tuple[str, str], str] = {}
    for quote in quotes:
        stance = "" if quote.stance == "for" else f" [{quote.stance}]"
        lines.setdefault((quote.reference, quote.quote), f"“{one_line(quote.quote)}” {quote.reference}{stance}")
    return "\n".join(lines.values())


def written_text(cell: DocumentCell) -> str:
    """Return the state and the summary of a cell."""
    summary = "" if cell.state == NOT_APPLICABLE else cell.text
    return "\n".join(part for part in (state_line(cell), summary) if part)


def cell_text(cell: DocumentCell) -> str:
    """Return the state and the summary of a cell, and its evidence below a line of its own."""
    evidence = quotations(cell.quotes)
    if not evidence:
        return written_text(cell)
    return f"{written_text(cell)}\n\n{EVIDENCE}\n{evidence}"


def parse_cell_text(text: str) -> CellText:
    """Return the state and the summary that the text of a cell holds.

    A text without a state is a draft. Everything from the line ``Evidence:`` on belongs to the evidence and is left
    out, as is what a state line says of being out of date, which is computed and not stored.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    state, reason = DRAFT, ""
    if found := _TAG.match(text):
        text = text[found.end() :]
        tag, _, detail = found["tag"].partition(":")
        name = tag.partition(";")[0].strip().lower()
        if name == NOT_APPLICABLE:
            reason = detail.rpartition(f"; {OUT_OF_DATE}:")[0] or detail
        state = DRAFT if name == OUT_OF_DATE else name
    summary = _before_evidence(text).strip()
    if state == NOT_APPLICABLE:
        return CellText(state, (reason.strip() or summary))
    if state in UNWRITTEN or (state == DRAFT and not summary):
        return CellText(DRAFT, summary) if summary else CellText(NOT_CHARTED, "")
    if state == NOTHING_SAID and summary:  # a co-author has written something after all
        return CellText(DRAFT, summary)
    return CellText(state, summary)


def _before_evidence(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(lines[: lines.index(EVIDENCE)] if EVIDENCE in lines else lines)

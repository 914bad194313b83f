"""A cell as one text, as files with one text per cell hold it, and back.

The text begins with a line in brackets for every state but *draft*, then one for a disagreement, and ends with the
evidence below a line of its own::

    [checked; out of date: 1 coding added]
    [disagreement: attends every meeting]
    Bears most of the cost (P04:22).

    Evidence:
    “I did the whole of it” (P04:22)

So that a state and a summary survive a spreadsheet: what was written comes back, whatever was added around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.domain.text import one_line, text_hash

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fwanalysis.domain.chart_document import DocumentCell, DocumentQuote

DRAFT, CHECKED = "draft", "checked"
NOTHING_SAID, NOT_APPLICABLE = "nothing said", "not applicable"
NOT_CHARTED, NO_EVIDENCE = "not charted", "no evidence"
STATES = (DRAFT, CHECKED, NOTHING_SAID, NOT_APPLICABLE, NOT_CHARTED, NO_EVIDENCE)
UNWRITTEN = (NOT_CHARTED, NO_EVIDENCE)
"""The states of a cell in which nobody has written anything."""
OUT_OF_DATE = "out of date"
DISAGREEMENT = "disagreement"
EVIDENCE = "Evidence:"
"""The line that separates a summary from the quotations below it."""

_OUT_OF_DATE_PART = re.compile(rf"(?:^|; ){OUT_OF_DATE}(?::.*)?$", re.IGNORECASE)
_DISAGREEMENT_LINE = re.compile(rf"\[{DISAGREEMENT}: ([^\n]*)\]\s*", re.IGNORECASE)
_QUOTATION = re.compile(r"“.*” \(.*\)(?: \[.*\])?")


@dataclass(frozen=True, slots=True)
class CellText:
    """What the text of a cell says.

    Attributes:
        state: One of ``STATES``; ``not charted`` for an empty text.
        text: The summary; for *not applicable*, the reason. Without white space at its ends.
        disagreement: How what was said and the figures about the case disagree; empty if nothing says so.
        extra: Lines among the evidence that are not quotations; they belong to no summary.
    """

    state: str
    text: str
    disagreement: str = ""
    extra: tuple[str, ...] = ()


def state_line(cell: DocumentCell) -> str:
    """Return the line in brackets for the state of a cell; empty for a draft that is up to date."""
    parts = [] if cell.state == DRAFT else [cell.state]
    if cell.state == NOT_APPLICABLE and _fits_in_state_line(cell.text):
        parts = [f"{NOT_APPLICABLE}: {cell.text}"]
    if cell.stale:
        parts.append(f"{OUT_OF_DATE}: {', '.join(map(one_line, cell.stale))}")
    return f"[{'; '.join(parts)}]" if parts else ""


def quotations(quotes: Iterable[DocumentQuote]) -> str:
    """Return each passage once, quoted, with its reference, one per line.

    A stance other than *for* and a note follow in brackets, one for each different coding of the passage.
    """
    passages: dict[tuple[str, str], list[str]] = {}
    for quote in quotes:
        said = f"{quote.stance}: {one_line(quote.note)}" if quote.note else quote.stance
        passage = (quote.reference, quote.quote)
        known = passages.get(passage)
        if known is None:
            passages[passage] = [said]
        elif said not in known:
            known.append(said)
    lines = []
    for (reference, words), all_said in passages.items():
        line = f"“{one_line(words)}” {reference}"
        lines.append(line if all_said == ["for"] else f"{line} [{'; '.join(all_said)}]")
    return "\n".join(lines)


def stance_text(stances: tuple[int, int, int]) -> str:
    """Return numbers of codings by stance as text: ``6 for, 2 against``; empty if there are none."""
    return ", ".join(
        f"{count} {stance}" for count, stance in zip(stances, ("for", "against", "mixed"), strict=True) if count
    )


def written_text(cell: DocumentCell) -> str:
    """Return the state, the disagreement and the summary of a cell."""
    lines = _written_lines(cell)
    if cell.text and any(map(_is_evidence, cell.text.split("\n"))):  # the last such line ends the summary
        lines += ["", EVIDENCE]
    return "\n".join(lines)


def cell_text(cell: DocumentCell) -> str:
    """Return the state and the summary of a cell, and its evidence below a line of its own."""
    if not cell.quotes:
        return written_text(cell)
    above = "\n".join(_written_lines(cell))
    evidence = f"{EVIDENCE}\n{quotations(cell.quotes)}"
    return f"{above}\n\n{evidence}" if above else evidence


def parse_cell_text(text: str) -> CellText:
    """Return what the text of a cell says.

    A text without a state is a draft. Everything from the last line ``Evidence:`` on belongs to the evidence and is
    left out, as is what a state line says of being out of date, which is computed and not stored. A state without a
    summary that needs one (*draft*, *checked*) is *not charted*; a summary below *nothing said* or *not charted* is a
    draft.
    """
    summary, extra = _without_evidence(text.replace("\r\n", "\n").replace("\r", "\n").strip())
    state, reason, disagreement = DRAFT, "", ""
    first, _, rest = summary.partition("\n")
    if found := _read_state_line(first):
        (state, reason), summary = found, rest
        first, _, rest = summary.partition("\n")
    if how := _DISAGREEMENT_LINE.fullmatch(first):
        disagreement, summary = how[1].strip(), rest
    summary = summary.strip()
    if state == NOT_APPLICABLE:
        summary = "\n".join(part for part in (reason, summary) if part)
    elif state in (DRAFT, CHECKED) and not summary:
        state = NOT_CHARTED
    elif state in (NOTHING_SAID, *UNWRITTEN) and summary:  # a co-author has written something after all
        state = DRAFT
    return CellText(state, summary, disagreement, extra)


def fingerprint(state: str, text: str) -> str:
    """Return 16 hexadecimal digits that tell whether a state and a summary are those that were exported.

    All states without anything written are equal, because evidence comes and goes.
    """
    return text_hash("" if state in UNWRITTEN else f"{state}\n{text.strip()}")[:16]


def looks_like_quotations(text: str) -> bool:
    """Return whether a text is nothing but quotations, as ``quotations`` writes them."""
    return all(map(_QUOTATION.fullmatch, text.strip().split("\n")))


def _written_lines(cell: DocumentCell) -> list[str]:
    if cell.state in UNWRITTEN and not (cell.text or cell.stale or cell.disagreement):
        return [f"[{cell.state}]"]
    line = state_line(cell)
    body = "" if cell.state == NOT_APPLICABLE and _fits_in_state_line(cell.text) else cell.text
    disagreement = f"[{DISAGREEMENT}: {one_line(cell.disagreement)}]" if cell.disagreement else ""
    first = body.partition("\n")[0]
    if not disagreement and _DISAGREEMENT_LINE.fullmatch(first):
        line, body = line or f"[{DRAFT}]", f"\n{body}"
    elif not line and not disagreement and _read_state_line(first):
        line = f"[{DRAFT}]"
    return [part for part in (line, disagreement, body) if part]


def _fits_in_state_line(reason: str) -> bool:
    return bool(reason) and one_line(reason) == reason and not _OUT_OF_DATE_PART.search(reason)


def _read_state_line(line: str) -> tuple[str, str] | None:
    """Return the state and the reason that a line in brackets gives; None if it gives no state."""
    line = line.strip()
    if not (line.startswith("[") and line.endswith("]")):
        return None
    inner = line[1:-1]
    said = _OUT_OF_DATE_PART.sub("", inner)
    if not said and inner:
        return DRAFT, ""
    name, colon, reason = said.partition(":")
    state = one_line(name).lower()
    if state not in STATES or (colon and state != NOT_APPLICABLE):
        return None
    return state, reason.strip()


def _without_evidence(text: str) -> tuple[str, tuple[str, ...]]:
    lines = text.split("\n")
    last = max((at for at, line in enumerate(lines) if _is_evidence(line)), default=len(lines))
    extra = (line for line in lines[last + 1 :] if line.strip() and not _QUOTATION.fullmatch(line.strip()))
    return "\n".join(lines[:last]).strip(), tuple(extra)


def _is_evidence(line: str) -> bool:
    return line.strip().casefold() == EVIDENCE.casefold()

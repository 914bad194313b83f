"""The evidence of a cell as a list: its passages with context, what changed since the summary, and cited turns.

Pure: from values to the options of a list. What a passage is or was is said in words, not by colour alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.text import Text
from textual.widgets.option_list import Option

from fwanalysis.domain.codings import Stance
from fwanalysis.domain.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from fwanalysis.domain.matrix import Passage, Quoted
    from fwanalysis.project.matrix.details import ChangedPassage
    from fwanalysis.tui.charting.cell_places import Around, CitedPlace

STANCES = {Stance.FOR: "+ for", Stance.AGAINST: "− against", Stance.MIXED: "± mixed"}
"""The mark and the word of each stance."""

_NEWLINES = re.compile(r"[ \t]*\n\s*")
CITED_PREFIX = "cited:"
"""The ids of the options of cited turns begin with this; their number follows."""


@dataclass(frozen=True, slots=True)
class EvidenceList:
    """What the list shows.

    Attributes:
        quotes: The passages in text order.
        code_id: The code of the cell; the names of other codes are shown.
        code_names: Names of codes by id.
        coders: Names of coders by id.
        uncited: Ids of the codings that the summary does not cite.
        has_text: Whether there is a summary, so that passages can be cited or not.
        changes: What changed since the summary was saved, by id of the coding.
        removed: Passages that are gone.
        cited: Cited turns that are not among the evidence, with their references.
        note: Why passages are missing; empty if none is.
        around: Gives the words around a passage.
    """

    quotes: Sequence[Quoted]
    code_id: str
    code_names: Mapping[str, str]
    coders: Mapping[str, str]
    around: Callable[[Passage], Around]
    uncited: frozenset[str] = frozenset()
    has_text: bool = False
    changes: Mapping[str, ChangedPassage] = field(default_factory=dict)
    removed: Sequence[ChangedPassage] = ()
    cited: Sequence[tuple[str, CitedPlace]] = ()
    note: str = ""


def options(shown: EvidenceList) -> list[Option]:
    """Return the options of the list."""
    found = [Option(_passage(shown, item), id=item.passage.coding_id) for item in shown.quotes]
    if not found and not shown.note:
        found.append(Option(Text("No coded segments in this cell yet.", style="italic"), disabled=True))
    found += [Option(_removed(item), disabled=True) for item in shown.removed]
    for number, (reference, place) in enumerate(shown.cited):
        found.append(Option(_cited(reference, place), id=f"{CITED_PREFIX}{number}"))
    if shown.note:
        found.append(Option(Text(f"! {shown.note}", style="bold"), disabled=True))
    return found


def _passage(shown: EvidenceList, quoted: Quoted) -> Text:
    passage = quoted.passage
    text = Text.assemble((quoted.reference, "bold"))
    change = shown.changes.get(passage.coding_id)
    if change is not None:
        text.append(" ")
        text.append(f" {change.kind} ", style="bold reverse")
    text.append("\n")
    text.append(" · ".join(_details(shown, passage)), style="dim")
    if passage.note:
        text.append(f"\nnote: {one_line(passage.note)}", style="italic")
    if change is not None and change.kind == "changed" and change.then and change.then != change.now:
        text.append("\nthen: ", style="bold")
        text.append(f"“{one_line(change.then)}”", style="strike")
        text.append("\nnow: ", style="bold")
    else:
        text.append("\n")
    around = shown.around(passage)
    text.append(_joined(around.before), style="dim")
    text.append(one_line(passage.quote))
    text.append(_joined(around.after), style="dim")
    text.append("\n")
    return text


def _details(shown: EvidenceList, passage: Passage) -> Iterable[str]:
    if passage.code_id != shown.code_id:
        yield shown.code_names.get(passage.code_id, "")
    yield STANCES[Stance(passage.stance)]
    if shown.has_text:
        yield "not cited" if passage.coding_id in shown.uncited else "✓ cited"
    yield shown.coders.get(passage.coder_id, "")


def _joined(words: str) -> str:
    """Return words around a passage with one line for each paragraph."""
    return _NEWLINES.sub("\n", words)


def _removed(change: ChangedPassage) -> Text:
    what = "re-anchor it: F8 in the Code view" if change.kind == "unanchored" else "since the summary was saved"
    text = Text.assemble((f" {change.kind} ", "bold reverse"), (f" {what}\n", "dim"))
    words = one_line(change.then) if change.then else "its words are not known"
    text.append(f"“{words}”" if change.then else words, style="strike" if change.then else "italic")
    text.append("\n")
    return text


def _cited(reference: str, place: CitedPlace) -> Text:
    text = Text.assemble((f"({reference})", "bold"), (" cited, not coded with this code", "italic"))
    text.append(f"\n{place.source} · ctrl+o codes it\n", style="dim")
    text.append(one_line(place.words))
    text.append("\n")
    return text

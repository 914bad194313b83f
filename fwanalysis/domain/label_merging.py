"""Labels of one source that look like two spellings of one speaker: proposals and merges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fwanalysis.domain.revisions import Reattribution


@dataclass(frozen=True, slots=True)
class MergeProposal:
    """Two labels of a source that look like one voice, and why."""

    source: str
    label: str
    into: str
    reason: str


@dataclass(frozen=True, slots=True)
class LabelsMerged:
    """What a merge did in one source: how many turns it gave to the other speaker, whether the speaker of the label is
    gone (an older revision may still need it), the case that was made for the label and is gone with it, and which
    coded passages changed hands."""

    source: str
    label: str
    into: str
    turns: int
    removed: bool
    case_removed: str | None
    reattributions: tuple[Reattribution, ...] = ()

"""What needs review in a source of an import, and what each note suggests to do about it. Knows values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import NO_CLEAR_ROLE
from fwanalysis.domain.sources import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.domain.importing import LabelMerge, SourceReport

_MOST = 4
"""Speakers that one note names."""
_PRESS_O = "Press o on a speaker to set its role."


@dataclass(frozen=True, slots=True)
class Note:
    """Something to review in a source.

    Attributes:
        text: The note as it is shown.
        merge: The merge that it suggests.
        label: The label that may be a speaker although it was read as text.
        speaker: The label of the speaker that it is about.
    """

    text: str
    merge: LabelMerge | None = None
    label: str | None = None
    speaker: str | None = None


def notes_of(source: SourceReport) -> tuple[Note, ...]:
    """Return what needs review in a source.

    Labels that may be one speaker come first, then labels that may be speakers, warnings, and speakers without a role.
    """
    return (
        *(_suggested_merge(merge) for merge in source.merges),
        *(
            Note(f"“{label}” was read as text; enter makes it a speaker.", label=label)
            for label in source.possible_speakers
        ),
        *(_warned(warning, source) for warning in source.warnings if warning not in source.label_warnings),
        *_without_role([label for label in roleless(source) if not _is_warned_about(label, source)]),
    )


def roleless(source: SourceReport) -> Sequence[str]:
    """Return the labels of a source whose role is not known."""
    return [speaker.label for speaker in source.speakers if speaker.role is Role.UNKNOWN]


def _warned(warning: str, source: SourceReport) -> Note:
    """Return a warning as a note; one about unclear roles says how to set a role, and names the first speaker."""
    if NO_CLEAR_ROLE not in warning:
        return Note(warning)
    named = (speaker.label for speaker in source.speakers if f"“{speaker.label}”" in warning)
    return Note(f"{warning} {_PRESS_O}", speaker=next(named, None))


def _is_warned_about(label: str, source: SourceReport) -> bool:
    return any(NO_CLEAR_ROLE in warning and f"“{label}”" in warning for warning in source.warnings)


def _suggested_merge(merge: LabelMerge) -> Note:
    return Note(f"“{merge.label}” may be “{merge.into}”, {merge.reason}; m merges them.", merge=merge)


def _without_role(labels: Sequence[str]) -> Sequence[Note]:
    if not labels:
        return ()
    named = ", ".join(f"“{label}”" for label in labels[:_MOST])
    more = f" and {len(labels) - _MOST} more" if len(labels) > _MOST else ""
    return (Note(f"Unknown role: {named}{more}. {_PRESS_O}", speaker=labels[0]),)

"""What the edit screen works on: one source, the unit of it that is edited, and how a correction is saved.

Knows the project, no widget. The screen passes the text that was typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain import corrections
from fwanalysis.domain.text import Span
from fwanalysis.errors import Conflict
from fwanalysis.tui.correcting.edit_units import outcome, unit_at, units_of, with_words
from fwanalysis.tui.correcting.edit_units import turn_of as turn_of_unit
from fwanalysis.tui.transcript.reposition import carried

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fwanalysis.domain.codebook import Codebook
    from fwanalysis.domain.codings import Evidence
    from fwanalysis.domain.corrections import Act, Correction
    from fwanalysis.domain.sources import Transcript, Turn
    from fwanalysis.project import Project
    from fwanalysis.tui.correcting.edit_units import EditUnit


class EditSession:
    """The source that is edited and the unit at which the user is.

    Attributes:
        transcript: The source in its newest revision.
        units: What can be edited, in the order of the text.
        at: Index of the present unit.
        evidence: The codings that overlap the present unit.
        unanchored: How many coded segments of the source have no anchor.
    """

    def __init__(self, project: Project, source_id: str, position: int) -> None:
        self._project = project
        self.transcript: Transcript = project.sources.transcript(source_id)
        self.units: Sequence[EditUnit] = units_of(self.transcript)
        self.at = unit_at(self.units, position)
        self.evidence: Sequence[Evidence] = ()
        self.codebook: Codebook | None = None
        self.coders: Mapping[str, str] = {}
        self.unanchored = 0
        self._seen = self.transcript.revision.id

    @property
    def unit(self) -> EditUnit:
        """The present unit."""
        return self.units[self.at]

    @property
    def turn(self) -> Turn | None:
        """The turn of the present unit, if it is one."""
        return turn_of_unit(self.transcript, self.unit)

    @property
    def saved_text(self) -> str:
        """The text of the present unit as it is saved."""
        return self.transcript.text[self.unit.start : self.unit.end]

    def begin(self) -> None:
        """Remember the revision on which a correction is begun, so that a later one is not overwritten."""
        self._seen = self.transcript.revision.id

    def move_to(self, position: int) -> None:
        """Make the unit at *position* (code points) the present one."""
        self.at = unit_at(self.units, position)

    def read_codings(self) -> None:
        """Read the codings on the present unit and the codebook. Raises NotFound if the source was removed."""
        source_id, span = self.transcript.source.id, Span(self.unit.start, self.unit.end)
        evidence = self._project.codings.of_source(source_id)
        self.unanchored = self._project.sources.count_unanchored(source_id)
        self.evidence = [item for item in evidence if item.anchor.span.overlaps(span)]
        self.codebook, self.coders = self._project.codebook.tree(), self._project.codings.coders()

    def newest(self) -> Transcript:
        """Return the source as the project has it now. Raises NotFound if it was removed."""
        return self._project.sources.transcript(self.transcript.source.id)

    def follow(self, present: Transcript, position: int) -> int:
        """Take a revision that was made elsewhere and return where *position* is in it; the unit stays the same."""
        start, position = (carried(self.transcript, present, at) for at in (self.unit.start, position))
        self.transcript, self.units = present, units_of(present)
        self.move_to(start)
        return position

    def correct(
        self, act: Act, make: Callable[[Correction], Correction], typed: str | None, label: str | None = None
    ) -> str:
        """Save a correction as a new revision and return what happened to the coded segments, for the user.

        Args:
            act: What is done, for the history.
            make: Makes the correction from the source with *typed* in the present unit.
            typed: The unsaved text of the present unit; None if it is saved.
            label: The speaker that the act is about, for the history.

        Raises:
            Conflict: If the source was corrected since ``begin``.
        """
        if self._seen != self.transcript.revision.id:
            raise Conflict("This source was changed by another coder. The screen shows the new text; try again.")
        before = corrections.correction_of(self.transcript)
        correction = before if typed is None else with_words(before, self.unit, typed)
        index = self.unit.index
        what = "" if index is None else corrections.step_label(act, self.transcript, index, label)
        report = self._project.sources.correct(self.transcript.source.id, make(correction), seen=self._seen, what=what)
        self.transcript = self.newest()
        self.units = units_of(self.transcript)
        return outcome(report) + (" (F8 lists them)" if report.uncertain or report.not_found else "")

"""Reports on an import of a table of cases and on merging two cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fwanalysis.domain.cases import AttributeType


@dataclass(frozen=True, slots=True)
class CaseConflict:
    """A cell that contradicts the project: what the project has *here*, and what stands *in_file* in that *line*. The
    project's value stays, unless it was *replaced*. The attribute may be ``level``."""

    line: int
    case: str
    attribute: str
    here: str
    in_file: str
    replaced: bool

    def sentence(self) -> str:
        """The conflict as a sentence."""
        left = f"was “{self.here}” and is" if self.replaced else f"stays “{self.here}”; the file says"
        return f"line {self.line}: {self.attribute} of {self.case} {left} “{self.in_file}”."


@dataclass(frozen=True, slots=True)
class ColumnType:
    """The type of the attribute that a column of a table becomes: the type that was proposed or chosen for it, or has
    in the project if it *is_known* there; how many cases have a value in the table, and the first different values."""

    attribute: str
    type: AttributeType
    is_known: bool
    values: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearCase:
    """A case that was not in the project before but looks like another: the line that names it first, and the other."""

    line: int
    name: str
    nearest: str

    def sentence(self) -> str:
        """The case as a question."""
        return f"line {self.line}: “{self.name}” is new; did you mean {self.nearest}?"


@dataclass(frozen=True, slots=True)
class AlikeValues:
    """Two values of an attribute that look like one spelled in two ways: the rarer, the other, and why; *lines* are
    those of the file that hold the rarer."""

    attribute: str
    value: str
    other: str
    reason: str
    lines: tuple[int, ...]

    def sentence(self) -> str:
        """The pair as a sentence."""
        where = f"line {', '.join(map(str, self.lines))}: " if self.lines else ""
        return f"{where}{self.attribute} “{self.value}” and “{self.other}” look like one value: {self.reason}."


@dataclass(frozen=True, slots=True)
class CasesMerged:
    """What became of a *case* that was merged *into* another: the sources that are the other's now, how many speakers
    and written cells, and in *kept* a sentence for each attribute of which the two said different things."""

    case: str
    into: str
    sources: tuple[str, ...]
    speakers: int
    cells: int
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CasesReport:
    """What an import of a table of cases did, or in a *dry_run* would do: cases made, cases whose record it changed,
    attributes made and the *types* of all columns; cells that contradict the project, new cases that look like
    another, cases with sources that the table does not mention, values that look alike, and other doubts."""

    made: tuple[str, ...]
    changed: tuple[str, ...]
    attributes: tuple[str, ...]
    conflicts: tuple[CaseConflict, ...] = ()
    nearest: tuple[NearCase, ...] = ()
    missing: tuple[str, ...] = ()
    alike: tuple[AlikeValues, ...] = ()
    warnings: tuple[str, ...] = ()
    types: tuple[ColumnType, ...] = ()
    dry_run: bool = False

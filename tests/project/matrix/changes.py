"""Changes to the charted study, each with the cells that it puts out of date and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.domain import corrections
from fwanalysis.domain.codings import Stance
from fwanalysis.domain.sources import Role, SourceKind
from fwanalysis.domain.staleness import Cause
from fwanalysis.domain.suggestions import SuggestionFilter
from fwanalysis.formats.codebooks.read import read_codebook
from tests.project.matrix.charted_study import CODEBOOK
from tests.project.project_study import code

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fwanalysis.domain.corrections import Correction
    from fwanalysis.project import Project

    Expected = Mapping[str, set[Cause]]

ADDED, REMOVED, UNANCHORED = Cause.ADDED, Cause.REMOVED, Cause.UNANCHORED
CORRECTED, REDEFINED, MOVED = Cause.CORRECTED, Cause.REDEFINED, Cause.REATTRIBUTED
STANCE, CITED, CELL = Cause.STANCE, Cause.CITED, Cause.CELL


@dataclass(frozen=True, slots=True)
class Change:
    """A change.

    Attributes:
        name: What it does.
        commands: The command lines that make it; ``{coding}`` is the id of the coding that ``coding`` describes,
            ``{segment}`` that of the unanchored segment, ``{book}`` a file with the codebook after the change,
            ``{split}`` where a turn is split.
        act: The same by calls.
        expected: The cells that are out of date afterwards, an asterisk marks a theme's own column, with the causes.
        coding: Source and code of a coding.
        coder: Who makes it.
        book: The codebook after the change.
    """

    name: str
    commands: tuple[tuple[str, ...], ...]
    act: Callable[[Project], object]
    expected: Expected
    coding: tuple[str, str] = ("", "")
    book: str = ""
    coder: str = "ana"

    def __str__(self) -> str:
        """Return the name, as the test is called."""
        return self.name


def coding_id(project: Project, source: str, name: str) -> str:
    """Return the id of the only coding of a source with a code."""
    (found,) = [item.id for item in project.codings.list(source=source) if item.code.casefold() == name]
    return found


def correct(project: Project, source: str, edit: Callable[[Correction], Correction]) -> None:
    transcript = project.sources.transcript(source)
    project.sources.correct(source, edit(corrections.correction_of(transcript)), seen=transcript.revision.id)


def reword(source: str, turn: int, words: str) -> Callable[[Project], None]:
    """Return the correction of the text of a turn, counted from 1."""
    return lambda project: correct(project, source, lambda it: corrections.replace_text(it, turn - 1, words))


def split_at(source: str, turn: int, words: str) -> Callable[[Project], None]:
    """Return the division of a turn before some of its words."""
    return lambda project: correct(
        project, source, lambda it: corrections.split(it, turn - 1, it.text.index(words), it.turns[turn - 1].label)
    )


def reanchor(project: Project, quote: str | None) -> None:
    (segment,) = project.sources.unanchored()
    if quote is None:
        project.sources.reanchor(segment.segment_id)
        return
    start = project.sources.text(segment.source).index(quote)
    project.sources.reanchor(segment.segment_id, start=start, end=start + len(quote))


def in_turn(*acts: Callable[[Project], object]) -> Callable[[Project], object]:
    return lambda project: [act(project) for act in acts]


def importing(text: str) -> Callable[[Project], object]:
    return lambda project: project.codebook.import_parsed(read_codebook("book.yaml", text.encode()))


def attributing(name: str, label: str) -> Callable[[Project], object]:
    return lambda project: project.speakers.set(name, case=label)


ON_COST = ("P01 cost", "P01 effort", "P02 cost", "P02 effort", "P03 cost", "FG1 cost")
NEW_COST = CODEBOOK.replace("What is paid.", "What is paid, in money.")
NEW_EFFORT = CODEBOOK.replace("What it takes.", "What it takes of anyone.")
NEW_TRUST = CODEBOOK.replace(
    "kind: sensitizing\n    definition: What is relied on.", "kind: emergent\n    definition: What is relied on."
)

CORRECT = ("source", "correct", "P01", "4", "--text", "Trust grows so slowly. I lent my van twice.")
UNANCHOR = ("source", "correct", "P01", "4", "--text", "They never met before, or after.")
PLACE = "before, or after"
CAUSES = (
    Change(
        "evidence is added under a sub-code",
        (("coding", "add", "P01", "cost", "--quote", "We share what we learn."),),
        lambda project: code(project, "P01", "cost", "We share what we learn."),
        {"P01 cost": {ADDED}, "P01 effort": {ADDED}, "Alder cost": {ADDED, CELL}},
    ),
    Change(
        "evidence is added under the theme itself",
        (("coding", "add", "P01", "effort", "--quote", "I lent my van twice."),),
        lambda project: code(project, "P01", "effort", "I lent my van twice."),
        {"P01 effort": {ADDED}, "P01 effort*": {ADDED}},
    ),
    Change(
        "a member of a focus group is coded for the first time",
        (("coding", "add", "FG1", "trust", "--quote", "Reliance is what keeps us coming back"),),
        lambda project: code(project, "FG1", "trust", "Reliance is what keeps us coming back"),
        {"P03 trust": {ADDED}, "FG1 trust": {ADDED}},
    ),
    Change(
        "another coder adds evidence",
        (("coding", "add", "P01", "trust", "--quote", "I lent my van twice.", "--new-coder"),),
        lambda project: code(project, "P01", "trust", "I lent my van twice."),
        {"P01 trust": {ADDED}},
        coder="ben",
    ),
    Change(
        "a suggestion is accepted",
        (("suggest", "accept", "--source", "P02", "--min-score", "0", "--code", "cost"),),
        lambda project: project.suggestions.accept(SuggestionFilter(source="P02", code="cost")),
        {"P02 cost": {ADDED}, "P02 effort": {ADDED}, "Birch cost": {ADDED, CELL}, "Birch effort": {ADDED, CELL}},
    ),
    Change(
        "evidence is removed",
        (("coding", "remove", "{coding}"),),
        lambda project: project.codings.remove([coding_id(project, "P02", "cost")]),
        {
            "P02 cost": {REMOVED},
            "P02 effort": {REMOVED},
            "Birch cost": {REMOVED, CELL},
            "Birch effort": {REMOVED, CELL},
        },
        coding=("P02", "cost"),
    ),
    Change(
        "a passage speaks against its code",
        (("coding", "edit", "{coding}", "--stance", "against"),),
        lambda project: project.codings.edit([coding_id(project, "P01", "trust")], stance=Stance.AGAINST),
        {"P01 trust": {STANCE}},
        coding=("P01", "trust"),
    ),
    Change(
        "text inside a passage is corrected",
        (CORRECT,),
        reword("P01", 4, CORRECT[-1]),
        {"P01 trust": {UNANCHORED}},
    ),
    Change(
        "a corrected passage is anchored at its best match",
        (CORRECT, ("source", "reanchor", "{segment}")),
        in_turn(reword("P01", 4, CORRECT[-1]), lambda project: reanchor(project, None)),
        {"P01 trust": {CORRECTED}},
    ),
    Change(
        "a cited turn without a coding is corrected",
        (("source", "correct", "P01", "8", "--text", "The winter was quiet for everyone."),),
        reword("P01", 8, "The winter was quiet for everyone."),
        {"P01 cost": {CITED}, "Alder cost": {CELL}},
    ),
    Change(
        "a correction takes the words of a passage away",
        (UNANCHOR,),
        reword("P01", 4, UNANCHOR[-1]),
        {"P01 trust": {UNANCHORED}},
    ),
    Change(
        "a passage is anchored at other words",
        (UNANCHOR, ("source", "reanchor", "{segment}", "--quote", PLACE)),
        in_turn(reword("P01", 4, UNANCHOR[-1]), lambda project: reanchor(project, PLACE)),
        {"P01 trust": {CORRECTED}},
    ),
    Change(
        "a sub-code is redefined",
        (("codebook", "import", "{book}"),),
        importing(NEW_COST),
        {
            **{cell: {REDEFINED} for cell in ON_COST},
            **{cell: {REDEFINED, CELL} for cell in ("Alder cost", "Birch cost", "Birch effort")},
        },
        book=NEW_COST,
    ),
    Change(
        "a theme is redefined",
        (("codebook", "import", "{book}"),),
        importing(NEW_EFFORT),
        {
            **{cell: {REDEFINED} for cell in ("P01 effort", "P01 effort*", "P02 effort", "P04 effort")},
            "Birch effort": {REDEFINED, CELL},
        },
        book=NEW_EFFORT,
    ),
    Change(
        "a code becomes emergent",
        (("codebook", "import", "{book}"),),
        importing(NEW_TRUST),
        {cell: {REDEFINED} for cell in ("P01 trust", "P02 trust", "P03 trust", "FG1 trust")},
        book=NEW_TRUST,
    ),
    Change(
        "a speaker becomes another case",
        (("speaker", "set", "P01", "--case", "P03"),),
        attributing("P01", "P03"),
        {
            **{
                cell: {MOVED}
                for cell in ("P01 cost", "P01 effort", "P01 effort*", "P01 trust", "P03 trust", "P03 cost")
            },
            **{cell: {MOVED, CELL} for cell in ("Alder cost", "Birch cost")},
            "Birch effort": {MOVED},
        },
    ),
    Change(
        "a turn is relabelled as another member's",
        (("source", "correct", "FG1", "3", "--speaker", "P02"),),
        lambda project: correct(project, "FG1", lambda it: corrections.relabel(it, 2, "P02")),
        {
            **{cell: {MOVED} for cell in ("P02 effort", "P03 cost", "FG1 cost")},
            **{cell: {MOVED, CELL} for cell in ("Birch cost", "Birch effort")},
        },
    ),
    Change(
        "a participant becomes an interviewer",
        (("speaker", "set", "P01", "--role", "interviewer"),),
        lambda project: project.speakers.set("P01", role=Role.INTERVIEWER),
        {
            **{cell: {MOVED} for cell in ("P01 cost", "P01 effort", "P01 effort*", "P01 trust")},
            "Alder cost": {MOVED, CELL},
        },
    ),
    Change(
        "a case is merged into another",
        (("case", "merge", "P04", "P03"),),
        lambda project: project.cases.merge("P04", "P03"),
        {cell: {MOVED} for cell in ("FG1 trust", "P03 trust", "P03 effort")},
    ),
    Change(
        "a member leaves a site",
        (("case", "members", "Birch", "--remove", "P03"),),
        lambda project: project.cases.members("Birch", remove=["P03"]),
        {"Birch cost": {MOVED}, "Birch effort": {MOVED}},
    ),
    Change(
        "a member joins a site",
        (("case", "members", "Alder", "--add", "P02"),),
        lambda project: project.cases.members("Alder", add=["P02"]),
        {"Alder cost": {MOVED}},
    ),
    Change(
        "a document becomes another site's",
        (("source", "set", "minutes", "--case", "Birch"),),
        lambda project: project.sources.set("minutes", case="Birch"),
        {cell: {MOVED} for cell in ("Alder cost", "Birch cost", "Birch effort")},
    ),
    Change(
        "a focus group turns out to be an interview with several",
        (("source", "set", "FG1", "--kind", "interview", "--no-case"),),
        lambda project: project.sources.set("FG1", kind=SourceKind.INTERVIEW, case=""),
        {
            **{cell: {MOVED} for cell in ("P02 cost", "P02 effort", "P03 cost", "FG1 cost", "FG1 trust")},
            **{cell: {MOVED, CELL} for cell in ("Birch cost", "Birch effort")},
        },
    ),
    Change(
        "the summary of a member is revised",
        (("matrix", "set", "P01", "cost", "Pays without asking (P01:2).", "--replace"),),
        lambda project: project.matrix.set("P01", "cost", "Pays without asking (P01:2)."),
        {"Alder cost": {CELL}},
    ),
    Change(
        "the summary of a member is cleared",
        (("matrix", "set", "P01", "cost", "--clear"),),
        lambda project: project.matrix.clear("P01", "cost"),
        {"Alder cost": {CELL}},
    ),
)

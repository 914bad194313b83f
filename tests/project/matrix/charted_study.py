"""A charted study: interviews, a focus group, minutes of a site, sub-codes, and written cells of every kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fwanalysis.domain.matrix import CellState
from fwanalysis.project import Project, create_project
from tests.project.project_study import code, write_files

if TYPE_CHECKING:
    from pathlib import Path

P01 = """Interviewer: What made you join the allotment?
P01: We share what we learn. Nobody asks who pays for it.
Interviewer: And what of trust?
P01: Trust grows slowly. I lent my van twice.
Interviewer: Does it take much of your time?
P01: It takes my evenings, and then some.
Interviewer: Would you like to add anything?
P01: The autumn was quiet for everyone.
"""
P02 = """Interviewer: What made you join the allotment?
P02: Somebody has to pay in the end. We trust each other.
Interviewer: Who pays for it now?
P02: The council pays, and some pay more than others do.
"""
FG1 = """Moderator: Who would like to begin with the meetings?
P02: The meetings cost us a whole day of work.
P03: For us they cost more, and nobody covers the travel.
P04: We trust the people who come to every meeting.
Moderator: Thank you all for that, shall we go on?
P03: Reliance is what keeps us coming back every month.
"""
MINUTES = """Minutes of the Alder site, spring

The fee was raised by a tenth.
The next meeting is in June.
"""
NEWS = "Allotment news\n\nThe hedge was cut in March.\n"
CASES = """case,level,plot
P01,person,north
P02,person,south
P03,person,south
P04,person,north
FG1,group,
Alder,site,
Birch,site,
"""
CODEBOOK = """fwanalysis: codebook/1
name: Sharing
version: "1.0"
language: en
codes:
  - key: effort
    name: Effort
    kind: sensitizing
    definition: What it takes.
    codes:
      - key: cost
        name: Cost
        kind: sensitizing
        definition: What is paid.
        rules:
          - any: ["pay"]
      - key: travel
        name: Travel
        kind: emergent
        definition: What it takes to get there.
  - key: trust
    name: Trust
    kind: sensitizing
    definition: What is relied on.
"""
FILES = {
    "P01.txt": P01,
    "P02.txt": P02,
    "FG1.txt": FG1,
    "minutes.txt": MINUTES,
    "news.txt": NEWS,
    "book.yaml": CODEBOOK,
}
CODINGS = (
    ("P01", "cost", "Nobody asks who pays for it."),
    ("P01", "effort", "It takes my evenings"),
    ("P01", "trust", "Trust grows slowly."),
    ("P02", "cost", "Somebody has to pay in the end."),
    ("P02", "trust", "We trust each other."),
    ("FG1", "cost", "The meetings cost us a whole day of work."),
    ("FG1", "cost", "For us they cost more"),
    ("FG1", "trust", "We trust the people who come to every meeting."),
    ("minutes", "cost", "The fee was raised by a tenth."),
)
NOTHING, NOT = CellState.NOTHING_SAID, CellState.NOT_APPLICABLE
CELLS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("P01", "cost", "Does not mind paying (P01:2). The autumn was quiet (P01:8).", {}),
    ("P01", "effort", "Gives evenings “It takes my evenings” (P01:6) and money (P01:2).", {}),
    ("P01", "effort", "Gives the evenings (P01:6).", {"own": True}),
    ("P01", "trust", "Trust takes time (P01:4).", {"state": CellState.CHECKED}),
    ("P02", "cost", "Pays, as all have to (P02:2).", {}),
    ("P02", "effort", "Money (P02:2), and a day of work (P02/FG1:2).", {"with_groups": True}),
    ("P02", "trust", "Trusts the others (P02:2).", {}),
    ("P03", "cost", "Pays more than others (P03/FG1:3).", {}),
    ("P03", "trust", "", {"state": NOTHING}),
    ("P04", "effort", "Has no plot.", {"state": NOT}),
    ("FG1", "cost", "A day of work (FG1:2), and more for some (FG1:3).", {}),
    ("FG1", "trust", "They trust those who come (FG1:4).", {}),
    ("Alder", "cost", "Paying is no matter (P01:2), though the fee rises (minutes: line 3).", {}),
    ("Birch", "cost", "All pay (P02:2), some more (P03/FG1:3).", {}),
    ("Birch", "effort", "Money, and whole days (P02/FG1:2).", {}),
)


def build_charted(folder: Path) -> Project:
    """Return the project ``folder/charted.fwa``, coded and charted by ana; no cell of it is out of date."""
    files = write_files(folder / "files", {**FILES, "cases.csv": CASES})
    project = create_project(folder / "charted.fwa", title="Charted", coder="ana")
    for report in project.sources.import_files(files / name for name in FILES if name.endswith(".txt")):
        assert report.error is None
    project.cases.import_file(files / "cases.csv")
    project.cases.members("Alder", add=["P01"])
    project.cases.members("Birch", add=["P02", "P03"])
    project.sources.set("minutes", case="Alder")
    project.codebook.import_file(files / "book.yaml")
    list(project.suggestions.run())
    for source, name, quote in CODINGS:
        code(project, source, name, quote)
    for case, name, summary, options in CELLS:
        project.matrix.set(case, name, summary, **options)
    return project

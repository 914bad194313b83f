"""A small study for tests of the service API: two interviews, a focus group, a newsletter, a table and a codebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.project import Project, create_project
from fwanalysis.store.mapping import STATE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

P01 = """Interviewer: What made you join the collaborative?
P01: We share what we learn. Nobody asks who pays for it.
Interviewer: And what of trust?
P01: Trust grows slowly. We share what we learn.
"""
P02 = """Interviewer: What made you join the collaborative?
P02: Somebody has to pay for it in the end. We trust each other.
Interviewer: Who pays for it now?
P02: The hospitals pay, and some pay more than others do.
"""
FG1 = """Moderator: Who would like to begin with the meetings?
P02: The meetings cost us a whole day of work each time.
P03: For us they cost more, and nobody pays for the travel.
Speaker 4: We trust the people who come to every meeting.
Moderator: Thank you all for that, shall we go on?
P03: Trust is what keeps us coming back every month.
"""
NEWSLETTER = """Steady Together, spring issue

The board thanks all who share what they learn.
Trust, it says, cannot be bought.
"""
CASES = """case,level,site,years,role
P01,person,Alder,12,nurse
P02,person,Birch,4,doctor
P03,person,Birch,7,nurse
FG1,group,,,
"""
CODEBOOK = """fwanalysis: codebook/1
name: Sharing
version: "1.0"
language: en
references:
  olson1965: "Olson M (1965) The Logic of Collective Action."
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
        references: [olson1965]
        rules:
          - any: ["pay"]
  - key: trust
    name: Trust
    kind: sensitizing
    definition: What is relied on.
    examples: {typical: "We trust each other."}
    rules:
      - any: ["trust"]
"""
FILES = {
    "P01.txt": P01,
    "P02.txt": P02,
    "FG1.txt": FG1,
    "newsletter.txt": NEWSLETTER,
    "cases.csv": CASES,
    "book.yaml": CODEBOOK,
}


def write_files(folder: Path, files: Mapping[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def build_study(folder: Path) -> Project:
    """The project ``folder/study.fwa`` with all files of the study imported."""
    files = write_files(folder / "files", FILES)
    project = create_project(folder / "study.fwa", title="Study", question="Why?", coder="ana")
    sources = [files / name for name in ("P01.txt", "P02.txt", "FG1.txt", "newsletter.txt")]
    for report in project.sources.import_files(sources):
        assert report.error is None
    project.cases.import_file(files / "cases.csv")
    project.codebook.import_file(files / "book.yaml")
    return project


def code(project: Project, source: str, name: str, quote: str) -> str:
    """Put a code on the words of a source; the coding's id."""
    place = project.codings.find_quote(source, quote)
    return project.codings.add(source, name, place.start, place.end).coding.id


def rows(project: Project) -> dict[str, list[dict[str, object]]]:
    """Every row of every state table."""
    from sqlalchemy import select

    from fwanalysis.store import schema

    with project._store.read() as connection:
        return {
            name: sorted(
                (dict(row) for row in connection.execute(select(schema.metadata.tables[name])).mappings()),
                key=lambda row: str(row["id"]),
            )
            for name in STATE
        }

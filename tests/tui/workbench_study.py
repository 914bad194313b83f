"""The invented study of the workbench's tests: two persons, a focus group they sit in, and a newsletter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis import create_project, open_project
from fwanalysis.domain.sources import SourceKind

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis import Project
    from fwanalysis.domain.text import Span

INTERVIEW = """\
INT: What made you join?

P01: Nobody wanted to stay outside. The form took one afternoon. Some sites never sent a thing and read our reports.

INT: And later?

P01: Then it went quiet. We told each other about our mistakes, which helped. It was a long year.
"""

FOCUS_GROUP = """\
MOD: How did the meetings go?

P01: We brought our mistakes along. That was new.

P02: I filled in the spreadsheet alone, every month.

P03: Some came for the lunch and got something for nothing.

MOD: Did that bother you?

P02: It did at first.
"""

NEWSLETTER = """\
News from the network

All sites have now joined. The form for the next round will reach you in May.
"""

CODEBOOK = """\
fwanalysis: codebook/1
name: Mini
version: "1.0"
codes:
  - key: effort
    name: Effort of taking part
    kind: sensitizing
    colour: "#0e7490"
    definition: What taking part costs those who do.
    codes:
      - key: free-riding
        name: Free-riding
        kind: sensitizing
        colour: "#c2410c"
        definition: Taking the good of the common work without a share in it.
        counts_against: Words of sites that pay their part gladly.
        rules:
          - any: ["never sent", "something for nothing"]
      - key: paperwork
        name: Paperwork
        kind: sensitizing
        colour: "#7c3aed"
        definition: Forms and figures.
        rules:
          - any: ["form", "spreadsheet"]
  - key: emergent
    name: Emergent
    kind: emergent
    colour: "#15803d"
    codes:
      - key: quiet
        name: Going quiet
        kind: emergent
        colour: "#be185d"
      - key: mistakes
        name: Sharing mistakes
        kind: emergent
        colour: "#a16207"
        rules:
          - any: ["mistakes"]
"""

CASES = """\
case,role,site
P01,nurse,North
P02,doctor,South
P03,,South
"""


def build_study(folder: Path) -> Path:
    """Build the study in a folder, under the name of another coder than the tests'; returns its file."""
    for name, text in (("P01.txt", INTERVIEW), ("FG1.txt", FOCUS_GROUP), ("newsletter.txt", NEWSLETTER)):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "mini.yaml").write_text(CODEBOOK, encoding="utf-8")
    (folder / "cases.csv").write_text(CASES, encoding="utf-8")
    file = folder / "study.fwa"
    with create_project(file, title="The quiet network", coder="builder") as project:
        project.codebook.import_file(folder / "mini.yaml")
        kinds = {"P01": SourceKind.INTERVIEW, "FG1": SourceKind.FOCUS_GROUP, "newsletter": SourceKind.DOCUMENT}
        for name, kind in kinds.items():
            list(project.sources.import_files([folder / f"{name}.txt"], kind=kind))
        project.cases.import_file(folder / "cases.csv")
        list(project.suggestions.run())
    return file


def open_study(file: str | Path, coder: str = "ana") -> Project:
    """Open a copy of the study."""
    return open_project(file, coder=coder)


def code(project: Project, source: str, quote: str, name: str) -> str:
    """Put a code on words of a source; returns the coding's id."""
    span = place(project, source, quote)
    return project.codings.add(source, name, span.start, span.end).coding.id


def place(project: Project, source: str, quote: str) -> Span:
    """Where words stand in a source."""
    return project.codings.find_quote(source, quote)


def coded(project: Project) -> list[tuple[str, str, str]]:
    """Source, code and words of every coding, in the order of the texts."""
    return [(item.source, item.code, item.quote) for item in project.codings.list()]

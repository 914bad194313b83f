"""Building the sample study: imported, suggested, coded and charted, and exported.

The codings, decisions and summaries are in ``transcripts_sample/analysis.yaml``, which says how they were made;
they are replayed under the coder name ``demo``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fwanalysis.domain.codebook import CodeKind
from fwanalysis.domain.importing import ImportReport, ImportStatus
from fwanalysis.domain.sources import SourceKind
from fwanalysis.domain.suggestions import SuggestionFilter, SuggestionView, Verdict
from fwanalysis.domain.text import quote_places
from fwanalysis.errors import InvalidInput, ProjectError
from fwanalysis.project import Project, create_project, open_project
from fwanalysis.project.output_files import write_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fwanalysis.formats.analysis_record import AnalysisRecord, RecordedCoding

CODER = "demo"
TITLE = "Steady Together (a fictional sample study)"
QUESTION = (
    "How do processes within and between the six hospitals of a falls-prevention collaborative explain its limited and "
    "variable effects?"
)


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What the demonstration built, in figures."""

    project: str
    matrix: str
    transcripts: int
    documents: int
    turns: int
    cases: int
    codes: int
    rules: int
    suggested: int
    accepted: int
    rejected: int
    pending: int
    codings: int
    charted: int
    nothing_said: int

    def told(self) -> str:
        """The figures in lines for a person."""
        return "\n".join(
            (
                f"Imported   {self.transcripts} transcripts and {self.documents} document, {self.turns} turns, "
                f"{self.cases} cases",
                f"Codebook   {self.codes} codes, {self.rules} rules",
                f"Suggested  {self.suggested} passages: {self.accepted} accepted, {self.rejected} rejected, "
                f"{self.pending} pending",
                f"Coded      {self.codings} codings, replayed under the coder “{CODER}”",
                f"Charted    {self.charted} cells with written summaries, {self.nothing_said} where nothing was said",
                f"Project    {self.project}",
                f"Matrix     {self.matrix}",
            )
        )


def data_folder(name: str) -> Path:
    """The folder ``codebooks`` or ``transcripts_sample``: as installed with the package, or beside it in a checkout."""
    package = Path(__file__).parent.parent
    for folder in (package / "data" / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise ProjectError(f"the folder {name} was not installed with this program")


def build_demo(folder: Path, *, say: Callable[[str], None]) -> DemoReport:
    """Make ``study.fwa``, ``matrix.csv`` and its ``.meta.json`` in *folder*, in the place of those that an earlier run
    made there; other files are left alone. *say* is told of each step."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidInput(f"cannot create {folder}: {error.strerror}") from None
    target, table = folder / "study.fwa", folder / "matrix.csv"
    _make_room(target, table, say)
    sample = data_folder("transcripts_sample")
    with create_project(target, title=TITLE, question=QUESTION, coder=CODER) as project:
        say("Importing the transcripts ...")
        reports = _import(project, sample)
        say("Importing cases and codebook ...")
        project.cases.import_file(sample / "cases.csv")
        codebook = project.codebook.import_file(data_folder("codebooks") / "collective-action.yaml")
        say("Running the rules ...")
        suggested = 0
        for run in project.suggestions.run():
            suggested = run.found
        say("Replaying what the coder “demo” decided, coded and charted ...")
        record = read_analysis_file(sample / "analysis.yaml")
        accepted, rejected = _decide(project, record)
        _code_and_chart(project, record)
        charted = sum(bool(summary.text) for summary in record.summaries)
        write_table(table, project.matrix.export())
        turns = sum(report.turns for report in reports)
        documents = sum(report.kind is SourceKind.DOCUMENT for report in reports)
        return DemoReport(
            project=str(target),
            matrix=str(table),
            transcripts=len(reports) - documents,
            documents=documents,
            turns=turns,
            cases=len(project.cases.list()),
            codes=len(project.codebook.tree().entries),
            rules=codebook.rules,
            suggested=suggested,
            accepted=accepted,
            rejected=rejected,
            pending=len(project.suggestions.list()),
            codings=len(project.codings.list()),
            charted=charted,
            nothing_said=len(record.summaries) - charted,
        )


def _make_room(target: Path, table: Path, say: Callable[[str], None]) -> None:
    """Take away what an earlier run made; ProjectError, touching nothing, if something else has its names. A study in
    which somebody has worked since is kept under another name."""
    worked = False
    if target.exists():
        with open_project(target) as earlier:
            is_own = earlier.info.title == TITLE
            worked = any(event.coder != CODER for event in earlier.history.list())
        if not is_own:
            raise ProjectError(f"{target} is another project, not the sample study", hint="name another folder")
    elif table.exists():
        raise ProjectError(
            f"{table} is not a file of the sample study and would be replaced", hint="name another folder"
        )
    if worked:
        number = 1
        while (kept := target.with_name(f"{target.name}.kept-{number}")).exists():
            number += 1
        for ending in ("", "-wal", "-shm"):
            if (part := target.with_name(target.name + ending)).exists():
                part.rename(kept.with_name(kept.name + ending))
        say(f"The study of an earlier run was changed by hand; it is kept as {kept} (open it with -p).")
    for name in (target.name, f"{target.name}-wal", f"{target.name}-shm"):
        target.with_name(name).unlink(missing_ok=True)


def _import(project: Project, sample: Path) -> list[ImportReport]:
    reports = []
    for report in project.sources.import_files([sample]):
        if report.status is ImportStatus.SKIPPED:  # the table of cases, which is read next
            continue
        if report.status is not ImportStatus.IMPORTED:
            raise ProjectError(f"the sample study is incomplete: {report.error or report.path}")
        reports.append(report)
    return reports


def read_analysis_file(path: Path) -> AnalysisRecord:
    """The record of an analysis in a file."""
    from fwanalysis.formats.analysis_record import read_analysis

    return read_analysis(path.name, path.read_bytes())


def _decide(project: Project, record: AnalysisRecord) -> tuple[int, int]:
    """Make the record's codes and take its decisions, reason by reason; returns how many were accepted and rejected."""
    for code in record.codes:
        project.codebook.add(code.name, parent=code.parent, kind=CodeKind.EMERGENT, definition=code.definition)
    pending = project.suggestions.list()
    counts = {Verdict.ACCEPTED: 0, Verdict.REJECTED: 0}
    for decision in record.decisions:
        meant = _meant(pending, decision.source, decision.code, decision.quote)
        which = SuggestionFilter(ids=(meant.id,))
        if decision.verdict is Verdict.ACCEPTED:
            decided = project.suggestions.accept(which, note=decision.because, stance=decision.stance)
        else:
            decided = project.suggestions.reject(which, note=decision.because)
        counts[decision.verdict] += len(decided)
    return counts[Verdict.ACCEPTED], counts[Verdict.REJECTED]


def _code_and_chart(project: Project, record: AnalysisRecord) -> None:
    _code(project, record.codings)
    for summary in record.summaries:
        project.matrix.set(
            *(summary.case, summary.theme, summary.text),
            state=summary.state,
            own=summary.itself,
            disagreement=summary.disagreement,
        )
    for chart in record.charts:
        project.matrix.save_chart(chart.name, chart.query)
    project.abstraction.load(record.abstractions)
    _code(project, record.afterwards)


def _code(project: Project, codings: Sequence[RecordedCoding]) -> None:
    for coding in codings:
        place = project.codings.find_quote(coding.source, coding.quote)
        project.codings.add(
            *(coding.source, coding.code, place.start, place.end), stance=coding.stance, note=coding.note
        )


def _meant(pending: Sequence[SuggestionView], source: str, code: str, quote: str) -> SuggestionView:
    for view in pending:
        if view.source == source and code in (view.code_path, view.code) and quote_places(view.quote, quote):
            return view
    raise ProjectError(f'the sample study is incomplete: no rule suggests {code} for "{quote[:50]}" in {source}')

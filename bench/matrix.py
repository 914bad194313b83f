"""The framework matrix with 1,000 cases, 60 codes and 50,000 codings: built, and written to files."""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from bench.corpus import SEED
from bench.figures import counting
from bench.measure import Result, compare, timed
from fwanalysis.analysis.matrix.building import segment_counts
from fwanalysis.domain.codings import Coding, Origin, Segment, anchored
from fwanalysis.domain.ids import new_id, now
from fwanalysis.domain.matrix import Cell, CellContent, CellState, MatrixQuery
from fwanalysis.domain.staleness import Basis
from fwanalysis.domain.text import Span
from fwanalysis.formats.decoding.zip_archive import open_archive
from fwanalysis.formats.options import ReadOptions
from fwanalysis.formats.tables.xlsx_cells import read_cells
from fwanalysis.formats.tables.xlsx_package import read_parts
from fwanalysis.project import create_project, open_project
from fwanalysis.project.matrix.files import chart_bytes
from fwanalysis.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from bench.study import Study
    from fwanalysis.domain.table import Table

    Sheets = list[tuple[str, Mapping[int, Mapping[int, str]]]]

CASES, THEMES, CODES, CODINGS, SUMMARIES = 1_000, 6, 54, 50_000, 2_000
TURNS = 12
ROUNDS = 5
_SENTENCE = "We were asked to share what we had made, and nobody said what would become of it afterwards."
_ROWS = """
SELECT c.id, c.segment_id, c.code_id, c.coder_id, c.stance, c.note, c.created_at,
       s.id, a.revision_id, a.start, a."end", a.quote
FROM sources s JOIN anchors a ON a.revision_id = s.revision_id JOIN codings c ON c.segment_id = a.segment_id
ORDER BY s.imported_at, a.start, a."end", c.created_at
"""
_OTHERS = ("cells", "citations", "cases", "codes", "code_versions", "turns", "speakers", "sources", "attribute_values")


def measure(study: Study) -> Iterator[Result]:
    """Measure building the matrix of all codes, writing it to CSV and to a workbook, and counting."""
    path = matrix_project(study.folder)
    query = MatrixQuery(all_codes=True)
    with open_project(path, coder="bench") as project:
        table = project.matrix.export(query)

        def ours() -> None:
            document = project.matrix.document(query, with_context=False, with_words=False)
            chart_bytes("matrix.csv", document, bom=True)

        took, bare = compare(timed(ours), timed(partial(_bare, path, table)), rounds=ROUNDS)
        yield Result("matrix of all codes to CSV", took, bare, 4, "sqlite3 reading the rows, csv writing the strings")
        document = project.matrix.document(query, with_context=False)
    data, _ = chart_bytes("matrix.xlsx", document, content=CellContent.SUMMARY)
    write = partial(chart_bytes, "matrix.xlsx", document, content=CellContent.SUMMARY)
    took, bare = compare(timed(write), timed(partial(_bare_xlsx, _strings(data))), rounds=2, warm_up=False)
    yield Result("matrix of all codes to XLSX", took, bare, 1.5, "XlsxWriter writing the strings")
    yield counting()


def matrix_project(folder: Path) -> Path:
    """Return a project with 1,000 cases, 60 codes, 50,000 codings and 2,000 summaries; made once in a folder."""
    path = folder / "matrix.fwa"
    if path.exists():
        return path
    transcripts = folder / "matrix-transcripts"
    transcripts.mkdir()
    names = [f"P{number:04}" for number in range(1, CASES + 1)]
    for name in names:
        turns = (f"I: What happened then?\n{name}: {_SENTENCE} It was turn {at}.\n" for at in range(TURNS // 2))
        (transcripts / f"{name}.txt").write_text("\n".join(turns), encoding="utf-8")
    with create_project(path, coder="bench") as project:
        for theme in range(THEMES):
            project.codebook.add(f"Theme {theme}", as_theme=True)
            for code in range(CODES // THEMES):
                project.codebook.add(f"Code {theme}-{code}", parent=f"theme-{theme}")
        for _ in project.sources.import_files([transcripts]):
            pass
    _code(path)
    _summarise(path)
    return path


def _summarise(path: Path) -> None:
    """Write summaries of cells with evidence, one change for all of them."""
    random = Random(SEED)
    with open_project(path, coder="bench") as project:
        matrix = project.matrix.view(MatrixQuery(all_codes=True))
        coder = project.coder
        keys = random.sample(sorted(segment_counts(matrix)), SUMMARIES)
        rows = {row.key: row for row in matrix.rows}
        columns = {column.key: column for column in matrix.columns}
        cells = []
        for row, column in keys:
            case, code_id = rows[row].case, columns[column].code_id
            assert case is not None
            basis = Basis(code_version_id=project.codebook.tree().by_id[code_id].version.id)
            summary = f"They were asked to share, “{_SENTENCE[:7]}” ({case.name}:2). Again ({case.name}:4)."
            cells.append(Cell(new_id(), case.id, code_id, CellState.DRAFT, summary, coder.id, now(), basis))
    store = open_store(path)
    with store.change("matrix.set", coder=coder) as changes:
        changes.add_all(cells)
    store.close()


def _code(path: Path) -> None:
    random = Random(SEED)
    with open_project(path, coder="bench") as project:
        coder = project.coder
        codes = [entry for entry in project.codebook.tree().entries if entry.depth]
        transcripts = [project.sources.transcript(item.id) for item in project.sources.list()]
    segments, anchors, codings = [], [], []
    for transcript in transcripts:
        answers = [turn for turn in transcript.speech if turn.number % 2 == 0]
        for _ in range(CODINGS // len(transcripts)):
            turn = random.choice(answers)
            start = random.randrange(turn.start, turn.end - 30)
            span = Span(start, start + random.randint(10, 30))
            code = random.choice(codes)
            segment = Segment(new_id(), transcript.source.id)
            segments.append(segment)
            anchors.append(anchored(new_id(), segment.id, transcript.revision.id, transcript.text, span))
            codings.append(
                Coding(new_id(), segment.id, code.id, code.version.id, coder.id, Origin.MANUAL, None, 1, now())
            )
    store = open_store(path)
    with store.change("coding.add", coder=coder) as changes:
        changes.add(*segments, *anchors, *codings)
    store.close()


def _bare(path: Path, table: Table) -> None:
    """Read the rows that a matrix is made from with sqlite3, and write its strings with the csv module."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(_ROWS).fetchall()
        for name in _OTHERS:
            connection.execute(f"SELECT * FROM {name}").fetchall()
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows(table.rows)
    lines.getvalue().encode("utf-8")


def _strings(data: bytes) -> Sheets:
    """Return the texts of all sheets of a workbook, by row and column."""
    archive = open_archive("matrix.xlsx", data, what="a workbook", member="xl/", limits=ReadOptions().limits)
    workbook = read_parts(archive)
    return [(sheet.name, read_cells(archive, workbook, sheet).rows) for sheet in workbook.sheets]


def _bare_xlsx(sheets: Sheets) -> None:
    """Write strings with XlsxWriter, without formats, heights or widths."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    workbook = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    for name, rows in sheets:
        sheet = workbook.add_worksheet(name)
        for number, row in rows.items():
            for column, text in row.items():
                sheet.write_string(number, column, text)
    workbook.close()

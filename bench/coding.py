"""Work at the screen's pace in a project with 50,000 codings: committing one more, drawing a source anew, the matrix.

The references are the bare ``sqlite3`` module: for a coding the same four rows (segment, anchor, coding, event) in
one transaction, for a refresh the same rows fetched. Nothing is compared for the lists and the matrix.
"""

from __future__ import annotations

from random import Random
from statistics import median
from typing import TYPE_CHECKING, Any

from bench.corpus import SEED
from bench.importing import connect, insert
from bench.measure import Result, compare, seconds, timed
from bench.study import CODINGS, Study
from fwanalysis.domain.ids import new_id
from fwanalysis.project import Project, open_project

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from fwanalysis.domain.codings import Evidence

ROUNDS = 50
_FETCH = (
    "SELECT * FROM sources JOIN anchors ON anchors.revision_id = sources.revision_id "
    "JOIN codings ON codings.segment_id = anchors.segment_id WHERE sources.id = ? ORDER BY start, end, created_at"
)


def measure(study: Study) -> Iterator[Result]:
    """A coding, a refresh and a matrix."""
    random = Random(SEED)
    with open_project(study.coded, coder="bench") as project:
        sources = project.sources.list()
        codes = [entry.id for entry in project.codebook.tree().entries if entry.depth]
        transcript = project.sources.transcript(sources[0].id)
        places = iter(random.sample(range(len(transcript.text) - 100), 2 * ROUNDS + 10))

        def code() -> Evidence:
            start = next(places)
            return project.codings.add(transcript.source.id, random.choice(codes), start, start + 80)

        bare = connect(study.coded)
        rows = _rows_of(bare, code().coding.segment_id)
        versus = "bare sqlite3, the same rows"
        yield Result(
            f"a coding among {CODINGS:,}",
            *compare(timed(code), lambda: _insert_again(bare, rows), rounds=ROUNDS),
            versus=versus,
        )
        yield Result(
            "  drawing its source anew: of_source", *_refresh(project, bare, transcript.source.id), versus=versus
        )
        bare.close()
        yield Result("  the list of sources", median(seconds(project.sources.list) for _ in range(10)))
        yield Result("  the matrix of it all", median(seconds(project.matrix.view) for _ in range(5)))


def _refresh(project: Project, bare: sqlite3.Connection, source_id: str) -> tuple[float, float]:
    return compare(
        timed(lambda: project.codings.of_source(source_id)),
        timed(lambda: bare.execute(_FETCH, (source_id,)).fetchall()),
        rounds=ROUNDS,
    )


def _rows_of(bare: sqlite3.Connection, segment_id: str) -> dict[str, list[tuple[Any, ...]]]:
    """The rows that one coding wrote."""
    where = {"segments": "id = ?", "anchors": "segment_id = ?", "codings": "segment_id = ?"}
    rows = {
        table: bare.execute(f"SELECT * FROM {table} WHERE {condition}", (segment_id,)).fetchall()
        for table, condition in where.items()
    }
    rows["events"] = bare.execute("SELECT * FROM events ORDER BY seq DESC LIMIT 1").fetchall()
    return rows


def _insert_again(bare: sqlite3.Connection, rows: dict[str, list[tuple[Any, ...]]]) -> float:
    """Insert such rows under new ids, time it, and take them away again, so that the log stays whole."""
    segment_id = new_id()
    ids = {"segments": segment_id, "anchors": new_id(), "codings": new_id()}
    again: dict[str, list[tuple[Any, ...]]] = {"segments": [(segment_id, *rows["segments"][0][1:])]}
    for table in ("anchors", "codings"):
        again[table] = [(ids[table], segment_id, *rows[table][0][2:])]
    last = bare.execute("SELECT max(seq) FROM events").fetchone()[0]
    again["events"] = [(last + 1, *rows["events"][0][1:])]
    taken = seconds(lambda: insert(bare, again))
    bare.execute("BEGIN IMMEDIATE")
    bare.execute("DELETE FROM events WHERE seq = ?", (last + 1,))
    for table in ("codings", "anchors", "segments"):
        bare.execute(f"DELETE FROM {table} WHERE id = ?", (ids[table],))
    bare.execute("COMMIT")
    return taken

"""Migrations: the first revision makes the schema of the program; later ones work on a file whose copy is kept."""

from __future__ import annotations

import importlib.util
import io
import re
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory

from fwanalysis import open_project
from fwanalysis.domain.codings import Stance
from fwanalysis.domain.matrix import CellState
from fwanalysis.errors import ProjectError
from fwanalysis.store import migrations, schema
from fwanalysis.store.store import create_store, open_store
from tests.store.store_values import case, state_of

if TYPE_CHECKING:
    from types import ModuleType

FOLDER = Path(migrations.__file__).parent
LATER = """
import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade():
    with op.batch_alter_table("cases", recreate="always") as cases:
        cases.add_column(sa.Column("note", sa.Text, nullable=False, server_default=""))
"""
BROKEN = LATER + '    op.execute("DELETE FROM cases")\n'


def statements(path: Path) -> list[str]:
    """The schema of a file, line by line, without quotation marks and the order in which constraints are written."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return sorted(
        "\n".join(sorted(part.strip(" ,\t") for part in re.split(r"\n|, (?=\w+ TEXT)", sql.replace('"', ""))))
        for (sql,) in found
    )


def test_the_first_revision_makes_what_a_new_project_has(tmp_path: Path) -> None:
    migrations.migrate(tmp_path / "migrated.fwa", None)
    create_store(tmp_path / "made.fwa", title="", question="", coder="ana").close()
    assert statements(tmp_path / "migrated.fwa") == statements(tmp_path / "made.fwa")


def test_the_program_is_at_the_newest_revision() -> None:
    assert ScriptDirectory(str(FOLDER)).get_current_head() == schema.REVISION


VERSIONS = sorted(path.name for path in (FOLDER / "versions").glob("0*.py"))


def version(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name.removesuffix(".py"), FOLDER / "versions" / name)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_other_databases_get_every_table_before_what_points_to_it() -> None:
    out = io.StringIO()
    context = MigrationContext.configure(dialect_name="postgresql", opts={"as_sql": True, "output_buffer": out})
    with Operations.context(context):
        for name in VERSIONS:
            version(name).upgrade()
    there: set[str] = set()
    pointers = 0
    for statement in out.getvalue().split(";"):
        there |= set(re.findall(r'CREATE TABLE "?(\w+)"?', statement))
        pointed = re.findall(r'REFERENCES "?(\w+)"?', statement)
        assert set(pointed) <= there
        pointers += len(pointed)
    assert there == set(schema.metadata.tables)
    assert pointers == sum(len(table.foreign_keys) for table in schema.metadata.tables.values())


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A script folder with a revision after the first; the file to write it in."""
    folder = tmp_path / "scripts"
    (folder / "versions").mkdir(parents=True)
    for name in ("env.py", *(f"versions/{version}" for version in VERSIONS)):
        (folder / name).write_bytes((FOLDER / name).read_bytes())
    monkeypatch.setattr(migrations, "__file__", str(folder / "__init__.py"))
    return folder / "versions" / "0005_later.py"


@pytest.fixture
def old(path: Path) -> Path:
    store = create_store(path, title="Study", question="", coder="ana")
    with store.change("case.add", coder=store.coder("ana")) as changes:
        person, group = case("P01"), case("FG1")
        changes.add(person, group)
        from fwanalysis.domain.cases import Membership

        changes.add(Membership("m", person.id, group.id))
    store.close()
    return path


def columns(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[1] for row in connection.execute("PRAGMA table_info(cases)")]


def test_an_older_file_is_copied_then_upgraded_and_keeps_its_rows(
    later: Path, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later.write_text(LATER)
    monkeypatch.setattr(schema, "REVISION", "0005")
    store = open_store(old)
    kept = state_of(store)
    store.close()
    copy = old.with_name("study.fwa.0004.bak")
    assert columns(old)[-1] == "note"
    assert "note" not in columns(copy)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    monkeypatch.setattr(schema, "REVISION", "0004")
    before = open_store(copy)
    assert state_of(before) == kept
    assert {row["name"] for row in kept["cases"].values()} == {"P01", "FG1"}
    before.close()


def test_an_upgrade_that_would_leave_references_hanging_changes_nothing(later: Path, old: Path) -> None:
    later.write_text(BROKEN)
    with pytest.raises(ProjectError, match="is unchanged"):
        migrations.migrate(old, "0004")
    assert "note" not in columns(old)
    store = open_store(old)
    assert len(state_of(store)["cases"]) == 2
    store.close()


def test_a_file_that_cannot_be_copied_is_not_upgraded(later: Path, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later.write_text(LATER)
    old.with_name("study.fwa.0004.bak").mkdir()
    with pytest.raises(ProjectError, match="no copy could be made"):
        migrations.migrate(old, "0004")
    assert "note" not in columns(old)


def shipped(version: str, folder: Path) -> Path:
    """A copy of the project of an older version."""
    target = folder / "old.fwa"
    shutil.copyfile(Path(__file__).parent / "data" / f"schema-{version}.fwa", target)
    return target


TRUST, PAY = "Trust grows slowly.", "We pay for it."


@pytest.mark.parametrize(
    ("version", "steps", "quotes"), [("0001", 3, [TRUST]), ("0002", 3, [TRUST]), ("0003", 7, [TRUST, PAY])]
)
def test_a_project_of_an_older_schema_opens_and_its_old_steps_can_be_undone_and_redone(
    tmp_path: Path, version: str, steps: int, quotes: list[str]
) -> None:
    with open_project(shipped(version, tmp_path), coder="ana") as project:
        before = state_of(project._store)
        assert [finding.faults for finding in project.examine()] == [()] * 5
        assert [item.quote for item in project.codings.list()] == quotes
        for _ in range(steps):
            project.history.undo()
        assert project.sources.list() == []
        assert not any(state_of(project._store)[table] for table in ("cells", "codings", "decisions", "revisions"))
        for _ in range(steps):
            project.history.redo()
        assert [item.quote for item in project.codings.list()] == quotes
        assert state_of(project._store) == before
        assert [finding.faults for finding in project.examine()] == [()] * 5


def test_cells_of_the_third_schema_open_as_drafts_and_up_to_date(tmp_path: Path) -> None:
    with open_project(shipped("0003", tmp_path), coder="ana") as project:
        cells = {item.entry.code.key: item for item in project.matrix.check()}
        assert {key: (item.cell.state.value, item.summary) for key, item in cells.items()} == {
            "trust": ("draft", "It grows slowly (P01:2)."),
            "cost": ("not-applicable", "Not asked."),
            "place": ("nothing-said", ""),
        }
        assert [item.stale for item in cells.values()] == [()] * 3
        assert [item.errors for item in cells.values()] == [()] * 3
        assert {item.stance for item in project.codings.list()} == {"for"}


def test_a_cell_of_the_third_schema_goes_out_of_date_by_what_was_recorded_of_it(tmp_path: Path) -> None:
    with open_project(shipped("0003", tmp_path), coder="ana") as project:
        (trust,) = [item for item in project.codings.list() if item.quote == TRUST]
        project.codings.edit([trust.id], stance=Stance.AGAINST)
        assert project.matrix.cell("P01", "trust").stale == ()  # the stance was not recorded
        project.codings.remove([trust.id])
        assert list(map(str, project.matrix.cell("P01", "trust").stale)) == ["1 coding removed"]
        project.matrix.affirm("P01", "trust", "It holds all the same.")
        assert project.matrix.cell("P01", "trust").stale == ()


def test_cells_of_the_third_schema_can_be_checked_moved_to_another_case_and_cleared(tmp_path: Path) -> None:
    with open_project(shipped("0003", tmp_path), coder="ana") as project:
        before = state_of(project._store)
        trust = project.matrix.cell("P01", "trust").cell
        assert trust
        project.matrix.set("P01", "trust", trust.summary, state=CellState.CHECKED, seen=trust, expect=True)
        project.cases.set("P02")
        project.cases.merge("P01", "P02")
        assert {item.case.name for item in project.matrix.check()} == {"P02"}
        project.matrix.clear("P02", "cost")
        for _ in range(4):
            project.history.undo()
        assert state_of(project._store) == before


def test_excluded_text_of_the_second_schema_stays_excluded(tmp_path: Path) -> None:
    with open_project(shipped("0002", tmp_path), coder="ana") as project:
        (source,) = project.sources.list()

        def kinds() -> list[str]:
            return [turn.kind for turn in project.sources.transcript(source.id).turns]

        assert kinds() == ["speech", "speech", "excluded", "speech", "speech"]
        for step in [project.history.undo] * 3 + [project.history.redo] * 3:
            step()
        assert kinds() == ["speech", "speech", "excluded", "speech", "speech"]
        assert project.sources.revision(source.id).speaker_format == "label-colon"

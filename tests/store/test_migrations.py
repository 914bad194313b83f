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


@pytest.mark.parametrize("version", ["0001", "0002"])
def test_a_project_of_an_older_schema_opens_and_its_old_steps_can_be_undone_and_redone(
    tmp_path: Path, version: str
) -> None:
    target = tmp_path / "old.fwa"
    shutil.copyfile(Path(__file__).parent / "data" / f"schema-{version}.fwa", target)
    with open_project(target, coder="ana") as project:
        assert [finding.faults for finding in project.examine()] == [()] * 5
        assert [item.quote for item in project.codings.list()] == ["Trust grows slowly."]
        for _ in range(3):
            project.history.undo()
        assert project.sources.list() == []
        for _ in range(3):
            project.history.redo()
        assert [item.quote for item in project.codings.list()] == ["Trust grows slowly."]
        assert [finding.faults for finding in project.examine()] == [()] * 5


def test_excluded_text_of_the_second_schema_stays_excluded(tmp_path: Path) -> None:
    target = tmp_path / "old.fwa"
    shutil.copyfile(Path(__file__).parent / "data" / "schema-0002.fwa", target)
    with open_project(target, coder="ana") as project:
        (source,) = project.sources.list()

        def kinds() -> list[str]:
            return [turn.kind for turn in project.sources.transcript(source.id).turns]

        assert kinds() == ["speech", "speech", "excluded", "speech", "speech"]
        for step in [project.history.undo] * 3 + [project.history.redo] * 3:
            step()
        assert kinds() == ["speech", "speech", "excluded", "speech", "speech"]
        assert project.sources.revision(source.id).speaker_format == "label-colon"

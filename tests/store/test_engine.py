"""Project files: made, opened, and told apart from what is none."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from fwanalysis.errors import NotAProject, ProjectError, TooNew
from fwanalysis.store import schema
from fwanalysis.store.engine import APPLICATION_ID
from fwanalysis.store.store import Store, create_store, open_store, project_info
from tests.store.store_values import case, state_of

if TYPE_CHECKING:
    from pathlib import Path


def made(path: Path) -> Path:
    create_store(path, title="Study", question="Why?", coder="ana").close()
    return path


def run(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql)


def test_a_new_file_can_be_read_by_its_owner_only(path: Path) -> None:
    assert stat.S_IMODE(made(path).stat().st_mode) == 0o600


def test_the_files_beside_an_open_project_can_be_read_by_its_owner_only(path: Path, store: Store) -> None:
    with store.change("case.add", coder=store.coder("ana")) as changes:
        changes.add(case("P01"))
    beside = sorted(path.parent.iterdir())
    assert [file.name for file in beside] == ["study.fwa", "study.fwa-shm", "study.fwa-wal"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in beside} == {0o600}


def test_a_new_file_carries_the_mark_of_this_program(path: Path) -> None:
    with closing(sqlite3.connect(made(path))) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


def test_a_new_project_knows_its_title_question_and_first_coder(path: Path) -> None:
    store = open_store(made(path))
    with store.read() as connection:
        info = project_info(connection)
    assert (info.title, info.question) == ("Study", "Why?")
    assert [row["name"] for row in state_of(store)["coders"].values()] == ["ana"]
    store.close()


def test_what_was_written_is_there_when_the_file_is_opened_again(path: Path, store: Store) -> None:
    with store.change("case.add", coder=store.coder("ana")) as changes:
        changes.add(case("P01"))
    before = state_of(store)
    store.close()
    again = open_store(path)
    assert state_of(again) == before
    again.close()


def test_a_closed_project_is_one_file(path: Path) -> None:
    made(path)
    assert list(path.parent.iterdir()) == [path]


def test_nothing_is_written_over_a_file_that_exists(path: Path) -> None:
    path.write_text("precious")
    with pytest.raises(ProjectError, match="already exists"):
        create_store(path, title="", question="", coder="ana")
    assert path.read_text() == "precious"


def test_a_project_cannot_be_made_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"study\.fwa: no such file or directory"):
        create_store(tmp_path / "nowhere" / "study.fwa", title="", question="", coder="ana")


def test_a_project_that_fails_half_made_leaves_no_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(schema.metadata, "create_all", fail)
    with pytest.raises(RuntimeError, match="power cut"):
        create_store(path, title="", question="", coder="ana")
    assert list(path.parent.iterdir()) == []


def test_opening_what_is_not_there_says_how_to_make_it_and_makes_nothing(path: Path) -> None:
    with pytest.raises(ProjectError, match="no project at"):
        open_store(path)
    assert not path.exists()


def test_a_folder_is_no_project(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="is a folder"):
        open_store(tmp_path)


@pytest.mark.parametrize("length", [0, 10, 16, 40, 71, 72, 99])
def test_a_file_cut_short_is_no_project(path: Path, length: int) -> None:
    path.write_bytes(made(path).read_bytes()[:length])
    with pytest.raises(ProjectError):
        open_store(path)


@pytest.mark.parametrize("content", [b"just words", b"SQLite format 3\x00" + b"\x00" * 200])
def test_other_files_are_no_projects(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(NotAProject):
        open_store(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_no_project(path: Path) -> None:
    run(path, "CREATE TABLE notes (text)")
    with pytest.raises(NotAProject):
        open_store(path)


def test_a_marked_file_with_rubbish_behind_its_head_is_no_project(path: Path) -> None:
    path.write_bytes(made(path).read_bytes()[:100] + b"rubbish" * 5000)
    with pytest.raises(NotAProject):
        open_store(path)


def test_a_marked_database_without_tables_is_no_project(path: Path) -> None:
    run(path, f"PRAGMA application_id = {APPLICATION_ID}")
    run(path, "CREATE TABLE notes (text)")
    with pytest.raises(NotAProject, match="not a complete project"):
        open_store(path)


def test_a_database_that_names_no_schema_says_so(path: Path) -> None:
    run(made(path), "DELETE FROM alembic_version")
    with pytest.raises(ProjectError, match="is incomplete"):
        open_store(path)


def test_a_project_of_a_later_program_is_refused_and_left_alone(path: Path) -> None:
    run(made(path), "UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    with pytest.raises(TooNew, match="later version of this program"):
        open_store(path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_hostile_settings_are_off_and_foreign_keys_are_on(store: Store) -> None:
    with store.read() as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("foreign_keys", "trusted_schema", "cell_size_check", "journal_mode", "synchronous")
        }
    assert asked == {
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "journal_mode": "wal",
        "synchronous": 2,
    }

"""Importing what is broken, moves or does not fit: refused alone, in a sentence, and nothing left behind."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from fwanalysis import create_project
from fwanalysis.domain.importing import ImportStatus
from fwanalysis.errors import DiskFull
from tests.project.project_study import P01, P02, rows, write_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fwanalysis.project import Project


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Project]:
    with create_project(tmp_path / "empty.fwa", coder="ana") as project:
        yield project


def refusal(project: Project, path: Path) -> str:
    """What is said of a file that is refused; that nothing came of it is checked too."""
    before = rows(project)
    (report,) = project.sources.import_files([path])
    assert report.status is ImportStatus.REFUSED
    assert rows(project) == before
    assert report.error
    return report.error


def test_a_pipe_is_refused_and_not_waited_for(empty: Project, tmp_path: Path) -> None:
    pipe = tmp_path / "P01.txt"
    os.mkfifo(pipe)
    assert "is not a regular file" in refusal(empty, pipe)


def test_a_link_to_itself_is_refused(empty: Project, tmp_path: Path) -> None:
    loop = tmp_path / "P01.txt"
    loop.symlink_to(loop)
    assert str(loop) in refusal(empty, loop)


def test_a_folder_that_links_to_itself_is_walked_once(empty: Project, tmp_path: Path) -> None:
    folder = write_files(tmp_path / "files", {"P01.txt": P01})
    (folder / "again").symlink_to(folder)
    (folder / "nowhere.txt").symlink_to(tmp_path / "nowhere")
    reports = list(empty.sources.import_files([folder]))
    assert [report.status for report in reports] == [ImportStatus.REFUSED, ImportStatus.IMPORTED]


def test_the_same_file_given_twice_is_read_once(empty: Project, tmp_path: Path) -> None:
    folder = write_files(tmp_path / "files", {"P01.txt": P01})
    assert len(list(empty.sources.import_files([folder, folder / "P01.txt"]))) == 1


def test_a_file_that_changes_while_it_is_read_is_refused(
    empty: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_files(tmp_path / "files", {"P01.txt": P01}) / "P01.txt"
    plain = type(path).open

    def growing(self: Path, mode: str = "r") -> Any:
        file = plain(self, mode)
        read = file.read

        class Growing:
            def __enter__(self) -> Growing:
                return self

            def __exit__(self, *_: object) -> None:
                file.close()

            def fileno(self) -> int:
                return file.fileno()

            def read(self, size: int = -1) -> bytes:
                data: bytes = read(size)
                with plain(path, "ab") as other:
                    other.write(b"P01: And one more thing.\n")
                return data

        return Growing()

    monkeypatch.setattr(type(path), "open", growing)
    assert "changed while it was read" in refusal(empty, path)


def test_the_settings_say_how_large_a_file_may_be(
    empty: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    path = write_files(tmp_path / "files", {"P01.txt": P01 + "P01: More. " + "x" * 2**20}) / "P01.txt"
    monkeypatch.setenv("FWA_MAX_FILE_MB", "1")
    assert "the limit is 1 MB" in refusal(empty, path)
    monkeypatch.setenv("FWA_MAX_FILE_MB", "2")
    (report,) = empty.sources.import_files([path])
    assert report.status is ImportStatus.IMPORTED


def test_a_full_disk_ends_the_import_and_keeps_what_was_finished(empty: Project, tmp_path: Path) -> None:
    folder = write_files(tmp_path / "files", {"P01.txt": P01, "P02.txt": P02 + "P02: More.\n" * 20_000})
    with empty._store.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

    def limit(connection: Any, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {(pages or 0) + 30}")

    empty._store._engine.dispose()
    event.listen(empty._store._engine, "connect", limit)
    run = empty.sources.import_files([folder])
    assert next(run).status is ImportStatus.IMPORTED
    with pytest.raises(DiskFull, match="the disk is full"):
        next(run)
    assert [source.name for source in empty.sources.list()] == ["P01"]
    assert [fault for finding in empty.examine() for fault in finding.faults] == []


def test_an_import_that_was_stopped_goes_on_where_it_was(empty: Project, tmp_path: Path) -> None:
    folder = write_files(
        tmp_path / "files", {f"P{number:02}.txt": P01.replace("P01", f"P{number:02}") for number in range(6)}
    )
    run = empty.sources.import_files([folder])
    assert [next(run).number for _ in range(2)] == [1, 2]
    run.close()  # type: ignore[attr-defined]  # what a caller who stops does, by going out of the loop
    statuses = [report.status.value for report in empty.sources.import_files([folder])]
    assert statuses == ["skipped"] * 2 + ["imported"] * 4

"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from fwanalysis.errors import InvalidInput
from fwanalysis.formats.writers.atomic_write import write_atomically

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_made_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a.csv", b"one")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_bytes() == b"one"


def test_a_file_is_replaced_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_bytes(b"a longer content than the new one")
    target.chmod(0o640)
    write_atomically(str(target), b"new")
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_link_keeps_pointing_where_it_did(tmp_path: Path) -> None:
    target, link = tmp_path / "a.csv", tmp_path / "link.csv"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize("name", ["missing/a.csv", "file/a.csv"])
def test_a_missing_folder_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InvalidInput, match="there is no folder"):
        write_atomically(tmp_path / name, b"one")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="is a folder"):
        write_atomically(tmp_path, b"one")


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "the disk is full"), (errno.EACCES, "is not writable"), (errno.EIO, "Input/output error")],
)
def test_where_writing_fails_the_old_file_stays_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    target = tmp_path / "a.csv"
    target.write_bytes(b"old")

    def failing(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(InvalidInput, match=said):
        write_atomically(target, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert target.read_bytes() == b"old"


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:  # as the system answers those who are not root
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("fwanalysis.formats.writers.atomic_write.os.open", refused)
    with pytest.raises(InvalidInput, match="is not writable"):
        write_atomically(tmp_path / "a.csv", b"one")


def test_a_new_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    write_atomically(tmp_path / "words.csv", b"one")
    assert (tmp_path / "words.csv").stat().st_mode & 0o077 == 0

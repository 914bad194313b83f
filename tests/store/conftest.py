"""A fresh project file and its first coder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fwanalysis.store.store import Store, create_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fwanalysis.domain.codings import Coder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "study.fwa"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    made = create_store(path, title="Study", question="Why?", coder="ana")
    yield made
    made.close()


@pytest.fixture
def ana(store: Store) -> Coder:
    return store.coder("ana")

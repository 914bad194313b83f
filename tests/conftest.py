"""What tests share: examples that are the same at each run, screens without animations, projects to work on."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fwanalysis.domain.codings import Coder
    from fwanalysis.project import Project
    from fwanalysis.store.store import Store

os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")

SAME_EACH_TIME = settings(
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("fwanalysis", SAME_EACH_TIME)
settings.register_profile("search", SAME_EACH_TIME, derandomize=False, max_examples=1_200)
settings.load_profile("fwanalysis")


@pytest.fixture(autouse=True, scope="session")
def _nobodys_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test sees what the person who runs them prefers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        for name in [name for name in os.environ if name.startswith("FWA_")]:
            patch.delenv(name)
        yield


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file of ``store`` is, or will be."""
    return tmp_path / "study.fwa"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """A new, empty project as the store sees it."""
    from fwanalysis.store.store import create_store

    made = create_store(path, title="Study", question="Why?", coder="ana")
    yield made
    made.close()


@pytest.fixture
def ana(store: Store) -> Coder:
    """The coder who made ``store``."""
    return store.coder("ana")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A fresh copy of the small study of ``tests/project/project_study.py``, for the tests beside it."""
    from tests.project.project_study import build_study

    made = build_study(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="session")
def built_charted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study of ``tests/project/matrix/charted_study.py``, built once."""
    from tests.project.matrix.charted_study import build_charted

    folder = tmp_path_factory.mktemp("charted")
    build_charted(folder).close()
    return folder / "charted.fwa"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to run commands in, as the coder ana and without wishes of the person who runs the tests."""
    for name in ("FWA_PROJECT", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FWA_CODER", "ana")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def built_falls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study of ``tests/cli/cli_study.py``, built once."""
    from tests.cli.cli_study import build_study

    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("FWA_PROJECT", raising=False)
        patch.setenv("FWA_CODER", "ana")
        return build_study(tmp_path_factory.mktemp("falls"))


@pytest.fixture
def falls(built_falls: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that study, which commands take without being told."""
    target = folder / "study.fwa"
    shutil.copy(built_falls, target)
    monkeypatch.setenv("FWA_PROJECT", str(target))
    return target

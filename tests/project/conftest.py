"""A fresh copy of the small study."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from project_study import build_study

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fwanalysis.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = build_study(tmp_path)
    yield made
    made.close()

"""A transcript that leaves the project as text or table and comes back is the same transcript."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.cli_study import done, told

if TYPE_CHECKING:
    from pathlib import Path

TALK = (
    "speaker,text\n,It is raining.\nMaud,Who keeps the bees?\n,[A door.]\nOdo,My aunt did.\n"
    "Nell (she),Only in May.\nMaud,And you?\nOdo,We all did.\n"
)


@pytest.mark.parametrize("extension", [".txt", ".csv"])
def test_an_exported_source_comes_back_with_the_same_turns(falls: Path, folder: Path, extension: str) -> None:
    (folder / "bees.csv").write_text(TALK, encoding="utf-8")
    done("source", "import", folder / "bees.csv")
    exported = folder / f"again{extension}"
    done("source", "export", "bees", exported)
    done("source", "import", exported)
    first, second = (
        [(turn["speaker"], turn["text"]) for turn in told("source", "turns", name)] for name in ("bees", "again")
    )
    assert first == second
    assert [speaker for speaker, _ in first] == [None, "Maud", "Odo", "Nell (she)", "Maud", "Odo"]

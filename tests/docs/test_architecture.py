"""The page on architecture and the decisions name files that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "fwanalysis"
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
_PATH = re.compile(r"`([\w./-]+(?:\.py|\.md|\.sh|\.tcss|\.toml|/))`")


def missing(page: str) -> list[str]:
    """The paths that a page names and that are neither in the repository nor, by their end, in the package."""
    everything = [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if ".venv" not in path.parts]
    known = {f"/{path}" for path in everything}
    return [
        path
        for path in dict.fromkeys(_PATH.findall(page))
        if not any(each.endswith("/" + path.strip("/")) for each in known)
    ]


def rows() -> list[str]:
    table = PAGE.split("| to change | look in", 1)[1].split("\n\n", 1)[0]
    return [line for line in table.split("\n")[2:] if line.startswith("|")]


def test_every_path_on_the_page_about_architecture_exists() -> None:
    assert missing(PAGE) == []


def test_a_path_that_does_not_exist_is_found() -> None:
    assert missing("see `domain/text.py` and `domain/no_such_module.py`") == ["domain/no_such_module.py"]


def test_the_table_of_where_to_look_has_at_least_25_rows_that_each_name_a_file() -> None:
    assert len(rows()) >= 25
    assert not [row for row in rows() if "`" not in row.split("|")[2]]


def test_every_package_is_described() -> None:
    packages = [path.parent.name for path in PACKAGE.glob("*/__init__.py")]
    assert not [name for name in packages if f"`{name}`" not in PAGE]


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem[:4])
def test_every_path_in_a_decision_exists(decision: Path) -> None:
    assert missing(decision.read_text(encoding="utf-8")) == []


def test_decisions_are_numbered_once_and_titled_by_their_number() -> None:
    numbers = [path.name[:4] for path in DECISIONS]
    assert len(numbers) == len(set(numbers))
    assert not [
        path.name for path in DECISIONS if not path.read_text(encoding="utf-8").startswith(f"# {path.name[:4]}. ")
    ]

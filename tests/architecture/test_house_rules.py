"""Rules of the code that can be checked by looking at the source."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parents[2] / "fwanalysis"
NETWORK = ("aiohttp", "ftplib", "http.client", "httpx", "requests", "smtplib", "socket", "urllib.request")


@cache
def modules() -> dict[str, tuple[str, ast.Module]]:
    """Source and syntax tree of every module, by its place in the package."""
    texts = {path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    return {name: (text, ast.parse(text)) for name, text in texts.items() if not name.startswith("data/")}


def nodes() -> Iterator[tuple[str, ast.AST]]:
    """Every node of every module, with the module it stands in."""
    for name, (_, tree) in modules().items():
        for node in ast.walk(tree):
            yield name, node


def names_of(kind: ast.expr | None) -> set[str]:
    """The names in an ``except`` clause."""
    if kind is None:
        return {"BaseException"}
    return {part.id for part in ast.walk(kind) if isinstance(part, ast.Name)}


def test_the_package_is_there_to_be_looked_at() -> None:
    assert len(modules()) > 50


def test_no_text_is_cut_at_signs_that_only_some_programs_take_for_line_ends() -> None:
    cuts = [
        f"{name}:{node.lineno}"
        for name, node in nodes()
        if isinstance(node, ast.Attribute) and node.attr == "splitlines"
    ]
    assert not cuts


def test_every_handler_names_the_errors_it_expects() -> None:
    handlers = [(name, node) for name, node in nodes() if isinstance(node, ast.ExceptHandler)]
    assert not [f"{name}:{node.lineno}" for name, node in handlers if "Exception" in names_of(node.type)]


def test_a_handler_of_everything_cleans_up_and_raises_again() -> None:
    for name, node in nodes():
        if isinstance(node, ast.ExceptHandler) and "BaseException" in names_of(node.type):
            last = node.body[-1]
            assert isinstance(last, ast.Raise), f"{name}:{node.lineno}"
            assert last.exc is None, f"{name}:{node.lineno}"


def test_modules_are_short_enough_to_read_at_once() -> None:
    lengths = {name: text.count("\n") for name, (text, _) in modules().items() if "/migrations/versions/" not in name}
    assert not {name: length for name, length in lengths.items() if length > 400}


def test_few_modules_are_directly_in_formats() -> None:
    assert len([name for name in modules() if name.startswith("formats/") and name.count("/") == 1]) <= 8


def test_every_module_says_what_it_is_for() -> None:
    assert not [name for name, (_, tree) in modules().items() if not ast.get_docstring(tree)]


@pytest.mark.parametrize("library", NETWORK)
def test_nothing_reaches_for_the_network(library: str) -> None:
    imported = [
        (name, module)
        for name, node in nodes()
        for module in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    ]
    assert not [name for name, module in imported if module == library or module.startswith(library + ".")]

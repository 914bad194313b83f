"""The guide on summaries says what the guard does: its examples are checked against its transcript."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fwanalysis.analysis.quotation_matching import match_quotation, plain
from fwanalysis.domain.summaries import parse_summary

GUIDE = (Path(__file__).parents[2] / "docs" / "guide" / "summaries.md").read_text(encoding="utf-8")
TRANSCRIPT = next(line.strip() for line in GUIDE.split("\n") if line.startswith("    I did not see"))


def rows(after: str) -> list[tuple[str, str]]:
    """The rows of the first table after some words: the code in the first column, and the second column."""
    table = GUIDE.partition(after)[2].partition("\n| ")[2].partition("\n\n")[0]
    return re.findall(r"^\| `([^`]+)` \| (.*) \|$", table, re.MULTILINE)


def replaced(words: str) -> list[tuple[str, str]] | None:
    found = match_quotation(words, (plain(TRANSCRIPT),))
    return None if found is None else [(item.words, item.replaced) for item in found]


def test_the_guide_has_examples() -> None:
    counts = [
        len(rows(words)) for words in ("these quotations are right", "reported as misquotations", "each insertion")
    ]
    assert counts == [6, 7, 3]


@pytest.mark.parametrize(("words", "why"), rows("these quotations are right"))
def test_each_quotation_that_the_guide_calls_right_is(words: str, why: str) -> None:
    assert why
    assert replaced(words) == []


@pytest.mark.parametrize(("words", "why"), rows("reported as misquotations"))
def test_each_quotation_that_the_guide_calls_a_misquotation_is(words: str, why: str) -> None:
    assert why
    assert replaced(words) is None


@pytest.mark.parametrize(("words", "listed"), rows("each insertion"))
def test_each_insertion_of_the_guide_is_listed_as_it_says(words: str, listed: str) -> None:
    found = re.fullmatch(r"`\[([^]]+)\]` (?:adds to the words|replaces \*([^*]+)\*)", listed)
    assert found is not None
    assert replaced(words) == [(found[1], found[2] or "")]


@pytest.mark.parametrize(("written", "meaning"), rows("## References"))
def test_each_reference_of_the_guide_is_one(written: str, meaning: str) -> None:
    assert meaning
    assert parse_summary(written).references


def test_the_first_example_has_each_kind_of_writing() -> None:
    example = "\n".join(line.strip() for line in GUIDE.partition("Together:")[2].split("\n")[1:4])
    summary = parse_summary(example)
    assert [item.text for item in summary.references] == ["P04:12", "P04:14–16", "FG1:3"]
    assert [(item.quotable, item.contradicts) for item in summary.references] == [
        (True, False),
        (False, True),
        (False, True),
    ]
    assert [item.references for item in summary.quotations] == [(0,)]
    assert [item.words for item in summary.comments] == ["compare with the second winter"]

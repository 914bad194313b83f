"""``fwa source export --with-codes``: a transcript with its codes in the text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fwanalysis.cli.diagnostics import Exit
from tests.cli.cli_study import done, run, told

pytestmark = pytest.mark.usefixtures("falls")


def add(code: str, words: str, *options: str, coder: str = "ana") -> None:
    done("--coder", coder, "--new-coder", "coding", "add", "P03", code, "--quote", words, *options)


@pytest.fixture
def quote() -> str:
    """The words of a turn that occur once in P03."""
    text = done("source", "text", "P03")
    turns = [item["text"] for item in told("source", "turns", "P03") if item["role"] == "participant"]
    return str(next(words for words in turns if len(words) > 60 and text.count(words) == 1))


def test_codings_are_in_the_text_with_stance_note_and_coder_and_their_codes_are_explained(quote: str) -> None:
    add("effort", quote, "--stance", "against", "--note", "first-note")
    add("effort/transaction-costs", quote[:40], "--note", "second-note", coder="ben")
    text = done("source", "export", "P03", "--with-codes")
    assert "- revision: 1 of 1, from P03.txt\n" in text
    assert "- project: Falls\n" in text
    assert "- codebook: Collective action in improvement collaboratives, version" in text
    assert f"⟦1 ⟦2 {quote[:20]}" in text
    (first,) = [line for line in text.split("\n") if "first-note" in line]
    (second,) = [line for line in text.split("\n") if "second-note" in line]
    assert first.startswith("- ⟦1⟧ (P03:")
    assert first.endswith("(effort) · sensitizing · against · ana · note: first-note")
    assert second.endswith("(effort/transaction-costs) · sensitizing · for · ben · note: second-note")
    legend = text.partition("\n## Codes\n")[2]
    assert [line.partition("(")[2].partition(")")[0] for line in legend.split("\n") if line.startswith("- ")] == [
        "effort",
        "effort/transaction-costs",
    ]
    assert "  - definition: " in legend


@pytest.mark.parametrize("name", ["P03.md", "P03.html"])
def test_a_file_is_written_in_the_format_of_its_extension_and_counted(name: str, quote: str) -> None:
    add("effort", quote, "--note", "first-note")
    add("effort", quote, "--note", "second-note", coder="ben")
    result = run("source", "export", "P03", name, "--with-codes", "--json")
    assert result.stderr == f"P03 written to {name} with 1 segment, 2 codings\n"
    data = Path(name).read_bytes()
    assert json.loads(result.stdout) == {
        **{"path": name, "bytes": len(data), "segments": 1, "codings": 2},
        **{"unanchored": 0, "unplaced": 0},
    }
    assert (data.count(b"first-note"), data.count(b"second-note")) == (1, 1)
    assert data.startswith(b"<!DOCTYPE html>") == (name == "P03.html")


def test_codes_with_their_sub_codes_and_a_coder_choose_codings(quote: str) -> None:
    add("effort/transaction-costs", quote, "--note", "costs-note")
    add("support/local-priorities", quote, "--note", "fit-note")
    add("/advantages", quote, "--note", "gain-note", coder="ben")

    def notes(*options: str) -> list[str]:
        text = done("source", "export", "P03", "--with-codes", *options)
        return [note for note in ("costs-note", "fit-note", "gain-note") if note in text]

    assert notes() == ["costs-note", "fit-note", "gain-note"]
    assert notes("--code", "effort") == ["costs-note"]
    assert notes("--code", "effort", "--code", "/advantages") == ["costs-note", "gain-note"]
    assert notes("--by", "ana") == ["costs-note", "fit-note"]
    assert notes("--by", "ben", "--code", "effort") == []
    shown = done("source", "export", "P03", "--with-codes", "--code", "effort", "--by", "ana")
    assert "- codes: effort\n- coder: ana\n" in shown


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ("--code effort", "--code and --by choose codings, which this export does not show\nhint: add --with-codes"),
        ("--by ana", "--code and --by choose codings, which this export does not show\nhint: add --with-codes"),
        ("x.md", 'the file extension ".md" is for a transcript with its codes\nhint: add --with-codes, or use .csv'),
        ("--format html", "--format html is for a transcript with its codes\nhint: add --with-codes, or use .csv"),
        ("x.csv --with-codes", 'the file extension ".csv" does not fit --with-codes\nhint: use .md or .html'),
        ("x.md --with-codes --format html", '--format html does not fit the file extension of "x.md"'),
        ("--with-codes --format txt", "--format txt does not fit --with-codes\nhint: use .md or .html"),
    ],
)
def test_options_that_do_not_fit_are_refused(options: str, error: str) -> None:
    result = run("source", "export", "P03", *options.split())
    assert (result.exit_code, result.stdout) == (Exit.USAGE, "")
    assert result.stderr.startswith(f"error: {error}")
    assert not list(Path().glob("x.*"))


@pytest.mark.parametrize("option", ["--code", "--by"])
def test_an_unknown_code_or_coder_is_an_error(option: str) -> None:
    result = run("source", "export", "P03", "--with-codes", option, "nowhere")
    assert (result.exit_code, result.stdout) == (Exit.ERROR, "")
    assert '"nowhere"' in result.stderr


def test_unanchored_codings_are_counted_in_a_note_and_not_shown(quote: str) -> None:
    add("effort", quote, "--note", "lost-note")
    (turn,) = [item["number"] for item in told("source", "turns", "P03") if item["text"] == quote]
    assert run("source", "correct", "P03", str(turn), "--text", "Gone.").exit_code == 0
    for form in ("md", "html"):
        result = run("source", "export", "P03", "--with-codes", "--format", form)
        assert "1 coding has no position in this revision and is not shown" in result.stdout
        assert "2 of 2" in result.stdout
        assert "lost-note" not in result.stdout
        assert "note: 1 unanchored coding of P03 not shown\nhint: list them with: fwa source unanchored P03" in (
            result.stderr
        )
    assert "no position" not in done("source", "export", "P03", "--with-codes", "--code", "support")


def test_a_document_without_turns_is_exported_line_by_line() -> None:
    text = done("source", "text", "newsletter")
    number, line = next((at, line) for at, line in enumerate(text.split("\n"), 1) if len(line) > 60)
    start = text.index(line)
    done("coding", "add", "newsletter", "effort", "--span", str(start), str(start + 20))
    shown = done("source", "export", "newsletter", "--with-codes")
    assert f"**line {number}** ⟦1 {line[:10]}" in shown
    assert f"- ⟦1⟧ (newsletter: line {number}) " in shown

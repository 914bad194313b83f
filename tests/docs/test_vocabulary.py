"""Help and documentation use the terms of the glossary and no retired word; the checker finds what is planted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import rich_click as click

from fwanalysis.cli.main import fwa
from tests.docs.vocabulary import (
    EXCEPTIONS,
    NARROWED,
    RETIRED,
    ROOT,
    Use,
    all_uses,
    documents,
    kind_of,
    messages,
    text_of,
    uses_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

REFERENCE = ROOT / "docs" / "reference" / "cli.md"
PACKAGES = sorted(path.name for path in (ROOT / "fwanalysis").iterdir() if path.suffix == ".py" or path.is_dir())
PACKAGES = [name for name in PACKAGES if name != "__pycache__"]


def shown(found: Iterable[Use]) -> list[str]:
    return [f"{use.path}:{use.line}: {use.word} (write: {use.instead}): {use.around}" for use in found]


def texts_of_help(command: click.Command, ctx: click.Context) -> Iterator[tuple[str, str]]:
    """The path of each command with its help, its short help and the help of its options."""
    yield ctx.command_path, command.help or ""
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            yield f"{ctx.command_path} {parameter.opts[0]}", parameter.help or ""
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            inner = command.get_command(ctx, name)
            assert inner is not None
            yield from texts_of_help(inner, click.Context(inner, parent=ctx, info_name=name))


def test_no_page_of_the_documentation_has_a_retired_word() -> None:
    found = (use for path in documents() for use in uses_in(text_of(path), path.relative_to(ROOT).as_posix()))
    assert shown(use for use in found if kind_of(use.path) == "docs") == []


def test_the_help_of_no_command_has_a_retired_word() -> None:
    helps = dict(texts_of_help(fwa, click.Context(fwa, info_name="fwa")))
    assert len(helps) > 100
    assert shown(use for path, text in helps.items() for use in uses_in(text, path)) == []


def test_the_reference_of_commands_has_no_retired_word() -> None:
    assert shown(uses_in(REFERENCE.read_text(encoding="utf-8"), "docs/reference/cli.md")) == []


@pytest.mark.parametrize("package", PACKAGES)
def test_no_message_of_a_package_has_a_retired_word(package: str) -> None:
    assert shown(all_uses(below=[ROOT / "fwanalysis" / package])) == []


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("look at this: line 5", "warning"),
        ("The reader had doubts about it.", "warning"),
        ("These lines are nobody's.", "unattributed; without a speaker"),
        ("The lines were set aside.", "excluded text; exclude"),
        ("facts at the top of the file", "preamble; legend"),
        ("heard in another source", "speaker"),
        ("the speakers' marks in the file", "speaker label"),
        ("Each mark begins a turn.", "speaker label"),
        ("another style of the file", "speaker format"),
        ("as what the file is read", "format; parser"),
        ("labels that are believed", "recognised"),
        ("What becomes of it is kept.", "preview; parsed"),
        ("if not as guessed", "detected"),
        ("42 coded passages", "segment; quotation"),
        ("The codings have no place in the text.", "unanchored; position; re-anchor"),
        ("Two segments were kept, moved or something else.", "unchanged, moved, uncertain, not found"),
        ("the likest words", "similarity; best match"),
        ("Two segments changed hands.", "reattributed"),
        ("a summary rests on it", "depends on; dependents"),
        ("Take the coding off: d. Or take it off.", "remove; undo; clear"),
        ("one step of undo", "undo step; change"),
        ("the ending of the file", "file extension"),
        ("a blank between words", "space; whitespace"),
        ("a sign or a letter", "character; punctuation"),
        ("to mend a turn", "correct; fix"),
        ("a slip of the pen", "typo; misspelling"),
        ("It waits until a person decides.", "you; the user; the coder"),
        ("at the Code desk", "view"),
        ("two front doors", "interface"),
        ("12 written cells", "summary"),
        ("Close, but no", "near miss"),
        ("what the rules propose", "suggest; suggestion"),
        ("It stands in line 5.", "occurs; appears; is at"),
        ("passed over, 3 there already", "skipped; duplicate; already imported"),
        ("Say which: ids or --all.", "Specify ..."),
        ("not given as it must be", "usage error"),
        ("the chain is whole", "log verified"),
        ("This source is no more.", "no longer exists"),
        ("changed by Ben meanwhile", "meanwhile: changed by another coder"),
        ("Go on writing", "keep editing; discard"),
        ("left out for want of room", "hidden to fit"),
        ("where nobody can be asked", "runs non-interactively"),
        ("a file of the old kind", "a legacy file"),
        ("The import goes on.", "resumes; continues"),
        ("The study is not whole.", "incomplete"),
        ("Files mean it no more.", "no longer matches"),
        ("There are none.", "No pending ..."),
        ("7 to decide", "No pending ..."),
        ("examples of chance", "random examples; fuzzing; layers"),
        ("This wants your eyes.", "needs review"),
        ("Turn the chart", "Change the rows"),
        ("In what follows it is called fwa.", "The command is"),
        ("the keys of the moment", "the footer shows"),
        ("feet of pages", "page footers"),
        ("Of a folder all is taken.", "All supported files are read"),
        ("codes that were put on passages", "applied codes; merge"),
        ("The same, backwards", "previous"),
        ("in the place of the text", "instead of"),
        ("import it when it is written to its end", "still being written"),
        ("the values there are", "no case has ...; values in use"),
    ],
)
def test_a_planted_phrase_is_found_with_what_to_write_instead(text: str, instead: str) -> None:
    assert instead in {use.instead for use in uses_in(text, "docs/guide/page.md")}


def test_a_phrase_is_found_across_a_line_break_and_with_its_line() -> None:
    (use,) = uses_in("First line.\n\nIt was passed\nover twice.", "docs/page.md")
    assert (use.word, use.line) == ("passed over", 3)


def test_inflections_in_other_words_are_not_found() -> None:
    text = "We understand the standard. A reminder, a designer, the endpoints, an active actor, recommended, slippery."
    assert list(uses_in(text, "docs/page.md")) == []


@pytest.mark.parametrize("word", NARROWED)
def test_a_word_that_is_only_narrowed_is_not_retired_by_itself(word: str) -> None:
    assert list(uses_in(f"One {word} more.", "docs/page.md")) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("with a screen reader", "with a reader"),
        ("a paragraph style of Word", "a style"),
        ("an equals sign", "a sign"),
        ("an empty line, or a blank line", "a blank"),
        ("what `stand-alone` and stand for mean", "where it stands"),
        ("by hand", "it was handed"),
        ("voice tags such as <v Ann>", "a voice"),
    ],
)
def test_an_exception_allows_its_own_use_and_no_other(right: str, wrong: str) -> None:
    assert list(uses_in(right, "docs/page.md")) == []
    assert list(uses_in(wrong, "docs/page.md"))


def test_an_exception_of_a_path_holds_there_only() -> None:
    text = "Nobody would notice."
    assert list(uses_in(text, "codebooks/study.yaml")) == []
    assert list(uses_in(text, "docs/guide/page.md"))


def test_every_exception_has_a_reason_and_is_a_pattern() -> None:
    assert not [item.context for item in EXCEPTIONS if len(item.reason) < 10 or not re.compile(item.context)]
    assert not [word for word, reason in NARROWED.items() if len(reason) < 10]


def test_every_retired_term_has_a_planted_phrase() -> None:
    (planted,) = (
        mark.args[1]
        for mark in test_a_planted_phrase_is_found_with_what_to_write_instead.pytestmark  # type: ignore[attr-defined]  # pytest adds it
    )
    assert set(RETIRED) == {instead for _text, instead in planted}


def test_terms_and_example_sentences_of_a_codebook_are_not_checked_but_its_comments_are(tmp_path: Path) -> None:
    path = tmp_path / "book.yaml"
    path.write_text(
        "# A desk in a comment.\n"
        "codes:\n"
        "  - name: Desks\n"
        "    examples:\n"
        '      typical: "The sign on my desk."\n'
        "    rules:\n"
        "      - any: [desk,\n"
        "          sign]\n"
        "        note: A note on desks.\n"
        "        should_match:\n"
        '          - "a blank desk"\n',
        encoding="utf-8",
    )
    lines = [use.line for use in uses_in(text_of(path), "book.yaml")]
    assert lines == [1, 3, 9]


def test_messages_are_checked_but_docstrings_names_and_patterns_are_not(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(
        '"""A doubt in a docstring."""\n'
        "import re\n"
        'KEY = "doubts"\n'
        'PATTERN = re.compile("a doubt or two")\n'
        'WORDS = "doubt desk sign".split()\n'
        'MESSAGE = f"There is a doubt about {KEY}."\n'
        'LABEL = f"set turn {KEY} aside"\n',
        encoding="utf-8",
    )
    assert [(line, text) for line, text in messages(path) if list(uses_in(text, "module.py"))] == [
        (6, "There is a doubt about {}."),
        (7, "set turn {} aside"),
    ]


def test_uses_below_a_path_are_those_of_the_whole_repository_there() -> None:
    below = list(all_uses(below=[ROOT / "docs" / "guide"]))
    assert below == [use for use in all_uses() if use.path.startswith("docs/guide/")]

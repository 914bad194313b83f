"""Writing codebook files: for people to read, and so that reading gives the same codebook."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.codebook import (
    CodeKind,
    Examples,
    Near,
    ParsedCode,
    ParsedCodebook,
    RuleSpec,
    Scope,
    Speakers,
)
from fwanalysis.formats.codebooks.read import read_codebook
from fwanalysis.formats.codebooks.write import write_codebook

SHIPPED = sorted((Path(__file__).parents[3] / "codebooks").glob("*.yaml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_codebooks_of_the_repository_are_the_same_after_writing_and_reading(path: Path) -> None:
    draft = read_codebook(path.name, path.read_bytes())
    assert read_codebook(path.name, write_codebook(draft).encode()) == draft


def test_a_codebook_is_written_for_people() -> None:
    long = "A sentence that is long enough to be folded, because it goes on and on beyond what a line should hold."
    rule = RuleSpec(any=("free rid*", '"exact"'), near=Near((("wait", "watch"), ("others",)), 6), should_match=(long,))
    child = ParsedCode(
        "free-riding", "Free-riding", definition=f"{long}\n\nAnother: paragraph.", colour="#c2410c", rules=(rule,)
    )
    theme = ParsedCode("effort", "Effort, all of it", CodeKind.EMERGENT, references=("olson1965",), codes=(child,))
    draft = ParsedCodebook("Action", references={"olson1965": "Olson M (1965) Logic: a study."}, codes=(theme,))
    assert write_codebook(draft) == (
        """fwanalysis: codebook/1
name: Action
version: "1.0"
language: en

references:
  olson1965: "Olson M (1965) Logic: a study."

codes:
  - key: effort
    name: Effort, all of it
    kind: emergent
    references: [olson1965]
    codes:
      - key: free-riding
        name: Free-riding
        kind: sensitizing
        definition: >-
          A sentence that is long enough to be folded, because it goes on and on beyond what a line
          should hold.


          Another: paragraph.
        colour: "#c2410c"
        rules:
          - any: ["free rid*", '"exact"']
            near:
              terms: [["wait", "watch"], "others"]
              within: 6
            should_match:
              - >-
                A sentence that is long enough to be folded, because it goes on and on beyond what a
                line should hold.
"""
    )


ANY_TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)
BITS = ["a", "the", "socks:", "#", "-", "it's", '"so"', "no", "12", "yes\n", "*", "&", "é", "漢", "[x]", "{y}", "%"]
PROSE = st.lists(st.sampled_from(BITS), max_size=60).map(" ".join)
TEXTS = st.one_of(ANY_TEXT, PROSE, st.sampled_from(["no", "~", "1.0", "- x", "a: b", "x #y", "'", "\u2028"])).map(
    str.strip
)
WORDS = TEXTS.filter(bool)
LISTS = st.lists(WORDS, max_size=3).map(tuple)
ENTRIES = st.lists(WORDS, min_size=1, max_size=9).map(tuple)
KEYS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True)
RULES = st.builds(
    RuleSpec,
    any=st.lists(WORDS, min_size=1, max_size=12).map(tuple),
    all=st.lists(ENTRIES, max_size=2).map(tuple),
    not_=LISTS,
    near=st.none() | st.builds(Near, st.lists(ENTRIES, min_size=2, max_size=3).map(tuple), st.integers(1, 50)),
    scope=st.sampled_from(Scope),
    speakers=st.sampled_from(Speakers),
    weight=st.floats(0, 1),
    note=TEXTS,
    should_match=LISTS,
    should_not_match=LISTS,
)


def codes(children: st.SearchStrategy[tuple[ParsedCode, ...]]) -> st.SearchStrategy[tuple[ParsedCode, ...]]:
    one = st.builds(
        ParsedCode,
        key=KEYS,
        name=WORDS,
        kind=st.sampled_from(CodeKind),
        definition=TEXTS,
        include=TEXTS,
        examples=st.builds(Examples, TEXTS, TEXTS, TEXTS),
        references=st.lists(st.sampled_from(["r1", "1965", "a: b"]), max_size=2).map(tuple),
        colour=st.sampled_from(["", "#c2410c", "#123456"]),
        rules=st.lists(RULES, max_size=2).map(tuple),
        codes=children,
        retired=st.booleans(),
    )
    return st.lists(one, max_size=2, unique_by=lambda code: code.key).map(tuple)


DRAFTS = st.builds(
    ParsedCodebook,
    name=WORDS,
    version=WORDS,
    language=WORDS,
    references=st.fixed_dictionaries({"r1": WORDS, "1965": WORDS, "a: b": WORDS}),
    codes=st.recursive(st.just(()), codes, max_leaves=4),
)


@given(DRAFTS)
def test_reading_what_was_written_gives_the_same_codebook(draft: ParsedCodebook) -> None:
    assert read_codebook("x.yaml", write_codebook(draft).encode()) == draft

"""Re-anchoring a passage whose first or last words were corrected: the whole corrected passage, and no neighbour."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fwanalysis.domain.revisions import AnchorState
from fwanalysis.domain.text import Span
from fwanalysis.matching.alignment import align
from fwanalysis.matching.anchoring import reanchor

CORRECTIONS = [
    ("You locked it, hadn't you.", "You locked it, had you not."),
    ("Haven't they paid?", "Have they not paid?"),
    ("Goed she alone?", "Went she alone?"),
    ("We carried it to the boaat.", "We carried it to the boat."),
    ("It was coldd.", "It was cold!"),
    ("Teh pump was broken, an then", "The pump was broken, and then"),
    ("erm, the roof leaked", "The roof leaked"),
    ("the roof leaked, erm.", "the roof leaked."),
    ("Thier goats died", "Their goats died."),
    ("gonna plant again", "going to plant again"),
    ("I'm gonna", "I am going to"),
    ("They was tired.", "They were tired, all of them."),
    ("Because...", "Because of the dam."),
    ("cant pay", "I cannot pay"),
    ("Ive never sold it befor", "I have never sold it before"),
    ("«Genug», rief er", "„Genug“, rief er."),
    ("水来了吗？", "水都来了吗！"),
    ("Yes, I think so, dunno.", "Yes. I think so. I do not know."),
]
SURROUNDINGS = [
    ("", ""),
    ("Lena: Go on.\nP4: It rained all week. ", " Then the road was closed.\nLena: I see.\n"),
    ("Lena: Go on.\nP4: ", "\nLena: I see.\n"),
    ("It rained all week; ", ", and the road was closed."),
]


def place_of(before: str, old: str, new: str, after: str) -> str | None:
    (found,) = reanchor(before + old + after, before + new + after, [Span(len(before), len(before) + len(old))])
    assert found.state is AnchorState.UNCERTAIN
    return found.span.of(before + new + after) if found.span else None


@pytest.mark.parametrize(("before", "after"), SURROUNDINGS)
@pytest.mark.parametrize(("old", "new"), CORRECTIONS)
def test_a_passage_with_corrected_edges_is_found_whole(old: str, new: str, before: str, after: str) -> None:
    assert place_of(before, old, new, after) == new


@pytest.mark.parametrize(
    ("before", "old", "after", "new_before", "new", "new_after"),
    [
        ("It rained. ", "He goed out.", " I stayed.", "It rained. ", "He went out.", " Then he slept. I stayed."),
        ("It rained. ", "He goed out.", " I stayed.", "It rained. And how! ", "He went out.", " I stayed."),
        ("We say: ", "he goed out", " and I stayed.", "We say: ", "he went out", " and then I stayed."),
        ("Then ", "he goed", " out with us.", "And then ", "he went", " out with us all."),
        ("Then ", "he goed", " oot with us.", "Then ", "he went", " out with us."),
        ("It raind. ", "Goed he?", " Yes.", "It rained. ", "Went he?", " Yes."),
        ("P1: No\n", "P1: We goed", "\nP1: Yes", "P1: No\n", "P1: We went", "\nP2: Oh.\nP1: Yes"),
    ],
)
def test_a_corrected_passage_takes_nothing_from_its_neighbours(
    before: str, old: str, after: str, new_before: str, new: str, new_after: str
) -> None:
    texts = before + old + after, new_before + new + new_after
    (found,) = reanchor(*texts, [Span(len(before), len(before) + len(old))])
    assert found.span
    assert found.span.of(texts[1]) == new


WORDS = st.text("abcdefghij", min_size=3, max_size=9)


@st.composite
def sentences(draw: st.DrawFn) -> tuple[str, str, str, str]:
    """A text before, a sentence, the same with corrected edges, and a text after; no word occurs twice."""
    words = draw(st.lists(WORDS, min_size=14, max_size=20, unique=True))
    before, after, middle = words[:4], words[4:8], words[8:-2]
    corrected = list(middle)
    kind = draw(st.sampled_from(["first", "last", "both", "typo", "end", "split"]))
    if kind in ("first", "both"):
        corrected[0] = words[-1]
    if kind in ("last", "both"):
        corrected[-1] = words[-2]
    if kind == "typo":
        edge = draw(st.sampled_from([0, -1]))
        corrected[edge] = corrected[edge][:1] + "z" + corrected[edge][1:]
    if kind == "split":
        corrected[-1] = f"{words[-2]} {words[-1]}"
    end = draw(st.sampled_from("!?")) if kind == "end" else "."
    return (
        " ".join(before) + ". ",
        " ".join(middle) + ".",
        " ".join(corrected) + end,
        " " + " ".join(after) + ".",
    )


@given(sentences())
def test_whatever_changed_at_the_edges_of_a_sentence_the_corrected_sentence_is_found(
    case: tuple[str, str, str, str],
) -> None:
    before, old, new, after = case
    assume(sum(map(len, new.split()[1:-1])) > len(new.split()[0]) + len(new.split()[-1]))
    assert place_of(before, old, new, after) == new


@given(st.text("ab .\n", max_size=40), st.text("ab .\n", max_size=40), st.data())
def test_a_gap_is_what_lies_between_shared_passages(old: str, new: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(old)))
    alignment = align(old, new)
    gap = alignment.gap(position)
    assert gap.old.start <= position <= gap.old.end
    assert 0 <= gap.new.start <= gap.new.end <= len(new)
    for at in range(gap.old.start, gap.old.end):
        assert alignment.exactly(at) is None

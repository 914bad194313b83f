from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.sources import Revision, Source, SourceKind, Transcript, Turn, TurnKind
from fwanalysis.domain.text import Span
from fwanalysis.tui.transcript.reposition import carried, carried_words

WORDS = st.text(alphabet="ab .\nÄ😀", max_size=30)


def transcript(text: str, *turns: tuple[int, int]) -> Transcript:
    source = Source("s", "S", SourceKind.DOCUMENT, text, None, "")
    revision = Revision(text, "s", 1, "", "", "", "", "", "", None, len(text), 0, (), ())
    made = tuple(
        Turn(str(at), text, at, TurnKind.SPEECH, at + 1, None, start, start, end, None)
        for at, (start, end) in enumerate(turns)
    )
    return Transcript(source, revision, text, made, {})


@given(WORDS, WORDS, WORDS, WORDS, st.data())
def test_before_and_behind_a_correction_a_place_stays_at_its_letter(
    head: str, old: str, new: str, tail: str, data: st.DataObject
) -> None:
    head, tail = f"{head}<", f">{tail}"  # so that it is plain where the correction begins and ends
    before, after = transcript(head + old + tail), transcript(head + new + tail)
    place = data.draw(st.integers(0, len(before.text)))
    there = carried(before, after, place)
    assert 0 <= there <= len(after.text)
    if not len(head) <= place < len(head) + len(old) and place < len(before.text):
        assert after.text[there : there + 1] == before.text[place]


@given(WORDS, WORDS, st.data())
def test_words_are_carried_as_they_are_or_not_at_all(one: str, other: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(one)))
    span = Span(start, data.draw(st.integers(start, len(one))))
    before, after = transcript(one), transcript(other)
    there = carried_words(before, after, span) if span else None
    assert there is None or there.of(other) == span.of(one)


def test_amid_several_corrections_a_place_is_known_by_the_words_behind_it() -> None:
    before = transcript("Aa. Then it went quiet for a long, long year. Bb.")
    after = transcript("Xxx. And then, yes: it went quiet for a long, long year, so Yyyy.")
    there = carried(before, after, before.text.index("it went"))
    assert after.text.startswith("it went", there)


def test_amid_words_that_were_rewritten_a_place_stays_in_its_turn() -> None:
    before = transcript("a bb ccc dddd", (0, 4), (5, 13))
    after = transcript("wwwww xx y zz", (0, 8), (9, 13))
    assert carried(before, after, 7) == 11
    assert carried(before, after, 13) == 13


def test_words_that_occur_more_than_once_among_corrections_are_not_selected() -> None:
    before = transcript("A. yes, yes, yes. B.", (0, 20))
    after = transcript("X. yes, yes, yes, yes. Y.", (0, 25))
    at = before.text.index("yes")
    assert carried_words(before, after, Span(at, at + 3)) is None

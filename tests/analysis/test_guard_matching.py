"""What a quotation may change, and what it may not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.analysis.quotation_matching import BREAK, match_quotation, plain

SAID = (
    "I did not see the ward’s sheet, she said “no, never”.\nAnd then… well, [the matron] came. Dr. Smith left early! "
    "We paid for it ourselves - all of it. Why do I bother?"
)


def insertions(words: str, said: str = SAID) -> list[tuple[str, str]] | None:
    found = match_quotation(words, (plain(said),))
    return None if found is None else [(item.words, item.replaced) for item in found]


@pytest.mark.parametrize(
    "words",
    [
        "I did not see",
        "the ward's sheet",
        'she said "no, never"',
        "she said 'no, never'",
        "“no, never”. And then… well",
        "“no, never”.  And\nthen",
        "And then ... well, [the matron] came",
        "[the matron] came",
        "I did not see … sheet",
        "I did … [...] came",
        "I did […] all of it",
        "I did . . . all of it",
        "(…) all of it",
        "… I did not see …",
        "[a]nd then… well",
        "… [a]nd then",
        "We paid for it ourselves.",
        "We paid for it ourselves,",
        "Why do I bother?",
        "Why do I",
        "early!",
        "",
        "…",
    ],
)
def test_what_is_marked_or_is_only_a_form_of_writing_is_allowed(words: str) -> None:
    assert insertions(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "I did see",
        "I did not saw",
        "i did not see",
        "I did not, see",
        "did not see the wards sheet",
        "hey did not see",
        "id not see",
        "I did no",
        "the ward",
        "she said no, never",
        "well the matron came",
        "well, [the patron] came",
        "well, came",
        "And then… [the matron] came",
        "all of it … I did not see",
        "I did not see … did not see",
        "I did not see … [T]he ward",
        "Dr Smith",
        "We paid for it ourselves – all of it",
        "Why do I bother.",
        "left early.",
        "ourselves;",
        "[a]nd now",
        "I did not see the ward’s sheet she",
        "see..the",
    ],
)
def test_every_other_change_is_a_misquotation(words: str) -> None:
    assert insertions(words) is None


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        ("I did [really] see", [("really", "not")]),
        ("I did [really] not see", [("really", "")]),
        ("[He] did not see", [("He", "")]),
        ("We paid for [the sheet] ourselves", [("the sheet", "it")]),
        ("and [Mary] left early", None),
        ("[Mary] left early", [("Mary", "")]),
        ("never”. And [Mary] came", None),
        ("I did not see [her] sheet, [they] said", [("her", "the ward's"), ("they", "she")]),
        ("We pa[y] for it", [("y", "id")]),
        ("We paid [not] [twice] for it", [("not", ""), ("twice", "")]),
        ("I did [not] … all of it", [("not", "")]),
        ("I did [see]", [("see", "")]),
        ("[S]he [also] said", [("also", "")]),
        ("[I] did not see", [("I", "")]),
        ("[s]he [also] said", [("also", "")]),
        ("[the patron]", [("the patron", "")]),
    ],
)
def test_insertions_are_listed_with_what_they_replace(words: str, listed: list[tuple[str, str]] | None) -> None:
    assert insertions(words) == listed


def test_an_insertion_replaces_words_of_one_sentence_only() -> None:
    said = "We asked twice. Nobody came. Dr. Smith came later."
    assert insertions("We [rang and nobody] later", said) is None
    assert insertions("We [rang] twice. [They] came.", said) == [("rang", "asked"), ("They", "Nobody")]
    assert insertions("We asked twice. [He] later.", said) is None
    assert insertions("Nobody came. [He] came later", said) == [("He", "Dr. Smith")]


def test_an_insertion_is_found_where_it_is_in_the_quotation() -> None:
    words = "[I]  did\n[really] s[e]en […] [H]e lef[t] it"
    found = match_quotation(words, (plain("and did not seen. So he left it"),))
    assert found is not None
    assert [words[item.start : item.end] for item in found] == ["[I]", "[really]", "[e]", "[t]"]


def test_an_ellipsis_at_a_pause_of_the_transcript_leaves_nothing_out_unless_it_is_in_brackets() -> None:
    said = "I did… not go there… or anywhere"
    assert insertions("I did … go there", said) is None
    assert insertions("I did… […] go there", said) == []
    assert insertions("I did […] go there", said) == []
    assert insertions("I did […] … go there", said) == []
    assert insertions("I did … […] go there", said) == []
    assert insertions("I did… not … or anywhere", said) is None
    assert insertions("I did… not go … anywhere", said) == []


def test_only_an_ellipsis_reaches_over_a_break() -> None:
    texts = (plain("We paid…") + BREAK + plain("and we left."),)
    assert match_quotation("We paid […] we left", texts) == ()
    assert match_quotation("We paid… and we left", texts) == ()
    assert match_quotation("We paid … we left", texts) is None
    assert match_quotation("paid and we", (plain("we paid") + BREAK + plain("and we left"),)) is None
    assert match_quotation("paid [so] we", (plain("we paid") + BREAK + plain("and we left"),)) is None


def test_the_parts_of_a_quotation_come_from_one_text() -> None:
    texts = (plain("We paid"), plain("they left"))
    assert match_quotation("they left", texts) == ()
    assert match_quotation("We paid … they left", texts) is None


def test_what_another_speaker_says_in_brackets_is_no_insertion() -> None:
    texts, others = (plain("We had two of them."),), (plain("Is that [the matron]?"),)
    assert match_quotation("We had [the matron] two", texts, others) is None
    assert match_quotation("We had [the patron] two", texts, others) is not None


def test_brackets_that_the_transcript_has_elsewhere_may_be_an_insertion() -> None:
    assert insertions("[the matron] came", "I rang [the matron]. She came.") == [("the matron", "")]
    assert insertions("and then [the matron] came", "I rang [the matron] and then she came.") == [("the matron", "she")]


def test_letters_are_compared_as_characters_and_not_as_they_are_encoded() -> None:
    assert insertions("cafe\u0301", "the caf\u00e9 closed") == []
    assert insertions("cafe", "the cafe\u0301 closed") is None


def test_words_of_scripts_without_spaces_are_quoted_without_word_edges() -> None:
    assert insertions("我们分享", "因为我们分享知识。") == []
    assert insertions("我们分亨", "因为我们分享知识。") is None


@pytest.mark.parametrize("words", ["compliant", "non", "cost 6", "842 pounds", "cost 6.", "at 7", "half", "-compliant"])
def test_parts_of_compounds_and_numbers_are_not_whole_words(words: str) -> None:
    said = "The non-compliant one-and-a-half cost 6,842 pounds at 7.30 - no"
    assert insertions(words, said) is None
    assert insertions("non-compliant one-and-a-half cost 6,842 pounds at 7.30 - no", said) == []
    assert insertions("cost 6,842.", said) == []


def test_many_insertions_and_ellipses_are_compared_in_reasonable_time() -> None:
    said = "a - " * 400 + "b"
    assert insertions("a " + "[x] - " * 40 + "z", said) is None
    assert insertions("a … " * 40 + "z", said) is None


spoken = st.lists(
    st.sampled_from(["we", "paid", "not", "the", "ward's", "well,", "No.", "“why”", "…", "[laughs]", "I"])
)


@given(spoken, st.data())
def test_any_run_of_words_is_a_quotation_of_its_text_however_it_is_spaced(said: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(said)))
    chosen = said[start : data.draw(st.integers(start, len(said)))]
    separator = data.draw(st.sampled_from([" ", "\n", "  "]))
    words = separator.join(chosen).replace("“", '"').replace("”", '"').replace("'", "’")
    assert insertions(words, " ".join(said)) == []


@given(spoken, st.data())
def test_words_left_out_with_a_bracketed_ellipsis_are_allowed_and_unmarked_ones_are_not(
    said: list[str], data: st.DataObject
) -> None:
    said = [
        f"{word}{number}" for number, word in enumerate(["start", *(w for w in said if w.isalpha()), "middle", "end"])
    ]
    first = data.draw(st.integers(1, len(said) - 2))
    last = data.draw(st.integers(first + 1, len(said) - 1))
    before, after = " ".join(said[:first]), " ".join(said[last:])
    assert insertions(f"{before} […] {after}", " ".join(said)) == []
    assert insertions(f"{before} … {after}", " ".join(said)) == []
    assert insertions(f"{before} [so] {after}", " ".join(said)) == [("so", " ".join(said[first:last]))]
    assert insertions(f"{before} {after}", " ".join(said)) is None

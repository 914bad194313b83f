"""Labels in brackets of all kinds, and behind # or @."""

from __future__ import annotations

import pytest

from fwanalysis.domain.sources import Role
from fwanalysis.formats.parsed import parse_source
from fwanalysis.formats.speaker_formats import LABEL_BRACKET, LABEL_COLON
from fwanalysis.formats.turns.find import find_turns

WORDS = ("Who rows?", "We do.", "Both?", "Both, mostly.", "And now?", "Now too.")


def marked(one: str, other: str) -> str:
    """Six turns with two labels by turns, as they are marked."""
    return "\n\n".join(f"{(one, other)[place % 2]}{words}" for place, words in enumerate(WORDS)) + "\n"


@pytest.mark.parametrize(
    ("one", "other", "labels"),
    [
        ("【主持人】", "【林太太】", ["主持人", "林太太"]),
        ("【主持人】 ", "【林太太】 ", ["主持人", "林太太"]),
        ("【主持人】：", "【林太太】：", ["主持人", "林太太"]),
        ("［主持人］", "［林太太］", ["主持人", "林太太"]),
        ("〔主持人〕", "〔林太太〕 ", ["主持人", "林太太"]),
        ("【Host】 ", "【Lin】 ", ["Host", "Lin"]),
        ("{Host} ", "{Lin} ", ["Host", "Lin"]),
        ("{Host}: ", "{Lin}: ", ["Host", "Lin"]),
        ("[Host; man] ", "[Lin; woman; retired] ", ["Host", "Lin"]),
        ("[Host; man]: ", "[Lin; woman; retired]: ", ["Host", "Lin"]),
        ("{Host; man} ", "{Lin; woman} ", ["Host", "Lin"]),
        ("\\[Host; man\\] ", "\\[Lin; woman\\] ", ["Host", "Lin"]),
    ],
)
def test_labels_in_any_brackets_begin_turns(one: str, other: str, labels: list[str]) -> None:
    text = marked(one, other)
    found = find_turns(text)
    assert found.speaker_format == LABEL_BRACKET
    assert [(turn.label, text[turn.start : turn.end]) for turn in found.turns] == [
        (labels[place % 2], words) for place, words in enumerate(WORDS)
    ]


@pytest.mark.parametrize("sign", ["#", "@"])
def test_a_hash_or_an_at_before_a_label_with_a_colon_is_no_part_of_it(sign: str) -> None:
    text = marked(f"{sign}Host: ", f"{sign}Lin: ")
    found = find_turns(text)
    assert (found.speaker_format, {turn.label for turn in found.turns}) == (LABEL_COLON, {"Host", "Lin"})
    assert text[found.turns[1].label_start] == sign


def test_tags_without_a_colon_are_words() -> None:
    text = marked("Host: ", "Lin: ") + "\n#rowing\n\n@lin was there.\n"
    assert text[find_turns(text).turns[-1].start :].rstrip() == "Now too.\n\n#rowing\n\n@lin was there."


@pytest.mark.parametrize("noise", ["[inaudible; 3 seconds]", "【笑】", "〔掌聲〕", "{laughs}"])
def test_noises_in_brackets_are_no_speakers(noise: str) -> None:
    text = marked("[Host] ", "[Lin] ") + f"{noise} Yes.\n\n" * 3
    assert {turn.label for turn in find_turns(text).turns} == {"Host", "Lin"}


@pytest.mark.parametrize(
    ("asks", "answers"), [("訪談者", "受訪者"), ("问", "答"), ("問", "答"), ("訪問員", "受訪人"), ("采访者", "受访者")]
)
@pytest.mark.parametrize("form", ["{}：", "【{}】"])
def test_chinese_words_for_who_asks_and_who_answers_say_the_roles(asks: str, answers: str, form: str) -> None:
    text = marked(form.format(asks), form.format(answers))
    roles = {one.label: one.role for one in parse_source("a.txt", text, find_turns(text), input_format="txt").speakers}
    assert roles == {asks: Role.INTERVIEWER, answers: Role.PARTICIPANT}


def test_what_a_label_says_of_its_speaker_is_offered_as_attributes_once() -> None:
    text = marked("[Host] ", "[Lin Mei; woman; on her own] ")
    (warning,) = find_turns(text).warnings
    assert warning.start == text.index("[Lin")
    assert "fwa case set 'Lin Mei' --attribute NAME=woman --attribute NAME='on her own'" in warning.message

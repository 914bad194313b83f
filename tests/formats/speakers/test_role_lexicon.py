"""What a single label says of a voice, in many languages and ways of writing, and whether it names anybody."""

from __future__ import annotations

import pytest

from fwanalysis.formats.speakers.asking import asks
from fwanalysis.formats.speakers.role_lexicon import (
    ANSWERS,
    ASKS,
    SEVERAL,
    UNIDENTIFIED,
    is_role_word,
    names_no_individual,
    said_by,
)


@pytest.mark.parametrize(
    "label",
    [
        *("Ερευνήτρια", "ΕΡΕΥΝΗΤΗΣ", "Görüşmeci", "GÖRÜŞMECİ", "Araştırmacı", "الباحثة", "مصاحبه‌گر", "Tazatelka"),
        *("聞き手", "면담자", "訪談者", "साक्षात्कारकर्ता", "Pewawancara", "Інтерв'юер", "Badaczka", "Intervievator"),
        *("Ｑ", "В.", "س", "문", "Int1", "Q12"),
    ],
)
def test_who_asks_is_known_in_the_words_of_many_languages(label: str) -> None:
    assert said_by(label) == ASKS


@pytest.mark.parametrize(
    "label",
    [
        *("Συμμετέχουσα", "Katılımcı 2", "KATILIMCI", "المبحوثة", "مصاحبه‌شونده", "Dotazovaná", "Badana", "Vastaaja"),
        *(
            "Intervjuperson",
            "IP",
            "話し手",
            "구술자",
            "受訪者",
            "उत्तरदाता",
            "Narasumber",
            "Narrator",
            "Ａ",
            "О.",
            "ج",
            "답",
        ),
    ],
)
def test_who_answers_is_known_in_the_words_of_many_languages(label: str) -> None:
    assert said_by(label) == ANSWERS


@pytest.mark.parametrize(
    "label", ["Befragte:r", "Befragte*r 2", "Befragte_r", "Befragte(r)", "BefragteR", "Teilnehmer/in", "enquêté·e"]
)
def test_the_ending_of_another_gender_is_no_other_word(label: str) -> None:
    assert (said_by(label), is_role_word(label)) == (ANSWERS, True)


@pytest.mark.parametrize("label", ["int012", "IV07", "Int 14", "Guest-1", "Sprecher 1", "RES", "R", "B"])
def test_numbers_of_talks_and_words_for_any_voice_say_nothing(label: str) -> None:
    assert said_by(label) is None


@pytest.mark.parametrize("label", ["R1+R3", "Male 1/Male 2", "P_03 & P_04", "P1, P2 and P5", "FG1-ALL", "Alle"])
def test_joined_numbers_are_several_voices(label: str) -> None:
    assert said_by(label) == SEVERAL


@pytest.mark.parametrize("label", ["FG1-F?", "Participant ?", "Unidentified person #1", "Unknown woman"])
def test_a_label_with_a_question_mark_says_that_nobody_knows(label: str) -> None:
    assert said_by(label) == UNIDENTIFIED


def test_a_group_and_a_number_in_it_is_one_voice() -> None:
    assert said_by("FG1/P2") == ANSWERS


@pytest.mark.parametrize(
    "label",
    [
        *("SPEAKER_00", "spk_1", "SPK2", "speaker_1", "Speaker Tag 1", "Speaker A", "Guest-1", "Guest", "Me", "Them"),
        *("Sprecher 1", "Intervenant 1", "Locuteur 2", "Hablante 1", "話者 1", "話者A", "화자 1", "Ομιλητής 2"),
        *("B", "I", "Ａ", "О.", "IE", "IP", "res", "Befragte", "Befragte:r 2", "Enquêtée", "Badana", "受访者"),
        *("Participant", "Participant 2", "Research participant", "Persona entrevistada", "Interviewee", "Male 2", "F"),
        *("S1", "12", "R1+R3", "Unknown speaker"),
    ],
)
def test_words_for_a_part_and_labels_of_machines_name_nobody(label: str) -> None:
    assert names_no_individual(label)


@pytest.mark.parametrize(
    "label", ["P1", "R3", "P07", "S01", "TN3", "Participant 117", "Participant Lee", "Nurse", "Ann Lee", "MM", "int012"]
)
def test_pseudonyms_names_and_jobs_name_somebody(label: str) -> None:
    assert not names_no_individual(label)


@pytest.mark.parametrize("words", ["Ready?", "本当？", "متى؟", "Πότε;", "Πότε\u037e ”"])
def test_questions_end_in_the_mark_of_their_script(words: str) -> None:
    assert asks(words)


def test_a_semicolon_asks_nothing_elsewhere() -> None:
    assert not asks("It was late;")

"""Lines that are nobody's speech interrupt nobody: marks of recordings, feet of pages, programs' lines, lone times."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.turns.find import find_turns

if TYPE_CHECKING:
    from collections.abc import Collection

Turns = list[tuple[str | None, str, float | None]]


def turns(text: str, headings: Collection[int] = ()) -> Turns:
    """Who says what and when; ``-`` says what is set aside."""
    return [
        (turn.label if turn.kind is TurnKind.SPEECH else "-", text[turn.start : turn.end], turn.time)
        for turn in find_turns(text, headings=headings).turns
        if turn.kind is not TurnKind.PREAMBLE
    ]


@pytest.mark.parametrize(
    "line",
    [
        *("[BEGIN SIDE B]", "(End of recording)", "[End of recorded material]", "[TAPE PAUSED]", "(TAPE 2, SIDE 1)"),
        *("-----END OF INTERVIEW-----", "[END TAPE ONE, SIDE ONE; BEGIN TAPE ONE, SIDE TWO]", "End of the session"),
        *("Volk -- 1 -- 12", "Page 3 of 14", "Archive Ref: 77.2005     © 2004 Museum     Page 2 of 14"),
        *(
            "Ida Lund stopped transcription",
            "Ida Lund left the meeting",
            "<Media omitted>",
            'Replying to "And then..."',
        ),
    ],
)
def test_a_line_that_nobody_says_cuts_a_turn_and_ends_none(line: str) -> None:
    text = f"Tim: And then?\n\nIda: Then it rained,\n\n{line}\n\nand we went home.\n\nTim: Oh.\n\nIda: Yes."
    assert turns(text) == [
        ("Tim", "And then?", None),
        ("Ida", "Then it rained,", None),
        ("-", line, None),
        ("Ida", "and we went home.", None),
        ("Tim", "Oh.", None),
        ("Ida", "Yes.", None),
    ]


@pytest.mark.parametrize(
    "words",
    [
        *("[pause]", "[Telephone rings]", "The tape was on the side.", "He stopped the recording.", "I am on page 3."),
        *("(She starts the tape of her mother.)", "Bus 3", "We left the meeting."),
    ],
)
def test_what_somebody_says_stays_theirs(words: str) -> None:
    text = f"Tim: And then?\n\nIda: Well.\n\n{words}\n\nTim: Oh.\n\nIda: Yes."
    assert turns(text)[1] == ("Ida", f"Well.\n\n{words}", None)


def test_the_end_of_an_interview_is_told_once() -> None:
    text = "Tim: And then?\n\nIda: It rained.\n\n" * 2 + "END OF INTERVIEW\n"
    (warning,) = find_turns(text).warnings
    assert warning.message == '"END OF INTERVIEW" is about the recording and was excluded.'


def test_feet_of_pages_are_lines_whose_number_rises() -> None:
    text = "".join(f"Tim: And {at}?\n\nIda: It rained.\n\nAn old story, {at}\n\n" for at in range(2, 6))
    assert [words for label, words, _ in turns(text) if label == "-"] == [f"An old story, {at}" for at in range(2, 6)]
    (warning,) = find_turns(text).warnings
    assert warning.message == ('"An old story, 2" is the header or footer of a page and was excluded (4 lines).')


def test_what_a_recorder_wrote_is_no_turn_though_its_name_is_bold() -> None:
    start, stop = "Ida Lund started transcription", "Ida Lund stopped transcription"
    text = f"{start}\nIda Lund   0:03\nSo?\nTim Moss   0:07\nWell.\n" * 2 + stop
    bold = {at: at + 8 for at in range(len(text)) if text.startswith(("Ida Lund", "Tim Moss"), at)}
    found = find_turns(text, bold=bold)
    assert [(turn.label, turn.kind) for turn in found.turns if turn.kind is not TurnKind.SPEECH] == [
        (None, TurnKind.PREAMBLE),
        (None, TurnKind.EXCLUDED),
        (None, TurnKind.EXCLUDED),
    ]


def test_what_a_chat_program_writes_is_nobodys() -> None:
    text = (
        "02/05/2020, 10:00 - Tim: And?\n02/05/2020, 10:01 - Ida: It rained.\n02/05/2020, 10:02 - Tim: So?\n"
        '02/05/2020, 10:03 - Ida changed the subject to "Rain"\n02/05/2020, 10:04 - Ida: <Media omitted>\n'
        "02/05/2020, 10:05 - Ida: Wet.\n"
    )
    assert [(label, words) for label, words, _ in turns(text)] == [
        ("Tim", "And?"),
        ("Ida", "It rained."),
        ("Tim", "So?"),
        ("-", '02/05/2020, 10:03 - Ida changed the subject to "Rain"'),
        ("-", "02/05/2020, 10:04 - Ida: <Media omitted>"),
        ("Ida", "Wet."),
    ]


def test_a_time_without_a_name_where_all_others_have_one_begins_a_turn_of_nobody() -> None:
    text = "Ida Lund  0:01\nSo?\n\n0:04\nWell.\n\nIda Lund  0:09\nAnd?\n\nTim Moss  0:12\nIt rained.\n"
    assert turns(text) == [
        ("Ida Lund", "So?", 1.0),
        (None, "Well.", 4.0),
        ("Ida Lund", "And?", 9.0),
        ("Tim Moss", "It rained.", 12.0),
    ]
    (warning,) = find_turns(text).warnings
    assert (warning.message, warning.start) == (
        "1 passage has a time but no speaker label, from here on; it became a turn without a speaker.",
        text.index("0:04"),
    )


@pytest.mark.parametrize("headed", [False, True])
def test_a_lone_time_among_labels_is_of_the_next_words_and_interrupts_nobody(headed: bool) -> None:
    text = "Ida: So?\nTim: It rained,\n\n00:05:00\n\nand we ran.\n\n00:10:00\n\nIda: And?\nTim: Home.\n\n"
    text += (
        "Transcription ended after 00:11:09\n\nThis editable transcript was computer generated and may have errors.\n"
    )
    headings = {text.index("00:05:00"), text.index("00:10:00")} if headed else ()
    assert turns(text, headings=headings) == [
        ("Ida", "So?", None),
        ("Tim", "It rained,", None),
        ("-", "00:05:00", None),
        ("Tim", "and we ran.", 300.0),
        ("Ida", "And?", 600.0),
        ("Tim", "Home.", None),
        ("-", "Transcription ended after 00:11:09", None),
        ("-", "This editable transcript was computer generated and may have errors.", None),
    ]


def test_a_time_below_a_label_is_the_time_of_its_turn() -> None:
    text = "Ida:\n00:01\nSo?\n\nTim:\n00:04\nIt rained.\n\n" * 2
    assert turns(text) == [("Ida", "So?", 1.0), ("Tim", "It rained.", 4.0)] * 2


def test_headings_of_further_interviews_end_a_turn_with_the_facts_below_them() -> None:
    text = "".join(
        f"Interview {at}\nDate: {at} May\nParticipant: A clerk\n\nInterviewer: So?\nClerk: Well.\nInterviewer: And?\n"
        "Clerk: It rained.\n\n"
        for at in (1, 2, 3)
    )
    said = [("Interviewer", "So?", None), ("Clerk", "Well.", None)]
    said += [("Interviewer", "And?", None), ("Clerk", "It rained.", None)]
    heads: list[Turns] = [[("-", f"Interview {at}\nDate: {at} May\nParticipant: A clerk", None)] for at in (2, 3)]
    assert turns(text) == [*said, *heads[0], *said, *heads[1], *said]
    (warning,) = find_turns(text).warnings
    assert (warning.message, warning.start) == (
        '"Interview 2" begins another interview; this file seems to hold 3. Import each from a file of its own.',
        text.index("Interview 2"),
    )


@pytest.mark.parametrize("step", [1, 5])
def test_numbers_of_lines_among_the_words_are_told(step: int) -> None:
    words = ["Tim: And then?", "Ida: Then it rained and we", "went home by the bus that", "goes past the mill."] * 8
    lines = [f"{at}  {line}" if at % step == 0 else f"   {line}" for at, line in enumerate(words, 1)]
    text = "\n".join(lines)
    (warning,) = find_turns(text).warnings
    assert warning.message == (
        f"Lines of this file begin with their numbers ({step} to {32 // step * step}), which are part of the text. "
        "Save the file without line numbers."
    )


def test_a_list_that_somebody_gives_has_no_numbers_of_lines() -> None:
    text = "Tim: Which?\nIda: Four.\n1. tea\n2. milk\n3. bread\n4. salt\n" + "Tim: Oh.\nIda: Yes.\n" * 9
    assert find_turns(text).warnings == ()


def test_what_somebody_counts_in_one_turn_are_no_feet_of_pages() -> None:
    text = "Tim: Which?\nIda: These:\nRoom 1\nRoom 2\nRoom 3\nTim: And?\nIda: No more.\n"
    assert turns(text)[1] == ("Ida", "These:\nRoom 1\nRoom 2\nRoom 3", None)
    assert not find_turns(text).warnings


def test_times_that_do_not_rise_are_told_of_by_somebody() -> None:
    text = "Tim: When?\n\nIda: Up at\n\n7:00\n\nand out.\n\nTim: And home?\n\nIda: By\n\n5:15\n\nor so.\n\n"
    assert turns(text)[1::2] == [("Ida", "Up at\n\n7:00\n\nand out.", None), ("Ida", "By\n\n5:15\n\nor so.", None)]


@pytest.mark.parametrize("line", ["[Side A]", "Page 3 of 9", "End of the tape", "00:31:02", "Checked by my aunt"])
def test_a_line_that_is_all_that_a_turn_has_is_its_words(line: str) -> None:
    text = f"Tim  0:01\nWhat was it?\n\nIda  0:05\n{line}\n\nTim  0:09\nAnd?\n\nIda  0:12\n{line}\n"
    assert turns(text) == [
        ("Tim", "What was it?", 1.0),
        ("Ida", line, 5.0),
        ("Tim", "And?", 9.0),
        ("Ida", line, 12.0),
    ]
    assert not find_turns(text).warnings


def test_a_mark_of_a_tape_between_a_label_and_its_words_is_set_aside_and_told() -> None:
    text = "Tim:\nWhat was it?\n\nIda:\n[Side B]\nIt rained.\n\nTim:\nOh.\n\nIda:\nYes.\n"
    assert [turn for turn in turns(text)[1:] if turn[1]][:2] == [("-", "[Side B]", None), ("Ida", "It rained.", None)]
    assert len(find_turns(text).warnings) == 1


def test_what_a_message_replies_to_is_no_part_of_it() -> None:
    text = '10:00:01 From Tim To Everyone:\n\tSo?\n10:00:09 From Ida To Everyone:\n\tReplying to "So?"\n\tWet.\n' * 2
    assert [(label, words) for label, words, _ in turns(text)] == [("Tim", "So?"), ("Ida", "Wet.")] * 2


def test_who_says_a_page_says_it_and_goes_on_below() -> None:
    said = [
        ("Tim", "Where did you stop?", None),
        ("Ida", "I went as far as page 3 of 12\n\nThere I cried.", None),
        ("Tim", "Now turn to page 4", None),
        ("Ida", "I stopped at page 4 of 12\n\nYes.", None),
        ("Tim", "Now turn to page 5", None),
        ("Ida", "Well.\n\nI see page 5 of 12", None),
    ]
    text = "\n\n".join(f"{label}: {words}" for label, words, _ in said)
    assert turns(text) == said
    assert not find_turns(text).warnings


@pytest.mark.parametrize(
    "words",
    ["Two of us left the group.", "My aunt left the chat", "The clerk stopped the recording.", "edited by us, all"],
)
def test_who_tells_of_a_group_or_a_recording_is_no_program(words: str) -> None:
    text = f"Tim: And then?\n\nIda: Well.\n\nTim: Oh.\n\nIda: It was so.\n\n{words}"
    assert turns(text)[-1] == ("Ida", f"It was so.\n\n{words}", None)
    assert not find_turns(text).warnings


def test_a_letter_that_is_a_label_is_no_name_before_what_somebody_did() -> None:
    text = "I: And then?\n\nP: Well.\n\nI left the group.\n\nI: Oh.\n\nP: Yes."
    assert turns(text)[1] == ("P", "Well.\n\nI left the group.", None)


def test_a_time_of_day_that_somebody_tells_on_a_line_of_its_own_is_words() -> None:
    said = "0:01 Interviewer: How was it?\n\n0:05 Anna: Fine.\n\n0:09\nAnd then I left.\n\n0:12 Interviewer: Where?\n\n"
    text = said + "0:15 Anna: Home. I said at\n12:30\nthat I had to go.\n\n0:22 Interviewer: And?\n"
    found = find_turns(text)
    assert [(turn.label, text[turn.start : turn.end]) for turn in found.turns][2:5] == [
        (None, "And then I left."),
        ("Interviewer", "Where?"),
        ("Anna", "Home. I said at\n12:30\nthat I had to go."),
    ]

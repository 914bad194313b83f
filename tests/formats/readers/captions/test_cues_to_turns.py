"""Who speaks in captions: labels of accounts, uncertain labels, cues without a name, labels that the user names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.options import ReadOptions
from fwanalysis.formats.readers.captions.cue_labels import Shape, shape_of
from fwanalysis.formats.readers.registry import read_source

if TYPE_CHECKING:
    from fwanalysis.domain.importing import ParsedSource

KINDS = ("vtt", "srt")
ACCOUNTS = (
    "kim (she/her)",
    "lou (they/them/theirs)",
    "Mo Adeyemi (er/ihm)",
    "rosa (elle)/",
    "Kims iPad",
    "Lou's MacBook Air",
    "Lou’s phone (2)",
    "iPhone von Jule",
    "guest_207",
    "lou.m_88",
    "@lou_m",
    "lou@example.org",
    "l.mba+study@mail.example.ac.uk",
)


def captions(cues: list[str], kind: str = "vtt") -> bytes:
    """Cues of two seconds, as Zoom writes them."""
    point = "." if kind == "vtt" else ","
    blocks = [
        f"{n}\n00:00:{2 * n:02}{point}000 --> 00:00:{2 * n + 1:02}{point}500\n{cue}" for n, cue in enumerate(cues, 1)
    ]
    return "\n\n".join([*(["WEBVTT"] if kind == "vtt" else []), *blocks]).encode() + b"\n"


def read(
    cues: list[str], kind: str = "vtt", *, speakers: tuple[str, ...] = (), speaker_format: str | None = None
) -> ParsedSource:
    options = ReadOptions(speakers=frozenset(speakers), speaker_format=speaker_format)
    return read_source(f"P01.{kind}", captions(cues, kind), options=options)


def said(draft: ParsedSource) -> list[tuple[str | None, str]]:
    return [(turn.label, draft.text[turn.start : turn.end]) for turn in draft.turns]


def messages(draft: ParsedSource) -> list[str]:
    return [doubt.message for doubt in draft.warnings]


# Labels of accounts


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("account", [one for one in ACCOUNTS if one not in ("rosa (elle)/", "Kims iPad")])
def test_an_account_that_comes_twice_in_ten_cues_is_a_speaker(account: str, kind: str) -> None:
    cues = [f"Tess Ode: {word}?" for word in ("How", "Why", "Where", "When", "Who", "Which", "What", "Whose")]
    cues[3:3] = [f"{account}: By bus."]
    cues[6:6] = [f"{account}: At noon."]
    draft = read(cues, kind)
    assert [one for one in said(draft) if one[0] == account] == [(account, "By bus."), (account, "At noon.")]
    assert {label for label, _ in said(draft)} == {"Tess Ode", account}
    assert draft.warnings == ()


@pytest.mark.parametrize("account", ["kim (she/her)", "Lou's laptop", "guest_207", "lou@example.org"])
def test_an_account_is_a_speaker_where_most_cues_have_no_label(account: str) -> None:
    cues = [
        "we met",
        "at the weir",
        f"{account}: in the rain",
        "and then",
        f"{account}: we left",
        "and",
        "so",
        "it",
        "is",
    ]
    draft = read(cues)
    assert [label for label, _ in said(draft)] == [None, account]
    assert said(draft)[1][1].startswith("in the rain and then we left")


@pytest.mark.parametrize(
    ("label", "shape"),
    [
        ("kim (she/her)", Shape.ACCOUNT),
        ("Kim's iPad", Shape.ACCOUNT),
        ("kim_2", Shape.ACCOUNT),
        ("kim77", Shape.LOGIN),
        ("iPad", Shape.LOGIN),
        ("P07", Shape.TYPICAL),
        ("Speaker 2", Shape.TYPICAL),
        ("Kim Ode", Shape.NAME),
        ("kim", Shape.PLAIN),
        ("and then she told us", Shape.PHRASE),
        ("Break", Shape.EXCLUDED),
        ("Note", Shape.NONE),
        ("Phone", Shape.NONE),
        ("she asked, why not? and", Shape.NONE),
    ],
)
def test_the_shape_of_a_label(label: str, shape: Shape) -> None:
    assert shape_of(label) is shape


def test_words_with_a_colon_in_a_talk_are_not_speakers() -> None:
    cues = [
        "the plan was",
        "Namely: a bridge",
        "and a road",
        "so we asked: why",
        "covid19: nobody knew",
        "and that is",
        "all",
    ]
    draft = read([*cues, *(f"and it went on for {number} weeks" for number in range(12)), *cues[4:]])
    assert draft.turns == ()
    assert "Namely: a bridge" in draft.text


def test_a_single_speaker_who_is_named_in_every_cue_is_a_speaker() -> None:
    assert said(read(["Tess Ode: One.", "Tess Ode: Two.", "Tess Ode: Three."])) == [("Tess Ode", "One. Two. Three.")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("[SPEAKER_00]", "[SPEAKER_01]"),  # WhisperX
        ("SPEAKER_00", "SPEAKER_01"),
        ("Speaker A", "Speaker B"),
        ("Tess Ode", "Max Ulm"),  # Zoom, Otter
        ("TESS ODE", "MAX ULM"),
        ("Ode, Tess, MD", "Dr. Max Ulm"),
        ("Tess Ode | Mill Trust", "Max Ulm (Guest)"),
        ("🐱 Tess", "Max"),
        ("李雷", "韩梅梅"),
        ("tess", "max"),
        ("Tess [00:00:04]", "Max (00:06)"),  # Descript
        ("Befragte:r 2", "Interviewer:in"),
    ],
)
@pytest.mark.parametrize("form", ["{}: {}", "{}:{}", "{} : {}", "- {}: {}", ">> {}: {}"])
def test_labels_are_found_as_programs_write_them(one: str, other: str, form: str) -> None:
    names = [name.partition(" [")[0].partition(" (0")[0].strip("[]") for name in (one, other)]
    cues = [form.format(name, words) for words in ("So?", "Yes.", "Mm.") for name in (one, other)]
    expected = [(name, words) for words in ("So?", "Yes.", "Mm.") for name in names]
    assert said(read(cues, "srt")) == expected


MEETINGS = {
    "Teams": """WEBVTT

3fa85f64-5717-4562-b3fc-2c963f66afa6/14-0
00:00:01.120 --> 00:00:03.000
<v Tess Ode>How did
you come?</v>

3fa85f64-5717-4562-b3fc-2c963f66afa6/18-0
00:00:03.000 --> 00:00:05.000
<v Max Ulm>By bus.</v>

3fa85f64-5717-4562-b3fc-2c963f66afa6/18-1
00:00:05.000 --> 00:00:06.000
<v Max Ulm>It was late.</v>
""",
    "Webex": """WEBVTT

1 "Tess Ode" (331)
00:00:01.120 --> 00:00:03.000
How did you come?

2 "Max Ulm" (332)
00:00:03.000 --> 00:00:05.000
By bus.

3 "Max Ulm" (332)
00:00:05.000 --> 00:00:06.000
It was late.
""",
    "Zoom": """WEBVTT

1
00:00:01.120 --> 00:00:03.000
Tess Ode: How did you come?

2
00:00:03.000 --> 00:00:05.000
Max Ulm: By bus.

3
00:00:05.000 --> 00:00:06.000
Max Ulm: It was late.
""",
    "Meet": """WEBVTT

NOTE Meeting of May
1 to 2 pm

STYLE
::cue(v[voice="Tess Ode"]) { color: red }

00:00:01.120 --> 00:00:05.000
<v.first Tess Ode>How did you come?</v>
<v Max Ulm>By <i>bus</i>. <c.quiet>It was late.</c></v>
""",
}


@pytest.mark.parametrize("program", MEETINGS)
def test_captions_of_meeting_programs_have_their_speakers_and_all_their_words(program: str) -> None:
    draft = read_source("P01.vtt", MEETINGS[program].encode())
    assert said(draft) == [("Tess Ode", "How did you come?"), ("Max Ulm", "By bus. It was late.")]
    assert draft.turns[0].time == 1.12


# Uncertain labels, and cues without any


CONVERSATION = ["Tess Ode: How?", "lou: By bus.", "Max Ulm: On foot.", "Tess Ode: When?", "Max Ulm: At noon."]


@pytest.mark.parametrize("kind", KINDS)
def test_a_cue_with_a_uncertain_label_has_no_speaker_and_a_warning(kind: str) -> None:
    draft = read(CONVERSATION, kind)
    assert said(draft)[:3] == [("Tess Ode", "How?"), (None, "lou: By bus."), ("Max Ulm", "On foot.")]
    (doubt,) = draft.warnings
    assert doubt.message == (
        "“lou” looks like a speaker label but was read as text (1 cue without a speaker). If it is a speaker, use "
        "--speaker lou."
    )
    assert (doubt.speaker, draft.text[doubt.start or 0 :][:4]) == ("lou", "lou:")


def test_the_words_below_a_uncertain_label_stay_without_a_speaker() -> None:
    draft = read([*CONVERSATION[:2], "and on foot", *CONVERSATION[2:]])
    assert said(draft)[1] == (None, "lou: By bus. and on foot")
    assert "1 cue has no speaker name and was left without a speaker. Check it." in messages(draft)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stated", ["lou", "Lou", " LOU "])
def test_a_label_that_the_user_names_is_a_speaker(stated: str, kind: str) -> None:
    draft = read(CONVERSATION, kind, speakers=(stated,))
    assert said(draft)[1] == ("lou", "By bus.")
    assert draft.warnings == ()


def test_a_label_that_the_user_names_is_a_speaker_where_no_other_is() -> None:
    cues = ["we went", "lou: by bus", "and back", "lou: on foot", "so"]
    draft = read(cues)
    assert draft.turns == ()
    assert [doubt.speaker for doubt in draft.warnings] == [None, "lou"]
    stated = read(cues, speakers=("lou",))
    assert said(stated) == [(None, "we went"), ("lou", "by bus and back on foot so")]


def test_a_label_with_spaces_is_quoted_in_the_advice() -> None:
    draft = read(["P01: How?", "P02: So.", "my neighbour: By bus.", "P01: When?", "P02: At noon."])
    assert "--speaker 'my neighbour'." in messages(draft)[0]


def test_many_uncertain_labels_are_counted() -> None:
    letters = "abcdefghijklmno"
    cues = [cue for letter in letters for cue in ("P01: How?", "P02: So.", f"x{letter}{letter}y: By bus.")]
    draft = read(cues)
    assert messages(draft)[-1] == "5 more labels look like speaker labels but were read as text."
    assert len(draft.warnings) == 11


def test_a_cue_without_a_label_continues_the_turn_with_one_warning() -> None:
    cues = ["Tess Ode: How?", "And why?", "Max Ulm: By bus.", "It was late.", "Tess Ode: Late?", "Max Ulm: Very."]
    draft = read(cues)
    assert said(draft)[:2] == [("Tess Ode", "How? And why?"), ("Max Ulm", "By bus. It was late.")]
    (doubt,) = draft.warnings
    assert doubt.message == (
        "2 cues have no speaker name; their text was assigned to the previous speaker. Check them."
    )
    assert draft.text[doubt.start or 0 :].startswith("And why?")


@pytest.mark.parametrize("form", ["<v {0}>{1}", "<v {0}>{1}</v>", "{0}: {1}"])
@pytest.mark.parametrize("times", [1, 3])
def test_a_cue_without_a_name_continues_the_turn_in_every_form(form: str, times: int) -> None:
    spoken = [("Tess Ode", "How?"), ("Max Ulm", "By bus."), ("Tess Ode", "When?"), ("Max Ulm", "At noon.")] * times
    cues = [form.format(*one) for one in spoken]
    draft = read([*cues[:2], "It was late.", *cues[2:]])
    assert said(draft)[1] == ("Max Ulm", "By bus. It was late.")
    assert messages(draft) == ["1 cue has no speaker name; its text was assigned to the previous speaker. Check it."]


def test_a_tag_without_a_name_leaves_its_words_without_a_speaker() -> None:
    draft = read(["<v Tess>How?</v>", "<v >Mm.</v>", "<v>Mm.</v>", "<v Max>By bus.</v>"])
    assert said(draft) == [("Tess", "How?"), (None, "Mm. Mm."), ("Max", "By bus.")]
    assert messages(draft) == ["2 cues have no speaker name and were left without a speaker. Check them."]


def test_cues_before_the_first_name_are_a_preamble_with_a_warning() -> None:
    draft = read(["Recording begins", "now", "<v Tess>How?", "<v Max>By bus."])
    assert [turn.kind for turn in draft.turns] == [TurnKind.PREAMBLE, TurnKind.SPEECH, TurnKind.SPEECH]
    assert messages(draft) == [
        "2 cues are before the first speaker name and were read as preamble, not as speech. Check them."
    ]


def test_a_change_of_speaker_without_a_name_begins_a_turn_of_its_own() -> None:
    draft = read(
        [">> TESS: How?", ">> MAX: By bus.", ">> On foot.", "Both of us.", ">> TESS: When?", ">> MAX: At noon."]
    )
    assert said(draft)[1:3] == [("MAX", "By bus."), (None, "On foot. Both of us.")]
    assert ">>" not in draft.text


def test_a_line_of_the_meeting_program_interrupts_nobody() -> None:
    draft = read(
        ["Tess: How?", "Max: By bus.", "Max stopped transcription", "It was late.", "Tess: When?", "Max: At six."]
    )
    assert said(draft)[1:4] == [("Max", "By bus."), (None, "Max stopped transcription"), ("Max", "It was late.")]
    assert draft.turns[2].kind is TurnKind.EXCLUDED
    assert "“Max stopped transcription” is not speech and was excluded." in messages(draft)


def test_points_of_one_answer_are_not_speakers() -> None:
    cues = [
        "Tess: How?",
        "Max: Two things.",
        "Cost: high",
        "Cost: rising",
        "Tess: And?",
        "Max: Well.",
        "Tess: So?",
        "Max: Mm.",
    ]
    assert {label for label, _ in said(read(cues))} == {"Tess", "Max", None}


def test_a_chosen_format_takes_names_that_come_once() -> None:
    cues = [
        "Tess: How?",
        "we said",
        "nothing",
        "at all",
        "Max: So.",
        "and",
        "on",
        "it",
        "went",
        "so",
        "on",
        "and",
        "on",
    ]
    assert read(cues).turns == ()
    assert {label for label, _ in said(read(cues, speaker_format="label-colon"))} == {"Tess", "Max"}


def test_a_chosen_format_that_is_not_there_is_reported() -> None:
    draft = read(["we went", "and came back"], speaker_format="heading-label")
    assert draft.turns == ()
    assert "heading-label" in draft.warnings[0].message


def test_labels_in_another_format_of_plain_text_are_found() -> None:
    cues = ["Tess  0:12\nHow?", "Max  0:14\nBy bus.", "Tess  0:16\nWhen?", "Max  0:18\nAt noon."]
    draft = read(cues)
    assert said(draft)[:2] == [("Tess", "How?"), ("Max", "By bus.")]
    assert draft.speaker_format == "label-time"


NAMES = st.sampled_from(
    ["Tess Ode", "lou", "lou (she/her)", "Lou's iPad", "guest_207", "P07", "Break", "so I said", "?"]
)
WORDS = st.text("ab é.-", max_size=8).map(lambda words: f"x{words}x")


@given(st.lists(st.tuples(st.none() | NAMES, WORDS), min_size=1, max_size=12))
def test_no_words_are_lost_and_no_uncertain_cue_joins_the_speaker_before(cues: list[tuple[str | None, str]]) -> None:
    cues = [(name, f"{words}{number}") for number, (name, words) in enumerate(cues)]  # captions that repeat roll
    written = [words if name is None else f"{name}: {words}" for name, words in cues]
    draft = read(written)
    together = " ".join(draft.text.split())
    at = 0
    for _, words in cues:
        at = together.index(" ".join(words.split()), at) + 1
    for doubt in draft.warnings:
        if doubt.speaker and doubt.start is not None:
            turn = next(turn for turn in draft.turns if turn.start <= doubt.start <= turn.end)
            assert turn.label is None

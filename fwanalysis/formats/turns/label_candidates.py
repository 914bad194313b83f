"""Find the candidates for labels and times that lines of a transcript begin with.

Pure: text in, positions (code points) out. It reads each line in every format; ``turns.format_candidates`` decides
which lines begin turns. No pattern reads further into a line than ``_HEAD`` code points, so the time is linear.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from fwanalysis.formats.speaker_formats import (
    BOLD_LABEL,
    BOLD_TIME,
    HEADING_LABEL,
    LABEL_ANGLE,
    LABEL_BRACKET,
    LABEL_COLON,
    LABEL_DASH,
    LABEL_LINE,
    LABEL_TAB,
    LABEL_TIME,
    NUMBER_LABEL,
    NUMBERED,
    QUESTION_ANSWER,
    TIME,
    TIME_LABEL,
)
from fwanalysis.formats.speakers.labels import LabelForm, form
from fwanalysis.formats.timestamps import GAP, LONGEST_TIME, TIME_ALONE, TIME_BEFORE_WORDS, WS, seconds_of
from fwanalysis.formats.turns.patterns import (
    AFTER_BOLD,
    ASKED_BY,
    BOLD_RUN,
    BOXED_NEXT,
    BROKEN,
    COMMON,
    COMMON_STRONG,
    ELSEWHERE,
    FORMS,
    GLUED,
    QUOTED,
    TIME_AT_END,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

LOOSE = frozenset({LABEL_COLON, LABEL_TAB, NUMBER_LABEL})
"""Formats that also occur in ordinary prose and lists."""

BARE_TIME = "bare-time"
"""A time without brackets before words: the key of these candidates in ``Lines.others``."""
_HEAD = 240
_BRACKETS = "[\\<【［〔{"
_LABEL_GROUPS = ("label", "angled", "sender", "wide", "braced")

_FIRST_UNSEEN = "\u200b"
_UNSEEN = "[\u200b\u2060\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
_AT_LETTER = (LABEL_TIME, LABEL_COLON, LABEL_TAB)
_AT_STRONG = (LABEL_TIME, BOLD_TIME, BOLD_LABEL, TIME_LABEL)
_AT_SIGN = (TIME_LABEL, LABEL_TIME, LABEL_COLON)
_AT_DIGIT = (TIME_LABEL, LABEL_TIME, NUMBER_LABEL, LABEL_COLON, LABEL_TAB)

_UNTIMED: dict[tuple[str, ...], tuple[str, ...]] = {
    forms: tuple(
        speaker_format for speaker_format in forms if speaker_format not in (LABEL_TIME, BOLD_TIME, TIME_LABEL)
    )
    for forms in (_AT_LETTER, _AT_STRONG, _AT_SIGN, _AT_DIGIT)
}
"""The remaining formats if there is no time."""
_TIME_LIKE = re.compile(r"\d[:;mh]\d|\d (?:minute|hour)")

_NUMBER = re.compile(rf"(?:Q(?:uestion)?\.?{WS}?)?\(?(?P<number>\d{{1,3}})[.):]{WS}{{1,12}}(?=\S)")
_ADDRESS = re.compile(rf"{GAP}<?(?:https?:|mailto:|www\.|#)")
_CLOCK_AT = re.compile(r"\d:(?:\d\d(?!\d)|\d:\d)")
_ASKED_ELSEWHERE = tuple(ELSEWHERE.split("|"))
_MAY_ASK = frozenset("QqAa*_问問答FPR")
_TELLING = re.compile(r"[:：\t]")
_MOOD = re.compile(
    r"(?<=\w)\s*\\?[(\[](?:laugh|chuckl|giggl|sigh|cough|cry|sob|nod|shrug|whisper|sniff|paus)\w*\\?[)\]]$",
    re.IGNORECASE,
)
_DASH = re.compile(r"(?<=[^\s\-–—])[^\S\n]{1,4}[-–—][^\S\n]")
_SPOKEN = re.compile(r"[:：\t]|\d (?:minute|hour)|\d;\d|\dm\d")
_LEADING = re.compile(rf"{WS}*")
_INVISIBLE = re.compile(rf"{_UNSEEN}+")
_WIDEST_LABEL_LINE = 44


class Candidate(NamedTuple):
    """A position where a turn may begin.

    Its format, the label as written, where it begins (``start``) and where its words begin (``words``), the time in
    seconds, and the number of a numbered turn or question. ``unsure`` is set if a question mark follows the label;
    ``end`` is where the words end if a time follows them.
    """

    speaker_format: str
    label: str
    start: int
    words: int
    time: float | None = None
    number: int | None = None
    unsure: bool = False
    end: int | None = None


class Lines:
    """What the lines of a text may begin with, by format where it is independent.

    ``blocks`` and ``filled`` count paragraphs (separated by empty lines) and lines with text.
    """

    __slots__ = ("blocks", "candidates", "capitals", "filled", "others")

    def __init__(self) -> None:
        self.candidates: list[Candidate] = []
        self.others: dict[str, list[Candidate]] = {}
        self.capitals: list[tuple[int, int]] = []
        self.blocks = 0
        self.filled = 0

    @property
    def units(self) -> int:
        """The number of paragraphs, or of lines if there are no empty lines."""
        return self.blocks if self.blocks > 1 else self.filled

    def add(self, candidate: Candidate) -> None:
        """Add a candidate in an independent format."""
        self.others.setdefault(candidate.speaker_format, []).append(candidate)


def read_lines(text: str, bold: Mapping[int, int], headings: Collection[int]) -> Lines:
    """Return what lines may begin with; *bold* maps starts of bold text to ends."""
    found = Lines()
    candidates, common, leading, tags = found.candidates, COMMON.match, _LEADING.match, "</" in text
    telling = _SPOKEN if _writes_units(text) else _TELLING
    at, size, blank = 0, len(text), True
    while at <= size:
        end = text.find("\n", at)
        end = size if end < 0 else end
        start = at
        if start < end and text[start].isspace() and (skipped := leading(text, at, end)):
            start = skipped.end()
        at = end + 1
        if start >= end:
            blank = True
            continue
        found.filled += 1
        found.blocks += blank
        blank = False
        if start in bold or start in headings:
            candidate = _set_off(text, start, end, bold, headings, found, telling)
        elif usual := common(text, start, end):
            candidate = _common_candidate(text, usual, start, end, found)
        elif text[start] == "*" and (strong := COMMON_STRONG.match(text, start, end)):
            candidate = Candidate(BOLD_LABEL, _without_mood(strong["label"]), start, strong.end())
        else:
            candidate = _other_candidate(text, start, end, found, tags, telling)
        if candidate:
            candidates.append(candidate)
        if text[start:end].isupper():
            found.capitals.append((start, end))
    return found


def reread(text: str, candidate: Candidate, speaker_format: str) -> Candidate:
    """Read a candidate in another format: ``P07: 10:30`` may be words, not a time."""
    if candidate.speaker_format == speaker_format or speaker_format not in FORMS:
        return candidate
    line_end = text.find("\n", candidate.start)
    end = len(text) if line_end < 0 else line_end
    return _read(text, candidate.start, _begin(text, candidate.start, end), end, speaker_format) or candidate


def _set_off(
    text: str,
    start: int,
    end: int,
    bold: Mapping[int, int],
    headings: Collection[int],
    found: Lines,
    telling: re.Pattern[str],
) -> Candidate | None:
    """Return the candidate of a line that begins in bold or is a heading."""
    if start in headings:
        heading = _read(text, start, start, end, HEADING_LABEL)
        if heading:
            found.add(heading)
        return None
    bold_end = min(bold[start], end)
    candidate = _bold_candidate(text, start, bold_end, end)
    if (
        candidate
        and candidate.words <= bold_end < end
        and candidate.time is None
        and not _TELLING.search(text, start, bold_end)
    ):
        usual = COMMON.match(text, _begin(text, start, end), end)
        if usual and usual.end(1) > bold_end and form(usual[1].rstrip()) is LabelForm.TYPICAL:
            return _common_candidate(text, usual, start, end, found)
        if text[bold_end - 1].isalnum() and text[bold_end].isalnum():
            candidate = None
    return candidate or _other_candidate(text, start, end, found, True, telling)


def _common_candidate(text: str, usual: re.Match[str], start: int, end: int, found: Lines) -> Candidate:
    """Return the candidate of a line with ``Label:``, and the time after it."""
    label, words, time, speaker_format = _without_mood(usual[1].rstrip()), usual.end(), None, LABEL_COLON
    if label[0] == "Q" and (asked_by := ASKED_BY.match(label)):
        return Candidate(speaker_format, label[asked_by.end() :], start, words, unsure=text[usual.end(1)] == "?")
    if words < end:
        if end - words <= LONGEST_TIME and (at_end := TIME_AT_END.match(text, words, end)):
            speaker_format, time, words = LABEL_TIME, seconds_of(at_end.group()), at_end.end()
        elif boxed := BOXED_NEXT.match(text, words, end):
            time, words = seconds_of(boxed.group()), boxed.end()
        elif usual[0][0].isdigit() and (numbered := _read(text, start, start, end, NUMBER_LABEL)):
            return numbered
    if _DASH.search(label) and (dashed := _read(text, start, start, end, LABEL_DASH)):
        found.add(dashed)
    asked = label[0] in "QqAa" or label.startswith(_ASKED_ELSEWHERE)
    if asked and (answer := _read(text, start, start, end, QUESTION_ANSWER)):
        found.add(answer)
    return Candidate(speaker_format, label, start, words, time, unsure=text[usual.end(1)] == "?")


def _other_candidate(
    text: str, start: int, end: int, found: Lines, tags: bool, telling: re.Pattern[str]
) -> Candidate | None:
    """Return the candidate of a line in another format; add others to *found*."""
    begin = _begin(text, start, end)
    if text.startswith(">>", begin) and (quoted := QUOTED.match(text, begin, end)):
        begin = quoted.end()
    if begin >= end:
        return None
    tagged = text[begin] in "#@" and begin + 1 < end and text[begin + 1].isalpha()
    if tagged:
        begin += 1
    if end - begin <= _HEAD:
        end = begin + len(text[begin:end].rstrip())
    candidate = _in_likely_formats(text, start, begin, end, telling)
    if tagged:
        return candidate  # #Anna: or @Anna: is a label, #anna or @anna may be any word
    _others(text, start, begin, end, found, candidate, tags)
    return candidate


def _in_likely_formats(text: str, start: int, begin: int, end: int, telling: re.Pattern[str]) -> Candidate | None:
    """Return the first match among formats that the first character allows."""
    first, head = text[begin], min(end, begin + _HEAD)
    tells = telling.search(text, begin, head) is not None
    if first in "*_":
        if tells and (broken := _broken_bold(text, start, begin, end)):
            return broken
        forms: tuple[str, ...] = _AT_STRONG if tells else (BOLD_LABEL,)
    elif not tells:
        return None
    elif first in "[\\(<#":
        forms = _AT_SIGN
    else:
        forms = _AT_DIGIT if first.isdigit() else _AT_LETTER
    if tells and not _TIME_LIKE.search(text, begin, head):
        forms = _UNTIMED[forms]
    for speaker_format in forms:
        if candidate := _read(text, start, begin, end, speaker_format):
            return candidate
    return None


def _others(text: str, start: int, begin: int, end: int, found: Lines, candidate: Candidate | None, tags: bool) -> None:
    """Add the candidates in independent formats of a line."""
    first = text[begin]
    tried: list[str] = []
    time = _time_at(text, start, begin, end) if first in "[\\(<#" or first.isdigit() else None
    if time:
        found.add(time)
    elif candidate is None and first in _BRACKETS:
        tried = [LABEL_BRACKET, LABEL_ANGLE] if first in "[\\<" and not tags else [LABEL_BRACKET]
    if first.isdigit() or first in "Qq(":
        _add_numbered(text, start, begin, end, found)
    if candidate is None and _DASH.search(text, begin, min(end, begin + _WIDEST_LABEL_LINE)):
        tried.append(LABEL_DASH)
    if first == "#":
        tried = [HEADING_LABEL]
    elif first in _MAY_ASK and candidate is None:
        tried.append(QUESTION_ANSWER)
    if candidate is None and end - begin <= _WIDEST_LABEL_LINE and first.isalnum():
        tried.append(LABEL_LINE)
    for speaker_format in tried:
        if read := _read(text, start, begin, end, speaker_format):
            found.add(read)


def _add_numbered(text: str, start: int, begin: int, end: int, found: Lines) -> None:
    """Add the number that a line begins with."""
    if numbered := _NUMBER.match(text, begin, min(end, begin + _HEAD)):
        found.add(Candidate(NUMBERED, "", start, numbered.end(), number=int(numbered["number"])))


def _time_at(text: str, start: int, begin: int, end: int) -> Candidate | None:
    """Return the time that a line begins with, or None.

    It is in brackets, alone, or before words.
    """
    stop = min(end, begin + _HEAD)
    if timed := TIME_ALONE.match(text, begin, stop):
        return Candidate(TIME, "", start, timed.end(), seconds_of(timed.group()))
    if text[begin].isdigit() and (before := TIME_BEFORE_WORDS.match(text, begin, stop)):
        return Candidate(BARE_TIME, "", start, before.end(), seconds_of(before.group()))
    return None


def _writes_units(text: str) -> bool:
    """Return whether times may have no colon: 1 minute 4 seconds, 00;00;01;05."""
    return (" minute" in text and " second" in text) or "00;0" in text or "[0m" in text


def _begin(text: str, start: int, end: int) -> int:
    """Return where a line begins after invisible characters of direction."""
    if text[start] < _FIRST_UNSEEN:
        return start
    skipped = _INVISIBLE.match(text, start, end)
    return skipped.end() if skipped else start


def _read(text: str, start: int, begin: int, end: int, speaker_format: str) -> Candidate | None:
    """Read the beginning of a line in one format; None if it does not match."""
    stop = min(end, begin + _HEAD)
    found = FORMS[speaker_format].match(text, begin, stop)
    if not found or (found.end() == stop < end):
        return None
    groups = found.groupdict()
    label = _written_label(groups)
    if speaker_format == LABEL_COLON and _CLOCK_AT.match(text, found.end("label") - 1):
        if glued := GLUED.match(text, begin, stop):
            return Candidate(LABEL_TIME, glued["label"], start, glued.end(), seconds_of(glued["time"]))
        if form(label) is not LabelForm.TYPICAL:
            return None  # “we left at 10:30”
    if speaker_format == LABEL_COLON and label[0] in "[\\" and _ADDRESS.match(text, found.end(), stop):
        return None  # a link of Markdown, defined at the bottom of a file
    before = groups.get("before") or groups.get("boxed") or groups.get("spaced")
    if speaker_format == LABEL_COLON and before:
        speaker_format = LABEL_TIME
    elif groups.get("boxed") and text[begin] in "*_":
        speaker_format = BOLD_LABEL
    unsure = groups["label"] is not None and text.startswith("?", found.end("label"))
    number = groups.get("number")
    time = _time(before, groups.get("after"))
    return Candidate(speaker_format, label, start, found.end(), time, int(number) if number else None, unsure)


def _written_label(groups: Mapping[str, str | None]) -> str:
    """Return the label that a pattern matched in any of its groups."""
    label = next(filter(None, map(groups.get, _LABEL_GROUPS)), "")
    if ";" in label and label[0] in "[\\":
        return label.partition(";")[0].rstrip() + "]"  # [Ana; woman; migrant]
    return _without_mood(label)


def _time(before: str | None, after: str | None) -> float | None:
    """Return the time before or after a label in seconds; not a line number."""
    time = seconds_of(before) if before else None
    return seconds_of(after) if time is None and after else time


def _bold_candidate(text: str, start: int, bold_end: int, line_end: int) -> Candidate | None:
    """Return the candidate whose label is in bold, with or without a colon."""
    begin = _begin(text, start, line_end)
    if bold_end - begin > _HEAD:
        return None
    found = BOLD_RUN.match(text, begin, bold_end)
    if not found:
        return None
    after = AFTER_BOLD.match(text, found.end(), min(line_end, found.end() + _HEAD))
    words = after.end() if after else found.end()
    time = seconds_of(text[found.end("label") : words])
    if time is None:
        return Candidate(BOLD_LABEL, found["label"], start, words)
    speaker_format = BOLD_TIME if text[words : words + _HEAD].partition("\n")[0].strip() else LABEL_TIME
    return Candidate(speaker_format, found["label"], start, words, time)


def _broken_bold(text: str, start: int, begin: int, end: int) -> Candidate | None:
    """Return the candidate of a label that is only partly bold: **P**3:"""
    found = BROKEN.match(text, begin, min(end, begin + _HEAD))
    if not found or form(label := found["label"] + found["rest"]) is not LabelForm.TYPICAL:
        return None
    return Candidate(BOLD_LABEL, label, start, found.end(), unsure=text[found.end("rest")] == "?")


def _without_mood(label: str) -> str:
    """Remove from a label how the speaker talks: Anna (laughing)."""
    return _MOOD.sub("", label) if label[-1:] in (")", "]") else label

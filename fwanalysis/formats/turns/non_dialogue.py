"""Find lines that are not dialogue: messages of programs, tape marks, page footers.

Pure: text and candidates in, lines out. Each is a line of its own, and the speaker above it continues below.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from fwanalysis.formats.speakers.labels import LabelForm, form
from fwanalysis.formats.timestamps import time_alone

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence


class ExclusionKind(Enum):
    """Why a line is not dialogue.

    The value is the phrase in a warning, empty if there is no warning.
    """

    RECORDER = ""
    PROGRAM = "was written by a program and was excluded"
    TAPE = "is about the recording and was excluded"
    PAGE = "is the header or footer of a page and was excluded"
    CHAT = "was written by the chat program and was excluded"


class ExcludedLine(NamedTuple):
    """A line without surrounding white space, and why it is excluded."""

    start: int
    end: int
    kind: ExclusionKind


_LONGEST = 160
_LAST_LINES = 6
_RECORDER_WORDS = ("transcription", "transcribing", "recording", "Transkription", "Aufzeichnung")
_RECORDER = re.compile(
    r"(?P<who>[^\n]{0,60}?)\b(?:(?:started|stopped|paused|resumed) (?:the )?(?:transcription|transcribing|recording)"
    r"|hat die (?:Transkription|Aufzeichnung) (?:gestartet|beendet))\.?[^\S\n]*"
)
_PRONOUNS = re.compile(r"\b(?:i|we|he|she|they|you|it|who|that|and|so|then|ich|er|sie|wir|man)\b", re.IGNORECASE)
"""Words before “stopped the recording” that only a speaker who mentions it says."""
_TIMED = re.compile(r"\d:\d\d")
_PROGRAM = re.compile(
    r"[*_\[(]*(?:(?:automatically )?transcribed (?:by|with|using)|(?:this )?(?:editable )?transcript(?:ion)? (?:was )?"
    r"(?:(?:automatically|computer)[- ]?)?(?:generated|created|exported|made|produced)"
    r"(?: (?:by|with|on|from|using|and)|[.,])?"
    r"|(?:transcription|recording|meeting|call) (?:has )?ended (?:after|at)|exported \d+ messages?(?:\(s\))?"
    r")\b[^\n]{0,160}|[*_\[(]*(?:reviewed|edited|proofread|typed|checked) by\b[^\n,]{0,40}",
    re.IGNORECASE,
)
"""What programs and typists write about themselves below a transcript."""
_CHAT = re.compile(
    r"<[^<>\n]{2,40}(?:omitted|ausgeschlossen|omitid[oa]|omise?s?|weggelaten|omess[oi])>"
    r"|(?:image|video|audio|sticker|GIF|document|contact card) omitted|<attached: [^<>\n]{1,80}>"
    r"|(?:this message was|you) deleted(?: this message)?\.?"
    r"|messages and calls are end-to-end encrypted\b[^\n]*|reacted to [\"“][^\n]*|replying to [\"“][^\n]*"
    r"|removed an? \S{1,8} reaction\b[^\n]*",
    re.IGNORECASE,
)
_EVENT = re.compile(r"(?P<who>[^\n:?!]{1,60}?) (?:(?:joined|left) the (?:meeting|call|chat|group)|added you)\.?")
_EVENT_PHRASES = (" joined the ", " left the ", " added you")
_STAMPED = re.compile(r"[\[(]?\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s\d{1,2}[:.]\d\d")
"""A date and a time, as chats have them before every message and before what the program says of itself."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_TAPE_EDGES = " \t[](){}<>*_=~-–—.:;"
_TAPE_DOES = _words(
    """begin begins beginning start starts started end ends ended pause paused pauses resume resumes resumed stop stops
    stopped continue continues continued interrupted interruption suspended suspends changed change turned over off"""
)
_TAPE_THINGS = _words(
    """tape side recording recorded material interview session transcript transcription audio video file track disc disk
    cassette reel proceedings recorder"""
)
_TAPES = _words("tape side reel cassette")
_TAPE_OTHERS = _words(
    """of the and a an at from to for no number part one two three four five six seven eight first second third b c d e
    f i ii iii again on is was here lunch break"""
)
_TAPE_OPENINGS = ("end of", "start of", "beginning of")
_LONGEST_OPENING = max(map(len, _TAPE_OPENINGS))
_TAPE_WORD = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d+")
_PAGE_FOOTER = re.compile(
    r"\W*(?:page|p\.|pg\.?|seite|página|pagina)\W*\d{1,4}(?:\W*(?:of|von|de|di|/)\W*\d{1,4})?\W*", re.I
)
_PAGE_OF = re.compile(
    r"(?:[^\n]*[^\S\n]{3})?(?:page|seite|página|pagina) \d{1,4} (?:of|von|de|di) \d{1,4}\W*", re.IGNORECASE
)
"""A whole line, or text at its right end after a gap."""
_PAGE_WORD = re.compile(r"\b(?:page|seite|página|pagina)\s\d|©", re.IGNORECASE)
_OLD_PAGE_FOOTER = re.compile(r"[^\W\d_]+ ?(?:--|–|—) ?\d{1,3} ?(?:--|–|—) ?\d{1,4}")
_SENTENCE_ENDS = (".", "?", "!", "…", "。", "？")
_OFTEN = 3
_NEAR = 200


class _Line(NamedTuple):
    """A line without surrounding white space, and where its words begin."""

    start: int
    end: int
    words: int | None


def excluded_lines(text: str, marked: Mapping[int, int]) -> list[ExcludedLine]:
    """Find the lines that are not dialogue.

    Args:
        text: The whole text.
        marked: Where a candidate begins, mapped to where its words begin. Of such a line only what a recorder or a chat
            program wrote is excluded, and a line with the number of a page at its right end.

    Returns:
        The lines in order of place.
    """
    heads = {text[start:words] for start, words in marked.items()}
    has_events = any(phrase in text for phrase in _EVENT_PHRASES)
    found = {line.start: line for line in _recorder(text, heads)}
    templates: dict[str, list[tuple[int, int]]] = {}
    for line in _short_lines(text, marked):
        plain = text[line.start : line.end]
        kind = _kind(text, plain, line, heads if has_events else ())
        if kind is not None:
            found.setdefault(line.start, ExcludedLine(line.start, line.end, kind))
        elif _DIGITS.search(plain) and (line.words is None or _PAGE_OF.fullmatch(plain)):
            templates.setdefault(_DIGITS.sub("#", plain), []).append((line.start, line.end))
    found.update(_stamped(text, templates, marked))
    for template, places in templates.items():
        if _are_page_lines(text, template, places) and not _is_list(places, marked):
            found.update({start: ExcludedLine(start, end, ExclusionKind.PAGE) for start, end in places})
    found.update({line.start: line for line in _programs(text, found) if line.start not in marked})
    return [found[start] for start in sorted(found)]


def _short_lines(text: str, marked: Mapping[int, int]) -> Iterator[_Line]:
    at = 0
    for line in text.split("\n"):
        length = len(line)
        if 0 < length <= _LONGEST and (plain := line.strip()):
            start = at + length - len(line.lstrip())
            yield _Line(start, start + len(plain), marked.get(start))
        at += length + 1


def _kind(text: str, plain: str, line: _Line, heads: Collection[str]) -> ExclusionKind | None:
    """Return why a line is not dialogue, judged by its own words, or None.

    Without *heads*, the file is not a chat and has no chat events.
    """
    said = plain if line.words is None else text[line.words : line.end].lstrip()
    if _CHAT.fullmatch(said) or (heads and line.words is None and _is_event(plain, heads)):
        return ExclusionKind.CHAT
    return ExclusionKind.TAPE if line.words is None and _is_tape(plain) else None


def _stamped(
    text: str, templates: Mapping[str, Sequence[tuple[int, int]]], marked: Collection[int]
) -> dict[int, ExcludedLine]:
    """Return lines of a chat that begin with a date and time but have no sender.

    None unless the messages of the chat begin with a date and time.
    """
    lines = [(start, end) for places in templates.values() for start, end in places if _STAMPED.match(text, start, end)]
    if not lines or sum(_STAMPED.match(text, start) is not None for start in marked) * 2 <= len(marked):
        return {}
    return {start: ExcludedLine(start, end, ExclusionKind.CHAT) for start, end in lines}


def _is_event(line: str, heads: Collection[str]) -> bool:
    said = _EVENT.fullmatch(line)
    return said is not None and _is_named(said["who"], heads)


def _is_named(who: str, heads: Collection[str]) -> bool:
    """Return whether a name is a speaker of the file or follows a time."""
    name = who.rpartition(": ")[2].strip()
    first = name.split(" ")[0]
    labelled = any(name in head or first == head.strip(_TAPE_EDGES) for head in heads)
    return bool(name) and not _PRONOUNS.search(who) and (labelled or _TIMED.search(who) is not None)


def _recorder(text: str, heads: Collection[str]) -> Iterator[ExcludedLine]:
    """Yield messages of a meeting program: started or stopped the transcription."""
    for word in _RECORDER_WORDS:
        at = text.find(word)
        while at >= 0:
            start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
            end = len(text) if end < 0 else end
            said = _RECORDER.fullmatch(text, start, end)
            if said and (_is_named(said["who"], heads) or _is_full_name(text[start:end])):
                line = text[start:end]
                yield ExcludedLine(end - len(line.lstrip()), start + len(line.rstrip()), ExclusionKind.RECORDER)
            at = text.find(word, end)


def _is_full_name(line: str) -> bool:
    """Return whether a recorder's line begins with a full name: Voss, Mara."""
    found = _RECORDER.fullmatch(line)
    name = found["who"].strip() if found else ""
    return " " in name and not line.rstrip().endswith(".") and form(name) is LabelForm.NAME


def _is_tape(line: str) -> bool:
    """Return whether a line only says that a recording begins, ends or pauses.

    It is in brackets or between dashes, or has “end of” and the like before it.
    """
    if line[0] not in _TAPE_EDGES and not line[:_LONGEST_OPENING].casefold().startswith(_TAPE_OPENINGS):
        return False
    plain = line.strip(_TAPE_EDGES)
    set_off = len(plain) + 1 < len(line) and line[0] in _TAPE_EDGES
    words = plain.casefold()
    if not set_off and not words.startswith(_TAPE_OPENINGS):
        return False
    tokens = set(_TAPE_WORD.findall(words))
    named = tokens & _TAPE_THINGS and (tokens & _TAPE_DOES or (set_off and tokens & _TAPES))
    return bool(named) and tokens <= _TAPE_DOES | _TAPE_THINGS | _TAPE_OTHERS


def _are_page_lines(text: str, template: str, places: Sequence[tuple[int, int]]) -> bool:
    """Return whether lines that differ only in numbers are headers or footers.

    Their last or only changing number increases.
    """
    start, end = places[0]
    line = text[start:end]
    if _PAGE_FOOTER.fullmatch(line) or _PAGE_OF.fullmatch(line) or _OLD_PAGE_FOOTER.fullmatch(line):
        return True
    if len(places) < (2 if _PAGE_WORD.search(line) or template == "[#]" else _OFTEN):
        return False
    if (
        (":" in line and not _PAGE_WORD.search(line))
        or line.endswith(_SENTENCE_ENDS)
        or time_alone(text, start, end) is not None
    ):
        return False
    numbers = [list(map(int, (digits[:9] for digits in _DIGITS.findall(text[one:other])))) for one, other in places]
    changing = [column for column in zip(*numbers, strict=False) if len(set(column)) > 1]
    return len(changing) == 1 and all(
        0 < following - number <= _OFTEN for number, following in zip(changing[0], changing[0][1:], strict=False)
    )


def _is_list(places: Sequence[tuple[int, int]], marked: Collection[int]) -> bool:
    """Return whether lines are a list within one turn.

    They are closer together than the ends of pages.
    """
    starts = sorted(marked)
    return any(
        other - end < _NEAR and bisect_right(starts, other) == bisect_right(starts, end)
        for (_, end), (other, _) in pairwise(places)
    )


def _programs(text: str, known: Collection[int]) -> Iterator[ExcludedLine]:
    """Yield the last lines if a program or a typist wrote them about itself."""
    end = len(text)
    for _ in range(_LAST_LINES):
        while end and text[end - 1].isspace():
            end -= 1
        begin = text.rfind("\n", 0, end) + 1
        start = end - len(text[begin:end].lstrip())
        if start <= 0:
            return
        if _PROGRAM.fullmatch(text, start, end):
            yield ExcludedLine(start, end, ExclusionKind.PROGRAM)
        elif start not in known:
            return
        end = begin

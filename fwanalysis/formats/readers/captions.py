"""What caption files have in common: lines of times that are mended, and cues that become turns of plain words.

The text holds the words only, one paragraph a turn, paragraphs separated by a blank line; tags, cue numbers and voice
names are not in it. A turn has the time of its first cue. Voices come from voice tags; without any, from ``Name:
words`` as in a plain text (Zoom); without names, from dashes where the voice changes.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from fwanalysis.domain.importing import Doubt, DraftTurn
from fwanalysis.domain.sources import TurnKind
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.drafts import draft_source
from fwanalysis.formats.drift import merges
from fwanalysis.formats.labels import most_frequent_spellings, shown
from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.sniffing import refuse_long
from fwanalysis.formats.speakers import Found, find_turns
from fwanalysis.formats.styles import NO_STYLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from fwanalysis.domain.importing import SourceDraft
    from fwanalysis.formats.encodings import Decoded

VOICE_TAGS = "voice-tags"
DASHES = "dashes"
MOST_CUES = 50_000
MOST_LINES = 250_000

_CLOCK = r"\d{1,4}(?:[ ]?[:.,：，．。][ ]?\d{1,3}){1,3}"
_TIMING = re.compile(rf"\s*(?P<start>{_CLOCK})\s*-->\s*(?P<end>{_CLOCK})")
_SOUND = re.compile(r"(\d\d):([0-5]\d):([0-5]\d)[.,](\d{3}) --> \d\d:[0-5]\d:[0-5]\d[.,]\d{3}(?= |$)")
_CLOCK_ALONE = re.compile(rf"\s*{_CLOCK}\s*")
_FIELD = re.compile(r"[:.,：，．。]|\d+")
_ARROW = "-->"
_LONGEST_TIMING = 400
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>v|c|i|b|u|s|ruby|rt|lang|font)(?:\.[^\s.<>]+)*(?:\s+(?P<annotation>[^<>]{0,200}))?>"
    r"|<\d[\d:.]{0,20}>|\{\\[^{}\n]{0,80}\}",
    re.IGNORECASE,
)
_MAY_NEED_CLEANING = re.compile(r"[<&{\t\r]|  ")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_BLANKS = re.compile(r"[ \t\r\n]+")
_DASH = re.compile(r"[-–‐][ \t]?(?=[^\s>–-])")
_MOST_DOUBTS = 10
_NAMELESS = Doubt("Dashes mark where the voice changes, but nothing says whose words are whose; put names in the file.")


class Cue(NamedTuple):
    """The payload of a cue as the file has it, lines and tags and all, and its start in seconds."""

    time: float
    raw: str


class Timing(NamedTuple):
    """A line of times ``[start, end)`` of a file and when its cue begins, in seconds (that of the cue before where it
    cannot be read); ``told`` says that a person should look at it, ``sound`` that it is written as it should be."""

    start: int
    end: int
    begins: float
    sound: bool = False
    told: str = ""


class Piece(NamedTuple):
    """Words of one voice in one cue, or in one line of it; ``voice`` is None where none is marked; ``dash`` says that
    a dash marks another voice."""

    voice: str | None
    words: str
    time: float
    dash: bool = False


class Run(NamedTuple):
    """Words that become a paragraph, in pieces between which blanks are to stand, and the turn that they are."""

    label: str | None
    kind: TurnKind
    time: float | None
    words: list[str]


def refuse_floods(filename: str, text: str) -> None:
    """Raise UnreadableFile for a file of more words, cues or lines than any recording has."""
    refuse_long(filename, text)
    if text.count(_ARROW) > MOST_CUES or text.count("\n") > MOST_LINES:
        raise UnreadableFile(f"{filename} holds over {MOST_CUES:,} cues or {MOST_LINES:,} lines of captions; split it.")


def timings(text: str) -> Iterator[Timing]:
    """The lines of times; a line that only has an arrow among its words is none."""
    at, begins = text.find(_ARROW), 0.0
    while at >= 0:
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        end = len(text) if end < 0 else end
        sound = _SOUND.match(text, start, end)
        if sound:
            hours, minutes, seconds, fraction = map(int, sound.groups())
            begins = ((hours * 60 + minutes) * 60_000 + seconds * 1000 + fraction) / 1000
            yield Timing(start, end, begins, True)
        else:
            line = text[start : min(end, start + _LONGEST_TIMING)]
            left, _, right = line.partition(_ARROW)
            if read := _TIMING.match(line):
                begins = _seconds(read["start"])
                yield Timing(start, end, begins)
            elif _CLOCK_ALONE.fullmatch(left):
                begins = _seconds(left)
                yield Timing(start, end, begins, told=_unreadable(line, "."))
            elif _CLOCK_ALONE.match(right):
                yield Timing(start, end, begins, told=_unreadable(line, " with the time of the cue before."))
        at = text.find(_ARROW, end)


def _unreadable(line: str, ending: str) -> str:
    told = " ".join(line[:60].split())
    return f"The time of this cue cannot be read (“{told}”); its words were kept{ending}"


def _seconds(written: str) -> float:
    """``1:02:03,5``, ``02:03.500`` or ``1:02:03:500`` in seconds."""
    *fields, sign, last = _FIELD.findall(written)
    numbers = [int(field) for field in fields if field.isdecimal()]
    if sign in ":：" and len(numbers) < 3:
        numbers, fraction = [*numbers, int(last)], 0
    else:
        fraction = int(last.ljust(3, "0"))
    whole = 0
    for number in numbers:
        whole = whole * 60 + number
    return (whole * 1000 + fraction) / 1000


def unreadable_times(lines: Iterable[Timing]) -> list[Doubt]:
    """Doubts about the lines of times that cannot be read."""
    return [Doubt(line.told, line.start) for line in lines if line.told]


def sound_times(begins: float, point: str) -> str:
    """A line of times as it should be written; when a cue ends is of no use here."""
    whole, fraction = divmod(round(begins * 1000), 1000)
    clock = f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{point}{fraction:03}"
    return f"{clock} --> {clock}"


def told_by_line(doubts: Iterable[Doubt], text: str) -> Iterator[Doubt]:
    """Doubts about places of a file whose text is not what is kept: they name the line of the file instead."""
    for number, doubt in enumerate(doubts):
        if number == _MOST_DOUBTS:
            yield Doubt(f"There are {1 + sum(1 for _ in doubts):,} more doubts about lines of this file.")
            return
        line = "" if doubt.start is None else f"Line {text.count(chr(10), 0, doubt.start) + 1:,} of the file: "
        yield Doubt(line + doubt.message)


def draft_captions(
    filename: str,
    cues: Sequence[Cue],
    decoded: Decoded,
    *,
    reader: str,
    metadata: Mapping[str, str] | None = None,
    doubts: Iterable[Doubt] = (),
    options: ReadOptions = DEFAULTS,
) -> SourceDraft:
    """The draft of a caption file with these cues; *doubts* are about places of the decoded file."""
    found, text = _found(cues, options.style)
    of_file = told_by_line(iter([*decoded.doubts, *doubts]), decoded.text)
    return draft_source(
        filename, text, found, reader=reader, encoding=decoded.encoding, metadata=metadata, doubts=of_file
    )


def _found(cues: Sequence[Cue], style: str | None) -> tuple[Found, str]:
    """The turns and the text they stand in."""
    if style in (None, VOICE_TAGS) and any("<v" in cue.raw or "<V" in cue.raw for cue in cues):
        pieces = [piece for cue in cues for piece in _voiced(cue)]
        voiced = [piece for piece in pieces if piece.voice]
        if voiced:
            reason = f"{len(voiced):,} of {len(pieces):,} passages have a voice tag"
            return _by_voice(pieces, Found(VOICE_TAGS, reason=reason, styles=(NO_STYLE,)))
    dashes = _have_dashes(cues)
    pieces = [piece for cue in cues for piece in _lines(cue, dashes)]
    looked_at = "\n".join(piece.words for piece in pieces)
    labelled = find_turns(looked_at, style=None if style in (VOICE_TAGS, DASHES) else style)
    if labelled.turns and style != DASHES:
        return _by_label(pieces, labelled, looked_at)
    if dashes and style in (None, DASHES):
        changes = sum(piece.dash for piece in pieces)
        reason = f"{changes:,} of {len(pieces):,} lines begin with a dash"
        text, turns = _laid_out(_by_dash(pieces))
        return Found(DASHES, turns, (_NAMELESS,), reason, (NO_STYLE,)), text
    return replace(labelled, turns=(), doubts=()), " ".join(piece.words for piece in pieces)


def _voiced(cue: Cue) -> Iterator[Piece]:
    """The words of a cue, cut where the voice changes."""
    voice, words, at = None, "", 0
    for tag in _TAG.finditer(cue.raw) if "<" in cue.raw or "{" in cue.raw else ():
        words += cue.raw[at : tag.start()]
        at = tag.end()
        if tag["name"] not in ("v", "V"):
            continue
        if words.strip():
            yield Piece(voice, _plain(words), cue.time)
        words = ""
        voice = None if tag["close"] else shown(_plain(tag["annotation"] or "")) or None
    words += cue.raw[at:]
    if words.strip():
        yield Piece(voice, _plain(words), cue.time)


def _have_dashes(cues: Iterable[Cue]) -> bool:
    """Whether dashes mark a change of voice in the file: where two lines of one cue begin with one."""
    return any("\n" in cue.raw and sum(map(bool, map(_DASH.match, _plain_lines(cue)))) > 1 for cue in cues)


def _lines(cue: Cue, dashes: bool) -> Iterator[Piece]:
    """The lines of a cue, without their dashes where those mark a change of voice."""
    for line in _plain_lines(cue):
        dash = _DASH.match(line) if dashes else None
        yield Piece(None, line[dash.end() :] if dash else line, cue.time, dash is not None)


def _plain_lines(cue: Cue) -> list[str]:
    if _MAY_NEED_CLEANING.search(cue.raw):
        lines = [_plain(_TAG.sub("", line)) for line in cue.raw.split("\n")]
    else:
        lines = [line.strip(" ") for line in cue.raw.split("\n")]
    return [line for line in lines if line]


def _plain(words: str) -> str:
    """Words with entities resolved (those with a semicolon: ``AT&T`` is none) and white space as single blanks."""
    if "&" in words:
        words = _ENTITY.sub(lambda entity: html.unescape(entity.group()), words)
    return _BLANKS.sub(" ", words).strip(" ")


def _by_voice(pieces: Sequence[Piece], found: Found) -> tuple[Found, str]:
    """One paragraph a run of one voice; words before the first voice are a preamble."""
    spelled = most_frequent_spellings(piece.voice for piece in pieces if piece.voice)
    runs: list[Run] = []
    for piece in pieces:
        voice = spelled[piece.voice] if piece.voice else None
        if runs and voice in (None, runs[-1].label):
            runs[-1].words.append(piece.words)
        elif voice:
            runs.append(Run(voice, TurnKind.SPEECH, piece.time, [piece.words]))
        else:
            runs.append(Run(None, TurnKind.PREAMBLE, None, [piece.words]))
    text, turns = _laid_out(runs)
    counts = Counter(turn.label for turn in turns if turn.label)
    return replace(found, turns=turns, merges=merges(counts) if len(counts) > 1 else ()), text


def _by_dash(pieces: Iterable[Piece]) -> Iterator[Run]:
    """One paragraph from dash to dash; what no dash begins goes on with the voice before."""
    words: list[str] = []
    time = None
    for piece in pieces:
        if piece.dash and words:
            yield Run(None, TurnKind.SPEECH, time, words)
            words, time = [], None
        time = piece.time if time is None else time
        words.append(piece.words)
    yield Run(None, TurnKind.SPEECH, time, words)


def _by_label(pieces: Sequence[Piece], labelled: Found, looked_at: str) -> tuple[Found, str]:
    """One paragraph a turn as labels in the words (a line each) mark them; turns of one voice that follow each other
    are one."""
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece.words) + 1)
    runs: list[Run] = []
    places: list[tuple[int, int, int]] = []  # of each turn: where it was, the run it is in, how far in
    length = 0
    for turn in labelled.turns:
        words = looked_at[turn.start : turn.end].replace("\n", " ")
        if turn.kind is not TurnKind.SPEECH:
            runs.append(Run(turn.label, turn.kind, None, []))
            length = 0
        elif not (runs and turn.label and runs[-1][:2] == (turn.label, turn.kind)):
            time = pieces[bisect_right(starts, turn.mark_start) - 1].time
            runs.append(Run(turn.label, turn.kind, time, []))
            length = 0
        into = length + bool(length and words)
        places.append((turn.start, len(runs) - 1, into))
        if words:
            runs[-1].words.append(words)
            length = into + len(words)
    text, turns = _laid_out(runs)
    return replace(labelled, turns=turns, doubts=tuple(_moved(labelled.doubts, places, turns))), text


def _moved(
    doubts: Iterable[Doubt], places: Sequence[tuple[int, int, int]], turns: Sequence[DraftTurn]
) -> Iterator[Doubt]:
    """Doubts at the places that their words have now."""
    for doubt in doubts:
        at = bisect_right(places, doubt.start, key=lambda place: place[0]) - 1 if doubt.start is not None else -1
        if doubt.start is None or at < 0:
            yield replace(doubt, start=None)
            continue
        was, run, into = places[at]
        yield replace(doubt, start=min(turns[run].start + into + doubt.start - was, turns[run].end))


def _laid_out(runs: Iterable[Run]) -> tuple[str, tuple[DraftTurn, ...]]:
    """The text of the runs, a paragraph each, and the turns they are."""
    turns: list[DraftTurn] = []
    paragraphs: list[str] = []
    start = 0
    for run in runs:
        words = " ".join(run.words)
        end = start + len(words)
        turns.append(DraftTurn(run.label, start, start, end, run.time, run.kind))
        paragraphs.append(words)
        start = end + 2
    return "\n\n".join(paragraphs), tuple(turns)

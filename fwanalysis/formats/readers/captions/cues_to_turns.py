"""What caption files have in common: cues that become turns of plain words.

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
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from fwanalysis.domain.importing import Notice, ParsedTurn
from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.parsed import parse_source
from fwanalysis.formats.readers.captions.cues import Cue, told_by_line
from fwanalysis.formats.readers.captions.rolling import without_repeats
from fwanalysis.formats.speaker_formats import NO_LABELS
from fwanalysis.formats.speakers.label_variants import merges
from fwanalysis.formats.speakers.labels import most_frequent_spellings, shown
from fwanalysis.formats.turns.find import Found, find_turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from fwanalysis.domain.importing import ParsedSource
    from fwanalysis.formats.decoding.charset import Decoded

VOICE_TAGS = "voice-tags"
DASHES = "dashes"
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>v|c|i|b|u|s|ruby|rt|lang|font)(?:\.[^\s.<>]+)*(?:\s+(?P<annotation>[^<>]{0,200}))?>"
    r"|<\d[\d:.]{0,20}>|\{\\[^{}\n]{0,80}\}",
    re.IGNORECASE,
)
_MAY_NEED_CLEANING = re.compile(r"[<&{\t\r]|  ")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_BLANKS = re.compile(r"[ \t\r\n]+")
_DASH = re.compile(r"[-–‐][ \t]?(?=[^\s>–-])")
_NAMELESS = Notice(
    "Dashes mark where the voice changes, but nothing says whose words are whose; put names in the file."
)
_UNNAMED = Notice("These captions name nobody: the text has no turns, and the times of the cues are left out.")
_REPEATED_LABEL = re.compile(r"(?P<overlap>//\s*)?(?P<label>[^:\[\]/]{1,60}?)\s*(?:\[[\d:.,]{4,12}\])?:(?:\s+|$)")
_NEARLY_ALL, _ALL_BUT_FEW = 0.75, 0.9
_ENOUGH_CUES = 10
_ROLLING = 0.2
"""How many cues begin with the very end of the cue before, at the least, where captions roll; quick to see."""
_PARAGRAPH = (60, 150)
"""How many words a paragraph of captions that name nobody has before it ends with a sentence, or at the latest."""
_SENTENCE_END = re.compile(r"[.?!…。？！][\"'”’»)\]]*$")


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


def parse_captions(
    filename: str,
    cues: Sequence[Cue],
    decoded: Decoded,
    *,
    input_format: str,
    metadata: Mapping[str, str] | None = None,
    warnings: Iterable[Notice] = (),
    options: ReadOptions = DEFAULTS,
) -> ParsedSource:
    """The draft of a caption file with these cues; *doubts* are about places of the decoded file."""
    voiced = any("<v" in cue.raw or "<V" in cue.raw for cue in cues)
    cues, rolled = (cues, ()) if voiced else _unrolled(cues)
    found, text = _found(cues, options.speaker_format, voiced=voiced)
    of_file = told_by_line(iter([*decoded.warnings, *warnings, *rolled]), decoded.text)
    return parse_source(
        filename, text, found, input_format=input_format, encoding=decoded.encoding, metadata=metadata, warnings=of_file
    )


def _unrolled(cues: Sequence[Cue]) -> tuple[Sequence[Cue], tuple[Notice, ...]]:
    """The cues without the lines that they repeat, where captions roll."""
    raw = [cue.raw.strip() for cue in cues]
    if sum(one.endswith(other.partition("\n")[0]) for one, other in pairwise(raw)) < len(cues) * _ROLLING:
        return cues, ()
    lines = [tuple(_plain_lines(cue)) for cue in cues]
    kept, told = without_repeats(lines)
    if not told:
        return cues, ()
    return [Cue(cue.time, "\n".join(left)) for cue, left in zip(cues, kept, strict=True) if left], told


def _found(cues: Sequence[Cue], speaker_format: str | None, *, voiced: bool) -> tuple[Found, str]:
    """The turns and the text they stand in."""
    if speaker_format in (None, VOICE_TAGS) and voiced:
        pieces = [piece for cue in cues for piece in _voiced(cue)]
        named = sum(piece.voice is not None for piece in pieces)
        if named:
            reason = f"{named:,} of {len(pieces):,} passages have a voice tag"
            every = any("</v>" in cue.raw for cue in cues) or _names_every_cue([piece.voice for piece in pieces])
            return _by_voice(pieces, Found(VOICE_TAGS, reason=reason, speaker_formats=(NO_LABELS,)), every=every)
    dashes = _have_dashes(cues)
    pieces, firsts = [], []
    for cue in cues:
        lines = list(_lines(cue, dashes))
        firsts += [len(pieces)] if lines else []
        pieces += lines
    looked_at = "\n".join(piece.words for piece in pieces)
    labelled = find_turns(looked_at, speaker_format=None if speaker_format in (VOICE_TAGS, DASHES) else speaker_format)
    if labelled.turns and speaker_format != DASHES:
        return _by_label(pieces, labelled, looked_at, firsts)
    if dashes and speaker_format in (None, DASHES):
        changes = sum(piece.dash for piece in pieces)
        reason = f"{changes:,} of {len(pieces):,} lines begin with a dash"
        text, turns = _laid_out(_by_dash(pieces))
        return Found(DASHES, turns, (_NAMELESS,), reason, (NO_LABELS,)), text
    unnamed = (_UNNAMED,) if len(pieces) > 1 and speaker_format is None else ()
    return replace(labelled, turns=(), warnings=unnamed), "\n\n".join(_paragraphs(pieces))


def _voiced(cue: Cue) -> Iterator[Piece]:
    """The words of a cue, cut where the voice changes."""
    voice, words, at = None, "", 0
    for tag in _TAG.finditer(cue.raw) if "<" in cue.raw or "{" in cue.raw else ():
        words += cue.raw[at : tag.start()]
        at = tag.end()
        if tag["name"] not in ("v", "V"):
            continue
        if words.strip():
            yield _of_voice(voice, words, cue.time)
        words = ""
        voice = None if tag["close"] else shown(_plain(tag["annotation"] or "").lstrip("/")) or None
    words += cue.raw[at:]
    if words.strip():
        yield _of_voice(voice, words, cue.time)


def _of_voice(voice: str | None, words: str, time: float) -> Piece:
    """The words of a voice in a cue, without its label where a program writes that before them once more."""
    plain = _plain(words)
    repeated = _REPEATED_LABEL.match(plain) if voice and ":" in plain else None
    if repeated and voice and shown(repeated["label"]).casefold() == voice.casefold():
        plain = (repeated["overlap"] or "") + plain[repeated.end() :]
    return Piece(voice, plain, time)


def _names_every_cue(voices: Sequence[str | None]) -> bool:
    """Whether a program names the voice of every cue that it can, and not only where the voice changes: a cue without
    a name is then nobody's, and does not go on with the voice before."""
    share = sum(voice is not None for voice in voices) / max(1, len(voices))
    if any(one is not None and one == other for one, other in pairwise(voices)):
        return share >= _NEARLY_ALL
    return share >= _ALL_BUT_FEW and len(voices) >= _ENOUGH_CUES


def _goes_on(voices: Sequence[str | None], begins: Sequence[int] = ()) -> tuple[Notice, ...]:
    """The doubt about the few cues without a name in captions that name most; *begins* is where the cues begin."""
    bare = len(voices) - sum(voice is not None for voice in voices)
    if len(voices) < _ENOUGH_CUES or not 0 < bare <= len(voices) * (1 - _NEARLY_ALL):
        return ()
    some = f"{bare:,} cues without a name were" if bare > 1 else "A cue without a name was"
    said = f"{some} taken as words of the voice before, as most cues have a name; check whose they are."
    return (Notice(said, next((at for at, voice in zip(begins, voices, strict=False) if voice is None), None)),)


def _nobodys(turns: Sequence[ParsedTurn]) -> tuple[Notice, ...]:
    """The doubt about turns that have no name among those that have one."""
    bare = [turn for turn in turns if turn.label is None and turn.kind is TurnKind.SPEECH]
    if not bare:
        return ()
    some = f"{len(bare):,} passages have" if len(bare) > 1 else "A passage has"
    return (Notice(f"{some} no name among those that have one; nothing says whose words that is.", bare[0].start),)


def _paragraphs(pieces: Iterable[Piece]) -> Iterator[str]:
    """The words of captions that name nobody, in paragraphs that can be read and referred to."""
    words: list[str] = []
    count, (enough, most) = 0, _PARAGRAPH
    for piece in pieces:
        words.append(piece.words)
        count += piece.words.count(" ") + 1
        if count >= most or (count >= enough and _SENTENCE_END.search(piece.words)):
            yield " ".join(words)
            words, count = [], 0
    if words:
        yield " ".join(words)


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


def _by_voice(pieces: Sequence[Piece], found: Found, *, every: bool) -> tuple[Found, str]:
    """One paragraph a run of one voice. Where *every* passage has a voice if it can be told, those without are turns of
    nobody; else they go on with the voice before, and words before the first voice are a preamble."""
    spelled = most_frequent_spellings(piece.voice for piece in pieces if piece.voice)
    runs: list[Run] = []
    for piece in pieces:
        voice = spelled[piece.voice] if piece.voice else None
        if runs and (voice == runs[-1].label or not (voice or every)):
            runs[-1].words.append(piece.words)
        elif voice or every:
            runs.append(Run(voice, TurnKind.SPEECH, piece.time, [piece.words]))
        else:
            runs.append(Run(None, TurnKind.PREAMBLE, None, [piece.words]))
    text, turns = _laid_out(runs)
    counts = Counter(turn.label for turn in turns if turn.label)
    told = _nobodys(turns) if every else _goes_on([piece.voice for piece in pieces])
    return replace(found, turns=turns, warnings=told, merges=merges(counts) if len(counts) > 1 else ()), text


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


def _by_label(pieces: Sequence[Piece], labelled: Found, looked_at: str, firsts: Iterable[int]) -> tuple[Found, str]:
    """One paragraph a turn as labels in the words (a line each) mark them; turns of one voice that follow each other
    are one. *firsts* are the pieces with which cues begin."""
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece.words) + 1)
    runs: list[Run] = []
    places: list[tuple[int, int, int]] = []  # of each turn: where it was, the run it is in, how far in
    length = 0
    begins = [starts[first] for first in firsts]
    named = {turn.label_start: turn.label for turn in labelled.turns if turn.kind is TurnKind.SPEECH}
    voices = [named.get(start) for start in begins]
    every = _names_every_cue(voices)
    cuts = [start for start in begins if start not in named] if every else []
    for turn in _cut(labelled.turns, cuts):
        words = looked_at[turn.start : turn.end].replace("\n", " ")
        if turn.kind is not TurnKind.SPEECH:
            runs.append(Run(turn.label, turn.kind, None, []))
            length = 0
        elif not (runs and turn.label and runs[-1][:2] == (turn.label, turn.kind)):
            time = pieces[bisect_right(starts, turn.label_start) - 1].time
            runs.append(Run(turn.label, turn.kind, time, []))
            length = 0
        into = length + bool(length and words)
        places.append((turn.start, len(runs) - 1, into))
        if words:
            runs[-1].words.append(words)
            length = into + len(words)
    text, turns = _laid_out(runs)
    nobodys = _nobodys(turns) if every else ()
    told = (*labelled.warnings, *(() if every else _goes_on(voices, begins)))
    return replace(labelled, turns=turns, warnings=(*_moved(told, places, turns), *nobodys)), text


def _cut(turns: Iterable[ParsedTurn], places: Sequence[int]) -> Iterator[ParsedTurn]:
    """The turns of speech, cut at the first place inside each; what is cut off is nobody's."""
    for turn in turns:
        at = next(iter(places[bisect_right(places, turn.start) :]), turn.end)
        if turn.kind is not TurnKind.SPEECH or at >= turn.end:
            yield turn
            continue
        yield replace(turn, end=at - 1)
        yield ParsedTurn(None, at, at, turn.end, None, turn.kind)


def _moved(
    warnings: Iterable[Notice], places: Sequence[tuple[int, int, int]], turns: Sequence[ParsedTurn]
) -> Iterator[Notice]:
    """Doubts at the places that their words have now."""
    for doubt in warnings:
        at = bisect_right(places, doubt.start, key=lambda place: place[0]) - 1 if doubt.start is not None else -1
        if doubt.start is None or at < 0:
            yield replace(doubt, start=None)
            continue
        was, run, into = places[at]
        yield replace(doubt, start=min(turns[run].start + into + doubt.start - was, turns[run].end))


def _laid_out(runs: Iterable[Run]) -> tuple[str, tuple[ParsedTurn, ...]]:
    """The text of the runs, a paragraph each, and the turns they are."""
    turns: list[ParsedTurn] = []
    paragraphs: list[str] = []
    start = 0
    for run in runs:
        words = " ".join(filter(None, run.words))
        end = start + len(words)
        turns.append(ParsedTurn(run.label, start, start, end, run.time, run.kind))
        paragraphs.append(words)
        start = end + 2
    return "\n\n".join(paragraphs), tuple(turns)

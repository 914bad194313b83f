"""WebVTT captions: cues of one voice joined into turns of plain words, with the time of each turn's first cue.

The text holds the words only, one paragraph a turn, paragraphs separated by a blank line; tags, cue numbers and
voice names are not in it. Without voice tags, ``Name: words`` in the cues (Zoom) is read as in a plain text.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Doubt, DraftTurn
from fwanalysis.domain.sources import TurnKind
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.drafts import draft_source
from fwanalysis.formats.encodings import decode
from fwanalysis.formats.labels import most_frequent_spellings
from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.sniffing import refuse_binary, refuse_controls
from fwanalysis.formats.speakers import Found, find_turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from webvtt import Caption, WebVTT

    from fwanalysis.domain.importing import SourceDraft

VOICE_TAGS = "voice-tags"

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>v|c|i|b|u|ruby|rt|lang)(?:\.[^\s.>]+)*(?:\s+(?P<annotation>[^>]*))?>|<\d[\d:.]*>",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"[ \t\r\n]+")
_ARROW = re.compile(r"^.*-->.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one voice in one cue; ``voice`` is None where none is marked; ``time`` is the cue's start in seconds."""

    voice: str | None
    words: str
    time: float


def read(filename: str, data: bytes, options: ReadOptions = DEFAULTS) -> SourceDraft:
    """The draft of a WebVTT file; UnreadableFile where it is not text or not WebVTT."""
    from webvtt import WebVTT
    from webvtt.errors import MalformedFileError

    refuse_binary(filename, data)
    decoded = decode(filename, data, options.encoding)
    refuse_controls(filename, decoded.text)
    try:
        captions = WebVTT.from_string(decoded.text)
    except MalformedFileError:
        raise UnreadableFile(f"{filename} is not WebVTT: its first line must begin with WEBVTT.") from None
    pieces = [piece for caption in captions.captions for piece in _pieces(caption)]
    style, doubts = VOICE_TAGS, list(decoded.doubts)
    if not any(piece.voice for piece in pieces):
        labelled = find_turns("\n".join(piece.words for piece in pieces), style=options.style)
        style, pieces = labelled.style, _by_labels(pieces, labelled)
        doubts += labelled.doubts
    text, turns = _joined(pieces)
    lost = len(_ARROW.findall(decoded.text)) - len(captions.captions)
    if lost > 0:
        doubts.append(Doubt(f"Cues without a readable time were left out: {lost}."))
    notes = "\n".join(_notes(captions))
    return draft_source(
        filename,
        text,
        Found(style, turns),
        reader="vtt",
        encoding=decoded.encoding,
        metadata={"note": notes} if notes else {},
        doubts=[Doubt(doubt.message) for doubt in doubts],  # their places are not those of the text made here
    )


def _notes(captions: WebVTT) -> Iterator[str]:
    """The comments of the file, in order."""
    yield from filter(None, captions.header_comments)
    for blocks in (captions.styles, captions.regions, captions.captions):
        for block in blocks:
            yield from filter(None, block.comments)
    yield from filter(None, captions.footer_comments)


def _pieces(caption: Caption) -> Iterator[Piece]:
    """The words of a cue, cut where the voice changes; tags dropped, entities resolved, white space made single
    blanks."""
    time = caption.start_time.in_milliseconds() / 1000
    voice, words, at = None, "", 0
    raw = caption.raw_text
    for tag in _TAG.finditer(raw):
        words += raw[at : tag.start()]
        at = tag.end()
        if tag["name"] not in ("v", "V"):
            continue
        if words.strip():
            yield Piece(voice, _plain(words), time)
        words = ""
        voice = None if tag["close"] else _plain(tag["annotation"] or "") or None
    words += raw[at:]
    if words.strip():
        yield Piece(voice, _plain(words), time)


def _plain(words: str) -> str:
    return _BLANKS.sub(" ", html.unescape(words)).strip()


def _by_labels(pieces: Sequence[Piece], labelled: Found) -> list[Piece]:
    """The pieces (a line each of what was looked at) with the voices that their own words begin with."""
    marks = {turn.mark_start: turn for turn in labelled.turns if turn.label}
    voiced: list[Piece] = []
    start = 0
    for piece in pieces:
        turn = marks.get(start)
        voiced.append(replace(piece, voice=turn.label, words=piece.words[turn.start - start :]) if turn else piece)
        start += len(piece.words) + 1
    return voiced


def _joined(pieces: Iterable[Piece]) -> tuple[str, tuple[DraftTurn, ...]]:
    """One paragraph a run of one voice, and the turns they are; words before the first voice are a preamble."""
    pieces = list(pieces)
    spelled = most_frequent_spellings(piece.voice for piece in pieces if piece.voice)
    runs: list[tuple[str | None, float, list[str]]] = []
    for piece in pieces:
        voice = spelled[piece.voice] if piece.voice else None
        if runs and voice in (None, runs[-1][0]):
            runs[-1][2].append(piece.words)
        else:
            runs.append((voice, piece.time, [piece.words]))
    turns: list[DraftTurn] = []
    paragraphs: list[str] = []
    start = 0
    for voice, time, words in runs:
        paragraph = " ".join(filter(None, words))
        end = start + len(paragraph)
        kind = TurnKind.SPEECH if voice else TurnKind.PREAMBLE
        turns.append(DraftTurn(voice, start, start, end, time if voice else None, kind))
        paragraphs.append(paragraph)
        start = end + 2
    return "\n\n".join(paragraphs), tuple(turns) if spelled else ()

"""Parse WebVTT captions, cut at their lines of times.

Between two lines of times are the words of a cue, comments (``NOTE``), and the name of the next cue. The standard ends
a cue at a blank line and drops what it does not expect; here words that a blank line cut off stay in their cue, because
what people and programs write has such lines. The library webvtt-py is the oracle of the tests.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from fwanalysis.domain.importing import Notice
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.decoding.plain_text import plain_text
from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.readers.captions.cues import Cue, refuse_floods, timings, unreadable_times
from fwanalysis.formats.readers.captions.cues_to_turns import parse_captions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fwanalysis.domain.importing import ParsedSource
    from fwanalysis.formats.readers.captions.cues import Timing

_HEADER = re.compile(r"\ufeff?WEBVTT(?![^ \t\n])")
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_NOTE = re.compile(r"NOTE(?:[ \t]+|\n|$)")
_SETTINGS = re.compile(r"(?:STYLE|REGION)[ \t]*(?:\n|$)")
_STYLE_RULE = re.compile(
    r"::cue|\{[^{}:]*:[^{}]*\}|^[ \t]*(?:id|width|lines|regionanchor|viewportanchor|scroll)\s*[:=]", re.MULTILINE
)
"""What follows STYLE or REGION in a block of settings, and hardly in words."""
_USUAL = re.compile(r"\n(?=\S)([^\n]+)\n\n(?:(\d{1,6})\n)?")
"""A line of words, a blank line, and the number of the next cue or none: what is between the times of most files."""
_SPEAKER_NAME = re.compile(r'\s*(?:\d+\s+)?"(?P<name>[^"<>]{0,200})"\s*(?:\([^()]{0,40}\))?\s*')
_WORDY = re.compile(r"[^\W\d_]{2} +[^\W\d_]{2}|^[^\W\d_]{2,}$")
_SPACE = " \t\n"


class Block(NamedTuple):
    """What is between two lines of times: the name of the cue below, the words of the cue above, and comments."""

    name: str
    words: str
    notes: list[str]


class Above(NamedTuple):
    """The last line above a line of times that is not blank: its text, where it begins in what is above, whether the
    line of times is just below it, and whether a blank line is just above it."""

    text: str
    start: int
    adjacent: bool
    apart: bool


def read(filename: str, data: bytes, options: ReadOptions = DEFAULTS) -> ParsedSource:
    """Parse a WebVTT file; its comments become metadata.

    Raises:
        UnreadableFile: The bytes are not text or not WebVTT.
    """
    decoded = plain_text(filename, data, options)
    text = decoded.text
    refuse_floods(filename, text)
    if not _HEADER.match(text):
        raise UnreadableFile(f"{filename} is not WebVTT: its first line must begin with WEBVTT.")
    lines = timings(text)
    head, *blocks = blocks_of(text, lines)
    names = [head.name, *(block.name for block in blocks)]
    cues = [
        Cue(line.begins, _with_speaker(name, block.words) if '"' in name else block.words)
        for line, name, block in zip(lines, names, blocks, strict=False)
    ]
    warnings = [*unreadable_times(lines), *_left_out(names)]
    if head.words and cues:
        cues.insert(0, Cue(cues[0].time, head.words))
        warnings.insert(0, Notice("There are words before the first cue; they were kept.", 0))
    notes = "\n".join(note for block in (head, *blocks) for note in block.notes)
    metadata = {"note": notes} if notes else {}
    return parse_captions(
        filename, cues, decoded, input_format="vtt", metadata=metadata, warnings=warnings, options=options
    )


def blocks_of(text: str, lines: Sequence[Timing]) -> list[Block]:
    """Cut a file at its lines of times.

    Args:
        text: The text of the file.
        lines: Its lines of times.

    Returns:
        What is above the first line of times, below each, up to the next, and below the last: one more than *lines*.

    Notes:
        A number above a line of times is the name of a cue where most cues have one, else words of the cue above.
    """
    passages = []
    end = 0
    for line in lines:
        passages.append(text[end : line.start])
        end = line.end
    above = [_USUAL.fullmatch(passage) or _above(passage) for passage in passages]
    by_number = sum(map(_is_number, above)) * 2 > len(lines)
    previous = 0
    found: list[Block] = []
    for passage, one in zip(passages, above, strict=True):
        if isinstance(one, re.Match) and (by_number or one[2] is None):
            name = one[2] or ""
            found.append(Block(name, one[1], []))
        else:
            last = _above(passage) if isinstance(one, re.Match) else one
            name = last.text if _is_name(last, by_number, previous, first=not found) else ""
            found.append((_body if found else _head)(passage[: last.start] if name else passage, name))
        if name.isdecimal():
            previous = int(name)
    found.append(_body(text[end:], "") if lines else _head(text, ""))
    return found


def _is_number(above: Above | re.Match[str]) -> bool:
    return above[2] is not None if isinstance(above, re.Match) else above.text.isdecimal()


def _is_name(line: Above, by_number: bool, previous: int, *, first: bool) -> bool:
    """Return whether the line above a line of times names the cue below; *previous* is the last number that did."""
    in_place = line.adjacent and line.apart
    if line.text.isdecimal():
        return by_number and (first or in_place or int(line.text) == previous + 1)
    return in_place and "<" not in line.text


def _above(passage: str) -> Above:
    body = passage.rstrip(_SPACE)
    start = body.rfind("\n") + 1
    return Above(
        body[start:].strip(" \t"),
        start,
        adjacent=passage.count("\n", len(body)) == 1,
        apart=start > 1 and not passage[passage.rfind("\n", 0, start - 1) + 1 : start].strip(_SPACE),
    )


def _head(passage: str, name: str) -> Block:
    """Return what is above the first line of times: the header, settings, comments, and words of no cue."""
    _, *blocks = _BLANK_LINES.split(passage.strip(_SPACE))
    words, notes = _sorted_out(blocks)
    return Block(name, "\n".join(block for block in words if _WORDY.search(block) and "=" not in block), notes)


def _body(passage: str, name: str) -> Block:
    """Return what is below a line of times: words, of which the first may begin with NOTE too, then comments."""
    body = passage.strip(_SPACE)
    within = 0 if _begins_empty(passage) else 1
    if within and ("\n" not in body or not _BLANK_LINES.search(body)):
        return Block(name, body, [])
    blocks = _BLANK_LINES.split(body)
    closed = max((number for number, block in enumerate(blocks, 1) if "</v>" in block), default=0)
    if closed > within and _is_open("\n".join(blocks[:within])):
        within = closed
    words, notes = _sorted_out(blocks[within:])
    return Block(name, "\n".join([*blocks[:within], *words]), notes)


def _begins_empty(passage: str) -> bool:
    """Return whether the line below a line of times, at whose end the passage begins, is empty: no words."""
    end = passage.find("\n", 1)
    return not passage[:end].strip(_SPACE) if end > 0 else not passage.strip(_SPACE)


def _is_open(words: str) -> bool:
    """Return whether a voice tag is open at the end of the words."""
    return words.rfind("<v") > words.rfind("</v>")


def _sorted_out(blocks: Iterable[str]) -> tuple[list[str], list[str]]:
    """Divide blocks into words and comments; headers and settings are neither."""
    words: list[str] = []
    notes: list[str] = []
    in_note = False
    for block in blocks:
        note = _NOTE.match(block)
        if note:
            notes += filter(None, [block[note.end() :].strip(_SPACE)])
            in_note = True
        elif _HEADER.match(block) or (_SETTINGS.match(block) and _STYLE_RULE.search(block)):
            in_note = False
        else:
            (notes if in_note else words).append(block)
    return words, notes


def _with_speaker(name: str, words: str) -> str:
    """Return the words in a voice tag if the name of the cue is a speaker's, as in Webex: ``1 "Anna Berg" (3012)``."""
    found = _SPEAKER_NAME.fullmatch(name)
    return f"<v {found['name'].strip()}>{words}</v>" if found else words


def _left_out(names: Iterable[str]) -> Iterator[Notice]:
    """Yield a warning about names of cues that may be text, unlike a number, a key or the name of a speaker."""
    wordy = [name for name in names if name and _WORDY.search(name) and not _SPEAKER_NAME.fullmatch(name)]
    if wordy:
        first = " ".join(wordy[0][:40].split())
        yield Notice(
            f"Names of cues such as “{first}” were left out."
            if len(wordy) > 1
            else f"The name of a cue, “{first}”, was left out."
        )

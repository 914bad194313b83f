"""WebVTT captions, mended where their times or blank lines are broken and read by webvtt-py; turns as in ``captions``.

The library leaves out without a word what it does not understand; so each line of times is written anew before it
reads the file, and words that a blank line cut off from their cue are put back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.decoding.charset import decode
from fwanalysis.formats.decoding.sniffing import refuse_binary, refuse_controls
from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.readers.captions.cues import Cue, refuse_floods, sound_times, timings, unreadable_times
from fwanalysis.formats.readers.captions.cues_to_turns import parse_captions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webvtt import WebVTT

    from fwanalysis.domain.importing import ParsedSource

_WIDTH = len("00:00:00.000 --> 00:00:00.000")
_BLOCKS = re.compile(r"\n{2,}")
_NO_CUE = ("NOTE", "STYLE", "REGION", "WEBVTT", "\ufeffWEBVTT")
_ADJACENT_NUMBER = re.compile(r"\n(\d{1,6})\n(?=\d\d+:\d\d:\d\d\.\d{3} --> )")
_NAME = re.compile(r'\s*(?:\d+\s+)?"(?P<name>[^"<>]{0,200})"\s*(?:\([^()]{0,40}\))?\s*')
_WORDY = re.compile(r"[^\W\d_]{2,} +[^\W\d_]{2,}|^[^\W\d_]{2,}$")
_WHITE_LINE = re.compile(r"^[ \t]+$", re.MULTILINE)


def read(filename: str, data: bytes, options: ReadOptions = DEFAULTS) -> ParsedSource:
    """The draft of a WebVTT file; UnreadableFile where it is not text or not WebVTT."""
    from webvtt import WebVTT
    from webvtt.errors import MalformedFileError

    refuse_binary(filename, data)
    decoded = decode(filename, data, options.encoding)
    refuse_controls(filename, decoded.text)
    refuse_floods(filename, decoded.text)
    mended, warnings = _mended(decoded.text)
    try:
        captions = WebVTT.from_string(mended)
    except MalformedFileError:
        raise UnreadableFile(f"{filename} is not WebVTT: its first line must begin with WEBVTT.") from None
    cues = [
        Cue(caption.start_time.in_milliseconds() / 1000, _named(caption.identifier, caption.raw_text))
        for caption in captions.captions
    ]
    if names := [name for caption in captions.captions if (name := _left_out(caption.identifier))]:
        some = f"Names of cues such as “{names[0]}” were" if len(names) > 1 else f"The name of a cue, “{names[0]}”, was"
        warnings.append(Notice(f"{some} left out; they are no words."))
    notes = "\n".join(_notes(captions))
    metadata = {"note": notes} if notes else {}
    return parse_captions(
        filename, cues, decoded, input_format="vtt", metadata=metadata, warnings=warnings, options=options
    )


def _named(identifier: str | None, words: str) -> str:
    """The words of a cue in a voice tag, if its identifier names who speaks, as Webex writes it: ``1 "Anna Berg"
    (3012)``."""
    found = _NAME.fullmatch(identifier) if identifier else None
    return f"<v {found['name']}>{words}</v>" if found and found["name"].strip() else words


def _left_out(identifier: str | None) -> str:
    """An identifier that may say something, unlike a number or a key, cut to a few words."""
    if not identifier or _NAME.fullmatch(identifier) or not _WORDY.search(identifier):
        return ""
    return " ".join(identifier[:40].split())


def _mended(text: str) -> tuple[str, list[Notice]]:
    """The file with times that the library reads and without blank lines inside cues, and what was doubtful."""
    lines = list(timings(text))
    parts: list[str] = []
    at = 0
    for line in lines:
        sound = line.sound and text.find(",", line.start, line.start + _WIDTH) < 0
        parts += (
            _words(text[at : line.start]),
            text[line.start : line.start + _WIDTH] if sound else sound_times(line.begins, "."),
        )
        at = line.end
    parts.append(_words(text[at:]))
    mended = _ADJACENT_NUMBER.sub(r"\n\n\1\n", "".join(parts))
    return _rejoined(_WHITE_LINE.sub("", mended)), unreadable_times(lines)


def _words(text: str) -> str:
    """What stands between lines of times, with no arrow that the library would take for one."""
    return text.replace("-->", "--&gt;")


def _rejoined(text: str) -> str:
    """The file with words that follow a cue after a blank line in that cue."""
    head, *blocks = _BLOCKS.split(text)
    kept = [head]
    in_cue = False
    for block in blocks:
        if " --> " in block:
            in_cue = True
        elif block.startswith(_NO_CUE):
            in_cue = False
        elif in_cue and block.strip():
            if not block.strip().isdecimal():
                kept[-1] += f"\n{block}"
            continue
        kept.append(block)
    return "\n\n".join(kept)


def _notes(captions: WebVTT) -> Iterator[str]:
    """The comments of the file, in order."""
    yield from filter(None, captions.header_comments)
    for blocks in (captions.styles, captions.regions, captions.captions):
        for block in blocks:
            yield from filter(None, block.comments)
    yield from filter(None, captions.footer_comments)

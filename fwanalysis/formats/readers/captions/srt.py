"""Parse SubRip captions, cut at their lines of times, whatever numbers and empty lines are between these.

The library srt is the oracle of the tests and not used here: its one pattern skips what it does not fit, words
included, and takes quadratic time for blank lines (1.5 s for 4,000 of them).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.decoding.plain_text import plain_text
from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.readers.captions.cues import Cue, refuse_floods, timings, unreadable_times
from fwanalysis.formats.readers.captions.cues_to_turns import parse_captions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.domain.importing import ParsedSource
    from fwanalysis.formats.readers.captions.cues import Timing

_SPACE = " \t\n"


def read(filename: str, data: bytes, options: ReadOptions = DEFAULTS) -> ParsedSource:
    """Parse a SubRip file.

    Raises:
        UnreadableFile: The bytes are not text or have no line of times.
    """
    decoded = plain_text(filename, data, options)
    text = decoded.text
    refuse_floods(filename, text)
    lines = timings(text)
    if not lines:
        raise UnreadableFile(
            f"{filename} is not SubRip: it has no line of times such as 00:00:01,000 --> 00:00:03,500."
        )
    before, cues = cues_of(text, lines)
    warnings = unreadable_times(lines)
    if before:
        cues.insert(0, Cue(cues[0].time, before))
        warnings.insert(0, Notice("There are words before the first cue; they were kept.", 0))
    return parse_captions(filename, cues, decoded, input_format="srt", warnings=warnings, options=options)


def cues_of(text: str, lines: Sequence[Timing]) -> tuple[str, list[Cue]]:
    """Cut a file into cues.

    Args:
        text: The text of the file.
        lines: Its lines of times, at least one.

    Returns:
        The words before the first line of times, and one cue for each line of times with the words below it. A number
        just above a line of times is not a word where most cues have one.
    """
    passages: list[str] = []
    numbered: list[tuple[int, int]] = []
    end = 0
    for line in lines:
        between = text[end : line.start]
        end = line.end
        bare = between.rstrip(_SPACE)
        if not between.endswith("\n\n"):
            cut = bare.rfind("\n") + 1
            if bare[cut:].strip(" \t\ufeff").isdecimal():
                numbered.append((len(passages), cut))
        passages.append(bare)
    if len(numbered) * 2 > len(lines):
        for number, cut in numbered:
            passages[number] = passages[number][:cut]
    before, *payloads = passages
    payloads.append(text[end:])
    return before.strip(_SPACE), [
        Cue(line.begins, raw.strip(_SPACE)) for line, raw in zip(lines, payloads, strict=True)
    ]

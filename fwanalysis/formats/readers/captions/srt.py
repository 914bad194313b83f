"""SubRip captions: cut at their lines of times, whatever numbers and blank lines stand between; turns as in
``captions``.

The library srt is the oracle of the tests and not used here: its one pattern skips what it does not fit, words and all,
and needs quadratic time for blank lines (1.5 s for 4,000 of them).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.decoding.charset import decode
from fwanalysis.formats.decoding.sniffing import refuse_binary, refuse_controls
from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.readers.captions.cues import Cue, refuse_floods, timings, unreadable_times
from fwanalysis.formats.readers.captions.cues_to_turns import parse_captions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.domain.importing import ParsedSource
    from fwanalysis.formats.readers.captions.cues import Timing


def read(filename: str, data: bytes, options: ReadOptions = DEFAULTS) -> ParsedSource:
    """The draft of a SubRip file; UnreadableFile where it is not text or has no line of times."""
    refuse_binary(filename, data)
    decoded = decode(filename, data, options.encoding)
    text = decoded.text
    refuse_controls(filename, text)
    refuse_floods(filename, text)
    lines = list(timings(text))
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
    """The words before the first line of times, and a cue of those below each; a number just above a line of times is
    no word where most cues have one."""
    ends = [line.end for line in lines]
    stretches = [text[start : line.start] for start, line in zip([0, *ends[:-1]], lines, strict=True)]
    bare = [stretch.rstrip(" \t\n") for stretch in stretches]
    numbered = [
        not stretch.endswith("\n\n") and kept.rpartition("\n")[2].strip(" \t\ufeff").isdecimal()
        for stretch, kept in zip(stretches, bare, strict=True)
    ]
    if sum(numbered) * 2 > len(lines):
        bare = [kept.rpartition("\n")[0] if is_number else kept for kept, is_number in zip(bare, numbered, strict=True)]
    before, *payloads = (payload.strip(" \t\n") for payload in bare)
    payloads.append(text[ends[-1] :].strip(" \t\n"))
    return before, [Cue(line.begins, payload) for line, payload in zip(lines, payloads, strict=True)]

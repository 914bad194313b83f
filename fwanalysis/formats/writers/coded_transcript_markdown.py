"""A transcript with its codes as Markdown that can also be read as plain text.

``⟦3`` in the text is the beginning of segment 3 and ``3⟧`` its end; a space belongs to each mark. Below the turn in
which a segment begins, a line for each of its codings has the same number. Markup in the transcript is escaped with a
backslash, and its own ``⟦`` and ``⟧`` are written as ``&lobrk;`` and ``&robrk;``, so that every ``⟦`` and ``⟧`` in the
words of a turn is a mark.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fwanalysis.domain.coded_transcript import Mark, MarkKind
from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.timestamps import clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fwanalysis.domain.coded_transcript import (
        CodedSegment,
        CodedTranscript,
        LegendCode,
        SegmentCoding,
        TranscriptPart,
        Words,
    )

_MARKUP = re.compile(r"[\\`*_<>|~&$]|\](?=[(\[:])")
_LINE_START = re.compile(r"^([ \t]*)(?:([-+=#:])|(\d{1,9})([.)]))", re.MULTILINE)
"""What begins a list, a heading or a table at the beginning of a line."""
_CHARACTERS = str.maketrans({"⟦": "&lobrk;", "⟧": "&robrk;", "\r": "&#13;", "\n": "\\\n"})
_MARKS = {
    MarkKind.BEGINS: "⟦{} ",
    MarkKind.ENDS: " {}⟧",
    MarkKind.INTERRUPTED: " {}…⟧",
    MarkKind.RESUMED: "⟦…{} ",
}
_HOW_TO_READ = (
    r"""`⟦1` is where segment 1 begins and `1⟧` where it ends; `1…⟧` and `⟦…1` mean that it continues in the next turn.
The codes of a segment are listed below the turn in which it begins: code with path, kind of the code, whether the
segment speaks for or against it, coder, and note. A backslash before a character, or at the end of a line, does not
belong to the transcript. A ⟦ or ⟧ that does is written as `&lobrk;` or `&robrk;`."""
)  # fmt: skip


def coded_transcript_markdown(transcript: CodedTranscript) -> bytes:
    """Return a transcript with its codes as Markdown in UTF-8."""
    return ("\n\n".join(_blocks(transcript)) + "\n").encode("utf-8", "surrogatepass")


def marked_words(pieces: Iterable[Words | Mark]) -> str:
    """Return the words and marks of a part as they are in the file.

    Removing the marks and the escapes gives the words of the part, character for character.
    """
    return "".join(
        _MARKS[piece.kind].format(piece.segment.number) if isinstance(piece, Mark) else escaped(piece.text)
        for piece in pieces
    )


def escaped(text: str) -> str:
    """Return a text with its Markdown escaped; a line break becomes a hard one."""
    text = _MARKUP.sub(lambda found: f"\\{found.group()}", text)
    return _LINE_START.sub(_escaped_start, text).translate(_CHARACTERS)


def _escaped_start(found: re.Match[str]) -> str:
    spaces, character, number, delimiter = found.groups()
    return f"{spaces}\\{character}" if character else f"{spaces}{number}\\{delimiter}"


def heading(part: TranscriptPart) -> str:
    """Return what precedes the words of a part: its number, time and speaker, or why it has none."""
    if part.kind is None:
        return f"**line {part.number}**"
    if part.kind is not TurnKind.SPEECH:
        return f"*({part.kind})*"
    time = "" if part.time is None else f" [{clock(part.time)}]"
    return f"**{part.number}**{time} **{_line(part.label) if part.label else '(no speaker)'}:**"


def _blocks(transcript: CodedTranscript) -> Iterator[str]:
    yield f"# {_line(transcript.source)}: transcript with codes"
    yield "\n".join(f"- {_line(name)}: {_line(value)}" for name, value in transcript.about)
    if transcript.unanchored:
        yield _line(transcript.unanchored_note)
    yield _HOW_TO_READ
    yield "## Transcript"
    for marked in transcript.marked():
        yield f"{heading(marked.part)} {marked_words(marked.pieces)}"
        if marked.beginning:
            yield _codings(marked.beginning)
    if outside := transcript.outside():
        yield "## Segments outside of the turns"
        for segment in outside:
            yield f"⟦{segment.number}⟧ {escaped(segment.quote)}"
            yield _codings((segment,))
    yield "## Codes"
    yield "\n".join(map(_legend_entry, transcript.legend)) or "No segment is coded."


def _codings(segments: Iterable[CodedSegment]) -> str:
    return "\n".join(_coding(segment, coding) for segment in segments for coding in segment.codings)


def _coding(segment: CodedSegment, coding: SegmentCoding) -> str:
    facts = [_line(fact) for fact in (coding.kind, coding.stance, coding.coder)]
    note = [f"note: {_line(coding.note)}"] if coding.note else []
    place = f" {_line(segment.reference)}" if segment.reference else ""
    code = f"**{_line(coding.code)}** ({_line(coding.path)})"
    return f"- ⟦{segment.number}⟧{place} {' · '.join([code, *facts, *note])}"


def _legend_entry(code: LegendCode) -> str:
    rows = [
        ("definition", code.definition),
        ("include", code.include),
        ("exclude", code.exclude),
        ("counts against", code.counts_against),
        ("segments", ", ".join(map(str, code.segments))),
    ]
    below = "".join(f"\n  - {name}: {_line(text)}" for name, text in rows if text)
    return f"- **{_line(code.name)}** ({_line(code.path)}) · {_line(code.kind)}{below}"


def _line(text: str) -> str:
    """Return a text with its Markdown escaped, in one line."""
    return escaped(" ".join(text.split()))

"""Transcripts with random coded segments, and one that holds everything once."""

from __future__ import annotations

from hypothesis import strategies as st

from fwanalysis.domain.coded_transcript import (
    CodedTranscript,
    LegendCode,
    SegmentCoding,
    TranscriptPart,
    numbered_segments,
)
from fwanalysis.domain.sources import TurnKind
from fwanalysis.domain.text import Span

LETTERS = "ab1 3.-+#=>*_`<&|[]()\\~$!:;⟦⟧…\n\r\t漢é\u05d0"
COST = LegendCode("k1", "Cost", "effort/cost", "sensitizing", "What it takes.", "", "gains", "ease", ())
TRUST = LegendCode("k2", "<Trust>", "trust", "emergent", "", "", "", "", ())


def coding(number: int, code: LegendCode = COST, stance: str = "for", note: str = "") -> SegmentCoding:
    return SegmentCoding(str(number), code.id, code.name, code.path, code.kind, stance, note, "Ana")


@st.composite
def transcripts(draw: st.DrawFn) -> CodedTranscript:
    """Turns with nasty words and segments that overlap, nest, touch, and go over turns and labels."""
    text, parts = "", []
    for number, words in enumerate(draw(st.lists(st.text(LETTERS, max_size=20), min_size=1, max_size=4)), 1):
        text += "Ann: "
        parts.append(TranscriptPart(Span(len(text), len(text + words)), TurnKind.SPEECH, number, "Ann"))
        text += words + "\n"
    places = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(places, places).filter(lambda pair: pair[0] != pair[1]), max_size=8))
    spans = [Span(min(pair), max(pair)) for pair in pairs]
    segments = numbered_segments(
        (span, "", span.of(text), coding(number, note=f"note-{number:03}")) for number, span in enumerate(spans)
    )
    return CodedTranscript("P1", (), text, tuple(parts), segments, (COST,), 0)


def everything() -> CodedTranscript:
    """Return a transcript with every kind of part and mark, a segment in a label, and unanchored codings."""
    text = "Of May\nAnn: We met *often*.\nBob: 1. <b>No</b>\nBreak\nCy: Bye"
    places = [(12, 27, TurnKind.SPEECH, 1, "Ann", 751.0), (33, 45, TurnKind.SPEECH, 2, "Bob", None)]
    parts = (
        TranscriptPart(Span(0, 6), TurnKind.PREAMBLE, 0),
        *(TranscriptPart(Span(a, b), kind, number, label, time) for a, b, kind, number, label, time in places),
        TranscriptPart(Span(46, 51), TurnKind.EXCLUDED, 0),
        TranscriptPart(Span(56, 59), TurnKind.SPEECH, 3, None),
    )
    found = [
        (Span(15, 38), "(P<1>:1–2)", coding(1)),
        (Span(15, 18), "(P<1>:1)", coding(2, stance="against", note="a *star*\nbelow")),
        (Span(15, 18), "(P<1>:1)", coding(3, TRUST)),
        (Span(52, 54), "", coding(4, TRUST, "mixed")),
    ]
    segments = numbered_segments((span, reference, span.of(text), item) for span, reference, item in found)
    legend = (
        LegendCode("k1", "Cost", "effort/cost", "sensitizing", "What it takes.", "", "gains", "ease", (1, 2)),
        LegendCode("k2", "<Trust>", "trust", "emergent", "", "", "", "", (2, 3)),
    )
    about = (("project", "A & B"), ("revision", "2 of 2, from P1.txt"), ("codebook", "Book, version 1.0"))
    return CodedTranscript("P<1>", about, text, parts, segments, legend, 2)

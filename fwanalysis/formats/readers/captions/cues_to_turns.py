"""Turn cues into a text and its turns, for all caption formats.

The text holds the words only, one paragraph a turn, paragraphs separated by an empty line; tags, cue numbers and names
of speakers are not in it. A turn has the time of its first cue. Speakers come from voice tags; without any, from
``Name: words`` (Zoom) or another label format of plain text; without names, dashes say where the speaker changes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice
from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.options import DEFAULTS, ReadOptions
from fwanalysis.formats.parsed import parse_source
from fwanalysis.formats.readers.captions.cue_attribution import attributed
from fwanalysis.formats.readers.captions.cue_labels import CueLabels, cue_labels
from fwanalysis.formats.readers.captions.cue_warnings import label_warnings, possible_labels, unlabelled_cues
from fwanalysis.formats.readers.captions.cues import Cue, by_line
from fwanalysis.formats.readers.captions.lines import Line, lines_of
from fwanalysis.formats.readers.captions.markup import may_have_markup, plain_lines, spoken
from fwanalysis.formats.readers.captions.pieces import Attribution, Piece, joined
from fwanalysis.formats.readers.captions.rolling import without_repeats
from fwanalysis.formats.speaker_formats import LABEL_COLON, NO_LABELS
from fwanalysis.formats.speakers.label_variants import merges
from fwanalysis.formats.speakers.labels import most_frequent_spellings
from fwanalysis.formats.speakers.legend import roles_from_legend
from fwanalysis.formats.turns.find import Found, find_turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from fwanalysis.domain.importing import ParsedSource, ParsedTurn
    from fwanalysis.formats.decoding.charset import Decoded
    from fwanalysis.formats.readers.captions.pieces import Joined

VOICE_TAGS = "voice-tags"
DASHES = "dashes"
_NAMELESS = Notice("Dashes mark where the speaker changes, but no speaker has a name; add names to the file.")
_UNNAMED = Notice(
    "These captions have no speaker names: the text has no turns, and the times of the cues are left out."
)
_NEARLY_ALL, _ALL_BUT_FEW = 0.75, 0.9
_ENOUGH_CUES = 10
_PARAGRAPH = (60, 150)
"""How many words a paragraph of captions without names has before it ends with a sentence, or at the most."""
_SENTENCE_END = re.compile(r"[.?!…。？！][\"'”’»)\]]*$")


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
    """Parse a caption file with these cues; *warnings* are about places of the decoded file."""
    tagged = any("<v" in cue.raw or "<V" in cue.raw for cue in cues)
    read = _by_tags(cues) if options.speaker_format in (None, VOICE_TAGS) and tagged else None
    rolled: tuple[Notice, ...] = ()
    if read is None:
        by_cue, rolled = _unrolled(plain_lines(cues, markup=tagged or may_have_markup(decoded.text)))
        read = _by_lines(lines_of(cues, by_cue), options)
    text, found = read
    of_file = by_line([*decoded.warnings, *warnings, *rolled], decoded.text)
    return parse_source(
        filename, text, found, input_format=input_format, encoding=decoded.encoding, metadata=metadata, warnings=of_file
    )


def _unrolled(cues: Sequence[Sequence[str]]) -> tuple[Sequence[Sequence[str]], tuple[Notice, ...]]:
    """Return the lines of the cues, without repeated ones if the captions roll."""
    if sum(1 for one, other in pairwise(cues) if other and other[0] in one) * 2 < len(cues):
        return cues, ()
    return without_repeats([tuple(lines) for lines in cues])


def _by_tags(cues: Sequence[Cue]) -> tuple[str, Found] | None:
    """Return the text and the turns of voice tags, or None if no tag has a name."""
    names: dict[str, str] = {}
    said = [(cue.time, one) for cue in cues for one in spoken(cue.raw, names)]
    speakers = [one.speaker or None for _, one in said]
    named = len(speakers) - speakers.count(None)
    if not named:
        return None
    spelled = most_frequent_spellings(filter(None, speakers))
    pieces = [
        Piece(one.words, time, spelled[one.speaker], Attribution.NAMED)
        if one.speaker
        else Piece(one.words, time, None, Attribution.CONTINUED if one.speaker is None else Attribution.UNNAMED)
        for time, one in said
    ]
    closed = any("</v>" in cue.raw for cue in cues)
    together = joined(pieces, leading=_leading(speakers, sure=closed))
    reason = f"{named:,} of {len(said):,} passages have a voice tag"
    found = Found(VOICE_TAGS, together.turns, unlabelled_cues(pieces, together), reason, (NO_LABELS,))
    counts = Counter(turn.label for turn in together.turns if turn.label)
    return together.text, replace(found, merges=merges(counts) if len(counts) > 1 else ())


def _leading(speakers: Sequence[str | None], *, sure: bool = False) -> TurnKind:
    """Return what the words before the first speaker are.

    Returns:
        Speech if the file names the speaker of nearly every cue, preamble if names only show that the speaker changes.
    """
    share = sum(name is not None for name in speakers) / max(1, len(speakers))
    every = share >= _ALL_BUT_FEW and len(speakers) >= _ENOUGH_CUES
    if not every and any(one is not None and one == other for one, other in pairwise(speakers)):
        every = share >= _NEARLY_ALL
    return TurnKind.SPEECH if sure or every else TurnKind.PREAMBLE


def _by_lines(lines: Sequence[Line], options: ReadOptions) -> tuple[str, Found]:
    """Return the text and the turns of captions without voice tags."""
    speaker_format = None if options.speaker_format == VOICE_TAGS else options.speaker_format
    labels = CueLabels()
    if speaker_format in (None, LABEL_COLON):
        labels = cue_labels(lines, stated=options.speakers, chosen=speaker_format is not None)
        if labels.speakers:
            return _by_labels(lines, labels)
    lines = [line._replace(words=line.as_written) if line.change == ">>" else line for line in lines]
    plain = "\n".join(line.words for line in lines)
    labelled = find_turns(plain, speaker_format=None if speaker_format == DASHES else speaker_format)
    if labelled.turns and speaker_format != DASHES:
        return _by_found(lines, labelled, plain)
    dashes = sum(line.change == "-" for line in lines)
    if dashes and speaker_format in (None, DASHES):
        together = joined(map(_by_dash, lines), leading=TurnKind.SPEECH)
        reason = f"{dashes:,} of {len(lines):,} lines begin with a dash"
        return together.text, Found(DASHES, together.turns, (_NAMELESS,), reason, (NO_LABELS,))
    warnings = [replace(warning, start=None) for warning in labelled.warnings] if speaker_format else []
    warnings += [_UNNAMED] if len(lines) > 1 and speaker_format is None else []
    warnings += possible_labels(labels.uncertain.values())
    return "\n\n".join(_paragraphs(lines)), replace(labelled, turns=(), warnings=tuple(warnings))


def _by_dash(line: Line) -> Piece:
    return Piece(line.words, line.time, None, Attribution.CHANGED if line.change else Attribution.CONTINUED)


def _by_labels(lines: Sequence[Line], labels: CueLabels) -> tuple[str, Found]:
    """Return the text and the turns of labels before the words."""
    read = attributed(lines, labels)
    by_cue = [piece.speaker for piece, line in zip(read.pieces, lines, strict=True) if line.first]
    together = joined(read.pieces, leading=_leading(by_cue))
    counts = Counter(piece.speaker for piece in read.pieces if piece.speaker)
    names = f"one of {len(counts):,} labels" if len(counts) > 1 else "the same label"
    labelled = len(by_cue) - by_cue.count(None)
    preamble = together.text[: together.turns[0].end] if together.turns[0].kind is TurnKind.PREAMBLE else ""
    found = Found(
        LABEL_COLON,
        together.turns,
        label_warnings(lines, read, together, counts),
        f"{labelled:,} of {len(by_cue):,} cues begin with {names} and a colon",
        (NO_LABELS,),
        merges(counts) if len(counts) > 1 else (),
        roles_from_legend(preamble, counts) if preamble else {},
    )
    return together.text, found


def _by_found(lines: Sequence[Line], labelled: Found, plain: str) -> tuple[str, Found]:
    """Return the text and the turns in a label format of plain text, found in the joined lines (*plain*)."""
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.words) + 1)
    pieces = [Piece("", line.time) for line in lines]
    for turn in labelled.turns:
        first, last = (
            bisect_right(starts, turn.label_start) - 1,
            bisect_right(starts, max(turn.label_start, turn.end - 1)),
        )
        for place in range(first, min(last, len(lines))):
            words = plain[max(turn.start, starts[place]) : max(turn.start, min(turn.end, starts[place + 1] - 1))]
            pieces[place] = Piece(words, lines[place].time, turn.label, _attribution(turn, begins=place == first))
    together = joined(pieces, leading=TurnKind.PREAMBLE)
    warnings = (_moved(warning, starts, pieces, together) for warning in labelled.warnings)
    return together.text, replace(labelled, turns=together.turns, warnings=tuple(warnings))


def _attribution(turn: ParsedTurn, *, begins: bool) -> Attribution:
    if not begins or turn.kind is TurnKind.PREAMBLE:
        return Attribution.CONTINUED
    if turn.kind is not TurnKind.SPEECH:
        return Attribution.EXCLUDED
    return Attribution.NAMED if turn.label else Attribution.CHANGED


def _moved(warning: Notice, starts: Sequence[int], pieces: Sequence[Piece], together: Joined) -> Notice:
    """Return a warning with the position of its words in the text."""
    if warning.start is None:
        return warning
    place = bisect_right(starts, warning.start) - 1
    return replace(warning, start=together.place(place))


def _paragraphs(lines: Iterable[Line]) -> Iterator[str]:
    """Yield the words of captions without names, in paragraphs of a convenient length."""
    words: list[str] = []
    count, (enough, most) = 0, _PARAGRAPH
    for line in lines:
        words.append(line.words)
        count += line.words.count(" ") + 1
        if count >= most or (count >= enough and _SENTENCE_END.search(line.words)):
            yield " ".join(words)
            words, count = [], 0
    if words:
        yield " ".join(words)

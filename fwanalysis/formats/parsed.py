"""Putting together what a reader found into a SourceDraft: name, roles, kind. Knows no file format."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice, ParsedSource, ParsedTurn
from fwanalysis.domain.sources import SourceKind, TurnKind
from fwanalysis.domain.text import count_words
from fwanalysis.formats.speakers.label_variants import full_names
from fwanalysis.formats.speakers.role_inference import Behaviour, behaviour, guess_kind, guess_speakers, swapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fwanalysis.formats.turns.find import Found


_TOP = 2_000


def parse_source(
    filename: str,
    text: str,
    found: Found,
    *,
    input_format: str,
    encoding: str | None = None,
    metadata: Mapping[str, str] | None = None,
    case: str | None = None,
    attributes: Mapping[str, str] | None = None,
    warnings: Iterable[Notice] = (),
    lines_above: int = 0,
) -> ParsedSource:
    """The draft of a source named after its file, with guessed roles and kind; *case* and *attributes* are what the
    file itself states, *doubts* come before those about turns."""
    name = PurePath(filename).stem
    spoken = behaviour(text, found.turns)
    in_full = full_names({label: figures.turns for label, figures in spoken.items()})
    speakers = guess_speakers(spoken, speaker_format=found.speaker_format, told=found.told, stem=name, in_full=in_full)
    above = text[: min(found.turns[0].end, _TOP)] if found.turns and found.turns[0].kind is TurnKind.PREAMBLE else ""
    return ParsedSource(
        name=name,
        kind=guess_kind(name, speakers, spoken, above=above, in_full=in_full) if found.turns else SourceKind.DOCUMENT,
        text=text,
        turns=found.turns,
        speakers=speakers,
        input_format=input_format,
        speaker_format=found.speaker_format,
        speaker_format_reason=found.reason,
        speaker_formats=found.speaker_formats,
        merges=found.merges,
        words=_words(text, found.turns, spoken),
        said={label: (figures.turns, figures.words) for label, figures in spoken.items()},
        encoding=encoding,
        metadata=dict(metadata or {}),
        case=case,
        attributes=dict(attributes or {}),
        label_decisions=found.label_decisions,
        warnings=(*warnings, *found.warnings, *swapped(spoken, speakers)),
        lines_above=lines_above,
    )


def _words(text: str, turns: Iterable[ParsedTurn], spoken: Mapping[str, Behaviour]) -> int:
    """The words of speech, those of labelled turns as counted already; of the whole text where nobody speaks."""
    speech = [turn for turn in turns if turn.kind is TurnKind.SPEECH]
    if not speech:
        return count_words(text)
    unlabelled = sum(count_words(text[turn.start : turn.end]) for turn in speech if turn.label is None)
    return unlabelled + sum(figures.words for figures in spoken.values())

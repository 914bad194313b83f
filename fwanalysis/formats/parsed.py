"""Assemble a parsed source from a text and its turns: its name, roles and kind. Knows no file format."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import Notice, ParsedSource, ParsedTurn
from fwanalysis.domain.sources import SourceKind, TurnKind
from fwanalysis.domain.text import count_words
from fwanalysis.formats.speakers.label_variants import full_names
from fwanalysis.formats.speakers.role_inference import Behaviour, behaviour, infer_kind, infer_speakers, swapped_roles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fwanalysis.formats.turns.find import Found


_TOP = 2_000
"""How many characters of the preamble, at most, are searched for the kind of the source."""


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
    """Assemble a source that is named after its file, with detected roles and kind.

    Args:
        filename: Name of the file, with or without folders.
        text: Text of the source.
        found: The turns in *text*, with what is known of their speakers.
        input_format: Name of the format that the file was read as.
        encoding: Encoding of the file (Python's name), for formats of plain text.
        metadata: Entries that the file has about itself.
        case: Name of the case that the file itself states.
        attributes: Attributes of that case that the file itself states.
        warnings: Warnings about the file; they come before those about turns.
        lines_above: How many lines of the file are above *text*, so that line numbers of messages fit the file.
    """
    name = PurePath(filename).stem
    spoken = behaviour(text, found.turns)
    in_full = full_names({label: figures.turns for label, figures in spoken.items()})
    speakers = infer_speakers(
        spoken, speaker_format=found.speaker_format, legend_roles=found.legend_roles, stem=name, in_full=in_full
    )
    above = text[: min(found.turns[0].end, _TOP)] if found.turns and found.turns[0].kind is TurnKind.PREAMBLE else ""
    return ParsedSource(
        name=name,
        kind=infer_kind(name, speakers, spoken, above=above, in_full=in_full) if found.turns else SourceKind.DOCUMENT,
        text=text,
        turns=found.turns,
        speakers=speakers,
        input_format=input_format,
        speaker_format=found.speaker_format,
        speaker_format_reason=found.reason,
        speaker_formats=found.speaker_formats,
        merges=found.merges,
        words=_words(text, found.turns, spoken),
        speech_counts={label: (counts.turns, counts.words) for label, counts in spoken.items()},
        encoding=encoding,
        metadata=dict(metadata or {}),
        case=case,
        attributes=dict(attributes or {}),
        label_decisions=found.label_decisions,
        warnings=(*warnings, *found.warnings, *swapped_roles(spoken, speakers)),
        lines_above=lines_above,
    )


def _words(text: str, turns: Iterable[ParsedTurn], spoken: Mapping[str, Behaviour]) -> int:
    """Return the number of words of speech, or of the whole text if there is no speech.

    Notes:
        *spoken* has the words of labelled turns, which are not counted again.
    """
    speech = [turn for turn in turns if turn.kind is TurnKind.SPEECH]
    if not speech:
        return count_words(text)
    unlabelled = sum(count_words(text[turn.start : turn.end]) for turn in speech if turn.label is None)
    return unlabelled + sum(counts.words for counts in spoken.values())

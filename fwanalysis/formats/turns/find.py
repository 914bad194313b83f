"""Find the turns of a plain text in four stages.

Read the lines, choose the format that explains most of the file, settle the turns, explain the result. Pure: text in,
positions (code points) out. Uncertain text stays in the turn before it and is reported with its position.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import LabelDecision, LabelMerge, Notice, ParsedTurn
from fwanalysis.formats.speaker_formats import BOLD_QUESTIONS, LABEL_COLON, LABEL_LINE, NO_LABELS, speaker_format_named
from fwanalysis.formats.speakers.label_variants import merges
from fwanalysis.formats.speakers.labels import key, shown
from fwanalysis.formats.speakers.legend import roles_from_legend
from fwanalysis.formats.turns import import_warnings
from fwanalysis.formats.turns.detection import Detection
from fwanalysis.formats.turns.explicit_labels import with_explicit_labels
from fwanalysis.formats.turns.format_candidates import Readings, chosen_reading, possible_readings
from fwanalysis.formats.turns.header import interviews
from fwanalysis.formats.turns.label_candidates import read_lines
from fwanalysis.formats.turns.label_criteria import HEADER_FACT, NAMED
from fwanalysis.formats.turns.printed_interview import bold_questions
from fwanalysis.formats.turns.single_letter_labels import merge_proposals
from fwanalysis.formats.turns.turn_settling import settle
from fwanalysis.formats.turns.unlabelled_speech import only_answers

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from fwanalysis.formats.turns.format_candidates import Reading
    from fwanalysis.formats.turns.label_candidates import Lines

_NOTHING_BOLD: Mapping[int, int] = MappingProxyType({})
_CHOSEN = "you chose this format"


@dataclass(frozen=True, slots=True)
class Found:
    """The turns of a text and how they were found.

    Attributes:
        speaker_format: The format of its speaker labels, ``none`` if it has no turns.
        turns: Preamble, turns and excluded text, in order.
        warnings: What the user should check.
        reason: Why that format was chosen.
        speaker_formats: The other formats that the text could be in, the best first.
        merges: Labels that may be two spellings of one speaker.
        legend_roles: By label, the role that the top of the file states, with the line that states it.
        label_decisions: What was decided of each candidate label, and why.
    """

    speaker_format: str
    turns: tuple[ParsedTurn, ...] = ()
    warnings: tuple[Notice, ...] = ()
    reason: str = ""
    speaker_formats: tuple[str, ...] = ()
    merges: tuple[LabelMerge, ...] = ()
    legend_roles: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    label_decisions: tuple[LabelDecision, ...] = ()


def find_turns(
    text: str,
    *,
    headings: Collection[int] = frozenset(),
    bold: Mapping[int, int] = _NOTHING_BOLD,
    speaker_format: str | None = None,
    speakers: Collection[str] = (),
) -> Found:
    """Find the turns of *text*.

    Args:
        text: The whole text.
        headings: The starts of lines that are headings.
        bold: Maps the first character of a line to the end of the bold text that it begins, if the file has any.
        speaker_format: The format of speaker labels that the user chose; detected if None.
        speakers: Labels that are always speakers, because the file lists them or the user named them.

    Returns:
        The turns in the format that explains most of the text. A text without speaker labels has no turns and the
        format ``none``.

    Raises:
        InvalidInput: If there is no format called *speaker_format*.
    """
    if speaker_format is not None and speaker_format_named(speaker_format).name == NO_LABELS:
        return Found(NO_LABELS, reason=_CHOSEN)
    found = _detected(text, headings, bold, speaker_format)
    turns = with_explicit_labels(text, found.turns, speakers, alone=found.speaker_format == LABEL_LINE)
    if turns == found.turns:
        return found
    if not found.turns:
        reason = "the file lists its speakers or marks its turns, or you named them"
        return Found(LABEL_COLON, turns, reason=reason, label_decisions=_named(found.label_decisions, speakers))
    return replace(
        found,
        turns=turns,
        warnings=tuple(warning for warning in found.warnings if warning.speaker not in speakers),
        label_decisions=_named(found.label_decisions, speakers),
    )


def _named(decisions: Sequence[LabelDecision], speakers: Collection[str]) -> tuple[LabelDecision, ...]:
    """Mark labels as speakers that the file lists or the user named."""
    return tuple(
        replace(one, is_speaker=True, criterion=NAMED.name, reason=NAMED.reason)
        if one.label in speakers and not one.is_speaker
        else one
        for one in decisions
    )


def _detected(text: str, headings: Collection[int], bold: Mapping[int, int], speaker_format: str | None) -> Found:
    """Detect the turns without regard to explicit labels."""
    detection = choose(read(text, headings, bold), speaker_format)
    if not detection.reading.candidates:
        return _without_turns(detection, speaker_format)
    return explain(settle(detection))


def read(text: str, headings: Collection[int], bold: Mapping[int, int]) -> Detection:
    """Read what each line may begin with, and where interviews begin (stage 1)."""
    return Detection(text, bold, headings, read_lines(text, bold, headings), interviews(text))


def choose(detection: Detection, speaker_format: str | None = None) -> Detection:
    """Choose the format of the speaker labels (stage 2).

    Returns:
        The detection with *speaker_format*, or with the format that explains most of the text if None.
    """
    text, lines, bold, headings = detection.text, detection.lines, detection.bold, detection.headings
    readings = possible_readings(text, lines, detection.interviews)
    ranked = list(readings.ranked) or only_answers(text, lines, bold, headings)
    if asked := bold_questions(text, lines, bold, headings):
        ranked.insert(bool(ranked) and ranked[0].score >= asked.score, asked)
    readings = Readings(tuple(ranked), readings.labelled, readings.facts)
    if speaker_format is not None:
        return _choose_named(replace(detection, readings=readings), speaker_format)
    if not ranked:
        return replace(detection, readings=readings, reason=_no_evidence(lines))
    best, *others = ranked
    return replace(detection, readings=readings, reading=best, others=others, reason=_evidence(lines, best, others))


def _choose_named(detection: Detection, speaker_format: str) -> Detection:
    """Choose the format that the user named.

    Without a reading if nothing in the text is in that format.
    """
    text, lines, ranked = detection.text, detection.lines, detection.readings.ranked
    chosen = next((reading for reading in ranked[:1] if reading.speaker_format == speaker_format), None)
    if chosen is None and speaker_format == BOLD_QUESTIONS:
        chosen = bold_questions(text, lines, detection.bold, detection.headings, chosen=True)
    elif chosen is None:
        chosen = chosen_reading(text, speaker_format, lines, detection.interviews)
    if chosen is None:
        return replace(detection, others=ranked, reason=_CHOSEN)
    others = [reading for reading in ranked if reading.speaker_format != speaker_format]
    return replace(detection, reading=chosen, others=others, reason=f"{_CHOSEN}; {_evidence(lines, chosen)}")


def explain(detection: Detection) -> Found:
    """Describe what was found, what is uncertain, and why (stage 4).

    The result says for each label why it was or was not recognised as a speaker.
    """
    settled = detection.settled
    counts = settled.counts
    alike = merges(counts) if len(counts) > 1 else ()
    alike = (*alike, *merge_proposals(settled.single, settled.labelled)) if settled.single else alike
    return Found(
        speaker_format=detection.reading.speaker_format,
        turns=settled.turns,
        warnings=import_warnings.warnings_about_turns(detection),
        reason=detection.reason,
        speaker_formats=_names(detection.others),
        merges=alike,
        legend_roles=roles_from_legend(detection.text[: settled.first], counts) if settled.first else {},
        label_decisions=decide_labels(detection),
    )


def _without_turns(detection: Detection, speaker_format: str | None) -> Found:
    """Describe a text in which no turns were found.

    Args:
        detection: The detection.
        speaker_format: The format that the user chose; None if any format was tried.
    """
    decisions = decide_labels(detection)
    if speaker_format is None:
        return Found(
            NO_LABELS,
            (),
            import_warnings.warnings_without_turns(detection),
            detection.reason,
            label_decisions=decisions,
        )
    example = speaker_format_named(speaker_format).example
    warning = Notice(f'Nothing in this file is in the format {speaker_format} ("{example}"), so it has no turns.')
    return Found(NO_LABELS, (), (warning,), detection.reason, _names(detection.others), label_decisions=decisions)


def decide_labels(detection: Detection) -> tuple[LabelDecision, ...]:
    """Return the decision on each candidate label of the text.

    Includes labels in the chosen format, in the header, and in other formats.
    """
    reading, readings = detection.reading, detection.readings
    decided = {decision.label: decision for decision in reading.speakers.decisions()}
    for candidate in readings.facts:
        if (label := shown(candidate.label)) not in decided:
            count = sum(key(other.label) == key(label) for other in readings.facts)
            decided[label] = LabelDecision(label, count, False, HEADER_FACT.name, HEADER_FACT.reason)
    if reading.speakers is not readings.labelled:
        for decision in readings.labelled.decisions():
            decided.setdefault(decision.label, replace(decision, is_speaker=False))
    return tuple(decided.values())


def _names(readings: Sequence[Reading]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reading.speaker_format for reading in readings))


def _evidence(lines: Lines, best: Reading, others: Sequence[Reading] = ()) -> str:
    """Return the evidence for a reading as a phrase that follows “because”."""
    labels = len(best.labels)
    names = f"one of {labels} labels" if labels > 1 else "the same label"
    in_blocks = lines.blocks > 1 and best.score <= lines.blocks
    total, units = (lines.blocks, "paragraphs") if in_blocks else (lines.filled, "lines")
    evidence = (
        f"{best.own:,} of {total:,} {units} {speaker_format_named(best.speaker_format).evidence.format(labels=names)}"
    )
    if best.own < best.score:
        evidence += f", {best.score - best.own:,} more in another format"
    if others:
        next_best, count = speaker_format_named(others[0].speaker_format), others[0].score
        fewer = "as many would" if count >= best.score else f"only {count:,} would"
        evidence += f"; as {next_best.name} ({next_best.example}) {fewer}"
    return evidence


def _no_evidence(lines: Lines) -> str:
    if lines.units < 2:
        return ""
    few = "too few" if lines.candidates else "none"
    return f"{few} of its {lines.units:,} paragraphs begin{'' if lines.candidates else 's'} with a speaker label"

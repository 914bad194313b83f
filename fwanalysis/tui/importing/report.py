"""What the import screen says of a file: reports and choices become rows and lines. Knows no widget's workings."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from rich.text import Text

from fwanalysis.domain.importing import ImportStatus, ParsedSource
from fwanalysis.domain.sources import SourceKind, Transcript
from fwanalysis.domain.transcripts import unsaved
from fwanalysis.tui.importing.batch import Batch, of_speaker, roleless
from fwanalysis.tui.widgets.filepane import FileFacts, SpeakerRow
from fwanalysis.tui.widgets.filetable import FileRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from fwanalysis.domain.importing import FileChoices, ImportReport, LabelMerge, SourceReport
    from fwanalysis.tui.importing.batch import Run

AS_IT_IS = frozenset({"refused", "passed", "is there", "twin"})
"""States in which there is nothing to import."""


def row_of(batch: Batch, path: str) -> FileRow:
    """A file's row of the table."""
    report, state = batch.reports[path], batch.state(path)
    read = report.status in (ImportStatus.READY, ImportStatus.IMPORTED)
    sources = report.sources
    voices = len({voice.label for source in sources for voice in source.speakers})
    several = f" ({len(sources):,})" if len(sources) > 1 else ""
    return FileRow(
        path=path,
        state=state,
        name=PurePath(path).name,
        look=batch.look_at(path),
        kind=f"{report.kind or ''}{several}",
        speakers=voices if read else None,
        turns=report.turns if read else None,
        words=sum(source.words for source in sources) if read else None,
        input_format=report.input_format or "",
        speaker_format=report.speaker_format or "",
        quiet=state in AS_IT_IS | {"left out"},
    )


def facts_of(batch: Batch, path: str, at: int) -> FileFacts:
    """What the pane shows of a file, and of its *at*-th source."""
    report, choices = batch.reports[path], batch.chosen(path)
    told = Text.assemble((PurePath(path).name, "bold"))
    state = batch.state(path)
    if not report.sources or state in AS_IT_IS:
        told.append(f"\n{why_not(report, state)}")
        return FileFacts(told)
    source = report.sources[at]
    _tell_source(told, report, source, state, at)
    _tell_reading(told, report, source, choices)
    return FileFacts(told, tuple(_voices(source, choices)), tuple(notes_of(source)))


def why_not(report: ImportReport, state: str) -> str:
    """Why there is nothing to import of a file."""
    if report.error:
        mend = " (r and e read it in another way)" if state == "refused" else ""
        return f"{report.error}{mend}"
    if state == "twin":
        return f"It holds the same as {report.name}, which comes before it."
    if report.sources:
        return report.warnings[0]
    return f"It is in the project already, as {report.name}."


def in_short(batch: Batch, path: str) -> Text:
    """What stands below the table where the file itself has no room: the first things to know of it."""
    report, state = batch.reports[path], batch.state(path)
    if not report.sources or state in AS_IT_IS:
        return Text(why_not(report, state))
    source = report.sources[0]
    told = Text()
    for voice in source.speakers[:_MOST]:
        told.append("  " if told else "")
        told.append(voice.label, style="bold")
        told.append(f" {voice.role}" + (f", {voice.case}" if voice.case and voice.case != voice.label else ""))
    if len(source.speakers) > _MOST:
        told.append(f"  and {len(source.speakers) - _MOST} more")
    if not source.speakers:
        told.append(source.speaker_format_reason or "no speakers")
    notes = notes_of(source)
    if notes:
        more = f" (and {len(notes) - 1} more)" if len(notes) > 1 else ""
        told.append(f"\n! {notes[0]}{more}")
    return told


_MOST = 4
"""Speakers that are named below the table."""


def heading(given: Sequence[Path], batch: Batch, reading: Run | None, importing: Run | None) -> Text:
    """Two lines: what is imported, and how far that is."""
    what = ", ".join(map(str, given[:2])) + (f" and {len(given) - 2} more" if len(given) > 2 else "")
    told = Text(no_wrap=True, overflow="ellipsis")
    told.append(f" Import  {what}\n" if given else " Import\n", style="bold")
    run = importing or reading
    if run is not None:
        verb = "Importing" if importing else "Reading"
        stays = "; what is finished stays" if importing else ""
        stopped = "  stopping ..." if run.stopping.is_set() else f"  esc stops{stays}"
        told.append(_bar(run))
        told.append(f" {verb} {run.done:,} of {run.total:,} files" if run.total else f" {verb} ...")
        told.append(stopped, style="dim")
    elif batch.reports:
        told.append(f" {_counted(batch)}")
    else:
        told.append(" Nothing is read yet.", style="dim")
    return told


_BAR = 12


def _bar(run: Run) -> Text:
    full = round(_BAR * run.done / run.total) if run.total else 0
    return Text.assemble(" ", ("━" * full, "bold"), ("─" * (_BAR - full), "dim"))


def _counted(batch: Batch) -> str:
    """How many files are in which state, and what to do."""
    ready, imported = batch.count("ready"), batch.count("imported")
    look = sum(batch.look_at(path) > 0 for path in batch.reports if batch.state(path) == "ready")
    counts = (
        (imported, "imported"),
        (ready, "ready"),
        (batch.count("left out"), "left out"),
        (batch.count("is there", "twin"), "there already"),
        (batch.count("refused"), "refused"),
        (batch.count("passed"), "no source"),
    )
    told = ", ".join(f"{count:,} {what}" for count, what in counts if count)
    return f"{told}" + (f"; {look:,} to look at (n)" if look else "")


def _tell_source(told: Text, report: ImportReport, source: SourceReport, state: str, at: int) -> None:
    if state != str(ImportStatus.READY):
        told.append(f"  {state}", style="bold reverse")
    if len(report.sources) > 1:
        told.append(f"  {at + 1:,} of {len(report.sources):,} sources (< > others): {source.name}")
    case = f"case {source.case}" if source.case else "no case of its own"
    turns = f"{source.turns:,} turns" if source.turns else "no turns"
    told.append(f"\n{source.kind}, {case}, {turns}, {source.words:,} words")
    if source.attributes:
        told.append("\nthe file states  ", style="bold").append(_listed(source.attributes))


def _tell_reading(told: Text, report: ImportReport, source: SourceReport, choices: FileChoices) -> None:
    told.append(f"\n{report.input_format}", style="bold")
    if source.encoding:
        told.append(f", {source.encoding}")
    told.append(", style ")
    told.append(source.speaker_format, style="bold")
    if choices.speaker_format:
        told.append(" (chosen by you)")
    elif source.speaker_format_reason:
        told.append(f": {source.speaker_format_reason}")
    others = {name: value for name, value in source.metadata.items() if name not in source.attributes}
    if others:
        told.append(f"\n{_listed(others)}", style="dim")


def _listed(values: Mapping[str, str]) -> str:
    return "  ".join(f"{name}: {value}" for name, value in values.items())


def _voices(source: SourceReport, choices: FileChoices) -> Sequence[SpeakerRow]:
    proposed: dict[str, str] = {merge.label: merge.into for merge in reversed(source.merges)}
    rows = []
    for voice in source.speakers:
        other = proposed.get(voice.label)
        why = voice.role_reason or "chosen by you"
        if other is not None:
            why = f"the same as {other}? (m merges)  {why}"
        rows.append(SpeakerRow(voice.label, str(voice.role), voice.case or "–", voice.turns, voice.words, why))
    heard = {voice.label for voice in source.speakers}
    for label in choices.speakers:
        choice = of_speaker(choices, label)
        if label in heard or not (choice.excluded or choice.into):
            continue
        what, key = ("no speaker", "z") if choice.excluded else (f"→ {choice.into}", "m")
        rows.append(SpeakerRow(label, what, "–", None, None, f"chosen by you ({key} takes it back)", quiet=True))
    return rows


def notes_of(source: SourceReport) -> list[str]:
    """What there is to look at in a source: labels that may be one speaker, labels that may be speakers, then warnings,
    then speakers without a role."""
    return [
        *(_merge(merge) for merge in source.merges),
        *(f"“{label}” was read as text; enter makes it a speaker." for label in source.possible_speakers),
        *source.warnings,
        *_without_role(roleless(source)),
    ]


def _merge(merge: LabelMerge) -> str:
    return f"“{merge.label}” may be “{merge.into}”, {merge.reason}; m merges them."


def _without_role(labels: Sequence[str]) -> Iterator[str]:
    if labels:
        named = ", ".join(f"“{label}”" for label in labels[:_MOST])
        more = f" and {len(labels) - _MOST} more" if len(labels) > _MOST else ""
        yield f"Of unknown role: {named}{more}; o at the speaker says who asks and who answers."


# Words with their turns, as the transcript shows them


def transcript_of(draft: ParsedSource) -> Transcript:
    """A draft as the transcript widget shows sources."""
    return unsaved(draft.text, draft.turns, draft.speakers, name=draft.name, kind=draft.kind)


BLANK = transcript_of(ParsedSource("", SourceKind.DOCUMENT, "", (), (), "", "", 0))
"""What is shown while the words of a file are fetched."""

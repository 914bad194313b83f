"""What the import screen shows of a file: reports and choices become rows and lines.

Knows nothing of how widgets work.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from rich.text import Text

from fwanalysis.domain.importing import ImportStatus, ParsedSource
from fwanalysis.domain.transcripts import unsaved
from fwanalysis.tui.importing.batch import Batch, of_speaker
from fwanalysis.tui.importing.notes import notes_of
from fwanalysis.tui.widgets.filepane import FileFacts, SpeakerRow
from fwanalysis.tui.widgets.filetable import FileRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from fwanalysis.domain.importing import FileChoices, ImportReport, SourceReport
    from fwanalysis.domain.sources import Transcript
    from fwanalysis.tui.importing.batch import Run

NOT_IMPORTABLE = frozenset({"refused", "no source", "existing", "duplicate"})
"""States of files from which nothing is imported."""


def row_of(batch: Batch, path: str) -> FileRow:
    """Return a file's row of the table."""
    report, state = batch.reports[path], batch.state(path)
    read = report.status in (ImportStatus.READY, ImportStatus.IMPORTED)
    sources = report.sources
    speakers = len({speaker.label for source in sources for speaker in source.speakers})
    several = f" ({len(sources):,})" if len(sources) > 1 else ""
    return FileRow(
        path=path,
        state=state,
        name=PurePath(path).name,
        to_review=batch.to_review(path),
        kind=f"{report.kind or ''}{several}",
        speakers=speakers if read else None,
        turns=report.turns if read else None,
        words=sum(source.words for source in sources) if read else None,
        input_format=report.input_format or "",
        speaker_format=report.speaker_format or "",
        dim=state in NOT_IMPORTABLE | {"left out"},
    )


def facts_of(batch: Batch, path: str, at: int) -> FileFacts:
    """Return what the pane shows of a file, and of its *at*-th source."""
    report, choices = batch.reports[path], batch.chosen(path)
    text = Text.assemble((PurePath(path).name, "bold"))
    state = batch.state(path)
    if not report.sources or state in NOT_IMPORTABLE:
        text.append(f"\n{why_not(report, state)}")
        return FileFacts(text)
    source = report.sources[at]
    _append_source(text, report, source, state, at)
    _append_formats(text, report, source, choices)
    notes = tuple(note.text for note in notes_of(source))
    return FileFacts(text, tuple(_speaker_rows(source, choices)), notes)


def why_not(report: ImportReport, state: str) -> str:
    """Return why nothing is imported from a file."""
    if report.error:
        hint = " Press r or e to choose another format or encoding." if state == "refused" else ""
        return f"{report.error}{hint}"
    if state == "duplicate":
        return f"Same content as {report.name}, which is listed before it."
    if report.sources:
        return report.warnings[0]
    return f"Already imported as {report.name}."


def brief(batch: Batch, path: str) -> Text:
    """Return what is shown of a file below the table where there is no room for the whole of it."""
    report, state = batch.reports[path], batch.state(path)
    if not report.sources or state in NOT_IMPORTABLE:
        return Text(why_not(report, state))
    source = report.sources[0]
    text = Text()
    for speaker in source.speakers[:_MOST]:
        text.append("  " if text else "")
        text.append(speaker.label, style="bold")
        case = f", {speaker.case}" if speaker.case and speaker.case != speaker.label else ""
        text.append(f" {speaker.role}{case}")
    if len(source.speakers) > _MOST:
        text.append(f"  and {len(source.speakers) - _MOST} more")
    if not source.speakers:
        text.append(source.speaker_format_reason or "no speakers")
    notes = notes_of(source)
    if notes:
        more = f" (and {len(notes) - 1} more)" if len(notes) > 1 else ""
        text.append(f"\n! {notes[0].text}{more}")
    return text


_MOST = 4
"""Speakers named below the table."""


def heading(given: Sequence[Path], batch: Batch, reading: Run | None, importing: Run | None) -> Text:
    """Return two lines: what is imported, and the progress."""
    what = ", ".join(map(str, given[:2])) + (f" and {len(given) - 2} more" if len(given) > 2 else "")
    text = Text(no_wrap=True, overflow="ellipsis")
    text.append(f" Import  {what}\n" if given else " Import\n", style="bold")
    run = importing or reading
    if run is not None:
        verb = "Importing" if importing else "Reading"
        kept = "; imported files are kept" if importing else ""
        stop = "  stopping ..." if run.stopping.is_set() else f"  esc stops{kept}"
        text.append(_bar(run))
        text.append(f" {verb} {run.done:,} of {run.total:,} files" if run.total else f" {verb} ...")
        text.append(stop, style="dim")
    elif batch.reports:
        text.append(f" {_counted(batch)}")
    else:
        text.append(" No files yet.", style="dim")
    return text


_BAR = 12


def _bar(run: Run) -> Text:
    full = round(_BAR * run.done / run.total) if run.total else 0
    return Text.assemble(" ", ("━" * full, "bold"), ("─" * (_BAR - full), "dim"))


def _counted(batch: Batch) -> str:
    """Return how many files are in each state, and how many need review."""
    ready, imported = batch.count("ready"), batch.count("imported")
    review = sum(batch.to_review(path) > 0 for path in batch.reports if batch.state(path) == "ready")
    counts = (
        (imported, "imported"),
        (ready, "ready"),
        (batch.count("left out"), "left out"),
        (batch.count("existing", "duplicate"), "already imported"),
        (batch.count("refused"), "refused"),
        (batch.count("no source"), "without a source"),
    )
    listed = ", ".join(f"{count:,} {what}" for count, what in counts if count)
    verb = "has" if review == 1 else "have"
    return listed + (f"; {review:,} {verb} warnings (n)" if review else "")


def _append_source(text: Text, report: ImportReport, source: SourceReport, state: str, at: int) -> None:
    if state != str(ImportStatus.READY):
        text.append(f"  {state}", style="bold reverse")
    if len(report.sources) > 1:
        text.append(f"  {at + 1:,} of {len(report.sources):,} sources (< > others): {source.name}")
    case = f"case {source.case}" if source.case else "no case of its own"
    turns = f"{source.turns:,} turns" if source.turns else "no turns"
    text.append(f"\n{source.kind}, {case}, {turns}, {source.words:,} words")
    if source.attributes:
        text.append("\nattributes in the file  ", style="bold").append(_listed(source.attributes))


def _append_formats(text: Text, report: ImportReport, source: SourceReport, choices: FileChoices) -> None:
    text.append(f"\n{report.input_format}", style="bold")
    if source.encoding:
        text.append(f", {source.encoding}")
    text.append(", speaker format ")
    text.append(source.speaker_format, style="bold")
    if choices.speaker_format:
        text.append(" (chosen by you)")
    elif source.speaker_format_reason:
        text.append(f": {source.speaker_format_reason}")
    others = {name: value for name, value in source.metadata.items() if name not in source.attributes}
    if others:
        text.append(f"\n{_listed(others)}", style="dim")


def _listed(values: Mapping[str, str]) -> str:
    return "  ".join(f"{name}: {value}" for name, value in values.items())


def _speaker_rows(source: SourceReport, choices: FileChoices) -> Sequence[SpeakerRow]:
    suggested: dict[str, str] = {merge.label: merge.into for merge in reversed(source.merges)}
    rows = []
    for speaker in source.speakers:
        other = suggested.get(speaker.label)
        why = speaker.role_reason or "chosen by you"
        if other is not None:
            why = f"same speaker as {other}? (m merges)  {why}"
        values = (speaker.case or "–", speaker.turns, speaker.words)
        rows.append(SpeakerRow(speaker.label, str(speaker.role), *values, why))
    present = {speaker.label for speaker in source.speakers}
    for label in choices.speakers:
        choice = of_speaker(choices, label)
        if label in present or not (choice.excluded or choice.into):
            continue
        what, key = ("excluded", "z") if choice.excluded else (f"→ {choice.into}", "m")
        rows.append(SpeakerRow(label, what, "–", None, None, f"chosen by you ({key} to change)", dim=True))
    return rows


def transcript_of(parsed: ParsedSource) -> Transcript:
    """Return a parsed source as the transcript widget shows sources."""
    return unsaved(parsed.text, parsed.turns, parsed.speakers, name=parsed.name, kind=parsed.kind)


EMPTY = unsaved("")
"""What is shown while the text of a file is fetched."""

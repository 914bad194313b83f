"""``fwa source import``: files, folders and stdin."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rich_click as click

from fwanalysis.cli.common import as_json, changing, common_options, from_stdin, opened
from fwanalysis.cli.diagnostics import Exit, end, has_bar, hint, progress, say, warn
from fwanalysis.cli.groups import command, renamed
from fwanalysis.cli.output import emit, emit_json, picked, pluralise, quoted
from fwanalysis.domain.importing import ImportReport, ImportStatus, LabelDecision, SourceReport
from fwanalysis.domain.sources import SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_FILE_KEYS = ("path", "status", "source_id", "name", "format", "speaker_format", "turns", "warnings", "error",
              "sources")  # fmt: skip
_INDENT = " " * 10
_SETTINGS = ("--kind", "--case")
"""Options that "fwa source set" has too."""
RENAMED = {"--style": "--speaker-format", "--reader": "--input-format"}
"""Options of ``source import`` and ``source revise`` by their names of the previous version."""


def reading_options(function: Any) -> Any:
    """Add the options that say how a file is read, named as the parameters of ``import_files`` and ``revise``."""
    for option in (
        click.option(
            "--speaker",
            "speaker_labels",
            metavar="LABEL",
            multiple=True,
            callback=lambda _ctx, _param, labels: frozenset(labels),
            help="A label that is a speaker, where it was not recognised; repeatable.",
        ),
        click.option("--encoding", metavar="NAME", help="Text encoding, such as utf-8 or cp1252 [default: detected]."),
        click.option(
            "--speaker-format",
            metavar="NAME",
            help="How speakers are labelled, such as label-colon [default: detected].",
        ),
        click.option(
            "--input-format", metavar="NAME", help="Format of the file, such as txt, docx or pdf [default: detected]."
        ),
    ):
        function = option(function)
    return function


@renamed(RENAMED)
@command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path())
@click.option(
    "--kind", type=click.Choice([kind.value for kind in SourceKind]), help="Type of source [default: detected]."
)
@click.option("--case", metavar="CASE", help="Case that the file is a record of [default: detected].")
@reading_options
@click.option("--dry-run", is_flag=True, help="Preview what would be imported; write nothing.")
@click.option("--explain", is_flag=True, help="Show why each label was or was not recognised as a speaker.")
@common_options
def import_(
    paths: tuple[str, ...], kind: str | None, case: str | None, dry_run: bool, explain: bool, **reading: Any
) -> None:
    """Import transcripts and documents.

    PATH may be files, folders (searched recursively), patterns such as "*.docx", or - for stdin. Files that are already
    imported are skipped, so an interrupted import can be run again.

    Examples:
      fwa source import interviews/ --dry-run       preview, write nothing
      fwa source import FG1.vtt --kind focus-group
      fwa source import P07.txt --case P07 --speaker-format label-colon
    """
    reports: list[ImportReport] = []
    given = _given({**reading, "kind": kind, "case": case, "explain": explain})
    with (
        (opened if dry_run else changing)() as project,
        from_stdin("-" in paths, f".{reading['input_format'] or 'txt'}") as piped,
    ):
        expanded = [found for path in paths for found in _globbed(piped or path if path == "-" else path)]
        run = project.sources.preview_files if dry_run else project.sources.import_files
        found = run(expanded, kind=SourceKind(kind) if kind else None, case=case, **reading)
        with progress(found, label="import", length=lambda item: item.total, at=lambda item: item.number) as shown:
            for report in shown:
                reports.append(replace(report, path="-") if report.path == piped else report)
                if not (has_bar() or dry_run):
                    say(_described(reports[-1], given, explain=explain))
    if has_bar() and not dry_run:
        for report in reports:
            say(_described(report, given, explain=explain))
    _hint_at_other_commands(reports, given)
    _warn_of_unread(expanded, reports)
    if as_json():
        emit_json({"files": picked(reports, _FILE_KEYS, format="input_format")})
    else:
        if dry_run:
            emit("\n".join(_described(report, given, whole=True, explain=explain) for report in reports))
        emit(_summary(reports, dry_run))
    _end_if_refused(reports)


def _end_if_refused(reports: Sequence[ImportReport]) -> None:
    """End with an exit status that says whether some of the files were refused, or all."""
    refused = sum(report.status is ImportStatus.REFUSED for report in reports)
    if refused:
        end(Exit.ERROR if len(reports) == refused else Exit.PARTLY)


def _warn_of_unread(expanded: Sequence[Path], reports: Sequence[ImportReport]) -> None:
    """Warn of folders that hold no file that can be imported."""
    for folder in _unread(expanded, reports):
        from fwanalysis.project.importing.available import supported_extensions

        warn(f"no file in {folder} can be imported; supported are {supported_extensions()}")


def _given(options: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the options that were given, each with itself and its values as the user would write them."""
    given = {}
    for name, value in options.items():
        option = f"--{name.removesuffix('_labels').replace('_', '-')}"
        if value is True:
            given[option] = option
        elif value:
            values = [value] if isinstance(value, str) else sorted(value)
            given[option] = " ".join(f"{option} {quoted(item)}" for item in values)
    return given


def _not_applied(given: Mapping[str, str]) -> str:
    """Return what the line of a file that is already imported adds about options that were given for it."""
    return f" (option{'s' if len(given) > 1 else ''} {', '.join(given)} not applied)" if given else ""


def _hint_at_other_commands(reports: Sequence[ImportReport], given: Mapping[str, str]) -> None:
    """Say how to apply the options to a file that is already imported: by reading it again, or by settings."""
    skipped = next((report for report in reports if report.status is ImportStatus.SKIPPED and report.name), None)
    if skipped is None:
        return
    name, path = quoted(skipped.name or ""), quoted(skipped.path)
    reading = [text for option, text in given.items() if option not in (*_SETTINGS, "--explain")]
    settings = [text for option, text in given.items() if option in _SETTINGS]
    if reading:
        hint(f"to read it again: fwa source revise {name} {path} {' '.join(reading)}")
    if settings:
        hint(f"to change it: fwa source set {name} {' '.join(settings)}")


def _unread(given: Iterable[Path], reports: Sequence[ImportReport]) -> Iterator[Path]:
    """Yield the folders of which no file was read."""
    for path in given:
        if path.is_dir() and not any(Path(report.path).is_relative_to(path) for report in reports):
            yield path


def _summary(reports: Sequence[ImportReport], dry_run: bool) -> str:
    """Return the last line of an import: how many files were imported, skipped and refused."""
    counts = {status: sum(report.status is status for report in reports) for status in ImportStatus}
    done, what = (ImportStatus.READY, "to import") if dry_run else (ImportStatus.IMPORTED, "imported")
    turns = pluralise(sum(report.turns for report in reports), "turn")
    return (
        f"{_counted(reports, done)} {what} ({turns}), {counts[ImportStatus.SKIPPED]} skipped, "
        f"{counts[ImportStatus.REFUSED]} refused"
    )


def _counted(reports: Iterable[ImportReport], done: ImportStatus) -> str:
    """Return how many files were imported, and how many sources these hold if that is another number."""
    files = [report for report in reports if report.status is done]
    sources = sum(bool(source.name) for report in files for source in report.sources)
    if sources == len(files):
        return str(sources)
    return f"{pluralise(len(files), 'file')} ({pluralise(sources, 'source')})"


def _globbed(path: str) -> list[Path]:
    if any(character in path for character in "*?[") and not Path(path).exists():
        import glob

        return [Path(found) for found in sorted(glob.glob(path, recursive=True))] or [Path(path)]
    return [Path(path)]


def _described(report: ImportReport, given: Mapping[str, str], *, whole: bool = False, explain: bool = False) -> str:
    """Return the result for a file in a line, each source below it if there are several or *whole*, and warnings."""
    if report.status is ImportStatus.REFUSED:
        return f"refused: {report.error}"
    if report.status is ImportStatus.SKIPPED and report.error:
        return f"skipped: {report.error}"
    if report.status is ImportStatus.SKIPPED:
        return f'skipped: {report.path} is already imported as "{report.name}"{_not_applied(given)}'
    lines = []
    for index, item in enumerate(report.sources):
        begin = f"{report.status}: {report.path}: " if index == 0 else _INDENT
        turns = pluralise(item.turns, "turn") if item.turns else "no turns"
        formats = f"{report.input_format}, {item.speaker_format}"
        lines.append(f"{begin}{item.name or item.case}, {item.kind}, {turns} ({formats})")
        if whole:
            lines += _speakers(item)
        if explain:
            lines += map(_explained, item.label_decisions)
        lines += [f"{_INDENT}warning: {warning}" for warning in item.warnings]
        lines += [f'{_INDENT}same speaker? "{merge.label}" and "{merge.into}": {merge.reason}' for merge in item.merges]
    return "\n".join(lines)


def _explained(decision: LabelDecision) -> str:
    """Return one line that says whether a label is a speaker, and why."""
    verdict = "is a speaker" if decision.is_speaker else "is not a speaker"
    return f'{_INDENT}"{decision.label}" {verdict}: it {decision.reason} ({decision.criterion})'


def _speakers(item: SourceReport) -> Iterator[str]:
    """Yield how a source would be read, and who speaks in it."""
    if item.speaker_format_reason:
        yield f"{_INDENT}speaker format chosen because {item.speaker_format_reason}"
    if item.case:
        yield f"{_INDENT}case {item.case}"
    for speaker in item.speakers:
        case = f", case {speaker.case}" if speaker.case else ""
        size = f"{pluralise(speaker.turns, 'turn')}, {pluralise(speaker.words, 'word')}"
        yield f"{_INDENT}{speaker.label}: {speaker.role}{case}, {size} ({speaker.role_reason})"

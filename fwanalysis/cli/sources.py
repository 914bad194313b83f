"""``fwa source``: importing and reading."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from fwanalysis.cli import source_revisions, source_settings
from fwanalysis.cli.common import as_json, changing, common_options, from_stdin, opened
from fwanalysis.cli.diagnostics import AreaGroup, Exit, end, has_bar, progress, say
from fwanalysis.cli.output import (
    emit,
    emit_bytes,
    emit_json,
    emit_table,
    percent,
    picked,
    plain,
    pluralise,
    quoted,
    short,
)
from fwanalysis.domain.codings import Tally
from fwanalysis.domain.importing import ImportReport, ImportStatus, LabelDecision, SourceReport
from fwanalysis.domain.sources import SourceKind
from fwanalysis.project.importing.available import supported_extensions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_FILE_KEYS = (
    "path",
    "status",
    "source_id",
    "name",
    "format",
    "speaker_format",
    "turns",
    "warnings",
    "error",
    "sources",
)
_LIST_KEYS = (
    "id", "name", "kind", "format", "turns", "words", "speakers", "cases", "read", "coded_share", "codings",
    "unanchored",
)  # fmt: skip
_TURN_KEYS = ("id", "number", "speaker", "role", "case", "start", "end", "time", "text")


@click.group(cls=AreaGroup)
@common_options
def source() -> None:
    """Interviews, focus groups and documents."""


for _command in (*source_revisions.COMMANDS, *source_settings.COMMANDS):
    source.add_command(_command)


@source.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--kind", type=click.Choice([kind.value for kind in SourceKind]), help="What the files are, if not as guessed."
)
@click.option("--case", metavar="CASE", help="The case that the file is a record of.")
@click.option(
    "--reader", "input_format", metavar="NAME", help="Read as txt, docx, pdf or another format, whatever the name says."
)
@click.option(
    "--style", "speaker_format", metavar="NAME", help="How speakers are marked, if not as guessed (label-colon, ...)."
)
@click.option("--encoding", metavar="NAME", help="The text's encoding, if not as guessed (utf-8, cp1252, ...).")
@click.option(
    "--speaker", metavar="LABEL", multiple=True, help="In captions: a label that is a speaker. May be repeated."
)
@click.option("--dry-run", is_flag=True, help="Show what would be imported, and write nothing.")
@click.option("--explain", is_flag=True, help="Show why each label was or was not recognised as a speaker.")
@common_options
def import_(
    paths: tuple[str, ...],
    kind: str | None,
    case: str | None,
    input_format: str | None,
    speaker_format: str | None,
    encoding: str | None,
    speaker: tuple[str, ...],
    dry_run: bool,
    explain: bool,
) -> None:
    """Import files, all that can be read in folders, or stdin (-).

    What is in the project already is skipped: an import that was stopped goes on where it was.
    """
    reports = []
    with (opened if dry_run else changing)() as project, from_stdin("-" in paths, f".{input_format or 'txt'}") as piped:
        expanded = [found for path in paths for found in _globbed(piped or path if path == "-" else path)]
        run = project.sources.preview_files if dry_run else project.sources.import_files
        found = run(
            expanded,
            kind=SourceKind(kind) if kind else None,
            case=case,
            input_format=input_format,
            speaker_format=speaker_format,
            encoding=encoding,
            speaker_labels=frozenset(speaker),
        )
        with progress(found, label="import", length=lambda item: item.total, at=lambda item: item.number) as shown:
            for report in shown:
                reports.append(replace(report, path="-") if report.path == piped else report)
                if not has_bar():
                    say(_told(reports[-1], whole=dry_run, explain=explain))
    for report in reports if has_bar() else ():
        say(_told(report, whole=dry_run, explain=explain))
    for folder in _unread(expanded, reports):
        say(f"Nothing in {folder} can be read; supported are {supported_extensions()}.")
    counts = {status: sum(report.status is status for report in reports) for status in ImportStatus}
    if as_json():
        emit_json({"files": picked(reports, _FILE_KEYS, format="input_format")})
    else:
        emit(_summary(reports, counts, dry_run))
    if counts[ImportStatus.REFUSED]:
        end(Exit.ERROR if len(reports) == counts[ImportStatus.REFUSED] else Exit.PARTLY)


def _unread(given: Iterable[Path], reports: Sequence[ImportReport]) -> Iterator[Path]:
    """The folders of which no file was looked at."""
    for path in given:
        if path.is_dir() and not any(Path(report.path).is_relative_to(path) for report in reports):
            yield path


def _summary(reports: Sequence[ImportReport], counts: Mapping[ImportStatus, int], dry_run: bool) -> str:
    done, what = (ImportStatus.READY, "to import") if dry_run else (ImportStatus.IMPORTED, "imported")
    turns = pluralise(sum(report.turns for report in reports), "turn")
    return (
        f"{_counted(reports, done)} {what} ({turns}), {counts[ImportStatus.SKIPPED]} already there, "
        f"{counts[ImportStatus.REFUSED]} refused"
    )


def _counted(reports: Iterable[ImportReport], done: ImportStatus) -> str:
    """How many files were done, and how many sources these hold if it is another number."""
    files = [report for report in reports if report.status is done]
    sources = sum(bool(source.name) for report in files for source in report.sources)
    if sources == len(files):
        return str(sources)
    return f"{pluralise(len(files), 'file')} ({pluralise(sources, 'source')})"


def _globbed(path: str) -> list[Path]:
    if any(sign in path for sign in "*?[") and not Path(path).exists():
        import glob

        return [Path(found) for found in sorted(glob.glob(path, recursive=True))] or [Path(path)]
    return [Path(path)]


def _told(report: ImportReport, *, whole: bool, explain: bool) -> str:
    """A file's fate in a line, each source below it if there are several or all is to be told, and what to look at."""
    if report.status is ImportStatus.REFUSED:
        return f"refused   {report.error}"
    if report.status is ImportStatus.SKIPPED and report.error:
        return f"skipped   {report.error}"
    if report.status is ImportStatus.SKIPPED:
        return f"skipped   {report.path}: it is in the project already, as {report.name}"
    lines = []
    for index, item in enumerate(report.sources):
        begin = f"{report.status:<10}{report.path}: " if index == 0 else " " * 10
        turns = pluralise(item.turns, "turn") if item.turns else "no turns"
        lines.append(
            f"{begin}{item.name or item.case}, {item.kind}, {turns} ({report.input_format}, {item.speaker_format})"
        )
        if whole:
            lines += _voices(item)
        if explain:
            lines += map(_explained, item.label_decisions)
        lines += [f"          look at this: {doubt}" for doubt in item.warnings]
        lines += [f"          one voice? “{merge.label}” and “{merge.into}”: {merge.reason}" for merge in item.merges]
    return "\n".join(lines)


def _explained(decision: LabelDecision) -> str:
    """Return one line that says whether a label is a speaker, and why."""
    verdict = "is a speaker" if decision.is_speaker else "is not a speaker"
    return f"          “{decision.label}” {verdict}: it {decision.reason} ({decision.criterion})"


def _voices(item: SourceReport) -> Iterator[str]:
    """How a source would be read, and who speaks in it."""
    if item.speaker_format_reason:
        yield f"          read so because {item.speaker_format_reason}"
    if item.case:
        yield f"          case {item.case}"
    for voice in item.speakers:
        case = f", case {voice.case}" if voice.case else ""
        yield (
            f"          {voice.label}: {voice.role}{case}, {pluralise(voice.turns, 'turn')}, "
            f"{pluralise(voice.words, 'word')}"
            f" ({voice.role_reason})"
        )


@source.command("list")
@common_options
def list_() -> None:
    """The sources with their turns, words, speakers, cases and progress."""
    with opened() as project:
        sources = project.sources.list()
    if as_json():
        emit_json(picked(sources, _LIST_KEYS, format="input_format"))
        return
    if not sources:
        say("There are none yet. “fwa source import PATH...” takes files and folders.")
        return
    emit_table(
        ("source", "kind", "turns", "words", "read", "coded", "codings", "pending", "cases"),
        [
            (
                item.name,
                item.kind,
                item.turns,
                item.words,
                percent(item.read),
                percent(item.coded_share),
                Tally(item.codings, item.unanchored),
                item.pending,
                item.cases,
            )
            for item in sources
        ],
    )


@source.command()
@click.argument("name", metavar="SOURCE")
@common_options
def show(name: str) -> None:
    """How a source was read, and who speaks in it."""
    with opened() as project:
        found, revision = project.sources.get(name), project.sources.revision(name)
        speakers = project.speakers.list(name)
    if as_json():
        emit_json({**plain(found), "revision": revision, "speakers": speakers})
        return
    emit(f"{found.name}: {found.kind}, {revision.words} words, from {revision.filename}")
    why = f", because {revision.speaker_format_reason}" if revision.speaker_format_reason else ""
    emit(
        f"read as {revision.input_format} ({revision.speaker_format}"
        f"{', ' + revision.encoding if revision.encoding else ''}){why}"
    )
    for name_, value in revision.metadata:
        emit(f"{name_}: {value}")
    for doubt in revision.warnings:
        emit(f"look at this: {doubt}")
    emit("")
    _speaker_table(speakers)


def _speaker_table(speakers: object) -> None:
    assert isinstance(speakers, list)
    emit_table(
        ("speaker", "role", "case", "turns", "words", "why this role"),
        [(item.label, item.role, item.case, item.turns, item.words, item.role_reason) for item in speakers],
    )


@source.command()
@click.argument("name", metavar="SOURCE")
@common_options
def text(name: str) -> None:
    """The text of a source, exactly as it is kept."""
    with opened() as project:
        whole = project.sources.text(name)
    if as_json():
        emit_json({"text": whole})
    else:
        emit(whole, newline=not whole.endswith("\n"))


@source.command()
@click.argument("name", metavar="SOURCE")
@click.argument("file", default="-", type=click.Path())
@click.option("--format", "form", type=click.Choice(["csv", "txt"]), help="A table or text, if FILE does not say.")
@click.option("--yes", is_flag=True, help="Replace FILE if it is there, without asking.")
@common_options
def export(name: str, file: str, form: str | None, yes: bool) -> None:
    """Write a transcript as it is now, corrections and all, to a file or to stdout (-).

    A .csv holds a row for each turn, and importing it gives the same turns; a .txt holds “Label: words”.
    """
    from fwanalysis.project.output_files import write_file

    ending = Path(file).suffix.lower()
    if form is None and file != "-" and ending not in (".csv", ".txt"):
        raise click.UsageError(f"A transcript is written as .csv or .txt, not as “{ending or file}”; or say --format.")
    if file != "-" and not yes and Path(file).exists():
        if not sys.stdin.isatty():
            raise click.UsageError(f"{file} is there already; replacing it needs --yes where nobody can be asked.")
        click.confirm(f"Replace {file}?", abort=True, err=True)
    as_table = form == "csv" or (form is None and ending == ".csv")
    with opened() as project:
        data = project.sources.export(name, as_table=as_table)
    if file == "-":
        emit_json({"content": data.decode("utf-8", "replace")}) if as_json() else emit_bytes(data)
        return
    write_file(file, data)
    say(f"{name} written to {file}")
    if as_json():
        emit_json({"path": file, "bytes": len(data)})


@source.command()
@click.argument("name", metavar="SOURCE")
@click.option("--all", "all_kinds", is_flag=True, help="Also the preamble and what was set aside.")
@common_options
def turns(name: str, all_kinds: bool) -> None:
    """The turns of a source: number, speaker, words."""
    with opened() as project:
        views = project.sources.turns(name, all_kinds=all_kinds)
    if as_json():
        emit_json(picked(views, (*_TURN_KEYS, "kind") if all_kinds else _TURN_KEYS))
    elif views:
        emit_table(
            ("turn", "speaker", "words"),
            [(turn.number or f"{turn.kind} {short(turn.id)}", turn.speaker, turn.text) for turn in views],
        )
    else:
        say(f"{name} marks no turns; “fwa source text {quoted(name)}” prints its words.")

"""``fwa source``: listing, reading, exporting and removing sources."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from fwanalysis.cli.asking import confirm
from fwanalysis.cli.common import as_json, changing, common_options, confirm_replacing, opened, output_format
from fwanalysis.cli.completion import complete_code, complete_coder, complete_source
from fwanalysis.cli.diagnostics import Misuse, hint, say
from fwanalysis.cli.lazy import AreaGroup
from fwanalysis.cli.listing import emit_list, listing_options
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

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.domain.sources import SpeakerView

_LIST_KEYS = (
    "id", "name", "kind", "format", "turns", "words", "speakers", "cases", "read", "coded_share", "codings",
    "unanchored",
)  # fmt: skip
_PLAIN_FORMATS = {"txt": (".txt",), "csv": (".csv",)}
_CODED_FORMATS = {"md": (".md", ".markdown"), "html": (".html", ".htm")}
_TURN_KEYS = ("id", "number", "speaker", "role", "case", "start", "end", "time", "text")
_OTHERS = "fwanalysis.cli.source_"
_TABLE = {
    "import": ("import:import_", "Import transcripts and documents."),
    "revise": ("revisions:revise", "Replace the text of a source with a corrected version."),
    "revisions": ("revisions:revisions", "List the revisions of a source."),
    "unanchored": ("revisions:unanchored", "List the coded segments that have no position in the current text."),
    "reanchor": ("revisions:reanchor", "Give unanchored segments a position in the current text."),
    "rename": ("settings:rename", "Rename a source; its cases keep their names."),
    "set": ("settings:set_", "Change the kind of a source, or its own case."),
    "correct": ("correct:correct", "Correct one turn: its text, its speaker, or where it begins and ends."),
}


@click.group(
    cls=AreaGroup,
    table={name: (_OTHERS + home, line) for name, (home, line) in _TABLE.items()},
    renamed={"unplaced": "unanchored", "place": "reanchor"},
)
@common_options
def source() -> None:
    """Import, read and correct interviews, focus groups and documents.

    Examples:
      fwa source import interviews/
      fwa source list
      fwa source turns P07
    """


@source.command("list")
@listing_options
def list_() -> None:
    """List the sources with their turns, words, speakers, cases and progress.

    Examples:
      fwa source list
      fwa source list --format csv > sources.csv
      fwa source list --json | jq -r '.[] | select(.turns == 0).name'
    """
    with opened() as project:
        sources = project.sources.list()
    emit_list(
        picked(sources, _LIST_KEYS, format="input_format"),
        columns=_LIST_KEYS,
        header=("source", "kind", "turns", "words", "read", "coded", "codings", "pending", "cases"),
        rows=[
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
        empty="No sources. Import some with: fwa source import PATH...",
    )


@source.command()
@click.argument("name", metavar="SOURCE", shell_complete=complete_source)
@common_options
def show(name: str) -> None:
    """Show how a source was read, its warnings, and its speakers.

    Examples:
      fwa source show P07
      fwa source show P07 --json
    """
    with opened() as project:
        found, revision = project.sources.get(name), project.sources.revision(name)
        speakers = project.speakers.list(name)
    if as_json():
        read = {{"input_format": "format"}.get(key, key): value for key, value in plain(revision).items()}
        emit_json({**plain(found), "revision": read, "speakers": speakers})
        return
    emit(f"{found.name}: {found.kind}, {revision.words} words, from {revision.filename}")
    why = f", because {revision.speaker_format_reason}" if revision.speaker_format_reason else ""
    encoding = f", {revision.encoding}" if revision.encoding else ""
    emit(f"format: {revision.input_format} ({revision.speaker_format}{encoding}){why}")
    for key, value in revision.metadata:
        emit(f"{key}: {value}")
    for warning in revision.warnings:
        emit(f"warning: {warning}")
    emit("")
    _speaker_table(speakers)


def _speaker_table(speakers: Sequence[SpeakerView]) -> None:
    emit_table(
        ("speaker", "role", "case", "turns", "words", "reason for role"),
        [(item.label, item.role, item.case, item.turns, item.words, item.role_reason) for item in speakers],
    )


@source.command()
@click.argument("name", metavar="SOURCE", shell_complete=complete_source)
@common_options
def text(name: str) -> None:
    """Print the text of a source, exactly as it is stored.

    Examples:
      fwa source text P07
      fwa source text P07 | wc -w
    """
    with opened() as project:
        whole = project.sources.text(name)
    if as_json():
        emit_json({"text": whole})
    else:
        emit(whole, newline=not whole.endswith("\n"))


@source.command()
@click.argument("name", metavar="SOURCE", shell_complete=complete_source)
@click.argument("file", default="-", type=click.Path())
@click.option("--with-codes", is_flag=True, help="Write the transcript with its codes in the text (md, html).")
@click.option(
    "--code",
    "codes",
    multiple=True,
    metavar="CODE",
    shell_complete=complete_code,
    help="With codes: only this code and those below it; repeatable.",
)
@click.option("--by", metavar="CODER", shell_complete=complete_coder, help="With codes: only those of this coder.")
@click.option(
    "--format",
    "form",
    type=click.Choice([*_PLAIN_FORMATS, *_CODED_FORMATS]),
    help="Format [default: by the extension of FILE].",
)
@click.option("--yes", is_flag=True, help="Replace FILE without asking.")
@common_options
def export(
    name: str, file: str, with_codes: bool, codes: tuple[str, ...], by: str | None, form: str | None, yes: bool
) -> None:
    """Write the current transcript, with all corrections, to a file or to stdout (-).

    A .csv file has one row for each turn, and importing it gives the same turns; a .txt file has "Label: text". With
    --with-codes, a .md or .html file shows where each coded segment begins and ends, with its codes, stances, notes and
    coders, and the definitions of the codes.

    Examples:
      fwa source export P07 P07.csv
      fwa source export P07 P07.html --with-codes
      fwa source export P07 --with-codes --code effort --by Ana | less
    """
    from fwanalysis.project.output_files import coded_transcript_bytes, write_file

    chosen = _export_format(file, form, with_codes=with_codes, filtered=bool(codes or by))
    if file != "-":
        confirm_replacing(file, yes=yes)
    facts, summary = {}, ""
    with opened() as project:
        if with_codes:
            coded = project.sources.coded_transcript(name, codes=codes, coder=by)
            data = coded_transcript_bytes(coded, chosen)
            facts = {"segments": len(coded.segments), "codings": coded.codings, "unanchored": coded.unanchored}
            summary = f" with {pluralise(len(coded.segments), 'segment')}, {pluralise(coded.codings, 'coding')}"
        else:
            data = project.sources.export(name, as_table=chosen == "csv")
    if facts.get("unanchored"):
        say(f"note: {pluralise(facts['unanchored'], 'unanchored coding')} of {name} not shown")
        hint(f"list them with: fwa source unanchored {quoted(name)}")
    if file == "-":
        emit_json({"content": data.decode("utf-8", "replace"), **facts}) if as_json() else emit_bytes(data)
        return
    write_file(file, data)
    say(f"{name} written to {file}{summary}")
    if as_json():
        emit_json({"path": file, "bytes": len(data), **facts})


def _export_format(file: str, form: str | None, *, with_codes: bool, filtered: bool) -> str:
    """Return the format of an export.

    Raises:
        Misuse: If the format or the extension of *file* does not fit, or codes are chosen but not written.
    """
    if filtered and not with_codes:
        raise Misuse("--code and --by choose codings, which this export does not show", hint="add --with-codes")
    formats, others = (_CODED_FORMATS, _PLAIN_FORMATS) if with_codes else (_PLAIN_FORMATS, _CODED_FORMATS)
    extension = Path(file).suffix.lower()
    named = {form: f"--format {form}"} if form else {}
    named |= {other: f'the file extension "{extension}"' for other in others if extension in others[other]}
    unfit = next((text for other, text in named.items() if other in others), "")
    if unfit and with_codes:
        raise Misuse(f"{unfit} does not fit --with-codes", hint="use .md or .html")
    if unfit:
        raise Misuse(f"{unfit} is for a transcript with its codes", hint="add --with-codes, or use .csv or .txt")
    return output_format(file, form or (next(iter(formats)) if file == "-" else None), formats)


@source.command()
@click.argument("name", metavar="SOURCE", shell_complete=complete_source)
@click.option("--all", "all_kinds", is_flag=True, help="Also list the preamble and excluded text.")
@listing_options
def turns(name: str, all_kinds: bool) -> None:
    """List the turns of a source: number, speaker, text.

    Examples:
      fwa source turns P07
      fwa source turns P07 --all --full
      fwa source turns P07 --format tsv > turns.tsv
    """
    with opened() as project:
        views = project.sources.turns(name, all_kinds=all_kinds)
    keys = (*_TURN_KEYS, "kind") if all_kinds else _TURN_KEYS
    emit_list(
        picked(views, keys),
        columns=keys,
        header=("turn", "speaker", "text"),
        rows=[(turn.number or f"{turn.kind} {short(turn.id)}", turn.speaker, turn.text) for turn in views],
        empty=f"{name} has no turns. Print its text with: fwa source text {quoted(name)}",
    )


@source.command()
@click.argument("name", metavar="SOURCE", shell_complete=complete_source)
@click.option("--yes", is_flag=True, help="Do not ask.")
@common_options
def remove(name: str, yes: bool) -> None:
    """Remove a source. Refused while codings, summaries or decisions depend on it; its cases stay.

    Examples:
      fwa source remove P07
      fwa source remove P07 --yes
    """
    with changing() as project:
        found = project.sources.get(name)
        confirm(
            f"Remove {found.name}? (Undo with: fwa history undo)", otherwise=f"{found.name} was not removed", yes=yes
        )
        project.sources.remove(found.id)
    if as_json():
        emit_json(found)
    else:
        emit(f"{found.name} removed")

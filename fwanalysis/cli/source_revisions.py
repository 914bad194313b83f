"""``fwa source revise``, ``revisions``, ``unanchored`` and ``reanchor``: new text, and where its segments are now."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import rich_click as click

from fwanalysis.cli.asking import confirm
from fwanalysis.cli.common import as_json, changing, common_options, from_stdin, opened
from fwanalysis.cli.completion import complete_source
from fwanalysis.cli.diagnostics import Misuse, hint, say, warn
from fwanalysis.cli.groups import command, renamed
from fwanalysis.cli.listing import emit_list, listing_options
from fwanalysis.cli.output import emit, emit_json, emit_table, percent, picked, plain, pluralise, quoted, short
from fwanalysis.cli.source_import import RENAMED, reading_options
from fwanalysis.domain.revisions import MIN_SIMILARITY, AnchorState, RevisionReport, UnanchoredSegment, safe_to_reanchor
from fwanalysis.domain.text import one_line
from fwanalysis.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fwanalysis.domain.revisions import Reanchored, ReanchoredSegment
    from fwanalysis.project import Project

_GLANCE = 60
"""How many characters of a segment that only moved are shown."""
_UNANCHORED_COLUMNS = ("segment_id", "source", "codings", "old_start", "old_end", "old_quote", "start", "end", "quote",
                       "score", "state", "reason")  # fmt: skip
_REVISION_COLUMNS = ("id", "number", "at", "coder", "label", "filename", "words", "length", "present")


@renamed(RENAMED)
@command("revise")
@click.argument("source", shell_complete=complete_source)
@click.argument("file", type=click.Path())
@click.option("--dry-run", is_flag=True, help="Preview what would become of every coded segment; write nothing.")
@click.option("--force", is_flag=True, help="Use the file even if it looks like another document.")
@reading_options
@common_options
def revise(source: str, file: str, dry_run: bool, force: bool, **reading: Any) -> None:
    """Replace the text of a source with a corrected version.

    Coded segments are re-anchored, and each is reported as unchanged, moved, uncertain or not found. Uncertain segments
    and those not found keep their codings and are listed by "fwa source unanchored". FILE may be - for stdin. Undo
    restores the old text.

    Examples:
      fwa source revise P07 P07-corrected.docx --dry-run
      fwa source revise P07 P07-corrected.docx
      fwa source revise P07 P07.txt --speaker-format label-colon
    """
    begin = opened if dry_run else changing
    with begin() as project, from_stdin(file == "-", f".{reading['input_format'] or 'txt'}") as piped:
        report = project.sources.revise(source, piped or file, dry_run=dry_run, force=force, **reading)
    show_report(report)


def show_report(report: RevisionReport) -> None:
    """Print what became of a source's segments, with warnings and the next steps on stderr."""
    for warning in report.warnings:
        warn(warning)
    if as_json():
        emit_json(report)
    else:
        emit("\n".join(_described(report)))
    name = quoted(report.source)
    if report.suggestions_kept or report.suggestions_ended:
        say(f"pending suggestions: {report.suggestions_kept} kept, {report.suggestions_ended} removed (text changed)")
        hint(f"find suggestions in the new text: fwa suggest run --source {name}")
    if (report.uncertain or report.not_found) and not report.dry_run:
        hint(f"list unanchored segments: fwa source unanchored {name}")


def _described(report: RevisionReport) -> Iterator[str]:
    """Yield the counts, then a line for each segment that moved, and last those that need a decision."""
    would = "would be " if report.dry_run else ""
    turns = pluralise(report.turns_after, "turn")
    if report.turns_before != report.turns_after:
        turns = f"{turns} (before {report.turns_before})"
    yield (
        f"{report.source} {would}revision {report.number}, {turns}; segments: {report.unchanged} unchanged, "
        f"{report.moved} moved, {report.uncertain} uncertain, {report.not_found} not found"
    )
    if report.speakers_new:
        yield f"new speakers: {', '.join(report.speakers_new)}"
    for item in report.segments:
        if item.state is AnchorState.MOVED:
            quote = textwrap.shorten(item.old_quote, _GLANCE, placeholder=" …")
            yield f"moved  {short(item.segment_id)}  from {item.old_start} to {item.start}: “{quote}”"
    yield from _reattributed(report)
    for item in report.segments:
        if item.state not in (AnchorState.UNCHANGED, AnchorState.MOVED):
            yield from _segment(f"{item.state}  {short(item.segment_id)}  {', '.join(item.codings)}", item)


def _segment(heading: str, item: Reanchored) -> Iterator[str]:
    yield heading
    yield f"       was  “{one_line(item.old_quote)}”"
    if item.new_quote is not None:
        yield f"       best match  “{one_line(item.new_quote)}” ({item.reason})"


def _reattributed(report: RevisionReport) -> Iterator[str]:
    """Yield how many segments are attributed to another case, and each with its case before and after."""
    items = [item for item in report.segments if item.is_reattributed]
    if items:
        would = "would be " if report.dry_run else ""
        yield f"{pluralise(len(items), 'segment')} {would}reattributed:"
    for item in items:
        yield f"reattributed  {short(item.segment_id)}  {', '.join(item.codings)}"
        quote = textwrap.shorten(item.old_quote, _GLANCE, placeholder=" …")
        yield f"       from {_case(item.old_case)} to {_case(item.new_case)}: “{quote}”"


def _case(name: str | None) -> str:
    return name or "no case"


@command("revisions")
@click.argument("source", shell_complete=complete_source)
@listing_options
def revisions(source: str) -> None:
    """List the revisions of a source.

    Examples:
      fwa source revisions P07
      fwa source revisions P07 --format csv
    """
    with opened() as project:
        found = project.sources.revisions(source)
    emit_list(
        picked(found, _REVISION_COLUMNS),
        columns=_REVISION_COLUMNS,
        header=("revision", "time (UTC)", "coder", "change", "file", "words", "characters", ""),
        rows=[
            (
                item.number,
                item.at[:19].replace("T", " "),
                item.coder,
                item.label,
                item.filename,
                item.words,
                item.length,
                "current" if item.present else "",
            )
            for item in found
        ],
        empty="No revisions.",
    )


@command("unanchored")
@click.argument("source", required=False, shell_complete=complete_source)
@listing_options
def unanchored(source: str | None) -> None:
    """List the coded segments that have no position in the current text.

    Each is shown with its best match in the current text and the similarity of the two.

    Examples:
      fwa source unanchored
      fwa source unanchored P07 --full
    """
    with opened() as project:
        found = project.sources.unanchored(source)
    emit_list(
        plain(found),
        columns=_UNANCHORED_COLUMNS,
        header=("id", "source", "codings", "text before", "similarity", "best match", "reason"),
        rows=[
            (
                short(item.segment_id),
                item.source,
                ", ".join(item.codings),
                one_line(item.old_quote),
                percent(item.score) if item.quote is not None else None,
                one_line(item.quote or ""),
                _reason(item),
            )
            for item in found
        ],
        empty="No unanchored segments.",
    )


def _reason(item: UnanchoredSegment) -> str:
    """Return why a segment is unanchored, and whether its best match is attributed to another case."""
    return f"{item.reason}; {item.reattribution}" if item.reattribution else item.reason


def _from_percent(value: str) -> str:
    """Return a similarity of the previous version, 0 to 100, as one of 0 to 1."""
    try:
        return str(float(value) / 100)
    except ValueError:
        return value


@renamed({"--at-least": "--min-similarity", "--all": "--all-in"}, convert={"--at-least": _from_percent})
@command("reanchor")
@click.argument("segment", required=False)
@click.option("--start", type=int, metavar="N", help="Start of the segment, in characters of the text.")
@click.option("--end", type=int, metavar="N", help="End of the segment, in characters of the text.")
@click.option("--quote", metavar="TEXT", help="The text of the segment, if it occurs only once in the source.")
@click.option(
    "--all-in",
    "source",
    metavar="SOURCE",
    shell_complete=complete_source,
    help="All segments of this source that are similar enough, as one undo step.",
)
@click.option(
    "--min-similarity", type=click.FloatRange(0, 1), default=MIN_SIMILARITY, metavar="0..1",
    help=f"Minimum similarity of old and new text, with --all-in [default: {MIN_SIMILARITY:g}].",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="With --all-in: list what would be re-anchored; write nothing.")
@click.option("--yes", is_flag=True, help="With --all-in: do not ask.")
@common_options
def reanchor(
    segment: str | None,
    start: int | None,
    end: int | None,
    quote: str | None,
    source: str | None,
    min_similarity: float,
    dry_run: bool,
    yes: bool,
) -> None:
    """Give unanchored segments a position in the current text.

    SEGMENT is an id that "fwa source unanchored" lists; without --quote or --start and --end it gets its best match.
    --all-in skips text that occurs several times, and matches that are attributed to another case.

    Examples:
      fwa source reanchor 3f2a91c4
      fwa source reanchor 3f2a91c4 --quote "We met in the hall"
      fwa source reanchor --all-in P07 --min-similarity 0.95 --dry-run
    """
    if (source is None) == (segment is None) or (source is not None and (start, end, quote) != (None, None, None)):
        raise Misuse(
            "name one segment, or a source with --all-in", hint="list unanchored segments: fwa source unanchored"
        )
    if quote is not None and (start, end) != (None, None):
        raise Misuse("--quote cannot be combined with --start and --end", hint="leave out one of them")
    if source is not None:
        _reanchor_all(source, min_similarity, dry_run=dry_run, yes=yes)
        return
    if dry_run:
        raise Misuse("--dry-run needs --all-in", hint="see the best match of a segment: fwa source unanchored")
    with changing() as project:
        if quote is not None:
            start, end = _position_of(project, segment or "", quote)
        done = [project.sources.reanchor(segment or "", start=start, end=end)]
    _show_reanchored(done)


def _reanchor_all(source: str, min_similarity: float, *, dry_run: bool, yes: bool) -> None:
    with (opened if dry_run else changing)() as project:
        waiting = project.sources.unanchored(source)
        chosen = safe_to_reanchor(waiting, min_similarity)
        if left := len(waiting) - len(chosen):
            say(f"not similar enough or ambiguous: {pluralise(left, 'segment')}, to be re-anchored one by one")
        if dry_run:
            if as_json():
                emit_json(chosen)
            else:
                emit_table(
                    ("id", "similarity", "text before", "best match"),
                    [(short(i.segment_id), i.score, one_line(i.old_quote), one_line(i.quote or "")) for i in chosen],
                )
            return
        if chosen and not yes:
            least = min(chosen, key=lambda item: item.score)
            count = pluralise(len(chosen), "segment")
            say(f"lowest similarity, {percent(least.score)}:")
            say(f"  was “{one_line(least.old_quote)}”\n  now “{one_line(least.quote or '')}”")
            confirm(f"Re-anchor {count}? (One undo step.)", otherwise=f"{count} not re-anchored")
        shown = {item.segment_id for item in chosen}
        _show_reanchored(project.sources.reanchor_all(source, min_similarity=min_similarity, only=shown))


def _show_reanchored(done: Sequence[ReanchoredSegment]) -> None:
    if as_json():
        emit_json(done)
        return
    for segment in done:
        emit(f"{short(segment.segment_id)}  {segment.start} to {segment.end}  “{one_line(segment.quote)}”")
        if segment.is_reattributed:
            emit(f"          reattributed from {_case(segment.old_case)} to {_case(segment.new_case)}")
    if not done:
        say("No segment to re-anchor.")


def _position_of(project: Project, segment: str, quote: str) -> tuple[int, int]:
    """Return where a text occurs in the source of an unanchored segment."""
    homes = {item.source_id for item in project.sources.unanchored() if item.segment_id.startswith(segment)}
    if len(homes) != 1:
        raise NotFound(f'no unanchored segment "{segment}"', hint="list them with: fwa source unanchored")
    span = project.codings.find_quote(homes.pop(), quote)
    return span.start, span.end

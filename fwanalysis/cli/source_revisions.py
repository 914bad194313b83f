"""``fwa source revise``, ``correct`` and what belongs to them: correcting a source, and placing what lost its place."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING, Any

import rich_click as click

from fwanalysis.cli.common import as_json, common_options, from_stdin, opened
from fwanalysis.cli.diagnostics import say
from fwanalysis.cli.output import emit, emit_json, emit_table, pluralise, quoted, short, terminal_width
from fwanalysis.domain import corrections
from fwanalysis.domain.corrections import Act
from fwanalysis.domain.revisions import (
    ALIKE,
    AnchorState,
    RevisionReport,
    UnanchoredSegment,
    safe_to_reanchor,
    words_of,
)
from fwanalysis.domain.sources import TurnKind
from fwanalysis.domain.text import one_line
from fwanalysis.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fwanalysis.domain.corrections import Correction
    from fwanalysis.domain.revisions import Reanchored, ReanchoredSegment
    from fwanalysis.domain.sources import Transcript
    from fwanalysis.project import Project

_GLANCE = 60
"""How many characters of a passage that only moved are shown."""

_ASIDES = "what is set aside has no number and is named by its id, which “fwa source turns --all” shows."

_ACTS = {
    "words": Act.WORDS,
    "split_at": Act.SPLIT,
    "join": Act.JOIN,
    "aside": Act.EXCLUDED,
    "speech": Act.SPEECH,
    "label": Act.RELABEL,
    "no_label": Act.RELABEL,
}
"""What each option does to a turn."""

_SHORTEST_ID = 6
"""How much of a turn's id must be given; anything shorter is a number."""


@click.command()
@click.argument("source")
@click.argument("file")
@click.option("--dry-run", is_flag=True, help="Show what would become of every coded passage, and write nothing.")
@click.option("--force", is_flag=True, help="Take the file even if it looks like that of something else.")
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
@common_options
def revise(
    source: str,
    file: str,
    dry_run: bool,
    force: bool,
    input_format: str | None,
    speaker_format: str | None,
    encoding: str | None,
    speaker: tuple[str, ...],
) -> None:
    """Take a corrected file (or stdin, -) as a source's new text, and find its coded passages again.

    A passage whose words or place are not certain waits for you: see “source unplaced”. Undo brings the old text back.
    """
    with opened() as project, from_stdin(file == "-", f".{input_format or 'txt'}") as piped:
        report = project.sources.revise(
            source,
            piped or file,
            input_format=input_format,
            speaker_format=speaker_format,
            encoding=encoding,
            speaker_labels=frozenset(speaker),
            dry_run=dry_run,
            force=force,
        )
    _show(report)


@click.command()
@click.argument("source")
@click.argument("turn")
@click.option("--words", metavar="TEXT", help="The turn's words, instead of those it has.")
@click.option("--label", metavar="LABEL", help="The turn's speaker; with --split-at that of the second part.")
@click.option("--no-label", is_flag=True, help="The turn is nobody's.")
@click.option("--split-at", type=int, metavar="N", help="Two turns, cut at this character of the text.")
@click.option("--join", is_flag=True, help="One turn with the next, by this turn's speaker.")
@click.option("--aside", is_flag=True, help="The turn is no speech, and is set aside.")
@click.option("--speech", is_flag=True, help="What was set aside is speech (with --label or nobody's).")
@common_options
def correct(source: str, turn: str, label: str | None, **acts: Any) -> None:
    """Correct one turn, named by its number (or its id): its words, its speaker, where it begins and ends."""
    named = [name for name, value in acts.items() if value is not None and value is not False]
    if len(named) + (label is not None and not {"split_at", "speech"} & set(named)) != 1:
        raise click.UsageError(
            "Say one thing to correct: --words, --label, --no-label, --split-at or --speech (with --label or not), "
            "--join or --aside."
        )
    with opened() as project:
        transcript = project.sources.transcript(source)
        index, act = _index(transcript, turn), named[0] if named else "label"
        after = _corrected(transcript, index, act, label, acts)
        what = corrections.told(_ACTS[act], transcript, index, label)
        report = project.sources.correct(source, after, seen=transcript.revision.id, what=what)
    _show(report)


def _corrected(transcript: Transcript, index: int, act: str, label: str | None, acts: Mapping[str, Any]) -> Correction:
    before = corrections.correction_of(transcript)
    if act == "words":
        return corrections.replace_words(before, index, acts["words"])
    if act == "split_at":
        return corrections.split(before, index, acts["split_at"], label)
    if act == "join":
        return corrections.join(before, index)
    kind = transcript.turns[index].kind
    if act == "aside" and kind is TurnKind.EXCLUDED:
        raise InvalidInput(f"This is set aside already; {_ASIDES}")
    if act == "speech" and kind is TurnKind.SPEECH:
        number = transcript.turns[index].number
        raise InvalidInput(f"Turn {number} of {transcript.source.name} is speech already; {_ASIDES}")
    if act == "aside":
        return corrections.set_aside(before, index)
    if act == "speech":
        return corrections.make_speech(before, index, label)
    return corrections.relabel(before, index, label)


def _index(transcript: Transcript, turn: str) -> int:
    """The place among all turns of the one that a number or the beginning of an id names."""
    is_number = turn.isdecimal() and len(turn) < _SHORTEST_ID
    found = [
        item.position
        for item in transcript.turns
        if (item.number > 0 and str(item.number) == turn if is_number else item.id.startswith(turn))
    ]
    if len(found) != 1 or (not is_number and len(turn) < _SHORTEST_ID):
        raise NotFound(
            f"{transcript.source.name} has {pluralise(len(transcript.speech), 'turn')}, and none is “{turn}”; "
            "“fwa source "
            "turns --all” shows numbers, and ids where there is none."
        )
    return found[0]


def _show(report: RevisionReport) -> None:
    for doubt in report.warnings:
        say(f"look at this: {doubt}")
    if as_json():
        emit_json(report)
    else:
        emit("\n".join(_told(report)))
    if report.suggestions_kept or report.suggestions_ended:
        say(
            f"suggestions to decide: {'; '.join(_offers(report))}; “fwa suggest run --source {quoted(report.source)}” "
            "finds what the new text brings."
        )
    if (report.uncertain or report.not_found) and not report.dry_run:
        say(
            f"“fwa source unplaced {quoted(report.source)}” shows what waits for you, “fwa source place” "
            "gives it a place; the codings are kept."
        )


def _offers(report: RevisionReport) -> Iterator[str]:
    """How many pending suggestions go on and how many end, where there are any."""
    if kept := report.suggestions_kept:
        yield f"{kept} {'goes' if kept == 1 else 'go'} on being offered"
    if ended := report.suggestions_ended:
        yield f"{ended} {'ends' if ended == 1 else 'end'}: their words, or whose they are, changed"


def _told(report: RevisionReport) -> Iterator[str]:
    """The figures, then each passage that moved, in a line, and last those that a person has to look at."""
    would = "would be " if report.dry_run else ""
    turns = pluralise(report.turns_after, "turn")
    if report.turns_before != report.turns_after:
        turns = f"{turns} (before {report.turns_before})"
    yield (
        f"{report.source} {would}revision {report.number}, {turns}; passages: {report.unchanged} unchanged, "
        f"{report.moved} moved, {report.uncertain} uncertain, {report.not_found} not found"
    )
    if report.speakers_new:
        yield f"new speakers: {', '.join(report.speakers_new)}"
    for item in report.segments:
        if item.state is AnchorState.MOVED:
            words = textwrap.shorten(item.old_quote, _GLANCE, placeholder=" …")
            yield f"moved  {short(item.segment_id)}  from {item.old_start} to {item.start}: “{words}”"
    others = [item for item in report.segments if item.is_reattributed]
    anothers, nobodys = [item for item in others if item.new_case], [item for item in others if not item.new_case]
    yield from _changed_hands(report, anothers, "other people’s words, and evidence of their case")
    yield from _changed_hands(report, nobodys, "no participant’s words, and evidence of no case")
    for item in report.segments:
        if item.state in (AnchorState.UNCHANGED, AnchorState.MOVED):
            continue
        yield f"{item.state:<6} {short(item.segment_id)}  {', '.join(item.codings)}"
        yield f"       was  “{one_line(item.old_quote)}”"
        if item.new_quote is not None:
            yield f"       now? “{one_line(item.new_quote)}” ({item.reason})"


def _changed_hands(report: RevisionReport, items: Sequence[Reanchored], what: str) -> Iterator[str]:
    """How many passages are *what* now, and each with whose words it was and is; nothing if there are none."""
    if not items:
        return
    now = "would be" if report.dry_run else "is now" if len(items) == 1 else "are now"
    yield f"{pluralise(len(items), 'passage')} {now} {what}:"
    for item in items:
        yield f"other  {short(item.segment_id)}  {', '.join(item.codings)}"
        words = textwrap.shorten(item.old_quote, _GLANCE, placeholder=" …")
        yield f"       {words_of(item.old_case)} before, {words_of(item.new_case)} now: “{words}”"


@click.command()
@click.argument("source")
@common_options
def revisions(source: str) -> None:
    """The revisions of a source: when each was made, by whom, and how."""
    with opened() as project:
        found = project.sources.revisions(source)
    if as_json():
        emit_json(found)
        return
    emit_table(
        ("revision", "time (UTC)", "coder", "done", "from", "words", "characters", ""),
        [
            (
                item.number,
                item.at[:19].replace("T", " "),
                item.coder,
                item.label,
                item.filename,
                item.words,
                item.length,
                "present" if item.present else "",
            )
            for item in found
        ],
    )


@click.command("unplaced")
@click.argument("source", required=False)
@common_options
def unanchored(source: str | None) -> None:
    """The coded passages that have no place in the corrected text, with the likest words in it."""
    with opened() as project:
        found = project.sources.unanchored(source)
    if as_json():
        emit_json(found)
        return
    if not found:
        say("There are none: every coded passage stands in the present text.")
        return
    rows = [
        (
            short(item.segment_id),
            item.source,
            ", ".join(item.codings),
            one_line(item.old_quote),
            item.score if item.quote is not None else None,
            one_line(item.quote or ""),
            _why(item),
        )
        for item in found
    ]
    edge = terminal_width()
    if edge is not None and edge < max(len("  ".join(map(str, row))) for row in rows):
        emit("\n".join(line for item in found for line in _waiting(item)))
    else:
        emit_table(("id", "source", "codings", "words before", "score", "likest words now", "why"), rows)


def _waiting(item: UnanchoredSegment) -> Iterator[str]:
    """A passage without a place in a few lines, as ``revise`` tells it."""
    yield f"{item.state:<6} {short(item.segment_id)}  {item.source}: {', '.join(item.codings)}"
    yield f"       was  “{one_line(item.old_quote)}”"
    yield f"       now? “{one_line(item.quote)}” ({_why(item)})" if item.quote is not None else f"       {item.reason}"


def _why(item: UnanchoredSegment) -> str:
    """Why it has no place; and whose words it would be at the one that is offered, if they are other people's."""
    return f"{item.reason}; {item.would_be}" if item.would_be else item.reason


@click.command()
@click.argument("segment", required=False)
@click.option("--start", type=int, metavar="N", help="Where the passage starts, in characters of the text.")
@click.option("--end", type=int, metavar="N", help="Where the passage ends, in characters of the text.")
@click.option("--quote", metavar="WORDS", help="The words it is now, if they stand in the source only once.")
@click.option("--all", "source", metavar="SOURCE", help="All of this source whose words are alike enough, in one step.")
@click.option(
    "--at-least", type=click.FloatRange(0, 100), default=100 * ALIKE, show_default=True, metavar="0..100",
    help="How alike the words must be, with --all.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="With --all: list what would be placed, and write nothing.")
@click.option("--yes", is_flag=True, help="With --all: do not ask.")
@common_options
def place(
    segment: str | None,
    start: int | None,
    end: int | None,
    quote: str | None,
    source: str | None,
    at_least: float,
    dry_run: bool,
    yes: bool,
) -> None:
    """Give a coded passage the place that is offered for it, or another; or take all that are surely alike.

    --all leaves out words that stand at several places, and those that would become another case's.
    """
    if (source is None) == (segment is None) or (source is not None and (start, end, quote) != (None, None, None)):
        raise click.UsageError(
            "Name either a passage (with --quote, --start and --end, or as offered) or, with --all, a source."
        )
    if quote is not None and (start, end) != (None, None):
        raise click.UsageError("Give the place either with --quote or with --start and --end.")
    if source is not None:
        _place_all(source, at_least / 100, dry_run=dry_run, yes=yes)
        return
    if dry_run:
        raise click.UsageError("--dry-run goes with --all; “fwa source unplaced” shows what is offered for a passage.")
    with opened() as project:
        if quote is not None:
            start, end = _place_of(project, segment or "", quote)
        anchors = [project.sources.place(segment or "", start=start, end=end)]
    _show_placed(anchors)


def _place_all(source: str, at_least: float, *, dry_run: bool, yes: bool) -> None:
    with opened() as project:
        waiting = project.sources.unanchored(source)
        chosen = safe_to_reanchor(waiting, at_least)
        if left := len(waiting) - len(chosen):
            say(f"left for you: {pluralise(left, 'passage')}, to be placed one by one")
        if dry_run:
            if as_json():
                emit_json(chosen)
            else:
                emit_table(
                    ("id", "score", "words before", "likest words now"),
                    [(short(i.segment_id), i.score, one_line(i.old_quote), one_line(i.quote or "")) for i in chosen],
                )
            return
        if chosen and not yes and not sys.stdin.isatty():
            raise click.UsageError("Placing all needs --yes where nobody can be asked; --dry-run lists them.")
        if chosen and not yes:
            least = min(chosen, key=lambda item: item.score)
            say(f"the least alike, {least.score * 100:.0f} of 100:")
            say(f"  was “{one_line(least.old_quote)}”\n  now “{one_line(least.quote or '')}”")
            click.confirm(f"Place {pluralise(len(chosen), 'passage')}? (One step of undo.)", abort=True, err=True)
        shown = {item.segment_id for item in chosen}
        _show_placed(project.sources.place_all(source, at_least=at_least, only=shown))


def _show_placed(anchors: Sequence[ReanchoredSegment]) -> None:
    if as_json():
        emit_json(anchors)
        return
    for anchor in anchors:
        emit(f"{short(anchor.segment_id)}  {anchor.start} to {anchor.end}  “{one_line(anchor.quote)}”")
        if anchor.is_reattributed:
            emit(f"          {words_of(anchor.new_case)} words now, {words_of(anchor.old_case)} before")
    if not anchors:
        say("There is nothing to place.")


def _place_of(project: Project, segment: str, quote: str) -> tuple[int, int]:
    """Where words stand in the source of a passage that is without a place."""
    homes = {item.source_id for item in project.sources.unanchored() if item.segment_id.startswith(segment)}
    if len(homes) != 1:
        raise NotFound(f"No one passage without a place is “{segment}”; “fwa source unplaced” shows those that are.")
    span = project.codings.find_quote(homes.pop(), quote)
    return span.start, span.end


@click.command()
@click.argument("source")
@click.option("--yes", is_flag=True, help="Do not ask.")
@common_options
def remove(source: str, yes: bool) -> None:
    """Take a source out of the project, if no coding, summary or decision rests on it; its cases stay."""
    if not yes and not sys.stdin.isatty():
        raise click.UsageError("Removing a source needs --yes where nobody can be asked.")
    with opened() as project:
        found = project.sources.get(source)
        if not yes:
            click.confirm(f"Remove {found.name}? (“fwa history undo” brings it back.)", abort=True, err=True)
        project.sources.remove(found.id)
    if as_json():
        emit_json(found)
    else:
        emit(f"{found.name} removed")


COMMANDS = (revise, correct, revisions, unanchored, place, remove)
"""What is added to the commands of ``fwa source``."""

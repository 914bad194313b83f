"""``fwa suggest``: what the rules propose, and what a person decides."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, Unpack

import rich_click as click

from fwanalysis.cli.common import as_json, changing, common_options, opened
from fwanalysis.cli.diagnostics import AreaGroup, progress, say
from fwanalysis.cli.output import emit, emit_json, emit_table, picked, place_of, pluralise, short

if TYPE_CHECKING:
    from fwanalysis.project.suggestions import Which

Function = TypeVar("Function", bound=Callable[..., Any])
_SCORE = click.FloatRange(0, 1)
_KEYS = (
    "id", "code", "code_path", "source", "case", "coder", "start", "end", "turn", "quote", "origin", "created",
    "score", "reason", "state",
)  # fmt: skip


@click.group(cls=AreaGroup)
@common_options
def suggest() -> None:
    """Codes that the codebook's rules propose."""


def _filters(function: Function) -> Function:
    for option in (
        click.option("--min-score", type=_SCORE, metavar="0..1", help="Only suggestions with at least this score."),
        click.option("--case", metavar="CASE", help="Only this case's words."),
        click.option("--code", metavar="CODE", help="Only this code and those below it."),
        click.option("--source", metavar="SOURCE", help="Only this source."),
    ):
        function = option(function)
    return function


@suggest.command()
@click.option("--source", metavar="SOURCE", help="Only this source.")
@click.option("--code", metavar="CODE", help="Only the rules of this code and those below it.")
@common_options
def run(source: str | None, code: str | None) -> None:
    """Run the rules over the sources."""
    with opened() as project:
        reports = project.suggestions.run(source=source, code=code)
        with progress(
            reports, label="Running rules", length=lambda item: item.total, at=lambda item: item.done
        ) as shown:
            last = deque(shown, maxlen=1)
        by_code = dict(project.suggestions.pending_by_code(source=source, code=code))
    report = last[0] if last else None
    figures: dict[str, Any] = {
        "sources": report.done if report else 0,
        "found": report.found if report else 0,
        "new": report.new if report else 0,
        "decided": report.decided if report else 0,
        "pending": sum(by_code.values()),
        "by_code": by_code,
    }
    if as_json():
        emit_json(figures)
        return
    emit(
        f"{pluralise(figures['found'], 'suggestion')} in {pluralise(figures['sources'], 'source')}: "
        f"{figures['new']} new, "
        f"{figures['decided']} decided earlier, {figures['pending']} pending"
    )
    if by_code:
        emit_table(("pending", "code"), sorted(((count, path) for path, count in by_code.items()), reverse=True))


@suggest.command("list")
@_filters
@click.option(
    "--state",
    type=click.Choice(["pending", "accepted", "rejected", "all"]),
    default="pending",
    show_default=True,
    help="Undecided ones, or those decided so.",
)
@common_options
def list_(source: str | None, code: str | None, case: str | None, min_score: float | None, state: str) -> None:
    """Suggestions with their scores, their words, and which of them matched."""
    with opened() as project:
        views = project.suggestions.list(source=source, code=code, case=case, min_score=min_score, state=state)
    if as_json():
        emit_json(picked(views, _KEYS))
        return
    if not views:
        say("There are none. “fwa suggest run” has the rules look; --state all lists what was decided too.")
        return
    states, decided = state == "all", state != "pending"
    emit_table(
        ("id", "score", *(["state"] if states else []), "place", "code", "quote", "why" if decided else "matched"),
        [
            (
                short(item.id),
                item.score,
                *([item.state] if states else []),
                place_of(item.source, item.turn),
                item.code,
                item.quote,
                item.note if decided else item.reason.partition(": ")[0],
            )
            for item in views
        ],
    )


def _which(function: Function) -> Function:
    """What ``accept`` and ``reject`` take: ids, or filters, or all; and why."""
    for option in (
        common_options,
        click.option("--note", default="", metavar="TEXT", help="Why, kept with the decision."),
        click.option("--all", "everything", is_flag=True, help="All that are pending."),
        _filters,
        click.argument("ids", nargs=-1, metavar="[ID...]"),
    ):
        function = option(function)
    return function


def _decide(ids: tuple[str, ...], note: str, which: Which, *, accept: bool) -> None:
    if not ids and not any(value not in (None, False) for value in which.values()):
        raise click.UsageError("Say which: ids, --source, --code, --case, --min-score, or --all.")
    with changing() as project:
        act = project.suggestions.accept if accept else project.suggestions.reject
        done = act(ids, note=note, **which)
    if as_json():
        emit_json({"count": len(done), "ids": list(done)})
    else:
        emit(f"{len(done)} {'accepted' if accept else 'rejected'}")


@suggest.command()
@_which
def accept(ids: tuple[str, ...], note: str, **which: Unpack[Which]) -> None:
    """Accept suggestions: they become codings. By id, by filter, or --all."""
    _decide(ids, note, which, accept=True)


@suggest.command()
@_which
def reject(ids: tuple[str, ...], note: str, **which: Unpack[Which]) -> None:
    """Reject suggestions: they do not come back until the rule or the text changes. By id, by filter, or --all."""
    _decide(ids, note, which, accept=False)

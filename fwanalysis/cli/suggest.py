"""``fwa suggest``: suggestions of rules, and decisions on them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import rich_click as click

from fwanalysis.cli.codings import stance_option
from fwanalysis.cli.common import as_json, changing, common_options, opened
from fwanalysis.cli.completion import complete_case, complete_code, complete_source
from fwanalysis.cli.diagnostics import Misuse, progress, say
from fwanalysis.cli.groups import renamed
from fwanalysis.cli.lazy import AreaGroup
from fwanalysis.cli.listing import emit_list, listing_options
from fwanalysis.cli.output import emit, emit_json, emit_table, picked, place_of, pluralise, short
from fwanalysis.domain.suggestions import SuggestionFilter

if TYPE_CHECKING:
    from fwanalysis.domain.codings import Stance

Function = TypeVar("Function", bound=Callable[..., Any])
_SCORE = click.FloatRange(0, 1)
_KEYS = (
    "id", "code", "code_path", "source", "case", "coder", "start", "end", "turn", "quote", "stance", "note", "origin",
    "created",
    "score", "reason", "status", "state",
)  # fmt: skip


@click.group(cls=AreaGroup)
@common_options
def suggest() -> None:
    """Run the rules of the codebook, and accept or reject their suggestions.

    Examples:
      fwa suggest run
      fwa suggest list --code effort
      fwa suggest accept --min-score 0.6
    """


def _filters(function: Function) -> Function:
    for option in (
        click.option("--min-score", type=_SCORE, metavar="0..1", help="Only with at least this score."),
        click.option(
            "--case", metavar="CASE", shell_complete=complete_case, help="Only segments attributed to this case."
        ),
        click.option("--code", metavar="CODE", shell_complete=complete_code, help="Only this code and those below it."),
        click.option("--source", metavar="SOURCE", shell_complete=complete_source, help="Only in this source."),
    ):
        function = option(function)
    return function


@suggest.command()
@click.option("--source", metavar="SOURCE", shell_complete=complete_source, help="Only in this source.")
@click.option(
    "--code", metavar="CODE", shell_complete=complete_code, help="Only rules of this code and of those below it."
)
@common_options
def run(source: str | None, code: str | None) -> None:
    """Run the rules over the sources.

    Examples:
      fwa suggest run
      fwa suggest run --source P07 --code effort
    """
    with opened() as project:
        reports = project.suggestions.run(source=source, code=code)
        with progress(reports, label="suggest", length=lambda item: item.total, at=lambda item: item.done) as shown:
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
        f"{figures['new']} new, {figures['decided']} decided earlier, {figures['pending']} pending"
    )
    if by_code:
        emit_table(("pending", "code"), sorted(((count, path) for path, count in by_code.items()), reverse=True))


@renamed({"--state": "--status"})
@suggest.command("list")
@_filters
@click.option(
    "--status",
    type=click.Choice(["pending", "accepted", "rejected", "all"]),
    default="pending",
    help="Status of the suggestions [default: pending].",
)
@listing_options
def list_(source: str | None, code: str | None, case: str | None, min_score: float | None, status: str) -> None:
    """List suggestions with their scores, quotations, and the terms that matched.

    Examples:
      fwa suggest list --code effort --min-score 0.5
      fwa suggest list --status all --full
      fwa suggest list --format tsv > suggestions.tsv
    """
    with opened() as project:
        which = SuggestionFilter(source=source, code=code, case=case, min_score=min_score)
        views = project.suggestions.list(which, state=status)
    is_mixed, is_decided = status == "all", status != "pending"
    emit_list(
        picked(views, _KEYS, status="state"),
        columns=_KEYS[:-1],
        header=(
            "id", "score", *(["status"] if is_mixed else []), "stance", "place", "code", "quotation",
            "note" if is_decided else "matched",
        ),
        rows=[
            (
                short(item.id),
                item.score,
                *([item.state] if is_mixed else []),
                item.stance,
                place_of(item.source, item.turn),
                item.code,
                item.quote,
                item.note if is_decided else item.reason.partition(": ")[0],
            )
            for item in views
        ],
        empty="No pending suggestions. Create some with: fwa suggest run; list decided ones with: --status all"
        if status == "pending"
        else "No suggestions with this status.",
    )  # fmt: skip


def _which(function: Function) -> Function:
    """Add what ``accept`` and ``reject`` take: ids, filters or ``--all``, and a note."""
    for option in (
        common_options,
        click.option("--note", default="", metavar="TEXT", help="Reason, stored with the decision."),
        click.option("--all", "everything", is_flag=True, help="All pending suggestions."),
        _filters,
        click.argument("ids", nargs=-1, metavar="[ID...]"),
    ):
        function = option(function)
    return function


def _decide(
    ids: tuple[str, ...], note: str, options: dict[str, Any], *, accept: bool, stance: Stance | None = None
) -> None:
    which = SuggestionFilter(ids=ids, **options)
    if which.is_empty:
        raise Misuse(
            "no suggestions specified", hint="give ids, a filter (--source, --code, --case, --min-score) or --all"
        )
    with changing() as project:
        done = (
            project.suggestions.accept(which, note=note, stance=stance)
            if accept
            else project.suggestions.reject(which, note=note)
        )
        if not done:
            say("No pending suggestion matches.")
    if as_json():
        emit_json({"count": len(done), "ids": list(done)})
    else:
        emit(f"{len(done)} {'accepted' if accept else 'rejected'}")


@suggest.command()
@stance_option("Stance of the codings [default: that of each suggestion].")
@_which
def accept(ids: tuple[str, ...], note: str, stance: Stance | None, **options: Any) -> None:
    """Accept suggestions and turn them into codings.

    Give ids (the first 6 characters or more), or filter by --source, --code, --case or --min-score, or --all. A coding
    has the stance of its suggestion. One call is one undo step.

    Examples:
      fwa suggest accept 3f2a91c4 --stance mixed
      fwa suggest accept --code effort/free-riding --min-score 0.6 --note "clear cases"
      fwa suggest accept --all
    """
    _decide(ids, note, options, accept=True, stance=stance)


@suggest.command()
@_which
def reject(ids: tuple[str, ...], note: str, **options: Any) -> None:
    """Reject suggestions.

    Give ids (the first 6 characters or more), or filter by --source, --code, --case or --min-score, or --all. A
    rejected suggestion is not made again until its rule or the text changes. One call is one undo step.

    Examples:
      fwa suggest reject 3f2a91c4 --note "about another project"
      fwa suggest reject --source P07 --code effort
    """
    _decide(ids, note, options, accept=False)

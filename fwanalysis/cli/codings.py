"""``fwa coding``: codes on passages."""

from __future__ import annotations

import rich_click as click

from fwanalysis.cli.common import as_json, changing, common_options, opened
from fwanalysis.cli.diagnostics import AreaGroup, say
from fwanalysis.cli.output import emit, emit_json, emit_table, picked, place_of, pluralise, short
from fwanalysis.errors import Unchanged

_KEYS = (
    "id", "code", "code_path", "source", "case", "coder", "start", "end", "turn", "quote", "origin", "created",
)  # fmt: skip


@click.group(cls=AreaGroup)
@common_options
def coding() -> None:
    """Codes that were put on passages."""


@coding.command("list")
@click.option("--source", metavar="SOURCE", help="Only in this source.")
@click.option("--code", metavar="CODE", help="This code and those below it.")
@click.option("--case", metavar="CASE", help="This case's words.")
@click.option("--by", metavar="CODER", help="By this coder.")
@click.option(
    "--unplaced",
    "unanchored",
    is_flag=True,
    help="Those whose words have no place in the corrected text, as they were.",
)
@common_options
def list_(source: str | None, code: str | None, case: str | None, by: str | None, unanchored: bool) -> None:
    """The codings, in the order of the texts."""
    with opened() as project:
        views = project.codings.list(source=source, code=code, case=case, coder=by, unanchored=unanchored)
        left_out = 0 if unanchored else len(project.codings.list(source=source, code=code, coder=by, unanchored=True))
    if left_out:
        have = "have" if left_out > 1 else "has"
        say(
            f"left out: {pluralise(left_out, 'coding')} that {have} no place in the corrected texts; "
            "--unplaced lists them"
        )
    if as_json():
        emit_json(picked(views, _KEYS))
        return
    if not views and unanchored:
        say("There are none: every coding stands in the present text.")
        return
    if not views and left_out:
        say("None stands in the present text.")
        return
    if not views:
        say("There are none. “fwa coding add” makes one, “fwa suggest accept” many, and the workbench is made for it.")
        return
    emit_table(
        ("id", "place", "case", "code", "coder", "quote"),
        [
            (short(item.id), place_of(item.source, item.turn), item.case, item.code, item.coder, item.quote)
            for item in views
        ],
    )


@coding.command()
@click.argument("source")
@click.argument("code")
@click.option("--span", nargs=2, type=int, metavar="START END", help="Where, in characters of the text.")
@click.option("--quote", help="The words themselves, if they stand there only once.")
@common_options
def add(source: str, code: str, span: tuple[int, int] | None, quote: str | None) -> None:
    """Put a code on a passage, given by its words or its place."""
    if (span is None) == (quote is None):
        raise click.UsageError("Give the passage either with --quote or with --span.")
    from fwanalysis.project.codings import NO_PARTICIPANTS

    with changing() as project:
        if quote is not None:
            place = project.codings.find_quote(source, quote)
            span = (place.start, place.end)
        assert span is not None
        coding_id = None
        try:
            coding_id = project.codings.add(source, code, *span).coding.id
        except Unchanged as error:
            say(str(error))
        code_id = project.codebook.show(code).id
        view = next(
            item
            for item in project.codings.list(source=source, code=code, coder=project.coder.name)
            if coding_id == item.id or (coding_id is None and (item.code_id, item.start, item.end) == (code_id, *span))
        )
        is_nobodys = view.case is None and bool(project.sources.transcript(view.source_id).speech)
    if is_nobodys:
        say(NO_PARTICIPANTS)
    if as_json():
        emit_json(*picked([view], _KEYS))
    else:
        emit(f"{short(view.id)}  {place_of(view.source, view.turn)}  {view.code}  “{view.quote}”")


@coding.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@common_options
def remove(ids: tuple[str, ...]) -> None:
    """Take codings off, each named by its id or the first six characters of it or more."""
    with changing() as project:
        removed = project.codings.remove(ids)
    if as_json():
        emit_json({"count": len(removed), "ids": removed})
    else:
        emit(f"{pluralise(len(removed), 'coding')} removed")

"""``fwa coding``: codes applied to segments."""

from __future__ import annotations

import rich_click as click

from fwanalysis.cli.common import as_json, changing, common_options, opened
from fwanalysis.cli.completion import complete_case, complete_code, complete_coder, complete_source
from fwanalysis.cli.diagnostics import Misuse, hint, say, warn
from fwanalysis.cli.groups import renamed
from fwanalysis.cli.lazy import AreaGroup
from fwanalysis.cli.listing import emit_list, listing_options
from fwanalysis.cli.output import emit, emit_json, picked, place_of, pluralise, short
from fwanalysis.errors import Unchanged

_KEYS = (
    "id", "code", "code_path", "source", "case", "coder", "start", "end", "turn", "quote", "origin", "created",
)  # fmt: skip


@click.group(cls=AreaGroup)
@common_options
def coding() -> None:
    """List, add and remove codings: codes applied to segments.

    Examples:
      fwa coding list --code effort
      fwa coding add P07 effort --quote "it took all my evenings"
    """


@renamed({"--unplaced": "--unanchored"})
@coding.command("list")
@click.option("--source", metavar="SOURCE", shell_complete=complete_source, help="Only in this source.")
@click.option("--code", metavar="CODE", shell_complete=complete_code, help="Only this code and those below it.")
@click.option("--case", metavar="CASE", shell_complete=complete_case, help="Only segments attributed to this case.")
@click.option("--by", metavar="CODER", shell_complete=complete_coder, help="Only by this coder.")
@click.option("--unanchored", is_flag=True, help="Only codings without a position in the current text.")
@listing_options
def list_(source: str | None, code: str | None, case: str | None, by: str | None, unanchored: bool) -> None:
    """List the codings, in the order of the texts.

    Examples:
      fwa coding list --code effort --case P07
      fwa coding list --full
      fwa coding list --format csv > codings.csv
    """
    with opened() as project:
        views = project.codings.list(source=source, code=code, case=case, coder=by, unanchored=unanchored)
        left_out = 0 if unanchored else len(project.codings.list(source=source, code=code, coder=by, unanchored=True))
    if left_out:
        say(f"{pluralise(left_out, 'unanchored coding')} not shown")
        hint("list them with: fwa coding list --unanchored")
    emit_list(
        picked(views, _KEYS),
        columns=_KEYS,
        header=("id", "place", "case", "code", "coder", "quotation"),
        rows=[
            (short(item.id), place_of(item.source, item.turn), item.case, item.code, item.coder, item.quote)
            for item in views
        ],
        empty="No unanchored codings."
        if unanchored
        else "No codings. Add one with: fwa coding add SOURCE CODE --quote TEXT",
    )


@coding.command()
@click.argument("source", shell_complete=complete_source)
@click.argument("code", shell_complete=complete_code)
@click.option("--span", nargs=2, type=int, metavar="START END", help="Position, in characters of the text.")
@click.option("--quote", metavar="TEXT", help="The text of the segment, if it occurs only once in the source.")
@common_options
def add(source: str, code: str, span: tuple[int, int] | None, quote: str | None) -> None:
    """Apply a code to a segment, given by its text or its position.

    Examples:
      fwa coding add P07 effort --quote "it took all my evenings"
      fwa coding add P07 effort/free-riding --span 1043 1098
    """
    if (span is None) == (quote is None):
        raise Misuse("give the segment either with --quote or with --span", hint="for example: --quote TEXT")
    from fwanalysis.project.codings import NO_PARTICIPANTS

    with changing() as project:
        code_id = project.codebook.show(code).id
        if quote is not None:
            place = project.codings.find_quote(source, quote)
            span = (place.start, place.end)
        assert span is not None
        coding_id = None
        try:
            coding_id = project.codings.add(source, code, *span).coding.id
        except Unchanged as error:
            say(str(error))
        view = next(
            item
            for item in project.codings.list(source=source, code=code, coder=project.coder.name)
            if coding_id == item.id or (coding_id is None and (item.code_id, item.start, item.end) == (code_id, *span))
        )
        is_unattributed = view.case is None and bool(project.sources.transcript(view.source_id).speech)
    if is_unattributed:
        warn(NO_PARTICIPANTS)
    if as_json():
        emit_json(*picked([view], _KEYS))
    else:
        emit(f"{short(view.id)}  {place_of(view.source, view.turn)}  {view.code}  “{view.quote}”")


@coding.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@common_options
def remove(ids: tuple[str, ...]) -> None:
    """Remove codings, each named by the first 6 characters or more of its id.

    Examples:
      fwa coding remove 3f2a91c4
      fwa coding remove 3f2a91c4 9b07de12
    """
    with changing() as project:
        removed = project.codings.remove(ids)
    if as_json():
        emit_json({"count": len(removed), "ids": removed})
    else:
        emit(f"{pluralise(len(removed), 'coding')} removed")

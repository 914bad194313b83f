"""``fwa coding``: codes applied to segments."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import rich_click as click

from fwanalysis.cli.common import as_json, changing, common_options, confirm_replacing, opened, output_format
from fwanalysis.cli.completion import complete_case, complete_code, complete_coder, complete_source
from fwanalysis.cli.diagnostics import Misuse, hint, say, warn
from fwanalysis.cli.groups import renamed
from fwanalysis.cli.lazy import AreaGroup
from fwanalysis.cli.listing import emit_list, listing_options
from fwanalysis.cli.output import emit, emit_bytes, emit_json, picked, place_of, pluralise, short
from fwanalysis.domain.codings import Stance
from fwanalysis.errors import Unchanged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.domain.codings import CodingView
    from fwanalysis.project import Project

Function = TypeVar("Function", bound=Callable[..., Any])
_FORMATS = {"csv": (".csv",), "tsv": (".tsv",), "xlsx": (".xlsx",)}
_KEYS = (
    "id", "code", "code_path", "source", "case", "coder", "start", "end", "turn", "quote", "stance", "note", "origin",
    "created",
)  # fmt: skip


@click.group(cls=AreaGroup)
@common_options
def coding() -> None:
    """List, add, edit, remove and export codings: codes applied to segments.

    Examples:
      fwa coding list --code effort
      fwa coding add P07 effort --quote "it took all my evenings"
      fwa coding edit 3f2a91c4 --stance against
    """


def _stance(ctx: click.Context, param: click.Parameter, value: str | None) -> Stance | None:
    return Stance(value) if value else None


def stance_option(help_text: str) -> Callable[[Function], Function]:
    """Return ``--stance``, whose value is a ``Stance`` or None; *help_text* says what it does for the command."""
    return click.option(
        "--stance", type=click.Choice([stance.value for stance in Stance]), callback=_stance, help=help_text
    )


def _filters(function: Function) -> Function:
    for option in (
        click.option("--unanchored", is_flag=True, help="Only codings without a position in the current text."),
        stance_option("Only codings whose segments speak for or against their code, or both (mixed)."),
        click.option("--by", metavar="CODER", shell_complete=complete_coder, help="Only by this coder."),
        click.option(
            "--case", metavar="CASE", shell_complete=complete_case, help="Only segments attributed to this case."
        ),
        click.option("--code", metavar="CODE", shell_complete=complete_code, help="Only this code and those below it."),
        click.option("--source", metavar="SOURCE", shell_complete=complete_source, help="Only in this source."),
    ):
        function = option(function)
    return function


@renamed({"--unplaced": "--unanchored"})
@coding.command("list")
@_filters
@listing_options
def list_(unanchored: bool, **filters: Any) -> None:
    """List the codings, in the order of the texts.

    The quotation of a coding that is not for its code begins with the stance.

    Examples:
      fwa coding list --code effort --case P07 --full
      fwa coding list --code effort --stance against
      fwa coding list --format csv > codings.csv
    """
    with opened() as project:
        views = listed_codings(project, unanchored=unanchored, **filters)
        left_out = 0 if unanchored else len(listed_codings(project, unanchored=True, **{**filters, "case": None}))
    if left_out:
        say(f"{pluralise(left_out, 'unanchored coding')} not shown")
        hint("list them with: fwa coding list --unanchored")
    emit_list(
        picked(views, _KEYS),
        columns=_KEYS,
        header=("id", "place", "case", "code", "coder", "quotation"),
        rows=[
            (short(item.id), place_of(item.source, item.turn), item.case, item.code, item.coder, _with_stance(item))
            for item in views
        ],
        empty="No unanchored codings."
        if unanchored
        else "No codings. Add one with: fwa coding add SOURCE CODE --quote TEXT",
    )


def listed_codings(
    project: Project,
    *,
    source: str | None,
    code: str | None,
    case: str | None,
    by: str | None,
    stance: Stance | None,
    unanchored: bool = False,
) -> Sequence[CodingView]:
    """Return the codings that meet the filters of ``coding list``."""
    return project.codings.list(source=source, code=code, case=case, coder=by, stance=stance, unanchored=unanchored)


def _with_stance(item: CodingView) -> str:
    """Return the quotation of a coding, after its stance unless that is *for*."""
    return item.quote if item.stance is Stance.FOR else f"({item.stance}) {item.quote}"


@coding.command()
@click.argument("source", shell_complete=complete_source)
@click.argument("code", shell_complete=complete_code)
@click.option("--span", nargs=2, type=int, metavar="START END", help="Position, in characters of the text.")
@click.option("--quote", metavar="TEXT", help="The text of the segment, if it occurs only once in the source.")
@stance_option("What the segment says about the code [default: for].")
@click.option("--note", default="", metavar="TEXT", help="Note on the coding.")
@common_options
def add(
    source: str, code: str, span: tuple[int, int] | None, quote: str | None, stance: Stance | None, note: str
) -> None:
    """Apply a code to a segment, given by its text or its position.

    A segment that speaks against its code ("no, we never competed") is coded with --stance against.

    Examples:
      fwa coding add P07 effort --quote "it took all my evenings"
      fwa coding add P07 competition --quote "we never competed" --stance against --note "about the first year"
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
            added = project.codings.add(source, code, *span, stance=stance or Stance.FOR, note=note)
            coding_id = added.coding.id
        except Unchanged as error:
            say(str(error))
            if error.hint:
                hint(error.hint)
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
        stated = "" if view.stance is Stance.FOR else f" ({view.stance})"
        emit(f"{short(view.id)}  {place_of(view.source, view.turn)}  {view.code}{stated}  “{view.quote}”")


@coding.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@stance_option("The new stance: what the segments say about their code.")
@click.option("--note", metavar="TEXT", help='The new note; "" removes it.')
@common_options
def edit(ids: tuple[str, ...], stance: Stance | None, note: str | None) -> None:
    """Change the stance or the note of codings, each named by the first 6 characters or more of its id.

    One call is one undo step.

    Examples:
      fwa coding edit 3f2a91c4 --stance against
      fwa coding edit 3f2a91c4 9b07de12 --stance mixed --note "for in the first year only"
      fwa coding edit 3f2a91c4 --note ""
    """
    with changing() as project:
        edited = project.codings.edit(ids, stance=stance, note=note)
    if as_json():
        emit_json({"count": len(edited), "ids": edited})
    else:
        emit(f"{pluralise(len(edited), 'coding')} changed")


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


@coding.command()
@click.argument("file", default="-", type=click.Path())
@_filters
@click.option("--format", "form", type=click.Choice(list(_FORMATS)), help="Format [default: by the extension of FILE].")
@click.option("--bom", is_flag=True, help="For CSV and TSV: begin with a byte order mark, which Excel needs.")
@click.option("--yes", is_flag=True, help="Replace the files without asking.")
@common_options
def export(file: str, form: str | None, bom: bool, yes: bool, by: str | None, **filters: Any) -> None:
    """Write the codings to a CSV, TSV or Excel file or to stdout (-), one row each, with the attributes of cases.

    Date, project, codebook version and filters are written to FILE.meta.json beside the file.

    Examples:
      fwa coding export codings.csv
      fwa coding export against.xlsx --code effort --stance against
      fwa coding export --case P07 | less
    """
    from fwanalysis.project.output_files import side_file, table_bytes, write_table

    chosen = output_format(file, form, _FORMATS)
    if file != "-":
        confirm_replacing(file, side_file(file), yes=yes)
    with opened() as project:
        table = project.codings.export(coder=by, **filters)
    if file == "-":
        if as_json():
            emit_json([dict(zip(table.columns, row, strict=True)) for row in table.rows])
        else:
            emit_bytes(table_bytes(f"-.{chosen}", table, writer=chosen, bom=bom and chosen != "xlsx"))
        return
    write_table(file, table, writer=chosen, bom=bom and chosen != "xlsx")
    say(f"{pluralise(len(table.rows), 'coding')} written to {file}")
    if as_json():
        emit_json({"path": file, "codings": len(table.rows)})

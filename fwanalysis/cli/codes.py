"""``fwa code``: single codes."""

from __future__ import annotations

import rich_click as click

from fwanalysis.cli.codebook import emit_codes, record
from fwanalysis.cli.common import as_json, changing, common_options
from fwanalysis.cli.completion import complete_code
from fwanalysis.cli.diagnostics import hint, warn
from fwanalysis.cli.lazy import AreaGroup
from fwanalysis.cli.listing import listing_options
from fwanalysis.cli.output import emit, emit_json
from fwanalysis.domain.codebook import Codebook, CodeEntry, CodeKind
from fwanalysis.domain.codings import Tally


@click.group(cls=AreaGroup)
@common_options
def code() -> None:
    """List and add single codes.

    Examples:
      fwa code list
      fwa code add "Waiting for others" --parent effort
    """


@code.command("list")
@listing_options
def list_() -> None:
    """List the codes as a tree: the same as "fwa codebook list".

    Examples:
      fwa code list
      fwa code list --json | jq -r '.[].path'
    """
    emit_codes()


@code.command()
@click.argument("name")
@click.option("--theme", "as_theme", is_flag=True, help="Add it at the top, as a theme.")
@click.option("--parent", metavar="CODE", shell_complete=complete_code, help="Add it below this code or theme.")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in CodeKind]),
    default="emergent",
    help="From the literature (sensitizing) or from the data (emergent) [default: emergent].",
)
@click.option("--key", metavar="KEY", help="Key of the code [default: made from the name].")
@click.option("--definition", default="", metavar="TEXT", help="What the code means.")
@click.option("--colour", default="", metavar="#RRGGBB", help="Colour of the code [default: one of the program's].")
@common_options
def add(
    name: str, as_theme: bool, parent: str | None, kind: str, key: str | None, definition: str, colour: str
) -> None:
    """Add a code.

    Examples:
      fwa code add "Waiting for others" --parent effort
      fwa code add Trust --theme --kind sensitizing --definition "Reliance on others"
    """
    with changing() as project:
        entry = project.codebook.add(
            name, parent=parent, kind=CodeKind(kind), key=key, definition=definition, colour=colour, as_theme=as_theme
        )
        others = _sharing_a_name(project.codebook.tree(), entry)
    if others:
        paths = ", ".join(other.absolute_path for other in (entry, *others))
        warn(f'"{entry.name}" names {len(others) + 1} codes now: {paths}')
        hint("to choose one of them, give its path")
    if as_json():
        emit_json(record(entry, Tally()))
    elif entry.depth == 0 and not as_theme:
        emit(f"{entry.path} (added as a theme at the top)")
    else:
        emit(entry.path)


def _sharing_a_name(codebook: Codebook, entry: CodeEntry) -> list[CodeEntry]:
    """Return the other codes with the name or the key of a code, without regard to case."""
    return [
        other
        for other in codebook.entries
        if other.id != entry.id and (other.name.casefold() == entry.name.casefold() or other.code.key == entry.code.key)
    ]

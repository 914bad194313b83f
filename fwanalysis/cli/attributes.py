"""``fwa attribute``: the attributes of cases and their types."""

from __future__ import annotations

import rich_click as click

from fwanalysis.cli.common import as_json, changing, common_options, opened
from fwanalysis.cli.completion import complete_attribute
from fwanalysis.cli.lazy import AreaGroup
from fwanalysis.cli.listing import emit_list, listing_options
from fwanalysis.cli.output import emit, emit_json, plain, pluralise
from fwanalysis.domain.cases import AttributeType


@click.group(cls=AreaGroup)
@common_options
def attribute() -> None:
    """List the attributes of cases, and set their types.

    Examples:
      fwa attribute list
      fwa attribute set-type years number
    """


@attribute.command("list")
@listing_options
def list_() -> None:
    """List the attributes: type, number of cases with a value, number of distinct values.

    Examples:
      fwa attribute list
      fwa attribute list --json
    """
    with opened() as project:
        views = project.cases.attribute_views()
    emit_list(
        plain(views),
        columns=("name", "type", "known", "values"),
        header=("attribute", "type", "cases", "values"),
        rows=[(view.name, view.type, view.known, view.values) for view in views],
        empty="No attributes. Set one with: fwa case set CASE --attribute NAME=VALUE",
    )


@attribute.command("set-type")
@click.argument("name", metavar="ATTRIBUTE", shell_complete=complete_attribute)
@click.argument("kind", metavar="[TYPE]", required=False, type=click.Choice([kind.value for kind in AttributeType]))
@click.option("--type", "kind_option", type=click.Choice([kind.value for kind in AttributeType]), hidden=True,
              help="Type, as an option (version 0.1).")  # fmt: skip
@common_options
def set_type(name: str, kind: str | None, kind_option: str | None) -> None:
    """Set the type of an attribute: text, number, date, boolean or choice.

    Refused if a value does not fit the type.

    Examples:
      fwa attribute set-type years number
      fwa attribute set-type postcode text
    """
    wanted = kind or kind_option
    if wanted is None:
        raise click.UsageError("missing argument TYPE")
    with changing() as project:
        changed = project.cases.set_attribute_type(name, AttributeType(wanted))
        (view,) = [view for view in project.cases.attribute_views() if view.name == changed.name]
    if as_json():
        emit_json(view)
    else:
        emit(f"{view.name}: {view.type}, known for {pluralise(view.known, 'case')}")

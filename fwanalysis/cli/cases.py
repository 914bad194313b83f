"""``fwa case``: cases, attributes, members."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rich_click as click

from fwanalysis.cli.common import as_json, common_options, from_stdin, opened, pairs
from fwanalysis.cli.diagnostics import AreaGroup, say
from fwanalysis.cli.output import emit, emit_json, emit_table, many
from fwanalysis.domain.cases import CaseView, Level

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEVELS = click.Choice([level.value for level in Level])


@click.group(cls=AreaGroup)
@common_options
def case() -> None:
    """The units of comparison: persons, groups, sites."""


def _emit(cases: Sequence[CaseView]) -> None:
    if as_json():
        emit_json(cases)
        return
    if not cases:
        say("There are none.")
        return
    names = list(dict.fromkeys(name for item in cases for name in item.attributes))
    emit_table(
        ("case", "level", *names, "sources", "member of"),
        [
            (item.name, item.level, *(item.attributes.get(name) for name in names), item.sources, item.member_of)
            for item in cases
        ],
    )


@case.command("list")
@click.option("--level", type=_LEVELS, help="Only persons, groups or sites.")
@click.option("--where", multiple=True, metavar="NAME=VALUE", help="Only cases with this attribute; may be repeated.")
@common_options
def list_(level: str | None, where: tuple[str, ...]) -> None:
    """The cases with their attributes."""
    with opened() as project:
        _emit(project.cases.list(level=Level(level) if level else None, where=pairs(where, "--where")))


@case.command()
@click.argument("name", metavar="CASE")
@common_options
def show(name: str) -> None:
    """One case: attributes, sources, what it belongs to and who belongs to it."""
    with opened() as project:
        view = project.cases.show(name)
    if as_json():
        emit_json(view)
        return
    emit(f"{view.name} ({view.level})")
    for attribute, value in view.attributes.items():
        emit(f"  {attribute}: {value}")
    for title, names in (("sources", view.sources), ("member of", view.member_of), ("members", view.members)):
        if names:
            emit(f"  {title}: {', '.join(names)}")


@case.command("set")
@click.argument("name", metavar="CASE")
@click.option("--level", type=_LEVELS, help="Person, group or site.")
@click.option(
    "--attribute", "attributes", multiple=True, metavar="NAME=VALUE", help="Give it an attribute; may be repeated."
)
@click.option("--rename", metavar="NAME", help="A new name.")
@common_options
def set_(name: str, level: str | None, attributes: tuple[str, ...], rename: str | None) -> None:
    """Change a case, or make it."""
    with opened() as project:
        changed = project.cases.set(
            name,
            level=Level(level) if level else None,
            attributes=dict(pairs(attributes, "--attribute")),
            rename=rename,
        )
        view = project.cases.show(changed.id)
    if as_json():
        emit_json(view)
    else:
        emit(f"{view.name} ({view.level}) " + ", ".join(f"{key}: {value}" for key, value in view.attributes.items()))


@case.command("import")
@click.argument("file", type=click.Path())
@common_options
def import_(file: str) -> None:
    """Take cases and attributes from a table (CSV, - is stdin) with a column “case”."""
    with opened() as project, from_stdin(file == "-", ".csv") as piped:
        report = project.cases.import_file(piped or file)
    if as_json():
        emit_json(report)
    else:
        emit(
            f"{many(len(report.made), 'case')} made, {len(report.changed)} changed; "
            f"new attributes: {', '.join(report.attributes) or 'none'}"
        )


@case.command()
@click.argument("whole", metavar="CASE")
@click.option("--add", multiple=True, metavar="CASE", help="Make a case a member; may be repeated.")
@click.option("--remove", multiple=True, metavar="CASE", help="Take a member out; may be repeated.")
@common_options
def members(whole: str, add: tuple[str, ...], remove: tuple[str, ...]) -> None:
    """The members of a group or a site."""
    with opened() as project:
        _emit(project.cases.members(whole, add=add, remove=remove))

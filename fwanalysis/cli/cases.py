"""``fwa case``: cases, attributes, members."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import rich_click as click

from fwanalysis.cli.asking import confirm
from fwanalysis.cli.common import as_json, changing, common_options, from_stdin, opened, pairs
from fwanalysis.cli.diagnostics import AreaGroup, say
from fwanalysis.cli.output import emit, emit_json, emit_table, pluralise, quoted
from fwanalysis.domain.cases import AttributeType, CaseView, Level, folded
from fwanalysis.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.domain.case_reports import CasesReport

_SHOWN = 12
"""How many names or values are listed in a sentence."""
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
    has_aliases = any(item.aliases for item in cases)
    emit_table(
        ("case", "level", *names, "sources", "member of", *(("aliases",) if has_aliases else ())),
        [
            (
                item.name,
                item.level,
                *(item.attributes.get(name) for name in names),
                item.sources or (None if item.level is Level.SITE else "none"),
                item.member_of,
                *((item.aliases,) if has_aliases else ()),
            )
            for item in cases
        ],
    )


@case.command("list")
@click.option("--level", type=_LEVELS, help="Only persons, groups or sites.")
@click.option("--where", multiple=True, metavar="NAME=VALUE", help="Only cases with this attribute; may be repeated.")
@common_options
def list_(level: str | None, where: tuple[str, ...]) -> None:
    """The cases with their attributes."""
    conditions = pairs(where, "--where")
    with opened() as project:
        found = project.cases.list(level=Level(level) if level else None, where=conditions)
        everybody = project.cases.list() if conditions and not found else ()
    for name, value in conditions if not found else ():
        known = sorted(
            {item.attributes[key] for item in everybody for key in item.attributes if folded(key) == folded(name)}
        )
        say(f"Asked for {name} “{value}”; the values there are: {', '.join(known[:_SHOWN]) or 'none'}.")
    _emit(found)


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
    for title, names in (
        ("also called", view.aliases),
        ("sources", view.sources),
        ("member of", view.member_of),
        ("members", view.members),
    ):
        if names:
            emit(f"  {title}: {', '.join(names)}")


@case.command("set")
@click.argument("name", metavar="CASE")
@click.option("--level", type=_LEVELS, help="Person, group or site.")
@click.option(
    "--attribute", "attributes", multiple=True, metavar="NAME=VALUE", help="Give it an attribute; may be repeated."
)
@click.option("--rename", metavar="NAME", help="A new name; say --alias OLD to keep finding it by the old one.")
@click.option(
    "--alias", "aliases", multiple=True, metavar="NAME", help="Another name that files and tables use; may be repeated."
)
@click.option("--no-alias", "no_aliases", multiple=True, metavar="NAME", help="Take an alias away; may be repeated.")
@click.option("--yes", is_flag=True, help="Create a new case without asking although a similar one exists.")
@common_options
def set_(
    name: str,
    level: str | None,
    attributes: tuple[str, ...],
    rename: str | None,
    aliases: tuple[str, ...],
    no_aliases: tuple[str, ...],
    yes: bool,
) -> None:
    """Change a case, or create it if there is none of this name.

    If a case of a similar name exists, the command asks first.
    """
    with changing() as project:
        is_new = not project.cases.is_known(name)
        meant = project.cases.similar(name) if is_new else None
        if meant is not None:
            confirm(f"There is no case “{name}”; did you mean “{meant}”?", f"Create a new case “{name}”?", yes=yes)
        before = next((item for item in project.cases.list() if rename and _is_called(item, name)), None)
        changed = project.cases.set(
            name,
            level=Level(level) if level else None,
            attributes=dict(pairs(attributes, "--attribute")),
            rename=rename,
            aliases=aliases,
            no_aliases=no_aliases,
        )
        view = project.cases.show(changed.id)
    if is_new:
        say(f"created case “{view.name}” ({view.level})")
    if as_json():
        emit_json(view)
    else:
        emit(f"{view.name} ({view.level}) " + ", ".join(f"{key}: {value}" for key, value in view.attributes.items()))
    if before is not None and not _is_called(view, before.name):
        say(
            f"{before.name} is called {view.name} now; {pluralise(len(view.sources), 'source')} and all else stay "
            f"with it. "
            f"Files and tables that say {before.name} mean it no more, unless you add --alias “{before.name}”."
        )


@case.command()
@click.argument("name", metavar="CASE")
@common_options
def remove(name: str) -> None:
    """Take a case out of the project, if no source, speaker, member or summary rests on it."""
    with changing() as project:
        removed = project.cases.remove(name)
    if as_json():
        emit_json(removed)
    else:
        emit(f"{removed.name} removed")


@case.command()
@click.argument("name", metavar="CASE")
@click.argument("into", metavar="INTO")
@common_options
def merge(name: str, into: str) -> None:
    """Make two cases one: all of the first becomes the other's, its name an alias.

    Where both know an attribute, the other's value stays, and the first's is told.
    """
    with changing() as project:
        merged = project.cases.merge(name, into)
    for sentence in merged.kept:
        say(sentence)
    if as_json():
        emit_json(merged)
        return
    gained = [
        pluralise(len(merged.sources), "source"),
        pluralise(merged.speakers, "speaker"),
        pluralise(merged.cells, "cell"),
    ]
    emit(f"{merged.case} is {merged.into} now: {', '.join(gained)} came with it")


def _is_called(view: CaseView, name: str) -> bool:
    return any(folded(name) == folded(known) for known in (view.name, view.id, *view.aliases))


@case.command()
@common_options
def attributes() -> None:
    """The attributes of cases: their types, of how many cases they are known, and how many values differ."""
    with opened() as project:
        views = project.cases.attribute_views()
    if as_json():
        emit_json(views)
    elif views:
        emit_table(("attribute", "type", "cases", "values"), [(v.name, v.type, v.known, v.values) for v in views])
    else:
        say("There are none.")


@case.command()
@click.argument("name", metavar="ATTRIBUTE")
@click.option(
    "--type",
    "kind",
    type=click.Choice([kind.value for kind in AttributeType]),
    required=True,
    help="What its values are from now on.",
)
@common_options
def attribute(name: str, kind: str) -> None:
    """Give an attribute another type; refused if a value does not fit."""
    with changing() as project:
        changed = project.cases.set_attribute_type(name, AttributeType(kind))
        (view,) = [view for view in project.cases.attribute_views() if view.name == changed.name]
    if as_json():
        emit_json(view)
    else:
        emit(f"{view.name} is a {view.type}, known of {pluralise(view.known, 'case')}")


@case.command("import")
@click.argument("file", type=click.Path())
@click.option("--dry-run", is_flag=True, help="Show what would be made, changed and doubtful, and write nothing.")
@click.option("--replace", is_flag=True, help="Where the file contradicts the project, take what the file says.")
@click.option(
    "--type",
    "types",
    multiple=True,
    metavar="COLUMN=TYPE",
    help="Type of a new attribute (text, number, date, boolean, choice) [default: detected]; may be repeated.",
)
@click.option("--yes", is_flag=True, help="Import without asking whether the types are right.")
@common_options
def import_(file: str, dry_run: bool, replace: bool, types: tuple[str, ...], yes: bool) -> None:
    """Import cases and attributes from a table (CSV, TSV, XLSX; - is CSV from stdin) with a column “case”.

    Cases are matched by name or alias. Where the file contradicts the project, the project's value is kept and a
    warning lists it. On a terminal the type of each new attribute is shown first, and the command asks before it
    writes. Ids such as 007 keep their zeros.

    Examples:

        fwa case import people.xlsx --dry-run

        fwa case import people.csv --type ward=text --yes
    """
    chosen = {column: _attribute_type(kind) for column, kind in pairs(types, "--type")}
    with (opened if dry_run else changing)() as project, from_stdin(file == "-", ".csv") as piped:

        def read(*, is_preview: bool) -> CasesReport:
            return project.cases.import_file(piped or file, replace=replace, dry_run=is_preview, types=chosen)

        asks = not (dry_run or yes or as_json()) and _is_on_terminal()
        if asks and _show_types(read(is_preview=True)):
            click.confirm("Import with these types? (--type COLUMN=TYPE sets one.)", default=True, abort=True, err=True)
        report = read(is_preview=dry_run)
    if not asks:
        _show_types(report)
    for told in (
        *(item.told() for item in report.conflicts),
        *(item.told() for item in report.nearest),
        *(item.told() for item in report.alike),
        *report.warnings,
    ):
        say(told)
    if report.nearest:
        one = report.nearest[0]
        back = "" if dry_run else " (“fwa history undo” takes this one back)"
        say(f"If they are one: fwa case set {quoted(one.nearest)} --alias {quoted(one.name)}, before an import{back}.")
    if report.missing:
        more = f" and {len(report.missing) - _SHOWN} more" if len(report.missing) > _SHOWN else ""
        say(f"The file does not mention {', '.join(report.missing[:_SHOWN])}{more}, who speak in the sources.")
    if report.conflicts and not replace:
        say(f"{pluralise(len(report.conflicts), 'value')} left as the project has them; --replace takes the file's.")
    if as_json():
        emit_json(report)
        return
    would = "would be " if dry_run else ""
    emit(
        f"{pluralise(len(report.made), 'case')} {would}made, {len(report.changed)} {would}changed; "
        f"new attributes: {', '.join(report.attributes) or 'none'}"
    )
    for name in report.made if dry_run else ():
        emit(f"  new: {name}")
    for name in report.changed if dry_run else ():
        emit(f"  changed: {name}")


def _attribute_type(written: str) -> AttributeType:
    """The attribute type of a name; InvalidInput, naming all, if there is none."""
    try:
        return AttributeType(written.strip().casefold())
    except ValueError:
        listed = ", ".join(AttributeType)
        raise InvalidInput(f"“{written}” is no attribute type; the types are {listed}.") from None


def _is_on_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _show_types(report: CasesReport) -> bool:
    """List the types of the new attributes on stderr; False if there are none."""
    new = [column for column in report.types if not column.is_known]
    for column in new:
        more = ", …" if column.values > len(column.examples) else ""
        say(f"new attribute {column.attribute}: {column.type} ({', '.join(column.examples)}{more})")
    return bool(new)


@case.command()
@click.argument("whole", metavar="CASE")
@click.option("--add", multiple=True, metavar="CASE", help="Make a case a member; may be repeated.")
@click.option("--remove", multiple=True, metavar="CASE", help="Take a member out; may be repeated.")
@common_options
def members(whole: str, add: tuple[str, ...], remove: tuple[str, ...]) -> None:
    """The members of a group or a site."""
    with (changing if add or remove else opened)() as project:
        _emit(project.cases.members(whole, add=add, remove=remove))

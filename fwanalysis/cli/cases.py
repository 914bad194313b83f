"""``fwa case``: cases, their attributes and members."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import rich_click as click

from fwanalysis.cli.asking import Declined, confirm
from fwanalysis.cli.common import as_json, changing, common_options, from_stdin, opened, pairs
from fwanalysis.cli.completion import complete_case
from fwanalysis.cli.diagnostics import hint, is_terminal, say, warn
from fwanalysis.cli.lazy import AreaGroup
from fwanalysis.cli.listing import emit_list, listing_options
from fwanalysis.cli.output import emit, emit_json, plain, pluralise, quoted
from fwanalysis.domain.cases import AttributeType, CaseView, Level, folded
from fwanalysis.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.domain.case_reports import CasesReport

_SHOWN = 12
"""How many names or values are listed in a sentence."""
_LEVELS = click.Choice([level.value for level in Level])
_COLUMNS = ("id", "name", "level", "attributes", "member_of", "members", "sources", "aliases")


@click.group(cls=AreaGroup, renamed={"attributes": "attribute list", "attribute": "attribute set-type"})
@common_options
def case() -> None:
    """List and edit cases: the persons, groups and sites that are compared.

    Examples:
      fwa case list --where site=Alder
      fwa case import cases.csv
    """


def _emit(cases: Sequence[CaseView]) -> None:
    names = list(dict.fromkeys(name for item in cases for name in item.attributes))
    has_aliases = any(item.aliases for item in cases)
    emit_list(
        plain(cases),
        columns=_COLUMNS,
        header=("case", "level", *names, "sources", "member of", *(("aliases",) if has_aliases else ())),
        rows=[
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
        empty="No cases. Create them with: fwa case import FILE",
    )


@case.command("list")
@click.option("--level", type=_LEVELS, help="Only persons, groups or sites.")
@click.option("--where", multiple=True, metavar="NAME=VALUE", help="Only cases with this attribute value; repeatable.")
@listing_options
def list_(level: str | None, where: tuple[str, ...]) -> None:
    """List the cases with their attributes.

    Examples:
      fwa case list
      fwa case list --level person --where site=Alder
      fwa case list --format csv > cases.csv
    """
    conditions = pairs(where, "--where")
    with opened() as project:
        found = project.cases.list(level=Level(level) if level else None, where=conditions)
        every = project.cases.list() if conditions and not found else ()
    for name, value in conditions if not found else ():
        known = sorted(
            {item.attributes[key] for item in every for key in item.attributes if folded(key) == folded(name)}
        )
        say(f"No case has {name}={value}. Values in use: {', '.join(known[:_SHOWN]) or 'none'}")
    _emit(found)


@case.command()
@click.argument("name", metavar="CASE", shell_complete=complete_case)
@common_options
def show(name: str) -> None:
    """Show a case: attributes, sources, members, and what it is a member of.

    Examples:
      fwa case show P07
      fwa case show P07 --json
    """
    with opened() as project:
        view = project.cases.show(name)
    if as_json():
        emit_json(view)
        return
    emit(f"{view.name} ({view.level})")
    for attribute, value in view.attributes.items():
        emit(f"  {attribute}: {value}")
    for title, names in (
        ("aliases", view.aliases),
        ("sources", view.sources),
        ("member of", view.member_of),
        ("members", view.members),
    ):
        if names:
            emit(f"  {title}: {', '.join(names)}")


@case.command("set")
@click.argument("name", metavar="CASE", shell_complete=complete_case)
@click.option("--level", type=_LEVELS, help="Level of the case [default: person, for a new case].")
@click.option("--attribute", "attributes", multiple=True, metavar="NAME=VALUE", help="Set an attribute; repeatable.")
@click.option("--rename", metavar="NAME", help="Rename the case; add --alias OLD to find it by its old name too.")
@click.option(
    "--alias", "aliases", multiple=True, metavar="NAME", help="Add a name that files and tables use for it; repeatable."
)
@click.option("--no-alias", "no_aliases", multiple=True, metavar="NAME", help="Remove an alias; repeatable.")
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

    Examples:
      fwa case set P07 --attribute site=Alder --attribute years=4
      fwa case set P07 --rename "Maya Lindqvist" --alias P07
      fwa case set Alder --level site
    """
    with changing() as project:
        is_new = not project.cases.is_known(name)
        meant = project.cases.similar(name) if is_new else None
        if meant is not None:
            fact, advice = f'no case "{name}"', f'did you mean "{meant}"?'
            confirm(
                f'There is {fact}; {advice} Create a new case "{name}"?',
                otherwise=fact,
                yes=yes,
                purpose="create a new case",
                advice=advice,
            )
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
        say(f'created case "{view.name}" ({view.level})')
    if as_json():
        emit_json(view)
    else:
        emit(f"{view.name} ({view.level}) " + ", ".join(f"{key}: {value}" for key, value in view.attributes.items()))
    if before is not None and not _is_called(view, before.name):
        say(f"{before.name} renamed to {view.name}; {pluralise(len(view.sources), 'source')} unchanged")
        hint(
            f'"{before.name}" no longer matches this case in imported files; keep it with: '
            f"fwa case set {quoted(view.name)} --alias {quoted(before.name)}"
        )


@case.command()
@click.argument("name", metavar="CASE", shell_complete=complete_case)
@common_options
def remove(name: str) -> None:
    """Remove a case. Refused while a source, speaker, member or summary depends on it.

    Examples:
      fwa case remove P07
      fwa case remove P07 --json
    """
    with changing() as project:
        removed = project.cases.remove(name)
    if as_json():
        emit_json(removed)
    else:
        emit(f"{removed.name} removed")


@case.command()
@click.argument("name", metavar="CASE", shell_complete=complete_case)
@click.argument("into", metavar="INTO", shell_complete=complete_case)
@common_options
def merge(name: str, into: str) -> None:
    """Merge a case into another: its sources, speakers and cells move there, and its name becomes an alias.

    Where both have an attribute, the value of the second stays and that of the first is reported.

    Examples:
      fwa case merge "M. Lindqvist" P07
      fwa case merge P7 P07
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
    emit(f"{merged.case} merged into {merged.into}: {', '.join(gained)} moved")


def _is_called(view: CaseView, name: str) -> bool:
    return any(folded(name) == folded(known) for known in (view.name, view.id, *view.aliases))


@case.command("import")
@click.argument("file", type=click.Path())
@click.option("--dry-run", is_flag=True, help="Preview what would be created and changed; write nothing.")
@click.option("--replace", is_flag=True, help="Where the file contradicts the project, use the values of the file.")
@click.option(
    "--type",
    "types",
    multiple=True,
    metavar="COLUMN=TYPE",
    help="Type of a new attribute (text, number, date, boolean, choice) [default: detected]; repeatable.",
)
@click.option("--yes", is_flag=True, help="Import without asking whether the types are right.")
@common_options
def import_(file: str, dry_run: bool, replace: bool, types: tuple[str, ...], yes: bool) -> None:
    """Import cases and attributes from a table (CSV, TSV, XLSX; - is CSV from stdin) with a column "case".

    Cases are matched by name or alias. Where the file contradicts the project, the project's value is kept and a
    warning lists it. On a terminal the type of each new attribute is shown first, and the command asks before it
    writes. Ids such as 007 keep their zeros.

    Examples:
      fwa case import people.xlsx --dry-run
      fwa case import people.csv --type ward=text --yes
      fwa case import people.csv --replace
    """
    chosen = {column: _attribute_type(kind) for column, kind in pairs(types, "--type")}
    with (opened if dry_run else changing)() as project, from_stdin(file == "-", ".csv") as piped:

        def read(*, is_preview: bool) -> CasesReport:
            return project.cases.import_file(piped or file, replace=replace, dry_run=is_preview, types=chosen)

        asks = not (dry_run or yes or as_json()) and is_terminal(sys.stdin) and is_terminal(sys.stderr)
        if asks and _show_types(read(is_preview=True)):
            question = "Import with these types? (Set one with --type COLUMN=TYPE)"
            if not click.confirm(question, default=True, err=True):
                raise Declined("nothing imported")
        report = read(is_preview=dry_run)
    if not asks:
        _show_types(report)
    _warn_of(report, replace=replace, dry_run=dry_run)
    if as_json():
        emit_json(report)
        return
    would = "would be " if dry_run else ""
    emit(
        f"{pluralise(len(report.made), 'case')} {would}created, {len(report.changed)} {would}changed; "
        f"new attributes: {', '.join(report.attributes) or 'none'}"
    )
    for name in report.made if dry_run else ():
        emit(f"  new: {name}")
    for name in report.changed if dry_run else ():
        emit(f"  changed: {name}")


def _warn_of(report: CasesReport, *, replace: bool, dry_run: bool) -> None:
    """Report on stderr what to check: contradictions, similar names and values, cases that the file leaves out."""
    for text in (
        *(item.sentence() for item in report.conflicts),
        *(item.sentence() for item in report.nearest),
        *(item.sentence() for item in report.alike),
        *report.warnings,
    ):
        warn(text)
    if report.nearest:
        one = report.nearest[0]
        back = "" if dry_run else "; undo this import first: fwa history undo"
        hint(f"if they are one case: fwa case set {quoted(one.nearest)} --alias {quoted(one.name)}{back}")
    if report.missing:
        more = f" and {len(report.missing) - _SHOWN} more" if len(report.missing) > _SHOWN else ""
        say(f"Not in the file but present in the project: {', '.join(report.missing[:_SHOWN])}{more}")
    if report.conflicts and not replace:
        hint(f"{pluralise(len(report.conflicts), 'value')} of the project kept; use those of the file with --replace")


def _attribute_type(written: str) -> AttributeType:
    """Return the attribute type of a name; InvalidInput with all types if there is none."""
    try:
        return AttributeType(written.strip().casefold())
    except ValueError:
        listed = ", ".join(AttributeType)
        raise InvalidInput(f'invalid type "{written}"', hint=f"use {listed}") from None


def _show_types(report: CasesReport) -> bool:
    """List the types of the new attributes on stderr; False if there are none."""
    new = [column for column in report.types if not column.is_known]
    for column in new:
        more = ", …" if column.values > len(column.examples) else ""
        say(f"new attribute {column.attribute}: {column.type} ({', '.join(column.examples)}{more})")
    return bool(new)


@case.command()
@click.argument("whole", metavar="CASE", shell_complete=complete_case)
@click.option("--add", multiple=True, metavar="CASE", shell_complete=complete_case, help="Add a member; repeatable.")
@click.option(
    "--remove", multiple=True, metavar="CASE", shell_complete=complete_case, help="Remove a member; repeatable."
)
@listing_options
def members(whole: str, add: tuple[str, ...], remove: tuple[str, ...]) -> None:
    """List, add and remove the members of a group or a site.

    Examples:
      fwa case members FG1
      fwa case members FG1 --add P07 --add P08
    """
    with (changing if add or remove else opened)() as project:
        _emit(project.cases.members(whole, add=add, remove=remove))

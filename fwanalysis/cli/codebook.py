"""``fwa codebook``: the tree of codes and its files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import rich_click as click

from fwanalysis.cli.common import (
    as_json,
    changing,
    common_options,
    confirm_replacing,
    from_stdin,
    opened,
    output_format,
)
from fwanalysis.cli.completion import complete_code
from fwanalysis.cli.diagnostics import say, warn
from fwanalysis.cli.lazy import AreaGroup
from fwanalysis.cli.listing import emit_list, listing_options
from fwanalysis.cli.output import emit, emit_json, plain, pluralise
from fwanalysis.domain.codings import Tally

if TYPE_CHECKING:
    from fwanalysis.domain.codebook import CodeEntry

YAML = {"yaml": (".yaml", ".yml")}
_COLUMNS = (
    "id", "path", "key", "name", "kind", "depth", "version", "definition", "include", "exclude", "counts_against",
    "references", "colour", "retired", "rules", "codings", "unanchored",
    "stances",
)  # fmt: skip
_TABLE = {
    "new": ("new", "Create a codebook file with comments that explain it."),
    "validate": ("validate", "Check a codebook file without importing it."),
}


@click.group(
    cls=AreaGroup,
    table={name: (f"fwanalysis.cli.codebook_files:{home}", line) for name, (home, line) in _TABLE.items()},
)
@common_options
def codebook() -> None:
    """Create, import, export and show the codebook: themes, codes and rules.

    Examples:
      fwa codebook new codebook.yaml
      fwa codebook import codebook.yaml
      fwa codebook list
    """


@codebook.command("import")
@click.argument("file", type=click.Path())
@common_options
def import_(file: str) -> None:
    """Merge a codebook file (YAML; - is stdin) into the codebook of the project.

    Codes are matched by their path. Codes that the file does not have stay.

    Examples:
      fwa codebook import codebook.yaml
      fwa codebook import - < codebook.yaml
    """
    with changing() as project, from_stdin(file == "-", ".yaml") as piped:
        report = project.codebook.import_file(piped or file)
    for sentence in report.warnings:
        warn(sentence)
    if as_json():
        emit_json(report)
    else:
        emit(
            f"{report.name}: {pluralise(len(report.added), 'code')} added, {len(report.changed)} changed, "
            f"{report.unchanged} unchanged; "
            f"{pluralise(report.rules, 'rule')} with {pluralise(report.terms, 'term')}"
        )


@codebook.command()
@click.argument("file", default="-", type=click.Path())
@click.option("--yes", is_flag=True, help="Replace FILE without asking.")
@common_options
def export(file: str, yes: bool) -> None:
    """Write the codebook as YAML to a file or to stdout (-).

    Examples:
      fwa codebook export codebook.yaml
      fwa codebook export | less
    """
    if file != "-":
        output_format(file, None, YAML)
        confirm_replacing(file, yes=yes)
    with opened() as project:
        text = project.codebook.export()
    if file == "-":
        emit_json({"codebook": text}) if as_json() else emit(text, newline=False)
        return
    from fwanalysis.project.output_files import write_file

    write_file(file, text.encode())
    say(f"codebook written to {file}")
    if as_json():
        emit_json({"path": file})


def record(entry: CodeEntry, codings: Tally) -> dict[str, object]:
    """Return a code as JSON has it."""
    version = entry.version
    return {
        "id": entry.id,
        "path": entry.path,
        "key": entry.code.key,
        "name": entry.name,
        "kind": version.kind,
        "depth": entry.depth,
        "version": version.number,
        "definition": version.definition,
        "include": version.include,
        "exclude": version.exclude,
        "counts_against": version.counts_against,
        "examples": _examples(entry),
        "references": plain(entry.code.references),
        "colour": entry.code.colour,
        "retired": entry.code.retired,
        "rules": len(entry.rules),
        "codings": codings.placed,
        "unanchored": codings.unanchored,
        "stances": plain(codings.by_stance),
    }


def _examples(entry: CodeEntry) -> Any:
    """Return the examples of a code, the near miss by its old name too."""
    return {**plain(entry.code.examples), "close_but_no": entry.code.examples.near_miss}


def emit_codes() -> None:
    """Print the tree of codes with the number of codings of each: ``codebook list`` and ``code list``."""
    with opened() as project:
        tree, counts = project.codebook.tree(), project.codings.counts()
    emit_list(
        [record(entry, counts.get(entry.id, Tally())) for entry in tree.entries],
        columns=_COLUMNS,
        header=("key", "name", "kind", "rules", "codings"),
        rows=[
            (
                "\u00a0\u00a0" * entry.depth + entry.code.key,
                entry.name,
                entry.version.kind,
                len(entry.rules),
                counts.get(entry.id, Tally()),
            )
            for entry in tree.entries
        ],
        empty="No codes. Import a codebook with: fwa codebook import FILE; add a code with: fwa code add NAME",
    )


@codebook.command("list")
@listing_options
def list_() -> None:
    """List the tree of codes with the number of codings of each, by stance where some are not for the code.

    Examples:
      fwa codebook list
      fwa codebook list --format csv > codes.csv
    """
    emit_codes()


@codebook.command()
@click.argument("name", metavar="CODE", shell_complete=complete_code)
@common_options
def show(name: str) -> None:
    """Show a code: definition, examples, references, rules.

    Examples:
      fwa codebook show effort/free-riding
      fwa codebook show effort --json
    """
    with opened() as project:
        tree, counts = project.codebook.tree(), project.codings.counts()
    entry = tree.find(name)
    if as_json():
        emit_json(record(entry, counts.get(entry.id, Tally())))
        return
    emit(f"{entry.name}  ({entry.path}; {entry.version.kind}; version {entry.version.number})")
    version, examples = entry.version, entry.code.examples
    for title, text in (
        ("definition", version.definition),
        ("include", version.include),
        ("exclude", version.exclude),
        ("counts against", version.counts_against),
        ("typical", examples.typical),
        ("atypical", examples.atypical),
        ("near miss", examples.near_miss),
    ):
        if text:
            emit(f"\n{title}: {' '.join(text.split())}")
    for key in entry.code.references:
        emit(f"\n{tree.references.get(key, key)}")
    tally = counts.get(entry.id, Tally())
    beside = f" ({tally.unanchored} unanchored)" if tally.unanchored else ""
    stances = f": {replace(tally, unanchored=0)}" if tally.against or tally.mixed else ""
    emit(f"\n{pluralise(tally.placed, 'coding')}{stances}{beside}, {pluralise(len(entry.rules), 'rule')}")
    for rule in entry.rules:
        terms = [*rule.spec.any, *(term for entry_ in rule.spec.all for term in entry_)]
        emit(f"  {rule.spec.scope}: {', '.join(terms) or 'words near each other'}")

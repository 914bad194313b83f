"""``fwa codebook`` and ``fwa code``: the tree of codes."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from fwanalysis.cli.common import as_json, changing, common_options, from_stdin, opened
from fwanalysis.cli.diagnostics import AreaGroup, say
from fwanalysis.cli.output import emit, emit_json, emit_table, plain, pluralise
from fwanalysis.domain.codebook import CodeEntry, CodeKind
from fwanalysis.domain.codings import Tally


@click.group(cls=AreaGroup)
@common_options
def codebook() -> None:
    """The framework: themes, codes, and the rules that propose them."""


@codebook.command("import")
@click.argument("file", type=click.Path())
@common_options
def import_(file: str) -> None:
    """Join a codebook file (YAML, - is stdin) to the project's codebook."""
    with changing() as project, from_stdin(file == "-", ".yaml") as piped:
        report = project.codebook.import_file(piped or file)
    for sentence in report.warnings:
        say(f"warning: {sentence}")
    if as_json():
        emit_json(report)
    else:
        emit(
            f"{report.name}: {pluralise(len(report.added), 'code')} added, {len(report.changed)} changed, "
            f"{report.unchanged} unchanged; "
            f"{pluralise(report.rules, 'rule')} with {pluralise(report.terms, 'term')}"
        )


@codebook.command()
@click.argument("file", required=False, type=click.Path())
@common_options
def export(file: str | None) -> None:
    """Write the codebook as YAML, to a file or to stdout."""
    with opened() as project:
        text = project.codebook.export()
    if file in (None, "-"):
        emit_json({"codebook": text}) if as_json() else emit(text, newline=False)
        return
    from fwanalysis.project.output_files import write_file

    write_file(Path(str(file)), text.encode())
    say(f"codebook written to {file}")
    if as_json():
        emit_json({"path": file})


def _record(entry: CodeEntry, codings: Tally) -> dict[str, object]:
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
        "examples": {**plain(entry.code.examples), "close_but_no": entry.code.examples.near_miss},  # until 0.3
        "references": plain(entry.code.references),
        "colour": entry.code.colour,
        "retired": entry.code.retired,
        "rules": len(entry.rules),
        "codings": codings.placed,
        "unanchored": codings.unanchored,
    }


@codebook.command("list")
@common_options
def list_() -> None:
    """The tree of codes with the number of codings of each, those without a place in the texts beside it."""
    with opened() as project:
        tree, counts = project.codebook.tree(), project.codings.counts()
    if as_json():
        emit_json([_record(entry, counts.get(entry.id, Tally())) for entry in tree.entries])
        return
    if not tree.entries:
        say("There are no codes yet. “fwa codebook import FILE” takes a codebook, “fwa code add” makes a single code.")
        return
    emit_table(
        ("key", "name", "kind", "rules", "codings"),
        [
            (
                "\u00a0\u00a0" * entry.depth + entry.code.key,
                entry.name,
                entry.version.kind,
                len(entry.rules),
                counts.get(entry.id, Tally()),
            )
            for entry in tree.entries
        ],
    )


@codebook.command()
@click.argument("name", metavar="CODE")
@common_options
def show(name: str) -> None:
    """A code whole: what it means, where it comes from, what proposes it."""
    with opened() as project:
        tree, counts = project.codebook.tree(), project.codings.counts()
    entry = tree.find(name)
    if as_json():
        emit_json(_record(entry, counts.get(entry.id, Tally())))
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
    beside = f" ({tally.unanchored} without a place)" if tally.unanchored else ""
    emit(f"\n{pluralise(tally.placed, 'coding')}{beside}, {pluralise(len(entry.rules), 'rule')}")
    for rule in entry.rules:
        terms = [*rule.spec.any, *(term for entry_ in rule.spec.all for term in entry_)]
        emit(f"  {rule.spec.scope}: {', '.join(terms) or 'words near each other'}")


@click.group(cls=AreaGroup)
@common_options
def code() -> None:
    """Single codes."""


@code.command()
@click.argument("name")
@click.option("--theme", "as_theme", is_flag=True, help="Make it a theme of its own.")
@click.option("--parent", metavar="CODE", help="The code or theme it goes under.")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in CodeKind]),
    default="emergent",
    show_default=True,
    help="From the literature (sensitizing) or from the data (emergent).",
)
@click.option("--key", metavar="KEY", help="Its key, if not made from the name.")
@click.option("--definition", default="", help="What it means.")
@click.option("--colour", default="", metavar="#RRGGBB", help="Its colour.")
@common_options
def add(
    name: str, as_theme: bool, parent: str | None, kind: str, key: str | None, definition: str, colour: str
) -> None:
    """Add a code."""
    with changing() as project:
        entry = project.codebook.add(
            name, parent=parent, kind=CodeKind(kind), key=key, definition=definition, colour=colour, as_theme=as_theme
        )
    if as_json():
        emit_json(_record(entry, Tally()))
    else:
        emit(entry.path)

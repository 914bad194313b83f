"""``fwa abstraction``: the lists of elements, dimensions and categories that summaries are sorted into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rich_click as click

from fwanalysis.cli.common import as_json, changing, common_options, confirm_replacing, opened, output_format
from fwanalysis.cli.completion import complete_case, complete_code
from fwanalysis.cli.diagnostics import Misuse, say, warn
from fwanalysis.cli.lazy import AreaGroup
from fwanalysis.cli.output import emit, emit_bytes, emit_json, pluralise
from fwanalysis.domain.abstraction import ITSELF, ConceptLevel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fwanalysis.domain.abstraction import Abstraction, Concept, SortedCell

_LEVEL = click.Choice([level.value for level in ConceptLevel])
_OF_LEVEL = click.option("--level", type=_LEVEL, help="Level of the concept, if its name occurs on several.")
_FORMATS = {"yaml": (".yaml", ".yml"), "json": (".json",), "csv": (".csv",), "tsv": (".tsv",), "xlsx": (".xlsx",)}


def _level(written: str | None) -> ConceptLevel | None:
    return ConceptLevel(written) if written else None


@click.group(cls=AreaGroup)
@common_options
def abstraction() -> None:
    """Sort the summaries of a column into elements, elements into dimensions, dimensions into categories.

    Examples:
      fwa abstraction show effort/free-riding
      fwa abstraction add effort/free-riding "Come for lunch"
      fwa abstraction sort effort/free-riding P01 P10 --into "Come for lunch"
    """


@abstraction.command()
@click.argument("code", shell_complete=complete_code)
@common_options
def show(code: str) -> None:
    """Show the abstraction of a column, first what is not sorted yet.

    Examples:
      fwa abstraction show effort/free-riding
      fwa abstraction show effort/free-riding --json
    """
    with opened() as project:
        shown = project.abstraction.show(code)
    if as_json():
        emit_json(_plain(shown))
        return
    emit(f"{shown.path}: {pluralise(len(shown.cells), 'cell')}")
    emit(f"  cells not sorted: {_listed(map(_label, shown.unsorted_cells))}")
    for level, left in (
        (ConceptLevel.ELEMENT, shown.unsorted_elements),
        (ConceptLevel.DIMENSION, shown.unsorted_dimensions),
    ):
        if shown.of_level(level):
            emit(f"  {level.plural} not sorted: {_listed(f'“{item.name}”' for item in left)}")
    if shown.without_summary:
        emit(f"  nothing to sort: {_listed(f'{cell.label} ({cell.state.label})' for cell in shown.without_summary)}")
    for level in reversed(ConceptLevel):
        concepts = shown.of_level(level)
        if concepts:
            emit(level.plural)
        for number, concept in enumerate(concepts, 1):
            emit(f"  {number}. {_line(shown, concept)}")


def _line(shown: Abstraction, concept: Concept) -> str:
    parent = shown.parent(concept)
    into = f" → {parent.name}" if parent else ""
    cells = shown.cells_of(concept)
    return f"{concept.name}{into}{f': {_listed(map(_label, cells))}' if cells else ''}"


def _label(cell: SortedCell) -> str:
    marks = [] if cell.state.has_summary else [cell.state.label]
    marks += ["out of date"] if cell.stale else []
    return f"{cell.label} ({', '.join(marks)})" if marks else cell.label


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(texts) or "none"


def _plain(shown: Abstraction) -> dict[str, Any]:
    return {
        "code": shown.path,
        "cells": [
            {
                "id": cell.id,
                "cell": cell.label,
                "case": cell.case,
                "itself": cell.own,
                "state": cell.state.value,
                "summary": cell.text,
                "references": cell.references,
                "stale": [str(reason) for reason in cell.stale],
                "elements": [concept.name for concept in shown.elements_of(cell.id)],
            }
            for cell in shown.cells.values()
        ],
        **{level.plural: [_concept(shown, item) for item in shown.of_level(level)] for level in ConceptLevel},
        "unsorted_cells": [cell.label for cell in shown.unsorted_cells],
        "unsorted_elements": [item.name for item in shown.unsorted_elements],
        "unsorted_dimensions": [item.name for item in shown.unsorted_dimensions],
        "without_summary": [cell.label for cell in shown.without_summary],
    }


def _concept(shown: Abstraction, concept: Concept) -> dict[str, Any]:
    parent = shown.parent(concept)
    into = {concept.level.above.value: parent.name if parent else None} if concept.level.above else {}
    cells = [cell.label for cell in shown.cells_of(concept)]
    return {
        "id": concept.id,
        "name": concept.name,
        **into,
        **({"cells": cells} if concept.level is ConceptLevel.ELEMENT else {}),
    }


def _report(concept: Concept, done: str) -> None:
    if as_json():
        emit_json({"id": concept.id, "level": concept.level.value, "name": concept.name})
    else:
        emit(f"{done} {concept.level} “{concept.name}”")


@abstraction.command()
@click.argument("code", shell_complete=complete_code)
@click.argument("name")
@click.option("--level", type=_LEVEL, default="element", help="Level of the concept [default: element].")
@click.option("--into", metavar="NAME", help="The concept of the next level to sort it into.")
@common_options
def add(code: str, name: str, level: str, into: str | None) -> None:
    """Add an element, a dimension or a category to a column.

    Examples:
      fwa abstraction add effort/free-riding "Come for lunch"
      fwa abstraction add effort/free-riding "Taking and not giving" --level dimension
      fwa abstraction add effort/free-riding "Who else was paying" --into "Taking and not giving"
    """
    with changing() as project:
        concept = project.abstraction.add(code, ConceptLevel(level), name, into=into)
    _report(concept, "added")


@abstraction.command()
@click.argument("code", shell_complete=complete_code)
@click.argument("cells", metavar="CASE...", nargs=-1, required=True, shell_complete=complete_case)
@click.option("--into", metavar="ELEMENT", help="The element to sort the cells into.")
@click.option("--out-of", metavar="ELEMENT", help="The element to remove the cells from.")
@click.option("--itself", is_flag=True, help="The cells of the theme itself, without its sub-themes.")
@common_options
def sort(code: str, cells: tuple[str, ...], into: str | None, out_of: str | None, itself: bool) -> None:
    """Sort the cells of cases into an element, or remove them from one; a cell may be in several elements.

    Examples:
      fwa abstraction sort effort/free-riding P01 P10 --into "Come for lunch"
      fwa abstraction sort effort/free-riding P10 --out-of "Come for lunch"
      fwa abstraction sort effort P01 --itself --into "It costs us a day"
    """
    if not (into or out_of):
        raise Misuse("missing option --into", hint="name an element with --into, or with --out-of")
    labels = [cell + ITSELF if itself else cell for cell in cells]
    with changing() as project:
        if into:
            done = project.abstraction.sort(code, labels, into=into, out_of=out_of)
        else:
            done = project.abstraction.unsort(code, labels, out_of=out_of or "")
    if as_json():
        emit_json({"into": into, "out_of": out_of, "cells": done})
    elif into:
        emit(f"sorted into “{into}”: {_listed(done)}")
    else:
        emit(f"removed from “{out_of}”: {_listed(done)}")


@abstraction.command()
@click.argument("code", shell_complete=complete_code)
@click.argument("name")
@click.option("--into", metavar="NAME", help="The concept of the next level to sort it into.")
@click.option("--unsort", is_flag=True, help="Remove it from the concept that it is sorted into.")
@click.option("--to", type=int, metavar="NUMBER", help="Its new place among the concepts of its level, from 1.")
@_OF_LEVEL
@common_options
def move(code: str, name: str, into: str | None, unsort: bool, to: int | None, level: str | None) -> None:
    """Sort an element into a dimension, a dimension into a category, or change the order of a level.

    Examples:
      fwa abstraction move effort/free-riding "Come for lunch" --into "Taking and not giving"
      fwa abstraction move effort/free-riding "Taking and not giving" --to 1
      fwa abstraction move effort/free-riding "Taking and not giving" --unsort
    """
    if not into and not unsort and to is None:
        raise Misuse("nothing to change", hint="use --into, --unsort or --to")
    with changing() as project:
        concept = project.abstraction.move(code, name, level=_level(level), into=into, unsort=unsort, to=to)
    _report(concept, "moved")


@abstraction.command()
@click.argument("code", shell_complete=complete_code)
@click.argument("name")
@click.argument("new")
@_OF_LEVEL
@common_options
def rename(code: str, name: str, new: str, level: str | None) -> None:
    """Rename an element, a dimension or a category to NEW; what is sorted into it stays there.

    Examples:
      fwa abstraction rename effort/free-riding "Come for lunch" "Come for the lunch and the slides"
      fwa abstraction rename effort/free-riding Taking "Taking and not giving" --level dimension
    """
    with changing() as project:
        concept = project.abstraction.rename(code, name, new, level=_level(level))
    _report(concept, "renamed to")


@abstraction.command()
@click.argument("code", shell_complete=complete_code)
@click.argument("name")
@_OF_LEVEL
@common_options
def remove(code: str, name: str, level: str | None) -> None:
    """Remove an element, a dimension or a category; what is sorted into it becomes unsorted.

    Examples:
      fwa abstraction remove effort/free-riding "Come for lunch"
      fwa abstraction remove effort/free-riding Taking --level dimension
    """
    with changing() as project:
        concept = project.abstraction.remove(code, name, level=_level(level))
    _report(concept, "removed")


@abstraction.command("export")
@click.argument("file", required=False, default="-", type=click.Path())
@click.option("--code", metavar="CODE", shell_complete=complete_code, help="Only the column of this code.")
@click.option("--format", "form", type=click.Choice(list(_FORMATS)), help="Format [default: by the extension of FILE].")
@click.option("--yes", is_flag=True, help="Replace the files without asking.")
@common_options
def export(file: str, code: str | None, form: str | None, yes: bool) -> None:
    """Write abstractions to a file, or to stdout (-).

    YAML and JSON can be imported. CSV, TSV and Excel (.xlsx) hold a data structure: first-order concepts (elements),
    second-order themes (dimensions) and aggregate dimensions (categories), with cases and references.

    Examples:
      fwa abstraction export abstraction.yaml
      fwa abstraction export structure.xlsx --code effort/free-riding
      fwa abstraction export structure.csv
    """
    form = output_format(file, form, _FORMATS)
    with opened() as project:
        if file == "-":
            emit_bytes(project.abstraction.file_bytes("json" if as_json() else form, code=code))
            return
        from fwanalysis.project.output_files import side_file

        confirm_replacing(file, *([side_file(file)] if form in ("csv", "tsv") else []), yes=yes)
        for warning in project.abstraction.export(file, code=code, form=form):
            warn(warning)
        columns = [item.code for item in project.abstraction.list(code)]
    say(f"{pluralise(len(columns), 'column')} written to {file}")
    if as_json():
        emit_json({"path": file, "columns": columns})


@abstraction.command("import")
@click.argument("file", type=click.Path())
@common_options
def import_(file: str) -> None:
    """Merge the abstractions of a YAML or JSON file into those of the project, by the names of concepts.

    What the project has stays as it is; what the file sorts otherwise is reported.

    Examples:
      fwa abstraction import abstraction.yaml
      fwa abstraction import abstraction.json --json
    """
    with changing() as project:
        report = project.abstraction.import_file(file)
    for sentence in report.kept:
        warn(sentence)
    if as_json():
        emit_json(report)
        return
    emit(
        f"{pluralise(len(report.columns), 'column')}: {pluralise(len(report.added), 'concept')} added, "
        f"{pluralise(report.sorted_cells, 'cell')} and {pluralise(report.sorted_concepts, 'concept')} sorted"
    )

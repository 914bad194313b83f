"""``fwa matrix import``: compare a chart that a co-author edited with the project, and take what was written there."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import rich_click as click

from fwanalysis.cli.asking import confirm
from fwanalysis.cli.common import as_json, common_options, opened
from fwanalysis.cli.diagnostics import Exit, end, hint, say, warn
from fwanalysis.cli.groups import command
from fwanalysis.cli.output import emit, emit_json, pluralise, terminal_width
from fwanalysis.domain.cell_text import UNWRITTEN
from fwanalysis.domain.chart_import import Accept, Kind, accepted, takes, word_changes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from fwanalysis.domain.chart_import import CellKey, CellWords, ChartComparison, Difference
    from fwanalysis.project import Project

_READABLE = 96
"""Width of text in terminal cells that is comfortable to read."""
_AROUND = 8
"""Number of words shown on each side of a change."""


@command("import")
@click.argument("file", type=click.Path())
@click.option(
    "--accept",
    type=click.Choice([accept.value for accept in Accept]),
    help="Decide all differences: take the file's texts (theirs); take those that changed only in the file, and keep "
    "the project's where both may have changed (ours); or take nothing (none).",
)
@common_options
def import_(file: str, accept: str | None) -> None:
    """Compare a chart that a co-author edited with the project, and take what was written there.

    FILE is a workbook (.xlsx, also in NVivo's form), CSV, TSV or JSON file. Without --accept, the differences are
    listed; if the file only has changes to cells that have not changed here since, the command asks whether to take
    them. Cells that were changed only here are kept. A cell that is empty in the file is cleared only with --accept
    theirs. [-words-] are only here, {+words+} only in the file.

    Examples:
      fwa matrix import matrix-reviewed.xlsx
      fwa matrix import matrix-reviewed.xlsx --accept ours
      fwa matrix import matrix-reviewed.csv --accept none --json
    """
    with opened() as project:
        comparison = project.matrix.compare(file)
        decided = Accept(accept) if accept else None
        if decided is None:
            decided = _decide(comparison)
        elif not as_json():
            _show(comparison)
        taken = project.matrix.take(comparison, accepted(comparison, decided)) if decided else ()
        errors = list(_errors(project, taken)) if taken else []
    _report(comparison, taken)
    for error in errors:
        warn(error)
    if decided is None:
        hint("take all texts of the file with --accept theirs; take only those without a conflict with --accept ours")
        end(Exit.FOUND)
    if comparison.unmatched and decided is not Accept.NONE:
        end(Exit.PARTLY)


def _errors(project: Project, taken: Collection[CellKey]) -> Iterator[str]:
    """Yield what the check of references and quotations finds wrong in the summaries that were taken."""
    keys = {(key.case_id, key.code_id, key.own) for key in taken}
    for cell in project.matrix.check():
        if (cell.cell.case_id, cell.cell.code_id, cell.cell.own) in keys:
            yield from (f"{cell.case.name} × {cell.entry.name}: {finding.message}" for finding in cell.errors)


def _decide(comparison: ChartComparison) -> Accept | None:
    """Return what to do where it was not said: None if there is something to decide.

    Changes made only in the file are taken if the user agrees; without a terminal that needs ``--accept``.
    """
    if not as_json():
        _show(comparison)
    if comparison.conflicts:
        return None
    new = [item for item in comparison.differences if takes(item.kind, Accept.OURS)]
    if not new:
        return Accept.NONE
    changes = pluralise(len(new), "change")
    confirm(
        f"Take {changes} from {comparison.filename}?",
        otherwise=f"{comparison.filename} has {changes} to take, and nothing was changed",
        option="--accept theirs",
        purpose="take them",
    )
    return Accept.OURS


def _show(comparison: ChartComparison) -> None:
    for item in comparison.differences:
        for line in _lines(item, min(terminal_width() or _READABLE, _READABLE)):
            emit(line)
        emit("")


def _lines(item: Difference, width: int) -> list[str]:
    """Return a difference as lines: its heading, the words that differ, and notes."""
    here = f"here by {item.author}, {item.written_at[:10]}" if item.author else "not charted here"
    lines = [f"{item.label}: {item.kind} ({item.place}; {here})"]
    if item.here.state != item.there.state and not {item.here.state, item.there.state} <= set(UNWRITTEN):
        lines.append(f"  state: {item.here.state} here, {item.there.state} in the file")
    if item.here.disagreement != item.there.disagreement:
        lines.append(f"  disagreement: {marked(item.here.disagreement, item.there.disagreement)}")
    for text in marked(item.here.text, item.there.text).split("\n"):
        lines.append(textwrap.fill(text, width, initial_indent="  ", subsequent_indent="  "))
    if item.stale:
        lines.append(f"  out of date here: {', '.join(item.stale)}")
    return [*lines, *(f"  {note}" for note in item.notes)]


def marked(here: str, there: str) -> str:
    """Return two texts as one: ``[-words-]`` are only in the first, ``{+words+}`` only in the second.

    Of what both have, at most eight words on each side of a change are shown.
    """
    pieces = word_changes(here, there)
    parts = []
    for at, (kind, text) in enumerate(pieces):
        if kind == " ":
            parts.append(_shortened(text, is_first=at == 0, is_last=at == len(pieces) - 1))
            continue
        words = text.rstrip()
        before, after = ("[-", "-]") if kind == "-" else ("{+", "+}")
        following = text[len(words) :] or (" " if at + 1 < len(pieces) else "")
        parts.append(f"{before}{words}{after}{following}")
    return "".join(parts)


def _shortened(text: str, *, is_first: bool, is_last: bool) -> str:
    words = text.rstrip().split(" ")
    following = text[len(text.rstrip()) :]
    before, after = 0 if is_first else _AROUND, 0 if is_last else _AROUND
    if len(words) <= before + after + 1:
        return text
    return " ".join([*words[:before], "…", *words[len(words) - after :]]) + following


def _report(comparison: ChartComparison, taken: Collection[CellKey]) -> None:
    """Report what was taken and left, and what of the file belongs to no cell."""
    left = len(comparison.differences) - len(taken)
    for text in (*comparison.warnings, *comparison.unmatched):
        warn(text)
    kept = sum(item.kind is Kind.HERE for item in comparison.differences)
    newer = f" ({kept} changed only here)" if kept else ""
    say(f"{pluralise(comparison.unchanged, 'cell')} unchanged, {len(taken)} taken, {left} left{newer}")
    if as_json():
        emit_json(
            {
                "file": comparison.filename,
                "form": comparison.form,
                "made_at": comparison.made_at or None,
                "unchanged": comparison.unchanged,
                "taken": len(taken),
                "left": left,
                "differences": [_record(item, taken) for item in comparison.differences],
                "unmatched": comparison.unmatched,
                "warnings": comparison.warnings,
            }
        )


def _record(item: Difference, taken: Collection[CellKey]) -> dict[str, Any]:
    return {
        "case": item.case,
        "case_id": item.key.case_id,
        "code": item.code,
        "code_id": item.key.code_id,
        "code_path": item.code_path,
        "own": item.key.own,
        "place": item.place,
        "kind": item.kind.replace(" ", "-"),
        "here": _words(item.here),
        "there": _words(item.there),
        "base": _words(item.base) if item.base else None,
        "author": item.author or None,
        "written_at": item.written_at or None,
        "stale": item.stale,
        "notes": item.notes,
        "taken": item.key in taken,
    }


def _words(words: CellWords) -> dict[str, str | None]:
    state = words.state.replace(" ", "-") if words.is_written else None
    return {"state": state, "summary": words.text, "disagreement": words.disagreement or None}

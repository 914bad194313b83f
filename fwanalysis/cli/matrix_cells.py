"""``fwa matrix set``, ``affirm`` and ``draft``: writing cells."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from fwanalysis.cli.asking import confirm
from fwanalysis.cli.common import as_json, changing, common_options
from fwanalysis.cli.completion import complete_case, complete_code
from fwanalysis.cli.diagnostics import Misuse, hint, say, warn
from fwanalysis.cli.groups import command
from fwanalysis.cli.matrix_options import Query, view_options
from fwanalysis.cli.output import emit, emit_json, pluralise
from fwanalysis.domain.matrix import Cell, CellState, MatrixCell
from fwanalysis.domain.text import one_line
from fwanalysis.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fwanalysis.analysis.guard import Finding
    from fwanalysis.project import Project

_SAVED = {
    CellState.DRAFT: "summary saved as a draft",
    CellState.CHECKED: "summary saved as checked",
    CellState.NOTHING_SAID: "saved: nothing said",
    CellState.NOT_APPLICABLE: "saved: not applicable",
}
_itself = click.option(
    "--itself", "own", is_flag=True, help="The cell of what is coded with CODE itself, without its sub-codes."
)


@command("set")
@click.argument("case", shell_complete=complete_case)
@click.argument("code", shell_complete=complete_code)
@click.argument("summary", required=False)
@click.option("--file", metavar="FILE", type=click.Path(), help="Read the summary from a file, or from stdin (-).")
@click.option("--checked", is_flag=True, help="Mark the summary as checked; without it, it is a draft.")
@click.option("--nothing-said", is_flag=True, help="Record that the case said nothing on the theme.")
@click.option("--not-applicable", metavar="REASON", help="Record that the theme does not apply to the case, and why.")
@click.option(
    "--disagreement", metavar="NOTE", help="Mark that what was said and the figures about the case disagree, and how."
)
@click.option("--clear", is_flag=True, help="Clear the cell.")
@_itself
@click.option("--with-groups", is_flag=True, help="Base a person's summary on what it said in focus groups, too.")
@click.option("--replace", "--yes", is_flag=True, help="Replace what is in the cell without asking.")
@common_options
def set_(
    case: str,
    code: str,
    summary: str | None,
    file: str | None,
    checked: bool,
    nothing_said: bool,
    not_applicable: str | None,
    disagreement: str | None,
    clear: bool,
    own: bool,
    with_groups: bool,
    replace: bool,
) -> None:
    """Set the summary of one cell (SUMMARY, --file FILE or - for stdin).

    References such as (P04:12) cite turns; quotations are checked against them. If the cell holds something already, or
    if --nothing-said would contradict coded segments, the command asks on a terminal; elsewhere it is refused without
    --replace. Without a new content, --checked and --disagreement change the summary that is there.

    Examples:
      fwa matrix set P04 effort "Bears most of the cost (P04:22)."
      fwa matrix set P04 effort --file summary.txt --checked
      fwa matrix set Birch effort --disagreement "Says it never missed a session; attended 4 of 9."
    """
    given = [summary is not None, file is not None, nothing_said, not_applicable is not None, clear]
    is_marking = not any(given) and (checked or disagreement is not None)
    if sum(given) != 1 and not is_marking:
        raise Misuse(
            "give exactly one content",
            hint="SUMMARY, --file FILE, --nothing-said, --not-applicable REASON or --clear",
        )
    with changing() as project:
        shown = project.matrix.cell(case, code, own=own, with_groups=with_groups or None)
        present = shown.cell
        if clear:
            project.matrix.clear(case, code, own=own, seen=present)
            emit_json({"cleared": True}) if as_json() else emit("cleared")
            return
        if is_marking:
            if present is None:
                raise InvalidInput(f"{case} × {code} has no summary", hint="give one with SUMMARY")
            state, text = (CellState.CHECKED if checked else present.state), shown.summary
        else:
            state, text = _content(summary, file, nothing_said, not_applicable, checked)
            if not checked:
                state = _kept(shown, state, text)
            _ask_before_replacing(project, shown, f"{case} × {code}", state, text, replace=replace)
        cell = project.matrix.set(
            *(case, code, text),
            state=state,
            own=own,
            with_groups=with_groups or None,
            seen=present,
            expect=True,
            disagreement=disagreement,
        )
        findings = project.matrix.checker(case, code, own=own).check(text) if state.has_summary else ()
    if as_json():
        emit_json(cell)
        return
    emit(f"{_SAVED[state]} (based on {pluralise(len(cell.basis.codings), 'coding')})")
    _warn_of_errors(findings)
    if any(finding.severity == "note" for finding in findings):
        hint(f"see notes on references and evidence with: fwa matrix check --case {case} --code {code}")


def _kept(shown: MatrixCell, state: CellState, text: str) -> CellState:
    """Return the state of a summary: that of the present one if the words are the same."""
    present = shown.cell
    is_same = present is not None and present.state.has_summary and text.strip() == shown.summary.strip()
    return present.state if present is not None and is_same and state.has_summary else state


def _warn_of_errors(findings: Iterable[Finding]) -> None:
    for finding in findings:
        if finding.severity == "error":
            warn(finding.message)


def _content(
    summary: str | None, file: str | None, nothing_said: bool, not_applicable: str | None, checked: bool
) -> tuple[CellState, str]:
    if nothing_said:
        return CellState.NOTHING_SAID, ""
    if not_applicable is not None:
        return CellState.NOT_APPLICABLE, not_applicable
    return (CellState.CHECKED if checked else CellState.DRAFT), (_read(file) if file is not None else summary or "")


def _ask_before_replacing(
    project: Project, shown: MatrixCell, label: str, state: CellState, text: str, *, replace: bool
) -> None:
    """Ask before a cell's content is replaced, or coded segments are contradicted; say what was replaced."""
    replaced = _replaced(project, shown.cell, shown.summary, state, text)
    contradicted = (
        "" if state.has_summary or not shown.quotes or shown.cell else pluralise(shown.segments, "coded segment")
    )
    if not (replaced or contradicted):
        return
    what = replaced or contradicted
    confirm(
        f"{label} has {what}\n{'Replace it?' if replaced else f'Save “{state.label}” all the same?'}",
        otherwise=f"{label} has {one_line(what)}",
        yes=replace,
        option="--replace",
        purpose="replace it" if replaced else f"save “{state.label}” all the same",
        declined="the cell is unchanged",
    )
    if replaced and replace:
        say(f"replaced {replaced}")


def _replaced(project: Project, present: Cell | None, summary: str, state: CellState, text: str) -> str:
    """Return what is in a cell and who wrote it; empty if the cell is empty or has this content already."""
    if present is None or (present.state.has_summary == state.has_summary and summary.strip() == text.strip()):
        return ""
    if state is not CellState.NOTHING_SAID and not text.strip():  # which is an error, whatever the cell holds
        return ""
    author = project.codings.coders().get(present.coder_id, "another coder")
    if present.state is CellState.NOTHING_SAID:
        return f"“nothing said” by {author}"
    what = "a summary" if present.state.has_summary else "“not applicable”"
    return f"{what} by {author}: “{summary}”"


def _read(file: str) -> str:
    name = "stdin" if file == "-" else file
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise InvalidInput(f"cannot read {name}: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{name} is not UTF-8 text (byte {error.start + 1})", hint="save it as UTF-8") from None


@command("affirm")
@click.argument("case", shell_complete=complete_case)
@click.argument("code", shell_complete=complete_code)
@click.argument("reason")
@_itself
@common_options
def affirm(case: str, code: str, reason: str, own: bool) -> None:
    """Affirm a summary that is out of date: it stays as it is, and REASON is kept with it.

    Examples:
      fwa matrix affirm P04 effort "The new passage repeats what (P04:22) says."
      fwa matrix affirm P07 effort --itself "Only the spelling of the turn was corrected."
    """
    with changing() as project:
        cell = project.matrix.affirm(case, code, reason, own=own)
        findings = project.matrix.checker(case, code, own=own).check(project.matrix.cell(case, code, own=own).summary)
    if as_json():
        emit_json(cell)
    else:
        emit(f"affirmed (based on {pluralise(len(cell.basis.codings), 'coding')})")
        _warn_of_errors(findings)


@command("draft")
@view_options
@common_options
def draft(query: Query) -> None:
    """Fill the unwritten cells of a view with their quotations and references, as drafts to start from.

    Nothing is written in words of the program, and cells that hold something are left alone. One undo takes all back.

    Examples:
      fwa matrix draft --theme effort
      fwa matrix draft --theme effort --case P04
    """
    with changing() as project:
        cells = project.matrix.draft(query(project))
    if as_json():
        emit_json({"drafted": len(cells), "ids": [cell.id for cell in cells]})
    else:
        emit(f"{pluralise(len(cells), 'cell')} drafted")

"""The entry point: ``fwa`` and the table of its commands."""

from __future__ import annotations

import rich_click as click

from fwanalysis import __version__
from fwanalysis.cli.common import common_options
from fwanalysis.cli.lazy import LazyGroup
from fwanalysis.cli.output import write_utf_8
from fwanalysis.startup import without_collection

COMMANDS = {
    "demo": ("projects:demo", "Build the fictional sample study in a folder, code, chart and export it, then open it."),
    "new": ("projects:new", "Create a project."),
    "open": ("projects:open_", "Open the workbench."),
    "source": ("sources:source", "Import, read and correct interviews, focus groups and documents."),
    "speaker": ("speakers:speaker", "List the speakers, set their roles and cases, and merge labels of one speaker."),
    "case": ("cases:case", "List and edit cases: the persons, groups and sites that are compared."),
    "attribute": ("attributes:attribute", "List the attributes of cases, and set their types."),
    "codebook": ("codebook:codebook", "Create, import, export and show the codebook: themes, codes and rules."),
    "code": ("codes:code", "List and add single codes."),
    "coding": ("codings:coding", "List, add, edit, remove and export codings: codes applied to segments."),
    "suggest": ("suggest:suggest", "Run the rules of the codebook, and accept or reject their suggestions."),
    "matrix": ("matrix:matrix", "Show and export the framework matrix, and write its summaries."),
    "figure": ("figures:figure", "Count codes and cases, and draw the counts."),
    "abstraction": (
        "abstraction:abstraction",
        "Sort the summaries of a column into elements, elements into dimensions, dimensions into categories.",
    ),
    "history": ("history:history", "List, undo and redo changes, and verify their log."),
    "doctor": (
        "doctor:doctor",
        "Check the integrity of the project: database, original files, quotations, turns, log.",
    ),
    "completion": ("completion:completion", "Print a script that completes commands, options and names in a shell."),
    "help": ("help:help_", "Show the help of a command."),
}
"""The commands with the line that the help shows for each, which is the first of the command's own help."""


@click.group(
    cls=LazyGroup,
    table={name: (f"fwanalysis.cli.{home}", line) for name, (home, line) in COMMANDS.items()},
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="fwa")
@common_options
@click.pass_context
def fwa(ctx: click.Context) -> None:
    """Framework Analysis of interviews and focus groups: code segments, review suggestions, chart cases by themes.

    Without a command: open the workbench on the project in this folder.

    Examples:
      fwa demo
      fwa new study.fwa
      fwa source import interviews/
    """
    if ctx.invoked_subcommand is None:
        from fwanalysis.cli.projects import open_default

        open_default()


def run() -> None:
    """Run the command line of this process."""
    with without_collection():
        write_utf_8()
        fwa(prog_name="fwa")

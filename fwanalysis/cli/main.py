"""The entry point: ``fwa`` and the table of its commands."""

from __future__ import annotations

import gc

import rich_click as click

from fwanalysis import __version__
from fwanalysis.cli.common import common_options
from fwanalysis.cli.lazy import LazyGroup
from fwanalysis.cli.output import write_utf_8

COMMANDS = {
    "demo": ("projects:demo", "Build the fictional sample study in a folder, code, chart and export it, then open it."),
    "new": ("projects:new", "Make a new project."),
    "open": ("projects:open_", "Open the workbench."),
    "source": ("sources:source", "Interviews, focus groups and documents."),
    "speaker": ("speakers:speaker", "The voices in the sources: their roles and cases."),
    "case": ("cases:case", "The units of comparison: persons, groups, sites."),
    "codebook": ("codebook:codebook", "The framework: themes, codes, and the rules that propose them."),
    "code": ("codebook:code", "Single codes."),
    "coding": ("codings:coding", "Codes that were put on passages."),
    "suggest": ("suggest:suggest", "Codes that the codebook's rules propose."),
    "matrix": ("matrix:matrix", "The framework matrix: what each case said on each theme."),
    "history": ("history:history", "What was done to the project, by whom; undo and redo."),
    "doctor": ("history:doctor", "Check the project: its database, its texts, every quote, the log."),
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
    """Framework Analysis of interviews and focus groups: code passages, let rules propose, chart cases by themes.

    Without a command: open the workbench on the project in this folder.
    """
    if ctx.invoked_subcommand is None:
        from fwanalysis.cli.projects import open_default

        open_default()


def run() -> None:
    """Run the command line of this process."""
    gc.disable()  # nothing that importing leaves behind is garbage; ``opened`` turns it on again for the work
    write_utf_8()
    fwa(prog_name="fwa")

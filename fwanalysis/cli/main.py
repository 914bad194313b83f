"""The entry point: ``fwa`` and its commands."""

from __future__ import annotations

import rich_click as click

from fwanalysis import __version__
from fwanalysis.cli.cases import case
from fwanalysis.cli.codebook import code, codebook
from fwanalysis.cli.codings import coding
from fwanalysis.cli.common import common_options
from fwanalysis.cli.diagnostics import FrameworkGroup
from fwanalysis.cli.history import doctor, history
from fwanalysis.cli.matrix import matrix
from fwanalysis.cli.projects import demo, new, open_, open_default
from fwanalysis.cli.sources import source
from fwanalysis.cli.speakers import speaker
from fwanalysis.cli.suggest import suggest


@click.group(cls=FrameworkGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="fwa")
@common_options
@click.pass_context
def fwa(ctx: click.Context) -> None:
    """Framework Analysis of interviews and focus groups: code passages, let rules propose, chart cases by themes.

    Without a command: open the workbench on the project in this folder.
    """
    if ctx.invoked_subcommand is None:
        open_default()


for command in (demo, new, open_, source, speaker, case, codebook, code, coding, suggest, matrix, history, doctor):
    fwa.add_command(command)


def run() -> None:
    """Run the command line of this process."""
    fwa(prog_name="fwa")

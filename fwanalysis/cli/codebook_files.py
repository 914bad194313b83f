"""``fwa codebook new`` and ``validate``: codebook files, without a project."""

from __future__ import annotations

import rich_click as click

from fwanalysis.cli.codebook import YAML
from fwanalysis.cli.common import as_json, common_options, confirm_replacing, from_stdin, output_format
from fwanalysis.cli.diagnostics import hint, say
from fwanalysis.cli.groups import command
from fwanalysis.cli.output import emit, emit_json, pluralise, quoted

_TEMPLATE = "blank.yaml"


@command("new")
@click.argument("file", type=click.Path())
@click.option("--yes", is_flag=True, help="Replace FILE without asking.")
@common_options
def new(file: str, yes: bool) -> None:
    """Create a codebook file with comments that explain it.

    Examples:
      fwa codebook new codebook.yaml
      fwa codebook new - | less
    """
    from fwanalysis.project.demo import data_folder
    from fwanalysis.project.output_files import write_file

    if file != "-":
        output_format(file, None, YAML)
        confirm_replacing(file, yes=yes)
    template = (data_folder("codebooks") / _TEMPLATE).read_bytes()
    if file == "-":
        emit(template.decode(), newline=False)
        return
    write_file(file, template)
    say(f"codebook written to {file}")
    hint(f"edit it, then: fwa codebook validate {quoted(file)}")
    if as_json():
        emit_json({"path": file})


@command("validate")
@click.argument("file", type=click.Path())
@common_options
def validate(file: str) -> None:
    """Check a codebook file without importing it.

    Exit status: 0 valid, 1 not valid; the message gives line and column.

    Examples:
      fwa codebook validate codebook.yaml
      fwa codebook validate - < codebook.yaml
    """
    from fwanalysis.project.output_files import read_codebook_file

    with from_stdin(file == "-", ".yaml") as piped:
        draft = read_codebook_file(piped or file)
    codes = list(draft.codes)
    for code in codes:
        codes.extend(code.codes)
    rules = sum(len(code.rules) for code in codes)
    if as_json():
        emit_json({"path": file, "valid": True, "name": draft.name, "codes": len(codes), "rules": rules})
    else:
        emit(f"{file}: valid ({pluralise(len(codes), 'code')}, {pluralise(rules, 'rule')})")

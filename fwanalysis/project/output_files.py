"""Files that go out of a project, and codebook files that come in before there is one."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import TYPE_CHECKING

from fwanalysis.errors import InvalidInput

if TYPE_CHECKING:
    from fwanalysis.domain.codebook import ParsedCodebook
    from fwanalysis.domain.coded_transcript import CodedTranscript
    from fwanalysis.domain.table import Table


def read_codebook_file(path: str | Path) -> ParsedCodebook:
    """Return the content of a codebook file, with the terms of its rules checked.

    Raises:
        CodebookError: A fault of the file, with line and column.
        InvalidInput: The file cannot be read, or no rule can use a term.
    """
    from fwanalysis.formats.codebooks.read import read_codebook
    from fwanalysis.suggest import prepare, rules_of_parsed

    file = Path(path)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise InvalidInput(f"cannot read {file}: {(error.strerror or str(error)).lower()}") from None
    parsed = read_codebook(file.name, data)
    prepare(rules_of_parsed(parsed), (), parsed.language)
    return parsed


def write_file(path: str | Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    from fwanalysis.formats.writers.atomic_write import write_atomically

    write_atomically(Path(path), data)


def write_table(path: str | Path, table: Table, *, writer: str | None = None, bom: bool = False) -> None:
    """Write a table in the format of the file's name (or of *writer*), and what it is of to ``FILE.meta.json`` beside
    it."""
    file = Path(path)
    data = table_bytes(file.name, table, writer=writer, bom=bom)
    write_file(file, data)
    write_meta_beside(file, table)


def write_meta_beside(path: str | Path, table: Table) -> None:
    """Write the facts about a table to ``FILE.meta.json`` beside a file."""
    from fwanalysis.formats.writers.meta import write_meta

    write_file(side_file(path), write_meta(table))


def table_bytes(filename: str, table: Table, *, writer: str | None = None, bom: bool = False) -> bytes:
    """Return a table as the bytes of a file; *bom* puts a byte order mark in front, which Excel needs to see UTF-8."""
    from fwanalysis.formats.writers.registry import write_table as written

    return (codecs.BOM_UTF8 if bom else b"") + written(filename, table, writer=writer)


def coded_transcript_bytes(transcript: CodedTranscript, writer: str) -> bytes:
    """Return a transcript with its codes as the bytes of a file; *writer* is ``md`` or ``html``."""
    if writer == "html":
        from fwanalysis.formats.writers.coded_transcript_html import coded_transcript_html

        return coded_transcript_html(transcript)
    from fwanalysis.formats.writers.coded_transcript_markdown import coded_transcript_markdown

    return coded_transcript_markdown(transcript)


def side_file(path: str | Path) -> Path:
    """Return the path of the file beside a table, ``FILE.meta.json``."""
    from fwanalysis.formats.writers.meta import meta_name

    return Path(path).with_name(meta_name(Path(path).name))

"""Read codebook files (YAML). pydantic and ruamel.yaml are imported only when a file is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.codebook import (
    CodeKind,
    Examples,
    Near,
    ParsedCode,
    ParsedCodebook,
    RuleSpec,
    Scope,
    Speakers,
)
from fwanalysis.formats.decoding.charset import decode
from fwanalysis.formats.decoding.sniffing import refuse_binary

if TYPE_CHECKING:
    from fwanalysis.formats.codebooks.schema import CodeModel, RuleModel


def read_codebook(filename: str, data: bytes, *, encoding: str | None = None) -> ParsedCodebook:
    """Read a codebook file.

    Args:
        filename: Name of the file, for messages.
        data: The bytes of the file.
        encoding: Encoding of the file; detected if None.

    Raises:
        CodebookError: If the file has an error; the message has file, line and column.
        UnreadableFile: If the bytes are not text.

    Notes:
        White space at the ends of texts is removed; a field without a value counts as left out.
    """
    from fwanalysis.formats.codebooks.schema import old_fields, parse

    refuse_binary(filename, data)
    model = parse(filename, decode(filename, data, encoding).text)
    return ParsedCodebook(
        name=model.name,
        version=model.version,
        language=model.language,
        references=dict(model.references),
        codes=tuple(map(_code, model.codes)),
        warnings=tuple(f"{filename}: {message}" for message in old_fields(model)),
    )


def _code(model: CodeModel) -> ParsedCode:
    examples = model.examples
    return ParsedCode(
        key=model.key,
        name=model.name,
        kind=CodeKind(model.kind),
        definition=model.definition,
        include=model.include,
        exclude=model.exclude,
        counts_against=model.counts_against,
        examples=Examples(examples.typical, examples.atypical, examples.near_miss or examples.close_but_no),
        references=tuple(model.references),
        colour=model.colour,
        rules=tuple(map(_rule, model.rules)),
        codes=tuple(map(_code, model.codes)),
        retired=model.retired,
    )


def _rule(model: RuleModel) -> RuleSpec:
    near = model.near
    return RuleSpec(
        any=tuple(model.any),
        all=tuple(map(tuple, model.all)),
        not_=tuple(model.not_),
        near=Near(tuple(map(tuple, near.terms)), near.within) if near else None,
        scope=Scope(model.scope),
        speakers=Speakers(model.speakers),
        weight=model.weight,
        note=model.note,
        should_match=tuple(model.should_match),
        should_not_match=tuple(model.should_not_match),
    )

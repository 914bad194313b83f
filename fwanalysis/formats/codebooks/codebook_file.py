"""Codebook files (YAML, DESIGN section 7) to CodebookDraft and back.

Reading names every fault with line and column; writing makes a file for people: fields in the order of the design,
long texts folded, what is empty or as it is by default left out. ``read(write(draft)) == draft`` for drafts as
reading makes them. Knows no project; pydantic and ruamel.yaml are loaded only to read.
"""

from __future__ import annotations

import re
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
    from collections.abc import Iterator, Sequence

    from fwanalysis.formats.codebooks.schema import CodeModel, RuleModel

_WIDTH = 100
_NARROWEST = 40
_STEP = "  "


def read_codebook(filename: str, data: bytes, *, encoding: str | None = None) -> ParsedCodebook:
    """The codebook in the bytes of a YAML file.

    CodebookError for a fault in it, with file, line and column; UnreadableFile where the bytes are no text. Texts
    are trimmed of white space at their ends; a field without a value counts as left out.
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
        warnings=tuple(f"{filename}: {told}" for told in old_fields(model)),
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


def write_codebook(draft: ParsedCodebook) -> str:
    """The codebook as the text of a YAML file."""
    lines = ["fwanalysis: codebook/1", *_text("name", draft.name, "")]
    lines += [f"version: {_quoted(draft.version)}", *_text("language", draft.language, "")]
    if draft.references:
        lines += ["", "references:"]
        for key, reference in draft.references.items():
            lines += _text(_inline(key), reference, _STEP)
    if draft.codes:
        lines += ["", "codes:"]
        for at, code in enumerate(draft.codes):
            lines += [*([""] if at else []), *_code_item(code, _STEP)]
    return "\n".join(lines) + "\n"


def _code_item(code: ParsedCode, indent: str) -> list[str]:
    inner = indent + _STEP
    lines = [f"{inner}key: {_inline(code.key)}"] if code.key else []
    lines += [*_text("name", code.name, inner), f"{inner}kind: {code.kind}"]
    for field in ("definition", "include", "exclude", "counts_against"):
        lines += _text(field, getattr(code, field), inner)
    examples = [
        line
        for field in ("typical", "atypical", "near_miss")
        for line in _text(field, getattr(code.examples, field), inner + _STEP)
    ]
    lines += [f"{inner}examples:", *examples] if examples else []
    lines += _list("references", code.references, inner)
    lines += [f"{inner}colour: {_quoted(code.colour)}"] if code.colour else []
    lines += [f"{inner}retired: true"] if code.retired else []
    lines += [f"{inner}rules:"] if code.rules else []
    for rule in code.rules:
        lines += _rule_item(rule, inner + _STEP)
    lines += [f"{inner}codes:"] if code.codes else []
    for child in code.codes:
        lines += _code_item(child, inner + _STEP)
    return _as_item(lines, indent)


def _rule_item(rule: RuleSpec, indent: str) -> list[str]:
    inner = indent + _STEP
    lines = [*_list("any", rule.any, inner), *_alternatives("all", rule.all, inner), *_list("not", rule.not_, inner)]
    if rule.near:
        lines += [f"{inner}near:", *_alternatives("terms", rule.near.terms, inner + _STEP)]
        lines += [f"{inner}{_STEP}within: {rule.near.within}"]
    lines += [f"{inner}scope: {rule.scope}"] if rule.scope is not Scope.SENTENCE else []
    lines += [f"{inner}speakers: {rule.speakers}"] if rule.speakers is not Speakers.PARTICIPANT else []
    lines += [f"{inner}weight: {rule.weight!r}"] if rule.weight != 1.0 else []
    lines += _text("note", rule.note, inner)
    lines += _sentences("should_match", rule.should_match, inner)
    lines += _sentences("should_not_match", rule.should_not_match, inner)
    return _as_item(lines or [f"{inner}any: []"], indent)


def _as_item(lines: list[str], indent: str) -> list[str]:
    """Lines with the first of them, one step deeper than *indent*, led by the dash of a list."""
    return [f"{indent}- {lines[0][len(indent) + len(_STEP) :]}", *lines[1:]]


def _text(field: str, value: str, indent: str) -> list[str]:
    """A field with its text: on its line, or folded below it; nothing if it is empty."""
    if not value:
        return []
    written = f"{indent}{field}: {_inline(value)}"
    if len(written) <= _WIDTH or not _foldable(value):
        return [written]
    return [f"{indent}{field}: >-", *_folded(value, indent + _STEP)]


def _sentences(field: str, values: Sequence[str], indent: str) -> list[str]:
    """A list with one text an item, folded where it is long."""
    lines = [f"{indent}{field}:"] if values else []
    for value in values:
        written = f"{indent}{_STEP}- {_inline(value)}"
        if len(written) <= _WIDTH or not _foldable(value):
            lines.append(written)
        else:
            lines += [f"{indent}{_STEP}- >-", *_folded(value, indent + _STEP * 2)]
    return lines


def _list(field: str, values: Sequence[str], indent: str) -> list[str]:
    return _entries(field, [_inline(value) if _KEY.fullmatch(value) else _quoted(value) for value in values], indent)


def _alternatives(field: str, entries: Sequence[Sequence[str]], indent: str) -> list[str]:
    """A list of terms, an entry with several of them being a list itself."""
    written = [_quoted(entry[0]) if len(entry) == 1 else _bracketed(entry, indent + _STEP * 2) for entry in entries]
    return _entries(field, written, indent)


def _bracketed(values: Sequence[str], indent: str) -> str:
    """A list in brackets, broken into lines where it is long."""
    lines = [""]
    for value in values:
        entry = _quoted(value) + ", "
        if lines[-1] and len(indent) + 1 + len(lines[-1]) + len(entry) > _WIDTH:
            lines.append("")
        lines[-1] += entry
    return f"[{f'{chr(10)}{indent} '.join(line.rstrip(' ') for line in lines).removesuffix(',')}]"


def _entries(field: str, written: Sequence[str], indent: str) -> list[str]:
    """A list on one line if it fits, else one line an entry; nothing if it is empty."""
    if not written:
        return []
    line = f"{indent}{field}: [{', '.join(written)}]"
    if len(line) <= _WIDTH and "\n" not in line:
        return [line]
    return [f"{indent}{field}:", *(f"{indent}{_STEP}- {entry}" for entry in written)]


_KEY = re.compile(r"[a-z][a-z0-9-]*")
_PLAIN = re.compile(r"[^\W\d_](?:[\w ,.;()'’“”–—/!?-]*[\w.;)'’”!?])?")
_NOT_TEXT = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def _inline(value: str) -> str:
    """A text on one line: bare where YAML reads that as the same text, else in quotes."""
    bare = _PLAIN.fullmatch(value) and value.isprintable() and value.casefold() not in _NOT_TEXT
    return value if bare else _quoted(value)


def _quoted(value: str) -> str:
    """A text in double quotes, or in single ones where it holds double quotes itself."""
    if '"' in value and "'" not in value and value.isprintable():
        return f"'{value}'"
    return '"' + "".join(map(_escaped, value)) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _foldable(value: str) -> bool:
    """Whether folding gives back the same text: words with single blanks between them, in lines without blanks at
    their ends."""
    lines = value.split("\n")
    return bool(lines[0] and lines[-1]) and all(
        line.isprintable() and "  " not in line and line == line.strip(" ") for line in lines
    )


def _folded(value: str, indent: str) -> Iterator[str]:
    """The lines of a folded scalar: wrapped at 100 columns, an empty line for every newline of the text."""
    width = max(_NARROWEST, _WIDTH - len(indent))
    for at, paragraph in enumerate(value.split("\n")):
        if at:
            yield ""
        line = ""
        for word in paragraph.split(" ") if paragraph else ():
            if line and len(line) + 1 + len(word) > width:
                yield indent + line
                line = ""
            line = f"{line} {word}" if line else word
        if line:
            yield indent + line

"""Write codebook files (YAML), for people to read and edit.

Fields are in the order of the reference, long texts are folded, and what is empty or has its default value is left out.
Reading the file gives the same codebook. ruamel.yaml is not used: it folds no texts and leaves no empty lines between
codes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fwanalysis.domain.codebook import Scope, Speakers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fwanalysis.domain.codebook import ParsedCode, ParsedCodebook, RuleSpec

_WIDTH = 100
_NARROWEST = 40
_STEP = "  "


def write_codebook(codebook: ParsedCodebook) -> str:
    """Return a codebook as the text of a YAML file."""
    lines = ["fwanalysis: codebook/1", *_text("name", codebook.name, "")]
    lines += [f"version: {_quoted(codebook.version)}", *_text("language", codebook.language, "")]
    if codebook.references:
        lines += ["", "references:"]
        for key, reference in codebook.references.items():
            lines += _text(_inline(key), reference, _STEP)
    if codebook.codes:
        lines += ["", "codes:"]
        for at, code in enumerate(codebook.codes):
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
    """Return the lines of a list item: the first one, a step deeper than *indent*, gets the dash."""
    return [f"{indent}- {lines[0][len(indent) + len(_STEP) :]}", *lines[1:]]


def _text(field: str, value: str, indent: str) -> list[str]:
    """Return a field with its text, on one line or folded below; nothing if it is empty."""
    if not value:
        return []
    written = f"{indent}{field}: {_inline(value)}"
    if len(written) <= _WIDTH or not _foldable(value):
        return [written]
    return [f"{indent}{field}: >-", *_folded(value, indent + _STEP)]


def _sentences(field: str, values: Sequence[str], indent: str) -> list[str]:
    """Return a list with one text for each item, folded if it is long."""
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
    """Return a list of terms; an entry with several terms is a list itself."""
    written = [_quoted(entry[0]) if len(entry) == 1 else _bracketed(entry, indent + _STEP * 2) for entry in entries]
    return _entries(field, written, indent)


def _bracketed(values: Sequence[str], indent: str) -> str:
    """Return a list in brackets, on several lines if it is long."""
    lines = [""]
    for value in values:
        entry = _quoted(value) + ", "
        if lines[-1] and len(indent) + 1 + len(lines[-1]) + len(entry) > _WIDTH:
            lines.append("")
        lines[-1] += entry
    return f"[{f'{chr(10)}{indent} '.join(line.rstrip(' ') for line in lines).removesuffix(',')}]"


def _entries(field: str, written: Sequence[str], indent: str) -> list[str]:
    """Return a list on one line if it fits, else with one line for each entry; nothing if it is empty."""
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
    """Return a text on one line, quoted unless YAML reads it as the same text without quotation marks."""
    bare = _PLAIN.fullmatch(value) and value.isprintable() and value.casefold() not in _NOT_TEXT
    return value if bare else _quoted(value)


def _quoted(value: str) -> str:
    """Return a text in double quotation marks, or in single ones if it has double ones itself."""
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
    """Return whether reading the folded text gives the same text.

    It does if single spaces divide the words, and lines have no spaces at their ends.
    """
    lines = value.split("\n")
    return bool(lines[0] and lines[-1]) and all(
        line.isprintable() and "  " not in line and line == line.strip(" ") for line in lines
    )


def _folded(value: str, indent: str) -> Iterator[str]:
    """Yield the lines of a folded scalar, wrapped at 100 columns, with an empty line for each newline of the text."""
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

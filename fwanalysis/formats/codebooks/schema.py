"""The fields of a codebook file, and messages about errors in one, with line and column.

pydantic checks each field; what concerns several fields (keys, references, rules without a condition) is checked here.
Loads pydantic and ruamel.yaml, so it is imported only to read a file.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from fwanalysis.domain.codebook import KEY
from fwanalysis.errors import CodebookError
from fwanalysis.formats.codebooks.yaml_nodes import LocatedYaml, Path, YamlFault, load

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HEADER = "codebook/1"
LATER = frozenset({"negation", "regex", "pattern", "fuzzy"})
"""Fields of a rule that are reserved for a later version."""

Text = Annotated[str, StringConstraints(strip_whitespace=True)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Alternatives = Annotated[
    Annotated[list[Words], Field(min_length=1)],
    BeforeValidator(lambda entry: [entry] if isinstance(entry, str) else entry),
]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class NearModel(_Model):
    """``near`` of a rule."""

    terms: list[Alternatives]
    within: int = Field(ge=1)


class RuleModel(_Model):
    """A rule of a code."""

    any: list[Words] = []
    all: list[Alternatives] = []
    not_: list[Words] = Field([], alias="not")
    near: NearModel | None = None
    scope: Literal["sentence", "turn", "clause"] = "sentence"
    speakers: Literal["participant", "interviewer", "any"] = "participant"
    weight: float = Field(1.0, ge=0, le=1)
    note: Text = ""
    should_match: list[Words] = []
    should_not_match: list[Words] = []


class ExamplesModel(_Model):
    """The examples of a code."""

    typical: Text = ""
    atypical: Text = ""
    near_miss: Text = ""
    close_but_no: Text = ""
    """The name of ``near_miss`` before version 0.2; read for one version more."""


class CodeModel(_Model):
    """A code with the codes below it."""

    key: Annotated[str, StringConstraints(pattern=f"^(?:{KEY.pattern})?$")] = ""
    name: Words
    kind: Literal["sensitizing", "emergent"] = "sensitizing"
    definition: Text = ""
    include: Text = ""
    exclude: Text = ""
    counts_against: Text = ""
    examples: ExamplesModel = ExamplesModel()
    references: list[Words] = []
    colour: Annotated[str, StringConstraints(pattern=r"^(?:#[0-9A-Fa-f]{6})?$")] = ""
    retired: bool = False
    rules: list[RuleModel] = []
    codes: list[CodeModel] = []


class CodebookModel(_Model):
    """A codebook file."""

    fwanalysis: Literal["codebook/1"]
    name: Words
    version: Words = "1.0"
    language: Words = "en"
    references: dict[str, Words] = {}
    codes: list[CodeModel] = []


_EXPECTED = {
    "fwanalysis": HEADER,
    "key": "lower-case letters, digits and hyphens, beginning with a letter or digit",
    "kind": "sensitizing or emergent",
    "colour": 'six hexadecimal digits in quotes, such as "#c2410c"',
    "retired": "true or false",
    "examples": "a mapping of typical, atypical and near_miss",
    "references": "a list of keys",
    "rules": "a list of rules",
    "codes": "a list of codes",
    "any": "a list of terms",
    "all": "a list of terms",
    "not": "a list of terms",
    "near": "a mapping of terms and within",
    "terms": "a list of terms",
    "within": "a whole number of words, 1 or more",
    "scope": "sentence, turn or clause",
    "speakers": "participant, interviewer or any",
    "weight": "a number from 0 to 1",
    "should_match": "a list of sentences",
    "should_not_match": "a list of sentences",
}
_MODELS: dict[str | None, type[_Model]] = {
    None: CodebookModel,
    "codes": CodeModel,
    "rules": RuleModel,
    "near": NearModel,
    "examples": ExamplesModel,
}


def parse(filename: str, text: str) -> CodebookModel:
    """Parse a codebook file; CodebookError names the first error with its line and column."""
    try:
        located = load(text)
    except YamlFault as fault:
        raise CodebookError(f"{filename}, line {fault.line}, column {fault.column}: {fault}.") from fault
    if not isinstance(located.value, dict) or "fwanalysis" not in located.value:
        raise CodebookError(
            f"{filename}, line 1, column 1: this is not a codebook; its first line must be “fwanalysis: {HEADER}”."
        )
    try:
        model = CodebookModel.model_validate(located.value)
    except ValidationError as error:
        faults = [_translated(fault["type"], tuple(fault["loc"]), located) for fault in error.errors()]
        raise _first(filename, faults) from None
    faults = [(located.position(path), message) for path, message in _inconsistent(model)]
    if faults:
        raise _first(filename, faults)
    return model


def old_fields(codebook: CodebookModel) -> list[str]:
    """Return a sentence for each field that a file calls by a name of an earlier version."""
    codes, found = list(codebook.codes), 0
    for code in codes:
        codes += code.codes
        found += "close_but_no" in code.examples.model_fields_set
    return [f"“close_but_no” is called “near_miss” now ({found} uses); the next version reads only that."] * bool(found)


def _first(filename: str, faults: Sequence[tuple[tuple[int, int], str]]) -> CodebookError:
    (line, column), message = min(faults)
    return CodebookError(f"{filename}, line {line}, column {column}: {message}.")


def _translated(kind: str, path: Path, located: LocatedYaml) -> tuple[tuple[int, int], str]:
    """Return the position and the message of an error that pydantic found."""
    field = next((part for part in reversed(path) if isinstance(part, str)), "")
    if kind == "extra_forbidden":
        return located.position(path, of_key=True), _unknown(field, path)
    if kind == "missing":
        return located.position(path[:-1]), f"“{field}” is missing here"
    expected, found = _EXPECTED.get(field, "text"), located.written(path)
    if path[-1:] != (field,):
        subject, expected = f"an entry of “{field}”", "a mapping of fields" if field in _MODELS else "text"
    else:
        subject = f"“{field}”"
    if path[:-1] == ("references",):
        expected = "text"
    quotable = located.quotable(path)
    hint = f'; put it in quotes: "{quotable}"' if expected == "text" and quotable else ""
    return located.position(path), f"{subject} must be {expected}, not {found}{hint}"


def _unknown(field: str, path: Path) -> str:
    """Return the message about a field that is unknown where it was written."""
    around = next((part for part in reversed(path[:-1]) if isinstance(part, str)), None)
    if around == "rules" and field in LATER:
        return f"“{field}” in a rule is not supported in this version; remove it"
    model = _MODELS.get(around, CodebookModel)
    known = [described.alias or name for name, described in model.model_fields.items() if name != "close_but_no"]
    near = get_close_matches(field, known, n=1, cutoff=0.6)
    return f"unknown field “{field}”; " + (f"did you mean “{near[0]}”" if near else f"use one of {', '.join(known)}")


def _inconsistent(codebook: CodebookModel) -> Iterator[tuple[Path, str]]:
    """Yield errors that concern several fields, each with the path to it."""
    yield from _in_codes(codebook.codes, (), codebook.references)


def _in_codes(codes: Sequence[CodeModel], above: Path, references: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    seen: set[str] = set()
    names: set[str] = set()
    for at, code in enumerate(codes):
        path = (*above, "codes", at)
        if not code.key and code.name in names:
            yield (
                (*path, "name"),
                f"another code under the same parent has the name “{code.name}”; give one of them a “key”",
            )
        names.update([] if code.key else [code.name])
        if code.key and code.key in seen:
            yield (
                (*path, "key"),
                f"another code under the same parent has the key “{code.key}”; give one of them another “key”",
            )
        seen.add(code.key)
        for number, reference in enumerate(code.references):
            if reference not in references:
                near = get_close_matches(reference, references, n=1)
                hint = f"; did you mean “{near[0]}”" if near else "; add it to “references” at the top"
                yield (*path, "references", number), f"the reference “{reference}” is not defined{hint}"
        for number, rule in enumerate(code.rules):
            yield from _in_rule(rule, (*path, "rules", number))
        yield from _in_codes(code.codes, path, references)


def _in_rule(rule: RuleModel, path: Path) -> Iterator[tuple[Path, str]]:
    if not rule.any and not rule.all and rule.near is None:
        yield path, "this rule has no condition; give it terms in “any”, “all” or “near”"
    if rule.near is not None and len(rule.near.terms) < 2:
        yield (*path, "near", "terms"), "“near” needs two terms or more"

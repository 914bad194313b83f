"""Read a recorded analysis: new codes, decisions on suggestions, codings and summaries.

The sample study has such a file, from which its analysis is repeated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fwanalysis.domain.suggestions import Verdict
from fwanalysis.errors import InvalidInput

HEADER = "analysis/1"


@dataclass(frozen=True, slots=True)
class RecordedCode:
    """A code made while reading; it belongs to the emergent codes if ``parent`` is None."""

    name: str
    parent: str | None
    definition: str


@dataclass(frozen=True, slots=True)
class RecordedCoding:
    """A code applied to the segment of a source that has these words."""

    source: str
    code: str
    quote: str


@dataclass(frozen=True, slots=True)
class RecordedDecision:
    """A verdict on the suggestion of a code for a passage that has these words."""

    source: str
    code: str
    quote: str
    verdict: Verdict
    because: str


@dataclass(frozen=True, slots=True)
class RecordedSummary:
    """The summary of a cell; an empty text records that nothing was said."""

    case: str
    theme: str
    text: str


@dataclass(frozen=True, slots=True)
class AnalysisRecord:
    """The content of a file."""

    codes: tuple[RecordedCode, ...]
    decisions: tuple[RecordedDecision, ...]
    codings: tuple[RecordedCoding, ...]
    summaries: tuple[RecordedSummary, ...]


def read_analysis(filename: str, data: bytes) -> AnalysisRecord:
    """Read a YAML file whose header is ``fwanalysis: analysis/1``.

    Raises:
        InvalidInput: If the file is not YAML, has another header, or an entry lacks a field; the message names it.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        content = YAML(typ="safe").load(data.decode("utf-8"))
    except (YAMLError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{filename} is not YAML: {' '.join(str(error).split())[:200]}") from None
    if not isinstance(content, dict) or content.get("fwanalysis") != HEADER:
        raise InvalidInput(f"{filename} does not begin with “fwanalysis: {HEADER}”.")

    def entries(section: str, *needed: str) -> list[dict[str, Any]]:
        found = content.get(section) or []
        for number, entry in enumerate(found, 1):
            for key in needed:
                if not isinstance(entry, dict) or not entry.get(key):
                    raise InvalidInput(f"{filename}: entry {number} of {section} has no “{key}”.")
        return list(found)

    def verdict(number: int, written: str) -> Verdict:
        try:
            return Verdict(written)
        except ValueError:
            known = ", ".join(Verdict)
            raise InvalidInput(
                f"{filename}: the verdict of entry {number} of decisions is “{written}”; use one of {known}."
            ) from None

    return AnalysisRecord(
        codes=tuple(
            RecordedCode(item["name"], item.get("parent"), item.get("definition", ""))
            for item in entries("codes", "name")
        ),
        decisions=tuple(
            RecordedDecision(
                item["source"], item["code"], item["quote"], verdict(number, item["verdict"]), item.get("because", "")
            )
            for number, item in enumerate(entries("decisions", "source", "code", "quote", "verdict"), 1)
        ),
        codings=tuple(
            RecordedCoding(item["source"], item["code"], item["quote"])
            for item in entries("codings", "source", "code", "quote")
        ),
        summaries=tuple(
            RecordedSummary(item["case"], item["theme"], (item.get("text") or "").strip())
            for item in entries("summaries", "case", "theme")
        ),
    )

"""Read a recorded analysis: new codes, decisions on suggestions, codings, summaries, charts and abstraction.

The sample study has such a file, from which its analysis is repeated.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from fwanalysis.domain.abstraction import ConceptLevel, ListedAbstraction, ListedConcept
from fwanalysis.domain.codings import Stance
from fwanalysis.domain.matrix import Bands, CellState, MatrixQuery
from fwanalysis.domain.suggestions import Verdict
from fwanalysis.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADERS = ("analysis/1", "analysis/2")
Kind = TypeVar("Kind", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class RecordedCode:
    """A code made while reading; it belongs to the emergent codes if ``parent`` is None."""

    name: str
    parent: str | None
    definition: str


@dataclass(frozen=True, slots=True)
class RecordedCoding:
    """A code applied to the segment of a source that has these words, with its stance and note."""

    source: str
    code: str
    quote: str
    stance: Stance = Stance.FOR
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecordedDecision:
    """A verdict on the suggestion of a code for a passage that has these words."""

    source: str
    code: str
    quote: str
    verdict: Verdict
    because: str
    stance: Stance = Stance.FOR


@dataclass(frozen=True, slots=True)
class RecordedSummary:
    """The content of a cell.

    Attributes:
        text: The summary; for *not applicable*, the reason; empty for *nothing said*.
        itself: Whether the cell is that of the theme's own codings.
        disagreement: How words and figures disagree; may be empty.
    """

    case: str
    theme: str
    text: str
    state: CellState
    itself: bool = False
    disagreement: str = ""


@dataclass(frozen=True, slots=True)
class RecordedChart:
    """A stored chart."""

    name: str
    query: MatrixQuery


@dataclass(frozen=True, slots=True)
class AnalysisRecord:
    """The content of a file; *afterwards* are codings that were made after the summaries were written."""

    codes: tuple[RecordedCode, ...]
    decisions: tuple[RecordedDecision, ...]
    codings: tuple[RecordedCoding, ...]
    summaries: tuple[RecordedSummary, ...]
    afterwards: tuple[RecordedCoding, ...] = ()
    charts: tuple[RecordedChart, ...] = ()
    abstractions: tuple[ListedAbstraction, ...] = ()


def read_analysis(filename: str, data: bytes) -> AnalysisRecord:
    """Read a YAML file whose header is ``fwanalysis: analysis/1`` or ``analysis/2``.

    Raises:
        InvalidInput: If the file is not YAML, has another header, or an entry lacks a field or has a value that is not
            one of those known; the message names it.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        content = YAML(typ="safe").load(data.decode("utf-8"))
    except (YAMLError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{filename} is not YAML: {' '.join(str(error).split())[:200]}") from None
    if not isinstance(content, dict) or content.get("fwanalysis") not in HEADERS:
        raise InvalidInput(f"{filename} does not begin with “fwanalysis: {HEADERS[-1]}”.")
    file = _File(filename, content)
    return AnalysisRecord(
        codes=tuple(
            RecordedCode(item["name"], item.get("parent"), item.get("definition", ""))
            for item in file.entries("codes", "name")
        ),
        decisions=tuple(
            RecordedDecision(
                *(item["source"], item["code"], item["quote"]),
                file.value(Verdict, "decisions", number, "verdict", item["verdict"]),
                item.get("because", ""),
                file.stance("decisions", number, item),
            )
            for number, item in enumerate(file.entries("decisions", "source", "code", "quote", "verdict"), 1)
        ),
        codings=file.codings("codings"),
        summaries=tuple(
            file.summary(number, item) for number, item in enumerate(file.entries("summaries", "case", "theme"), 1)
        ),
        afterwards=file.codings("afterwards"),
        charts=tuple(RecordedChart(item["name"], _query(item)) for item in file.entries("charts", "name")),
        abstractions=tuple(
            ListedAbstraction(item["code"], tuple(_concepts(item))) for item in file.entries("abstraction", "code")
        ),
    )


class _File:
    """The content of a file, with errors that name the entry."""

    def __init__(self, filename: str, content: dict[str, Any]) -> None:
        self._filename = filename
        self._content = content

    def entries(self, section: str, *needed: str) -> list[dict[str, Any]]:
        """Return the entries of a section, each of which has the fields that are needed."""
        found = self._content.get(section) or []
        for number, entry in enumerate(found, 1):
            for key in needed:
                if not isinstance(entry, dict) or not entry.get(key):
                    raise InvalidInput(f"{self._filename}: entry {number} of {section} has no “{key}”.")
        return list(found)

    def value(self, kind: type[Kind], section: str, number: int, field: str, written: str) -> Kind:
        """Return a value of an enumeration."""
        try:
            return kind(written)
        except ValueError:
            known = ", ".join(kind)
            raise InvalidInput(
                f"{self._filename}: the {field} of entry {number} of {section} is “{written}”; use one of {known}."
            ) from None

    def stance(self, section: str, number: int, item: dict[str, Any]) -> Stance:
        """Return the stance of an entry; *for* if it has none."""
        return self.value(Stance, section, number, "stance", item.get("stance", Stance.FOR))

    def codings(self, section: str) -> tuple[RecordedCoding, ...]:
        """Return the codings of a section."""
        return tuple(
            RecordedCoding(
                *(item["source"], item["code"], item["quote"]),
                self.stance(section, number, item),
                (item.get("note") or "").strip(),
            )
            for number, item in enumerate(self.entries(section, "source", "code", "quote"), 1)
        )

    def summary(self, number: int, item: dict[str, Any]) -> RecordedSummary:
        """Return a summary; without a state it is checked, and without a text too, nothing was said."""
        text = (item.get("text") or "").strip()
        default = CellState.CHECKED if text else CellState.NOTHING_SAID
        return RecordedSummary(
            *(item["case"], item["theme"], text),
            self.value(CellState, "summaries", number, "state", item.get("state", default)),
            bool(item.get("itself")),
            (item.get("disagreement") or "").strip(),
        )


def _query(item: dict[str, Any]) -> MatrixQuery:
    pairs = (text.partition("=") for text in item.get("where", ()))
    return MatrixQuery(
        rows=item.get("rows", "default"),
        themes=tuple(item.get("themes", ())),
        where=tuple((name.strip(), value.strip()) for name, _, value in pairs),
        sort=tuple(item.get("sort", ())),
        group=tuple(item.get("group", ())),
        bands=tuple(Bands(band["attribute"], tuple(map(float, band["cuts"]))) for band in item.get("bands", ())),
        attributes=tuple(item["attributes"]) if "attributes" in item else None,
        figures=tuple(item.get("figures", ())),
        hidden=tuple(item.get("hidden", ())),
    )


def _concepts(item: dict[str, Any]) -> Iterator[ListedConcept]:
    for entry in item.get("elements", ()):
        cells = tuple(entry.get("cells", ()))
        yield ListedConcept(ConceptLevel.ELEMENT, entry["name"], entry.get("dimension", ""), cells)
    for entry in item.get("dimensions", ()):
        yield ListedConcept(ConceptLevel.DIMENSION, entry["name"], entry.get("category", ""))
    for name in item.get("categories", ()):
        yield ListedConcept(ConceptLevel.CATEGORY, name)

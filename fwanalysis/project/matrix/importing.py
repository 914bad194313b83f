"""Compare a chart's file, which a co-author may have edited, with the project, cell by cell."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fwanalysis.analysis.matrix.building import present_summary
from fwanalysis.analysis.matrix.evidence import CellEvidence
from fwanalysis.analysis.matrix.references import References
from fwanalysis.domain.cell_text import CHECKED, DRAFT, NOT_APPLICABLE
from fwanalysis.domain.chart_import import (
    EMPTY,
    ITSELF,
    CellKey,
    CellWords,
    ChartComparison,
    Difference,
    is_same,
    kind_of,
)
from fwanalysis.domain.summaries import parse_summary
from fwanalysis.errors import Ambiguous, InvalidInput, NotFound
from fwanalysis.formats.charts.read import read_chart
from fwanalysis.project.context import find_case
from fwanalysis.project.input_files import read_whole
from fwanalysis.project.matrix.file_bases import Bases, Renumbering
from fwanalysis.project.matrix.reading import Texts, read_study
from fwanalysis.project.output_files import side_file
from fwanalysis.store import log
from fwanalysis.store.queries import cases as case_queries
from fwanalysis.store.queries import codings as coding_queries
from fwanalysis.store.queries.cell_versions import cell_versions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from fwanalysis.analysis.matrix.study import Study
    from fwanalysis.domain.cases import Alias
    from fwanalysis.domain.matrix import Cell
    from fwanalysis.formats.charts.parsed_chart import ParsedCell, ParsedChart
    from fwanalysis.project.context import Context
    from fwanalysis.project.matrix.file_bases import Base
    from fwanalysis.store.reading import Reading


def compare_chart(context: Context, path: str | Path) -> ChartComparison:
    """Return how a chart's file differs from the project.

    Args:
        context: The project.
        path: A workbook, CSV, TSV or JSON file. Beside CSV and TSV, ``FILE.meta.json`` is read if it exists.

    Raises:
        InvalidInput: The file holds no chart, or one of another project.
        UnreadableFile: The file cannot be read.
    """
    file = Path(path)
    data = read_whole(file)
    with context.store.read() as connection:
        study = read_study(connection, Texts(context, connection))
        chart = read_chart(file.name, data, attributes=[item.name for item in study.attributes])
        about = chart.about or _side_facts(file)
        event, made_at = _made_from(connection, about)
        matched = _Matching(study, case_queries.aliases(connection)).of(chart, file.name)
        references = References(study)
        compared = _Comparing(
            study,
            references,
            Bases(
                *(Renumbering(study, references), cell_versions(connection), event),
                with_summaries=not _is_without_summaries(about),
            ),
            {coder.id: coder.name for coder in coding_queries.coders(connection)},
        )
        differences = [*compared.differences(matched.cells)]
    return ChartComparison(
        *(file.name, chart.form, len(matched.cells) - len(differences), tuple(differences)),
        *(tuple(matched.unmatched), chart.warnings, made_at),
    )


def _side_facts(file: Path) -> Mapping[str, object]:
    """Return the facts that ``FILE.meta.json`` beside a file states; none if there is no such file."""
    side = side_file(file)
    if not side.is_file():
        return {}
    try:
        value = json.loads(read_whole(side))
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _made_from(connection: Reading, about: Mapping[str, object]) -> tuple[int | None, str]:
    """Return the number and time of the last event that a file contains; None if it is not of this project's log."""
    seq, link = about.get("event"), about.get("event_hash")
    if isinstance(seq, str) and seq.isdecimal():
        seq = int(seq)
    if not isinstance(seq, int) or not 0 < seq <= log.head(connection)[0]:
        return None, ""
    event = log.event(connection, seq)
    return (seq, event.at) if event.hash == link else (None, "")


def _is_without_summaries(about: Mapping[str, object]) -> bool:
    """Return whether a file shows part of the evidence, and so none of what is written in the cells."""
    return bool(about.get("coders") or (about.get("rows") == "site" and (about.get("where") or about.get("filter"))))


@dataclass(slots=True)
class _Matched:
    """The cells of a file that are cells of the project, and what is not."""

    cells: dict[CellKey, tuple[ParsedCell, CellWords]] = field(default_factory=dict)
    unmatched: list[str] = field(default_factory=list)


class _Matching:
    """Finds which cells of the project the cells of a file are: by their ids, else by their names."""

    def __init__(self, study: Study, aliases: Collection[Alias]) -> None:
        self._study = study
        self._aliases = aliases
        self._cases: dict[tuple[str, str], str | InvalidInput | NotFound | Ambiguous] = {}
        self._codes: dict[tuple[str, str, str, bool], Any] = {}

    def of(self, chart: ParsedChart, filename: str) -> _Matched:
        """Return the cells of a chart.

        Raises:
            InvalidInput: The chart is of another project.
        """
        self._check_project(chart, filename)
        matched, named = _Matched(), set()
        for parsed in chart.cells:
            there = _words(parsed)
            case_id, code = self._case(parsed), self._code(parsed)
            problem = next((item for item in (case_id, code) if isinstance(item, Exception)), None)
            if problem is not None:
                if there.is_written and str(problem) not in named:
                    named.add(str(problem))
                    matched.unmatched.append(_sentence(parsed, problem))
                continue
            if there.state == NOT_APPLICABLE and not there.text:
                matched.unmatched.append(f"{_place(parsed)}: not applicable has no reason; write it after a colon.")
                continue
            self._add(matched, CellKey(case_id, *code), parsed, there)  # type: ignore[arg-type,misc]  # neither is an error
        return matched

    def _add(self, matched: _Matched, key: CellKey, parsed: ParsedCell, there: CellWords) -> None:
        """Add a cell; of two cells for the same one, that which was edited."""
        other = matched.cells.get(key)
        if other is None or is_same(other[1], there):
            matched.cells.setdefault(key, (parsed, there))
            return
        if parsed.is_edited and other[0].is_edited is False:
            matched.cells[key] = (parsed, there)
        elif parsed.is_edited is not False:
            matched.unmatched.append(f"{_place(parsed)}: the same cell is in {other[0].place}, with another text.")

    def _check_project(self, chart: ParsedChart, filename: str) -> None:
        cases = {item.case_id for item in chart.cells if item.case_id}
        codes = {item.code_id for item in chart.cells if item.code_id}
        is_foreign = (
            not cases & self._study.cases.keys() and not codes & self._study.codebook.by_id.keys()
            if cases and codes
            else chart.cells
            and not any(
                isinstance(self._case(item), str) and isinstance(self._code(item), tuple) for item in chart.cells
            )
        )
        if is_foreign:
            raise InvalidInput(
                f"{filename} is a chart of another project: its cases or its codes are not in this project",
                hint="name the project that it was exported from: fwa matrix import FILE -p PROJECT.fwa",
            )

    def _case(self, parsed: ParsedCell) -> str | InvalidInput | NotFound | Ambiguous:
        key = (parsed.case_id, parsed.row)
        if key not in self._cases:
            try:
                self._cases[key] = self._found_case(parsed)
            except (NotFound, Ambiguous) as error:
                self._cases[key] = error
        return self._cases[key]

    def _found_case(self, parsed: ParsedCell) -> str:
        if parsed.case_id in self._study.cases:
            return parsed.case_id
        return find_case(parsed.row, self._study.cases.values(), self._aliases).id

    def _code(self, parsed: ParsedCell) -> tuple[str, bool] | NotFound | Ambiguous:
        key = (parsed.code_id, parsed.theme, parsed.column, parsed.own)
        if key not in self._codes:
            try:
                self._codes[key] = self._found_code(parsed)
            except (NotFound, Ambiguous) as error:
                self._codes[key] = error
        found: tuple[str, bool] | NotFound | Ambiguous = self._codes[key]
        return found

    def _found_code(self, parsed: ParsedCell) -> tuple[str, bool]:
        codebook = self._study.codebook
        if parsed.code_id in codebook.by_id:
            return parsed.code_id, parsed.own
        try:
            return codebook.find(parsed.column).id, parsed.own
        except NotFound:
            if not parsed.column.endswith(ITSELF):
                raise
            return codebook.find(parsed.column.removesuffix(ITSELF)).id, True
        except Ambiguous:
            below = [item for item in codebook.entries if item.name == parsed.column]
            inside = [item for item in below if parsed.theme and codebook.theme_of(item.id).name == parsed.theme]
            if len(inside) != 1:
                raise
            return inside[0].id, parsed.own


class _Comparing:
    """Compares cells of a file with those of the project."""

    def __init__(self, study: Study, references: References, bases: Bases, coders: Mapping[str, str]) -> None:
        self._study = study
        self._references = references
        self._bases = bases
        self._coders = coders
        self._evidence = CellEvidence(study)
        self._cells = {CellKey(item.case_id, item.code_id, item.own): item for item in study.cells}

    def differences(self, cells: Mapping[CellKey, tuple[ParsedCell, CellWords]]) -> Sequence[Difference]:
        """Return the differences in the order of the file."""
        bases = {key: self._bases.of(key, parsed, there) for key, (parsed, there) in cells.items()}
        moved = {_name(old) for base in bases.values() for old, _ in base.renumbered}
        return [*self._differences(cells, bases, moved)]

    def _differences(
        self,
        cells: Mapping[CellKey, tuple[ParsedCell, CellWords]],
        bases: Mapping[CellKey, Base],
        moved: Collection[str],
    ) -> Iterator[Difference]:
        for key, (parsed, _) in cells.items():
            base, written = bases[key], self._cells.get(key)
            here = self.here(written)
            kind = kind_of(base.words, here, base.there)
            if kind is None:
                continue
            code = self._study.codebook.by_id[key.code_id]
            yield Difference(
                *(key, self._study.cases[key.case_id].name, code.name, code.path),
                place=parsed.place,
                kind=kind,
                here=here,
                there=base.there,
                base=base.words,
                author=self._coders.get(written.coder_id, "") if written else "",
                written_at=written.written_at if written else "",
                stale=tuple(map(str, self._evidence.stale(written))) if written else (),
                notes=tuple(self._notes(base, here, moved)),
                seen=written,
                origin=base.version,
            )

    def here(self, written: Cell | None) -> CellWords:
        """Return what the project holds in a cell."""
        if written is None:
            return EMPTY
        text = present_summary(self._study, self._references, written)
        return CellWords(written.state.label, text, written.disagreement)

    def _notes(self, base: Base, here: CellWords, moved: Collection[str]) -> Iterator[str]:
        """Yield what to check about the references that the file has and the project has not."""
        known = {item.text for item in self._parsed(here)}
        known |= {item.text for item in self._parsed(base.words)} if base.words else set()
        new = dict.fromkeys(item.text for item in self._parsed(base.there) if item.text not in known)
        for reference in new:
            if _name(reference) in moved:
                yield (
                    f"check ({reference}): turns of {_name(reference)} were renumbered after the file was made, "
                    "and this reference was written in the file"
                )

    def _parsed(self, words: CellWords) -> Sequence[Any]:
        return parse_summary(words.text, self._study.is_name).references


def _words(parsed: ParsedCell) -> CellWords:
    """Return the content of a cell of a file; a summary without a text is none."""
    if parsed.state in (DRAFT, CHECKED) and not parsed.text.strip():
        return EMPTY
    return CellWords(parsed.state, parsed.text, parsed.disagreement)


def _name(reference: str) -> str:
    return reference.rpartition(":")[0]


def _place(parsed: ParsedCell) -> str:
    return parsed.place[:1].upper() + parsed.place[1:]


def _sentence(parsed: ParsedCell, problem: Exception) -> str:
    said = str(problem)
    return f"{_place(parsed)}: {said}; the text of this cell is not imported."

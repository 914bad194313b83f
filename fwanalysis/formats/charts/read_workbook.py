"""Read charts from workbooks: those of this program, with or without their ids, and those of NVivo's form."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fwanalysis.domain.cell_text import NO_EVIDENCE, fingerprint
from fwanalysis.domain.matrix import CellContent
from fwanalysis.errors import InvalidInput
from fwanalysis.formats.charts.chart_parts import ITSELF
from fwanalysis.formats.charts.nvivo import column_label, row_label
from fwanalysis.formats.charts.parsed_chart import Collected, Heading, ParsedChart
from fwanalysis.formats.charts.read_table import is_long, is_wide, numbered, read_long, read_wide
from fwanalysis.formats.charts.xlsx_grid import CONTINUED, PART
from fwanalysis.formats.charts.xlsx_ids import FIRST, read_column_id
from fwanalysis.formats.decoding.zip_archive import open_archive
from fwanalysis.formats.tables.xlsx_cells import address, read_cells
from fwanalysis.formats.tables.xlsx_package import read_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from fwanalysis.formats.options import Limits

    Rows = Mapping[int, Mapping[int, str]]
    """Texts of a sheet by row number and column number, both from 1."""

_MOST_ABOVE = 12
"""Rows in which the ids and the headings are looked for."""
_CASE = "case"
_EVIDENCE = frozenset({"reference", "quotation"})
_CELLS = frozenset({"case_id", "code_id", "fingerprint"})
_DEFINITIONS = frozenset({"theme", "code", "path", "kind"})
_LISTED = 3


@dataclass(slots=True)
class _Known:
    """What the other sheets of a workbook tell.

    Attributes:
        exported: Fingerprints by case id, code id, and whether sub-codes are left out.
        cases: Ids of cases by name.
        names: Names of cases by id.
        codes: Theme and name of each code that the definitions list.
    """

    exported: dict[tuple[str, str, bool], str] = field(default_factory=dict)
    cases: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    names: dict[str, str] = field(default_factory=dict)
    codes: set[tuple[str, str]] = field(default_factory=set)

    def case_id(self, name: str) -> str:
        """Return the id of the only case of this name; empty if there is none."""
        ids = self.cases.get(name, set())
        return next(iter(ids)) if len(ids) == 1 else ""

    def is_of_another(self, name: str, case_id: str) -> bool:
        """Return whether an id is that of another case, and the name that of a known one."""
        return self.names.get(case_id, name) != name and self.case_id(name) not in ("", case_id)

    def fingerprint_of(self, case_id: str, heading: Heading) -> str:
        """Return the fingerprint of what was exported; empty if it is unknown."""
        if not (self.exported and case_id and heading.code_id):
            return ""
        return self.exported.get((case_id, heading.code_id, heading.own), fingerprint(NO_EVIDENCE, ""))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet of a chart, with the numbers of its header row, its column of cases and, if it has one, of their ids."""

    name: str
    rows: Rows
    header: int
    cases: int
    ids: int | None
    headings: Mapping[int, Heading]

    def row(self, number: int) -> str:
        """Return the place of a row for messages."""
        return f"Sheet “{self.name}”, row {number}"

    def cell(self, number: int, at: int) -> str:
        """Return the place of a cell for messages."""
        return f"Sheet “{self.name}”, cell {address(number, at)}"


@dataclass(slots=True)
class _Part:
    """A row of a sheet that begins or continues a row of the chart."""

    number: int
    part: int
    name: str
    case_id: str


def read_workbook(filename: str, data: bytes, limits: Limits, attributes: Collection[str] = ()) -> ParsedChart:
    """Return the cells of a chart in a workbook.

    Raises:
        InvalidInput: The workbook holds no chart, or one without summaries.
        UnreadableFile: The bytes are not a valid workbook or exceed the limits.
    """
    archive = open_archive(filename, data, what="an Excel workbook", member="xl/", limits=limits)
    workbook = read_parts(archive)
    collected = Collected()
    sheets: dict[str, Rows] = {}
    for sheet in workbook.sheets:
        cells = read_cells(archive, workbook, sheet)
        if cells.rows:
            sheets[sheet.name] = cells.rows
        for cell, shown in [*cells.errors.items()][:_LISTED]:
            collected.warnings.append(f"Sheet “{sheet.name}”, cell {cell} shows the error {shown}.")
    with_ids = [name for name, rows in sheets.items() if _id_row(rows) is not None and not _is_appendix(rows)]
    known = _known(sheets)
    for name in with_ids:
        _read_with_ids(filename, name, sheets[name], known, collected)
    form = "xlsx" if with_ids else ""
    for name, rows in sheets.items():
        if name in with_ids or _is_appendix(rows):
            continue
        if _is_nvivo(rows):
            _read_nvivo(name, rows, collected)
            form = form or "nvivo"
        elif known.codes:
            if _read_by_headings(name, rows, known, collected):
                form = "xlsx"
        elif not with_ids:
            form = _read_as_table(name, rows, collected, attributes) or form
    if not form:
        raise InvalidInput(
            f"{filename} holds no framework matrix",
            hint="the first row needs a column “case”, or headings such as “A : Theme” and “1 : P01”",
        )
    return ParsedChart(form, tuple(collected.cells), tuple(collected.warnings))


def _known(sheets: Mapping[str, Rows]) -> _Known:
    known = _Known()
    for rows in sheets.values():
        header = {text.strip(): at for at, text in _first_row(rows).items()}
        first = min(rows)
        below = [row for number, row in rows.items() if number != first]
        if header.keys() >= _CELLS:
            for row in below:
                value = {name: row.get(at, "").strip() for name, at in header.items()}
                if code := read_column_id(value["code_id"]):
                    known.exported[value["case_id"], *code] = value["fingerprint"]
                if value["case_id"]:
                    known.cases[value.get(_CASE, "")].add(value["case_id"])
                    known.names[value["case_id"]] = value.get(_CASE, "")
        elif header.keys() >= _DEFINITIONS:
            known.codes |= {(row.get(header["theme"], ""), row.get(header["code"], "")) for row in below}
    return known


def _id_row(rows: Rows) -> int | None:
    """Return the number of the row with the ids of codes and cases; None if the sheet has none."""
    for number in [*rows][:_MOST_ABOVE]:
        if _has_ids(rows[number]):
            return number
    return None


def _has_ids(row: Mapping[int, str]) -> bool:
    return any(text.startswith(f"{FIRST} ") or read_column_id(text) for text in row.values())


def _read_with_ids(filename: str, name: str, rows: Rows, known: _Known, collected: Collected) -> None:
    ids = rows[_id_row(rows) or 0]
    first = next((text for text in ids.values() if text.startswith(FIRST)), FIRST)
    content = first.removeprefix(FIRST).strip() or CellContent.SUMMARY
    if content not in (CellContent.SUMMARY, CellContent.BOTH):
        raise InvalidInput(
            f"{filename} holds {content}, no summaries", hint="export the chart with --cells summary or --cells both"
        )
    header = _header_row(rows, (_id_row(rows) or 0) + 2)
    themes, heads = _themes(rows.get(header - 1, {})), rows.get(header, {})
    headings: dict[int, Heading] = {}
    for at, text in ids.items():
        if found := read_column_id(text):
            headings[at] = Heading(themes(at), heads.get(at, ""), *found)
    cases = next((at for at, text in ids.items() if text == _CASE), None)
    id_column = next((at for at, text in ids.items() if text.startswith(FIRST)), None)
    if cases is None:
        cases = next((at for at, text in heads.items() if text.strip().casefold() == _CASE), 0)
    _warn_of_columns(name, rows, header, set(ids), collected)
    _read_rows(_Sheet(name, rows, header, cases, id_column, headings), known, collected)


def _read_by_headings(name: str, rows: Rows, known: _Known, collected: Collected) -> bool:
    """Read a theme's sheet whose ids were deleted, by the headings that the definitions list."""
    header = _header_row(rows, 0)
    if not header:
        return False
    themes, heads = _themes(rows.get(header - 1, {})), rows[header]
    headings = {}
    for at, text in heads.items():
        theme, own = themes(at), text.strip() == ITSELF
        code = "" if own else text.strip()
        if (theme, code) in known.codes or (not theme and (code, "") in known.codes):
            headings[at] = Heading(theme, code or theme, own=own)
    cases = next(at for at, text in heads.items() if text.strip().casefold() == _CASE)
    if headings:
        _read_rows(_Sheet(name, rows, header, cases, None, headings), known, collected)
    return bool(headings)


def _read_nvivo(name: str, rows: Rows, collected: Collected) -> None:
    header = min(rows)
    headings = {at: Heading("", label) for at, text in rows[header].items() if (label := column_label(text))}
    first = min(at for row in rows.values() for at in row)
    named: dict[int, dict[int, str]] = {}
    for number, row in rows.items():
        if number == header:
            continue
        label = row_label(row.get(first, ""))
        if label is None:
            collected.warnings.append(f"Sheet “{name}”, row {number} has no heading such as “1 : P01” and is not read.")
            continue
        named[number] = {**row, first: label}
    _read_rows(_Sheet(name, named, header, first, None, headings), _Known(), collected)


def _read_as_table(name: str, rows: Rows, collected: Collected, attributes: Collection[str]) -> str:
    listed = [*numbered(rows)]
    (_, header), below = listed[0], listed[1:]

    def place(number: int, index: int) -> str:
        return f"Sheet “{name}”, cell {address(number, index + 1)}"

    if is_long(header):
        read_long(header, below, place, collected)
        return "long"
    if is_wide(header):
        read_wide(header, below, place, collected, attributes)
        return "wide"
    return ""


def _read_rows(sheet: _Sheet, known: _Known, collected: Collected) -> None:
    """Add a cell for each row of the chart and each heading; the parts of a text are joined."""
    for parts in _grouped(sheet, known, collected).values():
        parts.sort(key=lambda part: part.part)
        chosen = {part.part: part for part in reversed(parts)}
        for part in parts:
            if chosen[part.part] is not part:
                collected.warnings.append(
                    f"{sheet.row(part.number)}: {part.name} occurs in row {chosen[part.part].number}, too; only that "
                    "one is read."
                )
        numbers = [part.number for _, part in sorted(chosen.items())]
        first = min(chosen.values(), key=lambda part: part.part)
        case_id = first.case_id or known.case_id(first.name)
        for at, heading in sheet.headings.items():
            texts = [sheet.rows[number].get(at, "") for number in numbers]
            place = sheet.cell(first.number, at)
            if not any(collected.refuse_cut(text, place) for text in texts):
                exported = known.fingerprint_of(case_id, heading)
                collected.add(first.name, case_id, heading, "".join(texts), place, exported)


def _grouped(sheet: _Sheet, known: _Known, collected: Collected) -> dict[str, list[_Part]]:
    """Return the rows of the sheet by the id or the name of their case."""
    by_case: dict[str, list[_Part]] = defaultdict(list)
    for number, row in sheet.rows.items():
        if number <= sheet.header:
            continue
        part = _part(number, row, sheet.cases, sheet.ids)
        if known.is_of_another(part.name, part.case_id):
            collected.warnings.append(
                f"{sheet.row(number)}: the hidden id is that of {known.names[part.case_id]}; the row is read as "
                f"{part.name}, which its heading says."
            )
            part = _part(number, row, sheet.cases, None)
            part.case_id = known.case_id(part.name)
        if part.name or part.case_id:
            by_case[part.case_id or part.name].append(part)
        elif filled := [at for at in sheet.headings if row.get(at, "").strip()]:
            collected.warnings.append(f"{sheet.cell(number, filled[0])}: this row names no case and is not read.")
    return by_case


def _part(number: int, row: Mapping[int, str], cases: int, id_column: int | None) -> _Part:
    name, part = " ".join(row.get(cases, "").split()), 1
    if name.endswith(CONTINUED):
        name, part = name.removesuffix(CONTINUED), number  # in the order of the sheet, unless an id tells it
    case_id, mark, count = (row.get(id_column, "") if id_column else "").strip().partition(PART)
    if mark and count.isdecimal():
        part = int(count)
    return _Part(number, part, name, case_id)


def _header_row(rows: Rows, default: int) -> int:
    """Return the number of the row that has the heading of the cases."""
    for number in [*rows][:_MOST_ABOVE]:
        row = rows[number]
        if not _has_ids(row) and _CASE in (text.strip().casefold() for text in row.values()):
            return number
    return default


def _themes(row: Mapping[int, str]) -> Callable[[int], str]:
    """Return a function that gives the theme above a column; a merged heading has its text in its first column."""

    def theme(at: int) -> str:
        return next((row[place].strip() for place in range(at, 0, -1) if row.get(place, "").strip()), "")

    return theme


def _warn_of_columns(name: str, rows: Rows, header: int, known: Collection[int], collected: Collected) -> None:
    """Warn of columns that were added and have content below the header."""
    filled = {at: number for number, row in [*rows.items()][::-1] if number > header for at in row if row[at].strip()}
    for at in sorted(filled.keys() - set(known)):
        collected.warnings.append(
            f"Sheet “{name}”, cell {address(filled[at], at)}: this column is not of the chart and is not read."
        )


def _is_appendix(rows: Rows) -> bool:
    header = {text.strip() for text in _first_row(rows).values()}
    return header >= _CELLS or header >= _DEFINITIONS or header >= _EVIDENCE


def _is_nvivo(rows: Rows) -> bool:
    header = min(rows)
    first = min(at for row in rows.values() for at in row)
    has_rows = any(row_label(row.get(first, "")) for number, row in rows.items() if number != header)
    return has_rows and any(column_label(text) for text in rows[header].values())


def _first_row(rows: Rows) -> Mapping[int, str]:
    return rows[min(rows)]

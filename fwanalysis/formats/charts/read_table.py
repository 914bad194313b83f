"""Read charts that are one table, wide or long: CSV, TSV, or a sheet of a workbook."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fwanalysis.domain.cell_text import (
    CHECKED,
    DRAFT,
    NO_EVIDENCE,
    NOT_APPLICABLE,
    NOT_CHARTED,
    NOTHING_SAID,
    STATES,
    CellText,
    fingerprint,
    looks_like_quotations,
    parse_cell_text,
)
from fwanalysis.domain.chart_tables import ATTRIBUTE, CASE, CODE
from fwanalysis.formats.charts.parsed_chart import Collected, Heading
from fwanalysis.formats.tables.formula_guard import unguarded

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    Rows = Sequence[tuple[int, Sequence[str]]]
    """Rows of a file with their numbers, all below the header."""

_NUMBER = re.compile(r"\s*-?\d+(?:[.,]\d+)?\s*")
_STANCES = re.compile(r"\s*\d+ (?:for|against|mixed)(?:, \d+ (?:against|mixed))*\s*")


def is_long(header: Sequence[str]) -> bool:
    """Return whether a header is that of a long table."""
    names = set(map(_name, header))
    return {CASE, "code", "state"} <= names and bool({"content", "summary"} & names)


def is_wide(header: Sequence[str]) -> bool:
    """Return whether a header has a column for the case."""
    return CASE in map(_name, header)


def read_long(header: Sequence[str], rows: Rows, place: Callable[[int, int], str], collected: Collected) -> None:
    """Read a table with a row per cell.

    Args:
        header: Names of the columns.
        rows: The rows below it.
        place: Returns the place of a cell from its row's number and the index of its column.
        collected: Takes the cells and warnings.

    Notes:
        State and summary occur twice in such a table: in ``content``, and in ``state``, ``summary`` and ``reason``.
        The one that differs from what was exported is read.
    """
    at = {_name(name): index for index, name in reversed([*enumerate(header)])}
    records = [(number, _Record(row, at)) for number, row in rows]
    is_written = any(record.is_twice for _, record in records)
    for number, record in records:
        where = place(number, at.get("content", at.get("summary", 0)))
        if not record["case"] or not record["code"]:
            collected.warnings.append(f"{where}: this row names no case or no code and is not read.")
            continue
        if record.has_state_column and record.named_state not in STATES:
            collected.warnings.append(f"{where}: “{record['state']}” is no state; states are {', '.join(STATES)}.")
            continue
        if collected.refuse_cut(record["content"], where) or collected.refuse_cut(record["summary"], where):
            continue
        parsed, is_unclear = record.chosen(is_written=is_written)
        if is_unclear:
            collected.warnings.append(f"{where}: “content” and “summary” were both changed; “summary” is read.")
        heading = Heading("", record["code"], record["code_id"], record["itself"] in ("1", "1.0"))
        collected.add_parsed(record["case"], record["case_id"], heading, parsed, where, record["fingerprint"])


def read_wide(
    header: Sequence[str],
    rows: Rows,
    place: Callable[[int, int], str],
    collected: Collected,
    attributes: Collection[str] = (),
) -> None:
    """Read a table with a column per code.

    Args:
        header: Names of the columns, one of them ``case``.
        rows: The rows below it.
        place: Returns the place of a cell from its row's number and the index of its column.
        collected: Takes the cells and warnings.
        attributes: Names of attributes; columns that are called so are not read.

    Notes:
        A column of quotations or of numbers only holds no summaries and is not read.
    """
    names = [unguarded(name).strip() for name in header]
    case = next(index for index, name in enumerate(names) if name.casefold() == CASE)
    columns = _code_columns(names, case, attributes)
    for index in [*columns]:
        if reason := _no_summaries(columns[index], [row[index] for _, row in rows if index < len(row)]):
            collected.warnings.append(f"{place(rows[0][0], index)}: {reason}")
        if reason or not columns[index].column:
            del columns[index]
    for number, row in rows:
        texts = {index: unguarded(row[index]) if index < len(row) else "" for index in columns}
        name = " ".join(unguarded(row[case]).split()) if case < len(row) else ""
        if name:
            for index, text in texts.items():
                if not collected.refuse_cut(text, place(number, index)):
                    collected.add(name, "", columns[index], text, place(number, index))
        elif filled := [index for index, text in texts.items() if text.strip()]:
            collected.warnings.append(f"{place(number, filled[0])}: this row names no case and is not read.")


def _code_columns(names: Sequence[str], case: int, attributes: Collection[str]) -> dict[int, Heading]:
    """Return the headings of the columns that may be of codes, by their index."""
    skipped = {name for name in attributes if f"{name}{ATTRIBUTE}" not in names}
    return {
        index: Heading("", name.removesuffix(CODE) if name == f"{CASE}{CODE}" else name)
        for index, name in enumerate(names)
        if index != case and name not in skipped and not name.endswith(ATTRIBUTE)
    }


class _Record:
    """A row of a long table, with its values by name."""

    def __init__(self, row: Sequence[str], at: Mapping[str, int]) -> None:
        self._row, self._at = row, at

    def __getitem__(self, name: str) -> str:
        index = self._at.get(name)
        value = unguarded(self._row[index]) if index is not None and index < len(self._row) else ""
        return value if name in ("content", "summary", "reason") else value.strip()

    @property
    def has_state_column(self) -> bool:
        return "state" in self._at and "summary" in self._at

    @property
    def named_state(self) -> str:
        return self["state"].lower() or DRAFT

    @property
    def is_twice(self) -> bool:
        """Whether ``content`` and ``summary`` are the same summary."""
        text = self["summary"].strip()
        return bool(text) and parse_cell_text(self["content"]).text == text

    def chosen(self, *, is_written: bool) -> tuple[CellText, bool]:
        """Return state and summary, and whether it is unclear which of two the co-author meant."""
        in_content = parse_cell_text(self["content"])
        if not self.has_state_column:
            return in_content, False
        in_columns = self._in_columns()
        exported = self["fingerprint"]
        one, other = (fingerprint(parsed.state, parsed.text) for parsed in (in_columns, in_content))
        if not is_written or one == other or "content" not in self._at:
            return in_columns, False
        if exported and one == exported:
            return in_content, False
        return in_columns, other != exported

    def _in_columns(self) -> CellText:
        state = self.named_state
        text = self["reason" if state == NOT_APPLICABLE else "summary"].strip()
        if state == NOT_APPLICABLE and not text:
            text = self["summary"].strip()
        if state in (DRAFT, CHECKED) and not text:
            state = NOT_CHARTED
        elif state in (NOTHING_SAID, NOT_CHARTED, NO_EVIDENCE) and text:
            state = DRAFT
        return CellText(state, text.replace("\r\n", "\n"), self["disagreement"])


def _no_summaries(heading: Heading, cells: Iterable[str]) -> str:
    """Return why a column with content is not read; empty if it may hold summaries."""
    texts = [text for text in cells if text.strip()]
    if not texts:
        return ""
    if not heading.column:
        return "this column has no heading and is not read."
    if all(map(_NUMBER.fullmatch, texts)):
        return f"the column “{heading.column}” holds numbers, no summaries, and is not read."
    if all(map(_STANCES.fullmatch, texts)):
        return f"the column “{heading.column}” holds numbers of codings by stance, no summaries, and is not read."
    if all(map(looks_like_quotations, texts)):
        return f"the column “{heading.column}” holds quotations, no summaries, and is not read."
    return ""


def _name(text: str) -> str:
    return unguarded(text).strip().casefold()


def numbered(rows: Mapping[int, Mapping[int, str]]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a sheet with their numbers, each as wide as the sheet."""
    width = max((max(row) for row in rows.values() if row), default=0)
    for number, row in rows.items():
        yield number, [row.get(at, "") for at in range(1, width + 1)]

"""Merging of a table of cases into the project.

Values of the project are kept unless they are to be replaced, and each contradicting cell is reported. Reading the file
is elsewhere.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from fwanalysis.domain.case_reports import AlikeValues, CaseConflict, CasesReport, ColumnType, NearCase
from fwanalysis.domain.cases import (
    AttributeType,
    Case,
    Level,
    canonical,
    folded,
    infer_type,
    is_unknown,
    natural_key,
    possible_dates,
)
from fwanalysis.errors import InvalidInput
from fwanalysis.formats.tables.case_table import attribute_name
from fwanalysis.project.cases.editor import PARENT_LEVELS, CaseEditor
from fwanalysis.store.queries import cases as queries

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fwanalysis.domain.cases import Attribute
    from fwanalysis.formats.tables.case_table import CaseRow, CaseTable
    from fwanalysis.project.cases.names import Verbs

_EXAMPLES = 3


def import_table(
    changes: Verbs,
    filename: str,
    table: CaseTable,
    *,
    replaces: bool,
    types: Mapping[str, AttributeType],
    dry_run: bool = False,
) -> CasesReport:
    """Merge a table into the project.

    Args:
        changes: The change to write to, or a dry run.
        filename: Name of the file, used in error messages only.
        table: The table.
        replaces: Whether values of the table replace different ones of the project.
        types: Types of new attributes by column name.
        dry_run: Whether to mark the report as that of a dry run.

    Raises:
        InvalidInput: If a value or name is invalid (the message names the line), or a type names no column or an
            attribute that has another type in the project.
    """
    run = _Merge(changes, filename, table, replaces=replaces, types=types)
    types_of_columns = run.column_types()
    run.merge()
    names = run.editor.names
    return CasesReport(
        made=tuple(names.made),
        changed=tuple(sorted(names.changed - set(names.made), key=natural_key)),
        attributes=tuple(run.editor.new),
        conflicts=tuple(sorted(run.conflicts, key=lambda conflict: conflict.line)),
        nearest=tuple(sorted(run.near, key=lambda case: case.line)),
        missing=run.missing(),
        alike=tuple(run.alike()),
        warnings=tuple(run.dates()),
        types=types_of_columns,
        dry_run=dry_run,
    )


class _Merge:
    """The merging of one table."""

    def __init__(
        self,
        changes: Verbs,
        filename: str,
        table: CaseTable,
        *,
        replaces: bool,
        types: Mapping[str, AttributeType],
    ) -> None:
        from fwanalysis.matching.fuzzy import Names

        self.editor = CaseEditor(changes)
        self.conflicts: list[CaseConflict] = []
        self.near: list[NearCase] = []
        self._filename, self._table, self._replaces = filename, table, replaces
        self._samples = [[row.values[at] for row in table.rows] for at in range(len(table.header))]
        self._speaking = queries.speaking(changes.connection)
        self._idle = queries.idle_persons(changes.connection)
        self._joins: list[tuple[CaseRow, Case, str, Level]] = []
        self._rows: dict[str, CaseRow] = {}
        self._mentioned: set[str] = set()
        self._types = self._chosen_types(types)
        names = self.editor.names
        self._names = Names([case.name for case in names.cases] + [alias.name for alias in names.aliases])

    def _chosen_types(self, types: Mapping[str, AttributeType]) -> dict[str, AttributeType]:
        """Return the chosen types by attribute name."""
        chosen: dict[str, AttributeType] = {}
        for column, kind in types.items():
            name = attribute_name(column)
            if name not in self._table.header:
                listed = ", ".join(self._table.header) or "none"
                raise InvalidInput(f"{self._filename} has no attribute column “{column}”; its columns are: {listed}.")
            known = self.editor.known_attribute(name)
            if known is not None and known.type is not kind:
                raise InvalidInput(
                    f"{known.name} is a {known.type} in this project, not a {kind}",
                    hint=f"change its type first: fwa attribute set-type {known.name} {kind}",
                )
            chosen[name] = kind
        return chosen

    def column_types(self) -> tuple[ColumnType, ...]:
        """Return the type of each column that has values."""
        found = []
        for name, column in zip(self._table.header, self._samples, strict=True):
            values = [" ".join(cell.split()) for cell in column if not is_unknown(cell)]
            if values:
                known = self.editor.known_attribute(name)
                kind = known.type if known else self._types.get(name) or infer_type(column)
                examples = tuple(dict.fromkeys(values))[:_EXAMPLES]
                found.append(ColumnType(name, kind, known is not None, len(values), examples))
        return tuple(found)

    def merge(self) -> None:
        """Merge the rows, then the memberships that they state.

        Sites and groups come last because they may be rows of the table themselves.
        """
        for row in self._table.rows:
            with self._naming(row.line):
                self._row(row)
        for level in (Level.SITE, Level.GROUP):
            for row, case, name, of_level in self._joins:
                if of_level is level:
                    with self._naming(row.line):
                        self._join(row, case, name, level)

    def _row(self, row: CaseRow) -> None:
        case = self._case(row)
        earlier = self._rows.setdefault(case.id, row)
        if earlier is not row:
            raise InvalidInput(
                f"“{row.case}” is another name of {case.name}, which is in line {earlier.line}; keep one of them"
            )
        self._mentioned.add(case.id)
        for name in (row.case, *row.aliases):
            self.editor.names.alias(case, name)
        for at, name in enumerate(self._table.header):
            if not is_unknown(row.values[at]):
                attribute = self.editor.attribute(name, self._samples[at], self._types.get(name))
                self._cell(row, case, attribute, row.values[at])

    def _case(self, row: CaseRow) -> Case:
        """Return the case of a row with the row's level, creating it if necessary."""
        names = self.editor.names
        case = next(filter(None, map(names.find, (row.case, *row.aliases))), None)
        if case is None:
            return self._made(row.line, names.case(row.case, row.level))
        if row.level in (None, case.level):
            return case
        if case.id not in self._idle:
            self._conflict(row, case, "level", case.level, row.level or "")
            if not self._replaces:
                return case
        return names.set_level(case, row.level or case.level)

    def _cell(self, row: CaseRow, case: Case, attribute: Attribute, cell: str) -> None:
        stated, level = canonical(cell, attribute.type, attribute.name), PARENT_LEVELS.get(folded(attribute.name))
        if level and (whole := self.editor.names.find(stated)):
            stated = whole.name
        known = self.editor.value(case, attribute)
        if known is None and level is Level.SITE:  # a person may be in several groups, but at one site only
            known = next((site.name for site in self.editor.parents(case, level)), None)
        is_same = known is None or folded(known) == folded(stated) or (level and self._same_case(known, stated))
        if not is_same:
            self._conflict(row, case, attribute.name, known or "", stated)
            if not self._replaces:
                return
        if self._replaces or self.editor.value(case, attribute) is None:
            self.editor.give(case, attribute.name, stated, sample=())
        if level:
            self._joins.append((row, case, stated, level))

    def _same_case(self, one: str, other: str) -> bool:
        found = self.editor.names.find(one)
        return found is not None and found == self.editor.names.find(other)

    def _join(self, row: CaseRow, case: Case, name: str, level: Level) -> None:
        is_new = self.editor.names.find(name) is None
        whole = self.editor.whole(name, level, case)
        if is_new:
            self._made(row.line, whole)
        self._mentioned.add(whole.id)
        if whole.id == case.id:
            return
        if level is Level.SITE and self._replaces:
            for other in self.editor.parents(case, level):
                if other.id != whole.id:
                    self.editor.leave(case, other)
        self.editor.join(case, whole)

    def _made(self, line: int, case: Case) -> Case:
        near = self._names.nearest(case.name)
        meant = self.editor.names.find(near) if near else None
        if meant is not None:
            self.near.append(NearCase(line, case.name, meant.name))
        self._names.add(case.name)
        return case

    def _conflict(self, row: CaseRow, case: Case, attribute: str, here: str, in_file: str) -> None:
        self.conflicts.append(CaseConflict(row.line, case.name, attribute, here, in_file, self._replaces))

    @contextmanager
    def _naming(self, line: int) -> Iterator[None]:
        try:
            yield
        except InvalidInput as error:
            raise InvalidInput(f"{self._filename}, line {line}: {error}") from None

    def missing(self) -> tuple[str, ...]:
        """Return the names of cases with sources that the table does not contain."""
        left = self._speaking - self._mentioned
        return tuple(sorted((self.editor.names.of_id(case_id).name for case_id in left), key=natural_key))

    def alike(self) -> Iterator[AlikeValues]:
        """Find values, of the project or the table, that look like spellings of one value."""
        from fwanalysis.matching.fuzzy import spelled_twice

        for attribute, column in self._written():
            known = self.editor.values(attribute)
            counts, lines = Counter(known.values()), dict[str, list[int]]()
            for (case_id, row), cell in zip(self._rows.items(), column, strict=True):
                value = " ".join(cell.split())
                if not is_unknown(value):
                    counts[value] += known.get(case_id) != value
                    lines.setdefault(value, []).append(row.line)
            for value, other, reason in spelled_twice(counts):
                yield AlikeValues(attribute.name, value, other, reason, tuple(lines.get(value, ())))

    def dates(self) -> Iterator[str]:
        """Warn of columns of dates that are not in ISO 8601."""
        for attribute, column in self._written():
            known = [
                (row.line, cell) for row, cell in zip(self._table.rows, column, strict=True) if not is_unknown(cell)
            ]
            found = [(line, cell, dates) for line, cell in known if (dates := possible_dates(cell))]
            if found and len(found) * 2 >= len(known):
                line, cell, dates = min(found, key=lambda item: len(item[2]))
                yield (
                    f"line {line}: {attribute.name} “{cell}” looks like a date, but is kept as a text; write "
                    f"{' or '.join(dates)}."
                )

    def _written(self) -> Iterator[tuple[Attribute, Sequence[str]]]:
        """Iterate over the text and choice attributes of the table, each with its column."""
        for name, column in zip(self._table.header, self._samples, strict=True):
            if not all(map(is_unknown, column)):
                attribute = self.editor.attribute(name, column, self._types.get(name))
                if attribute.type in (AttributeType.TEXT, AttributeType.CHOICE):
                    yield attribute, column

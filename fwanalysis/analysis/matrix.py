"""Build a view of the framework matrix: the evidence of each cell and what it shows.

A coding belongs to the cases of the participant turns that it overlaps. A focus group takes evidence from its own
sources, a site takes the evidence of all its members, and text without a case is in a last row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import (
    Attribute,
    AttributeType,
    Attribution,
    Case,
    Level,
    Membership,
    attribution_of,
    has_value,
    natural_key,
    parents,
    sort_key,
)
from fwanalysis.domain.matrix import (
    Basis,
    Cell,
    Matrix,
    MatrixCell,
    MatrixColumn,
    MatrixQuery,
    MatrixRow,
    Quoted,
    basis_of,
    staleness,
)
from fwanalysis.domain.sources import Role, SourceKind, SpeakerIndex
from fwanalysis.errors import InvalidInput

if TYPE_CHECKING:
    from fwanalysis.domain.codebook import Codebook, CodeEntry
    from fwanalysis.domain.codings import Evidence

NO_CASE = "(no case)"
UNKNOWN = "(unknown)"


@dataclass(frozen=True, slots=True)
class Study:
    """All that a matrix is built from: everything in the project except the texts.

    ``values`` is keyed by case id and attribute name. ``line`` gives the line number (from 1) of a position in a
    source, for references to sources without turns. ``unanchored`` are the codings without an anchor in the current
    texts, each with its last anchor; ``then`` gives, by revision id, who spoke where in the revisions of these anchors.
    """

    codebook: Codebook
    cases: Mapping[str, Case]
    attributes: Sequence[Attribute]
    values: Mapping[str, Mapping[str, str]]
    memberships: Sequence[Membership]
    voices: Mapping[str, SpeakerIndex]
    evidence: Sequence[Evidence]
    cells: Sequence[Cell]
    line: Callable[[str, int], int]
    unanchored: Sequence[Evidence] = ()
    then: Mapping[str, SpeakerIndex] = field(default_factory=dict)

    @property
    def adrift(self) -> frozenset[str]:
        """Return the ids of the codings without an anchor in the current text."""
        return frozenset(item.coding.id for item in self.unanchored)


@dataclass(frozen=True, slots=True)
class _Placed:
    evidence: Evidence
    attribution: Attribution


_Placing = Callable[[_Placed], frozenset[str]]


def build_matrix(study: Study, query: MatrixQuery) -> Matrix:
    """Build the view of the matrix that *query* describes.

    Raises:
        InvalidInput: If a row kind, an attribute or a sort key does not exist.
        NotFound: If the theme does not exist.
    """
    columns = _columns(study, query.theme)
    attributes = _chosen(study, query)
    gathering = _Gathering(study)
    rows = _rows(study, query, (*gathering.placed, *gathering.unanchored))
    place = _placing(study, query)
    keys = {row.key for row in rows}
    outside = sum(not place(item) & keys for item in gathering.placed)
    gathered, missing = gathering.grouped(gathering.placed, place), gathering.grouped(gathering.unanchored, place)
    references = _References(study)
    partial = query.rows == "site" and bool(query.where)  # a site's summary is of all its members' words
    written = {(cell.case_id, cell.code_id): cell for cell in study.cells}
    cells = {}
    for row in rows:
        for column in columns:
            quotes = [references.quoted(item, row) for item in gathered.get((row.key, column.code_id), ())]
            cell = written.get((row.case.id, column.code_id)) if row.case and not partial else None
            stale = staleness(cell.basis, gathering.basis(cell), study.adrift) if cell else ()
            unanchored = len(missing.get((row.key, column.code_id), ()))
            cells[row.key, column.code_id] = _counted(study, cell, quotes, stale, unanchored)
    nowhere = gathering.unanchored_of(column.code_id for column in columns)
    hidden = {study.codebook.find(query.theme).id} if query.theme else set()
    hidden -= {column.code_id for column in columns}
    on_theme = sum(item.evidence.coding.code_id in hidden and bool(place(item) & keys) for item in gathering.placed)
    return Matrix(query, attributes, tuple(rows), tuple(columns), cells, outside, nowhere, on_theme)


def build_cell(study: Study, case: Case, code_id: str, *, with_groups: bool) -> tuple[MatrixCell, Basis]:
    """Build one cell with its evidence, and the basis of a summary saved now.

    Args:
        study: The project.
        case: The case of the row.
        code_id: The code of the column; evidence includes the codes below it.
        with_groups: Whether to include what the case's person said in focus groups.
    """
    gathering = _Gathering(study)
    row = MatrixRow(case.id, case.name, case, case.level, study.values.get(case.id, {}))
    references = _References(study)
    quotes = [references.quoted(item, row) for item in gathering.evidence(case, code_id, with_groups=with_groups)]
    cell = next((cell for cell in study.cells if (cell.case_id, cell.code_id) == (case.id, code_id)), None)
    stale = staleness(cell.basis, gathering.basis(cell), study.adrift) if cell else ()
    version_id = study.codebook.by_id[code_id].version.id
    basis = basis_of([quoted.evidence for quoted in quotes], version_id, with_groups=with_groups)
    unanchored = len(gathering.unanchored_in(case, code_id, with_groups=with_groups))
    return _counted(study, cell, quotes, stale, unanchored), basis


def _counted(
    study: Study, cell: Cell | None, quotes: Sequence[Quoted], stale: tuple[str, ...], unanchored: int
) -> MatrixCell:
    persons = {
        case_id for quoted in quotes for case_id in quoted.speakers if study.cases[case_id].level is Level.PERSON
    }
    anchors = (quoted.evidence.anchor for quoted in quotes)
    segments = {(anchor.revision_id, anchor.start, anchor.end) for anchor in anchors}
    return MatrixCell(cell, tuple(quotes), len(segments), len(persons), stale, unanchored)


class _Gathering:
    """Evidence by row and code, computed once for each way of assigning rows."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self._above = {entry.id: _above(study.codebook, entry) for entry in study.codebook.entries}
        self._by_rows: dict[str, Mapping[tuple[str, str], list[_Placed]]] = {}
        self.placed = [
            _Placed(item, attribution_of(study.voices[item.source_id], item.anchor.span)) for item in study.evidence
        ]
        self.unanchored = [
            _Placed(item, attribution_of(study.then[item.anchor.revision_id], item.anchor.span))
            for item in study.unanchored
        ]

    def grouped(self, items: Iterable[_Placed], place: _Placing) -> Mapping[tuple[str, str], list[_Placed]]:
        """Group items by row key and code id; a code includes the codes below it."""
        gathered: dict[tuple[str, str], list[_Placed]] = {}
        for item in items:
            for key in place(item):
                for code_id in self._above[item.evidence.coding.code_id]:
                    gathered.setdefault((key, code_id), []).append(item)
        return gathered

    def evidence(self, case: Case, code_id: str, *, with_groups: bool) -> Sequence[_Placed]:
        """Return the evidence of a cell, independent of the view that shows it."""
        rows = _row_kind(case, with_groups=with_groups)
        if rows not in self._by_rows:
            self._by_rows[rows] = self.grouped(self.placed, _placing(self._study, MatrixQuery(rows=rows)))
        return self._by_rows[rows].get((case.id, code_id), ())

    def unanchored_in(self, case: Case, code_id: str, *, with_groups: bool) -> Sequence[_Placed]:
        """Return unanchored codings that were last attributed to a cell."""
        place = _placing(self._study, MatrixQuery(rows=_row_kind(case, with_groups=with_groups)))
        return self.grouped(self.unanchored, place).get((case.id, code_id), ())

    def unanchored_of(self, code_ids: Iterable[str]) -> int:
        """Count the unanchored codings of these codes and the codes below them."""
        wanted = set(code_ids)
        return sum(bool(self._above[item.evidence.coding.code_id] & wanted) for item in self.unanchored)

    def basis(self, cell: Cell) -> Basis:
        """Return the basis that a cell's summary would have if it were saved now."""
        with_groups = cell.basis.with_groups
        items = self.evidence(self._study.cases[cell.case_id], cell.code_id, with_groups=with_groups)
        version_id = self._study.codebook.by_id[cell.code_id].version.id
        return basis_of([item.evidence for item in items], version_id, with_groups=with_groups)


def _row_kind(case: Case, *, with_groups: bool) -> str:
    """Return the kind of rows, as in a query, that a case's evidence is in."""
    if case.level is Level.SITE:
        return "site"
    return "person" if case.level is Level.PERSON and with_groups else "default"


# Columns and rows


def _columns(study: Study, theme: str | None) -> list[MatrixColumn]:
    if theme is None:
        entries: Sequence[CodeEntry] = study.codebook.themes
    else:
        chosen = study.codebook.find(theme)
        entries = study.codebook.children(chosen.id) or (chosen,)
    coded = {item.coding.code_id for item in (*study.evidence, *study.unanchored)}
    shown = [entry for entry in entries if not entry.code.retired or study.codebook.below(entry.id) & coded]
    names = [entry.name for entry in shown]
    return [
        MatrixColumn(entry.id, entry.name if names.count(entry.name) == 1 else entry.path, entry.path)
        for entry in shown
    ]


def _above(codebook: Codebook, entry: CodeEntry) -> frozenset[str]:
    found = {entry.id}
    while entry.code.parent_id:
        entry = codebook.by_id[entry.code.parent_id]
        found.add(entry.id)
    return frozenset(found)


def _attribute(study: Study, name: str) -> Attribute:
    for attribute in study.attributes:
        if attribute.name.casefold() == name.strip().casefold():
            return attribute
    known = ", ".join(attribute.name for attribute in study.attributes) or "none yet"
    raise InvalidInput(f'no attribute "{name}"', hint=f"attributes: {known}")


def _chosen(study: Study, query: MatrixQuery) -> tuple[str, ...]:
    if query.attributes is None:
        return tuple(attribute.name for attribute in study.attributes)
    return tuple(_attribute(study, name).name for name in query.attributes)


def _rows(study: Study, query: MatrixQuery, placed: Sequence[_Placed]) -> list[MatrixRow]:
    conditions = [(_attribute(study, name), value) for name, value in query.where]
    if query.rows.startswith("attribute:"):
        rows = _value_rows(study, _attribute(study, query.rows.partition(":")[2]), query, placed)
    else:
        cases = _row_cases(study, query.rows)
        if query.rows != "site":
            cases = [case for case in cases if _meets(study, case.id, conditions)]
        rows = [MatrixRow(case.id, case.name, case, case.level, study.values.get(case.id, {})) for case in cases]
        rows = _sorted(study, query, rows)
    if not conditions and any(item.attribution.is_unattributed for item in placed):
        rows.append(MatrixRow(NO_CASE, NO_CASE, None, None, {}))
    return rows


def _row_cases(study: Study, rows: str) -> list[Case]:
    by_name = sorted(study.cases.values(), key=lambda case: natural_key(case.name))
    if rows == "default":
        own = with_own_source(study)
        levels = (Level.PERSON, Level.GROUP, Level.SITE)
        return [case for level in levels for case in by_name if case.level is level and case.id in own]
    try:
        level = Level(rows)
    except ValueError:
        raise InvalidInput(f'invalid rows "{rows}"', hint="use person, group, site or attribute:NAME") from None
    return [case for case in by_name if case.level is level]


def with_own_source(study: Study) -> set[str]:
    """Return ids of cases with a source, or that speak outside focus groups."""
    own = {voices.source.case_id for voices in study.voices.values() if voices.source.case_id}
    for voices in study.voices.values():
        if voices.source.kind is not SourceKind.FOCUS_GROUP:
            own |= {
                speaker.case_id
                for speaker in voices.speakers.values()
                if speaker.case_id and speaker.role is Role.PARTICIPANT
            }
    return own


def _meets(study: Study, case_id: str, conditions: Iterable[tuple[Attribute, str]]) -> bool:
    values = study.values.get(case_id, {})
    return all(has_value(values.get(attribute.name), value, attribute.type) for attribute, value in conditions)


def _sorted(study: Study, query: MatrixQuery, rows: list[MatrixRow]) -> list[MatrixRow]:
    for name in reversed(query.sort):
        if name.strip().casefold() == "case":
            rows = sorted(rows, key=lambda row: natural_key(row.label))
            continue
        attribute = _attribute(study, name)
        rows = sorted(rows, key=partial(_value_key, attribute))
    return rows


def _value_key(attribute: Attribute, row: MatrixRow) -> tuple[int, float, str]:
    return sort_key(row.attributes.get(attribute.name), attribute.type)


def _value_rows(study: Study, attribute: Attribute, query: MatrixQuery, placed: Sequence[_Placed]) -> list[MatrixRow]:
    values = {known[attribute.name] for known in study.values.values() if attribute.name in known}
    kind = attribute.type if attribute.type is AttributeType.NUMBER else AttributeType.TEXT
    labels = sorted(values, key=lambda value: sort_key(value, kind))
    place = _placing(study, query)
    if any(UNKNOWN in place(item) for item in placed):
        labels.append(UNKNOWN)
    return [MatrixRow(label, label, None, None, {attribute.name: label}) for label in labels]


# Which rows a coding belongs in


def _placing(study: Study, query: MatrixQuery) -> _Placing:
    """Return the function from a coding to its row keys in this view."""
    conditions = [(_attribute(study, name), value) for name, value in query.where]

    def people(item: _Placed) -> frozenset[str]:
        return frozenset(case_id for case_id in item.attribution.cases if _meets(study, case_id, conditions))

    belongs = parents(study.memberships) if query.rows == "site" else {}

    def default(item: _Placed) -> frozenset[str]:
        group = item.attribution.group
        return frozenset({group}) if group else item.attribution.cases

    def site(item: _Placed) -> frozenset[str]:
        group = item.attribution.group
        found = people(item) | ({group} if group and _meets(study, group, conditions) else set())
        return found.union(*(belongs.get(case_id, frozenset()) for case_id in found))

    def value(item: _Placed) -> frozenset[str]:
        name = _attribute(study, query.rows.partition(":")[2]).name
        holders = people(item) or (frozenset({item.attribution.group}) - {None} if not conditions else frozenset())
        return frozenset(study.values.get(case_id, {}).get(name, UNKNOWN) for case_id in holders if case_id)

    rules: Mapping[str, _Placing] = {
        "default": default,
        "group": default,
        "person": lambda item: item.attribution.cases,
        "site": site,
    }
    rule = rules.get(query.rows, value)
    return lambda item: frozenset({NO_CASE}) if item.attribution.is_unattributed else rule(item)


class _References:
    """Formats references: ``(P07:12)``, or ``(P07/FG1:12)``.

    The latter for a person in a focus group and for a case that speaks in several sources.
    """

    def __init__(self, study: Study) -> None:
        self._study = study
        self._wholes = parents(study.memberships)
        self._spoken: dict[str, set[str]] = {}
        for voices in study.voices.values():
            cases = {speaker.case_id for speaker in voices.speakers.values() if speaker.role is Role.PARTICIPANT}
            for case_id in cases | {voices.source.case_id}:
                if case_id:
                    self._spoken.setdefault(case_id, set()).add(voices.source.id)

    def quoted(self, item: _Placed, row: MatrixRow) -> Quoted:
        """Return a piece of evidence as a cell of *row* shows it."""
        voices = self._study.voices[item.evidence.source_id]
        case_id, name = self._speaker(item, row), voices.source.name
        if case_id is not None:
            case = self._study.cases[case_id]
            in_group = voices.source.kind is SourceKind.FOCUS_GROUP and case.level is Level.PERSON
            several = in_group or len(self._spoken.get(case_id, ())) > 1
            name = f"{case.name}/{name}" if several and case.name != name else case.name
        return Quoted(item.evidence, f"({name}{self._place(voices, item.evidence)})", item.attribution.cases)

    def _speaker(self, item: _Placed, row: MatrixRow) -> str | None:
        """Return the case to which a reference attributes the text, by name.

        The row's case if it speaks itself, else one of its members who speaks, else another case that speaks; None if
        the text is unattributed.
        """
        speaking, group = item.attribution.cases, item.attribution.group
        if row.case is not None:
            if row.case.id in speaking or row.case.id == group:
                return row.case.id
            members = {case_id for case_id in speaking if row.case.id in self._wholes.get(case_id, ())}
            speaking = frozenset(members) or speaking
        return min(speaking, key=lambda case_id: natural_key(self._study.cases[case_id].name), default=group)

    def _place(self, voices: SpeakerIndex, evidence: Evidence) -> str:
        turns = voices.over(evidence.anchor.span)
        if not turns:
            return f": line {self._study.line(voices.source.id, evidence.anchor.start)}"
        first, last = turns[0].number, turns[-1].number
        return f":{first}" if first == last else f":{first}–{last}"

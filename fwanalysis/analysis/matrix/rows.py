"""The rows of a view: which cases or values, filtered, sorted and grouped."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fwanalysis.analysis.matrix.filters import parse_filter
from fwanalysis.domain.cases import AttributeType, Level, has_value, natural_key, sort_key
from fwanalysis.domain.matrix import MatrixRow
from fwanalysis.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from fwanalysis.analysis.matrix.study import Located, Study
    from fwanalysis.domain.cases import Attribute, Case
    from fwanalysis.domain.matrix import Bands, MatrixQuery

NO_CASE = "(no case)"
UNKNOWN = "(unknown)"
MOST_GROUPS = 4
"""The most attributes that rows can be grouped by."""


def attribute_named(study: Study, name: str) -> Attribute:
    """Return the attribute of a name; letter case does not count. InvalidInput lists the names if there is none."""
    for attribute in study.attributes:
        if attribute.name.casefold() == name.strip().casefold():
            return attribute
    known = ", ".join(attribute.name for attribute in study.attributes) or "none yet"
    raise InvalidInput(f'no attribute "{name}"', hint=f"attributes: {known}")


def attributes_shown(study: Study, query: MatrixQuery) -> tuple[str, ...]:
    """Return the names of the attributes that a view shows: those asked for, else all, then the figures.

    Rows of an attribute's values have that attribute only.
    """
    _, _, of_rows = query.rows.partition("attribute:")
    known = [of_rows] if of_rows else [attribute.name for attribute in study.attributes]
    asked = known if query.attributes is None else query.attributes
    names = [attribute_named(study, name).name for name in (*asked, *query.figures)]
    return tuple(dict.fromkeys(names))


class RowFilter:
    """Whether a case meets the conditions of a query."""

    def __init__(self, study: Study, query: MatrixQuery) -> None:
        self._study = study
        self._wanted: dict[str, tuple[Attribute, list[str]]] = {}
        for name, value in query.where:
            attribute = attribute_named(study, name)
            self._wanted.setdefault(attribute.name, (attribute, []))[1].append(value)
        self._expression = parse_filter(query.expression, partial(attribute_named, study)) if query.expression else None
        self.is_empty = not (self._wanted or self._expression)

    def meets(self, case_id: str) -> bool:
        """Return whether a case has one of the values of each attribute named, and meets the expression."""
        values = self._study.values.get(case_id, {})
        for name, (attribute, wanted) in self._wanted.items():
            if not any(has_value(values.get(name), value, attribute.type) for value in wanted):
                return False
        return self._expression is None or self._expression(self._study.cases[case_id].name, values)


def rows_of(study: Study, query: MatrixQuery) -> list[MatrixRow]:
    """Return the rows of a view, without the row of text that has no case.

    Raises:
        InvalidInput: If a row kind, an attribute, a filter or a sort key does not exist.
        NotFound: If a case that is asked for does not exist.
    """
    conditions = RowFilter(study, query)
    if query.rows.startswith("attribute:"):
        rows = _value_rows(study, attribute_named(study, query.rows.partition(":")[2]), conditions)
    else:
        cases = _row_cases(study, query.rows)
        if query.rows != "site":
            cases = [case for case in cases if conditions.meets(case.id)]
        rows = [_case_row(study, query, case) for case in cases]
    if query.cases:
        rows = _named(rows, query.cases)
    rows = _sorted(study, query, rows)
    if query.group or query.bands:
        rows = _grouped(study, query, rows)
    if query.pinned:
        rows = sorted(rows, key=lambda row: row.label not in query.pinned)
    return rows


def _case_row(study: Study, query: MatrixQuery, case: Case) -> MatrixRow:
    values = dict(study.values.get(case.id, {}))
    inherited = set()
    for name in (attribute_named(study, figure).name for figure in query.figures):
        if name not in values and (value := _of_site(study, case.id, name)) is not None:
            values[name] = value
            inherited.add(name)
    return MatrixRow(case.id, case.name, case, case.level, values, inherited=frozenset(inherited))


def _of_site(study: Study, case_id: str, name: str) -> str | None:
    """Return the value that a case's sites have of an attribute; None if they have none, or different ones."""
    above = {item.whole_id for item in study.memberships if item.member_id == case_id}
    values = {
        study.values.get(whole, {}).get(name)
        for whole in above
        if study.cases[whole].level is Level.SITE and name in study.values.get(whole, {})
    }
    return values.pop() if len(values) == 1 else None


def _named(rows: Sequence[MatrixRow], names: Iterable[str]) -> list[MatrixRow]:
    by_name = {row.label.casefold(): row for row in rows}
    missing = [name for name in names if name.strip().casefold() not in by_name]
    if missing:
        raise NotFound(f'no row "{missing[0]}" in this view', hint="list the cases with: fwa case list")
    wanted = {name.strip().casefold() for name in names}
    return [row for row in rows if row.label.casefold() in wanted]


def _row_cases(study: Study, rows: str) -> list[Case]:
    by_name = sorted(study.cases.values(), key=lambda case: natural_key(case.name))
    if rows == "default":
        own = study.with_own_source
        levels = (Level.PERSON, Level.GROUP, Level.SITE)
        return [case for level in levels for case in by_name if case.level is level and case.id in own]
    try:
        level = Level(rows)
    except ValueError:
        raise InvalidInput(f'invalid rows "{rows}"', hint="use person, group, site or attribute:NAME") from None
    return [case for case in by_name if case.level is level]


def _value_rows(study: Study, attribute: Attribute, conditions: RowFilter) -> list[MatrixRow]:
    """Return a row for each value of an attribute that a case has who could have said something.

    Persons without a value have a row of their own.
    """
    heard = [case_id for case_id in study.sources_of_case if conditions.meets(case_id)]
    values = {case_id: study.values.get(case_id, {}).get(attribute.name) for case_id in heard}
    found = {value for case_id, value in values.items() if value or study.cases[case_id].level is Level.PERSON}
    kind = attribute.type if attribute.type is AttributeType.NUMBER else AttributeType.TEXT
    labels = sorted((value for value in found if value is not None), key=lambda value: sort_key(value, kind))
    if None in found:
        labels.append(UNKNOWN)
    return [MatrixRow(label, label, None, None, {attribute.name: label}) for label in labels]


def _sorted(study: Study, query: MatrixQuery, rows: list[MatrixRow]) -> list[MatrixRow]:
    """Sort rows by several keys; unknown values come last in either direction."""
    for given in reversed(query.sort):
        name, down = given.strip().removeprefix("-"), given.strip().startswith("-")
        if name.casefold() == "case":
            rows = sorted(rows, key=lambda row: natural_key(row.label), reverse=down)
            continue
        attribute = attribute_named(study, name)
        known = [row for row in rows if row.attributes.get(attribute.name) is not None]
        known.sort(key=partial(_value_key, attribute), reverse=down)
        rows = known + [row for row in rows if row.attributes.get(attribute.name) is None]
    return rows


def _value_key(attribute: Attribute, row: MatrixRow) -> tuple[int, float, str]:
    return sort_key(row.attributes.get(attribute.name), attribute.type)


def _grouped(study: Study, query: MatrixQuery, rows: Sequence[MatrixRow]) -> list[MatrixRow]:
    """Order rows by groups of equal values or bands; the order inside a group stays."""
    names = dict.fromkeys((*query.group, *(bands.attribute for bands in query.bands)))
    attributes = list({item.name: item for item in (attribute_named(study, name) for name in names)}.values())
    if len(attributes) > MOST_GROUPS:
        raise InvalidInput(f"{len(attributes)} attributes to group by", hint=f"give at most {MOST_GROUPS}")
    cuts = {attribute_named(study, bands.attribute).name: bands for bands in query.bands}

    def key(row: MatrixRow) -> tuple[tuple[int, float, str], ...]:
        return tuple(_band_key(row, attribute, cuts.get(attribute.name)) for attribute in attributes)

    return [
        MatrixRow(
            *(row.key, row.label, row.case, row.level, row.attributes),
            tuple(_band(row, attribute, cuts.get(attribute.name)) for attribute in attributes),
            row.inherited,
        )
        for row in sorted(rows, key=key)
    ]


def _band_key(row: MatrixRow, attribute: Attribute, bands: Bands | None) -> tuple[int, float, str]:
    value = row.attributes.get(attribute.name)
    if value is None or bands is None:
        return sort_key(value, attribute.type)
    return (0, float(_number(value, attribute) >= bands.cuts[0]) + _index(value, attribute, bands), "")


def _index(value: str, attribute: Attribute, bands: Bands) -> int:
    return sum(_number(value, attribute) >= cut for cut in bands.cuts)


def _number(value: str, attribute: Attribute) -> float:
    if attribute.type is not AttributeType.NUMBER:
        raise InvalidInput(
            f"{attribute.name} is not a number, so it has no bands",
            hint=f"make it a number: fwa attribute set-type {attribute.name} number",
        )
    return float(value)


def _band(row: MatrixRow, attribute: Attribute, bands: Bands | None) -> str:
    value = row.attributes.get(attribute.name)
    if value is None:
        return f"{attribute.name}: {UNKNOWN}"
    if bands is None:
        return f"{attribute.name}: {value}"
    at = _index(value, attribute, bands)
    low, high = ([None, *bands.cuts][at], [*bands.cuts, None][at])
    if low is None:
        return f"{attribute.name}: below {high:g}"
    return f"{attribute.name}: {low:g} or more" if high is None else f"{attribute.name}: {low:g} to below {high:g}"


def placing(
    study: Study, query: MatrixQuery, belongs: Mapping[str, frozenset[str]]
) -> Callable[[Located], frozenset[str]]:
    """Return the function from a passage to the keys of its rows in this view.

    Args:
        study: The project.
        query: The view.
        belongs: The groups and sites that each case belongs to, by case id.
    """
    conditions = RowFilter(study, query)

    def people(item: Located) -> frozenset[str]:
        return frozenset(case_id for case_id in item.attribution.cases if conditions.meets(case_id))

    def default(item: Located) -> frozenset[str]:
        group = item.attribution.group
        return frozenset({group}) if group else item.attribution.cases

    def site(item: Located) -> frozenset[str]:
        group = item.attribution.group
        found = people(item) | ({group} if group and conditions.meets(group) else set())
        return found.union(*(belongs.get(case_id, frozenset()) for case_id in found))

    def value(item: Located) -> frozenset[str]:
        name = attribute_named(study, query.rows.partition(":")[2]).name
        group = frozenset({item.attribution.group}) - {None} if conditions.is_empty else frozenset()
        holders = people(item) or group
        return frozenset(study.values.get(case_id, {}).get(name, UNKNOWN) for case_id in holders if case_id)

    rules: Mapping[str, Callable[[Located], frozenset[str]]] = {
        "default": default,
        "group": default,
        "person": lambda item: item.attribution.cases,
        "site": site,
    }
    return _remembered(rules.get(query.rows, value))


def _remembered(rule: Callable[[Located], frozenset[str]]) -> Callable[[Located], frozenset[str]]:
    """Apply a rule once for each attribution: passages over the same turns share the object."""
    known: dict[int, frozenset[str]] = {}
    none = frozenset({NO_CASE})

    def place(item: Located) -> frozenset[str]:
        key = id(item.attribution)
        found = known.get(key)
        if found is None:
            found = known[key] = none if item.attribution.is_unattributed else rule(item)
        return found

    return place

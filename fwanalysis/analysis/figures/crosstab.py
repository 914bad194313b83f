"""Cross-tabulate cases by two variables: attributes with grouped values, or an attribute and a code."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from fwanalysis.analysis.figures.counts import possible_rows
from fwanalysis.analysis.figures.notes import crosstab_note
from fwanalysis.domain.cases import AttributeType, has_value, sort_key
from fwanalysis.domain.figures import Crosstab, Variable
from fwanalysis.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fwanalysis.domain.cases import Attribute
    from fwanalysis.domain.figures import FigureColumn, FigureData, FigureRow

UNKNOWN = "(unknown)"
CODED, NOT_CODED = "coded", "not coded"


@dataclass(frozen=True, slots=True)
class Grouping:
    """How the values of an attribute are grouped.

    Attributes:
        cuts: Limits of bands of a number, ascending; a limit belongs to the band above it.
        groups: Values that are counted under one name, by that name.
    """

    cuts: tuple[float, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def attribute_variable(rows: Sequence[FigureRow], attribute: Attribute, grouping: Grouping | None = None) -> Variable:
    """Return the variable of an attribute: each row has its value, or *(unknown)*.

    Args:
        rows: The cases.
        attribute: The attribute.
        grouping: Bands or groups of values; a value in no group is a category of its own.

    Raises:
        InvalidInput: If bands are asked for of an attribute that is not a number, or not in ascending order.
    """
    grouping = grouping or Grouping()
    known = {row.key: row.attributes[attribute.name] for row in rows if row.attributes.get(attribute.name)}
    if grouping.cuts:
        named = _bands(known, attribute, grouping.cuts)
        order = list(_band_names(grouping.cuts))
    else:
        named = {key: _group_of(value, attribute, grouping) for key, value in known.items()}
        # Sorting numbers as numbers needs the values themselves: names of groups come after them.
        values = {value for value in named.values() if value not in grouping.groups}
        order = [*sorted(values, key=lambda value: sort_key(value, attribute.type)), *grouping.groups]
    if len(named) < len(rows):
        order.append(UNKNOWN)
    return Variable(attribute.name, tuple(order), {row.key: named.get(row.key, UNKNOWN) for row in rows})


def _group_of(value: str, attribute: Attribute, grouping: Grouping) -> str:
    for name, members in grouping.groups.items():
        if any(has_value(value, member, attribute.type) for member in members):
            return name
    return value


def _bands(known: Mapping[str, str], attribute: Attribute, cuts: Sequence[float]) -> dict[str, str]:
    if attribute.type is not AttributeType.NUMBER:
        raise InvalidInput(
            f"{attribute.name} is not a number and cannot be divided into bands",
            hint=f"group its values, or set its type with: fwa attribute set-type {attribute.name} number",
        )
    if list(cuts) != sorted(set(cuts)):
        raise InvalidInput(
            f"the limits of the bands of {attribute.name} are not in ascending order: "
            f"{', '.join(f'{cut:g}' for cut in cuts)}",
            hint="write each limit once, the lowest first",
        )
    names = _band_names(cuts)
    return {key: names[sum(float(value) >= cut for cut in cuts)] for key, value in known.items()}


def _band_names(cuts: Sequence[float]) -> tuple[str, ...]:
    between = (f"{low:g} to below {high:g}" for low, high in pairwise(cuts))
    return (f"below {cuts[0]:g}", *between, f"{cuts[-1]:g} or more")


def code_variable(data: FigureData, column: FigureColumn) -> Variable:
    """Return the variable of a code: *coded* or *not coded*.

    Cases that could not have said anything, or for which the code is marked as not applicable, have no category.
    """
    present = {row for item in data.coded if item.code_id in column.code_ids for row in item.rows}
    possible = possible_rows(data, column)
    return Variable(
        column.label,
        (CODED, NOT_CODED),
        {row.key: CODED if row.key in present else NOT_CODED for row in possible},
    )


def crosstab(rows: Sequence[FigureRow], down: Variable, across: Variable) -> Crosstab:
    """Cross-tabulate cases by two variables.

    Args:
        rows: The cases; each is counted once.
        down: The variable in the rows.
        across: The variable in the columns.
    """
    members: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    left_out = 0
    for row in sorted(rows, key=lambda row: (row.label, row.key)):
        place = (down.of.get(row.key), across.of.get(row.key))
        if place[0] is None or place[1] is None:
            left_out += 1
        else:
            members[place[0], place[1]].append(row.label)
    return Crosstab(
        down.name,
        across.name,
        down.categories,
        across.categories,
        tuple(tuple(tuple(members[one, other]) for other in across.categories) for one in down.categories),
        left_out,
        crosstab_note(sum(map(len, members.values())), left_out),
    )

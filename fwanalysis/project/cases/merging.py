"""Merging two cases, and removing a case that nothing depends on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fwanalysis.domain.case_reports import CasesMerged
from fwanalysis.domain.cases import Alias, folded
from fwanalysis.domain.ids import new_id
from fwanalysis.errors import Conflict, InvalidInput
from fwanalysis.project.context import find_case
from fwanalysis.store.queries import cases as queries
from fwanalysis.store.queries import codebook as codebook_queries
from fwanalysis.store.queries import matrix as matrix_queries
from fwanalysis.store.queries import sources as source_queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.domain.cases import Case
    from fwanalysis.store.changes import Changes
    from fwanalysis.store.reading import Reading

_LISTED = 3


def remove_case(changes: Changes, name: str) -> Case:
    """See ``Cases.remove``."""
    connection = changes.connection
    case = find_case(name, queries.cases(connection), queries.aliases(connection))
    if dependents := _dependents_of(connection, case):
        more = f" and {len(dependents) - _LISTED} more" if len(dependents) > _LISTED else ""
        raise Conflict(
            f"cannot remove {case.name}; these depend on it: {', '.join(dependents[:_LISTED])}{more}",
            hint="remove them or give them to another case first",
        )
    changes.remove(
        *(alias for alias in queries.aliases(connection) if alias.case_id == case.id),
        *(value for value in queries.attribute_values(connection) if value.case_id == case.id),
        *(item for item in queries.memberships(connection) if item.member_id == case.id),
        case,
    )
    return case


def merge_cases(changes: Changes, name: str, into: str) -> CasesMerged:
    """See ``Cases.merge``."""
    connection = changes.connection
    cases, aliases = queries.cases(connection), queries.aliases(connection)
    case, other = find_case(name, cases, aliases), find_case(into, cases, aliases)
    if case.id == other.id:
        raise InvalidInput(f"{case.name} cannot be merged into itself.")
    if case.level is not other.level:
        raise InvalidInput(
            f"{case.name} is a {case.level} and {other.name} a {other.level}; only cases of one level can be merged."
        )
    cells = _cells_to_move(connection, case, other)
    sources = [item for item in source_queries.sources(connection) if item.case_id == case.id]
    speakers = [item for item in source_queries.speakers(connection) if item.case_id == case.id]
    for value in (*sources, *speakers, *cells, *(alias for alias in aliases if alias.case_id == case.id)):
        changes.replace(_given_to(other, value), seen=value)
    _merge_memberships(changes, case, other)
    kept = _merge_values(changes, case, other)
    changes.remove(case)
    changes.add(Alias(new_id(), other.id, case.name))
    return CasesMerged(
        case=case.name,
        into=other.name,
        sources=tuple(item.name for item in sources),
        speakers=len(speakers),
        cells=len(cells),
        kept=kept,
    )


def _given_to(case: Case, value: Any) -> Any:
    return replace(value, case_id=case.id)


def _dependents_of(connection: Reading, case: Case) -> list[str]:
    """Return a short description of everything that depends on a case."""
    sources = {item.id: item.name for item in source_queries.sources(connection)}
    names = {item.id: item.name for item in queries.cases(connection)}
    own = [item.name for item in source_queries.sources(connection) if item.case_id == case.id]
    speakers = [item for item in source_queries.speakers(connection) if item.case_id == case.id]
    written = [item.code_id for item in matrix_queries.cells(connection) if item.case_id == case.id]
    members = [names[item.member_id] for item in queries.memberships(connection) if item.whole_id == case.id]
    return [
        *(f"the source {item}" for item in own),
        *(f"the speaker {item.label} in {sources[item.source_id]}" for item in speakers),
        *(f"a summary under {item}" for item in _paths(connection, written)),
        *(f"its member {item}" for item in members),
    ]


def _cells_to_move(connection: Reading, case: Case, other: Case) -> Sequence[Any]:
    """Return the written cells of *case*.

    Raises:
        Conflict: If *other* has a written cell under the same code.
    """
    cells = matrix_queries.cells(connection)
    taken = {(cell.code_id, cell.own) for cell in cells if cell.case_id == other.id}
    moving = [cell for cell in cells if cell.case_id == case.id]
    if both := _paths(connection, [cell.code_id for cell in moving if (cell.code_id, cell.own) in taken]):
        more = f" and {len(both) - _LISTED} more" if len(both) > _LISTED else ""
        raise Conflict(
            f"{case.name} and {other.name} both have a summary under {', '.join(both[:_LISTED])}{more}",
            hint="merge the two summaries in one of the cells and clear the other first",
        )
    return moving


def _paths(connection: Reading, code_ids: Sequence[str]) -> list[str]:
    codebook = codebook_queries.codebook(connection, with_rules=False)
    return sorted(codebook.by_id[code_id].path for code_id in code_ids)


def _merge_memberships(changes: Changes, case: Case, other: Case) -> None:
    """Transfer the memberships and members of *case* to *other*, without duplicates."""
    memberships = queries.memberships(changes.connection)
    known = {(item.member_id, item.whole_id) for item in memberships}
    for item in memberships:
        pair = tuple(other.id if end == case.id else end for end in (item.member_id, item.whole_id))
        if pair == (item.member_id, item.whole_id):
            continue
        if pair in known or pair[0] == pair[1]:
            changes.remove(item)
        else:
            changes.replace(replace(item, member_id=pair[0], whole_id=pair[1]), seen=item)


def _merge_values(changes: Changes, case: Case, other: Case) -> tuple[str, ...]:
    """Transfer the values that *other* lacks; describe each value dropped."""
    values = {(value.case_id, value.attribute_id): value for value in queries.attribute_values(changes.connection)}
    kept = []
    for attribute in queries.attributes(changes.connection):
        moving, known = values.get((case.id, attribute.id)), values.get((other.id, attribute.id))
        if moving is None:
            continue
        if known is None:
            changes.replace(_given_to(other, moving), seen=moving)
            continue
        changes.remove(moving)
        if folded(known.value) != folded(moving.value):
            kept.append(f"{attribute.name} of {other.name} stays “{known.value}”; {case.name} had “{moving.value}”.")
    return tuple(kept)

"""Names and aliases of cases within one change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from fwanalysis.domain.cases import Alias, Case, Level, folded
from fwanalysis.domain.ids import new_id
from fwanalysis.errors import InvalidInput
from fwanalysis.store.queries import cases as queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fwanalysis.store.reading import Reading


class Verbs(Protocol):
    """The methods of a change that editing of cases uses; a dry run has them too."""

    @property
    def connection(self) -> Reading:
        """The connection to read the current state from."""

    def add(self, *values: object) -> None:
        """Add new values."""

    def replace(self, value: Any) -> None:
        """Replace the value with the same id."""

    def remove(self, *values: Any) -> None:
        """Remove values."""


class DryRun:
    """A change that writes nothing, for dry runs."""

    def __init__(self, connection: Reading) -> None:
        self.connection = connection

    def add(self, *values: object) -> None:
        """Do nothing."""

    def replace(self, value: Any) -> None:
        """Do nothing."""

    def remove(self, *values: Any) -> None:
        """Do nothing."""


class CaseNames:
    """The cases and aliases within one change, by name.

    Attributes:
        unstated: Ids of new cases whose level was not stated.
        made: Names of the cases created.
        changed: Names of the cases changed.
    """

    def __init__(self, changes: Verbs) -> None:
        self._changes = changes
        self._cases = {case.id: case for case in queries.cases(changes.connection)}
        self._aliases = {folded(alias.name): alias for alias in queries.aliases(changes.connection)}
        self._named = {folded(case.name): case.id for case in self._cases.values()}
        self.unstated: set[str] = set()
        self.made: list[str] = []
        self.changed: set[str] = set()

    def continue_with(self, changes: Verbs) -> None:
        """Continue with another change, keeping the state."""
        self._changes = changes

    def add_known(self, cases: Iterable[Case]) -> None:
        """Add cases that were created elsewhere in the same change."""
        for case in cases:
            self._keep(case)

    @property
    def cases(self) -> Sequence[Case]:
        """All cases."""
        return list(self._cases.values())

    @property
    def aliases(self) -> Sequence[Alias]:
        """All aliases."""
        return list(self._aliases.values())

    def find(self, name: str) -> Case | None:
        """Return the case with a name, alias or id (in this order), or None."""
        alias = self._aliases.get(folded(name))
        return self._cases.get(self._named.get(folded(name)) or (alias.case_id if alias else name))

    def case(self, name: str, level: Level | None) -> Case:
        """Return the case with a name, creating it if there is none.

        Args:
            name: A name, alias or id.
            level: The level to give it; None leaves it unchanged (a new case is a person).

        Raises:
            InvalidInput: If the name is empty.
        """
        known = self.find(name)
        if known is not None:
            return known if level is None else self.set_level(known, level)
        name = " ".join(name.split())
        if not name:
            raise InvalidInput("A case needs a name.")
        made = Case(new_id(), name, level or Level.PERSON)
        self._changes.add(made)
        self._keep(made)
        self.made.append(name)
        if level is None:
            self.unstated.add(made.id)
        return made

    def set_level(self, case: Case, level: Level) -> Case:
        """Set the level of a case."""
        self.unstated.discard(case.id)
        return self._keep(replace(case, level=level), before=case)

    def rename(self, case: Case, name: str) -> Case:
        """Rename a case; an alias of it that equals the new name is removed.

        Raises:
            InvalidInput: If the name is empty or belongs to another case.
        """
        name = " ".join(name.split())
        known = self.find(name)
        if not name or (known is not None and known.id != case.id):
            raise InvalidInput(f"A case cannot be renamed to “{name}”: that name is taken or empty.")
        if folded(name) in self._aliases:
            self._changes.remove(self._aliases.pop(folded(name)))
        del self._named[folded(case.name)]
        return self._keep(replace(case, name=name), before=case)

    def alias(self, case: Case, name: str) -> None:
        """Add an alias to a case, unless it already has this name or alias.

        Raises:
            InvalidInput: If the alias is empty or belongs to another case.
        """
        name = " ".join(name.split())
        if not name:
            raise InvalidInput(f"An alias of {case.name} cannot be empty.")
        known = self.find(name)
        if known is not None and known.id != case.id:
            how = "a case of its own" if folded(known.name) == folded(name) else f"an alias of {known.name}"
            raise InvalidInput(f"“{name}” cannot be an alias of {case.name}: it is {how}.")
        if known is None:
            made = Alias(new_id(), case.id, name)
            self._changes.add(made)
            self._aliases[folded(name)] = made
            self.changed.add(case.name)

    def remove_alias(self, case: Case, name: str) -> None:
        """Remove an alias of a case.

        Raises:
            InvalidInput: If the case does not have it.
        """
        alias = self._aliases.get(folded(name))
        if alias is None or alias.case_id != case.id:
            has = ", ".join(item.name for item in self._aliases.values() if item.case_id == case.id) or "none"
            raise InvalidInput(f"{case.name} has no alias “{name}”; it has: {has}.")
        self._changes.remove(self._aliases.pop(folded(name)))
        self.changed.add(case.name)

    def of_id(self, case_id: str) -> Case:
        """Return the case with an id, which must exist."""
        return self._cases[case_id]

    def _keep(self, case: Case, *, before: Case | None = None) -> Case:
        if before is not None and before != case:
            self._changes.replace(case)
            self.changed.discard(before.name)
            self.changed.add(case.name)
        self._cases[case.id] = case
        self._named[folded(case.name)] = case.id
        return case

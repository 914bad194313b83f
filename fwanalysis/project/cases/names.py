"""The names of cases within one change: which case a name or alias means, and the verbs that make, name and rename
cases."""

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
    """What the editor needs of a change, or of a rehearsal of one."""

    @property
    def connection(self) -> Reading:
        """For reading what stands."""

    def add(self, *values: object) -> None:
        """Add new values."""

    def replace(self, value: Any) -> None:
        """Put a value in the place of the one with its id."""

    def remove(self, *values: Any) -> None:
        """Remove values."""


class DryRun:
    """Takes the verbs of a change and writes nothing: what a dry run changes."""

    def __init__(self, connection: Reading) -> None:
        self.connection = connection

    def add(self, *values: object) -> None:
        """Nothing is added."""

    def replace(self, value: Any) -> None:
        """Nothing is replaced."""

    def remove(self, *values: Any) -> None:
        """Nothing is removed."""


class CaseNames:
    """The cases as they stand in a change, by name; *made* and *changed* are the names of those that it touched."""

    def __init__(self, changes: Verbs) -> None:
        self._changes = changes
        self._cases = {case.id: case for case in queries.cases(changes.connection)}
        self._aliases = {folded(alias.name): alias for alias in queries.aliases(changes.connection)}
        self._named = {folded(case.name): case.id for case in self._cases.values()}
        self.unstated: set[str] = set()
        self.made: list[str] = []
        self.changed: set[str] = set()

    def continue_with(self, changes: Verbs) -> None:
        """Go on with another change, all that was made before being kept."""
        self._changes = changes

    def add_known(self, cases: Iterable[Case]) -> None:
        """Take note of cases that were made beside this."""
        for case in cases:
            self._keep(case)

    @property
    def cases(self) -> Sequence[Case]:
        """The cases as they stand."""
        return list(self._cases.values())

    @property
    def aliases(self) -> Sequence[Alias]:
        """The aliases as they stand."""
        return list(self._aliases.values())

    def find(self, name: str) -> Case | None:
        """The case of a name, else of an alias, else of an id; None if there is none."""
        alias = self._aliases.get(folded(name))
        return self._cases.get(self._named.get(folded(name)) or (alias.case_id if alias else name))

    def case(self, name: str, level: Level | None) -> Case:
        """The case of a name, made if there is none; a *level* that is given is its level from now on."""
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
        """Give a case a level."""
        self.unstated.discard(case.id)
        return self._keep(replace(case, level=level), before=case)

    def rename(self, case: Case, name: str) -> Case:
        """Give a case another name, which may be an alias of its own; InvalidInput if that is taken or empty."""
        name = " ".join(name.split())
        known = self.find(name)
        if not name or (known is not None and known.id != case.id):
            raise InvalidInput(f"A case cannot be renamed to “{name}”: that name is taken or empty.")
        if folded(name) in self._aliases:
            self._changes.remove(self._aliases.pop(folded(name)))
        del self._named[folded(case.name)]
        return self._keep(replace(case, name=name), before=case)

    def alias(self, case: Case, name: str) -> None:
        """Give a case another name; one that it has already is let be. InvalidInput if another case has it."""
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
        """Take an alias away; InvalidInput if the case does not have it."""
        alias = self._aliases.get(folded(name))
        if alias is None or alias.case_id != case.id:
            has = ", ".join(item.name for item in self._aliases.values() if item.case_id == case.id) or "none"
            raise InvalidInput(f"{case.name} has no alias “{name}”; it has: {has}.")
        self._changes.remove(self._aliases.pop(folded(name)))
        self.changed.add(case.name)

    def of_id(self, case_id: str) -> Case:
        """The case of an id that exists."""
        return self._cases[case_id]

    def _keep(self, case: Case, *, before: Case | None = None) -> Case:
        if before is not None and before != case:
            self._changes.replace(case)
            self.changed.discard(before.name)
            self.changed.add(case.name)
        self._cases[case.id] = case
        self._named[folded(case.name)] = case.id
        return case

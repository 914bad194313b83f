"""Cases within one change: what stands, what is new, and the verbs that keep both in step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import (
    UNKNOWN,
    Attribute,
    AttributeValue,
    Case,
    Level,
    Membership,
    canonical,
    infer_type,
)
from fwanalysis.domain.ids import new_id
from fwanalysis.errors import InvalidInput
from fwanalysis.store.queries import cases as queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.store.changes import Changes


class CaseEditor:
    """One change to cases: what stands, what is new, and the verbs that keep both in step."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        connection = changes.connection
        self.cases = queries.cases(connection)
        self._attributes = {attribute.name.casefold(): attribute for attribute in queries.attributes(connection)}
        self._values = {(value.case_id, value.attribute_id): value for value in queries.attribute_values(connection)}
        self._memberships = {(item.member_id, item.whole_id): item for item in queries.memberships(connection)}
        self.made: list[str] = []
        self.changed: set[str] = set()
        self._unstated: set[str] = set()
        self.new: list[str] = []

    def case(self, name: str, level: Level | None) -> Case:
        """The case of a name, made if there is none; a *level* that is given is its level from now on."""
        name = " ".join(name.split())
        if not name:
            raise InvalidInput("A case needs a name.")
        for index, known in enumerate(self.cases):
            if name in (known.name, known.id) or name.casefold() == known.name.casefold():
                if level not in (None, known.level):
                    known = replace(known, level=level)
                    self._changes.replace(known)
                    self.cases[index] = known
                    self.changed.add(known.name)
                return known
        made = Case(new_id(), name, level or Level.PERSON)
        self._changes.add(made)
        self.cases.append(made)
        self.made.append(name)
        if level is None:
            self._unstated.add(name)
        return made

    def rename(self, case: Case, name: str) -> Case:
        """Give a case another name; InvalidInput if that is taken or empty."""
        name = " ".join(name.split())
        if any(other.name.casefold() == name.casefold() and other.id != case.id for other in self.cases) or not name:
            raise InvalidInput(f"A case cannot be renamed to “{name}”: that name is taken or empty.")
        renamed = replace(case, name=name)
        self._changes.replace(renamed)
        return renamed

    def give(self, case: Case, name: str, value: str, *, sample: Sequence[str]) -> None:
        """Give a case an attribute, whose type is inferred from *sample* if it is new; an unknown value takes it
        away."""
        attribute = self._attribute(name, sample)
        known = self._values.get((case.id, attribute.id))
        if value.strip().lower() in UNKNOWN:
            if known:
                self._changes.remove(known)
                del self._values[case.id, attribute.id]
                self.changed.add(case.name)
            return
        stated = canonical(value, attribute.type, attribute.name)
        if known is None:
            known = AttributeValue(new_id(), case.id, attribute.id, stated)
            self._changes.add(known)
        elif known.value != stated:
            known = replace(known, value=stated)
            self._changes.replace(known)
        else:
            return
        self._values[case.id, attribute.id] = known
        self.changed.add(case.name)

    def give_new(self, case: Case, name: str, value: str) -> str | None:
        """Give a case an attribute that it does not have; returns a doubt, changing nothing, if it has another value
        already or the value does not fit the attribute's type."""
        try:
            known = self._values.get((case.id, self._attribute(name, [value]).id))
            if known is None:
                self.give(case, name, value, sample=[value])
                return None
        except InvalidInput as error:
            return f"{error} It was left out."
        if known.value.casefold() == value.strip().casefold():
            return None
        return f"{case.name} has “{known.value}” as {name} in this project and “{value}” in this file; it was left so."

    def join_named(self, case: Case, name: str, level: Level) -> None:
        """Make a case a member of the site (group) of a name, in the place of the one before; an unknown name changes
        nothing."""
        if name.lower() in UNKNOWN:
            return
        whole = self.case(name, None)
        if whole.name in self._unstated:
            whole = self.case(name, level)
            self._unstated.remove(whole.name)
        if whole.level is not level:
            raise InvalidInput(
                f"{whole.name} is a {whole.level} in this project, so it cannot be the {level} of {case.name}."
            )
        if case.id != whole.id:
            self.join(case, whole, instead=True)

    def join(self, case: Case, whole: Case, *, instead: bool = False) -> None:
        """Make a case a member of a group or site, in the place of others of that level if *instead*."""
        if case.id == whole.id:
            raise InvalidInput(f"{case.name} cannot be a member of itself.")
        if instead:
            levels = {other.id: other.level for other in self.cases}
            for member_id, whole_id in list(self._memberships):
                if member_id == case.id and levels[whole_id] is whole.level and whole_id != whole.id:
                    self._changes.remove(self._memberships.pop((member_id, whole_id)))
        if (case.id, whole.id) not in self._memberships:
            membership = Membership(new_id(), case.id, whole.id)
            self._changes.add(membership)
            self._memberships[case.id, whole.id] = membership

    def leave(self, case: Case, whole: Case) -> None:
        """Take a case out of a group or site."""
        membership = self._memberships.pop((case.id, whole.id), None)
        if membership is None:
            raise InvalidInput(f"{case.name} is not a member of {whole.name}.")
        self._changes.remove(membership)

    def _attribute(self, name: str, sample: Sequence[str]) -> Attribute:
        name = " ".join(name.split())
        if not name or name.casefold() in ("case", "level"):
            raise InvalidInput(f"An attribute cannot be called “{name}”.")
        known = self._attributes.get(name.casefold())
        if known is None:
            known = Attribute(new_id(), name, infer_type(sample), len(self._attributes))
            self._changes.add(known)
            self._attributes[name.casefold()] = known
            self.new.append(name)
        return known

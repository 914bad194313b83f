"""Cases within one change: what stands, what is new, and the verbs that keep both in step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import (
    Attribute,
    AttributeValue,
    Case,
    Level,
    Membership,
    canonical,
    folded,
    infer_type,
    is_unknown,
)
from fwanalysis.domain.ids import new_id
from fwanalysis.errors import InvalidInput
from fwanalysis.project.cases.names import CaseNames
from fwanalysis.store.queries import cases as queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fwanalysis.domain.cases import AttributeType
    from fwanalysis.project.cases.names import Verbs


PARENT_LEVELS = {Level.SITE.value: Level.SITE, Level.GROUP.value: Level.GROUP}
"""The attributes that also make a case a member."""


class CaseEditor:
    """One change to cases: what stands, what is new, and the verbs that keep both in step."""

    def __init__(self, changes: Verbs) -> None:
        self._changes = changes
        connection = changes.connection
        self.names = CaseNames(changes)
        self._attributes = {folded(attribute.name): attribute for attribute in queries.attributes(connection)}
        self._values = {(value.case_id, value.attribute_id): value for value in queries.attribute_values(connection)}
        self._memberships = {(item.member_id, item.whole_id): item for item in queries.memberships(connection)}
        self.new: list[str] = []

    def continue_with(self, changes: Verbs) -> None:
        """Go on with another change, all that was made before being kept."""
        self._changes = changes
        self.names.continue_with(changes)

    def add_known(self, cases: Iterable[Case], memberships: Iterable[Membership]) -> None:
        """Take note of cases and memberships that were made beside this."""
        self.names.add_known(cases)
        self._memberships |= {(item.member_id, item.whole_id): item for item in memberships}

    def known_attribute(self, name: str) -> Attribute | None:
        """Return the attribute of a name, or None if there is none yet."""
        return self._attributes.get(folded(name))

    def attribute(self, name: str, sample: Sequence[str], kind: AttributeType | None = None) -> Attribute:
        """Return the attribute of a name, made if there is none, with type *kind* or the one inferred from *sample*."""
        name = " ".join(name.split())
        if not name or folded(name) in ("case", "level"):
            raise InvalidInput(f"An attribute cannot be called “{name}”.")
        known = self._attributes.get(folded(name))
        if known is None:
            known = Attribute(new_id(), name, kind or infer_type(sample), len(self._attributes))
            self._changes.add(known)
            self._attributes[folded(name)] = known
            self.new.append(name)
        return known

    def value(self, case: Case, attribute: Attribute) -> str | None:
        """What an attribute is for a case, if it is known."""
        known = self._values.get((case.id, attribute.id))
        return known.value if known else None

    def values(self, attribute: Attribute) -> dict[str, str]:
        """The known values of an attribute by case id."""
        return {case_id: value.value for (case_id, at), value in self._values.items() if at == attribute.id}

    def give(self, case: Case, name: str, value: str, *, sample: Sequence[str]) -> None:
        """Give a case an attribute, whose type is inferred from *sample* if it is new; an unknown value takes it
        away."""
        attribute = self.attribute(name, sample)
        known = self._values.get((case.id, attribute.id))
        if is_unknown(value):
            if known:
                self._changes.remove(known)
                del self._values[case.id, attribute.id]
                self.names.changed.add(case.name)
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
        self.names.changed.add(case.name)

    def give_new(self, case: Case, name: str, value: str) -> str | None:
        """Give a case an attribute that it does not have; returns a doubt, changing nothing, if it has another value
        already or the value does not fit the attribute's type."""
        try:
            known = self.value(case, self.attribute(name, [value]))
            if known is None:
                self.give(case, name, value, sample=[value])
                return None
        except InvalidInput as error:
            return f"{error} It was left out."
        if folded(known) == folded(value):
            return None
        return f"{case.name} has “{known}” as {name} in this project and “{value}” in this file; it was left so."

    def give_stated(self, case: Case, name: str, value: str) -> str | None:
        """As ``give_new`` for what a file states of its own case; a site (group) that it names also has it as a
        member, unless that contradicts the project."""
        level = PARENT_LEVELS.get(folded(name))
        if level is None or is_unknown(value):
            return self.give_new(case, name, value)
        meant = self.names.find(value)
        others = [] if level is Level.GROUP else [whole for whole in self.parents(case, level) if whole != meant]
        if others:
            return (
                f"{case.name} belongs to the site {others[0].name} in this project, and in this file to “{value}”; it "
                "was left so."
            )
        doubt = self.give_new(case, name, meant.name if meant else value)
        if doubt or meant == case:
            return doubt
        try:
            self.join(case, self.whole(value, level, case))
        except InvalidInput as error:
            return f"{error} It was kept as an attribute only."
        return None

    @property
    def members(self) -> set[tuple[str, str]]:
        """Who is a direct member of what: the ids of both."""
        return set(self._memberships)

    def parents(self, case: Case, level: Level) -> Sequence[Case]:
        """The groups (sites) that a case is a direct member of."""
        ids = [whole_id for member_id, whole_id in self._memberships if member_id == case.id]
        return [self.names.of_id(whole_id) for whole_id in ids if self.names.of_id(whole_id).level is level]

    def whole(self, name: str, level: Level, member: Case) -> Case:
        """The site (group) of a name that *member* is to belong to, made if there is none; InvalidInput if the name is
        that of a case of another level."""
        whole = self.names.case(name, None)
        if whole.id in self.names.unstated:
            whole = self.names.set_level(whole, level)
        if whole.level is not level:
            raise InvalidInput(
                f"{whole.name} is a {whole.level} in this project, so it cannot be the {level} of {member.name}."
            )
        return whole

    def join(self, case: Case, whole: Case) -> None:
        """Make a case a member of a group or site."""
        if case.id == whole.id:
            raise InvalidInput(f"{case.name} cannot be a member of itself.")
        if (case.id, whole.id) not in self._memberships:
            membership = Membership(new_id(), case.id, whole.id)
            self._changes.add(membership)
            self._memberships[case.id, whole.id] = membership
            self.names.changed.add(case.name)

    def leave(self, case: Case, whole: Case) -> None:
        """Take a case out of a group or site."""
        membership = self._memberships.pop((case.id, whole.id), None)
        if membership is None:
            raise InvalidInput(f"{case.name} is not a member of {whole.name}.")
        self._changes.remove(membership)
        self.names.changed.add(case.name)

"""Editing of cases within one change, with attributes and memberships."""

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
"""Attributes whose value is also a group or site that the case becomes a member of, by folded name."""


class CaseEditor:
    """Cases, attributes and memberships within one change.

    Keeps the state in memory in step with the values written, so each method sees the effect of the earlier ones.

    Attributes:
        names: The cases and their names.
        new: Names of the attributes created.
    """

    def __init__(self, changes: Verbs) -> None:
        self._changes = changes
        connection = changes.connection
        self.names = CaseNames(changes)
        self._attributes = {folded(attribute.name): attribute for attribute in queries.attributes(connection)}
        self._values = {(value.case_id, value.attribute_id): value for value in queries.attribute_values(connection)}
        self._memberships = {(item.member_id, item.whole_id): item for item in queries.memberships(connection)}
        self.new: list[str] = []

    def continue_with(self, changes: Verbs) -> None:
        """Continue with another change, keeping the state."""
        self._changes = changes
        self.names.continue_with(changes)

    def add_known(self, cases: Iterable[Case], memberships: Iterable[Membership]) -> None:
        """Add cases and memberships that were created elsewhere in the same change."""
        self.names.add_known(cases)
        self._memberships |= {(item.member_id, item.whole_id): item for item in memberships}

    def known_attribute(self, name: str) -> Attribute | None:
        """Return the attribute with a name, or None."""
        return self._attributes.get(folded(name))

    def attribute(self, name: str, sample: Sequence[str], kind: AttributeType | None = None) -> Attribute:
        """Return the attribute with a name, creating it if there is none.

        Args:
            name: The name.
            sample: Values to infer the type of a new attribute from.
            kind: The type of a new attribute; None to infer it.

        Raises:
            InvalidInput: If the name is empty or reserved.
        """
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
        """Return the value of an attribute for a case, or None if it is unknown."""
        known = self._values.get((case.id, attribute.id))
        return known.value if known else None

    def values(self, attribute: Attribute) -> dict[str, str]:
        """Return the known values of an attribute, by case id."""
        return {case_id: value.value for (case_id, at), value in self._values.items() if at == attribute.id}

    def give(self, case: Case, name: str, value: str, *, sample: Sequence[str]) -> None:
        """Set an attribute of a case, creating the attribute if there is none.

        Args:
            case: The case.
            name: Name of the attribute.
            value: The value; an unknown value (see ``is_unknown``) removes the present one.
            sample: Values to infer the type of a new attribute from.

        Raises:
            InvalidInput: If the value does not fit the type.
        """
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
        """Set an attribute of a case that has no value for it.

        Returns:
            None if the case now has the value; else a warning, and nothing has changed, because the case has another
            value or the value does not fit the type.
        """
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
        """Set an attribute that a file states for its own case.

        A site or group also gets the case as a member, unless that contradicts the project.

        Returns:
            A warning, or None, as for ``give_new``.
        """
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
        warning = self.give_new(case, name, meant.name if meant else value)
        if warning or meant == case:
            return warning
        try:
            self.join(case, self.whole(value, level, case))
        except InvalidInput as error:
            return f"{error} It was kept as an attribute only."
        return None

    @property
    def members(self) -> set[tuple[str, str]]:
        """The direct memberships, as pairs of ids: the member, and the group or site."""
        return set(self._memberships)

    def parents(self, case: Case, level: Level) -> Sequence[Case]:
        """Return the groups or sites (by *level*) that a case is a direct member of."""
        ids = [whole_id for member_id, whole_id in self._memberships if member_id == case.id]
        return [self.names.of_id(whole_id) for whole_id in ids if self.names.of_id(whole_id).level is level]

    def whole(self, name: str, level: Level, member: Case) -> Case:
        """Return the group or site with a name, creating it if there is none.

        Args:
            name: Its name.
            level: Group or site.
            member: The case that is to become a member, named in the error message.

        Raises:
            InvalidInput: If the case with this name has another level.
        """
        whole = self.names.case(name, None)
        if whole.id in self.names.unstated:
            whole = self.names.set_level(whole, level)
        if whole.level is not level:
            raise InvalidInput(
                f"{whole.name} is a {whole.level} in this project, so it cannot be the {level} of {member.name}."
            )
        return whole

    def join(self, case: Case, whole: Case) -> None:
        """Make a case a member of a group or site.

        Raises:
            InvalidInput: If both are the same case.
        """
        if case.id == whole.id:
            raise InvalidInput(f"{case.name} cannot be a member of itself.")
        if (case.id, whole.id) not in self._memberships:
            membership = Membership(new_id(), case.id, whole.id)
            self._changes.add(membership)
            self._memberships[case.id, whole.id] = membership
            self.names.changed.add(case.name)

    def leave(self, case: Case, whole: Case) -> None:
        """Remove a case from a group or site.

        Raises:
            InvalidInput: If it is not a member.
        """
        membership = self._memberships.pop((case.id, whole.id), None)
        if membership is None:
            raise InvalidInput(f"{case.name} is not a member of {whole.name}.")
        self._changes.remove(membership)
        self.names.changed.add(case.name)

"""Cases, memberships and source names of the project and the current import.

Linking labels to cases is in ``case_linking``; storing is in ``run``.
"""

from __future__ import annotations

from collections import ChainMap
from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import Case, Level, Membership, bare, folded
from fwanalysis.domain.ids import new_id
from fwanalysis.domain.importing import Notice
from fwanalysis.store.queries import cases as case_queries
from fwanalysis.store.queries import sources as source_queries

if TYPE_CHECKING:
    from collections.abc import Iterable, MutableMapping

    from fwanalysis.domain.sources import Source, Speaker
    from fwanalysis.project.cases.editor import CaseEditor
    from fwanalysis.store.reading import Reading


class Existing:
    """Existing cases by name or alias, memberships and source names.

    Also creates missing cases. An import has one instance and forks it for each source, so a source that cannot be
    built leaves no trace.

    Attributes:
        cases: Cases by folded name and alias.
        members: Pairs of ids: the member, and the group or site that it belongs to.
        source_names: Names that are taken.
        made: Cases created since the fork.
        raised: Persons changed to groups since the fork.
        warnings: Warnings about the cases created since the fork.
    """

    def __init__(self, connection: Reading) -> None:
        by_id = {case.id: case for case in case_queries.cases(connection)}
        self.cases: MutableMapping[str, Case] = {
            folded(alias.name): by_id[alias.case_id] for alias in case_queries.aliases(connection)
        }
        self.cases |= {folded(case.name): case for case in by_id.values()}
        self._alike: MutableMapping[str, Case] = {bare(name): case for name, case in self.cases.items()}
        self.members = {(item.member_id, item.whole_id) for item in case_queries.memberships(connection)}
        self.source_names = {item.name for item in source_queries.sources(connection)}
        self._idle = set(case_queries.idle_persons(connection))
        self._may_make = True
        self._start()

    def _start(self) -> None:
        self.made: list[Case] = []
        self.raised: list[Case] = []
        self.warnings: list[Notice] = []

    def fork(self, *, may_make: bool = True) -> Existing:
        """Return a copy whose additions do not change this instance.

        Args:
            may_make: Whether the copy may create cases.
        """
        fork = object.__new__(Existing)
        fork.cases, fork._alike = ChainMap({}, self.cases), self._alike
        fork.members, fork.source_names, fork._idle = self.members, self.source_names, self._idle
        fork._may_make = may_make
        fork._start()
        return fork

    def known(self, name: str) -> Case | None:
        """Return the case with a name or alias, or None."""
        return self.cases.get(folded(name))

    def named(self, name: str, level: Level) -> Case | None:
        """Return the case with a name, creating it if there is none.

        Args:
            name: A name or alias.
            level: The level for a new case. An existing person that nothing in the project shows to be one becomes a
                group if the level is a group.

        Returns:
            The case; None if it is missing and may not be created.

        Notes:
            A new name that differs from an existing one only in zeros, punctuation or spaces causes a warning.
        """
        case = self.known(name)
        if case is None:
            return self._make(name, level) if self._may_make else None
        if level is Level.GROUP and case.id in self._idle and self._may_make:  # listed in a table, without a level
            case = self.cases[folded(name)] = replace(case, level=level)
            self.raised.append(case)
        return case

    def _make(self, name: str, level: Level) -> Case:
        alike = self._alike.get(bare(name))
        if alike is not None:
            self.warnings.append(
                Notice(
                    f"The case “{name}” is new, but similar to “{alike.name}”; if they are the same, make “{name}” "
                    "an alias of it."
                )
            )
        case = self.cases[folded(name)] = Case(new_id(), name, level)
        self.made.append(case)
        return case

    def has_turns(self, case: Case) -> bool:
        """Return whether the data of the project show that a case speaks."""
        return case not in self.made and case.id not in self._idle

    def new_members(self, source_group: Case | None, speakers: Iterable[Speaker]) -> tuple[Membership, ...]:
        """Return the missing memberships of a focus group.

        Args:
            source_group: The group; None gives no memberships.
            speakers: The speakers of the source.
        """
        if source_group is None:
            return ()
        members = {speaker.case_id for speaker in speakers if speaker.case_id} - {source_group.id}
        new = sorted(member_id for member_id in members if (member_id, source_group.id) not in self.members)
        return tuple(Membership(new_id(), member_id, source_group.id) for member_id in new)

    def take(
        self, source: Source, speakers: Iterable[Speaker], cases: Iterable[Case], memberships: Iterable[Membership]
    ) -> None:
        """Add an imported source; *cases* are those that it created or changed."""
        for case in cases:
            self.take_case(case)
        self._idle -= {source.case_id or "", *(speaker.case_id or "" for speaker in speakers)}
        self.members |= {(item.member_id, item.whole_id) for item in memberships}
        self.source_names.add(source.name)

    def take_edits(self, editor: CaseEditor) -> None:
        """Add the cases and memberships that an editor has created since the last call."""
        for name in editor.names.made:
            if case := editor.names.find(name):
                self.take_case(case)
        editor.names.made.clear()
        self.members |= editor.members

    def take_case(self, case: Case) -> None:
        """Add a case."""
        self.cases[folded(case.name)] = self._alike[bare(case.name)] = case

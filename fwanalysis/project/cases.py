"""Cases: their levels, attributes and members, and the tables they are imported from."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import (
    UNKNOWN,
    Attribute,
    AttributeValue,
    Case,
    CaseView,
    Level,
    Membership,
    canonical,
    infer_type,
    natural_key,
)
from fwanalysis.domain.ids import new_id
from fwanalysis.domain.sources import Role
from fwanalysis.errors import InvalidInput
from fwanalysis.project.context import Context, find, find_case
from fwanalysis.store.queries import cases as queries
from fwanalysis.store.queries import sources as source_queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from fwanalysis.store.changes import Changes


@dataclass(frozen=True, slots=True)
class CasesReport:
    """What an import of a table of cases did: cases made, cases whose record it changed, and attributes made."""

    made: tuple[str, ...]
    changed: tuple[str, ...]
    attributes: tuple[str, ...]


class Cases:
    """The units of comparison of a project."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(self, *, level: Level | None = None, where: Iterable[tuple[str, str]] = ()) -> Sequence[CaseView]:
        """The cases (of a level, with these attribute values) in natural order of names, level by level."""
        conditions = list(where)
        with self._context.store.read() as connection:
            known = {attribute.name.casefold() for attribute in queries.attributes(connection)}
            views = _views(connection)
        for name, _ in conditions:
            if name.casefold() not in known:
                raise InvalidInput(f"No attribute is called “{name}”; there are: {', '.join(sorted(known)) or 'none'}.")
        return [
            view
            for view in views
            if level in (None, view.level)
            and all(_value(view, name).casefold() == value.casefold() for name, value in conditions)
        ]

    def show(self, name: str) -> CaseView:
        """One case."""
        with self._context.store.read() as connection:
            views = _views(connection)
        return find(name, views, what="case", named=lambda view: view.name, id_of=lambda view: view.id)

    def get(self, name: str) -> Case:
        """The case of a name or an id."""
        with self._context.store.read() as connection:
            return find_case(name, queries.cases(connection))

    def attributes(self) -> Sequence[str]:
        """The names of the attributes in their order."""
        with self._context.store.read() as connection:
            return [attribute.name for attribute in queries.attributes(connection)]

    def set(
        self,
        name: str,
        *,
        level: Level | None = None,
        attributes: Mapping[str, str] | None = None,
        rename: str | None = None,
    ) -> Case:
        """Change a case, or make it if there is none of this name; an empty value makes an attribute unknown.

        InvalidInput for a value that does not fit the attribute's type, or a new name that is taken.
        """
        with self._context.change("case.set", f"set case {name}") as changes:
            editor = _Editor(changes)
            case = editor.case(name, level)
            if rename is not None:
                case = editor.rename(case, rename)
            for attribute, value in (attributes or {}).items():
                editor.give(case, attribute, value, sample=[value])
            return case

    def members(self, whole: str, *, add: Iterable[str] = (), remove: Iterable[str] = ()) -> Sequence[CaseView]:
        """The members of a group or site, after adding and removing some."""
        added, removed = list(add), list(remove)
        if added or removed:
            with self._context.change("case.members", f"change the members of {whole}") as changes:
                editor = _Editor(changes)
                target = find_case(whole, editor.cases)
                if target.level is Level.PERSON:
                    raise InvalidInput(f"{target.name} is a person; only a group or a site has members.")
                for name in added:
                    editor.join(find_case(name, editor.cases), target)
                for name in removed:
                    editor.leave(find_case(name, editor.cases), target)
        view = self.show(whole)
        with self._context.store.read() as connection:
            return [member for member in _views(connection) if member.name in view.members]

    def import_file(self, path: str | Path) -> CasesReport:
        """Take cases and attributes from a table with a column ``case``: cases are matched by name, made where missing,
        and their attributes changed to what the table states; a cell that is empty or says unknown changes nothing.

        A column ``site`` (or ``group``) also makes the case a member of the site (group) it names. All or nothing, one
        step of undo. InvalidInput names the line and column of what cannot be used.
        """
        from fwanalysis.formats.cases import read_cases

        file = Path(path)
        try:
            table = read_cases(file.name, file.read_bytes())
        except OSError as error:
            raise InvalidInput(f"{file} cannot be read: {error.strerror}.") from None
        with self._context.change("case.import", f"import cases from {file.name}") as changes:
            editor = _Editor(changes)
            samples = [[row.values[at] for row in table.rows] for at in range(len(table.header))]
            for row in table.rows:
                with _naming_the_line(file.name, row.line):
                    case = editor.case(row.case, row.level)
                    for at, name in enumerate(table.header):
                        if row.values[at].lower() not in UNKNOWN:
                            editor.give(case, name, row.values[at], sample=samples[at])
            for level in (Level.SITE, Level.GROUP):
                for row in table.rows if level in table.header else ():
                    with _naming_the_line(file.name, row.line):
                        editor.join_named(editor.case(row.case, None), row.values[table.header.index(level)], level)
            return CasesReport(tuple(editor.made), tuple(sorted(editor.changed - set(editor.made))), tuple(editor.new))


@contextmanager
def _naming_the_line(filename: str, line: int) -> Iterator[None]:
    try:
        yield
    except InvalidInput as error:
        raise InvalidInput(f"{filename}, line {line}: {error}") from None


class _Editor:
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
        name = " ".join(name.split())
        if any(other.name.casefold() == name.casefold() and other.id != case.id for other in self.cases) or not name:
            raise InvalidInput(f"A case cannot be renamed to “{name}”: that name is taken or empty.")
        renamed = replace(case, name=name)
        self._changes.replace(renamed)
        return renamed

    def give(self, case: Case, name: str, value: str, *, sample: Sequence[str]) -> None:
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


def _value(view: CaseView, name: str) -> str:
    return next((value for key, value in view.attributes.items() if key.casefold() == name.casefold()), "")


def _views(connection: Connection) -> list[CaseView]:
    cases = queries.cases(connection)
    names = {case.id: case.name for case in cases}
    values = queries.values_by_case(connection)
    above: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    for membership in queries.memberships(connection):
        above.setdefault(membership.member_id, []).append(names[membership.whole_id])
        below.setdefault(membership.whole_id, []).append(names[membership.member_id])
    spoken: dict[str, set[str]] = {}
    source_names = {}
    for source in source_queries.sources(connection):
        source_names[source.id] = source.name
        if source.case_id:
            spoken.setdefault(source.case_id, set()).add(source.name)
    for speaker in source_queries.speakers(connection):
        if speaker.case_id and speaker.role is Role.PARTICIPANT:
            spoken.setdefault(speaker.case_id, set()).add(source_names[speaker.source_id])
    levels = list(Level)
    return [
        CaseView(
            id=case.id,
            name=case.name,
            level=case.level,
            attributes=values.get(case.id, {}),
            member_of=tuple(sorted(above.get(case.id, ()), key=natural_key)),
            members=tuple(sorted(below.get(case.id, ()), key=natural_key)),
            sources=tuple(sorted(spoken.get(case.id, ()), key=natural_key)),
        )
        for case in sorted(cases, key=lambda case: (levels.index(case.level), natural_key(case.name)))
    ]

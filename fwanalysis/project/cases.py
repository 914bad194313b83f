"""Cases: their levels, attributes and members, and the tables they are imported from."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import (
    UNKNOWN,
    Case,
    CaseView,
    Level,
    natural_key,
)
from fwanalysis.domain.sources import Role
from fwanalysis.errors import InvalidInput
from fwanalysis.project.case_editor import CaseEditor
from fwanalysis.project.context import Context, find, find_case
from fwanalysis.store.queries import cases as queries
from fwanalysis.store.queries import sources as source_queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection


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
            editor = CaseEditor(changes)
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
                editor = CaseEditor(changes)
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
            editor = CaseEditor(changes)
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
    for speaker in source_queries.heard_speakers(connection):
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

"""Cases of a project: their levels, attributes, members and names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import (
    Attribute,
    AttributeType,
    AttributeView,
    Case,
    CaseView,
    Level,
    canonical,
    folded,
    has_value,
    natural_key,
)
from fwanalysis.domain.sources import Role
from fwanalysis.errors import InvalidInput, NotFound
from fwanalysis.project.cases.editor import CaseEditor
from fwanalysis.project.cases.merging import merge_cases, remove_case
from fwanalysis.project.cases.names import DryRun
from fwanalysis.project.context import Context, did_you_mean, find_case
from fwanalysis.project.input_files import read_whole
from fwanalysis.store.queries import cases as queries
from fwanalysis.store.queries import sources as source_queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fwanalysis.domain.case_reports import CasesMerged, CasesReport
    from fwanalysis.domain.cases import Alias
    from fwanalysis.store.changes import Changes
    from fwanalysis.store.reading import Reading


class Cases:
    """The cases of a project."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(self, *, level: Level | None = None, where: Iterable[tuple[str, str]] = ()) -> Sequence[CaseView]:
        """Return cases, sorted by level and then in natural order of names.

        Args:
            level: Only cases of this level.
            where: Pairs of attribute name and value; only cases that have all of them.

        Raises:
            InvalidInput: If there is no attribute with a name.
        """
        with self._context.store.read() as connection:
            known = {folded(attribute.name): attribute for attribute in queries.attributes(connection)}
            views = _views(connection)
        conditions = []
        for name, value in where:
            if folded(name) not in known:
                raise InvalidInput(f'no attribute "{name}"', hint=did_you_mean(name, sorted(known)))
            conditions.append((known[folded(name)], value))
        return [
            view
            for view in views
            if level in (None, view.level)
            and all(has_value(view.attributes.get(item.name), value, item.type) for item, value in conditions)
        ]

    def show(self, name: str) -> CaseView:
        """Return one case as lists show it.

        Raises:
            NotFound: If no case has this name, alias or id.
        """
        with self._context.store.read() as connection:
            found = find_case(name, queries.cases(connection), queries.aliases(connection))
            return next(view for view in _views(connection) if view.id == found.id)

    def get(self, name: str) -> Case:
        """Return the case with a name, alias or id.

        Raises:
            NotFound: If there is none.
        """
        with self._context.store.read() as connection:
            return find_case(name, queries.cases(connection), queries.aliases(connection))

    def is_known(self, name: str) -> bool:
        """Return whether a case has this name, alias or id."""
        with self._context.store.read() as connection:
            return _known(queries.cases(connection), queries.aliases(connection), name) is not None

    def similar(self, name: str) -> str | None:
        """Return the name or alias of a case that *name* may be a misspelling of, or None."""
        from fwanalysis.matching.fuzzy import similar

        with self._context.store.read() as connection:
            names = [case.name for case in queries.cases(connection)]
            names += [alias.name for alias in queries.aliases(connection)]
        return similar(name, names)

    def attributes(self) -> Sequence[str]:
        """Return the names of the attributes, in order."""
        with self._context.store.read() as connection:
            return [attribute.name for attribute in queries.attributes(connection)]

    def attribute_views(self) -> Sequence[AttributeView]:
        """Return the attributes, in order, as lists show them."""
        with self._context.store.read() as connection:
            values: dict[str, list[str]] = {}
            for value in queries.attribute_values(connection):
                values.setdefault(value.attribute_id, []).append(value.value)
            return [
                AttributeView(item.name, item.type, len(known), len(set(known)))
                for item in queries.attributes(connection)
                for known in [values.get(item.id, [])]
            ]

    def set_attribute_type(self, name: str, kind: AttributeType) -> Attribute:
        """Change the type of an attribute and convert its values.

        Raises:
            NotFound: If there is no such attribute.
            InvalidInput: If values do not fit the type; the message lists them.
        """
        with self._context.change("attribute.set", f"make {name} a {kind}") as changes:
            return _retype(changes, name, kind)

    def set(
        self,
        name: str,
        *,
        level: Level | None = None,
        attributes: Mapping[str, str] | None = None,
        rename: str | None = None,
        aliases: Iterable[str] = (),
        no_aliases: Iterable[str] = (),
    ) -> Case:
        """Change a case, or create it if there is none. One step of undo.

        Args:
            name: A name or alias.
            level: The level; None leaves it unchanged (a new case is a person).
            attributes: Values by attribute name; an empty value makes the attribute unknown.
            rename: A new name. The old one does not become an alias unless it is among *aliases*.
            aliases: Aliases to add.
            no_aliases: Aliases to remove.

        Raises:
            InvalidInput: If a value does not fit the type of its attribute, or a new name or alias is taken.
            NotFound: If a case to rename, or to remove an alias from, does not exist.
        """
        no_aliases = list(no_aliases)
        if rename is not None or no_aliases:
            self.get(name)
        with self._context.change("case.set", f"set case {name}") as changes:
            editor = CaseEditor(changes)
            case = editor.names.case(name, level)
            if rename is not None:
                case = editor.names.rename(case, rename)
            for alias in no_aliases:
                editor.names.remove_alias(case, alias)
            for alias in aliases:
                editor.names.alias(case, alias)
            for attribute, value in (attributes or {}).items():
                editor.give(case, attribute, value, sample=[value])
            return case

    def remove(self, name: str) -> Case:
        """Remove a case with its attributes, aliases and memberships. One step of undo.

        Raises:
            NotFound: If there is no such case.
            Conflict: If sources, speakers, members or summaries depend on it; the message names them.
        """
        with self._context.change("case.remove", f"remove case {name}") as changes:
            return remove_case(changes, name)

    def merge(self, name: str, into: str) -> CasesMerged:
        """Merge a case into another. One step of undo.

        Args:
            name: The case to remove. All its data move to the other case, and its name becomes an alias of it.
            into: The case that remains. Where both have a value of an attribute, its value is kept and reported.

        Raises:
            NotFound: If one of the cases does not exist.
            InvalidInput: If the cases are the same or have different levels.
            Conflict: If both have a summary under the same code.
        """
        with self._context.change("case.merge", f"merge case {name} into {into}") as changes:
            return merge_cases(changes, name, into)

    def members(self, whole: str, *, add: Iterable[str] = (), remove: Iterable[str] = ()) -> Sequence[CaseView]:
        """Return the members of a group or site, after adding and removing some.

        Args:
            whole: The group or site.
            add: Cases to add.
            remove: Cases to remove.

        Raises:
            NotFound: If one of the cases does not exist.
            InvalidInput: If *whole* is a person and members are to be changed, or a case to remove is not a member.
        """
        added, removed = list(add), list(remove)
        if added or removed:
            with self._context.change("case.members", f"change the members of {whole}") as changes:
                editor = CaseEditor(changes)
                cases, aliases = editor.names.cases, editor.names.aliases
                target = find_case(whole, cases, aliases)
                if target.level is Level.PERSON:
                    raise InvalidInput(f"{target.name} is a person; only a group or a site has members")
                for name in added:
                    editor.join(find_case(name, cases, aliases), target)
                for name in removed:
                    editor.leave(find_case(name, cases, aliases), target)
        view = self.show(whole)
        with self._context.store.read() as connection:
            return [member for member in _views(connection) if member.name in view.members]

    def import_file(
        self,
        path: str | Path,
        *,
        replace: bool = False,
        dry_run: bool = False,
        types: Mapping[str, AttributeType] | None = None,
    ) -> CasesReport:
        """Merge a table with a column ``case`` into the project. One step of undo.

        Cases are matched by name or alias, and missing ones are created. Values are added where the project has none. A
        cell that is empty or means "unknown" changes nothing. A column ``site`` or ``group`` also makes the case a
        member of the site or group named.

        Args:
            path: A CSV, TSV or XLSX file.
            replace: Whether values of the table replace different ones of the project; the report lists these cells in
                any case.
            dry_run: Whether to only report.
            types: Types of new attributes by column name; other types are inferred from the values (see
                ``infer_type``). The report lists all types.

        Raises:
            InvalidInput: If the table contains an error (the message names line and column), or a type names no column.
                Nothing is imported.
        """
        from fwanalysis.formats.tables.case_table import read_cases
        from fwanalysis.project.cases.table_import import import_table

        file = Path(path)
        if not file.exists():
            raise InvalidInput(f"cannot read {file}: no such file")
        table = read_cases(file.name, read_whole(file))
        if dry_run:
            with self._context.store.read() as connection:
                return import_table(
                    DryRun(connection), file.name, table, replaces=replace, types=types or {}, dry_run=True
                )
        with self._context.change("case.import", f"import cases from {file.name}") as changes:
            return import_table(changes, file.name, table, replaces=replace, types=types or {})


def _known(cases: Iterable[Case], aliases: Iterable[Alias], name: str) -> str | None:
    """Return the id of the case with a name, alias or id, or None."""
    ids = {folded(alias.name): alias.case_id for alias in aliases}
    for case in cases:
        ids |= {folded(case.name): case.id, case.id: case.id}
    return ids.get(name) or ids.get(folded(name))


def _retype(changes: Changes, name: str, kind: AttributeType) -> Attribute:
    """Change the type of an attribute and convert its values."""
    connection = changes.connection
    known = queries.attributes(connection)
    before = next((item for item in known if folded(item.name) == folded(name)), None)
    if before is None:
        listed = ", ".join(item.name for item in known) or "none"
        raise NotFound(f'no attribute "{name}"', hint=f"attributes: {listed}")
    names = {case.id: case.name for case in queries.cases(connection)}
    unfit, written = [], []
    for value in queries.attribute_values(connection):
        if value.attribute_id == before.id:
            try:
                written.append(replace(value, value=canonical(value.value, kind, before.name)))
            except InvalidInput:
                unfit.append(f"“{value.value}” ({names[value.case_id]})")
    if unfit:
        raise InvalidInput(
            f"{before.name} cannot be of type {kind}; values that do not fit: {', '.join(sorted(unfit))}"
        )
    for value in written:
        changes.replace(value)
    after = replace(before, type=kind)
    changes.replace(after)
    return after


def _views(connection: Reading) -> list[CaseView]:
    cases = queries.cases(connection)
    names = {case.id: case.name for case in cases}
    values = queries.values_by_case(connection)
    above: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    for membership in queries.memberships(connection):
        above.setdefault(membership.member_id, []).append(names[membership.whole_id])
        below.setdefault(membership.whole_id, []).append(names[membership.member_id])
    aliases_of_case: dict[str, list[str]] = {}
    for alias in queries.aliases(connection):
        aliases_of_case.setdefault(alias.case_id, []).append(alias.name)
    sources_of_case: dict[str, set[str]] = {}
    source_names = {}
    for source in source_queries.sources(connection):
        source_names[source.id] = source.name
        if source.case_id:
            sources_of_case.setdefault(source.case_id, set()).add(source.name)
    for speaker in source_queries.speaking_speakers(connection):
        if speaker.case_id and speaker.role is Role.PARTICIPANT:
            sources_of_case.setdefault(speaker.case_id, set()).add(source_names[speaker.source_id])
    levels = list(Level)
    return [
        CaseView(
            id=case.id,
            name=case.name,
            level=case.level,
            attributes=values.get(case.id, {}),
            member_of=tuple(sorted(above.get(case.id, ()), key=natural_key)),
            members=tuple(sorted(below.get(case.id, ()), key=natural_key)),
            sources=tuple(sorted(sources_of_case.get(case.id, ()), key=natural_key)),
            aliases=tuple(aliases_of_case.get(case.id, ())),
        )
        for case in sorted(cases, key=lambda case: (levels.index(case.level), natural_key(case.name)))
    ]

"""What every area of a project works with: the store, who is coding, and how things are found by name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from fwanalysis.domain.cases import folded
from fwanalysis.domain.codings import Coder
from fwanalysis.domain.ids import new_id, now
from fwanalysis.errors import Ambiguous, InvalidInput, NotFound
from fwanalysis.store.queries import codings as coding_queries
from fwanalysis.store.queries import sources as source_queries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from contextlib import AbstractContextManager

    from fwanalysis.domain.cases import Alias, Case
    from fwanalysis.domain.matrix import MatrixQuery
    from fwanalysis.domain.sources import Source
    from fwanalysis.store.changes import Changes
    from fwanalysis.store.reading import Reading
    from fwanalysis.store.store import Store

Item = TypeVar("Item")


class Context:
    """The store of an open project and the coder at work. A coder joins the project with the first change.

    Attributes:
        on_new_coder: Called before a coder who is new to the project changes something, with the coder's name and
            the names of those there are; what it raises keeps the coder from joining.
    """

    def __init__(self, store: Store, coder_name: str) -> None:
        self.store = store
        self.coder_name = coder_name
        self.on_new_coder: Callable[[str, Sequence[str]], None] | None = None
        self._coder: Coder | None = None
        self._joining: Coder | None = None

    @property
    def coder(self) -> Coder:
        """The coder at work, of the project or about to join it: for changes."""
        known = self.known_coder  # another program may have made the same coder join since
        if known is not None:
            return known
        if self._joining is None:
            if self.on_new_coder is not None:
                with self.store.read() as connection:
                    self.on_new_coder(self.coder_name, [coder.name for coder in coding_queries.coders(connection)])
            self._joining = Coder(new_id(), self.coder_name, now())
        return self._joining

    @property
    def known_coder(self) -> Coder | None:
        """The coder at work if already of the project: for reading."""
        if self._coder is None:
            with self.store.read() as connection:
                known = coding_queries.coders(connection)
            self._coder = next((coder for coder in known if coder.name == self.coder_name), None)
        return self._coder

    def change(self, name: str, label: str, *, group: str | None = None) -> AbstractContextManager[Changes]:
        """One change by this coder; see ``Store.change``."""
        return self.store.change(name, coder=self.coder, label=label, group=group)


def find(
    name: str, items: Iterable[Item], *, what: str, named: Callable[[Item], str], id_of: Callable[[Item], str]
) -> Item:
    """The item of an id or a name (letter by letter, else without regard to case).

    NotFound offers the nearest name; Ambiguous lists the candidates.
    """
    known = list(items)
    exact = [item for item in known if name in (id_of(item), named(item))]
    loose = [item for item in known if named(item).casefold() == name.strip().casefold()]
    for found in (exact, loose):
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(f"{named(item)} ({id_of(item)})" for item in found)
            raise Ambiguous(f'"{name}" names more than one {what}: {listed}', hint="give the id")
    raise NotFound(
        f'no {what} "{name}"', hint=did_you_mean(name, [named(item) for item in known]) or f"there is no {what} yet"
    )


ID_LENGTH = 36
SHORTEST_ID = 6
"""How much of an id a person must type at least; lists show eight characters."""


def full_ids(given: Iterable[str], known: Callable[[], Iterable[str]], *, what: str, listing: str) -> list[str]:
    """The ids meant by *given*, each once: an id may be cut to a beginning of at least six characters that no other
    shares. *known* gives all ids there are, and is asked only if one of *given* is cut; *listing* is the command that
    shows them.

    NotFound for a beginning that nothing has, Ambiguous for one that several have, InvalidInput for one too short.
    """
    wanted = [item.strip().lower() for item in given]
    every = list(known()) if any(len(item) != ID_LENGTH for item in wanted) else []
    return list(dict.fromkeys(_full_id(item, every, what, listing) for item in wanted))


def _full_id(given: str, known: list[str], what: str, listing: str) -> str:
    if len(given) == ID_LENGTH:
        return given
    found = [item for item in known if item.startswith(given)]
    if len(given) < SHORTEST_ID:
        raise InvalidInput(
            f'"{given}" is too short for the id of a {what}',
            hint=f"give at least {SHORTEST_ID} characters; list ids with: {listing}",
        )
    if not found:
        raise NotFound(f'no {what} with an id that begins with "{given}"', hint=f"list ids with: {listing}")
    if len(found) > 1:
        listed = ", ".join(found[:5]) + (" and others" if len(found) > 5 else "")
        raise Ambiguous(f'"{given}" begins the ids of {len(found)} {what}s: {listed}', hint="give more of the id")
    return found[0]


def find_coders(connection: Reading, query: MatrixQuery) -> MatrixQuery:
    """Return a query with the ids of its coders in place of their names. NotFound if there is no such coder."""
    if not query.coders:
        return query
    known = coding_queries.coders(connection)
    found = [
        find(name, known, what="coder", named=lambda coder: coder.name, id_of=lambda coder: coder.id)
        for name in query.coders
    ]
    return replace(query, coders=tuple(coder.id for coder in found))


def find_source(name: str, sources: Iterable[Source]) -> Source:
    """The source of a name or id."""
    return find(name, sources, what="source", named=lambda source: source.name, id_of=lambda source: source.id)


def source_named(connection: Reading, name: str) -> Source:
    """Return the source of a name or id.

    An id, which is what screens give, is looked up by the primary key; only a name makes it read all sources.

    Raises:
        NotFound: If there is no such source; the message offers the nearest name.
        Ambiguous: If several sources have the name.
    """
    return source_queries.source(connection, name) or find_source(name, source_queries.sources(connection))


def find_case(name: str, cases: Iterable[Case], aliases: Iterable[Alias]) -> Case:
    """The case of a name or id, else of an alias."""
    known = list(cases)
    wanted = folded(name)
    if not any(name == case.id or wanted == folded(case.name) for case in known):
        name = next((alias.case_id for alias in aliases if folded(alias.name) == wanted), name)
    return find(name, known, what="case", named=lambda case: case.name, id_of=lambda case: case.id)


_SHOWN = 8
"""How many names a hint lists."""


def did_you_mean(name: str, names: Sequence[str]) -> str:
    """Return a hint for a name that nothing has: the nearest name, else the first names; empty if there is none."""
    from fwanalysis.matching.fuzzy import nearest

    close = nearest(name, names)
    if close:
        return f'did you mean "{close}"?'
    return f"names: {', '.join(names[:_SHOWN])}{' and others' if len(names) > _SHOWN else ''}" if names else ""

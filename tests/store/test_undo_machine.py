"""Undo and redo against a model: whatever two coders do, in whatever order, taken back and done again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import UniqueConstraint

from fwanalysis.domain.cases import Case, Membership
from fwanalysis.domain.codebook import Code
from fwanalysis.domain.codings import Anchor, Coding, Segment
from fwanalysis.domain.ids import new_id
from fwanalysis.domain.text import Span
from fwanalysis.errors import Conflict, NothingToUndo, UndoConflict
from fwanalysis.store import log, schema, undo
from fwanalysis.store.engine import integrity_faults
from fwanalysis.store.mapping import fetch
from fwanalysis.store.queries import codings as queries
from fwanalysis.store.store import Store, create_store, open_store
from tests.store.store_values import case, code, coding, source

if TYPE_CHECKING:
    from collections.abc import Callable

    from fwanalysis.domain.codings import Coder
    from fwanalysis.store.changes import Changes

    Act = Callable[[Changes], object]

CODERS = ("ana", "ben")
TABLES = (
    *("project", "coders", "cases", "memberships", "sources", "revisions"),
    *("codes", "code_versions", "codings"),
)
State = dict[tuple[str, str], dict[str, Any]]
Difference = dict[tuple[str, str], tuple[dict[str, Any] | None, dict[str, Any] | None]]


@dataclass
class Stacks:
    """What one coder has done and undone: acts, each a list of what its events changed."""

    done: list[list[Difference]] = field(default_factory=list)
    undone: list[list[Difference]] = field(default_factory=list)


def flat(store: Store) -> State:
    """Every row, by table and id. A coding has its span in the place of its segment: which segment stands for a span is
    the store's affair."""
    with store.read() as connection:
        spans = {
            row.segment_id: (row.revision_id, row.start, row.end)
            for row in connection.exec_driver_sql("SELECT segment_id, revision_id, start, end FROM anchors")
        }
        state = {
            (table, row["id"]): dict(row)
            for table in TABLES
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}").mappings()
        }
    for (table, _), row in state.items():
        if table == "codings":
            row["segment_id"] = spans[row["segment_id"]]
    return state


def difference(before: State, after: State) -> Difference:
    keys = before.keys() | after.keys()
    return {key: (before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)}


def applied(state: State, act: list[Difference], *, forwards: bool) -> State | None:
    """The state after doing (or taking back) an act; None where that does not fit."""
    state = dict(state)
    for event in act if forwards else reversed(act):
        for key, (before, after) in event.items():
            old, new = (before, after) if forwards else (after, before)
            if state.get(key) != old:
                return None
            if new is None:
                del state[key]
            else:
                state[key] = new
        if not names_are_unique(state):
            return None
    return state if references_hold(state) else None


def references_hold(state: State) -> bool:
    return all(
        row[key.parent.name] is None or (key.column.table.name, row[key.parent.name]) in state
        for (table, _), row in state.items()
        for key in schema.metadata.tables[table].foreign_keys
        if key.column.table.name in TABLES
    ) and all(("revisions", row["segment_id"][0]) in state for (table, _), row in state.items() if table == "codings")


def names_are_unique(state: State) -> bool:
    taken = set()
    for (table, _), row in state.items():
        for constraint in schema.metadata.tables[table].constraints:
            if isinstance(constraint, UniqueConstraint):
                values = tuple(row[column.name] for column in constraint.columns)
                may_repeat = None in values and table != "codes"  # two themes have no parent, and not one key
                if not may_repeat and (constraint.name, values) in taken:
                    return False
                taken.add((constraint.name, values))
    return True


def rename(changes: Changes, there: Case, steps: list[str]) -> None:
    for name in steps:
        changes.replace(replace(there, name=name))


def put_on(changes: Changes, segment: Segment, anchor: Anchor, made: Coding) -> None:
    """Add a coding, on the segment of the same span if there is one."""
    there = queries.anchor_at(changes.connection, anchor.revision_id, anchor.start, anchor.end)
    if there is None:
        changes.add(segment, anchor, made)
    else:
        changes.add(replace(made, segment_id=there.segment_id))


def take_off(changes: Changes, coding: Coding) -> None:
    """Remove a coding, with its segment if it is the last one on it."""
    changes.remove(coding)
    if not queries.codings_of(changes.connection, coding.segment_id):
        changes.remove(*queries.anchors_of(changes.connection, coding.segment_id))
        (segment,) = fetch(changes.connection, Segment, schema.segments.c.id == coding.segment_id)
        changes.remove(segment)


coders = st.sampled_from(CODERS)
names = st.sampled_from("ABCDEFGH")
picks = st.integers(0, 50)


class UndoMachine(RuleBasedStateMachine):
    """Two coders on one file."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.path = Path(self.folder.name) / "study.fwa"
        self.store = create_store(self.path, title="", question="", coder="ana")
        self.coders: dict[str, Coder] = {name: self.store.coder(name) for name in CODERS}
        self.stacks = {name: Stacks() for name in CODERS}
        self.order: list[str] = []
        self.crossed = False
        self.empty = flat(self.store)

    @initialize()
    def begin_with_a_source_and_a_code(self) -> None:
        self.source, self.revision = source("newsletter")
        self.change("ana", lambda changes: changes.add(self.source, self.revision))
        self.change("ben", lambda changes: changes.add(*code("trust")))

    # What coders do

    def change(self, coder: str, *acts: Act) -> None:
        """Each act an event; several are one group."""
        group = new_id() if len(acts) > 1 else None
        events = []
        for act in acts:
            before = flat(self.store)
            try:
                with self.store.change("act", coder=self.coders[coder], label="act", group=group) as changes:
                    act(changes)
            except Conflict:
                assert flat(self.store) == before
                continue
            made = difference(before, flat(self.store))
            if made:
                events.append(made)
        if events:
            self.stacks[coder].done.append(events)
            self.stacks[coder].undone.clear()
            self.order.append(coder)

    def values(self, cls: type[Any]) -> list[Any]:
        with self.store.read() as connection:
            return fetch(connection, cls)

    def one(self, cls: type[Any], pick: int) -> Any:
        found = self.values(cls)
        return found[pick % len(found)] if found else None

    @rule(coder=coders, added=st.lists(names, min_size=1, max_size=3, unique=True))
    def add_cases(self, coder: str, added: list[str]) -> None:
        self.change(coder, lambda changes: changes.add(*(case(name) for name in added)))

    @rule(coder=coders, added=st.lists(names, min_size=2, max_size=3, unique=True))
    def add_cases_one_by_one(self, coder: str, added: list[str]) -> None:
        self.change(coder, *(lambda changes, name=name: changes.add(case(name)) for name in added))

    @rule(coder=coders, pick=picks, steps=st.lists(names, min_size=1, max_size=3))
    def rename_a_case(self, coder: str, pick: int, steps: list[str]) -> None:
        chosen = self.one(Case, pick)
        if chosen:
            self.change(coder, lambda changes: rename(changes, chosen, steps))

    @rule(coder=coders, pick=picks, steps=st.lists(names, min_size=2, max_size=3))
    def rename_a_case_again_and_again(self, coder: str, pick: int, steps: list[str]) -> None:
        chosen = self.one(Case, pick)
        if chosen:
            self.change(
                coder, *(lambda changes, name=name: changes.replace(replace(chosen, name=name)) for name in steps)
            )

    @rule(coder=coders, pick=picks, other=picks)
    def join_cases(self, coder: str, pick: int, other: int) -> None:
        member, whole = self.one(Case, pick), self.one(Case, other)
        if member and member != whole:
            self.change(coder, lambda changes: changes.add(Membership(new_id(), member.id, whole.id)))

    @rule(coder=coders, pick=picks)
    def remove_a_coding(self, coder: str, pick: int) -> None:
        chosen = self.one(Coding, pick)
        if chosen:
            self.change(coder, lambda changes: take_off(changes, chosen))

    @rule(coder=coders, pick=picks, cls=st.sampled_from([Case, Code, Membership]))
    def remove_something(self, coder: str, pick: int, cls: type[Any]) -> None:
        chosen = self.one(cls, pick)
        if chosen:
            self.change(coder, lambda changes: changes.remove(chosen))

    @rule(coder=coders, key=names)
    def add_a_code(self, coder: str, key: str) -> None:
        self.change(coder, lambda changes: changes.add(*code(key.lower())))

    @rule(coder=coders, pick=picks, start=st.integers(0, 2))
    def code_a_passage(self, coder: str, pick: int, start: int) -> None:
        chosen = self.one(Code, pick)
        if chosen:
            made = coding(self.revision, chosen, self.coders[coder], Span(start, start + 9))
            self.change(coder, lambda changes: put_on(changes, *made))

    @rule(pick=picks, start=st.integers(0, 2), first=coders)
    def code_the_same_passage_one_after_the_other(self, pick: int, start: int, first: str) -> None:
        for coder in (first, *(name for name in CODERS if name != first)):
            self.code_a_passage(coder, pick, start)

    @rule(coder=coders, pick=picks, other=picks)
    def put_another_code_on_a_passage(self, coder: str, pick: int, other: int) -> None:
        chosen, new = self.one(Coding, pick), self.one(Code, other)
        if chosen and new:
            changed = replace(chosen, code_id=new.id, code_version_id=new.version_id)
            self.change(coder, lambda changes: changes.replace(changed, seen=chosen))

    # Taking back and doing again

    @rule(coder=coders)
    def undo(self, coder: str) -> None:
        self.move(coder, forwards=False)

    @rule(coder=coders)
    def redo(self, coder: str) -> None:
        self.move(coder, forwards=True)

    def move(self, coder: str, *, forwards: bool) -> bool:
        stacks, verb = self.stacks[coder], undo.redo if forwards else undo.undo
        taken, given = (stacks.undone, stacks.done) if forwards else (stacks.done, stacks.undone)
        before = flat(self.store)
        expected = applied(before, taken[-1], forwards=forwards) if taken else None
        try:
            verb(self.store, self.coders[coder])
        except NothingToUndo:
            assert not taken
        except UndoConflict:
            assert taken
            assert expected is None
        else:
            assert flat(self.store) == expected
            given.append(taken.pop())
            if forwards:
                self.order.append(coder)
            else:
                self.crossed |= self.order[-1] != coder
                del self.order[len(self.order) - 1 - self.order[::-1].index(coder)]
            return True
        assert flat(self.store) == before
        return False

    @rule()
    def open_the_file_again(self) -> None:
        before = flat(self.store)
        self.store.close()
        self.store = open_store(self.path)
        assert flat(self.store) == before

    @invariant()
    def the_log_and_all_references_hold(self) -> None:
        with self.store.read() as connection:
            assert log.verify(connection) == []
            assert integrity_faults(connection) == []

    @invariant()
    def each_coded_span_is_one_segment_and_each_segment_is_coded(self) -> None:
        segments, anchors = self.values(Segment), self.values(Anchor)
        spans = [(anchor.revision_id, anchor.start, anchor.end) for anchor in anchors]
        assert len(set(spans)) == len(spans)
        assert {item.id for item in segments} == {item.segment_id for item in anchors}
        assert {item.id for item in segments} == {item.segment_id for item in self.values(Coding)}

    @invariant()
    def no_two_codes_have_one_key_below_one_parent(self) -> None:
        places = [(item.parent_id, item.key) for item in self.values(Code)]
        assert len(set(places)) == len(places)

    def teardown(self) -> None:
        """Taking everything back, newest first, gives the empty project; doing it again gives it all back.

        Not so where a coder took back an act beneath another's later ones: if these left the row as they found it
        (C to A to C), it was allowed, and they can no longer be taken back themselves.
        """
        try:
            if self.crossed:
                return
            full, order = flat(self.store), list(self.order)
            for coder in reversed(order):
                assert self.move(coder, forwards=False)
            assert flat(self.store) == self.empty
            for coder in order:
                assert self.move(coder, forwards=True)
            assert flat(self.store) == full
        finally:
            self.store.close()
            self.folder.cleanup()


TestUndo = UndoMachine.TestCase
TestUndo.settings = settings(max_examples=settings().max_examples // 5, stateful_step_count=14)

"""Whatever is done to an abstraction: no cell and no link is lost silently, and undo takes it back."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from fwanalysis.domain.abstraction import ConceptLevel
from tests.project.project_study import build_study, rows

if TYPE_CHECKING:
    from fwanalysis.project import Project

CASES = ("P01", "P02", "FG1")
NAMES = ("ice", "snow", "thaw", "rain")
ELEMENT, DIMENSION, CATEGORY = ConceptLevel
LEVELS = st.sampled_from(ConceptLevel)
PICKED = st.integers(0, 20)


class Abstracting(RuleBasedStateMachine):
    """The abstraction of a column against a model of its names, parents and cells."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self.project: Project = build_study(Path(self._folder.name))
        self.levels: dict[ConceptLevel, list[str]] = {level: [] for level in ConceptLevel}
        self.parents: dict[tuple[ConceptLevel, str], str] = {}
        self.sorted: set[tuple[str, str]] = set()

    @initialize()
    def chart(self) -> None:
        for case in CASES:
            self.project.matrix.set(case, "trust", f"Of {case}.")

    def teardown(self) -> None:
        self.project.close()
        self._folder.cleanup()

    def one(self, level: ConceptLevel, picked: int) -> str | None:
        known = self.levels[level]
        return known[picked % len(known)] if known else None

    @rule(level=LEVELS, name=st.sampled_from(NAMES))
    def add(self, level: ConceptLevel, name: str) -> None:
        if name not in self.levels[level]:
            self.project.abstraction.add("trust", level, name)
            self.levels[level].append(name)

    @rule(level=LEVELS, picked=PICKED, new=st.sampled_from(NAMES))
    def rename(self, level: ConceptLevel, picked: int, new: str) -> None:
        old = self.one(level, picked)
        if old is None or new in self.levels[level]:
            return
        self.project.abstraction.rename("trust", old, new, level=level)
        self.levels[level][self.levels[level].index(old)] = new
        if (level, old) in self.parents:
            self.parents[level, new] = self.parents.pop((level, old))
        self.parents = {
            key: new if key[0].above is level and parent == old else parent for key, parent in self.parents.items()
        }
        if level is ELEMENT:
            self.sorted = {(new if name == old else name, case) for name, case in self.sorted}

    @rule(level=LEVELS, picked=PICKED, into=PICKED)
    def sort_concept(self, level: ConceptLevel, picked: int, into: int) -> None:
        name, parent = self.one(level, picked), self.one(level.above, into) if level.above else None
        if name and parent:
            self.project.abstraction.move("trust", name, level=level, into=parent)
            self.parents[level, name] = parent

    @rule(level=LEVELS, picked=PICKED)
    def unsort_concept(self, level: ConceptLevel, picked: int) -> None:
        if name := self.one(level, picked):
            self.project.abstraction.move("trust", name, level=level, unsort=True)
            self.parents.pop((level, name), None)

    @rule(level=LEVELS, picked=PICKED, to=st.integers(1, 5))
    def reorder(self, level: ConceptLevel, picked: int, to: int) -> None:
        if name := self.one(level, picked):
            self.project.abstraction.move("trust", name, level=level, to=to)
            self.levels[level].remove(name)
            self.levels[level].insert(to - 1, name)

    @rule(picked=PICKED, cases=st.lists(st.sampled_from(CASES), min_size=1, unique=True))
    def sort(self, picked: int, cases: list[str]) -> None:
        if name := self.one(ELEMENT, picked):
            self.project.abstraction.sort("trust", cases, into=name)
            self.sorted |= {(name, case) for case in cases}

    @rule(picked=PICKED)
    def unsort(self, picked: int) -> None:
        if self.sorted:
            name, case = sorted(self.sorted)[picked % len(self.sorted)]
            self.project.abstraction.unsort("trust", [case], out_of=name)
            self.sorted.remove((name, case))

    @rule(level=LEVELS, picked=PICKED)
    def remove(self, level: ConceptLevel, picked: int) -> None:
        if name := self.one(level, picked):
            self.project.abstraction.remove("trust", name, level=level)
            self.levels[level].remove(name)
            self.parents = {
                key: parent
                for key, parent in self.parents.items()
                if key != (level, name) and not (key[0].above is level and parent == name)
            }
            if level is ELEMENT:
                self.sorted = {link for link in self.sorted if link[0] != name}

    @rule()
    def undo_and_redo(self) -> None:
        if any(self.levels.values()):
            before = rows(self.project)
            self.project.history.undo()
            assert rows(self.project) != before
            self.project.history.redo()
            assert rows(self.project) == before

    @invariant()
    def the_view_is_the_model(self) -> None:
        shown = self.project.abstraction.show("trust")
        assert {level: [item.name for item in shown.of_level(level)] for level in ConceptLevel} == self.levels
        parents = {(item.level, item.name): parent.name for item in shown.concepts if (parent := shown.parent(item))}
        assert parents == self.parents
        links = {(item.name, cell.case) for item in shown.elements for cell in shown.cells_of(item)}
        assert links == self.sorted

    @invariant()
    def every_cell_is_in_an_element_or_among_the_unsorted(self) -> None:
        shown = self.project.abstraction.show("trust")
        inside = {cell.case for item in shown.elements for cell in shown.cells_of(item)}
        outside = {cell.case for cell in shown.unsorted_cells}
        assert (inside | outside, inside & outside) == ({cell.case for cell in shown.cells.values()}, set())


TestAbstracting = Abstracting.TestCase
TestAbstracting.settings = settings(max_examples=6, stateful_step_count=25)

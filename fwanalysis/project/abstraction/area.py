"""Abstraction: written cells are sorted into elements, elements into dimensions, dimensions into categories."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.abstraction import ConceptLevel, Sorting, data_structure, listed
from fwanalysis.domain.ids import new_id, now
from fwanalysis.errors import InvalidInput, Unchanged
from fwanalysis.project.abstraction.column import Column
from fwanalysis.project.abstraction.loading import Loading
from fwanalysis.project.matrix.abstractions import abstraction_of
from fwanalysis.project.matrix.reading import Texts, read_study
from fwanalysis.store.queries import codebook as codebook_queries
from fwanalysis.store.queries import matrix as queries
from fwanalysis.store.store import project_info

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from fwanalysis.domain.abstraction import Abstraction, Concept, ListedAbstraction, LoadedAbstraction
    from fwanalysis.domain.table import Table
    from fwanalysis.project.context import Context


class AbstractionArea:
    """The abstraction of the columns of the matrix."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def show(self, code: str) -> Abstraction:
        """Return the abstraction of a column with the cells that are sorted into it and those that are not.

        Args:
            code: Key, path or id of the code.
        """
        with self._context.store.read() as connection:
            codebook = codebook_queries.codebook(connection, with_rules=False)
            code_id = codebook.find(code).id
            study = read_study(connection, Texts(self._context, connection), code_ids=codebook.below(code_id))
            concepts = queries.concepts(connection, code_id=code_id)
            return abstraction_of(study, code_id, concepts, queries.sortings(connection))

    def codes(self) -> Sequence[str]:
        """Return the ids of the codes whose columns have concepts, in the order of the codebook."""
        with self._context.store.read() as connection:
            used = {item.code_id for item in queries.concepts(connection)}
            entries = codebook_queries.codebook(connection, with_rules=False).entries
        return [entry.id for entry in entries if entry.id in used]

    def add(
        self, code: str, level: ConceptLevel, name: str, *, into: str | None = None, group: str | None = None
    ) -> Concept:
        """Add a concept at the end of its level.

        Args:
            code: Key, path or id of the code of the column.
            level: Its level.
            name: Its name.
            into: Name or id of the concept of the next level to sort it into; it stays unsorted by default.
            group: Id of a group of changes that are undone together.

        Raises:
            InvalidInput: If the name is empty or taken, or *into* is given for a category.
            NotFound: If there is no such code or concept.
        """
        column = self._column(code)
        name = column.free_name(name, level)
        parent = column.parent(into, level) if into else None
        concept = column.new(level, name, parent)
        with self._context.change("abstraction.add", f"add {level} “{name}” to {column.path}", group=group) as (
            changes
        ):
            column.refuse_other(changes)
            changes.add(concept)
        return concept

    def rename(self, code: str, concept: str, name: str, *, level: ConceptLevel | None = None) -> Concept:
        """Rename a concept; what is sorted into it stays there.

        Args:
            code: Key, path or id of the code of the column.
            concept: Name or id of the concept.
            name: The new name.
            level: The level of the concept, if its name occurs on several.

        Raises:
            InvalidInput: If the name is empty or taken.
        """
        column = self._column(code)
        found = column.find(concept, level)
        renamed = replace(found, name=column.free_name(name, found.level, but=found))
        label = f"rename {found.level} “{found.name}” of {column.path} to “{renamed.name}”"
        with self._context.change("abstraction.rename", label) as changes:
            column.refuse_other(changes)
            changes.replace(renamed, seen=found)
        return renamed

    def move(
        self,
        code: str,
        concept: str,
        *,
        level: ConceptLevel | None = None,
        into: str | None = None,
        unsort: bool = False,
        to: int | None = None,
        group: str | None = None,
    ) -> Concept:
        """Sort a concept into one of the next level, take it out of that, or change its place in the order.

        Args:
            code: Key, path or id of the code of the column.
            concept: Name or id of the concept.
            level: The level of the concept, if its name occurs on several.
            into: Name or id of the concept of the next level to sort it into.
            unsort: Whether to take it out of the concept that it is sorted into.
            to: Its new place among the concepts of its level, from 1; a number that is too high is the last place.
            group: Id of a group of changes that are undone together.

        Raises:
            InvalidInput: If *into* is given for a category, or *to* is less than 1.
        """
        column = self._column(code)
        found = column.find(concept, level)
        if to is not None and to < 1:
            raise InvalidInput(f"invalid place {to}", hint="the first place is 1")
        if into and unsort:
            raise InvalidInput("a concept cannot be sorted and unsorted at once")
        parent_id = column.parent(into, found.level).id if into else None if unsort else found.parent_id
        moved = replace(found, parent_id=parent_id)
        after = column.of_level(found.level)
        after[after.index(found)] = moved
        if to is not None:
            after.remove(moved)
            after.insert(to - 1, moved)
            after = [replace(item, position=at) for at, item in enumerate(after)]
        label = f"move {found.level} “{found.name}” of {column.path}"
        with self._context.change("abstraction.move", label, group=group) as changes:
            column.refuse_other(changes)
            for item in after:
                if item not in column.concepts:
                    changes.replace(item)
        return next(item for item in after if item.id == found.id)

    def sort(
        self, code: str, cells: Iterable[str], *, into: str, out_of: str | None = None, group: str | None = None
    ) -> Sequence[str]:
        """Sort written cells into an element. A cell may be in several elements.

        Args:
            code: Key, path or id of the code of the column.
            cells: For each cell its id, or the name, alias or id of its case; *(itself)* after the name means the cell
                of the theme itself.
            into: Name or id of the element.
            out_of: Name or id of an element that the cells are taken out of in the same step.
            group: Id of a group of changes that are undone together.

        Returns:
            The labels of the cells that were not in the element before.

        Raises:
            InvalidInput: If a cell is not written.
            NotFound: If there is no such case or element.
        """
        column = self._column(code)
        element = column.find(into, ConceptLevel.ELEMENT)
        source = column.find(out_of, ConceptLevel.ELEMENT) if out_of else None
        meant = column.cells_named(cells)
        new = [Sorting(new_id(), element.id, cell.id) for cell in meant if not column.sorting(element, cell)]
        old = column.sortings_of(source, meant) if source and source != element else []
        label = f"sort {column.names(meant)} of {column.path} into “{element.name}”"
        with self._context.change("abstraction.sort", label, group=group) as changes:
            column.refuse_other(changes)
            changes.add(*new)
            changes.remove(*old)
        added = {item.cell_id for item in new}
        return [column.label(cell) for cell in meant if cell.id in added]

    def unsort(self, code: str, cells: Iterable[str], *, out_of: str) -> Sequence[str]:
        """Take cells out of an element; the cells themselves stay.

        Args:
            code: Key, path or id of the code of the column.
            cells: The cells as ``sort`` takes them.
            out_of: Name or id of the element.

        Returns:
            The labels of the cells.

        Raises:
            Unchanged: If a cell is not in the element; no cell is taken out.
        """
        column = self._column(code)
        element = column.find(out_of, ConceptLevel.ELEMENT)
        meant = column.cells_named(cells)
        other = [column.label(cell) for cell in meant if not column.sorting(element, cell)]
        if other:
            verb = "is" if len(other) == 1 else "are"
            raise Unchanged(f"{', '.join(other)} {verb} not sorted into “{element.name}”")
        label = f"take {column.names(meant)} of {column.path} out of “{element.name}”"
        with self._context.change("abstraction.unsort", label) as changes:
            column.refuse_other(changes)
            changes.remove(*column.sortings_of(element, meant))
        return [column.label(cell) for cell in meant]

    def remove(self, code: str, concept: str, *, level: ConceptLevel | None = None) -> Concept:
        """Remove a concept. What is sorted into it becomes unsorted; nothing else is lost.

        Args:
            code: Key, path or id of the code of the column.
            concept: Name or id of the concept.
            level: The level of the concept, if its name occurs on several.
        """
        column = self._column(code)
        found = column.find(concept, level)
        with self._context.change("abstraction.remove", f"remove {found.level} “{found.name}” of {column.path}") as (
            changes
        ):
            column.refuse_other(changes)
            changes.remove(*(item for item in column.sortings if item.concept_id == found.id))
            for member in column.concepts:
                if member.parent_id == found.id:
                    changes.replace(replace(member, parent_id=None), seen=member)
            changes.remove(found)
        return found

    def list(self, code: str | None = None) -> Sequence[ListedAbstraction]:
        """Return the abstraction of a column, or of all columns that have one, as files hold it."""
        return [listed(item) for item in self._shown(code)]

    def data_structure(self, code: str | None = None) -> Table:
        """Return the abstraction of a column, or of all columns that have one, as a data structure."""
        shown = self._shown(code)
        with self._context.store.read() as connection:
            info = project_info(connection)
            codebook = codebook_queries.codebook(connection, with_rules=False).info
        about = {
            "project": info.title,
            "question": info.question,
            "exported_at": now(),
            "codebook": codebook.name if codebook else None,
            "codebook_version": codebook.version if codebook else None,
            "codes": [item.path for item in shown],
            "unsorted_cells": sum(len(item.unsorted_cells) for item in shown),
            "unsorted_elements": sum(len(item.unsorted_elements) for item in shown),
            "unsorted_dimensions": sum(len(item.unsorted_dimensions) for item in shown),
        }
        return data_structure(shown, about)

    def export(self, path: str | Path, *, code: str | None = None, form: str | None = None) -> Sequence[str]:
        """Write abstractions to a file, whole or not at all.

        Args:
            path: The file; its extension chooses the format unless *form* does.
            code: Key, path or id of a code: only its column.
            form: ``yaml`` or ``json``, which can be imported, or ``csv``, ``tsv`` or ``xlsx``, a data structure.

        Returns:
            What a reader of the file should know: texts that had to be changed or continued.
        """
        from fwanalysis.project.abstraction.files import write_files

        return write_files(path, form, lambda: self.list(code), lambda: self.data_structure(code))

    def file_bytes(self, form: str, *, code: str | None = None) -> bytes:
        """Return what ``export`` writes, as bytes."""
        from fwanalysis.project.abstraction.files import file_bytes

        return file_bytes(form, lambda: self.list(code), lambda: self.data_structure(code))[0]

    def load(self, columns: Iterable[ListedAbstraction]) -> LoadedAbstraction:
        """Merge abstractions into those of the project, by the names of concepts, as one step.

        Concepts that the project lacks are added at the end of their level, and cells and concepts are sorted as they
        are listed. What the project has stays: a concept that is sorted elsewhere is reported.

        Raises:
            NotFound: If there is no such code.
            InvalidInput: If a case does not exist or has no written cell in the column; nothing is changed.
        """
        wanted = [*columns]
        loading = Loading([(self._column(item.code), item) for item in wanted])
        with self._context.change("abstraction.import", "import abstractions") as changes:
            for column in loading.columns:
                column.refuse_other(changes)
            for value in loading.added:
                changes.add(value)
            for value, seen in loading.replaced:
                changes.replace(value, seen=seen)
        return loading.report

    def import_file(self, path: str | Path) -> LoadedAbstraction:
        """Merge the abstractions of a YAML or JSON file; see ``load``.

        Raises:
            UnreadableFile: If the file cannot be read.
            InvalidInput: If it does not hold abstractions; the message names the place.
        """
        from pathlib import Path

        from fwanalysis.formats.charts.abstraction_file import read_abstractions
        from fwanalysis.project.input_files import read_whole

        file = Path(path)
        return self.load(read_abstractions(file.name, read_whole(file)))

    def _shown(self, code: str | None) -> Sequence[Abstraction]:
        return [self.show(item) for item in ([code] if code else self.codes())]

    def _column(self, code: str) -> Column:
        with self._context.store.read() as connection:
            return Column(connection, code)

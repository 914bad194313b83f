"""Importing files: reading, linking and storing them.

A preview takes the same steps as an import, but stores nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.ids import new_id
from fwanalysis.domain.importing import FileChoices, ImportReport, ImportStatus, ParsedSource, apply_choices
from fwanalysis.errors import NotASource, UnreadableFile
from fwanalysis.project.importing.existing import Existing
from fwanalysis.project.importing.source_building import Import, build_import, placeholder_of, report_of
from fwanalysis.project.input_files import read_options, read_whole
from fwanalysis.store.queries import sources as queries

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from fwanalysis.formats.options import ReadOptions
    from fwanalysis.project.cases.editor import CaseEditor
    from fwanalysis.project.cases.names import Verbs
    from fwanalysis.project.context import Context
    from fwanalysis.store.changes import Changes


class Importer:
    """One import, or preview of an import, of several files.

    An import commits each file as a change of its own, and all changes in one group, so files are kept if the caller
    stops iterating.
    """

    def __init__(
        self, context: Context, defaults: FileChoices, chosen: Mapping[str, FileChoices], *, writes: bool
    ) -> None:
        self._context = context
        self._defaults = defaults
        self._chosen = chosen
        self._writes = writes
        self._options = read_options()
        with context.store.read() as connection:
            self._existing = Existing(connection)
        self._seen: dict[str, str] = {}
        self._editor: CaseEditor | None = None

    def run(self, files: Iterable[Path], *, named: Container[Path] = ()) -> Iterator[ImportReport]:
        """Import the files one by one.

        Args:
            files: The files.
            named: Paths that the user gave explicitly; such a file is refused if it is not a source, others are
                skipped.

        Yields:
            The report on each file, in order.
        """
        listed = list(files)
        group = new_id() if len(listed) > 1 else None
        for number, path in enumerate(listed, 1):
            try:
                report = self._file(path, group)
            except NotASource as error:
                status = ImportStatus.REFUSED if path in named else ImportStatus.SKIPPED
                report = ImportReport(str(path), status, error=error.explained)
            yield replace(report, number=number, total=len(listed))

    def _file(self, path: Path, group: str | None) -> ImportReport:
        choices = self._chosen.get(str(path), self._defaults)
        if choices.skip:
            return ImportReport(str(path), ImportStatus.SKIPPED)
        try:
            data = read_whole(path, self._options)
            digest = hashlib.sha256(data).hexdigest()
            return self._already_imported(path, digest) or self._import_new(path, data, digest, choices, group)
        except NotASource:
            raise
        except UnreadableFile as error:
            return ImportReport(str(path), ImportStatus.REFUSED, error=error.explained)

    def _already_imported(self, path: Path, digest: str) -> ImportReport | None:
        """Return the report on a file with the same bytes as an earlier one, or None."""
        with self._context.store.read() as connection:
            known = queries.by_original(connection, digest)
        if known:
            return ImportReport(str(path), ImportStatus.SKIPPED, known.id, known.name)
        earlier = self._seen.get(digest)
        return ImportReport(str(path), ImportStatus.SKIPPED, None, earlier) if earlier else None

    def _import_new(
        self, path: Path, data: bytes, digest: str, choices: FileChoices, group: str | None
    ) -> ImportReport:
        parsed = parsed_sources(path.name, data, choices, self._options)
        placeholder = placeholder_of(parsed, choices, self._existing)
        if placeholder is not None:
            if self._writes and placeholder.made:
                with self._context.change("case.set", f"note {placeholder.case.name}", group=group) as changes:
                    changes.add(placeholder.case)
            self._existing.take_case(placeholder.case)
            return placeholder.report(str(path), self._writes)
        made = []
        for source in parsed:
            one = build_import(source, original_hash=digest, filename=path.name, existing=self._existing)
            self._existing.take(one.source, one.speakers, (*one.cases, *one.raised), one.memberships)
            made.append(one)
        if self._writes:
            label = f"import {made[0].source.name}" + (f" and {len(made) - 1} more" if len(made) > 1 else "")
            with self._context.change("source.import", label, group=group) as changes:
                made = self._with_attributes(made, changes)
                _write(changes, made, data)
        else:
            made = self._with_attributes(made, None)
        self._seen[digest] = made[0].source.name
        status = ImportStatus.IMPORTED if self._writes else ImportStatus.READY
        sources = tuple(report_of(one, written=self._writes) for one in made)
        return ImportReport(
            str(path), status, sources[0].source_id, sources[0].name, made[0].revision.input_format, sources=sources
        )

    def _with_attributes(self, made: Sequence[Import], changes: Changes | None) -> list[Import]:
        """Give the source's cases the attributes that the files state.

        Args:
            made: The sources.
            changes: The change to write to; None for a preview.

        Returns:
            The sources; contradictions to the project are added to the warnings of their revisions.
        """
        if self._editor is None and not any(one.attributes and one.own for one in made):
            return list(made)
        from fwanalysis.project.cases.names import DryRun

        if changes is None:
            with self._context.store.read() as connection:
                return self._edited(made, DryRun(connection))
        return self._edited(made, changes)

    def _edited(self, made: Sequence[Import], verbs: Verbs) -> list[Import]:
        """Return the sources after giving their cases the attributes through *verbs*."""
        if self._editor is None:
            from fwanalysis.project.cases.editor import CaseEditor

            self._editor = CaseEditor(verbs)
        editor = self._editor
        editor.continue_with(verbs)
        done = []
        for one in made:
            editor.add_known((*one.cases, *one.raised), one.memberships)
            found = {
                name: editor.give_stated(one.own, name, value) if one.own else None
                for name, value in one.attributes.items()
            }
            warnings = (*one.revision.warnings, *filter(None, found.values()))
            given = {name: value for name, value in one.attributes.items() if found[name] is None}
            done.append(replace(one, revision=replace(one.revision, warnings=warnings), attributes=given))
        self._existing.take_edits(editor)
        return done


def _write(changes: Changes, made: Iterable[Import], data: bytes) -> None:
    """Store the sources of one file."""
    for number, one in enumerate(made):
        if number == 0:
            changes.keep_original(one.revision.original_hash, data)
        changes.keep_text(one.revision.text_hash, one.draft.text)
        for values in (one.cases, (one.source, one.revision), one.speakers, one.turns, one.memberships):
            changes.add_all(values)
        for case in one.raised:
            changes.replace(case)


def parsed_sources(
    filename: str, data: bytes, choices: FileChoices, options: ReadOptions | None = None
) -> tuple[ParsedSource, ...]:
    """Read the sources of a file and apply the user's choices.

    Args:
        filename: Name of the file, which decides on the reader.
        data: The bytes of the file.
        choices: The user's choices.
        options: The result of ``read_options``; give it when reading many files, otherwise it is computed again.

    Raises:
        UnreadableFile: As for ``read_sources``.
    """
    from fwanalysis.formats.readers.registry import read_sources

    options = replace(
        options or read_options(),
        encoding=choices.encoding,
        speaker_format=choices.speaker_format,
        speakers=choices.speaker_labels,
    )
    parsed = read_sources(filename, data, input_format=choices.input_format, options=options)
    return tuple(apply_choices(source, choices) for source in parsed)

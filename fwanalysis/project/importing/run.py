"""Importing files: what a preview shows and an import writes, by one way from a file to the values of its sources."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fwanalysis.domain.cases import natural_key
from fwanalysis.domain.ids import new_id
from fwanalysis.domain.importing import FileChoices, ImportReport, ImportStatus, ParsedSource, settled
from fwanalysis.errors import InvalidInput, NotASource, UnreadableFile
from fwanalysis.project.importing.existing import Existing
from fwanalysis.project.importing.source_building import Import, build_import, placeholder_of, report_of
from fwanalysis.settings import stated_settings
from fwanalysis.store.queries import sources as queries

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from fwanalysis.formats.options import ReadOptions
    from fwanalysis.project.cases.editor import CaseEditor
    from fwanalysis.project.cases.names import Verbs
    from fwanalysis.project.context import Context
    from fwanalysis.store.changes import Changes


class Importer:
    """One run over some files. It reads each as the reader or the person decided; a run that *writes* commits each file
    by itself, all under one group, so that stopping to iterate keeps what was finished."""

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
        """Report on each file in turn. What is no source is refused if a person *named* it, and passed over in a
        folder."""
        listed = list(files)
        group = new_id() if len(listed) > 1 else None
        for number, path in enumerate(listed, 1):
            try:
                report = self._file(path, group)
            except NotASource as error:
                status = ImportStatus.REFUSED if path in named else ImportStatus.SKIPPED
                report = ImportReport(str(path), status, error=str(error))
            yield replace(report, number=number, total=len(listed))

    def _file(self, path: Path, group: str | None) -> ImportReport:
        choices = self._chosen.get(str(path), self._defaults)
        if choices.skip:
            return ImportReport(str(path), ImportStatus.SKIPPED)
        try:
            data = read_whole(path, self._options)
            digest = hashlib.sha256(data).hexdigest()
            return self._known(path, digest) or self._drafted(path, data, digest, choices, group)
        except NotASource:
            raise
        except UnreadableFile as error:
            return ImportReport(str(path), ImportStatus.REFUSED, error=str(error))

    def _known(self, path: Path, digest: str) -> ImportReport | None:
        """The report on a file whose very bytes are in the project, or came earlier in this run."""
        with self._context.store.read() as connection:
            known = queries.by_original(connection, digest)
        if known:
            return ImportReport(str(path), ImportStatus.SKIPPED, known.id, known.name)
        earlier = self._seen.get(digest)
        return ImportReport(str(path), ImportStatus.SKIPPED, None, earlier) if earlier else None

    def _drafted(self, path: Path, data: bytes, digest: str, choices: FileChoices, group: str | None) -> ImportReport:
        drafts = parsed_sources(path.name, data, choices, self._options)
        absent = placeholder_of(drafts, choices, self._existing)
        if absent is not None:
            if self._writes and absent.made:
                with self._context.change("case.set", f"note {absent.case.name}", group=group) as changes:
                    changes.add(absent.case)
            self._existing.take_case(absent.case)
            return absent.report(str(path), self._writes)
        made = []
        for draft in drafts:
            one = build_import(draft, original_hash=digest, filename=path.name, existing=self._existing)
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
        """Give the cases of sources what their files state of them, or, without *changes*, only see what would come of
        it; what contradicts the project becomes a doubt of the revision."""
        if self._editor is None and not any(one.attributes and one.own for one in made):
            return list(made)
        from fwanalysis.project.cases.names import Rehearsal

        if changes is None:
            with self._context.store.read() as connection:
                return self._edited(made, Rehearsal(connection))
        return self._edited(made, changes)

    def _edited(self, made: Sequence[Import], verbs: Verbs) -> list[Import]:
        """Give the cases of sources what their files state of them, by these verbs."""
        if self._editor is None:
            from fwanalysis.project.cases.editor import CaseEditor

            self._editor = CaseEditor(verbs)
        editor = self._editor
        editor.go_on(verbs)
        done = []
        for one in made:
            editor.meet((*one.cases, *one.raised), one.memberships)
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
    """Write the sources of one file."""
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
    """What a file's bytes hold, read and settled as a person chose. Errors as for ``read_sources``.

    *options* are those of ``read_options``, for whoever reads many files; without, they are read now.
    """
    from fwanalysis.formats.readers.registry import read_sources

    options = replace(
        options or read_options(),
        encoding=choices.encoding,
        speaker_format=choices.speaker_format,
        speakers=choices.speaker_labels,
    )
    drafts = read_sources(filename, data, input_format=choices.input_format, options=options)
    return tuple(settled(draft, choices) for draft in drafts)


def read_options() -> ReadOptions:
    """The options for reading files that follow from the user's settings: how much may be read."""
    from fwanalysis.formats.options import DEFAULTS, Limits, ReadOptions

    settings = stated_settings()
    if settings is None:
        return DEFAULTS
    return ReadOptions(limits=Limits(settings.max_file_mb * 2**20, settings.max_unpacked_mb * 2**20))


def read_whole(path: Path, options: ReadOptions | None = None) -> bytes:
    """The bytes of a file. UnreadableFile if it cannot be read, is no file, is too large, or changes meanwhile.

    *options* as for ``drafts_of``.
    """
    largest = (options or read_options()).limits.file
    try:
        if not os.path.lexists(path):
            raise UnreadableFile(f"There is no file {path}.")
        if not path.is_file():
            raise UnreadableFile(f"{path} is not a file that can be read to its end; save it as one.")
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            if before.st_size > largest:
                raise UnreadableFile(
                    f"{path.name} has {before.st_size / 2**20:,.0f} MB, and files over {largest // 2**20} MB are not "
                    "read; split it, or raise max_file_mb in the settings."
                )
            data = file.read(largest + 1)
            after = os.fstat(file.fileno())
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror or error}.") from None
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) != after.st_size:
        raise UnreadableFile(f"{path.name} changed while it was read; import it again when it is written to its end.")
    return data


def files_of(paths: Iterable[Path], supported: Callable[[str], bool]) -> Iterator[Path]:
    """The files that paths stand for: a file itself; of a folder, all files of a supported kind in it and below, in
    natural order, without hidden ones and without following linked folders. Each file once. InvalidInput for a path
    that is not there or a folder that cannot be looked into."""
    given: set[str] = set()
    for path in paths:
        if path.is_dir():
            found = _inside(path, supported)
        elif os.path.lexists(path):
            found = [path]
        else:
            raise InvalidInput(f"There is no file or folder {path}.")
        for file in found:
            real = os.path.abspath(file)
            if real not in given:
                given.add(real)
                yield file


def _inside(folder: Path, supported: Callable[[str], bool]) -> list[Path]:
    def refuse(error: OSError) -> None:
        raise InvalidInput(f"{error.filename} cannot be looked into: {error.strerror}.")

    found = []
    for inside, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not _hidden(name)]
        found += [Path(inside, name) for name in names if supported(name) and not _hidden(name)]
    return sorted(found, key=lambda file: natural_key(str(file.relative_to(folder))))


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$"))

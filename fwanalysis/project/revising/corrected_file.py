"""Corrected files: how a file is read as the new text of a source, and whether it is a file of that source."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from fwanalysis.domain.importing import FileChoices, Notice, ParsedSource
from fwanalysis.domain.text import text_hash
from fwanalysis.errors import FrameworkError, InvalidInput
from fwanalysis.project.context import did_you_mean, find_source
from fwanalysis.project.importing.run import parsed_sources
from fwanalysis.project.importing.source_building import warning_text
from fwanalysis.project.input_files import read_whole
from fwanalysis.store.queries import revisions as revision_queries
from fwanalysis.store.queries import sources as queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.domain.sources import Revision, Source
    from fwanalysis.project.context import Context
    from fwanalysis.store.reading import Reading

_PLAIN = {"txt", "md"}
"""Input formats between which only the file extension and the user decide."""


@dataclass(frozen=True, slots=True)
class CorrectedFile:
    """A file that was read as the new text of a source.

    Attributes:
        source: The source when the file was read.
        parsed: The text, turns and speakers that the file holds for the source.
        filename: The name of the file, without folders.
        data: The bytes of the file.
        is_row: Whether the file is a table of answers, of which *parsed* is one answer.
    """

    source: Source
    parsed: ParsedSource
    filename: str
    data: bytes
    is_row: bool

    def revision(self, present: Revision) -> Revision:
        """Return a revision that was read as this file was; id, number and text are those of *present*."""
        return replace(
            present,
            original_hash=hashlib.sha256(self.data).hexdigest(),
            filename=self.filename,
            input_format=self.parsed.input_format,
            speaker_format=self.parsed.speaker_format,
            speaker_format_reason=self.parsed.speaker_format_reason,
            encoding=self.parsed.encoding,
            warnings=tuple(warning_text(notice, self.parsed) for notice in self.parsed.warnings),
            metadata=tuple(self.parsed.metadata.items()),
        )


def read_corrected_file(context: Context, source: str, path: str | Path, choices: FileChoices) -> CorrectedFile:
    """Read a file as the new text of a source.

    Args:
        context: The open project.
        source: Name or id of the source.
        path: The file.
        choices: How to read it; labels that are speakers of the source already are recognised without being named.

    Raises:
        InvalidInput: The file is the original of another source, or a table of answers that has none for this one.
        UnreadableFile: The file cannot be read.
    """
    file = Path(path)
    data = read_whole(file)
    with context.store.read() as connection:
        found = find_source(source, queries.sources(connection))
        before = queries.revision(connection, found.revision_id)
        known = frozenset(speaker.label for speaker in queries.speakers(connection, found.id))
    choices = replace(choices, speaker_labels=choices.speaker_labels | known)
    parsed = _read_as_before(before, file.name, data, choices)
    with context.store.read() as connection:
        if len(parsed) > 1:
            answer = _answer_of(connection, found, parsed)
            return CorrectedFile(found, answer, file.name, data, is_row=True)
        _refuse_file_of_another(connection, found, file, data)
    return CorrectedFile(found, parsed[0], file.name, data, is_row=False)


def _read_as_before(before: Revision, filename: str, data: bytes, choices: FileChoices) -> tuple[ParsedSource, ...]:
    """Read a file in the speaker format that its source had, unless the user chose one or hardly any of it fits.

    Plain text is also read in the input format that the source had, if the file extension is the same.

    Returns:
        What the file holds. A warning says if its speaker format is not the detected one, or not the one before.
    """
    from fwanalysis.formats.speaker_formats import NO_LABELS, RANK

    parsed = parsed_sources(filename, data, choices)
    is_same_extension = Path(filename).suffix.lower() == Path(before.filename).suffix.lower()
    if choices.input_format is None and is_same_extension and {before.input_format, parsed[0].input_format} == _PLAIN:
        choices = replace(choices, input_format=before.input_format)
        parsed = parsed_sources(filename, data, choices)
    speaker_format = before.speaker_format
    if (
        len(parsed) > 1
        or choices.speaker_format
        or speaker_format not in RANK
        or speaker_format == NO_LABELS
        or parsed[0].speaker_format == speaker_format
    ):
        return parsed
    detected = parsed[0]
    (as_before, *more) = parsed_sources(filename, data, replace(choices, speaker_format=speaker_format))
    if more or as_before.speaker_format != speaker_format or 2 * _labelled(as_before) <= _labelled(detected):
        message = (
            f"The previous revision was read as {speaker_format}; hardly any of this file is in that format, so it "
            f"was read as {detected.speaker_format}."
        )
        return (replace(detected, warnings=(Notice(message), *detected.warnings)),)
    message = (
        f"It was read as {speaker_format}, like the previous revision; detected: {detected.speaker_format} "
        f"(use --speaker-format {detected.speaker_format})."
    )
    reason = as_before.speaker_format_reason.replace("you chose this format", "like the previous revision")
    warnings = (Notice(message), *as_before.warnings)
    return (replace(as_before, speaker_format_reason=reason, warnings=warnings),)


def _labelled(parsed: ParsedSource) -> int:
    return sum(turn.label is not None for turn in parsed.turns)


def _refuse_file_of_another(connection: Reading, source: Source, file: Path, data: bytes) -> None:
    known = queries.by_original(connection, hashlib.sha256(data).hexdigest())
    if known is not None and known.id != source.id:
        raise InvalidInput(f'{file.name} is already imported as another source, "{known.name}"')


def _answer_of(connection: Reading, source: Source, parsed: Sequence[ParsedSource]) -> ParsedSource:
    """Return the answer of a table that belongs to a source: by its name in the table it came from, or by its name."""
    wanted = _name_in_table(connection, source) or source.name
    found = [answer for answer in parsed if answer.name == wanted]
    if len(found) != 1:
        also = f' (imported as "{wanted}")' if wanted != source.name else ""
        raise InvalidInput(
            f'the file has {len(parsed)} sources, and none is called "{source.name}"{also}',
            hint=did_you_mean(wanted, [answer.name for answer in parsed]),
        )
    return found[0]


def _name_in_table(connection: Reading, source: Source) -> str | None:
    """Return the name that the table which a source was read from gives it, which it keeps when it is renamed.

    Notes:
        Nothing but the text of an answer links a source to a row, so the kept tables are read again. None if none of
        them holds exactly one answer with a text that the source had.
    """
    for revision in reversed(revision_queries.of_source(connection, source.id)):
        data = queries.original_or_none(connection, revision.original_hash)
        if data is None:
            continue
        choices = FileChoices(input_format=revision.input_format or None, encoding=revision.encoding)
        try:
            answers = parsed_sources(revision.filename, data, choices)
        except FrameworkError:  # kept by an earlier version that read more, or with options that were not kept
            continue
        names = {answer.name for answer in answers if text_hash(answer.text) == revision.text_hash}
        if len(names) == 1:
            return names.pop()
    return None

"""Sources: importing files, and reading what was imported."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypedDict, Unpack

from fwanalysis.domain.cases import natural_key
from fwanalysis.domain.codings import Tally
from fwanalysis.domain.importing import NO_CHOICES, FileChoices
from fwanalysis.domain.revisions import MIN_SIMILARITY
from fwanalysis.domain.sources import (
    Revision,
    Role,
    Source,
    SourceKind,
    SourceOverview,
    Transcript,
    TurnKind,
    TurnView,
)
from fwanalysis.domain.text import Span, covered
from fwanalysis.errors import InvalidInput, NotFound
from fwanalysis.project.context import Context, source_named
from fwanalysis.project.importing.run import Importer, parsed_sources
from fwanalysis.project.input_files import files_of, read_whole
from fwanalysis.store.queries import cases as case_queries
from fwanalysis.store.queries import codings as coding_queries
from fwanalysis.store.queries import revisions as revision_queries
from fwanalysis.store.queries import sources as queries
from fwanalysis.store.queries import suggestions as suggestion_queries
from fwanalysis.store.store import set_reading

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from fwanalysis.domain.coded_transcript import CodedTranscript
    from fwanalysis.domain.corrections import Correction
    from fwanalysis.domain.importing import ImportReport, ParsedSource
    from fwanalysis.domain.revisions import (
        ReanchoredSegment,
        RevisionReport,
        RevisionView,
        SourceSet,
        UnanchoredSegment,
    )

NO_FILE_CHOICES: Mapping[str, FileChoices] = MappingProxyType({})


class ImportOptions(TypedDict, total=False):
    """Choices for every file of an import; see ``FileChoices``."""

    kind: SourceKind | None
    case: str | None
    input_format: str | None
    speaker_format: str | None
    encoding: str | None
    speaker_labels: frozenset[str]


class Sources:
    """The imported interviews, focus groups and documents of a project."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def import_files(
        self,
        paths: Iterable[str | Path],
        *,
        chosen: Mapping[str, FileChoices] = NO_FILE_CHOICES,
        **options: Unpack[ImportOptions],
    ) -> Iterator[ImportReport]:
        """Import files and folders one by one, reporting on each; stop iterating to stop importing.

        A file that is already imported (identical bytes) is skipped, so an interrupted import can be run again. A file
        that cannot be read is refused; the others are imported. One call is one undo step.

        Args:
            paths: Files and folders.
            chosen: What the user chose for single files, by path.
            options: What applies to all other files (kind, case, input format, speaker format, encoding, speakers).

        Raises:
            InvalidInput: If a path does not exist; nothing is imported.
        """
        return self._run(paths, chosen, FileChoices(**options), writes=True)

    def preview_files(
        self,
        paths: Iterable[str | Path],
        *,
        chosen: Mapping[str, FileChoices] = NO_FILE_CHOICES,
        **options: Unpack[ImportOptions],
    ) -> Iterator[ImportReport]:
        """What ``import_files`` would make of the same files, one by one, with status ``ready``; writes nothing."""
        return self._run(paths, chosen, FileChoices(**options), writes=False)

    def _run(
        self, paths: Iterable[str | Path], chosen: Mapping[str, FileChoices], defaults: FileChoices, *, writes: bool
    ) -> Iterator[ImportReport]:
        given = [Path(path) for path in paths]
        return Importer(self._context, defaults, chosen, writes=writes).run(self.files(given), named=given)

    def files(self, paths: Iterable[str | Path]) -> Sequence[Path]:
        """The files that an import of these paths would read, in its order. InvalidInput for a path that is not
        there."""
        from fwanalysis.formats.readers.registry import is_supported

        return list(files_of([Path(path) for path in paths], is_supported))

    def parse(self, path: str | Path, choices: FileChoices = NO_CHOICES) -> Sequence[ParsedSource]:
        """The text and the turns of a file as an import with these choices would read them: what a preview shows.
        UnreadableFile or InvalidInput if it cannot be read so."""
        file = Path(path)
        return parsed_sources(file.name, read_whole(file), choices)

    def list(self) -> Sequence[SourceOverview]:
        """Every source in natural order of names, with turns, words, speakers, cases, and how much is read and
        coded."""
        with self._context.store.read() as connection:
            present = queries.present_revisions(connection)
            counts = queries.speech_counts(connection)
            names = {case.id: case.name for case in case_queries.cases(connection)}
            voices: dict[str, list[tuple[str, str | None]]] = {}
            for speaker in queries.speaking_speakers(connection):
                has_turns = speaker.role is Role.PARTICIPANT
                voices.setdefault(speaker.source_id, []).append((speaker.label, speaker.case_id if has_turns else None))
            spans = coding_queries.coded_spans(connection)
            coded = coding_queries.tally_by_source(connection)
            pending = suggestion_queries.pending_by_source(connection)
            coder = self._context.known_coder
            read = queries.furthest_read(connection, coder.id) if coder else {}
            sources = queries.sources(connection)
        overviews = []
        for source in sources:
            revision = present[source.id]
            cases = {case_id for _, case_id in voices.get(source.id, ())} | {source.case_id}
            overviews.append(
                SourceOverview(
                    id=source.id,
                    name=source.name,
                    kind=source.kind,
                    input_format=revision.input_format,
                    turns=counts.get(revision.id, 0),
                    words=revision.words,
                    speakers=tuple(label for label, _ in voices.get(source.id, ())),
                    cases=tuple(sorted((names[case] for case in cases if case), key=natural_key)),
                    read=min(1.0, read.get(source.id, 0) / max(1, revision.length)),
                    coded_share=covered(Span(*span) for span in spans.get(source.id, ())) / max(1, revision.length),
                    codings=coded.get(source.id, Tally()).placed,
                    unanchored=coded.get(source.id, Tally()).unanchored,
                    pending=pending.get(source.id, 0),
                )
            )
        return sorted(overviews, key=lambda overview: natural_key(overview.name))

    def ids(self) -> Sequence[str]:
        """Return the ids of all sources in the order of ``list``, without what ``list`` counts for each."""
        with self._context.store.read() as connection:
            sources = queries.sources(connection)
        return [source.id for source in sorted(sources, key=lambda source: natural_key(source.name))]

    def get(self, name: str) -> Source:
        """The source of a name or an id. NotFound or Ambiguous otherwise."""
        with self._context.store.read() as connection:
            return source_named(connection, name)

    def revision(self, name: str) -> Revision:
        """The present revision of a source: how it was read, its length, its doubts."""
        source = self.get(name)
        with self._context.store.read() as connection:
            return queries.revision(connection, source.revision_id)

    def transcript(self, name: str) -> Transcript:
        """A source's present revision whole: text, turns and speakers."""
        source = self.get(name)
        with self._context.store.read() as connection:
            return queries.transcript(connection, source)

    def text(self, name: str) -> str:
        """The text of a source's present revision, exactly as it is kept."""
        return self.transcript(name).text

    def turns(self, name: str, *, all_kinds: bool = False) -> Sequence[TurnView]:
        """The turns of speech of a source; *all_kinds* adds the preamble and what was set aside."""
        transcript = self.transcript(name)
        with self._context.store.read() as connection:
            names = {case.id: case.name for case in case_queries.cases(connection)}
        views = []
        for turn in transcript.turns:
            if turn.kind is not TurnKind.SPEECH and not all_kinds:
                continue
            speaker = transcript.speaker_of(turn)
            views.append(
                TurnView(
                    id=turn.id,
                    number=turn.number,
                    kind=turn.kind,
                    speaker=speaker.label if speaker else None,
                    role=speaker.role if speaker else None,
                    case=names[speaker.case_id] if speaker and speaker.case_id else None,
                    start=turn.start,
                    end=turn.end,
                    time=turn.time,
                    text=turn.span.of(transcript.text),
                )
            )
        return views

    def revise(
        self,
        source: str,
        path: str | Path,
        *,
        input_format: str | None = None,
        speaker_format: str | None = None,
        encoding: str | None = None,
        speaker_labels: frozenset[str] = frozenset(),
        dry_run: bool = False,
        force: bool = False,
    ) -> RevisionReport:
        """Take a corrected file as the new text and turns of a source, and find every segment's place in it.

        Segments whose words and place are certain move with them; the others keep the place they had last and await a
        person (``unanchored``). Known labels keep role and case. One step of undo; a *dry_run* writes nothing.
        InvalidInput if there is nothing to revise or, without *force*, the file looks like something else;
        UnreadableFile as for an import.
        """
        from fwanalysis.project.revising.revise import revise

        choices = FileChoices(
            input_format=input_format, speaker_format=speaker_format, encoding=encoding, speaker_labels=speaker_labels
        )
        return revise(self._context, source, path, choices, dry_run=dry_run, force=force)

    def correct(self, source: str, correction: Correction, *, seen: str, what: str = "") -> RevisionReport:
        """Take a person's correction of the revision *seen* (an id) as the source's new text and turns; otherwise as
        ``revise``. Where only labels or turns differ, nothing moves. *what* names the act in the history. Conflict if
        *seen* is not the present revision."""
        from fwanalysis.project.revising.revise import correct

        return correct(self._context, source, correction, seen=seen, what=what)

    def revisions(self, source: str) -> Sequence[RevisionView]:
        """The revisions of a source, oldest first."""
        from fwanalysis.project.revising.listing import revisions

        return revisions(self._context, source)

    def unanchored(self, source: str | None = None) -> Sequence[UnanchoredSegment]:
        """The coded segments of a source, or of all, that have no place in the present text, each with the likest words
        there, in the order of the texts. What is likest is found anew each time and stored nowhere."""
        from fwanalysis.project.revising.unanchored import unanchored

        return unanchored(self._context, source)

    def count_unanchored(self, source_id: str) -> int:
        """Count the coded segments of a source that have no place in its present text.

        Unlike ``unanchored`` this searches no text, so a screen can ask after every change.

        Raises:
            NotFound: If the source has been removed.
        """
        with self._context.store.read() as connection:
            if queries.source(connection, source_id) is None:
                raise NotFound(f"The source {source_id} no longer exists.")
            return revision_queries.count_unanchored(connection, source_id)

    def reanchor(self, segment_id: str, *, start: int | None = None, end: int | None = None) -> ReanchoredSegment:
        """Anchor an unanchored segment at its best match, or at ``[start, end)``. One undo step.

        Args:
            segment_id: The id of the segment, or its beginning.
            start: First code point of the new anchor; the best match if None.
            end: Code point after the last one.

        Returns:
            The segment with the cases to which it was and is attributed.

        Raises:
            InvalidInput: If there is no match, or no words are in the span.
        """
        from fwanalysis.project.revising.unanchored import reanchor

        return reanchor(self._context, segment_id, start=start, end=end)

    def reanchor_all(
        self, source: str, *, min_similarity: float = MIN_SIMILARITY, only: Collection[str] | None = None
    ) -> Sequence[ReanchoredSegment]:
        """Anchor the unanchored segments of a source that have a certain match. One undo step.

        Args:
            source: The name or id of the source.
            min_similarity: Least similarity of the old text and the match, 0 to 1.
            only: Ids of the segments that the user was shown; all if None.

        Returns:
            The segments that were anchored: those whose match is similar enough, is the only one, and stays attributed
            to the same cases.

        Raises:
            Conflict: If the attribution of a match changed since the user was shown it.
        """
        from fwanalysis.project.revising.unanchored import reanchor_all

        return reanchor_all(self._context, source, min_similarity=min_similarity, only=only)

    def rename(self, source: str, name: str) -> Source:
        """Give a source another name.

        Returns:
            The renamed source. Its cases keep their names; codings and summaries are not affected. One step of undo.

        Raises:
            InvalidInput: The name is empty, or another source has it (capitals do not count).
        """
        from fwanalysis.project.source_settings import rename

        return rename(self._context, source, name)

    def set(self, source: str, *, kind: SourceKind | None = None, case: str | None = None) -> SourceSet:
        """Change what a source is a record of: its kind, its own case, or both. One step of undo.

        Args:
            source: A name or id.
            kind: The new kind. The source and its speakers are joined to cases as an import of this kind would join
                them; a speaker with a case other than the source's own keeps it, but in a document none has one.
            case: The name of the source's own case, made if there is none; empty for none.

        Raises:
            InvalidInput: The case would have to be of another level (a focus group's is a group, an interview's a
                person), and other sources or speakers need it as it is.
        """
        from fwanalysis.project.source_settings import set_source

        return set_source(self._context, source, kind=kind, case=case)

    def remove(self, source: str) -> Source:
        """Take a source with all its revisions out of the project; its cases stay. One step of undo. Conflict, naming
        them, if codings, summaries or decisions rest on it."""
        from fwanalysis.project.revising.revise import remove

        return remove(self._context, source)

    def export(self, name: str, *, as_table: bool = False) -> bytes:
        """The turns of a source as they are now, in UTF-8: paragraphs of ``Label: words``, or a table in CSV (turn,
        kind, speaker, role, case, time, text) whose import gives the same turns. A source without turns is its text;
        InvalidInput if it is asked for as a table."""
        from fwanalysis.formats.writers.transcripts import ExportTurn, transcript_table, transcript_text

        turns = [
            ExportTurn(turn.speaker, turn.role, turn.case, turn.time, turn.kind, turn.text)
            for turn in self.turns(name, all_kinds=True)
        ]
        if as_table and not turns:
            raise InvalidInput(f"{name} has no turns, which a table needs", hint="export it as .txt")
        if as_table:
            return transcript_table(turns)
        return (transcript_text(turns) if turns else self.text(name)).encode("utf-8", "surrogatepass")

    def coded_transcript(self, name: str, *, codes: Iterable[str] = (), coder: str | None = None) -> CodedTranscript:
        """Return the current transcript of a source with its coded segments; see ``coded_transcript``."""
        from fwanalysis.project.coded_transcript import coded_transcript

        return coded_transcript(self._context, name, codes=tuple(codes), coder=coder)

    def position(self, source_id: str) -> int:
        """Where this coder was last in a source, in code points."""
        coder = self._context.known_coder
        if coder is None:
            return 0
        with self._context.store.read() as connection:
            source = queries.source(connection, source_id)
            length = queries.revision(connection, source.revision_id).length if source else 0
            return min(length, queries.position(connection, source_id, coder.id))

    def set_position(self, source_id: str, position: int, *, furthest: int = 0) -> None:
        """Note where this coder stands in a source, and that it was seen as far as *furthest* (code points). Not a step
        of undo."""
        coder = self._context.coder
        self._context.store.join(coder)
        set_reading(self._context.store, source_id=source_id, coder=coder, position=position, furthest=furthest)

"""The projects that are measured on, built once a run in a temporary folder."""

from __future__ import annotations

import shutil
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING

from bench.corpus import SEED, Corpus, make_corpus
from fwanalysis.domain.codings import Coding, Origin, Segment, anchored
from fwanalysis.domain.ids import new_id, now
from fwanalysis.domain.text import Span
from fwanalysis.project import create_project, open_project
from fwanalysis.store.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

CODINGS = 50_000


class Study:
    """The corpus, its files, and projects made of it. Nothing is made before it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def corpus(self) -> Corpus:
        """The texts and terms."""
        return make_corpus()

    @cached_property
    def files(self) -> list[Path]:
        """The transcripts as files."""
        return self.corpus.write(self.folder / "transcripts")

    @cached_property
    def project(self) -> Path:
        """A project with all transcripts and the codebook, nothing coded."""
        path = self.folder / "study.fwa"
        with create_project(path, coder="bench") as project:
            project.codebook.import_parsed(self.corpus.codebook())
            for _ in project.sources.import_files(self.files):
                pass
        return path

    @cached_property
    def coded(self) -> Path:
        """The same with 50,000 codings, spread evenly over the sources and at random over passages and codes."""
        path = self.folder / "coded.fwa"
        shutil.copyfile(self.project, path)
        _code(path)
        return path

    def small(self, name: str) -> Path:
        """A project of three transcripts, of which one is called *name*, and the codebook: what a start-up opens."""
        folder = self.folder / "small"
        paths = [folder / f"{name}.txt", *(folder / path.name for path in self.files[1:3])]
        folder.mkdir(exist_ok=True)
        for path, original in zip(paths, self.files, strict=False):
            shutil.copyfile(original, path)
        target = self.folder / "small.fwa"
        with create_project(target, coder="bench") as project:
            project.codebook.import_parsed(self.corpus.codebook())
            for _ in project.sources.import_files(paths):
                pass
        return target


def _code(path: Path) -> None:
    random = Random(SEED)
    with open_project(path, coder="bench") as project:
        coder = project.coder
        codes = [entry for entry in project.codebook.tree().entries if entry.depth]
        transcripts = [project.sources.transcript(item.id) for item in project.sources.list()]
    store = open_store(path)
    for transcript in transcripts:
        with store.change("coding.add", coder=coder) as changes:
            segments, anchors, codings = [], [], []
            for _ in range(CODINGS // len(transcripts)):
                turn = random.choice(transcript.speech)
                start = random.randrange(turn.start, turn.end - 1)
                span = Span(start, min(turn.end, start + random.randint(20, 300)))
                code = random.choice(codes)
                segment = Segment(new_id(), transcript.source.id)
                segments.append(segment)
                anchors.append(anchored(new_id(), segment.id, transcript.revision.id, transcript.text, span))
                codings.append(
                    Coding(new_id(), segment.id, code.id, code.version.id, coder.id, Origin.MANUAL, None, 1, now())
                )
            changes.add(*segments, *anchors, *codings)
    store.close()

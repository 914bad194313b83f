"""A study of values for tests of the matrix: who is who, who speaks where, and codings put on any span."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.analysis.matrix.study import Study
from fwanalysis.domain.cases import Attribute, AttributeType, Case, Level, Membership
from fwanalysis.domain.codebook import Code, CodeKind, CodeVersion, Examples, build_codebook
from fwanalysis.domain.matrix import Passage
from fwanalysis.domain.sources import Role, Source, SourceKind, Speaker, SpeakerIndex, Turn, TurnKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fwanalysis.domain.codebook import Codebook
    from fwanalysis.domain.matrix import Cell
    from fwanalysis.domain.text import Span

CASES = {
    "P1": Level.PERSON,
    "P2": Level.PERSON,
    "P3": Level.PERSON,
    "P10": Level.PERSON,
    "G": Level.GROUP,
    "S1": Level.SITE,
    "S2": Level.SITE,
}
CODES = ("a", "a/b", "a/b/d", "a/e", "c")
ATTRIBUTES = ("size", "place")

Spoken = tuple[int, int, Role, str | None]
_ASKS, _SPEAKS = Role.INTERVIEWER, Role.PARTICIPANT


@dataclass(frozen=True, slots=True)
class Talk:
    """A source: its kind, its own case, and its turns as (start, end, role, case)."""

    kind: SourceKind
    case: str | None
    turns: tuple[Spoken, ...]


SOURCES = {
    "P1": Talk(SourceKind.INTERVIEW, "P1", ((5, 20, _ASKS, None), (24, 40, _SPEAKS, "P1"), (44, 60, _ASKS, None))),
    "both": Talk(SourceKind.INTERVIEW, None, ((0, 20, _SPEAKS, "P2"), (22, 40, _SPEAKS, "P10"), (42, 60, _ASKS, None))),
    "FG": Talk(
        SourceKind.FOCUS_GROUP,
        "G",
        ((0, 10, _ASKS, None), (11, 25, _SPEAKS, "P1"), (26, 40, _SPEAKS, "P3"), (41, 60, _SPEAKS, None)),
    ),
    "minutes": Talk(SourceKind.DOCUMENT, "S1", ()),
    "news": Talk(SourceKind.DOCUMENT, None, ()),
}


@dataclass(frozen=True, slots=True)
class Made:
    """A coding: the source, the code's path, the span, the coder."""

    source: str
    code: str
    span: Span
    coder: str = "ana"


def codebook() -> Codebook:
    codes, versions = [], {}
    for position, path in enumerate(CODES):
        above, _, key = path.rpartition("/")
        codes.append(Code(path, key, key.upper(), above or None, position, path, "", Examples(), (), retired=False))
        versions[path] = CodeVersion(path, path, 1, CodeKind.SENSITIZING, "", "", "", "")
    return build_codebook(codes, versions, {})


def voices(name: str) -> SpeakerIndex:
    talk = SOURCES[name]
    source = Source(name, name, talk.kind, f"revision of {name}", talk.case, name)
    speakers, turns = {}, []
    for at, (start, end, role, case) in enumerate(talk.turns):
        speaker = Speaker(f"{name} {at}", name, f"voice {at}", role, "", case)
        speakers[speaker.id] = speaker
        turns.append(
            Turn(f"{name} {at}", source.revision_id, at, TurnKind.SPEECH, at + 1, speaker.id, start, start, end, None)
        )
    return SpeakerIndex(source, tuple(turns), speakers)


def passages(made: Sequence[Made]) -> list[Passage]:
    """Codings with ids *coding 0* and on; equal spans of a source share a segment."""
    return [
        Passage(
            coding_id=f"coding {number}",
            segment_id=f"{item.source} {item.span.start} {item.span.end}",
            code_id=item.code,
            coder_id=item.coder,
            stance="for",
            note="",
            created_at="",
            source_id=item.source,
            revision_id=f"revision of {item.source}",
            start=item.span.start,
            end=item.span.end,
            quote=f"words {item.span.start}-{item.span.end}",
        )
        for number, item in enumerate(made)
    ]


def study_of(
    made: Sequence[Made],
    belongs: Iterable[tuple[str, str]] = (),
    known: Mapping[tuple[str, str], str] | None = None,
    cells: Sequence[Cell] = (),
) -> Study:
    """The study with these codings, memberships (member, whole), attribute values and written cells."""
    values: dict[str, dict[str, str]] = {}
    for (case, name), value in (known or {}).items():
        values.setdefault(case, {})[name] = value
    return Study(
        codebook=codebook(),
        cases={name: Case(name, name, level) for name, level in CASES.items()},
        attributes=[Attribute(name, name, AttributeType.CHOICE, at) for at, name in enumerate(ATTRIBUTES)],
        values=values,
        memberships=[Membership(f"{member} in {whole}", member, whole) for member, whole in sorted(belongs)],
        voices={name: voices(name) for name in SOURCES},
        passages=passages(made),
        cells=cells,
        line=lambda source_id, position: position // 10 + 1,
    )

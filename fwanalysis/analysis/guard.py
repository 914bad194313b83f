"""The verbatim guard: check the quotations and references of a summary against the words that they refer to.

Pure functions over values: the caller says what each reference resolves to and which passages are the cell's evidence.
Fast enough to run at each key press.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from fwanalysis.analysis.quotation_matching import (
    BREAK,
    match_quotation,
    missing_part,
    plain,
    with_bracketed_ellipses,
)
from fwanalysis.domain.text import Span, one_line
from fwanalysis.matching.fuzzy import closest_passage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from fwanalysis.domain.summaries import Summary, SummaryQuotation
    from fwanalysis.domain.summary_references import SummaryReference

_SHOWN = 90
"""How many characters of a quotation a message shows."""


class FindingKind(StrEnum):
    """What the guard reports."""

    MISQUOTATION = "misquotation"
    DANGLING_REFERENCE = "dangling-reference"
    FOREIGN_REFERENCE = "foreign-reference"
    INSERTION = "insertion"
    QUOTATION_WITHOUT_REFERENCE = "quotation-without-reference"
    UNPAIRED_MARK = "unpaired-mark"
    SENTENCE_WITHOUT_REFERENCE = "sentence-without-reference"
    UNCODED_TURN = "uncoded-turn"
    UNCITED_EVIDENCE = "uncited-evidence"


class Severity(StrEnum):
    """Whether a finding is an error, or a note for the coder to decide about."""

    ERROR = "error"
    NOTE = "note"


_ERRORS = frozenset({FindingKind.MISQUOTATION, FindingKind.DANGLING_REFERENCE, FindingKind.FOREIGN_REFERENCE})


@dataclass(frozen=True, slots=True)
class CitedTurn:
    """A turn that a reference names, or a line of a source without turns.

    Attributes:
        id: Id of the turn; any id that the caller recognises for a line.
        source_id: Id of its source.
        start: Offset of *text* in the text of the source.
        text: Its words, without the speaker label.
        speaker: Id or label of its speaker; turns of a source with an equal *speaker* are one person's words.
        reference: How messages name it, such as ``P04:12``.
        is_own: Whether these are words of the cell's case.
    """

    id: str
    source_id: str
    start: int
    text: str
    speaker: str
    reference: str
    is_own: bool = True

    @property
    def end(self) -> int:
        """Offset after its text in the text of the source."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """What a reference resolves to.

    Attributes:
        turns: The turns of its range, in order, whoever speaks; empty if it is dangling.
        dangling: Why there is no such turn, as a clause: *P04 has only 67 turns*. Empty if there is one.
        foreign: Why the turns do not belong to the cell's case, as a clause: *this is the interviewer's turn*. Empty if
            they do; if none of *turns* is the case's own, the reference is foreign without a reason too.
    """

    turns: tuple[CitedTurn, ...] = ()
    dangling: str = ""
    foreign: str = ""

    @property
    def is_dangling(self) -> bool:
        """Whether it names nothing that exists."""
        return bool(self.dangling) or not self.turns

    @property
    def is_foreign(self) -> bool:
        """Whether it exists but is not the case's own."""
        return not self.is_dangling and (bool(self.foreign) or not any(turn.is_own for turn in self.turns))

    @property
    def quoted_turns(self) -> tuple[CitedTurn, ...]:
        """The turns whose words may be quoted: the case's own; all of them if the reference is foreign."""
        return self.turns if self.is_foreign else tuple(turn for turn in self.turns if turn.is_own)


@dataclass(frozen=True, slots=True)
class EvidencePassage:
    """A coded passage of the cell.

    Attributes:
        id: Id of the coding or segment.
        reference: How messages name it, such as ``P04:12``.
        source_id: Id of its source.
        start: Start of the passage in the text of the source.
        end: End of the passage.
    """

    id: str
    reference: str
    source_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the guard reports.

    Attributes:
        span: Where it is in the summary; empty and at the end of the text for evidence that is not cited.
        message: What is wrong and what to do.
        ids: What it is about: ids of evidence that is not cited, or of turns that are not coded.
        references: Indexes of the references that it is about.
    """

    kind: FindingKind
    span: Span
    message: str
    ids: tuple[str, ...] = ()
    references: tuple[int, ...] = ()

    @property
    def severity(self) -> Severity:
        """An error, or a note."""
        return Severity.ERROR if self.kind in _ERRORS else Severity.NOTE


def check_summary(
    summary: Summary,
    cited: Sequence[CitedPassage],
    evidence: Sequence[EvidencePassage] = (),
    elsewhere: Callable[[str], str | None] | None = None,
) -> tuple[Finding, ...]:
    """Check a summary against the words that it refers to.

    Args:
        summary: The parsed summary.
        cited: What each of its references resolves to, in their order.
        evidence: The coded passages of the cell.
        elsewhere: Where the exact words of a quotation are, as a reference, or None; only called for words that are not
            where the summary says.

    Returns:
        The findings in the order of the text; evidence that is not cited comes last.

    Raises:
        ValueError: *cited* has another length than the references of the summary.
    """
    if len(cited) != len(summary.references):
        raise ValueError(f"{len(cited)} cited passages for {len(summary.references)} references")
    findings = [
        *_references(summary, cited),
        *_quotations(summary, cited, elsewhere),
        *_unpaired(summary),
        *_sentences(summary),
        *_uncoded(summary, cited, evidence),
        *_uncited(summary, cited, evidence),
    ]
    return tuple(sorted(findings, key=lambda finding: (finding.span.start, finding.span.end)))


def is_quoted_from(words: str, text: str) -> bool:
    """Return whether the words of a quotation are in a text, by the rules of the guard."""
    return match_quotation(words, (plain(text),)) is not None


def find_quotation(words: str, turns: Iterable[CitedTurn]) -> CitedTurn | None:
    """Return the first turn that has the words of a quotation, or None."""
    return next((turn for turn in turns if is_quoted_from(words, turn.text)), None)


def _references(summary: Summary, cited: Sequence[CitedPassage]) -> Iterator[Finding]:
    for reference, passage in zip(summary.references, cited, strict=True):
        about = (reference.index,)
        if reference.last < reference.first:
            message = f"({reference.text}) ends before it begins. Write the smaller number first."
            yield Finding(FindingKind.DANGLING_REFERENCE, reference.span, message, references=about)
        elif passage.is_dangling:
            reason = passage.dangling or "there is no such turn"
            message = f"({reference.text}) refers to nothing: {reason}. Correct or remove the reference."
            yield Finding(FindingKind.DANGLING_REFERENCE, reference.span, message, references=about)
        elif passage.is_foreign:
            reason = passage.foreign or "these are not the words of this case"
            message = f"({reference.text}) is outside this cell: {reason}. Refer to words of the case itself."
            yield Finding(FindingKind.FOREIGN_REFERENCE, reference.span, message, references=about)


def _quotations(
    summary: Summary, cited: Sequence[CitedPassage], elsewhere: Callable[[str], str | None] | None
) -> Iterator[Finding]:
    for quotation in summary.quotations:
        if not quotation.references:
            message = f"{_shown(quotation.words)} has no reference. Add one after it, such as (P04:12)."
            yield Finding(FindingKind.QUOTATION_WITHOUT_REFERENCE, quotation.span, message)
            continue
        passages = [cited[index] for index in quotation.references]
        others = [plain(turn.text) for passage in passages for turn in passage.turns]
        insertions = match_quotation(quotation.words, spoken_texts(passages), others)
        if insertions is not None:
            for item in insertions:
                at = quotation.span.start + 1
                effect = f"replaces {_shown(item.replaced)}" if item.replaced else "adds to the words of the transcript"
                message = f"[{item.words}] {effect}. Check that the quotation still means the same."
                span = Span(at + item.start, at + item.end)
                yield Finding(FindingKind.INSERTION, span, message, references=quotation.references)
        elif not any(passage.is_dangling for passage in passages):
            references = [summary.references[index] for index in quotation.references]
            message = _explained(quotation, references, passages, elsewhere)
            yield Finding(FindingKind.MISQUOTATION, quotation.span, message, references=quotation.references)


def spoken_texts(passages: Sequence[CitedPassage]) -> list[str]:
    """Return what each speaker says in cited passages, in the form in which quotations are compared.

    Turns of one speaker that directly follow each other in a range are one text; others are separated by ``BREAK``.
    """
    following: set[tuple[CitedTurn, CitedTurn]] = set()
    turns: dict[tuple[str, str], set[CitedTurn]] = {}
    for passage in passages:
        following.update(pairwise(passage.turns))
        for turn in passage.quoted_turns:
            turns.setdefault((turn.source_id, turn.speaker), set()).add(turn)
    return [_joined(sorted(spoken, key=lambda turn: turn.start), following) for spoken in turns.values()]


def _joined(turns: Sequence[CitedTurn], following: set[tuple[CitedTurn, CitedTurn]]) -> str:
    parts = [plain(turns[0].text)]
    for before, turn in pairwise(turns):
        parts += (" " if (before, turn) in following else BREAK, plain(turn.text))
    return "".join(parts)


def _explained(
    quotation: SummaryQuotation,
    references: Sequence[SummaryReference],
    passages: Sequence[CitedPassage],
    elsewhere: Callable[[str], str | None] | None,
) -> str:
    """Return why a quotation is not what its references say, with the most useful of the reasons."""
    words, shown = quotation.words, _shown(quotation.words)
    where = ", ".join(reference.text for reference in references)
    every = list(dict.fromkeys(turn for passage in passages for turn in passage.turns))
    if (other := find_quotation(words, (turn for turn in every if not turn.is_own))) is not None:
        return f"{shown} is not what this case says: it is another speaker's, in {other.reference}."
    joined = BREAK.join(plain(turn.text) for turn in sorted(every, key=lambda turn: (turn.source_id, turn.start)))
    if match_quotation(words, (joined,)) is not None:
        return f"{shown} joins the words of two speakers. Quote each of them separately."
    if elsewhere is not None and (place := elsewhere(words)):
        return f"{shown} is not in {where} but in {place}. Correct the reference."
    spoken = spoken_texts(passages)
    if match_quotation(with_bracketed_ellipses(words), spoken) is not None:
        return f"{shown} leaves out words at an ellipsis of the transcript. Write the omission as […]."
    if not (part := missing_part(words, spoken)):
        return f"The parts of {shown} are not in this order in {where}. Quote them in their order."
    nearest = _nearest(part, "\n".join(turn.text for passage in passages for turn in passage.quoted_turns))
    if not nearest:
        return f"{shown} is not in {where}. Correct the quotation or the reference."
    if plain(part) in plain(nearest):
        return f"{shown} cuts a word of {where}: {_shown(nearest)}. Quote whole words."
    if plain(part).casefold() in plain(nearest).casefold():
        return f"{shown} has other capital letters than {where}: {_shown(nearest)}. Write a changed one as in [T]he."
    best = _shown(nearest.rstrip(".,"))
    return f"{shown} is not in {where}, which has {best}. Copy these words, or correct the reference."


@lru_cache(maxsize=256)
def _nearest(words: str, text: str) -> str:
    found = closest_passage(text, words)
    return one_line(text[slice(*found)]) if found else ""


def _shown(words: str) -> str:
    line = one_line(words)
    return f"“{line}”" if len(line) <= _SHOWN else f"“{line[: _SHOWN - 1].rstrip()}…”"


def _unpaired(summary: Summary) -> Iterator[Finding]:
    for span in summary.unpaired:
        message = "This quotation mark has no counterpart, so the quotation is not checked. Add the other mark."
        yield Finding(FindingKind.UNPAIRED_MARK, span, message)


def _sentences(summary: Summary) -> Iterator[Finding]:
    bare = [quotation.span for quotation in summary.quotations if not quotation.references]
    for sentence in summary.sentences:
        if not sentence.references and not any(sentence.span.overlaps(span) for span in bare):
            message = "This sentence has no reference. Add the turn that it is based on, such as (P04:12)."
            yield Finding(FindingKind.SENTENCE_WITHOUT_REFERENCE, sentence.span, message)


def _uncoded(summary: Summary, cited: Sequence[CitedPassage], evidence: Sequence[EvidencePassage]) -> Iterator[Finding]:
    by_source = _by_source(evidence)
    seen: set[CitedTurn] = set()
    for reference, passage in zip(summary.references, cited, strict=True):
        if passage.is_dangling or passage.is_foreign:
            continue
        turns = [turn for turn in passage.quoted_turns if turn not in seen and not _is_coded(turn, by_source)]
        seen.update(turns)
        if turns:
            names = ", ".join(turn.reference for turn in turns)
            verb = "is" if len(turns) == 1 else "are"
            message = f"{names} {verb} cited but not coded with this code. Code it, or refer to evidence instead."
            ids = tuple(turn.id for turn in turns)
            yield Finding(FindingKind.UNCODED_TURN, reference.span, message, ids, (reference.index,))


def _by_source(evidence: Iterable[EvidencePassage]) -> Mapping[str, list[EvidencePassage]]:
    found: dict[str, list[EvidencePassage]] = {}
    for passage in evidence:
        found.setdefault(passage.source_id, []).append(passage)
    return found


def _is_coded(turn: CitedTurn, by_source: Mapping[str, list[EvidencePassage]]) -> bool:
    return any(passage.start < turn.end and turn.start < passage.end for passage in by_source.get(turn.source_id, ()))


def _uncited(summary: Summary, cited: Sequence[CitedPassage], evidence: Sequence[EvidencePassage]) -> Iterator[Finding]:
    turns: dict[str, set[tuple[int, int]]] = {}
    for passage in cited:
        for turn in passage.turns:
            turns.setdefault(turn.source_id, set()).add((turn.start, turn.end))
    at = Span(len(summary.text), len(summary.text))
    for item in evidence:
        if not any(start < item.end and item.start < end for start, end in turns.get(item.source_id, ())):
            message = (
                f"The evidence ({item.reference}) is not cited. Use it in the summary, or leave it out on purpose."
            )
            yield Finding(FindingKind.UNCITED_EVIDENCE, at, message, (item.id,))

"""Small sources and rules for the tests of suggestions."""

from collections.abc import Sequence

from fwanalysis.domain.codebook import RuleSpec
from fwanalysis.domain.sources import Revision, Role, Source, SourceKind, Speaker, Transcript, Turn, TurnKind
from fwanalysis.domain.suggestions import Suggestion
from fwanalysis.suggest import CodeRule, prepare, tokenise


def interview(*lines: tuple[str, str], preamble: str = "", roles: dict[str, Role] | None = None) -> Transcript:
    """A source of the lines (label, words); a speaker without a role is a participant."""
    text = preamble and f"{preamble}\n\n"
    turns = [Turn("t0", "r1", 0, TurnKind.PREAMBLE, 0, None, 0, 0, len(preamble), None)] if preamble else []
    for number, (label, words) in enumerate(lines, start=1):
        mark = len(text)
        text += f"{label}: "
        place = (mark, len(text), len(text) + len(words))
        turns.append(Turn(f"t{number}", "r1", len(turns), TurnKind.SPEECH, number, label, *place, None))
        text += words + "\n\n"
    role_of = roles or {}
    speakers = {
        label: Speaker(label, "s1", label, role_of.get(label, Role.PARTICIPANT), "", None) for label, _ in lines
    }
    return _transcript(text, tuple(turns), speakers)


def document(text: str) -> Transcript:
    """A source without turns."""
    return _transcript(text, (), {})


def _transcript(text: str, turns: tuple[Turn, ...], speakers: dict[str, Speaker]) -> Transcript:
    source = Source("s1", "P07", SourceKind.INTERVIEW, "r1", None, "2026-01-01")
    revision = Revision("r1", "s1", 1, "hash", "hash", "P07.txt", "txt", "none", "", "utf-8", len(text), 0, (), ())
    return Transcript(source, revision, text, turns, speakers)


def code_rule(spec: RuleSpec, *, code: str = "free-riding", number: int = 1) -> CodeRule:
    """A rule of a code."""
    return CodeRule(code, f"{code}#{number}", code.capitalize(), spec)


def propose(source: str | Transcript, *rules: CodeRule | RuleSpec, corpus: Sequence[str] = ()) -> list[Suggestion]:
    """What the rules propose in the source, which with the texts of *corpus* is all there is."""
    transcript = document(source) if isinstance(source, str) else source
    compiled = [rule if isinstance(rule, CodeRule) else code_rule(rule) for rule in rules]
    tokens = tokenise(transcript.text)
    return prepare(compiled, [tokens, *map(tokenise, corpus)], "en").propose(transcript, tokens)


def passages(source: str | Transcript, *rules: CodeRule | RuleSpec) -> list[str]:
    """The passages that the rules propose."""
    text = source if isinstance(source, str) else source.text
    return [text[one.start : one.end] for one in propose(source, *rules)]


def words(source: str | Transcript, *rules: CodeRule | RuleSpec) -> list[list[str]]:
    """The matched words of each suggestion."""
    text = source if isinstance(source, str) else source.text
    return [[text[start:end] for start, end in one.hits] for one in propose(source, *rules)]

"""A made-up corpus and codebook of fixed size, the same at every run: 100 transcripts of 8,000 words, 300 terms.

Words follow Zipf's law: the commonest are English function words, then come English words in their inflections, among
which the terms are chosen, then a long tail of invented ones. Phrases of two and three words are strewn in, inflected
as speech would have them, so that phrases are found as well as words.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, islice
from random import Random
from typing import TYPE_CHECKING

from fwanalysis.domain.codebook import ParsedCode, ParsedCodebook, RuleSpec

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEED = 20_261
TRANSCRIPTS = 100
WORDS = 8_000
TERMS = 300
CODES = 30

_COMMON = """
the and to of a I that it you was in we they is for on have so but with be what not as at this are do know if just
like were there all them had think one our or about then would me when said from my people really he by get can how
up some out more which because she been who will going very well their time no could things lot way where other into
"""

_VERBS = """
share report help wait delay need ask answer call visit train work plan start end join offer accept reject agree
discuss decide change improve compare measure record audit review return deliver collect count check follow support
trust promise argue complain compete collaborate coordinate negotiate organise contribute benefit depend expect
explain learn teach listen talk meet attend miss cancel repeat duplicate overload interrupt balance manage direct
lead fund charge save spend invest reward blame praise thank welcome ignore exclude include
"""

_NOUNS = """
hospital ward nurse doctor manager patient family team group network partner meeting deadline budget target form
sheet letter phone room shift rota bed fall alarm risk rule habit story idea lesson result figure chart board
sponsor leader member neighbour region centre clinic office system project programme standard guideline protocol
template burden effort cost price market contract incentive advantage momentum rivalry jealousy credit duty promise
question problem decision agenda
"""

_SYLLABLES = "ba ce dor fen gal hum jel kor lin mav nol pir qua ras sel tov und vex wil zan tri plo mer dis con"


@dataclass(frozen=True, slots=True)
class Corpus:
    """The transcripts' texts by file name, and the terms of the codebook."""

    texts: dict[str, str]
    terms: tuple[str, ...]

    def write(self, folder: Path) -> list[Path]:
        """Write the transcripts into a folder, one text file each."""
        folder.mkdir(parents=True, exist_ok=True)
        paths = []
        for name, text in self.texts.items():
            path = folder / name
            path.write_text(text, encoding="utf-8", newline="\n")
            paths.append(path)
        return paths

    def codebook(self) -> ParsedCodebook:
        """The terms spread over the codes of five themes."""
        size = len(self.terms) // CODES
        codes = [
            ParsedCode(f"code-{number}", f"Code {number}", rules=(RuleSpec(any=self.terms[number * size :][:size]),))
            for number in range(CODES)
        ]
        themes = tuple(
            ParsedCode(f"theme-{number}", f"Theme {number}", codes=tuple(codes[number * 6 : number * 6 + 6]))
            for number in range(CODES // 6)
        )
        return ParsedCodebook("Benchmark", codes=themes)


def make_corpus() -> Corpus:
    """The corpus, from its seed."""
    random = Random(SEED)
    verbs, nouns = _VERBS.split(), _NOUNS.split()
    content = [form for word in verbs for form in _verb_forms(word)] + [
        form for word in nouns for form in (word, word + "s")
    ]
    content = list(dict.fromkeys(content))
    random.shuffle(content)
    vocabulary = [*_COMMON.split(), *_thinned(content, iter(_invented(random, 12_000)))]
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(vocabulary))))
    phrases = [(random.choice(verbs), random.choice(nouns)) for _ in range(200)]
    phrases = list(dict.fromkeys(phrases))
    texts = {
        f"P{number:03}.txt": _transcript(random, f"P{number:03}", vocabulary, weights, phrases)
        for number in range(1, TRANSCRIPTS + 1)
    }
    return Corpus(texts, _terms(random, content, phrases))


def _terms(random: Random, content: list[str], phrases: list[tuple[str, str]]) -> tuple[str, ...]:
    rare = content[len(content) // 2 :]
    prefixes = list(dict.fromkeys(f"{word[:6]}*" for word in rare if len(word) > 7))[:20]
    pairs = [f"{verb} {noun}" for verb, noun in phrases[:170]]
    triples = [f"{verb} the {noun}" for verb, noun in phrases[110:180]]
    exact = [f'"{verb} {noun}s"' for verb, noun in phrases[180:190]]
    singles = [word for word in reversed(rare) if f"{word[:6]}*" not in prefixes]
    chosen = list(dict.fromkeys([*prefixes, *pairs, *triples, *exact, *singles]))[:TERMS]
    assert len(chosen) == TERMS
    random.shuffle(chosen)
    return tuple(chosen)


def _verb_forms(verb: str) -> tuple[str, ...]:
    stem = verb.removesuffix("e")
    return (verb, verb + "s", stem + "ed", stem + "ing")


def _invented(random: Random, count: int) -> list[str]:
    syllables = _SYLLABLES.split()
    words: dict[str, None] = {}
    while len(words) < count:
        words["".join(random.choices(syllables, k=random.randint(2, 3)))] = None
    return list(words)


def _thinned(content: list[str], invented: Iterator[str]) -> Iterator[str]:
    """English words among invented ones, which grow more numerous as words grow rarer."""
    for place, word in enumerate(content):
        yield word
        yield from islice(invented, place // 50)
    yield from invented


def _transcript(
    random: Random, label: str, vocabulary: list[str], weights: list[float], phrases: list[tuple[str, str]]
) -> str:
    turns, said, is_interviewer = [], 0, True
    while said < WORDS:
        count = random.randint(1, 2) if is_interviewer else random.randint(2, 9)
        sentences = [list(_sentence(random, vocabulary, weights, phrases)) for _ in range(count)]
        said += sum(len(words) for words in sentences)
        spoken = " ".join(_written(words, random) for words in sentences)
        turns.append(f"{'Interviewer' if is_interviewer else label}: {spoken}")
        is_interviewer = not is_interviewer
    return "\n\n".join(turns) + "\n"


def _sentence(
    random: Random, vocabulary: list[str], weights: list[float], phrases: list[tuple[str, str]]
) -> Iterator[str]:
    yield from random.choices(vocabulary, cum_weights=weights, k=random.randint(4, 14))
    if random.random() < 0.2:
        verb, noun = random.choice(phrases)
        yield random.choice(_verb_forms(verb))
        if random.random() < 0.5:
            yield "the"
        yield noun + random.choice(("", "s"))
    yield from random.choices(vocabulary, cum_weights=weights, k=random.randint(0, 5))


def _written(words: list[str], random: Random) -> str:
    sentence = " ".join(words)
    return sentence[0].upper() + sentence[1:] + random.choice("....?!")

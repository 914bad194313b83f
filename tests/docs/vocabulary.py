"""The words that help, messages and documentation do not use, with what to write instead.

``python -m tests.docs.vocabulary [PATH ...]`` lists every use below the paths (the whole repository without one), so
that a text can be checked while it is written; ``--count`` prints the number of uses by kind of text and by term;
``--root FOLDER`` checks another copy of the repository.
"""

# ruff: noqa: E501  # patterns are easier to compare on one line
from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parents[2]

RETIRED: dict[str, tuple[str, ...]] = {
    "warning": (
        r"doubt(?:s|ed|ful|fully)?",
        r"look at this",
        r"to look at",
        r"look at it",
        r"tells?",
        r"told",
    ),
    "unattributed; without a speaker": (
        r"nobody(?:['’]s)?",
        r"of no participant",
        r"no participant['’]s words",
        r"no case['’]s",
        r"no one['’]s",
    ),
    "excluded text; exclude": (r"asides?", r"sets? aside", r"setting aside", r"(?:is|are|as) no speech", r"no speech"),
    "preamble; legend": (r"(?:facts|keys?) at the top", r"a key such as", r"facts and keys"),
    "speaker": (
        r"voices?",
        r"heard",
        r"somebody(?:['’]s)?",
        r"someone(?:['’]s)?",
        r"who speak in the sources",
        r"\AWho\Z",
    ),
    "speaker label": (
        r"speakers?['’]?s? marks?",
        r"marks? of (?:a |the )?(?:speakers?|tapes?|recordings?)",
        r"marks? (?:a |the )?speakers?",
        r"(?:speakers?|labels?|who speaks) (?:are|is) marked",
        r"(?:no|each|first|next|without(?: a)?|empty|their|its) marks?(?= (?:begins?|of a turn|stays?|is|are|in the text)|[.,:;)]|$)",
        r"marks? (?:begins? a turn|stays? in the text|on their own|in the text)",
        r"byline(?:s)? of speakers",
        r"as a label would",
    ),
    "speaker format": (r"styles?", r"--style"),
    "format; parser": (r"readers?", r"--reader", r"as what the file is read"),
    "recognised": (r"believed", r"believing", r"believes?", r"unbelievable"),
    "preview; parsed": (r"wish(?:es)?", r"what becomes of (?:it|each)", r"what became of"),
    "detected": (r"guess(?:ed|es)?", r"taken for", r"took (?:it )?for", r"were taken as words", r"taken as words"),
    "segment; quotation": (
        r"coded passages?",
        r"passages? (?:is |are )?coded",
        r"figures are passages",
        r"passages? to place",
        r"is no passage",
        r"stretch(?:es)?",
        r"whose text goes",
    ),
    "unanchored; position; re-anchor": (
        r"unplaced",
        r"without a place",
        r"(?:has|have|had|with) no place",
        r"no place in the",
        r"to place",
        r"waits? for (?:a place|you|a decision)",
        r"(?:lost|loses?) (?:its|their) places?",
        r"lost places?",
        r"adrift",
        r"stands? nowhere",
        r"loose",
        r"placed by hand",
        r"placing",
    ),
    "unchanged, moved, uncertain, not found": (
        r"fuzzy",
        r"kept,? (?:and )?moved",
        r"fuzzy (?:and|or) lost",
        r"moved,? (?:and|or) lost",
    ),
    "similarity; best match": (
        r"alike",
        r"likest",
        r"likeness(?:es)?",
        r"resembl\w+",
        r"of 100 alike",
        r"nearest words",
    ),
    "reattributed": (
        r"chang(?:e|es|ed|ing) hands",
        r"hand(?:s|ed)",
        r"other people['’]s",
        r"whose words",
        r"another case['’]s",
    ),
    "depends on; dependents": (
        r"rests? (?:up)?on",
        r"rested on",
        r"resting",
        r"what rests",
        r"nothing rests",
        r"(?:un)?founded",
    ),
    "remove; undo; clear": (
        r"tak(?:e|es|en|ing) (?:it |them |this |a source |a case |codings )?(?:off|away|back|out|in)",
        r"took (?:it |them |this )?(?:off|away|back|out|in)",
        r"leave (?:it|them|the \w+) away",
        r"throw .{0,20} away",
    ),
    "undo step; change": (
        r"acts?",
        r"redo of an act",
        r"done again",
        r"do (?:it )?again",
        r"steps? of undo",
        r"takes? back their own steps",
        r"(?:log|chain) of events",
        r"the events, newest first",
    ),
    "file extension": (r"endings?",),
    "space; whitespace": (r"blanks?",),
    "character; punctuation": (r"signs?", r"a letter or a figure", r"no letter of the text"),
    "correct; fix": (r"mend(?:s|ed|ing)?", r"anew"),
    "typo; misspelling": (r"slips?", r"misspelt"),
    "you; the user; the coder": (
        r"(?:until|unless|when|before|after|by|where|what|which|whatever|if|that|than|for) (?:a|the) person",
        r"(?:a|the) person (?:decides?|decided|looks?|sees?|has to|chooses?|chose|changes?|should|can|could|must|gives?|waits?|who changes|wrote|writes|codes|works|reads)",
        r"a person['’]s (?:verdict|decision|choice)",
        r"said to a person",
        r"whoever",
        r"those who (?:change|code|decide|read|write|work with)",
        r"for who",
        r"somebody who reads",
        r"somebody codes",
    ),
    "view": (r"desks?", r"panes?"),
    "interface": (r"front doors?",),
    "summary": (
        r"written cells?",
        r"cells? written",
        r"charted, resting",
        r"is charted",
        r"a written summary",
    ),
    "near miss": (r"close, but no", r"close_but_no"),
    "suggest; suggestion": (r"propos\w+", r"offer(?:s|ed|ing)?"),
    "occurs; appears; is at": (r"stand(?:s|ing)?", r"stood"),
    "skipped; duplicate; already imported": (
        r"passed over",
        r"twins?",
        r"is there already",
        r"already there",
        r"there already",
        r"in the project already",
    ),
    "Specify ...": (r"say which", r"say one thing", r"say what"),
    "usage error": (r"as it must be",),
    "log verified": (r"the chain is whole", r"is whole", r"unbroken chain"),
    "no longer exists": (r"(?:is|are) (?:there )?no more", r"there no more", r"not any more"),
    "meanwhile: changed by another coder": (r"meanwhile",),
    "keep editing; discard": (r"go on writing", r"what i wrote"),
    "hidden to fit": (r"for want of room",),
    "runs non-interactively": (r"nobody can be asked",),
    "a legacy file": (r"of the old kind",),
    "resumes; continues": (r"goes on", r"go on", r"went on", r"going on"),
    "still being written": (r"written to its end",),
    "incomplete": (r"not whole", r"a code whole", r"a source whole"),
    "no longer matches": (r"means? it no more",),
    "no case has ...; values in use": (r"asked for .{0,40} values there are", r"the values there are"),
    "No pending ...": (
        r"\Athere are none",
        r"has the rules look",
        r"left to decide",
        r"nothing is left",
        r"\d+ to decide",
        r"\Ato decide\Z",
    ),
    "random examples; fuzzing; layers": (
        r"examples of chance",
        r"damaged files thrown",
        r"the house",
        r"never part of the tests",
    ),
    "needs review": (r"wants? your eyes", r"as guessed"),
    "Change the rows": (r"turns? the chart",),
    "The command is": (r"in what follows",),
    "the footer shows": (r"keys of the moment",),
    "page footers": (r"f(?:ee|oo)t of (?:a |the )?pages?",),
    "All supported files are read": (r"of a folder all is taken", r"before you say so"),
    "applied codes; merge": (
        r"codes that were put on",
        r"put (?:a|the) codes? on",
        r"puts? a code",
        r"join a codebook",
    ),
    "previous": (r"the same, backwards",),
    "instead of": (r"in the place of",),
}
"""What to write, and the patterns (whole words, any case) that it replaces."""

NARROWED: dict[str, str] = {
    "who": "an ordinary word ('who speaks'); retired as the heading of a column and in phrases that avoid 'speaker' or 'you'",
    "words": "an ordinary word; retired where it avoids 'text', 'quotation' or the attribution ('whose words')",
    "key": "the key of a code, of a keyboard and of a record; retired for the legend of speakers at the top of a file",
    "label": "the new term itself is speaker label",
    "mark": "quotation marks, byte order marks, marked as out of date; retired for speaker labels",
    "letter": "an ordinary word; retired where it means any character",
    "event": "the class Event and the field of exports; retired for the log that users see, which has changes",
    "step": "undo step is the new term; retired as 'step of undo'",
    "evidence": "the evidence of a cell is the right term",
    "passage": "the right term for text that is not coded, or not yet; a coded one is a segment",
    "place": "an ordinary word; retired for the position of a segment",
    "kept": "an ordinary word; retired as the result of re-anchoring",
    "lost": "an ordinary word; retired as the result of re-anchoring",
    "screen": "Textual's class, and the screen of a computer; the five main ones are views",
    "person": "a level of cases; retired for the user of the program",
    "take": "an ordinary verb; retired with off, away, back, out and in",
    "chart": "charting is the fourth stage of the method",
    "is there": "an ordinary phrase; retired with 'already'",
    "stale": "the name of a state in code and options, and known from caches",
}
"""Words of which only narrower patterns are retired, with the reason."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """A use that is right: matched in the text around a retired word, below a path, with the reason."""

    context: str
    reason: str
    path: str = ""


EXCEPTIONS: tuple[Allowed, ...] = (
    Allowed(r"never, nobody, no one", "a word of denial in the guide", path=r"docs/guide/rules-and-suggestions\.md"),
    Allowed(r"nobody|no doubt|without (?:a )?doubt", "words of denials", path=r"suggest/denials\.py"),
    Allowed(r"formats\.readers|layout draft published", "the name of a package, and names of entries of front matter"),
    Allowed(r"screen readers?", "assistive software"),
    Allowed(r"your readers", "the readers of a report"),
    Allowed(
        r"readers?",
        "the packages formats/readers and formats/writers are named so",
        path=r"docs/(?:architecture\.md|decisions/)|CHANGELOG\.md",
    ),
    Allowed(r"fuzzy (?:search|match\w*|finder|terms?|compar\w+)|`?fuzzy`?:? |`fuzzy`", "inexact matching of words"),
    Allowed(
        r"(?:paragraph|character|heading|list|text|cell|CSS|Word) styles?|stylesheets?|style sheets?|styles? of (?:a |the )?(?:paragraph|heading|list)|style inheritance|Google.style",
        "typography, or a convention",
    ),
    Allowed(r"styles/workbench", "the folder of Textual's style sheets"),
    Allowed(r"voice (?:tags?|spans?|recorder|mail)|<v ", "WebVTT's own term, or a device"),
    Allowed(
        r"close_but_no.{0,80}(?:renamed|old|near_miss)|near_miss.{0,80}close_but_no",
        "the old field name, where its replacement is documented",
    ),
    Allowed(r"`proposals`", "the name of a method of the Python API"),
    Allowed(
        r"(?:equals?|dollar|plus|minus|per cent|percent|at|hash) signs?|sign (?:in|language)", "the name of a character"
    ),
    Allowed(r"sign(?:ed)?[ -]off|\"sign off", "other meanings"),
    Allowed(r"(?:blank|empty) lines?|blank cells?|blank\.yaml", "the usual term for a line without characters"),
    Allowed(r"drafts?", "the name of a state of summaries", path=r"docs/reference/chart-formats\.md"),
    Allowed(r"first draft", "the first state of a framework or a text"),
    Allowed(
        r"(?:old|renamed|formerly|was|deprecated|still|instead of|→|->|replaces?|becomes?)[^.\n]{0,80}`--?\w[\w-]*`|`(?:--style|--reader|unplaced|place|doubts|style|reader|hands|kept/fuzzy/lost|changed_hands|codings_without_a_place)`",
        "an old name, where its replacement is documented",
    ),
    Allowed(
        r"### Renamed\n(?:.|\n)*?(?=\n### )|(?:Renamed|old names?)(?:.|\n){0,1200}?(?=\n\* |\n\n|\Z)",
        "the list of old names, where their replacements are documented",
        path=r"CHANGELOG\.md|docs/guide/scripting\.md|docs/decisions/",
    ),
    Allowed(r"collective action|quick act|act on|acts? as|act of", "the theory, or the verb"),
    Allowed(
        r"stand(?:s|ing)? (?:for|still|up|by|out|alone)|understand\w*|standard\w*|outstanding|long-?standing|standing committee",
        "other verbs",
    ),
    Allowed(
        r"on the other hand|second-?hand|in hand|by hand|hands? over|handed over|shorthand|first-?hand|at hand|hands-on",
        "other meanings of hand",
    ),
    Allowed(r"(?:told|tell) apart", "to distinguish"),
    Allowed(r"import sys; sys\.path.*", "the program of a child process"),
    Allowed(r"Many hands make light", "the title of a paper"),
    Allowed(
        r"nobody|somebody|someone|voice|heard|those who|whoever|wish|stand\w*|alike|taken out|told|tell|meanwhile|go on",
        "the people that a study is about, in definitions and notes of a codebook",
        path=r"codebooks/",
    ),
    Allowed(
        r"Nobody|One person|nobody-says-anything", "the names of codes of the sample study", path=r"transcripts_sample"
    ),
)


@dataclass(frozen=True, slots=True)
class Use:
    """A retired word in a text: where, the word, what to write, and the text around it."""

    path: str
    line: int
    word: str
    instead: str
    around: str


_WORDS = {
    instead: re.compile(r"(?<![\w-])(?:" + "|".join(patterns) + r")(?![\w-])", re.IGNORECASE)
    for instead, patterns in RETIRED.items()
}
_ALLOWED = tuple((re.compile(item.path), re.compile(item.context, re.IGNORECASE)) for item in EXCEPTIONS)
_DATA = re.compile(r"lexicon|control_words|symbol_fonts|migrations/versions|/data/")
"""Modules whose strings are data of the field (words that transcripts hold), no text of ours."""
_LISTS = re.compile(r"(?:_names|_phrases|_words|\.split)$")
"""Functions that make lists of words of the field from a string."""


def uses_in(text: str, path: str, first_line: int = 1) -> Iterator[Use]:
    """Yield the retired words of a text, except where an exception matches around them."""
    right = [
        hit.span() for below, allowed in _ALLOWED if below.search(path) for hit in allowed.finditer(_one_line(text))
    ]
    for instead, pattern in _WORDS.items():
        for match in pattern.finditer(_one_line(text)):
            if any(start < match.end() and match.start() < end for start, end in right):
                continue
            around = text[max(0, match.start() - 80) : match.end() + 80]
            line = first_line + text.count("\n", 0, match.start())
            yield Use(path, line, match[0].lower(), instead, " ".join(around.split()))


def _one_line(text: str) -> str:
    """The text with single line breaks as spaces, so that a pattern finds a phrase that is wrapped."""
    return re.sub(r"(?<=\S)\n(?=[^\S\n]{0,6}\S)(?!\s*(?:[*#|-] |\d+\. ))", " ", text)


def documents(root: Path = ROOT) -> Iterator[Path]:
    """Yield the files of documentation: README, changelog, guides, reference, decisions, codebooks."""
    yield from (root / name for name in ("README.md", "CHANGELOG.md", "CITATION.cff"))
    yield from sorted((root / "docs").rglob("*.md"))
    yield from sorted((root / "codebooks").glob("*.yaml"))


def text_of(path: Path) -> str:
    """The text of a page; of a codebook only what is ours: not terms, example sentences or references, which are data."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".yaml":
        return text
    kept: list[str] = []
    skipping = -1  # the column of the key whose value is data
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip())
        is_item = indent == skipping and line.lstrip().startswith(("- ", "]"))
        if line.strip() and indent <= skipping and not is_item:
            skipping = -1
        data = re.match(r"\s*(?:- )?(?=(?:any|all|near|not|should_match|should_not_match|examples|references):)", line)
        if skipping < 0 and data:
            skipping = data.end()
        ours = line.lstrip().startswith("#") or skipping < 0
        kept.append(line if ours else "")
    return "\n".join(kept)


def messages(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the texts of a module that people read, with their lines: no docstrings, names, keys, patterns or data.

    Help is the docstrings of commands, which the command-line reference holds too; here they count in ``cli/``.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    attribute_docs = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    commands = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and "command" in " ".join(ast.unparse(decorator) for decorator in node.decorator_list)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    data = {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and (_LISTS.search(called := ast.unparse(node.func)) or called.startswith("re."))
        for argument in ast.walk(node)
    }
    parts = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in ast.walk(node)
        if part is not node
    }
    for node in ast.walk(tree):
        if id(node) in data | parts or (id(node) in documentation | attribute_docs and id(node) not in commands):
            continue
        text = _text(node)
        if text and (" " in text.strip() or text[:1].isupper()):
            yield node.lineno, text  # type: ignore[attr-defined]  # every node with a text has it


def _text(node: ast.AST) -> str:
    """The text of a string, or of a formatted string with ``{}`` for its values; empty for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return ""


def all_uses(root: Path = ROOT, below: Iterable[Path] = ()) -> Iterator[Use]:
    """Yield every use of a retired word in documentation and messages, or in those below some paths."""
    wanted = [path.resolve() for path in below]

    def is_wanted(path: Path) -> bool:
        return not wanted or any(path.resolve().is_relative_to(each) for each in wanted)

    for path in documents(root):
        if path.is_file() and is_wanted(path):
            yield from uses_in(text_of(path), path.relative_to(root).as_posix())
    for path in sorted((root / "fwanalysis").rglob("*.py")):
        name = path.relative_to(root).as_posix()
        if is_wanted(path) and not _DATA.search(name):
            for line, text in messages(path):
                yield from uses_in(text, name, line)


def main() -> None:
    """List or count the uses."""
    arguments = sys.argv[1:]
    root = ROOT
    if "--root" in arguments:
        at = arguments.index("--root")
        root = Path(arguments[at + 1]).resolve()
        del arguments[at : at + 2]
    paths = [Path(argument) for argument in arguments if argument != "--count"]
    found = list(all_uses(root, paths))
    if "--count" in arguments:
        for (kind, instead), count in sorted(Counter((kind_of(use.path), use.instead) for use in found).items()):
            print(f"{count:5}  {kind:9} {instead}")
    else:
        for use in found:
            print(f"{use.path}:{use.line}: {use.word} → {use.instead}: …{use.around}…")
    print(f"{len(found)} uses:", dict(Counter(kind_of(use.path) for use in found)))


def kind_of(path: str) -> str:
    """Return whether a path is documentation, help or messages."""
    return "messages" if path.endswith(".py") else "help" if path == "docs/reference/cli.md" else "docs"


if __name__ == "__main__":
    main()

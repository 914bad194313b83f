"""The words that help, messages and documentation do not use, with what to write instead.

``python -m tests.docs.vocabulary [PATH ...]`` lists every use below the paths (the whole repository without one), so
that a text can be checked while it is written; ``--count`` prints the number of uses by word.
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
    "warning": (r"doubt(?:s|ed|ful|fully)?", "look at this", "to look at", "look at it", "tell", "tells", "told"),
    "unattributed": (r"nobody(?:['’]s)?", "nobody named", "nobody in particular", "of no participant"),
    "excluded text; exclude": ("asides?", r"sets? aside", r"setting aside", "no speech"),
    "preamble": ("facts at the top",),
    "speaker": (r"voices?", "heard", "somebody", "someone"),
    "speaker label": (r"marks? of (?:a |the )?speakers?", r"speakers?['’]s? marks?", r"marks? (?:a |the )?speakers?"),
    "speaker format": (r"styles?", "--style"),
    "format; parser": (r"readers?", "--reader"),
    "recognised": ("believed", "believing", "believes?"),
    "preview": (r"drafts?", "wish(?:es)?", "what becomes of it", "what became of"),
    "detected": (r"guess(?:ed|es)?", "taken for", "took (?:it )?for"),
    "segment": (r"coded passages?", r"passages? coded", r"stretch(?:es)?"),
    "unanchored": (
        "unplaced",
        "without a place",
        "to place",
        r"waits? for a place",
        r"(?:lost|loses?) (?:its|their) places?",
        "adrift",
        "stands? nowhere",
        "loose",
    ),
    "unchanged, moved, uncertain, not found": (r"fuzzy",),
    "similarity; best match": ("alike", "likest", "likeness", r"resembl\w+"),
    "reattributed": (r"changed hands", r"hand(?:s|ed)", "other people[’']s", "whose words"),
    "depends on; dependents": (r"rests? (?:up)?on", r"rested on", "resting", "what rests", r"(?:un)?founded"),
    "remove; undo; clear": (
        r"tak(?:e|es|en|ing) (?:it |them |this )?(?:off|away|back|out|in)",
        r"took (?:off|away|back|out|in)",
    ),
    "undo step; change": (r"acts?", "redo of an act", "done again", "do again"),
    "file extension": (r"endings?",),
    "space; whitespace": (r"blanks?",),
    "character; punctuation": (r"signs?", r"figures?"),
    "correct; fix": (r"mend(?:s|ed|ing)?", "anew"),
    "typo; misspelling": (r"slips?",),
    "you; the user; the coder": (r"a person", r"the person", "whoever", "those who"),
    "view": (r"desks?", r"panes?"),
    "interface": (r"front doors?",),
    "summary": (r"written cells?",),
    "near miss": ("close, but no", "close_but_no"),
    "suggest; suggestion": (r"propos\w+", r"offer(?:s|ed|ing)?"),
    "occurs; appears; is at": (r"stand(?:s|ing)?", "stood"),
    "skipped; duplicate": (r"passed over", "twins?", "is there already", "already there", "in the project already"),
    "Specify ...": ("say which", "say one thing"),
    "usage error": ("as it must be",),
    "log verified": ("the chain is whole", "is whole"),
    "no longer exists": (r"(?:is|are) (?:there )?no more", "there no more"),
    "meanwhile: changed by another coder": ("meanwhile",),
    "keep editing; discard": ("go on writing", "throw .* away"),
    "hidden to fit": ("for want of room",),
    "runs non-interactively": ("where nobody can be asked",),
    "a legacy file": ("of the old kind",),
    "resumes; continues": ("goes on", "go on"),
    "incomplete": ("not whole",),
    "the file does not mention": ("means? it no more",),
    "random examples; fuzzing; layers": (
        "examples of chance",
        "damaged files thrown",
        "the house",
        "part of the tests",
    ),
    "needs review": ("wants? your eyes", r"as guessed"),
    "Change the rows": ("turn the chart",),
    "The command is": ("in what follows",),
    "the footer shows": ("keys of the moment",),
}
"""What to write, and the patterns (whole words, any case) that it replaces."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """A use that is right: matched in the text around a retired word, with the reason."""

    context: str
    reason: str


EXCEPTIONS: tuple[Allowed, ...] = (
    Allowed(r"screen readers?", "assistive software"),
    Allowed(
        r"fuzzy (?:search|match\w*|finder|terms?|compar\w+)|fuzzy:", "inexact matching of words, as rapidfuzz has it"
    ),
    Allowed(
        r"(?:paragraph|character|heading|list|text|cell|CSS|Word) styles?|stylesheets?|style sheets?|styles? of (?:a |the )?(?:paragraph|heading|list)",
        "typography",
    ),
    Allowed(r"voice (?:tags?|spans?|recorder|mail)|<v ", "WebVTT's own term, or a device"),
    Allowed(
        r"code_of_conduct|close_but_no.{0,60}(?:renamed|old|near_miss)|near_miss.{0,60}close_but_no",
        "the old field name, where its replacement is documented",
    ),
    Allowed(
        r"(?:equals?|dollar|plus|minus|per cent|percent|at) signs?|sign (?:in|language)", "the name of a character"
    ),
    Allowed(r"(?:blank|empty) lines?|blank cells?", "the usual term for a line without characters"),
    Allowed(
        r"(?:matrix|cell|summary|first|a|checked) drafts?|draft (?:cell|summar\w+)|`draft`", "the state of a summary"
    ),
    Allowed(
        r"(?:old|renamed|formerly|was|deprecated|still|instead of|→|->|replaces?|become[s]?)[^.\n]{0,80}`--?\w[\w-]*`|`(?:--style|--reader|unplaced|place|doubts|style|reader|hands)`",
        "an old name, where its replacement is documented",
    ),
    Allowed(r"collective action|quick act|act on|acts? as|act of", "the theory, or the verb"),
    Allowed(
        r"stand(?:s|ing)? (?:for|still|up|by|out|alone)|understand\w*|standard\w*|outstanding|long-?standing|standing committee",
        "other verbs",
    ),
    Allowed(
        r"on the other hand|second-?hand|in hand|by hand|hands? over|handed over|shorthand|first-?hand|at hand|hands-on",
        "idioms",
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
_ALLOWED = tuple(re.compile(item.context, re.IGNORECASE) for item in EXCEPTIONS)
_DATA = re.compile(r"lexicon|control_words|symbol_fonts|migrations/versions|/data/")
"""Modules whose strings are data of the field (words that transcripts hold), no text of ours."""


def uses_in(text: str, path: str, first_line: int = 1) -> Iterator[Use]:
    """Yield the retired words of a text, except where an exception matches around them."""
    for instead, pattern in _WORDS.items():
        for match in pattern.finditer(text):
            around = text[max(0, match.start() - 80) : match.end() + 80]
            at = match.start() - max(0, match.start() - 80)
            end = at + len(match[0])
            if any(hit.start() < end and at < hit.end() for allowed in _ALLOWED for hit in allowed.finditer(around)):
                continue
            line = first_line + text.count("\n", 0, match.start())
            yield Use(path, line, match[0].lower(), instead, " ".join(around.split()))


def documents(root: Path = ROOT) -> Iterator[Path]:
    """Yield the files of documentation: README, changelog, guides, reference, decisions, codebooks."""
    yield from (root / name for name in ("README.md", "CHANGELOG.md"))
    yield from sorted((root / "docs").rglob("*.md"))
    yield from sorted((root / "codebooks").glob("*"))


def messages(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the texts of a module that people read, with their lines: no docstrings, names, keys or patterns.

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
    patterns = {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.")
        for argument in ast.walk(node)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in patterns:
            continue
        if id(node) in documentation | attribute_docs and id(node) not in commands:
            continue
        if " " in node.value.strip() or node.value[:1].isupper():
            yield node.lineno, node.value


def all_uses(root: Path = ROOT, below: Iterable[Path] = ()) -> Iterator[Use]:
    """Yield every use of a retired word in documentation and messages, or in those below some paths."""
    wanted = [path.resolve() for path in below]

    def is_wanted(path: Path) -> bool:
        return not wanted or any(path.resolve().is_relative_to(each) for each in wanted)

    for path in documents(root):
        if path.is_file() and is_wanted(path):
            yield from uses_in(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())
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

"""References in a summary, such as ``(P04:12)``: how they are recognised and written.

One pair of parentheses holds one or more references and nothing else: ``(P04:12)``, ``(P04:12–14)``, ``(P04/FG1:12)``,
``(P08: line 12)``, ``(P04:12, 14)``, ``(P04:12; also FG1:3)``. Knows the text of a summary only, not what exists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from fwanalysis.domain.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Target = tuple[str, int, int, bool]
    """What a reference names: name, first and last number, and whether these are lines."""

RANGE = "–"
QUOTABLE, CONTRADICTS = "*", "!"
_DASH = "[-\u2010-\u2015\u2212]"
_NOT_IN_NAMES = ':,;()[]{}"“”„«»\n'
_OUTSIDE_NAMES = re.compile(f"[{re.escape(_NOT_IN_NAMES)}]")
_PARENTHESIS = re.compile(r"(?P<marks>[*!]{0,4})(?P<whole>\((?P<inside>[^()\[\]\n]*:[^()\[\]\n]*)\))")
_PART = re.compile(r"[^,;]+")
_ITEM = re.compile(
    r"\s*(?P<outer>[*!]*)(?:(?i:also|and|see|cf\.?|e\.g\.)\s+)?(?P<inner>[*!]*)(?P<own>"
    rf"(?:(?P<name>[^\s*!{re.escape(_NOT_IN_NAMES)}][^{re.escape(_NOT_IN_NAMES)}]*?)(?P<colon>\s*:\s*))?"
    rf"(?P<line>lines?\s*)?(?P<first>[0-9]{{1,9}})(?:(?P<dash>\s*{_DASH}\s*)(?P<last>[0-9]{{1,9}}))?)\s*"
)


@dataclass(frozen=True, slots=True)
class SummaryReference:
    """A reference in a summary.

    Attributes:
        index: Position among the references of the summary, from 0.
        span: Where its own text is, such as ``P04:12``, or ``14`` in ``(P04:12, 14)``.
        parenthesis: From the opening to the closing parenthesis; all references of a list have the same.
        name: ``P04`` or ``P04/FG1``; for a further number in a list, the name before it.
        first: The first turn, or line.
        last: The last turn, or line; the same as *first* unless a range is written.
        is_line: Whether *first* and *last* are lines of a source without turns.
        quotable: Whether it is marked with ``*``.
        contradicts: Whether it is marked with ``!``: the passage contradicts the theme.
    """

    index: int
    span: Span
    parenthesis: Span
    name: str
    first: int
    last: int
    is_line: bool
    quotable: bool
    contradicts: bool

    @property
    def target(self) -> Target:
        """Name, first, last and whether these are lines."""
        return self.name, self.first, self.last, self.is_line

    @property
    def text(self) -> str:
        """The reference in full, even if it is abbreviated in a list."""
        return reference_text(*self.target)


@lru_cache(maxsize=4096)
def reference_name(name: str) -> str:
    """Return a name as references write it: up to the first bracket, colon, comma, semicolon or quotation mark.

    Returns:
        The name itself if nothing would be left of it.
    """
    return _OUTSIDE_NAMES.split(name, maxsplit=1)[0].strip() or name


def reference_text(name: str, first: int, last: int, is_line: bool = False) -> str:
    """Return a reference without parentheses: ``P04:12``, ``P04:12–14``, ``P08: line 12``, ``P08: lines 12–14``."""
    numbers = f"{first}" if first == last else f"{first}{RANGE}{last}"
    if is_line:
        return f"{reference_name(name)}: {'line' if first == last else 'lines'} {numbers}"
    return f"{reference_name(name)}:{numbers}"


def find_references(text: str, known: Callable[[str], bool] | None = None) -> list[SummaryReference]:
    """Find the references of a text.

    Args:
        text: The text, in which comments are overwritten.
        known: Whether a name (``P04``, ``P04/FG1``) is that of a case or a source.

    Returns:
        The references in the order of the text.

    Notes:
        Parentheses are references if every item in them has the form of one and every name is known or looks like a
        name: it begins with a letter, and has no space or only words with a capital letter. Beside a known name, any
        name that begins with a letter is one. So ``(P44:12)`` is a reference to a case that does not exist, and
        ``(10:30)`` and ``(ratio 3:1)`` are ordinary parentheses.
    """
    found: list[SummaryReference] = []
    for parenthesis in _PARENTHESIS.finditer(text):
        items = _items(parenthesis["inside"])
        if items and _are_names([item["name"] for item in items if item["name"]], known):
            found.extend(_read(parenthesis, items, len(found)))
    return found


def _items(inside: str) -> list[re.Match[str]]:
    """Return the items of a list of references; empty if one of them is not a reference."""
    items: list[re.Match[str]] = []
    for part in _PART.finditer(inside):
        item = _ITEM.fullmatch(inside, *part.span())
        if item is None or not (items or item["name"]):
            return []
        items.append(item)
    return items


def _are_names(names: Sequence[str], known: Callable[[str], bool] | None) -> bool:
    unknown = [name for name in names if known is None or not _is_known(name, known)]
    if len(unknown) < len(names):
        return all(name[0].isalpha() for name in unknown)
    return all(map(_looks_like_a_name, unknown))


def _is_known(name: str, known: Callable[[str], bool]) -> bool:
    return known(name) or ("/" in name and all(known(part.strip()) for part in name.split("/")))


def _looks_like_a_name(name: str) -> bool:
    words = name.split()
    return name[0].isalpha() and (len(words) == 1 or all(word[0].isupper() for word in words))


def _read(found: re.Match[str], items: Iterable[re.Match[str]], index: int) -> Iterator[SummaryReference]:
    at = found.start("inside")
    name, is_line = "", False
    for position, item in enumerate(items):
        marks = found["marks"] + item["outer"] + item["inner"]
        name = item["name"] or name
        is_line = bool(item["line"]) or (is_line and not item["name"])
        yield SummaryReference(
            index=index + position,
            span=Span(at + item.start("own"), at + item.end("own")),
            parenthesis=Span(*found.span("whole")),
            name=name,
            first=int(item["first"]),
            last=int(item["last"] or item["first"]),
            is_line=is_line,
            quotable=QUOTABLE in marks,
            contradicts=CONTRADICTS in marks,
        )


def rewrite(text: str, references: Sequence[SummaryReference], targets: Mapping[int, Target]) -> str:
    """Return the text with references replaced; see ``summaries.renumbered``."""
    parts: list[str] = []
    end = 0
    before: SummaryReference | None = None
    carried: Target | None = None
    for reference in references:
        in_list = before is not None and before.parenthesis == reference.parenthesis
        target = targets.get(reference.index, reference.target)
        parts += (text[end : reference.span.start], _rewritten(text, reference, target, carried if in_list else None))
        end, before, carried = reference.span.end, reference, target
    return "".join((*parts, text[end:]))


def _rewritten(text: str, reference: SummaryReference, target: Target, carried: Target | None) -> str:
    """Return the text of a reference to *target*, in the form in which it is written now.

    Args:
        text: The text of the summary.
        reference: The reference as it is now.
        target: What it is to name.
        carried: What the reference before it in its list names then, whose name an abbreviated one takes over.
    """
    now = reference.span.of(text)
    item = _ITEM.fullmatch(now)
    name, first, last, is_line = target
    if item is None:
        return reference_text(*target)
    word = item["line"] or ""
    if item["name"] is not None:
        is_as_written = is_line == reference.is_line
        start = f"{reference_name(name)}{item['colon']}"
    else:
        is_as_written = carried is not None and carried[0] == name and is_line == (bool(word) or carried[3])
        start = ""
    if not is_as_written:
        return reference_text(*target)
    if target == reference.target:
        return now
    numbers = f"{first}" if first == last else f"{first}{item['dash'] or RANGE}{last}"
    return f"{start}{_line_word(word, first, last)}{numbers}"


def _line_word(word: str | None, first: int, last: int) -> str:
    """Return ``line `` or ``lines `` with the white space as it is written."""
    if not word:
        return ""
    return ("line" if first == last else "lines") + word[len(word.rstrip()) :]

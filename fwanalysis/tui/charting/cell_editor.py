"""The editor of a summary: quotations, references, comments and findings are marked while you type.

Knows the language of summaries, not the project.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from fwanalysis.domain.summaries import parse_summary
from fwanalysis.domain.text import Span
from fwanalysis.tui.widgets.wordsarea import WordsArea

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rich.text import Text

    from fwanalysis.domain.summaries import Summary

Marked = tuple[Span, str]
"""A part of a text, and the component class that it is shown in."""

_NO_SPACE_AFTER = " \n\t([“\"'‘"
_MARKED = re.compile(r"\*!?$|(?:^|\s)!\*?$")
"""The end of a line with the marks of a reference; a ``!`` after a word ends a sentence."""
_NO_SPACE_BEFORE = " \n\t.,;:!?)]…"


class SummaryArea(WordsArea):
    """A text area in which the parts of a summary are marked.

    Attributes:
        parse: Divides a text into its parts.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "summary--quotation",
        "summary--reference",
        "summary--comment",
        "summary--error",
        "summary--note",
    }

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.highlight_cursor_line = False  # it would cover the colours of the parts
        self.parse: Callable[[str], Summary] = parse_summary
        self._findings: tuple[str, Sequence[Marked]] = ("", ())
        self._parsed = lru_cache(maxsize=1)(lambda text: self.parse(text))
        self._by_line = lru_cache(maxsize=1)(self._divide)

    @property
    def summary(self) -> Summary:
        """The text with its parts."""
        return self._parsed(self.words)

    def mark(self, findings: Iterable[Marked]) -> None:
        """Underline findings of the present text, until the text changes."""
        self._findings = (self.words, tuple(findings))
        self._by_line.cache_clear()
        self.notify_style_update()
        self.refresh()

    def get_line(self, line_index: int) -> Text:
        """Return a line with its parts styled."""
        line = super().get_line(line_index)
        for start, end, name in self._by_line(self.words).get(line_index, ()):
            line.stylize(self.get_component_rich_style(name, partial=True), start, end)
        return line

    def _divide(self, text: str) -> dict[int, list[tuple[int, int, str]]]:
        """Return the marks by the number of their line, with offsets in the line."""
        found: dict[int, list[tuple[int, int, str]]] = {}
        starts = [0]
        for line in text.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        for span, name in self._marks(text):
            for number, start in enumerate(starts[:-1]):
                shared = span.shared(Span(start, starts[number + 1]))
                if shared is not None:
                    found.setdefault(number, []).append((shared.start - start, shared.end - start, name))
        return found

    def _marks(self, text: str) -> Iterable[Marked]:
        summary = self._parsed(text)
        yield from ((item.span, "summary--quotation") for item in summary.quotations)
        yield from ((item, "summary--reference") for item in dict.fromkeys(r.parenthesis for r in summary.references))
        yield from ((item.span, "summary--comment") for item in summary.comments)
        checked, findings = self._findings
        if checked == text:
            yield from findings

    def put(self, words: str) -> None:
        """Insert words at the cursor or in place of the selection, with a space before and after them where needed.

        A reference follows the marks ``*`` and ``!`` without a space, which would separate it from them.
        """
        first, last = sorted((self.selection.start, self.selection.end))
        before = self.document.get_line(first[0])[: first[1]]
        after = self.document.get_line(last[0])[last[1] :]
        is_joined = words[0] in ".,;" or (words[0] == "(" and _MARKED.search(before))
        lead = " " if before and before[-1] not in _NO_SPACE_AFTER and not is_joined else ""
        trail = " " if after and after[0] not in _NO_SPACE_BEFORE else ""
        self.history.checkpoint()
        self.replace(f"{lead}{words}{trail}", first, last, maintain_selection_offset=False)
        self.history.checkpoint()

    def go_to(self, span: Span) -> None:
        """Move the cursor to the start of a part, and give the focus to the editor."""
        self.cursor = span.start
        self.focus()


def in_quotation_marks(words: str, reference: str) -> str:
    """Return words of a transcript as a quotation with its reference.

    Marks of the same kind within the words become single ones, as in print.
    """
    inside = " ".join(words.split()).replace("“", "‘").replace("”", "’")
    return f"“{inside}” {reference}"

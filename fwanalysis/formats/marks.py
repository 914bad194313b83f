"""Where a turn may begin: the marks that lines of a transcript begin with, in the forms people write them in.

Pure: text in, positions (code points) out. It finds every line that *could* begin a turn; ``formats.speakers``
decides which do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fwanalysis.domain.text import lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LABEL_TIME = "label-time"
TIME_LABEL = "time-label"
BOLD_LABEL = "bold-label"
LABEL_COLON = "label-colon"
LABEL_TAB = "label-tab"
TIME = "time"

LOOSE = frozenset({LABEL_COLON, LABEL_TAB})
"""Forms that ordinary prose and lists have too."""

_WS = r"[^\S\n]"
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_RANGE = rf"{_CLOCK}(?:{_WS}*(?:-->|[-–—]){_WS}*{_CLOCK})?"
_BOXED = rf"(?:\\?\[{_RANGE}\\?\]|\({_RANGE}\)|<{_RANGE}>)"
_WHEN = rf"(?:{_BOXED}|{_RANGE})"
_NOT_IN_LABEL = r"\n\t:：*?!;,\"“”„<>\[\]{}=|\\"
_LABEL = (
    r"(?:\\?\[[^\]\[\n:：\\]{1,36}\\?\]"
    rf"|[^\W_](?:[^{_NOT_IN_LABEL}]{{0,38}}?[^\s{_NOT_IN_LABEL}])??)"
)
_COLON = "[:：]"
_STRONG = r"(?:\*\*|__)"

_FORMS = {  # the most telling first: a line is read in the first form that fits
    LABEL_TIME: re.compile(
        rf"{_STRONG}?(?P<label>{_LABEL})(?:{_WS}*{_COLON}{_STRONG}?|{_STRONG}{_COLON}?|{_WS})"
        rf"{_WS}*(?P<after>{_WHEN}){_STRONG}?{_WS}*(?:{_COLON}{_WS}*)?$",
        re.MULTILINE,
    ),
    TIME_LABEL: re.compile(
        rf"(?P<before>{_WHEN}){_WS}*(?:[-–—]{_WS}*)?{_STRONG}?(?P<label>{_LABEL}){_WS}*"
        rf"(?:{_STRONG}?{_COLON}(?!//){_STRONG}?|{_STRONG}?$)",
        re.MULTILINE,
    ),
    BOLD_LABEL: re.compile(
        rf"{_STRONG}(?P<label>{_LABEL})(?:{_WS}+(?P<before>{_BOXED}))?{_WS}*"
        rf"(?:{_COLON}{_WS}*{_STRONG}|{_STRONG}{_WS}*{_COLON})(?:{_WS}*(?P<after>{_BOXED}))?"
    ),
    LABEL_COLON: re.compile(
        rf"(?P<label>{_LABEL})(?:{_WS}*(?P<before>{_BOXED}))?{_WS}*{_COLON}(?!//)(?:{_WS}*(?P<after>{_BOXED}))?"
    ),
    LABEL_TAB: re.compile(rf"(?:(?P<before>{_WHEN}|\d+)\t+)?(?P<label>{_LABEL}){_COLON}?\t+(?:(?P<after>{_WHEN})\t+)?"),
}
_BOLD_RUN = re.compile(rf"(?P<label>{_LABEL})(?:{_WS}*(?P<before>{_BOXED}))?{_WS}*{_COLON}?{_WS}*$")
_AFTER_BOLD = re.compile(rf"(?:{_WS}*{_BOXED})?(?:{_WS}*{_COLON})?(?:{_WS}*{_BOXED})?")
_TIME_ALONE = re.compile(rf"(?P<before>{_BOXED}|{_RANGE}(?={_WS}*$))", re.MULTILINE)
_CLOCK_IN = re.compile(_CLOCK)
_TELLING = re.compile(r"[:：\t]")
_LEADING = re.compile(rf"{_WS}*")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place where a turn may begin: its form, the label as written, the mark from ``start`` and the words from
    ``words`` on, the time in seconds."""

    style: str
    label: str
    start: int
    words: int
    time: float | None = None


def label_marks(text: str, bold: Mapping[int, int]) -> Iterator[Mark]:
    """The mark that each line may begin with, in its most telling form; *bold* maps where a bold stretch begins to
    its end."""
    for start, end in _line_contents(text):
        mark = _bold_mark(text, start, min(bold[start], end), end) if start in bold else None
        if mark is None and _TELLING.search(text, start, end):
            mark = next(filter(None, (_mark(text, start, end, style) for style in _FORMS)), None)
        if mark:
            yield mark


def time_marks(text: str) -> Iterator[Mark]:
    """The lines that begin with a time in brackets or are a time alone; without label."""
    for start, end in _line_contents(text):
        found = _TIME_ALONE.match(text, start, end)
        if found:
            yield Mark(TIME, "", start, found.end(), _seconds(found.group()))


def reread(text: str, mark: Mark, style: str) -> Mark:
    """The same mark read in another form where it can be: in a file of ``Label: words``, ``P07: 10:30`` has no time
    but words."""
    if mark.style == style or style not in _FORMS:
        return mark
    line_end = text.find("\n", mark.start)
    return _mark(text, mark.start, len(text) if line_end < 0 else line_end, style) or mark


def _line_contents(text: str) -> Iterator[tuple[int, int]]:
    """Where each line begins, after its leading white space, and ends."""
    for line in lines(text):
        leading = _LEADING.match(text, line.start, line.end)
        yield leading.end() if leading else line.start, line.end


def _mark(text: str, start: int, end: int, style: str) -> Mark | None:
    found = _FORMS[style].match(text, start, end)
    if not found:
        return None
    groups = found.groupdict()
    time = _seconds(groups.get("before") or "")
    return Mark(
        style, found["label"], start, found.end(), _seconds(groups.get("after") or "") if time is None else time
    )


def _bold_mark(text: str, start: int, bold_end: int, line_end: int) -> Mark | None:
    """The label that the bold beginning of a line is, with a colon inside it, just after it, or none."""
    found = _BOLD_RUN.match(text, start, bold_end)
    if not found:
        return None
    after = _AFTER_BOLD.match(text, found.end(), line_end)
    words = after.end() if after else found.end()
    return Mark(BOLD_LABEL, found["label"], start, words, _seconds(text[start:words]))


def _seconds(written: str) -> float | None:
    """The first clock time in *written*, ``1:02:03`` or ``02:03`` with or without a fraction, in seconds."""
    found = _CLOCK_IN.search(written)
    if not found:
        return None
    seconds = 0.0
    for part in found.group().replace(",", ".").split(":"):
        seconds = seconds * 60 + float(part)
    return seconds

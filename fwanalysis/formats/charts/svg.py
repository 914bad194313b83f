"""Draw figures as SVG: bars of cases by code, heat maps, and matrices of co-occurrence.

A picture for an HTML page takes the colour of the text around it, and its colours from the variables of ``CHART_CSS``,
which belongs into the style of the page; a picture for a file has fixed colours on white, because other programs do not
know variables. Every number is there as text, and the colours also differ in lightness.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from fwanalysis.domain.figures import Measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fwanalysis.domain.figures import CodeFigure, CodesFigure, CoOccurrence, Crosstab, GridFigure, Number

_LIGHT = "--chart-for:#1d4e89;--chart-against:#f2b134;--chart-mixed:#9a8fb0;--chart-heat:#2b6cb0"
_DARK = "--chart-for:#9ac9f5;--chart-against:#8a5a00;--chart-mixed:#8478a0;--chart-heat:#5aa9e6"
CHART_CSS = f".fwa-figure{{{_LIGHT}}}@media screen and (prefers-color-scheme:dark){{.fwa-figure{{{_DARK}}}}}"
"""The style of a page with pictures. Without it they have the light colours."""
_COLOURS = dict(re.findall(r"(--chart-\w+):(#\w+)", _LIGHT))
_TEXT = "#1a1a1a"
_SIZE = 12
"""Height of the letters in pixels."""
_LETTER = 6.7
"""Width of a digit and of most small letters in pixels, as in Arial and Helvetica."""
_NARROW, _WIDE = 3.7, 10.3
_NARROW_LETTERS = frozenset("fijltrI.,:;'’!|()[]/- ")
_WIDE_LETTERS = frozenset("mwMW%@—…")
_LINE = 15
_GAP = 8
_BAR = 300
"""Width in pixels of a bar of all cases."""
_NARROWEST, _WIDEST = 72, 124
"""Widths in pixels of a column of a grid; between them, its longest word decides."""
_LABEL = 30
"""Width of a heading of a row in letters."""
_STRONGEST = 0.55
"""Opacity of the highest value: text on it can still be read."""
_SCALE = "The highest value has the strongest colour; – = not defined"
_SMALL = "* = small cell: fewer than 5 cases or fewer than 5 expected"
_INVALID = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold."""


def bars_svg(figure: CodesFigure, *, key: str = "bars", is_file: bool = False) -> str:
    """Draw the cases of each code as a bar, divided by what they say about it.

    Args:
        figure: The figures of codes.
        key: What the ids in the picture begin with; unique in a page.
        is_file: Whether to write a file that needs no page around it.
    """
    title = "Cases by code"
    drawing = _Drawing(key, title, " ".join(f"{code.label}: {_cases(code)}." for code in figure.codes), is_file)
    labels = [_lines(code.label, _LABEL) for code in figure.codes]
    left = _GAP + _widest(labels)
    longest = max((code.possible for code in figure.codes), default=0) or 1
    drawing.text(0, _SIZE, title, weight="bold")
    top = _legend(drawing, 24) + 14
    for code, lines in zip(figure.codes, labels, strict=True):
        height = max(len(lines) * _LINE, 20)
        for number, line in enumerate(lines):
            drawing.text(left - _GAP, top + _SIZE + number * _LINE, line, anchor="end")
        drawing.rect(left, top, _BAR * code.possible / longest, 16, "none", stroke=True)
        parts = (code.case_stances.for_, code.case_stances.mixed, code.case_stances.against)
        starts = accumulate(parts, initial=0)
        for part, start, name in zip(parts, starts, ("for", "mixed", "against"), strict=False):
            if part:
                x, width = left + _BAR * start / longest, _BAR * part / longest
                drawing.rect(x, top, width, 16, drawing.colour(name), stroke=True)
        drawing.text(left + _BAR * code.possible / longest + _GAP, top + _SIZE, _cases(code))
        top += height + 8
    return drawing.written(top)


def _cases(code: CodeFigure) -> str:
    split = f" ({code.case_stances})" if code.case_stances.total else ""
    return f"{code.cases} of {code.possible}{split}"


def _legend(drawing: _Drawing, top: float) -> float:
    x = 0.0
    for name, label in (("for", "for"), ("mixed", "mixed"), ("against", "against"), ("", "no passage")):
        drawing.rect(x, top, 16, 12, drawing.colour(name) if name else "none", stroke=True)
        drawing.text(x + 22, top + 10, label)
        x += 22 + _width(label) + 20
    return top + 12


def heat_map_svg(figure: GridFigure, *, key: str = "heat-map", is_file: bool = False) -> str:
    """Draw a figure of cases by codes as a heat map; see ``bars_svg`` for the arguments."""
    names = {
        Measure.PRESENCE: "Presence of codes by case",
        Measure.PASSAGES: "Passages by case and code",
        Measure.WORDS: "Words by case and code",
        Measure.PER_1000: "Words per 1,000 by case and code",
    }
    rows = [
        (row.label, tuple(_Tile(value, _number(value)) for value in values))
        for row, values in zip(figure.rows, figure.values, strict=True)
    ]
    return _grid(
        _Drawing(key, names[figure.measure], figure.note, is_file),
        [column.label for column in figure.columns],
        rows,
        _SCALE,
    )


def cooccurrence_svg(figure: CoOccurrence, *, key: str = "co-occurrence", is_file: bool = False) -> str:
    """Draw the co-occurrence of codes as a matrix: coefficient and number; see ``bars_svg`` for the arguments."""
    tiles: dict[tuple[str, str], _Tile] = {}
    for pair in figure.pairs:
        shown = "–" if pair.jaccard is None else f"{pair.jaccard:.2f} (n={pair.both})"
        tiles[pair.first, pair.second] = tiles[pair.second, pair.first] = _Tile(pair.jaccard, shown)
    for name, frequency in figure.frequencies.items():
        tiles[name, name] = _Tile(None, f"n={frequency}")
    rows = [(one.label, tuple(tiles[one.key, other.key] for other in figure.columns)) for one in figure.columns]
    title = f"Co-occurrence of codes by {figure.unit} (Jaccard)"
    return _grid(_Drawing(key, title, figure.note, is_file), [column.label for column in figure.columns], rows, _SCALE)


def crosstab_svg(figure: Crosstab, *, key: str = "crosstab", is_file: bool = False) -> str:
    """Draw a crosstab with the shares of its rows; see ``bars_svg`` for the arguments."""
    rows = [
        (name, tuple(_crosstab_tile(figure, row, column) for column in range(len(figure.columns))))
        for row, name in enumerate(figure.rows)
    ]
    title = f"Cases by {figure.row_name} and {figure.column_name}: number, and share of the row"
    return _grid(_Drawing(key, title, figure.note, is_file), figure.columns, rows, _SMALL)


def _crosstab_tile(figure: Crosstab, row: int, column: int) -> _Tile:
    share = figure.row_share(row, column)
    small = "*" if figure.is_small(row, column) else ""
    percent = "" if share is None else f" ({share:.0%})"
    return _Tile(share, f"{figure.count(row, column)}{small}{percent}")


@dataclass(frozen=True, slots=True)
class _Tile:
    """A cell of a grid: its value, which the colour shows, and its text."""

    value: Number
    text: str


def _grid(
    drawing: _Drawing,
    columns: Sequence[str],
    rows: Sequence[tuple[str, Sequence[_Tile]]],
    scale: str = "",
) -> str:
    words = [word for heading in columns for word in heading.split()]
    texts = [*words, *(tile.text for _, tiles in rows for tile in tiles)]
    wide = min(max([_NARROWEST, *(_width(text) + 10 for text in texts)]), _WIDEST)
    headings = [_lines(heading, (wide - 10) / _LETTER) for heading in columns]
    labels = [_lines(label, _LABEL) for label, _ in rows]
    left = _GAP + _widest(labels)
    drawing.text(0, _SIZE, drawing.title, weight="bold")
    if scale:
        drawing.text(0, _SIZE + _LINE + 2, scale)
    top = 26 + _LINE * (max(map(len, headings), default=0) + bool(scale))
    for number, lines in enumerate(headings):
        for above, line in enumerate(reversed(lines)):
            drawing.text(left + wide * (number + 0.5), top - 6 - _LINE * above, line, anchor="middle")
    highest = max((tile.value or 0 for _, tiles in rows for tile in tiles), default=0)
    for (_, tiles), lines in zip(rows, labels, strict=True):
        height = max(len(lines) * _LINE + 4, 22)
        for number, line in enumerate(lines):
            drawing.text(left - _GAP, top + _LINE * (number + 1), line, anchor="end")
        for number, tile in enumerate(tiles):
            share = (tile.value or 0) / highest if highest else 0
            x = left + wide * number
            drawing.rect(x, top, wide - 2, height - 2, drawing.colour("heat"), opacity=_STRONGEST * share)
            drawing.text(x + wide / 2 - 1, top + height / 2 + 3, tile.text, anchor="middle")
        top += height
    return drawing.written(top)


def _number(value: Number) -> str:
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"


@dataclass(slots=True)
class _Drawing:
    """The elements of a picture, and how far they reach to the right."""

    key: str
    title: str
    description: str
    is_file: bool
    elements: list[str] = field(default_factory=list)
    right: float = 0

    def colour(self, name: str) -> str:
        """Return the colour of a meaning."""
        default = _COLOURS[f"--chart-{name}"]
        return default if self.is_file else f"var(--chart-{name}, {default})"

    @property
    def _foreground(self) -> str:
        return _TEXT if self.is_file else "currentColor"

    def text(self, x: float, y: float, text: str, *, anchor: str = "start", weight: str = "") -> None:
        """Add a line of text; *x* is its start, middle or end, as *anchor* says."""
        part = {"start": 1, "middle": 0.5, "end": 0}[anchor]
        self.right = max(self.right, x + part * _width(text) * (1.1 if weight else 1))
        more = f' text-anchor="{anchor}"' * (anchor != "start") + f' font-weight="{weight}"' * bool(weight)
        self.elements.append(f'<text x="{x:.1f}" y="{y:.1f}"{more}>{_escaped(text)}</text>')

    def rect(
        self, x: float, y: float, width: float, height: float, fill: str, *, opacity: float = 1, stroke: bool = False
    ) -> None:
        """Add a rectangle."""
        self.right = max(self.right, x + width)
        edge = f' stroke="{self._foreground}" stroke-opacity="0.6"' if stroke or not opacity else ""
        faint = f' fill-opacity="{opacity:.2f}"' if opacity < 1 else ""
        if not opacity:
            edge = f' stroke="{self._foreground}" stroke-opacity="0.15"'
        self.elements.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"{faint}{edge}/>'
        )

    def written(self, bottom: float) -> str:
        """Return the picture."""
        width, height = round(self.right + 4), round(bottom + 4)
        named = (f"{self.key}-title", f"{self.key}-desc")
        paper = [f'<rect width="{width}" height="{height}" fill="#ffffff"/>'] if self.is_file else []
        box = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        font = (
            f'font-family="Arial, Helvetica, Liberation Sans, sans-serif" font-size="{_SIZE}" fill="{self._foreground}"'
        )
        name = f'role="img" aria-labelledby={quoteattr(" ".join(named))}'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" class="fwa-figure" {box} {name} {font}>'
        return "\n".join(
            (
                head,
                f"<title id={quoteattr(named[0])}>{_escaped(self.title)}</title>",
                f"<desc id={quoteattr(named[1])}>{_escaped(self.description)}</desc>",
                *paper,
                *self.elements,
                "</svg>",
            )
        )


def _escaped(text: str) -> str:
    return escape(_INVALID.sub("\ufffd", text))


def _width(text: str) -> float:
    """Return the width of a text in pixels, estimated: fonts differ."""
    return sum(map(_letter_width, text))


def _letter_width(letter: str) -> float:
    if letter in _NARROW_LETTERS:
        return _NARROW
    if letter in _WIDE_LETTERS:
        return _WIDE
    if unicodedata.east_asian_width(letter) in "WF":
        return _SIZE
    return 1.25 * _LETTER if letter.isupper() else _LETTER


def _widest(labels: Iterable[Sequence[str]]) -> float:
    """Return the room for labels: their greatest width, and a tenth more for wider fonts."""
    return 1.1 * max((_width(line) for lines in labels for line in lines), default=0)


def _lines(text: str, letters: float) -> list[str]:
    """Return a text as lines of at most so many letters, broken at spaces, else inside words."""
    lines = [""]
    for word in text.split():
        for piece in _pieces(word, letters):
            joined = f"{lines[-1]} {piece}" if lines[-1] else piece
            if _width(joined) <= letters * _LETTER:
                lines[-1] = joined
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, letters: float) -> Iterable[str]:
    while _width(word) > letters * _LETTER:
        cut = next(
            at for at in range(1, len(word) + 1) if at == len(word) or _width(word[: at + 1]) > letters * _LETTER
        )
        yield word[:cut]
        word = word[cut:]
    yield word

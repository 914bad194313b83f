"""Pictures of figures on the terminal: bars and shades that need no colour."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from fwanalysis.cli.diagnostics import is_terminal
from fwanalysis.cli.output import emit, terminal_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fwanalysis.domain.figures import CodeFigure, CodesFigure, GridFigure, Number

_WIDEST = 110
"""Width in terminal cells above which bars do not become longer."""
_NARROWEST = 60
"""Width below which bars are plain text."""
_LABEL = 36
_BAR = 30
"""Length of a plain bar."""
_BLOCKS = "█▒░"
_PLAIN = "#+-"
"""For, mixed and against, in this order."""
_SHADES = " ░▒▓█"
_NO_BREAK = "\u00a0"
"""A space that a table keeps."""


def emit_bars(figure: CodesFigure) -> None:
    """Write the cases of each code as bars, divided into for, mixed and against.

    On a terminal that is wide enough they are drawn with plotext; elsewhere they are plain characters.
    """
    codes = [code for code in figure.codes if code.possible]
    if not codes:
        return
    width = terminal_width()
    if width is None or width < _NARROWEST or not _can_show(_BLOCKS):
        _emit_plain(codes)
    else:
        _emit_drawn(codes, min(width - 1, _WIDEST))
    emit("")


def _can_show(characters: str) -> bool:
    try:
        characters.encode(sys.stdout.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _parts(code: CodeFigure) -> tuple[int, int, int]:
    stances = code.case_stances
    return stances.for_, stances.mixed, stances.against


def _emit_drawn(codes: Sequence[CodeFigure], width: int) -> None:
    import plotext

    names = _names(codes, width // 2)
    top = max(code.possible for code in codes)
    picture = plotext.figure
    # A picture that is higher than the terminal would be compressed, and bars would share rows.
    plotext.terminal.limit(False, False)
    picture.clear()
    picture.theme("colorless")
    picture.plot_size(width, len(codes) + 2)
    lengths = [list(reversed(parts)) for parts in zip(*map(_parts, codes), strict=True)]
    # The narrowest bars: a bar is one row, and never reaches into the next.
    rows = list(range(len(codes), 0, -1))
    bars = picture.bar(rows[::-1], lengths, stacked=True, orientation="horizontal", marker=list(_BLOCKS), width=0.001)
    picture.draw(bars)
    picture.ruler("y").ticks(rows, names)
    picture.ruler("x").lim(0, top)
    step = max(1, -(-top // 10))
    ticks = list(range(0, top + 1, step))
    picture.ruler("x").ticks(ticks, [str(tick) for tick in ticks])
    picture.ruler("y").lim(0.75, len(codes) + 0.25)
    picture.axes(active=False, axis="y", side="right")
    picture.axes(active=False, axis="x", side="upper")
    emit("\n".join(line.rstrip() for line in picture.build().string(colorless=True).split("\n")).rstrip("\n"))
    emit(_legend(_BLOCKS))


def _emit_plain(codes: Sequence[CodeFigure]) -> None:
    width = terminal_width() or 80
    length = max(5, min(_BAR, width - _LABEL - 2))
    names = _names(codes, max(20, width - length - 2))
    longest = max(map(len, names))
    top = max(code.possible for code in codes)
    for code, name in zip(codes, names, strict=True):
        parts = _parts(code)
        # The ends of the parts are rounded, not the parts, so that the bar is as long as all of them together.
        ends = [round(sum(parts[: count + 1]) * length / top) for count in range(3)]
        starts = (0, *ends)
        bar = "".join(mark * (end - start) for mark, start, end in zip(_PLAIN, starts, ends, strict=False))
        emit(f"{name.ljust(longest)}  {bar.ljust(round(code.possible * length / top), '.')}")
    emit(_legend(_PLAIN, "  . no passage"))


def _legend(marks: str, more: str = "") -> str:
    named = "  ".join(f"{mark} {name}" for mark, name in zip(marks, ("for", "mixed", "against"), strict=True))
    return f"cases: {named}{more}"


def _names(codes: Sequence[CodeFigure], width: int) -> list[str]:
    """Return the names of codes with their numbers: *Free-riding  8 of 11*."""
    from rich.cells import cell_len, set_cell_size

    numbers = [f"{code.cases} of {code.possible}" for code in codes]
    room = max(10, min(width, _LABEL + 12) - max(map(len, numbers)) - 2)
    labels = [_cut(code.label, room) for code in codes]
    longest = max(map(cell_len, labels))
    right = max(map(len, numbers))
    return [
        f"{set_cell_size(label, longest)}  {number.rjust(right)}" for label, number in zip(labels, numbers, strict=True)
    ]


def _cut(label: str, room: int) -> str:
    """Return a label that fits, with an ellipsis where it is cut; the end *(itself)* is kept."""
    from rich.cells import cell_len, set_cell_size

    if cell_len(label) <= room:
        return label
    end = " (itself)" if label.endswith(" (itself)") else ""
    return set_cell_size(label.removesuffix(end), max(1, room - 1 - len(end))).rstrip() + "…" + end


def shaded(figure: GridFigure) -> list[tuple[str, ...]]:
    """Return the rows of a heat map as text: numbers, each with a shade by its share of the highest.

    The shades are left out where stdout cannot show them.
    """
    highest = max((value for line in figure.values for value in line if value), default=0)
    texts = [[_number(value) for value in line] for line in figure.values]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    has_shades = is_terminal(sys.stdout) and _can_show(_SHADES)
    return [
        (
            row.label,
            *(
                f"{text.rjust(width, _NO_BREAK)} {_shade(value, highest)}" if has_shades else text
                for text, width, value in zip(line, widths, values, strict=True)
            ),
        )
        for row, line, values in zip(figure.rows, texts, figure.values, strict=True)
    ]


def _shade(value: Number, highest: float) -> str:
    """Return two blocks that are darker the nearer a value is to the highest; spaces for 0 and for no value."""
    if not value or not highest:
        return "  "
    return _SHADES[max(1, -int(-4 * value // highest))] * 2


def _number(value: Number) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.1f}"

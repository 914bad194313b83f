"""The colours of the transcript, made from a theme's and a code's. Knows no text and no layout."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.style import Style
from textual.color import Color, ColorParseError

if TYPE_CHECKING:
    from textual.widget import Widget

PARTS = (
    "question",
    "excluded",
    "number",
    "label",
    "question-label",
    "caret",
    "caret-away",
    "selection",
)
"""What a stylesheet can style, each as ``transcript--PART``."""

_WHITE = Color(255, 255, 255)
_BLACK = Color(0, 0, 0)
_READABLE = 0.4
"""How far a code's colour and the background differ in brightness, at least, on a scale of 1."""
_SHADE = 0.20
_STRONG_SHADE = 0.38
"""How much of a code's colour is in the ground behind coded words, and behind the passage that is being decided."""


@dataclass(frozen=True, slots=True)
class Look:
    """The styles of the parts; ``base`` is a participant's words on ``background``."""

    background: Color
    base: Style
    question: Style
    excluded: Style
    number: Style
    label: Style
    question_label: Style
    caret: Style
    caret_away: Style
    selection: Style

    def ink(self, colour: str) -> Style:
        """A code's colour for stripes and names, moved away from the background until it reads."""
        return _ink(self.background, colour)

    def chip(self, colour: str) -> Style:
        """A code's initials on a ground of its colour."""
        return self.ink(colour) + Style(reverse=True)

    def shade(self, colours: tuple[str, ...], *, strong: bool) -> Style:
        """The ground behind words under these codes (strong: the passage being decided); each code adds to it."""
        return _shade(self.background, colours, strong)


def look_of(widget: Widget) -> Look:
    """The look that the present theme and stylesheets give a widget that has the component classes of PARTS."""
    ground = widget.background_colors[1]

    def part(name: str) -> Style:
        styles = widget.get_component_styles(f"transcript--{name}")
        color = (ground + styles.color).rich_color if styles.has_rule("color") else None
        background = (ground + styles.background).rich_color if styles.has_rule("background") else None
        return Style(color=color, bgcolor=background) + styles.text_style

    look = Look(ground, widget.rich_style, *(part(name) for name in PARTS))
    if widget.app.no_color:
        return replace(look, selection=Style(reverse=True), caret=Style(reverse=True, underline=True, bold=True))
    return look


@lru_cache(maxsize=512)
def _ink(background: Color, colour: str) -> Style:
    parsed = _parsed(colour)
    away = _WHITE if background.brightness < 0.5 else _BLACK
    shades = (parsed.blend(away, step / 10) for step in range(11))
    far = (shade for shade in shades if abs(shade.brightness - background.brightness) >= _READABLE)
    return Style(color=next(far, away).rich_color)


@lru_cache(maxsize=2048)
def _shade(background: Color, colours: tuple[str, ...], strong: bool) -> Style:
    if background.ansi is not None:  # the terminal's own background: there is nothing to blend with
        return Style(bold=True) if strong else Style()
    ground = background
    for colour in colours:
        ground = ground.blend(_parsed(colour), _STRONG_SHADE if strong else _SHADE)
    return Style(bgcolor=ground.rich_color)


def _parsed(colour: str) -> Color:
    try:
        return Color.parse(colour)
    except ColorParseError:
        return Color(128, 128, 128)

"""The colours of the chart, made from a theme's. Knows no cell and no layout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.style import Style

if TYPE_CHECKING:
    from textual.color import Color
    from textual.widget import Widget

PARTS = ("heading", "theme", "label", "dim", "line", "band", "stale", "mark", "warning", "evidence", "link", "odd")
"""What a stylesheet can style, each as ``chart--PART``."""
_HEAT_STEPS = 6
_HEAT = 0.45
"""How much of the theme's colour is in the ground of the cell with the most segments."""
_PLAIN = Style()


@dataclass(frozen=True)
class Look:
    """The styles of the parts of a chart.

    Attributes:
        base: The style of plain text.
        odd: The style of plain text in every other line.
        parts: Styles by the name of a part.
        heat: Grounds from the fewest to the most segments.
        is_colourless: Whether the program draws without colours.
    """

    base: Style
    odd: Style
    parts: dict[str, Style]
    heat: tuple[Style, ...]
    is_colourless: bool

    def of(self, name: str) -> Style:
        """Return the style of a part, to put over the ground; none for a name that is not a part."""
        return self.parts.get(name, _PLAIN)

    def heat_of(self, share: float) -> Style:
        """Return the ground for a share of the highest number, 0 to 1."""
        if share <= 0 or not self.heat:
            return _PLAIN
        return self.heat[min(len(self.heat) - 1, int(share * len(self.heat)))]


def look_of(widget: Widget) -> Look:
    """Return the look that the present theme and stylesheets give a widget with the component classes of ``PARTS``."""
    ground = widget.background_colors[1]

    def part(name: str) -> Style:
        styles = widget.get_component_styles(f"chart--{name}")
        color = (ground + styles.color).rich_color if styles.has_rule("color") else None
        background = (ground + styles.background).rich_color if styles.has_rule("background") else None
        return Style(color=color, bgcolor=background) + styles.text_style

    parts = {name: part(name) for name in PARTS}
    parts["count"] = _PLAIN
    parts["bold"] = Style(bold=True)
    parts["quotation"] = Style(italic=True)
    parts["reference"] = Style(underline=True)
    parts["contradicts"] = parts["warning"] + Style(underline=True)
    parts["comment"] = parts["dim"] + Style(italic=True)
    base = widget.rich_style
    is_colourless = widget.app.no_color
    heat = () if is_colourless else _grounds(ground, widget)
    return Look(base, base + parts["odd"], parts, heat, is_colourless)


def _grounds(ground: Color, widget: Widget) -> tuple[Style, ...]:
    from textual.color import Color

    if ground.ansi is not None:
        return ()
    primary = Color.parse(widget.app.theme_variables["primary"])
    steps = range(1, _HEAT_STEPS + 1)
    return tuple(Style(bgcolor=ground.blend(primary, _HEAT * step / _HEAT_STEPS).rich_color) for step in steps)

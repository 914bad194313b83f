"""The colours of the report can be read in light, dark and print: contrast as WCAG 2.2 defines it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import fwanalysis.formats.charts.html as module

CSS = (Path(module.__file__).parent / "templates" / "report.css").read_text("utf-8")
SCHEMES = {"light": 0, "dark": 1, "print": 2}
BLOCKS = re.findall(r":root \{([^}]*)\}", CSS)


def colours(scheme: str) -> dict[str, str]:
    """The variables of a scheme by name."""
    return dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", BLOCKS[SCHEMES[scheme]]))


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, from 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_in_the_examples_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_ink_can_be_read_on_every_paper(scheme: str) -> None:
    named = colours(scheme)
    inks = [name for name in named if name.startswith("--ink")]
    papers = [name for name in named if name.startswith("--paper")]
    assert (len(inks), len(papers)) == (5, 5)
    poor = [(ink, paper) for ink in inks for paper in papers if contrast(named[ink], named[paper]) < 4.5]
    assert poor == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_lines_that_carry_meaning_can_be_seen(scheme: str) -> None:
    named = colours("light") | colours(scheme)
    assert [name for name in ("--line-strong", "--focus") if contrast(named[name], named["--paper"]) < 3] == []


def test_text_has_ink_on_paper_and_no_other_colours() -> None:
    rules = re.sub(r":root \{[^}]*\}", "", CSS)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{]*;)", rules) == []
    written = re.findall(r"(?<![\w-])color: ([^;]+);", rules)
    assert len(written) > 10
    assert {value for value in written if not re.fullmatch(r"var\(--ink[\w-]*\)|inherit", value)} == set()
    backgrounds = re.findall(r"background(?:-color)?: ([^;]+);", rules)
    allowed = r"var\(--paper[\w-]*\)|transparent|rgb\(0 0 0 / 35%\)"
    assert {value for value in backgrounds if not re.fullmatch(allowed, value)} == set()


def test_dark_and_print_change_every_colour_of_text() -> None:
    light = {name for name in colours("light") if name.startswith(("--ink", "--paper"))}
    assert light <= set(colours("dark"))
    assert light <= set(colours("print"))

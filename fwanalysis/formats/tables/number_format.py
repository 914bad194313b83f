"""Number formats of spreadsheet cells: the text that a spreadsheet program shows for a stored number.

Reference: ECMA-376 part 1, section 18.8.31 (number formats). Knows no file; a format code and a number in, text out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from fwanalysis.formats.timestamps import clock

GENERAL = "General"
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    **dict.fromkeys(range(14, 18), "yyyy-mm-dd"),
    **dict.fromkeys(range(18, 22), "h:mm:ss"),
    22: "yyyy-mm-dd h:mm",
    **dict.fromkeys((*range(27, 32), 36, *range(50, 59)), "yyyy-mm-dd"),
    **dict.fromkeys(range(32, 36), "h:mm:ss"),
    **dict.fromkeys(range(37, 41), "#,##0"),
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
}
"""Codes of the numbered formats that no file spells out, those of dates and times simplified."""

_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LEAP_BUG = 60
"""Serial 60 is 29 February 1900, a day that did not exist; below it dates are one day later."""
_DISGUISED_DURATION = 32
"""A date and time in January 1900 is an elapsed time that was given a format of dates."""
_LAST_DAY = 2_958_465
"""31 December 9999."""
_DAY = 86_400
_MOST_DIGITS = 1e15
_DECIMALS = 15
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]|(?P<general>General)|(?P<scale>%)'
    r"|(?P<holder>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<split>;)|(?P<half>AM/PM|A/P)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
_CURRENCY = re.compile(r"\$([^-]*)")
_UNSUPPORTED = frozenset("/eE@")


@dataclass(frozen=True, slots=True)
class _Section:
    """A section of a format code.

    It applies to numbers of one sign, or that meet a condition.
    """

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, float] | None = None
    is_date: bool = False
    is_clock: bool = False

    @property
    def is_identifying(self) -> bool:
        """Whether the format adds letters (P07), leading zeros (007) or a percent sign."""
        kinds = [kind for kind, _ in self.tokens]
        point = kinds.index("point") if "point" in kinds else len(kinds)
        zeros = sum(kind == "holder" and text == "0" for kind, text in self.tokens[:point])
        letters = any(kind == "literal" and any(map(str.isalpha, text)) for kind, text in self.tokens)
        return letters or "scale" in kinds or zeros > 1

    def loses_digits_of(self, value: float) -> bool:
        """Return whether the format would round a number (1234.5 as ``1235 kg``). Percentages may be rounded."""
        kinds = [kind for kind, _ in self.tokens]
        if "scale" in kinds or float(value).is_integer():
            return False
        point = kinds.index("point") if "point" in kinds else len(kinds)
        places = sum(kind == "holder" for kind in kinds[point:])
        return round(value, places) != value

    @property
    def is_supported(self) -> bool:
        """Whether the section has only digits and literal text.

        Fractions and exponents are not supported.
        """
        return bool(self.tokens) and not any(kind == "other" and text in _UNSUPPORTED for kind, text in self.tokens)

    def holds(self, value: float) -> bool:
        """Return whether the section's condition holds for a number."""
        if self.condition is None:
            return True
        sign, other = self.condition
        return {
            "<": value < other,
            ">": value > other,
            "=": value == other,
            "<=": value <= other,
            ">=": value >= other,
            "<>": value != other,
        }[sign]


def shown(value: float, code: str, *, is_1904: bool = False) -> str:
    """Return the text that a cell shows for a number.

    Args:
        value: The stored number; dates and times are days since the workbook's epoch.
        code: The format code of the cell, such as ``"P"00`` or ``[h]:mm:ss``.
        is_1904: Whether the workbook counts days from 1904.

    Returns:
        Dates as ``2026-03-31``, with a clock if it is not midnight; times and durations as ``HH:MM:SS`` with all hours
        of more than a day (25:07:00), and milliseconds if there are any. Other numbers as their format shows them if
        it adds letters, leading zeros or a percent sign; else as ``general`` gives them, with their full precision.
    """
    if code == GENERAL:
        return general(value)
    section, is_signed = _chosen(_sections(code), value)
    if section.is_date:
        return _date(value, has_clock=section.is_clock, is_1904=is_1904)
    if section.is_clock:
        return clock(value * _DAY)
    if not section.is_identifying or not section.is_supported or section.loses_digits_of(value):
        return general(value)
    return _filled(section, value, is_signed=is_signed) or general(value)


def general(value: float) -> str:
    """Return a number as shown without a format: 12, not 12.0; 15 digits at most."""
    return str(int(value)) if float(value).is_integer() and abs(value) < _MOST_DIGITS else f"{value:.15g}"


def _date(days: float, *, has_clock: bool, is_1904: bool) -> str:
    if has_clock and 0 <= days < _DISGUISED_DURATION:
        return clock(days * _DAY)
    if not 0 <= days <= _LAST_DAY:
        return general(days)
    epoch = _EPOCH_1904 if is_1904 else _EPOCH
    if not is_1904 and days < _LEAP_BUG:
        epoch += timedelta(days=1)
    moment = epoch + timedelta(milliseconds=round(days * _DAY * 1000))
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if moment == midnight:
        return f"{moment:%Y-%m-%d}"
    return f"{moment:%Y-%m-%d} {clock((moment - midnight).total_seconds())}"


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[list[re.Match[str]]] = [[]]
    for found in _TOKEN.finditer(code):
        if found["split"]:
            sections.append([])
        else:
            sections[-1].append(found)
    return tuple(map(_section, sections))


def _section(found: list[re.Match[str]]) -> _Section:
    tokens: list[tuple[str, str]] = []
    condition = None
    letters: set[str] = set()
    is_elapsed = False
    for token in found:
        kind, text = token.lastgroup, token[token.lastgroup] if token.lastgroup else ""
        if kind == "bracket":
            stated = _CONDITION.fullmatch(text)
            currency = _CURRENCY.match(text)
            is_elapsed = is_elapsed or _ELAPSED.fullmatch(text) is not None
            if stated:
                condition = (stated[1], float(stated[2]))
            elif currency:
                tokens.append(("sign", currency[1]))
        elif kind in ("quoted", "escaped"):
            tokens.append(("literal", text))
        elif kind == "half":
            letters.add("h")
        elif kind == "other":
            letters.add(text.lower())
            tokens.append(("literal" if text.isalpha() and text not in _UNSUPPORTED else "other", text))
        elif kind is not None:
            tokens.append((kind, text))
    has_clock = is_elapsed or bool(letters & {"h", "s"})
    is_date = not is_elapsed and (bool(letters & {"y", "d"}) or ("m" in letters and not has_clock))
    return _Section(tuple(tokens), condition, is_date, has_clock)


def _chosen(sections: tuple[_Section, ...], value: float) -> tuple[_Section, bool]:
    """Return the section for a number, and whether it needs a minus sign."""
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        return next((section for section in numeric if section.holds(value)), numeric[-1]), value < 0
    if value < 0 and len(numeric) > 1:
        return numeric[1], False
    if value == 0 and len(numeric) > 2:
        return numeric[2], False
    return numeric[0], value < 0


def _filled(section: _Section, value: float, *, is_signed: bool) -> str:
    """Return the digits of a number in a section's places, with its literal text."""
    kinds = [kind for kind, _ in section.tokens]
    if "holder" not in kinds:
        parts = [general(abs(value)) if kind == "general" else _literal(kind, text) for kind, text in section.tokens]
        return ("-" if is_signed and "general" in kinds else "") + "".join(parts)
    last = len(kinds) - 1 - kinds[::-1].index("holder")
    point = kinds.index("point") if "point" in kinds else last + 1
    decimals = [text for kind, text in section.tokens[point:] if kind == "holder"]
    thousands = kinds[last + 1 :].count("comma")
    try:
        exact = Decimal(repr(abs(value))).scaleb(2 * kinds.count("scale") - 3 * thousands)
        exact = exact.quantize(Decimal(1).scaleb(-min(len(decimals), _DECIMALS)), ROUND_HALF_UP)
    except InvalidOperation:
        return ""
    whole, _, fraction = f"{exact:f}".partition(".")
    fraction = fraction.ljust(len(decimals), "0")
    while fraction and decimals and decimals[-1] != "0" and fraction.endswith("0"):
        fraction, decimals = fraction[:-1], decimals[:-1]
    head = _integer_part(section.tokens[:point], whole.lstrip("0"))
    tail = "".join(_literal(kind, text) for kind, text in section.tokens[point:])
    return ("-" if is_signed else "") + head + (f".{fraction}" if fraction else "") + tail


def _integer_part(tokens: tuple[tuple[str, str], ...], digits: str) -> str:
    """Return the text of the tokens before the decimal point.

    The first digit place takes all remaining digits.
    """
    places = sum(kind == "holder" for kind, _ in tokens)
    holders = [at for at, (kind, _) in enumerate(tokens) if kind == "holder"]
    grouped = bool(holders) and any(kind == "comma" for kind, _ in tokens[holders[0] : holders[-1]])
    written: list[str] = []
    left = digits
    for kind, text in reversed(tokens):
        if kind != "holder":
            written.append(_literal(kind, text))
            continue
        places -= 1
        if not places:
            written.append(left or ("0" if text == "0" else ""))
        elif left:
            written.append(left[-1])
            left = left[:-1]
        else:
            written.append("0" if text == "0" else "")
    shown = "".join(reversed(written))
    return re.sub(r"\d+", lambda run: f"{int(run.group()):,}", shown) if grouped else shown


def _literal(kind: str, text: str) -> str:
    """Return what a token shows that is not a digit place."""
    if kind in ("literal", "sign", "other"):
        return text
    return "%" if kind == "scale" else ""

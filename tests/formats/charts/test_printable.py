"""Characters that XML cannot hold."""

from __future__ import annotations

from fwanalysis.formats.charts.printable import Printable


def test_control_characters_and_lone_surrogates_are_removed_and_counted() -> None:
    printable = Printable()
    assert printable("a\x00b\x1f\ud800\uffff c", "P01") == "ab c"
    assert printable.count == 4
    assert printable.warnings == (
        "4 control characters were removed, because such files cannot hold them; the first in “P01”.",
    )


def test_ordinary_text_is_unchanged_and_line_breaks_are_one_character() -> None:
    printable = Printable()
    assert printable("a\tb\r\nc\rd\u00a0👩🏽‍🌾") == "a\tb\nc\nd\u00a0👩🏽‍🌾"
    assert printable.warnings == ()

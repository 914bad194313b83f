from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from fwanalysis.tui.charting.wrapping import fitted, wrap

TEXTS = st.text(alphabet="ab é日本—-\n 🙂", max_size=80)


@given(TEXTS, st.integers(2, 20))
def test_every_character_but_white_space_is_in_exactly_one_line_in_order(text: str, width: int) -> None:
    lines = [text[start:end] for start, end in wrap(text, width)]
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)


@given(TEXTS, st.integers(0, 20))
def test_a_fitted_text_has_exactly_the_width(text: str, width: int) -> None:
    assert cell_len(fitted(text.replace("\n", " "), width)) == width


def test_a_paragraph_begins_a_line() -> None:
    text = "one two\nthree"
    assert [text[start:end] for start, end in wrap(text, 40)] == ["one two", "three"]

"""Tables as Markdown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.table import Table
from fwanalysis.formats.writers.markdown import write_markdown


def test_a_table_has_a_header_a_rule_rows_and_its_note() -> None:
    table = Table(("case", "n"), (("P1", 3), ("P2", None)), {"note": "n of N."})
    assert write_markdown(table) == b"| case | n |\n| --- | --- |\n| P1 | 3 |\n| P2 |  |\n\nn of N.\n"


def test_markup_in_a_cell_is_escaped_and_a_line_break_does_not_end_the_row() -> None:
    table = Table(("a",), (("x | *y*\n<b>",),))
    assert write_markdown(table).decode().split("\n")[2] == r"| x \| \*y\* \<b\> |"


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), max_size=4))
def test_every_row_is_one_line_with_its_cells(rows: list[list[str]]) -> None:
    lines = write_markdown(Table(("a", "b"), tuple(map(tuple, rows)))).decode("utf-8", "surrogatepass").split("\n")
    assert len(lines) == len(rows) + 3
    for line in lines[:-1]:
        assert line.replace("\\\\", "").replace("\\|", "").count("|") == 3

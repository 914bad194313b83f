"""Charts as Markdown."""

from __future__ import annotations

import re
from dataclasses import replace

from fwanalysis.domain.matrix import CellContent
from fwanalysis.formats.charts.markdown import escaped, write_markdown
from tests.formats.charts.documents import NASTY, one_cell

_SEPARATOR = re.compile(r"(?<!\\)\|")


def test_every_line_of_a_table_has_as_many_cells_as_its_header() -> None:
    text = write_markdown(NASTY, CellContent.BOTH).data.decode()
    tables = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
    assert len(tables) == 5
    for table in tables:
        assert len({len(_SEPARATOR.findall(line)) for line in table.strip().split("\n")}) == 1


def test_markup_and_line_breaks_in_cells_are_text() -> None:
    assert escaped("a|b\nc <b> *x* [R: see](P1:2) [checked]") == r"a\|b<br>c \<b\> \*x\* [R: see\](P1:2) [checked]"


def test_states_authors_attributes_definitions_and_facts_are_shown() -> None:
    text = write_markdown(NASTY).data.decode()
    assert "| P01<br>*site: Birch*<br>*years: 7*<br>*Water: yes* | [checked]<br>Trusts them (P01:3)." in text
    assert "*Ada, 2026-11-30*" in text
    assert "What Sheds means." in text
    assert r"- codebook version: 3" in text
    assert "site=Birch; site=Cedar" in text
    assert "lends tools" in text


def test_bands_are_rows_above_their_cases() -> None:
    rows = tuple(replace(row, bands=("Birch" if at < 2 else "Cedar",)) for at, row in enumerate(NASTY.rows))
    text = write_markdown(replace(NASTY, rows=rows)).data.decode()
    assert text.count("**Birch**") == text.count("**Cedar**") == 2


def test_the_reason_of_an_affirmation_is_below_its_author() -> None:
    document = one_cell("Trusts them (P01:3).")
    cell = document.cells[0][0]._replace(author="Ada", written_at="2026-11-30T09:00:00Z", affirmation="A typing error.")
    text = write_markdown(replace(document, cells=((cell,),))).data.decode()
    assert "*Ada, 2026-11-30*<br>*affirmed: A typing error.*" in text

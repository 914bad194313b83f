from __future__ import annotations

import pytest
from rich.cells import cell_len

from fwanalysis.tui.widgets.filetable import COLUMNS, FileRow, widths

ROW = FileRow("/a/Zoë 録音.docx", "ready", "Zoë 録音.docx", 0, "focus-group (12)", 3, 0, 12_345, "docx", "label-colon")


@pytest.mark.parametrize("total", range(20, 200, 7))
def test_the_columns_fit_the_table_and_are_taken_from_the_left(total: int) -> None:
    taken = widths(total)
    names = [column.name for column in COLUMNS]
    assert list(taken) == names[: len(taken)]
    assert sum(taken.values()) + len(taken) <= max(total, 27)


@pytest.mark.parametrize("total", [27, 55, 80, 120, 200])
def test_a_row_is_as_wide_as_its_columns_whatever_the_characters(total: int) -> None:
    taken = widths(total)
    assert cell_len(ROW.line(taken).plain) == sum(taken.values()) + len(taken)


def test_every_column_is_shown_where_there_is_room_and_the_file_keeps_its_name_where_there_is_not() -> None:
    assert len(widths(140)) == len(COLUMNS)
    assert list(widths(20)) == ["state"]
    assert {"state", "name", "to_review", "kind"} <= widths(55).keys()


def test_nothing_to_review_is_a_dash_and_no_turns_are_a_zero() -> None:
    cells = ROW.line(widths(140)).plain.split()
    assert cells[:4] == ["ready", "Zoë", "録音.docx", "–"]
    assert "0" in cells

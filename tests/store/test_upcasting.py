"""Rows of events that older versions recorded, as the present schema has them."""

from __future__ import annotations

import json

import pytest

from fwanalysis.domain.history import RowChange
from fwanalysis.store import schema
from fwanalysis.store.upcasting import upcast

QUEUE = {"id": "c1", "name": "Queue", "examples": json.dumps({"typical": "We lined up.", "close_but_no": "No line."})}
PRESENT = {"typical": "We lined up.", "near_miss": "No line."}


@pytest.mark.parametrize("version", [1, 2])
def test_the_old_field_of_a_codes_near_miss_example_is_renamed_on_both_sides(version: int) -> None:
    after = {**QUEUE, "name": "Queueing"}
    change = upcast(RowChange("codes", QUEUE, after), version)
    assert change.before is not None
    assert change.after is not None
    assert (json.loads(change.before["examples"]), json.loads(change.after["examples"])) == (PRESENT, PRESENT)
    assert change.after["name"] == "Queueing"


def test_a_code_that_was_added_or_removed_keeps_its_missing_side() -> None:
    assert upcast(RowChange("codes", None, QUEUE), 2).before is None
    assert upcast(RowChange("codes", QUEUE, None), 2).after is None


CELL = {"id": "x", "case_id": "p", "code_id": "c", "state": "charted", "summary": "They lined up.", "basis": "{}"}


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_charted_cell_is_a_draft_of_the_whole_code_on_both_sides(version: int) -> None:
    change = upcast(RowChange("cells", CELL, {**CELL, "state": "nothing-said", "summary": ""}), version)
    more = {"own": False, "affirmation": "", "disagreement": ""}
    assert change.before == {**CELL, **more, "state": "draft"}
    assert change.after == {**CELL, **more, "state": "nothing-said", "summary": ""}


def test_a_coding_of_an_older_version_speaks_for_its_code_and_has_no_note() -> None:
    coding = {"id": "k", "segment_id": "s", "code_id": "c"}
    assert upcast(RowChange("codings", None, coding), 3).after == {**coding, "stance": "for", "note": ""}


def test_events_of_the_present_version_are_left_as_they_are() -> None:
    change = RowChange("codes", None, QUEUE)
    assert upcast(change, schema.EVENT_SCHEMA) == change

"""The links of the log, and the ids of suggestions."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

import pytest

from fwanalysis.domain.history import GENESIS, RowChange, event_hash, payload_digest
from fwanalysis.domain.ids import new_id, now
from fwanalysis.domain.suggestions import NAMESPACE, suggestion_id

EVENT: dict[str, Any] = {
    "previous": GENESIS,
    "seq": 7,
    "name": "coding.add",
    "label": "code P07",
    "coder_id": "c",
    "at": "2026-03-31T12:00:00.000000Z",
    "group": None,
    "reverts": None,
    "schema": 1,
    "digest": "d",
}
OTHER: dict[str, Any] = {
    "previous": "1" * 64,
    "seq": 8,
    "name": "coding.remove",
    "label": "code P07 ",
    "coder_id": "d",
    "at": "2026-03-31T12:00:00.000001Z",
    "group": "",
    "reverts": 0,
    "schema": 2,
    "digest": "e",
}


@pytest.mark.parametrize("field", EVENT)
def test_the_link_of_an_event_depends_on_each_thing_it_states(field: str) -> None:
    assert event_hash(**EVENT) != event_hash(**{**EVENT, field: OTHER[field]})


def test_words_cannot_move_from_one_field_of_an_event_to_the_next() -> None:
    assert event_hash(**{**EVENT, "name": "a", "label": "bc"}) != event_hash(**{**EVENT, "name": "ab", "label": "c"})


def test_the_same_event_has_the_same_link() -> None:
    assert event_hash(**EVENT) == event_hash(**EVENT)
    assert len(event_hash(**EVENT)) == 64


def test_a_digest_depends_on_salt_and_payload() -> None:
    assert len({payload_digest(salt, payload) for salt in ("a", "b") for payload in ("[]", "[1]")}) == 4


def test_the_inverse_of_the_inverse_is_the_change() -> None:
    change = RowChange("cases", None, {"id": "1"})
    assert change.inverse == RowChange("cases", {"id": "1"}, None)
    assert change.inverse.inverse == change
    assert change.row_id == change.inverse.row_id == "1"


def test_ids_are_fresh_and_moments_sort_as_text() -> None:
    assert new_id() != new_id()
    assert UUID(new_id()).version == 4
    earlier, later = now(), now()
    assert earlier <= later
    assert earlier.endswith("Z")
    assert len(earlier) == 27


def test_a_suggestion_keeps_its_id_until_code_rule_source_text_or_occurrence_differs() -> None:
    one = ("code", "rule", "source", "words", 0)
    assert suggestion_id(*one) == str(uuid5(NAMESPACE, "\x1f".join(("code", "rule", "source", "0", "words"))))
    others = [("x", *one[1:]), ("code", "x", *one[2:]), ("code", "rule", "x", "words", 0)]
    others += [("code", "rule", "source", "x", 0), ("code", "rule", "source", "words", 1)]
    assert len({suggestion_id(*other) for other in (one, *others)}) == 6

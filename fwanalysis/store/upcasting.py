"""Convert rows of older events to the current schema, one pure function per version.

The stored events do not change. What a migration did to the rows of the tables, the function of its version does to the
rows that the log recorded before it, so that undo and replay can compare the two.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fwanalysis.domain.history import Row, RowChange


def upcast(change: RowChange, version: int) -> RowChange:
    """Convert a recorded row change from *version* to the current schema."""
    for recorded, step in _STEPS.items():
        if version <= recorded:
            change = replace(
                change,
                before=None if change.before is None else step(change.table, change.before),
                after=None if change.after is None else step(change.table, change.after),
            )
    return change


def _from_1(table: str, row: Row) -> Row:
    """Add the reason why a revision was read in its speaker format."""
    return {**row, "style_reason": ""} if table == "revisions" else row


_RENAMED: Mapping[str, Mapping[str, str]] = {
    "revisions": {
        "reader": "input_format",
        "style": "speaker_format",
        "style_reason": "speaker_format_reason",
        "doubts": "warnings",
    },
    "turns": {"mark_start": "label_start"},
}


def _from_2(table: str, row: Row) -> Row:
    """Rename columns of revisions, turns and codes, and the kind of excluded text."""
    if table == "codes":
        return {**row, "examples": row["examples"].replace('"close_but_no":', '"near_miss":')}
    new = _RENAMED.get(table)
    if new is None:
        return row
    row = {new.get(name, name): value for name, value in row.items()}
    return {**row, "kind": "excluded"} if row.get("kind") == "aside" else row


_ADDED: Mapping[str, Row] = {
    "codings": {"stance": "for", "note": ""},
    "cells": {"own": False, "affirmation": "", "disagreement": ""},
}


def _from_3(table: str, row: Row) -> Row:
    """Add the stance of codings and the extent of cells; a charted cell is a draft."""
    row = {**row, **_ADDED.get(table, {})}
    return {**row, "state": "draft"} if table == "cells" and row["state"] == "charted" else row


_STEPS: Mapping[int, Callable[[str, Row], Row]] = {1: _from_1, 2: _from_2, 3: _from_3}
"""By the version that it leads away from, oldest first."""

"""Events: what changed, by whom, and how one follows from the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

GENESIS = "0" * 64
"""What the first event names as the hash before it."""

Row = Mapping[str, Any]
"""One row as the log keeps it: column name to text, number or null."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of one table, before and after; None for a row that did not exist."""

    table: str
    before: Row | None
    after: Row | None

    @property
    def row_id(self) -> str:
        """The id of the row."""
        return str((self.after or self.before or {})["id"])

    @property
    def inverse(self) -> RowChange:
        """The change that takes this one back."""
        return RowChange(self.table, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Event:
    """One committed change. ``reverts`` is the number of the event it takes back (an undo names an act, a redo an
    undo); events of one long job share ``group``; ``label`` says for people what was done."""

    seq: int
    name: str
    label: str
    coder_id: str
    at: str
    group: str | None
    reverts: int | None
    hash: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit touched; every listener gets it, whoever made the change.

    ``tables`` are the names of the tables it wrote; empty if any table may have changed.
    """

    seq: int | None
    name: str
    coder_id: str | None
    tables: frozenset[str]


def payload_digest(salt: str, payload: str) -> str:
    """SHA-256 of salt and payload, hexadecimal; what the chain holds of a payload, so that it outlives a redaction."""
    return hashlib.sha256(f"{salt}\n{payload}".encode("utf-8", "surrogatepass")).hexdigest()


def event_hash(
    *,
    previous: str,
    seq: int,
    name: str,
    label: str,
    coder_id: str,
    at: str,
    group: str | None,
    reverts: int | None,
    schema: int,
    digest: str,
) -> str:
    """The link of an event in the chain: SHA-256 over the JSON list of the hash before it and all that the event
    states."""
    parts = (previous, seq, name, label, coder_id, at, group, reverts, schema, digest)
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()

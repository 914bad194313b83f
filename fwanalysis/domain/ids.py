"""Identity and time as plain text, made in Python so that every front door and every database agrees on them."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4


def new_id() -> str:
    """A fresh random UUID (version 4) in its 36-character form."""
    return str(uuid4())


def now() -> str:
    """The present moment as ISO 8601 in UTC with microseconds, which sorts as text."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")

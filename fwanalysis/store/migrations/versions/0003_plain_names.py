"""Columns and values take the names of the vocabulary: warnings, speaker formats, labels, excluded text."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_COLUMNS = (
    ("revisions", "reader", "input_format"),
    ("revisions", "style", "speaker_format"),
    ("revisions", "style_reason", "speaker_format_reason"),
    ("revisions", "doubts", "warnings"),
    ("turns", "mark_start", "label_start"),
)


def upgrade() -> None:
    for table, old, new in _COLUMNS:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")
    op.execute("UPDATE turns SET kind = 'excluded' WHERE kind = 'aside'")
    codes = sa.table("codes", sa.column("examples", sa.Text))
    was, now = (sa.literal(f'"{name}":', sa.Text) for name in ("close_but_no", "near_miss"))
    op.execute(codes.update().values(examples=sa.func.replace(codes.c.examples, was, now)))

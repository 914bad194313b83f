"""Cases have aliases; revisions say why they were read in their style."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "aliases",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_aliases"),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name="fk_aliases_case_id", deferrable=True, initially="DEFERRED"
        ),
        sa.UniqueConstraint("name", name="uq_aliases_name"),
    )
    op.create_index("ix_aliases_case_id", "aliases", ["case_id"])
    op.add_column("revisions", sa.Column("style_reason", sa.Text, nullable=False, server_default=""))

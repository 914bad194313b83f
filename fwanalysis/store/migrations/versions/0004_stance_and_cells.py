"""Codings have a stance and a note; cells cite segments, have more states, and are abstracted; charts are stored."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _text(name: str, *, null: bool = False, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=null, server_default=default)


def _points(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=f"fk_{table}_{column}", deferrable=True, initially="DEFERRED"
    )


def _index(table: str, column: str) -> None:
    op.create_index(f"ix_{table}_{column}", table, [column])


def upgrade() -> None:
    op.add_column("codings", _text("stance", default="for"))
    op.add_column("codings", _text("note", default=""))
    op.add_column("suggestions", _text("stance", default="for"))
    _cells()
    op.create_table(
        "citations",
        _text("id"),
        _text("cell_id"),
        _text("segment_id"),
        sa.Column("position", sa.Integer, nullable=False),
        _text("reference"),
        sa.PrimaryKeyConstraint("id", name="pk_citations"),
        _points("citations", "cell_id", "cells"),
        _points("citations", "segment_id", "segments"),
    )
    op.create_table(
        "charts",
        _text("id"),
        _text("name"),
        _text("query"),
        sa.PrimaryKeyConstraint("id", name="pk_charts"),
        sa.UniqueConstraint("name", name="uq_charts_name"),
    )
    op.create_table(
        "concepts",
        _text("id"),
        _text("code_id"),
        _text("level"),
        _text("name"),
        _text("parent_id", null=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_concepts"),
        _points("concepts", "code_id", "codes"),
        _points("concepts", "parent_id", "concepts"),
    )
    op.create_table(
        "sortings",
        _text("id"),
        _text("concept_id"),
        _text("cell_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sortings"),
        _points("sortings", "concept_id", "concepts"),
        _points("sortings", "cell_id", "cells"),
        sa.UniqueConstraint("concept_id", "cell_id", name="uq_sortings_concept_id_cell_id"),
    )
    for table, column in (
        ("citations", "cell_id"),
        ("citations", "segment_id"),
        ("concepts", "code_id"),
        ("concepts", "parent_id"),
        ("sortings", "concept_id"),
        ("sortings", "cell_id"),
    ):
        _index(table, column)


def _cells() -> None:
    with op.batch_alter_table("cells") as cells:
        cells.add_column(sa.Column("own", sa.Boolean, nullable=False, server_default=sa.false()))
        cells.add_column(_text("affirmation", default=""))
        cells.add_column(_text("disagreement", default=""))
        cells.drop_constraint("uq_cells_case_id_code_id", type_="unique")
        cells.create_unique_constraint("uq_cells_case_id_code_id_own", ["case_id", "code_id", "own"])
    op.execute("UPDATE cells SET state = 'draft' WHERE state = 'charted'")

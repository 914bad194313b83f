"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=null)


def _whole(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=null)


def _primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def _points(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, deferrable=True, initially="DEFERRED")


def _cyclic(table: str, column: str, to: str) -> list[sa.ForeignKeyConstraint]:
    """A reference to a table that is not made yet: SQLite takes it at once and only so, others take it at the end."""
    return [_points(table, column, to)] if op.get_context().dialect.name == "sqlite" else []


def _close_cycles() -> None:
    if op.get_context().dialect.name == "sqlite":
        return
    for table, column, to in (
        ("sources", "revision_id", "revisions"),
        ("codes", "version_id", "code_versions"),
        ("rules", "version_id", "rule_versions"),
    ):
        name = f"fk_{table}_{column}"
        op.create_foreign_key(name, table, to, [column], ["id"], deferrable=True, initially="DEFERRED")


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def upgrade() -> None:
    _project_and_cases()
    _sources()
    _codebook()
    _codings()
    _blobs_and_readings()
    _derived()
    _log()
    _close_cycles()


def _project_and_cases() -> None:
    op.create_table(
        "project",
        _text("id"),
        _text("title"),
        _text("question"),
        _text("created_at"),
        _primary("project", "id"),
    )
    op.create_table(
        "coders",
        _text("id"),
        _text("name"),
        _text("joined_at"),
        _primary("coders", "id"),
        _unique("coders", "name"),
    )
    op.create_table(
        "cases",
        _text("id"),
        _text("name"),
        _text("level"),
        _primary("cases", "id"),
        _unique("cases", "name"),
    )
    op.create_table(
        "attributes",
        _text("id"),
        _text("name"),
        _text("type"),
        _whole("position"),
        _primary("attributes", "id"),
        _unique("attributes", "name"),
    )
    op.create_table(
        "attribute_values",
        _text("id"),
        _text("case_id"),
        _text("attribute_id"),
        _text("value"),
        _primary("attribute_values", "id"),
        _points("attribute_values", "case_id", "cases"),
        _points("attribute_values", "attribute_id", "attributes"),
        _unique("attribute_values", "case_id", "attribute_id"),
    )
    _index("attribute_values", "attribute_id")
    _index("attribute_values", "case_id")
    op.create_table(
        "memberships",
        _text("id"),
        _text("member_id"),
        _text("whole_id"),
        _primary("memberships", "id"),
        _points("memberships", "member_id", "cases"),
        _points("memberships", "whole_id", "cases"),
        _unique("memberships", "member_id", "whole_id"),
    )
    _index("memberships", "member_id")
    _index("memberships", "whole_id")


def _sources() -> None:
    op.create_table(
        "sources",
        _text("id"),
        _text("name"),
        _text("kind"),
        _text("revision_id"),
        _text("case_id", null=True),
        _text("imported_at"),
        _primary("sources", "id"),
        *_cyclic("sources", "revision_id", "revisions"),
        _points("sources", "case_id", "cases"),
        _unique("sources", "name"),
    )
    _index("sources", "case_id")
    _index("sources", "revision_id")
    op.create_table(
        "revisions",
        _text("id"),
        _text("source_id"),
        _whole("number"),
        _text("text_hash"),
        _text("original_hash"),
        _text("filename"),
        _text("reader"),
        _text("style"),
        _text("encoding", null=True),
        _whole("length"),
        _whole("words"),
        _text("doubts"),
        _text("metadata"),
        _primary("revisions", "id"),
        _points("revisions", "source_id", "sources"),
        _unique("revisions", "source_id", "number"),
    )
    _index("revisions", "original_hash")
    _index("revisions", "source_id")
    op.create_table(
        "speakers",
        _text("id"),
        _text("source_id"),
        _text("label"),
        _text("role"),
        _text("role_reason"),
        _text("case_id", null=True),
        _primary("speakers", "id"),
        _points("speakers", "source_id", "sources"),
        _points("speakers", "case_id", "cases"),
        _unique("speakers", "source_id", "label"),
    )
    _index("speakers", "case_id")
    _index("speakers", "source_id")
    op.create_table(
        "turns",
        _text("id"),
        _text("revision_id"),
        _whole("position"),
        _text("kind"),
        _whole("number"),
        _text("speaker_id", null=True),
        _whole("mark_start"),
        _whole("start"),
        _whole("end"),
        sa.Column("time", sa.Float),
        _primary("turns", "id"),
        _points("turns", "revision_id", "revisions"),
        _points("turns", "speaker_id", "speakers"),
    )
    _index("turns", "revision_id")
    _index("turns", "speaker_id")


def _codebook() -> None:
    op.create_table(
        "codebook",
        _text("id"),
        _text("name"),
        _text("version"),
        _text("language"),
        _primary("codebook", "id"),
    )
    op.create_table(
        "references",
        _text("id"),
        _text("key"),
        _text("text"),
        _primary("references", "id"),
        _unique("references", "key"),
    )
    op.create_table(
        "codes",
        _text("id"),
        _text("key"),
        _text("name"),
        _text("parent_id", null=True),
        _whole("position"),
        _text("version_id"),
        _text("colour"),
        _text("examples"),
        _text("references"),
        sa.Column("retired", sa.Boolean, nullable=False),
        _primary("codes", "id"),
        _points("codes", "parent_id", "codes"),
        *_cyclic("codes", "version_id", "code_versions"),
        _unique("codes", "parent_id", "key"),
    )
    _index("codes", "parent_id")
    _index("codes", "version_id")
    op.create_table(
        "code_versions",
        _text("id"),
        _text("code_id"),
        _whole("number"),
        _text("kind"),
        _text("definition"),
        _text("include"),
        _text("exclude"),
        _text("counts_against"),
        _primary("code_versions", "id"),
        _points("code_versions", "code_id", "codes"),
        _unique("code_versions", "code_id", "number"),
    )
    _index("code_versions", "code_id")
    op.create_table(
        "rules",
        _text("id"),
        _text("code_id"),
        _whole("position"),
        _text("version_id"),
        sa.Column("retired", sa.Boolean, nullable=False),
        _primary("rules", "id"),
        _points("rules", "code_id", "codes"),
        *_cyclic("rules", "version_id", "rule_versions"),
    )
    _index("rules", "code_id")
    _index("rules", "version_id")
    op.create_table(
        "rule_versions",
        _text("id"),
        _text("rule_id"),
        _whole("number"),
        _text("spec"),
        _primary("rule_versions", "id"),
        _points("rule_versions", "rule_id", "rules"),
        _unique("rule_versions", "rule_id", "number"),
    )
    _index("rule_versions", "rule_id")


def _codings() -> None:
    op.create_table(
        "segments",
        _text("id"),
        _text("source_id"),
        _primary("segments", "id"),
        _points("segments", "source_id", "sources"),
    )
    _index("segments", "source_id")
    op.create_table(
        "anchors",
        _text("id"),
        _text("segment_id"),
        _text("revision_id"),
        _whole("start"),
        _whole("end"),
        _text("quote"),
        _text("before"),
        _text("after"),
        _primary("anchors", "id"),
        _points("anchors", "segment_id", "segments"),
        _points("anchors", "revision_id", "revisions"),
        _unique("anchors", "segment_id", "revision_id"),
    )
    _index("anchors", "revision_id")
    _index("anchors", "segment_id")
    op.create_table(
        "codings",
        _text("id"),
        _text("segment_id"),
        _text("code_id"),
        _text("code_version_id"),
        _text("coder_id"),
        _text("origin"),
        _text("suggestion_id", null=True),
        _whole("round"),
        _text("created_at"),
        _primary("codings", "id"),
        _points("codings", "segment_id", "segments"),
        _points("codings", "code_id", "codes"),
        _points("codings", "code_version_id", "code_versions"),
        _points("codings", "coder_id", "coders"),
    )
    _index("codings", "code_id")
    _index("codings", "code_version_id")
    _index("codings", "coder_id")
    _index("codings", "segment_id")
    op.create_table(
        "decisions",
        _text("id"),
        _text("suggestion_id"),
        _text("verdict"),
        _text("code_id"),
        _text("rule_version_id"),
        _text("source_id"),
        _whole("start"),
        _whole("end"),
        _text("quote"),
        sa.Column("score", sa.Float, nullable=False),
        _text("reason"),
        _text("coder_id"),
        _text("coding_id", null=True),
        _text("note"),
        _text("decided_at"),
        _primary("decisions", "id"),
        _points("decisions", "code_id", "codes"),
        _points("decisions", "rule_version_id", "rule_versions"),
        _points("decisions", "source_id", "sources"),
        _points("decisions", "coder_id", "coders"),
    )
    _index("decisions", "code_id")
    _index("decisions", "coder_id")
    _index("decisions", "rule_version_id")
    _index("decisions", "source_id")
    _index("decisions", "suggestion_id")
    op.create_table(
        "cells",
        _text("id"),
        _text("case_id"),
        _text("code_id"),
        _text("state"),
        _text("summary"),
        _text("coder_id"),
        _text("written_at"),
        _text("basis"),
        _primary("cells", "id"),
        _points("cells", "case_id", "cases"),
        _points("cells", "code_id", "codes"),
        _points("cells", "coder_id", "coders"),
        _unique("cells", "case_id", "code_id"),
    )
    _index("cells", "case_id")
    _index("cells", "code_id")
    _index("cells", "coder_id")


def _blobs_and_readings() -> None:
    op.create_table(
        "texts",
        _text("hash"),
        _text("text"),
        _primary("texts", "hash"),
    )
    op.create_table(
        "originals",
        _text("hash"),
        sa.Column("data", sa.LargeBinary, nullable=False),
        _primary("originals", "hash"),
    )
    op.create_table(
        "readings",
        _text("source_id"),
        _text("coder_id"),
        _whole("position"),
        _whole("furthest"),
        _text("read_at"),
        _primary("readings", "source_id", "coder_id"),
    )


def _derived() -> None:
    op.create_table(
        "suggestions",
        _text("id"),
        _text("code_id"),
        _text("rule_version_id"),
        _text("source_id"),
        _text("revision_id"),
        _whole("start"),
        _whole("end"),
        sa.Column("score", sa.Float, nullable=False),
        _text("reason"),
        _text("hits"),
        _primary("suggestions", "id"),
    )
    _index("suggestions", "code_id")
    _index("suggestions", "revision_id")
    _index("suggestions", "source_id")
    op.create_table(
        "tokens",
        _text("text_hash"),
        sa.Column("data", sa.LargeBinary, nullable=False),
        _primary("tokens", "text_hash"),
    )


def _log() -> None:
    op.create_table(
        "events",
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=False),
        _text("name"),
        _text("label"),
        _text("coder_id"),
        _text("at"),
        _text("group", null=True),
        _whole("reverts", null=True),
        _whole("schema"),
        _text("salt", null=True),
        _text("payload", null=True),
        _text("digest"),
        _text("previous"),
        _text("hash"),
        _primary("events", "seq"),
    )
    _index("events", "coder_id", "seq")
    _index("events", "group")
    _index("events", "reverts")

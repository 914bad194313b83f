"""The tables and their four classes; columns have the names of the values' fields.

State is logged, undoable and replayed. Blobs are immutable and named by their hash. Observations are shown but not
logged. Derived rows can be computed again at any time, so they refer to nothing that must exist.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
)

REVISION = "0004"
"""The Alembic revision that these tables are at."""

EVENT_SCHEMA = 4
"""The version of the rows that new events record; a migration that changes rows raises it and ships an upcaster in
``store.upcasting``."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str, *, null: bool = False, default: str | None = None) -> Column[str]:
    return Column(name, Text, nullable=null, server_default=default)


def _whole(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=null)


def _id() -> Column[str]:
    return Column("id", Text, primary_key=True)


def _to(table: str, name: str | None = None, *, null: bool = False) -> Column[str]:
    """Return a column that refers to another table's id.

    It is checked at commit, is indexed, and never cascades.
    """
    key = ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")
    return Column(name or f"{table.removesuffix('s')}_id", Text, key, nullable=null, index=True)


# State

project = Table("project", metadata, _id(), _text("title"), _text("question"), _text("created_at"))
coders = Table("coders", metadata, _id(), Column("name", Text, nullable=False, unique=True), _text("joined_at"))

cases = Table("cases", metadata, _id(), Column("name", Text, nullable=False, unique=True), _text("level"))
attributes = Table(
    "attributes", metadata, _id(), Column("name", Text, nullable=False, unique=True), _text("type"), _whole("position")
)
attribute_values = Table(
    "attribute_values",
    metadata,
    _id(),
    _to("cases"),
    _to("attributes"),
    _text("value"),
    UniqueConstraint("case_id", "attribute_id"),
)
memberships = Table(
    "memberships",
    metadata,
    _id(),
    _to("cases", "member_id"),
    _to("cases", "whole_id"),
    UniqueConstraint("member_id", "whole_id"),
)
aliases = Table("aliases", metadata, _id(), _to("cases"), Column("name", Text, nullable=False, unique=True))

sources = Table(
    "sources",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    _text("kind"),
    _to("revisions"),
    _to("cases", null=True),
    _text("imported_at"),
)
revisions = Table(
    "revisions",
    metadata,
    _id(),
    _to("sources"),
    _whole("number"),
    _text("text_hash"),
    Column("original_hash", Text, nullable=False, index=True),
    _text("filename"),
    _text("input_format"),
    _text("speaker_format"),
    Column("speaker_format_reason", Text, nullable=False, server_default=""),
    _text("encoding", null=True),
    _whole("length"),
    _whole("words"),
    _text("warnings"),
    _text("metadata"),
    UniqueConstraint("source_id", "number"),
)
speakers = Table(
    "speakers",
    metadata,
    _id(),
    _to("sources"),
    _text("label"),
    _text("role"),
    _text("role_reason"),
    _to("cases", null=True),
    UniqueConstraint("source_id", "label"),
)
turns = Table(
    "turns",
    metadata,
    _id(),
    _to("revisions"),
    _whole("position"),
    _text("kind"),
    _whole("number"),
    _to("speakers", null=True),
    _whole("label_start"),
    _whole("start"),
    _whole("end"),
    Column("time", Float),
)

codebook = Table("codebook", metadata, _id(), _text("name"), _text("version"), _text("language"))
references = Table("references", metadata, _id(), Column("key", Text, nullable=False, unique=True), _text("text"))
codes = Table(
    "codes",
    metadata,
    _id(),
    _text("key"),
    _text("name"),
    _to("codes", "parent_id", null=True),
    _whole("position"),
    _to("code_versions", "version_id"),
    _text("colour"),
    _text("examples"),
    _text("references"),
    Column("retired", Boolean, nullable=False),
    UniqueConstraint("parent_id", "key"),
)
code_versions = Table(
    "code_versions",
    metadata,
    _id(),
    _to("codes"),
    _whole("number"),
    _text("kind"),
    _text("definition"),
    _text("include"),
    _text("exclude"),
    _text("counts_against"),
    UniqueConstraint("code_id", "number"),
)
rules = Table(
    "rules",
    metadata,
    _id(),
    _to("codes"),
    _whole("position"),
    _to("rule_versions", "version_id"),
    Column("retired", Boolean, nullable=False),
)
rule_versions = Table(
    "rule_versions",
    metadata,
    _id(),
    _to("rules"),
    _whole("number"),
    _text("spec"),
    UniqueConstraint("rule_id", "number"),
)

segments = Table("segments", metadata, _id(), _to("sources"))
anchors = Table(
    "anchors",
    metadata,
    _id(),
    _to("segments"),
    _to("revisions"),
    _whole("start"),
    _whole("end"),
    _text("quote"),
    _text("before"),
    _text("after"),
    UniqueConstraint("segment_id", "revision_id"),
)
codings = Table(
    "codings",
    metadata,
    _id(),
    _to("segments"),
    _to("codes"),
    _to("code_versions", "code_version_id"),
    _to("coders"),
    _text("origin"),
    _text("suggestion_id", null=True),
    _whole("round"),
    _text("created_at"),
    _text("stance", default="for"),
    _text("note", default=""),
)
decisions = Table(
    "decisions",
    metadata,
    _id(),
    Column("suggestion_id", Text, nullable=False, index=True),
    _text("verdict"),
    _to("codes"),
    _to("rule_versions", "rule_version_id"),
    _to("sources"),
    _whole("start"),
    _whole("end"),
    _text("quote"),
    Column("score", Float, nullable=False),
    _text("reason"),
    _to("coders"),
    _text("coding_id", null=True),
    _text("note"),
    _text("decided_at"),
)
cells = Table(
    "cells",
    metadata,
    _id(),
    _to("cases"),
    _to("codes"),
    _text("state"),
    _text("summary"),
    _to("coders"),
    _text("written_at"),
    _text("basis"),
    Column("own", Boolean, nullable=False, server_default=false()),
    _text("affirmation", default=""),
    _text("disagreement", default=""),
    UniqueConstraint("case_id", "code_id", "own"),
)
citations = Table("citations", metadata, _id(), _to("cells"), _to("segments"), _whole("position"), _text("reference"))
charts = Table("charts", metadata, _id(), Column("name", Text, nullable=False, unique=True), _text("query"))
concepts = Table(
    "concepts",
    metadata,
    _id(),
    _to("codes"),
    _text("level"),
    _text("name"),
    _to("concepts", "parent_id", null=True),
    _whole("position"),
)
sortings = Table("sortings", metadata, _id(), _to("concepts"), _to("cells"), UniqueConstraint("concept_id", "cell_id"))

# Blob

texts = Table("texts", metadata, Column("hash", Text, primary_key=True), _text("text"))
originals = Table(
    "originals", metadata, Column("hash", Text, primary_key=True), Column("data", LargeBinary, nullable=False)
)

# Observation

readings = Table(
    "readings",
    metadata,
    Column("source_id", Text, primary_key=True),
    Column("coder_id", Text, primary_key=True),
    _whole("position"),
    _whole("furthest"),
    _text("read_at"),
)

# Derived

suggestions = Table(
    "suggestions",
    metadata,
    _id(),
    Column("code_id", Text, nullable=False, index=True),
    _text("rule_version_id"),
    Column("source_id", Text, nullable=False, index=True),
    Column("revision_id", Text, nullable=False, index=True),
    _whole("start"),
    _whole("end"),
    Column("score", Float, nullable=False),
    _text("reason"),
    _text("hits"),
    _text("stance", default="for"),
)
tokens = Table(
    "tokens",
    metadata,
    Column("text_hash", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

# The log

events = Table(
    "events",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _text("name"),
    _text("label"),
    _text("coder_id"),
    _text("at"),
    Column("group", Text, index=True),
    Column("reverts", Integer, index=True),
    _whole("schema"),
    _text("salt", null=True),
    _text("payload", null=True),
    _text("digest"),
    _text("previous"),
    _text("hash"),
    Index("ix_events_coder_id_seq", "coder_id", "seq"),
)

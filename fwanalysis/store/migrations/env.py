"""Alembic's environment: the connection is handed over by ``migrate``; there is no configuration file."""

from __future__ import annotations

from alembic import context

from fwanalysis.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()

"""The type of an open read, for callers that must not depend on the database library."""

from __future__ import annotations

from sqlalchemy import Connection

Reading = Connection
"""What ``Store.read`` yields and every function of ``store.queries`` takes: one consistent state of the project."""

"""The project itself, as its file describes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProjectInfo:
    """Title and research question of a project."""

    id: str
    title: str
    question: str
    created_at: str

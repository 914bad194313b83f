"""Unsaved words of a summary, kept in the user's state folder until they are saved or discarded.

They are no part of the project and never in its log. The files can be read by their owner only.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_state_path

if TYPE_CHECKING:
    from fwanalysis.project import Project


@dataclass(frozen=True, slots=True)
class Recovered:
    """Words that were not saved.

    Attributes:
        kept_at: When they were kept, ISO 8601 in UTC.
    """

    text: str
    kept_at: str


def recovery_folder() -> Path:
    """Return the folder of unsaved words."""
    return user_state_path("fwanalysis") / "unsaved"


class RecoveryFile:
    """The file of the unsaved words of one cell of a project.

    What cannot be read or written is left alone: a full disk must not keep anyone from writing on.
    """

    def __init__(self, project: Project, case_id: str, code_id: str, *, own: bool) -> None:
        target = project.path if "://" in project.path else str(Path(project.path).resolve())
        name = hashlib.sha256("\n".join((target, case_id, code_id, str(own))).encode()).hexdigest()[:32]
        self._project = target
        self.path = recovery_folder() / f"{name}.json"
        self._kept: str | None = None

    def read(self) -> Recovered | None:
        """Return what was kept; None if there is nothing."""
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
            return Recovered(str(found["text"]), str(found["kept_at"]))
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def keep(self, text: str) -> None:
        """Keep a text; it is written only if it has changed."""
        if text == self._kept:
            return
        content = {"project": self._project, "kept_at": datetime.now(UTC).isoformat(timespec="seconds"), "text": text}
        part = self.path.with_suffix(".part")
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                json.dump(content, file)
            os.replace(part, self.path)
        except OSError:
            return
        self._kept = text

    def remove(self) -> None:
        """Remove what was kept."""
        self._kept = None
        try:
            self.path.unlink(missing_ok=True)
        except OSError:
            return

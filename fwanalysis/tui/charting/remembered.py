"""The view of a chart where the user left it, kept in the user's state folder for each project and coder.

It is an observation about one person at one computer: no part of the project, and never in its log.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any

from platformdirs import user_state_path

from fwanalysis.domain.matrix import Bands, MatrixQuery

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis.project import Project


@dataclass(frozen=True, slots=True)
class RememberedView:
    """How a chart was shown, and the cell under the cursor.

    Attributes:
        query: What was shown.
        row: Key of the row of the cursor; empty if there was none.
        column: Key of the column of the cursor.
        is_high: Whether rows were as high as their text.
        has_heat: Whether cells were shaded by their number of segments.
        has_pane: Whether the reading panel was shown.
        chart: Name of the stored chart that was shown; empty if it was none.
    """

    query: MatrixQuery = field(default_factory=MatrixQuery)
    row: str = ""
    column: str = ""
    is_high: bool = False
    has_heat: bool = False
    has_pane: bool = True
    chart: str = ""


def views_folder() -> Path:
    """Return the folder of remembered views."""
    return user_state_path("fwanalysis") / "views"


def view_file(project: Project) -> Path:
    """Return the file of the view of a project by its coder."""
    name = hashlib.sha256(f"{project.info.id}\n{project.coder.id}".encode()).hexdigest()[:32]
    return views_folder() / f"{name}.json"


def recall(file: Path) -> RememberedView:
    """Return the view that was remembered in a file; the usual one if there is none or it cannot be used."""
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
        known = {item.name for item in fields(RememberedView)}
        values = {name: value for name, value in raw.items() if name in known}
        return RememberedView(**{**values, "query": query_of(values.get("query", {}))})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return RememberedView()


def remember(file: Path, view: RememberedView) -> None:
    """Keep a view in a file. A file that cannot be written is left alone: it must not keep anyone from working."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        part.write_text(json.dumps(asdict(view), ensure_ascii=False), encoding="utf-8")
        os.replace(part, file)
    except OSError:
        return


def query_of(raw: dict[str, Any]) -> MatrixQuery:
    """Return the query of fields as JSON holds them; fields that are not known are left out.

    Raises:
        TypeError, KeyError: If a field has another form.
    """
    known = {item.name for item in fields(MatrixQuery)}
    values = {name: _tuples(value) for name, value in raw.items() if name in known and name != "bands"}
    bands = tuple(Bands(item["attribute"], _tuples(item["cuts"])) for item in raw.get("bands", ()))
    return MatrixQuery(**values, bands=bands)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value

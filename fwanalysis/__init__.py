"""Framework Analysis of interview and focus-group transcripts: anchored, versioned evidence from text to matrix.

The public names load on first use; importing the package loads no library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fwanalysis.domain.suggestions import SuggestionFilter
    from fwanalysis.domain.text import Span
    from fwanalysis.errors import FrameworkError
    from fwanalysis.project import Project, create_project, open_project

__all__ = ["FrameworkError", "Project", "Span", "SuggestionFilter", "create_project", "open_project"]
__version__ = "0.1.0"

_HOMES = {
    "FrameworkError": "fwanalysis.errors",
    "Project": "fwanalysis.project",
    "Span": "fwanalysis.domain.text",
    "SuggestionFilter": "fwanalysis.domain.suggestions",
    "create_project": "fwanalysis.project",
    "open_project": "fwanalysis.project",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)

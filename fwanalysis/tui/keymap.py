"""The names of keys in a user's settings: the old names of those that were renamed.

Knows no widget.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

RENAMED = {
    **{f"app.desk-{view}": f"app.view-{view}" for view in ("sources", "code", "suggestions", "codebook", "matrix")},
    "code.unplaced": "code.unanchored",
    "edit.aside": "edit.exclude",
    "edit.unplaced": "edit.unanchored",
    "importing.aside": "importing.exclude",
    "importing.reader": "importing.input-format",
    "importing.style": "importing.speaker-format",
    "importing.voice": "importing.speaker",
    **{
        f"unplaced.{action}": f"unanchored.{action}"
        for action in (
            *("accept", "accept-all", "by-hand", "leave", "next", "previous"),
            *("down", "up", "undo", "redo", "back"),
        )
    },
}
"""The present name for each old one. Old names work until the next version."""


def present_names(keymap: Mapping[str, str]) -> tuple[Mapping[str, str], Sequence[str]]:
    """Return a keymap by the present names of keys, and the old names that it uses.

    Where a keymap has an old and the present name of a key, the present one applies.
    """
    old = [name for name in keymap if name in RENAMED]
    present = {RENAMED[name]: keymap[name] for name in old}
    return present | {name: keys for name, keys in keymap.items() if name not in RENAMED}, old

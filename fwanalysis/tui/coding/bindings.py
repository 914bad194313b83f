"""The keys of the Code view. Each has an id for keymaps."""

from __future__ import annotations

from textual.binding import Binding

BINDINGS = (
    Binding("c", "code", "Code", id="code.code"),
    Binding("n", "suggestion(1)", "Next suggestion", id="code.next"),
    Binding("N", "suggestion(-1)", "Previous suggestion", show=False, id="code.previous"),
    Binding("a", "decide('accept')", "Accept", id="code.accept"),
    Binding("x", "decide('reject')", "Reject", id="code.reject"),
    Binding("minus", "stance", "Stance: for / against / mixed", show=False, id="code.stance"),
    Binding("m", "note", "Note on the coding", show=False, id="code.note"),
    Binding("d", "remove", "Remove coding", show=False, id="code.remove"),
    Binding("E", "correct('edit')", "Edit the turn", show=False, id="code.edit"),
    Binding("F,f8", "correct('unanchored')", "Unanchored codings", show=False, id="code.unanchored"),
    Binding("S", "correct('speakers')", "Speakers of this source", show=False, id="code.speakers"),
    Binding("M", "cells", "Cells of the matrix based on this", show=False, id="code.cells"),
    Binding("greater_than_sign", "source(1)", "Next source", show=False, id="code.next-source"),
    Binding("less_than_sign", "source(-1)", "Previous source", show=False, id="code.previous-source"),
    Binding("tab", "tree", "Tree of codes / text", show=False, id="code.tree"),
    Binding("escape", "back", "Back", show=False, id="code.back"),
)
"""For the screen's ``BINDINGS``."""

"""The keys of the transcript. Each has an id for keymaps; most movements have a twin that extends the selection."""

from __future__ import annotations

from textual.binding import Binding

_MOVEMENTS = (
    # motion, keys, keys that extend the selection, what it does
    ("left", "left", "shift+left", "Character back"),
    ("right", "right", "shift+right", "Character forward"),
    ("word_left", "ctrl+left,b", "ctrl+shift+left", "Word back"),
    ("word_right", "ctrl+right,w", "ctrl+shift+right", "Word forward"),
    ("sentence_back", "left_parenthesis", "", "Sentence back"),
    ("sentence_forward", "right_parenthesis", "", "Sentence forward"),
    ("turn_back", "left_square_bracket,left_curly_bracket", "", "Turn back"),
    ("turn_forward", "right_square_bracket,right_curly_bracket", "", "Turn forward"),
    ("paragraph_back", "ctrl+up", "ctrl+shift+up", "Paragraph back"),
    ("paragraph_forward", "ctrl+down", "ctrl+shift+down", "Paragraph forward"),
    ("up", "up,k", "shift+up", "Line up"),
    ("down", "down,j", "shift+down", "Line down"),
    ("line_start", "home", "shift+home", "Start of line"),
    ("line_end", "end", "shift+end", "End of line"),
    ("page_up", "pageup,ctrl+b", "shift+pageup", "Page up"),
    ("page_down", "pagedown,ctrl+f", "shift+pagedown", "Page down"),
    ("text_start", "ctrl+home,g", "ctrl+shift+home", "Start of text"),
    ("text_end", "ctrl+end,G", "ctrl+shift+end", "End of text"),
)


def _bindings() -> list[Binding]:
    made = []
    for motion, keys, extending, does in _MOVEMENTS:
        name = motion.replace("_", "-")
        made.append(Binding(keys, f"move('{motion}')", does, show=False, id=f"transcript.{name}"))
        if extending:
            what = f"Select: {does.lower()}"
            made.append(Binding(extending, f"move('{motion}', True)", what, show=False, id=f"transcript.select-{name}"))
    return [
        *made,
        Binding("s", "select_sentence", "Sentence", id="transcript.select-sentence"),
        Binding("t", "select_turn", "Select turn", show=False, id="transcript.select-turn"),
        Binding("v", "toggle_select", "Select", show=False, id="transcript.select-mode"),
        Binding("escape", "clear_selection", "Clear selection", show=False, id="transcript.clear-selection"),
    ]


BINDINGS = _bindings()
"""For a transcript's ``BINDINGS``."""

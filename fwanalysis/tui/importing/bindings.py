"""The keys of the import screen. Each has an id for keymaps."""

from __future__ import annotations

from textual.binding import Binding

BINDINGS = (
    Binding("ctrl+s,f2", "import_files", "Import", key_display="^s", priority=True, id="importing.import"),
    Binding("escape", "back", "Back", id="importing.back"),
    Binding("tab", "part(1)", "Next part: files, speakers, warnings, text", show=False, id="importing.next-part"),
    Binding("shift+tab", "part(-1)", "Previous part", show=False, id="importing.previous-part"),
    Binding("f", "folder", "Another folder or file", show=False, id="importing.folder"),
    Binding("n", "next_note(1)", "Next file with warnings", show=False, id="importing.next"),
    Binding("N", "next_note(-1)", "Previous file with warnings", show=False, id="importing.previous"),
    Binding("x", "leave_out", "Leave the file out / include it", show=False, id="importing.leave-out"),
    Binding("s", "choose('speaker-format')", "Speaker format", show=False, id="importing.speaker-format"),
    Binding("r", "choose('input-format')", "Input format", show=False, id="importing.input-format"),
    Binding("e", "choose('encoding')", "Encoding", show=False, id="importing.encoding"),
    Binding("k", "choose('kind')", "Kind: interview, focus group, document", show=False, id="importing.kind"),
    Binding("c", "choose('case')", "Case of the file", show=False, id="importing.case"),
    Binding("o", "choose('role')", "Role of the speaker", show=False, id="importing.role"),
    Binding("p", "choose('person')", "Case of the speaker", show=False, id="importing.person"),
    Binding("m", "choose('merge')", "Merge the speaker into another", show=False, id="importing.merge"),
    Binding("z", "exclude", "Not a speaker: exclude / include", show=False, id="importing.exclude"),
    Binding("l", "labels", "Speaker labels, with reasons", show=False, id="importing.labels"),
    Binding("greater_than_sign", "source(1)", "Next source of the file", show=False, id="importing.next-source"),
    Binding("less_than_sign", "source(-1)", "Previous source", show=False, id="importing.previous-source"),
)
"""For the screen's ``BINDINGS``."""

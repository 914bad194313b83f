"""The tree of codes with the number of codings of each; ``!2`` means that two more are unanchored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text
from textual.message import Message
from textual.widgets import Tree

from fwanalysis.domain.codebook import CodeKind
from fwanalysis.domain.codings import Tally

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.widgets.tree import TreeNode

    from fwanalysis.domain.codebook import Codebook, CodeEntry


class CodeTree(Tree[str]):
    """The codebook; a node's data is the code's id. Posts what was chosen with enter or a click."""

    @dataclass
    class Chosen(Message):
        """A code was chosen."""

        code_id: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("Codes", id=id)
        self.show_root = False
        self.guide_depth = 2
        self._shown: tuple[Codebook, Mapping[str, Tally]] | None = None

    def show(self, codebook: Codebook, counts: Mapping[str, Tally]) -> None:
        """Show the codes with their counts; what was folded or under the cursor stays so.

        Where only counts differ from what is shown, the labels of those codes are changed and nothing else.
        """
        before, self._shown = self._shown, (codebook, dict(counts))
        if before == self._shown:
            return
        if before is not None and before[0] == codebook and _listed(*before) == _listed(codebook, counts):
            self._relabel(before[1])
        else:
            self._rebuild()

    def _relabel(self, before: Mapping[str, Tally]) -> None:
        """Change the labels of the codes whose count is not as *before*."""
        assert self._shown is not None
        codebook, counts = self._shown
        changed = {code_id for code_id in counts.keys() | before.keys() if counts.get(code_id) != before.get(code_id)}
        letters = codebook.initials()
        for node in _nodes(self.root):
            if node.data in changed:
                entry = codebook.by_id[node.data]
                tally = counts.get(entry.id, Tally())
                node.set_label(_label(entry, codebook.colour_of(entry.id), letters[entry.id], tally))

    def _rebuild(self) -> None:
        assert self._shown is not None
        codebook, counts = self._shown
        folded = {node.data for node in _nodes(self.root) if node.allow_expand and not node.is_expanded}
        at = self.cursor_node.data if self.cursor_node else None
        self.clear()
        letters = codebook.initials()
        nodes: dict[str | None, TreeNode[str]] = {None: self.root}
        for entry in _listed(codebook, counts):
            label = _label(entry, codebook.colour_of(entry.id), letters[entry.id], counts.get(entry.id, Tally()))
            parent = nodes[entry.code.parent_id]
            is_leaf = not codebook.children(entry.id)
            nodes[entry.id] = (
                parent.add_leaf(label, entry.id)
                if is_leaf
                else parent.add(label, entry.id, expand=entry.id not in folded)
            )
        if at in nodes:
            self.call_after_refresh(self.move_cursor, nodes[at])

    def go_to(self, code_id: str) -> None:
        """Put the cursor on a code, unfolding what is above it."""
        node = next((node for node in _nodes(self.root) if node.data == code_id), None)
        while node is not None and node.parent is not None:
            node.parent.expand()
            node = node.parent
        self.call_after_refresh(self._move_to, code_id)

    def _move_to(self, code_id: str) -> None:
        for node in _nodes(self.root):
            if node.data == code_id:
                self.move_cursor(node)

    @property
    def code_id(self) -> str | None:
        """The code under the cursor."""
        return self.cursor_node.data if self.cursor_node else None

    def on_tree_node_selected(self, event: Tree.NodeSelected[str]) -> None:
        """Post which code was chosen."""
        event.stop()
        if event.node.data:
            self.post_message(self.Chosen(event.node.data))


def _listed(codebook: Codebook, counts: Mapping[str, Tally]) -> list[CodeEntry]:
    """Return the codes that the tree lists: those in use, and retired ones that still have codings."""
    return [entry for entry in codebook.entries if not entry.code.retired or entry.id in counts]


def _label(entry: CodeEntry, colour: str, letters: str, tally: Tally) -> Text:
    label = Text(no_wrap=True, overflow="ellipsis")
    if entry.depth:
        mark = "▌" if entry.version.kind is CodeKind.SENSITIZING else "▍"
        label.append(mark, style=colour)
        label.append(f"{letters} ", style="dim")
    if entry.depth or tally != Tally():
        label.append(f"{tally.placed or '·':>3} ", style="bold" if tally.placed else "dim")
    if tally.unanchored:
        label.append(f"!{tally.unanchored} ", style="bold")
    label.append(entry.name, style="" if entry.depth else "bold")
    return label


def _nodes(root: TreeNode[str]) -> list[TreeNode[str]]:
    found = list(root.children)
    for node in root.children:
        found += _nodes(node)
    return found

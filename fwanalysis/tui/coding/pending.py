"""The pending suggestions of one source: which of them is to be decided now, and which comes next.

Knows values only: no widget, no database.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fwanalysis.domain.suggestions import Suggestion


@dataclass(frozen=True, slots=True)
class PendingSuggestions:
    """Pending suggestions, and the one that is to be decided now.

    Attributes:
        items: The suggestions in the order of the text.
        current_id: The id of the current suggestion; None if there is no current one.
    """

    items: tuple[Suggestion, ...] = ()
    current_id: str | None = None

    @property
    def current(self) -> Suggestion | None:
        """The suggestion that is to be decided now."""
        return next((item for item in self.items if item.id == self.current_id), None)

    def with_current(self, suggestion_id: str | None) -> PendingSuggestions:
        """Return the same suggestions with another current one; without one if this one is not pending."""
        is_pending = any(item.id == suggestion_id for item in self.items)
        return replace(self, current_id=suggestion_id if is_pending else None)

    def read_again(self, items: Sequence[Suggestion]) -> PendingSuggestions:
        """Return the suggestions as they are after a change.

        When the current one was decided, the next in the text becomes current. When an undo made one suggestion
        pending again, that one does. A current one that is no longer pending is dropped.
        """
        following = self._following(items)
        after = PendingSuggestions(tuple(items))
        return after.with_current(self.current_id if following is None else following)

    def _following(self, items: Sequence[Suggestion]) -> str | None:
        was, known = self.current, {item.id for item in self.items}
        if was and all(item.id != was.id for item in items):
            return next((item.id for item in items if (item.start, item.end) >= (was.start, was.end)), None)
        back = [item.id for item in items if item.id not in known]
        return back[0] if known and len(back) == 1 else None

    def at_caret(self, caret: int) -> PendingSuggestions:
        """Return the suggestions with the one at the caret as the current one; the current one stays so at its end."""
        current = self.current
        if current and current.start <= caret <= current.end:
            return self
        under = (item.id for item in self.items if item.start <= caret < item.end)
        return replace(self, current_id=next(under, None))

    def step(self, caret: int, step: int) -> str | None:
        """Return the id of the next (1) or previous (-1) suggestion, seen from the current one or else from the caret.

        None at the end of the source.
        """
        ids = [item.id for item in self.items]
        if self.current_id in ids:
            target = ids.index(self.current_id) + step
        else:
            before = sum(item.start < caret for item in self.items)
            target = before if step > 0 else before - 1
        return ids[target] if 0 <= target < len(ids) else None


def next_source_with_pending(ids: Sequence[str], pending: Mapping[str, int], source_id: str, step: int) -> str | None:
    """Return the next (1) or previous (-1) source that has pending suggestions.

    Args:
        ids: All sources in their order; after the last comes the first.
        pending: How many suggestions are pending in each source that has any.
        source_id: The source to start from. It comes last itself.
        step: 1 or -1.

    Returns:
        The id of the source, or None if no source has a pending suggestion.
    """
    at = ids.index(source_id)
    order = [ids[(at + step * offset) % len(ids)] for offset in range(1, len(ids) + 1)]
    return next((item for item in order if pending.get(item)), None)

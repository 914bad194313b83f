"""The messages of the transcript to its screen. Of many in a row, the newest replaces those before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from textual.widget import Widget

    from fwanalysis.domain.text import Span


@dataclass
class CaretMoved(Message):
    """The caret is at *position* (code points)."""

    position: int
    transcript: Widget

    @property
    def control(self) -> Widget:
        """The transcript whose caret it is."""
        return self.transcript

    def can_replace(self, message: Message) -> bool:
        """Whether *message* is of the same transcript and says the same more recently."""
        return isinstance(message, CaretMoved) and message.transcript is self.transcript


@dataclass
class SelectionChanged(Message):
    """The selected span is *span*; None if nothing is selected."""

    span: Span | None
    transcript: Widget

    @property
    def control(self) -> Widget:
        """The transcript on which it is selected."""
        return self.transcript

    def can_replace(self, message: Message) -> bool:
        """Whether *message* is of the same transcript and says the same more recently."""
        return isinstance(message, SelectionChanged) and message.transcript is self.transcript


@dataclass
class MarkActivated(Message):
    """The user clicked on codings or suggestions, *ids*, in the margin or on their names."""

    ids: tuple[str, ...]
    transcript: Widget

    @property
    def control(self) -> Widget:
        """The transcript that shows them."""
        return self.transcript

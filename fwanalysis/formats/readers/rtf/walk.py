"""Walk over the groups and control words of rich text, and gather the text.

The library striprtf is not used: it loses bold text, writes footnotes and deletions into the text, and takes minutes
for some files. The states of groups are kept in a list, so that nesting needs no recursion.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.readers.office.document_text import NOTE_KINDS, note_line, note_reference
from fwanalysis.formats.readers.office.heading_styles import is_heading_style
from fwanalysis.formats.readers.office.symbol_fonts import holds_symbols, with_symbols
from fwanalysis.formats.readers.rtf.control_words import (
    CHARACTERS,
    CONTROL_SYMBOLS,
    COUNTED,
    DEFAULT_CODEC,
    ENDS_CELL,
    ENDS_LINE,
    ENDS_PARAGRAPH,
    ENDS_ROW,
    GATHERED_APART,
    LEFT_OUT,
    NUMBER,
    READ_THOUGH_STARRED,
    RUBY,
    WORDS_OF_SHAPE,
    codec_of_charset,
    codec_of_page,
)
from fwanalysis.formats.readers.rtf.stories import Story
from fwanalysis.formats.readers.rtf.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_ENDS = ENDS_PARAGRAPH | ENDS_LINE | ENDS_CELL | ENDS_ROW
_DEEPEST = 1_000_000
_MOST_TOKENS = 4_000_000
_LONGEST_CODE = 1000


class _State(NamedTuple):
    """What a group inherits and what is restored at its end."""

    story: Story
    use: str = ""
    """What the words of the group are: of the document (empty), ``fonts``, ``out``, or one of ``GATHERED_APART``."""
    fallback: int = 1
    font: int = -1
    bold: bool = False
    deleted: bool = False
    counted_as: str = ""
    """What the next words are to be counted as (``hidden``)."""


class Walk:
    """Read rich text.

    Attributes:
        body: The text.
        seen: How often content was met that needs a warning.
        odd: How many codes are not characters of the encoding.
        ended: Whether all groups were closed.
        codec: The encoding of the document (Python's name).
    """

    def __init__(self, filename: str, codec: str | None) -> None:
        self.body = Story("body")
        self.seen: Counter[str] = Counter()
        self.odd = 0
        self.ended = True
        self.codec = codec or DEFAULT_CODEC
        self._codec_is_chosen = codec is not None
        self._filename = filename
        self._state = _State(self.body)
        self._stack: list[_State] = []
        self._fonts: dict[int, str] = {}
        self._font = self._default_font = self._style = -1
        self._headings: set[int] = set()
        self._font_names: dict[int, str] = {}
        self._gathered: list[str] = []
        self._property = ""
        self._codes = bytearray()
        self._surrogate = ""
        self._starred = self._after_wrapping_break = False
        self._skip = 0
        self._notes: dict[str, list[str]] = {kind: [] for kind in NOTE_KINDS}

    @property
    def notes(self) -> list[str]:
        """Return the notes as lines, footnotes first."""
        return [line for lines in self._notes.values() for line in lines]

    def read(self, source: str) -> None:
        """Read rich text of which each character is one byte."""
        for count, token in enumerate(tokens(source)):
            if count > _MOST_TOKENS:
                raise UnreadableFile(
                    f"{self._filename} has over {_MOST_TOKENS:,} control words, which is not read; split it."
                )
            kind = token.lastgroup
            if kind == "code" or (kind == "text" and not token["text"].isspace()):
                self._after_wrapping_break = False
            if kind == "code":
                self._code(int(token["code"], 16))
                continue
            if kind == "text":
                self._text(token["text"])
                continue
            self._flush()
            if kind == "brace":
                self._brace(token["brace"])
            elif kind == "symbol":
                self._control_symbol(token["symbol"])
            else:
                self._word(token["word"], token["number"])
        self._flush()
        self.ended = not self._stack
        while self._stack:
            self._brace("}")

    # Tokens

    def _brace(self, brace: str) -> None:
        self._skip, self._starred = 0, False
        if brace == "{":
            if len(self._stack) > _DEEPEST:
                raise UnreadableFile(f"{self._filename} nests over {_DEEPEST:,} groups; save it again.")
            self._stack.append(self._state)
            if self._state.use == "styles":
                self._style, self._gathered = -1, []
        elif self._stack:
            ended, self._state = self._state, self._stack.pop()
            if ended.story is not self._state.story:
                self._finish(ended.story, self._state.story)
            if ended.use == "styles" or ended.use != self._state.use:
                self._end_gathered(ended.use, "".join(self._gathered))

    def _control_symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._starred = True
        elif symbol in "\r\n":
            self._word("par", None)
        elif symbol in CONTROL_SYMBOLS and not self._skipped():
            self._add(CONTROL_SYMBOLS[symbol])

    def _word(self, word: str, number: str | None) -> None:
        starred, self._starred = self._starred, False
        state = self._state
        if word == "u":
            self._unicode(int(number or 0))
        elif word == "ud":
            self._state = state._replace(use="")
        elif state.use == "out" or (word not in _ENDS and self._skipped()):
            return
        elif word in LEFT_OUT or (starred and word not in READ_THOUGH_STARRED):
            self.seen[COUNTED.get(word, "")] += 1
            self._state = state._replace(use="out")
        elif word in CHARACTERS:
            repeats = word == "line" and self._after_wrapping_break  # LibreOffice writes \lbr3\line for one break
            self._after_wrapping_break = word == "lbr"
            self._add("" if repeats else CHARACTERS[word])
        elif word in _ENDS:
            self._end(word)
        elif word in _SETTINGS:
            self._set(word, 1 if number is None else int(number))
        else:
            self._begin(word)

    def _text(self, text: str) -> None:
        if "\n" in text or "\r" in text:
            text = text.replace("\r", "").replace("\n", "")
        if self._skip and text:
            skipped = min(self._skip, len(text))
            self._skip -= skipped
            text = text[skipped:]
        if not text or self._state.use == "out":
            return
        if not self._codes and text.isascii():
            self._add(text)
            return
        self._codes += text.encode("latin-1")
        self._flush()

    def _code(self, code: int) -> None:
        if not self._skipped() and self._state.use != "out":
            self._codes.append(code)

    def _skipped(self) -> bool:
        """Return whether this is one of the fallback characters after ``\\u`` for programs that do not know it."""
        if self._skip:
            self._skip -= 1
            return True
        return False

    def _unicode(self, number: int) -> None:
        self._skip = self._state.fallback
        unit = chr(number & 0xFFFF)
        if "\ud800" <= unit <= "\udbff":
            self._surrogate = unit
        elif "\udc00" <= unit <= "\udfff":
            pair = (self._surrogate + unit).encode("utf-16-le", "surrogatepass")
            self._surrogate = ""
            self._add(pair.decode("utf-16-le", "replace"))
        else:
            self._add(unit)

    def _flush(self) -> None:
        """Add the characters that codes mean; a character may need several codes."""
        if not self._codes:
            return
        codes, self._codes = bytes(self._codes), bytearray()
        codec = self.codec if self._codec_is_chosen else self._fonts.get(self._state.font, self.codec)
        try:
            words = codes.decode(codec)
        except UnicodeError:
            words = codes.decode(codec, "replace")
            self.odd += words.count("\ufffd")
        self._add(words)

    def _add(self, words: str) -> None:
        state = self._state
        if state.use in _GATHERED_APART:
            self._gathered.append(words)
        elif state.use == "fonts" and words.strip():
            self._font_names.setdefault(self._font, words.strip(" ;"))
        elif state.use == "":
            if holds_symbols(words):
                words, unknown = with_symbols(words, self._font_names.get(state.font, ""))
                self.seen["symbols"] += unknown
            if state.counted_as and words.strip():
                self.seen[state.counted_as] += 1
                self._state = state._replace(counted_as="")
            if not state.deleted:
                state.story.add(words, bold=state.bold)

    # Control words that set a property or begin a destination

    def _set(self, word: str, number: int) -> None:
        state = self._state
        if change := _CHANGES.get(word):
            self._state = change(state, number)
        elif word == "revised":
            self.seen["insertions"] += number != 0
        elif word == "plain":
            self._state = state._replace(font=self._default_font, bold=False, deleted=False, counted_as="")
        elif word == "f":
            self._font = number
            self._state = state._replace(font=number)
        elif word == "deff":
            self._default_font = number
            self._state = state._replace(font=number)
        elif word in ("fcharset", "cpg"):
            codec = codec_of_charset(number) if word == "fcharset" else codec_of_page("ansicpg", number)
            if codec and state.use == "fonts":
                self._fonts[self._font] = codec
        elif word == "pard":
            state.story.heading = False
        elif word == "s":
            self._style = number
            state.story.heading = state.story.heading or (state.use == "" and number in self._headings)
        elif word == "outlinelevel" and state.use == "":
            state.story.heading = number < 9
        elif not self._codec_is_chosen:
            self.codec = codec_of_page(word, number) or self.codec

    def _begin(self, word: str) -> None:
        if word == "fonttbl":
            self._state = self._state._replace(use="fonts")
        elif word in GATHERED_APART:
            self._state = self._state._replace(use=GATHERED_APART[word])
            self._gathered = []
        elif word == "sp":
            self._state = self._state._replace(use="shape")
        elif word == "sv" and self._property == WORDS_OF_SHAPE:
            self._state = self._state._replace(use="", story=Story("box"), bold=False)
        elif word == "footnote" and self._state.deleted:
            self._state = self._state._replace(use="out")
        elif word in ("footnote", "shptxt"):
            kind = "footnote" if word == "footnote" else "box"
            self._state = self._state._replace(story=Story(kind), bold=False)
        elif word == "shpinst":
            pass  # its properties are left out one by one, its text box is read
        elif word == "ftnalt" and self._state.story.kind == "footnote":
            self._state.story.kind = "endnote"

    def _end(self, word: str) -> None:
        state, self._skip = self._state, 0
        if state.use or state.deleted:
            return
        if word in ENDS_PARAGRAPH:
            state.story.end_paragraph()
        elif word in ENDS_LINE:
            if state.story.open:
                state.story.end_paragraph()
        elif word in ENDS_CELL:
            state.story.end_cell()
        else:
            state.story.end_row()

    def _end_gathered(self, use: str, words: str) -> None:
        """Use what was gathered apart, at the end of its destination."""
        if use == "styles":
            if is_heading_style(words):
                self._headings.add(self._style)
        elif use == "property":
            self._property = words
        elif use == "number":
            self.seen["numbers"] += NUMBER.search(words) is not None
        elif use == "code":
            ruby = RUBY.fullmatch(words[:_LONGEST_CODE])
            self._add(ruby["base"] if ruby else "")

    def _finish(self, story: Story, outer: Story) -> None:
        """End a note or a text box, and put it where it belongs."""
        words = story.document.text
        if story.kind == "box":
            outer.boxes.append(words)
            return
        lines = self._notes[story.kind]
        number = len(lines) + 1
        lines.append(note_line(story.kind, number, words))
        outer.add(note_reference(story.kind, number), bold=False)


_GATHERED_APART = frozenset(GATHERED_APART.values())
_CHANGES: Mapping[str, Callable[[_State, int], _State]] = {
    "b": lambda state, number: state._replace(bold=number != 0),
    "v": lambda state, number: state._replace(counted_as="hidden" if number else ""),
    "deleted": lambda state, number: state._replace(deleted=number != 0, counted_as="deletions" if number else ""),
    "uc": lambda state, number: state._replace(fallback=max(0, number)),
}
"""Control words that change only the state of their group, by the number behind them."""
_SETTINGS = frozenset(
    {"b", "v", "deleted", "revised", "plain", "uc", "f", "deff", "fcharset", "cpg", "pard", "s", "outlinelevel"}
    | {"ansi", "ansicpg", "mac", "pc", "pca"}
)

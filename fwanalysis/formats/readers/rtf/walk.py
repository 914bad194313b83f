"""The walk over the groups and control words of rich text: what of it is words, and whose codes they are in.

Our own, because striprtf forgets what is bold, writes footnotes and deletions into the text and takes minutes for
some files. Groups are kept in a list, so that their depth costs no calls; a group that changes nothing costs nothing.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.readers.office.document_text import HEADING_STYLES, NOTE_KINDS, note_line, note_mark
from fwanalysis.formats.readers.office.symbol_fonts import as_shown, holds_symbols
from fwanalysis.formats.readers.rtf.control_words import (
    CHARACTERS,
    COUNTED,
    DEFAULT_CODEC,
    ENDS_CELL,
    ENDS_LINE,
    ENDS_PARAGRAPH,
    ENDS_ROW,
    EXCLUDED,
    LEFT_OUT,
    NUMBER,
    READ_THOUGH_STARRED,
    RUBY,
    SIGNS,
    WORDS_OF_SHAPE,
    codec_of_charset,
    codec_of_page,
)
from fwanalysis.formats.readers.rtf.places import Place
from fwanalysis.formats.readers.rtf.tokens import tokens

_ENDS = ENDS_PARAGRAPH | ENDS_LINE | ENDS_CELL | ENDS_ROW
_DEEPEST = 1_000_000
_MOST_TOKENS = 4_000_000
_LONGEST_CODE = 1000


class _State(NamedTuple):
    """What a group inherits and its end takes back."""

    place: Place
    use: str = ""
    """What the words of the group are: of the document (empty), ``fonts``, ``out``, or one of ``ASIDE``."""
    fallback: int = 1
    font: int = -1
    bold: bool = False
    deleted: bool = False
    told: str = ""
    """What the next words are to be counted as (``hidden``)."""


class Walk:
    """Reads rich text. Afterwards ``body`` has its words, ``seen`` counts what a person should know of, ``odd`` the
    codes that are no characters; ``ended`` tells whether its groups were closed."""

    def __init__(self, filename: str, codec: str | None) -> None:
        self.body = Place("body")
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
        self._said: list[str] = []
        self._property = ""
        self._codes = bytearray()
        self._surrogate = ""
        self._starred = self._after_wrapping_break = False
        self._skip = 0
        self._notes: dict[str, list[str]] = {kind: [] for kind in NOTE_KINDS}

    @property
    def notes(self) -> list[str]:
        """The notes as lines, footnotes first."""
        return [line for lines in self._notes.values() for line in lines]

    def read(self, source: str) -> None:
        """Read rich text of which each character is one byte."""
        for count, token in enumerate(tokens(source)):
            if count > _MOST_TOKENS:
                raise UnreadableFile(
                    f"{self._filename} holds over {_MOST_TOKENS:,} formatting marks, which is not read; split it."
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
            elif kind == "sign":
                self._sign(token["sign"])
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
                raise UnreadableFile(f"{self._filename} nests over {_DEEPEST:,} groups; it is damaged.")
            self._stack.append(self._state)
            if self._state.use == "styles":
                self._style, self._said = -1, []
        elif self._stack:
            ended, self._state = self._state, self._stack.pop()
            if ended.place is not self._state.place:
                self._finish(ended.place, self._state.place)
            if ended.use == "styles" or ended.use != self._state.use:
                self._end_aside(ended.use, "".join(self._said))

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._starred = True
        elif sign in "\r\n":
            self._word("par", None)
        elif sign in SIGNS and not self._skipped():
            self._add(SIGNS[sign])

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
        """Whether this is one of the characters that stand after ``\\u`` for programs that do not know it."""
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
        """Take in the characters that codes stand for, which may take several codes each."""
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
        if state.use in _ASIDE:
            self._said.append(words)
        elif state.use == "fonts" and words.strip():
            self._font_names.setdefault(self._font, words.strip(" ;"))
        elif state.use == "":
            if holds_symbols(words):
                words, unknown = as_shown(words, self._font_names.get(state.font, ""))
                self.seen["symbols"] += unknown
            if state.told and words.strip():
                self.seen[state.told] += 1
                self._state = state._replace(told="")
            if not state.deleted:
                state.place.add(words, bold=state.bold)

    # Words that set or begin something

    def _set(self, word: str, number: int) -> None:
        state = self._state
        if word == "b":
            self._state = state._replace(bold=number != 0)
        elif word == "v":
            self._state = state._replace(told="hidden" if number else "")
        elif word == "deleted":
            self._state = state._replace(deleted=number != 0, told="deletions" if number else "")
        elif word == "revised":
            self.seen["insertions"] += number != 0
        elif word == "plain":
            self._state = state._replace(font=self._default_font, bold=False, deleted=False, told="")
        elif word == "uc":
            self._state = state._replace(fallback=max(0, number))
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
            state.place.heading = False
        elif word == "s":
            self._style = number
            state.place.heading = state.place.heading or (state.use == "" and number in self._headings)
        elif word == "outlinelevel" and state.use == "":
            state.place.heading = number < 9
        elif not self._codec_is_chosen:
            self.codec = codec_of_page(word, number) or self.codec

    def _begin(self, word: str) -> None:
        if word == "fonttbl":
            self._state = self._state._replace(use="fonts")
        elif word in EXCLUDED:
            self._state = self._state._replace(use=EXCLUDED[word])
            self._said = []
        elif word == "sp":
            self._state = self._state._replace(use="shape")
        elif word == "sv" and self._property == WORDS_OF_SHAPE:
            self._state = self._state._replace(use="", place=Place("box"), bold=False)
        elif word == "footnote" and self._state.deleted:
            self._state = self._state._replace(use="out")
        elif word in ("footnote", "shptxt"):
            kind = "footnote" if word == "footnote" else "box"
            self._state = self._state._replace(place=Place(kind), bold=False)
        elif word == "shpinst":
            pass  # its properties are left out one by one, its text box is read
        elif word == "ftnalt" and self._state.place.kind == "footnote":
            self._state.place.kind = "endnote"

    def _end(self, word: str) -> None:
        state, self._skip = self._state, 0
        if state.use or state.deleted:
            return
        if word in ENDS_PARAGRAPH:
            state.place.end_paragraph()
        elif word in ENDS_LINE:
            if state.place.open:
                state.place.end_paragraph()
        elif word in ENDS_CELL:
            state.place.end_cell()
        else:
            state.place.end_row()

    def _end_aside(self, use: str, said: str) -> None:
        """The end of what was gathered apart."""
        if use == "styles":
            if said.lower().startswith(HEADING_STYLES):
                self._headings.add(self._style)
        elif use == "property":
            self._property = said
        elif use == "number":
            self.seen["numbers"] += NUMBER.search(said) is not None
        elif use == "code":
            ruby = RUBY.fullmatch(said[:_LONGEST_CODE])
            self._add(ruby["base"] if ruby else "")

    def _finish(self, place: Place, outer: Place) -> None:
        """A note or a text box is over."""
        words = place.document.text
        if place.kind == "box":
            outer.boxes.append(words)
            return
        lines = self._notes[place.kind]
        number = len(lines) + 1
        lines.append(note_line(place.kind, number, words))
        outer.add(note_mark(place.kind, number), bold=False)


_ASIDE = frozenset(EXCLUDED.values())
_SETTINGS = frozenset(
    {"b", "v", "deleted", "revised", "plain", "uc", "f", "deff", "fcharset", "cpg", "pard", "s", "outlinelevel"}
    | {"ansi", "ansicpg", "mac", "pc", "pca"}
)

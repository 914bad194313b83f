"""Read the markup inside cues: tags, character references, and the speakers that voice tags name.

Knows WebVTT's tags (``<v Name>``, ``<c>``, ``<i>``, ``<lang>``, times), those that SubRip files share with it, and the
positions ``{\\an8}`` of SubStation. What looks like a tag but is not one of these, such as ``<laughs>``, is text.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple

from fwanalysis.formats.speakers.labels import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fwanalysis.formats.readers.captions.cues import Cue

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>v|c|i|b|u|s|ruby|rt|lang|font)(?:\.[^\s.<>]+)*(?:\s+(?P<annotation>[^<>]{0,200}))?>"
    r"|<\d[\d:.]{0,20}>|\{\\[^{}\n]{0,80}\}",
    re.IGNORECASE,
)
_ONE_SPEAKER = re.compile(r"<v ([^<>&]{1,200})>([^<>&{\n\t\r]+)(?:</v>)?")
"""A cue that is all one speaker's and has no other markup, as programs write nearly all of theirs."""
_MAY_NEED_CLEANING = re.compile(r"[<&{\t\r]|  ")
_MARKUP = ("<", "&", "{", "\t", "  ")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_SPACES = re.compile(r"[ \t\r\n]+")
_REPEATED_LABEL = re.compile(r"(?P<overlap>//\s*)?(?P<label>[^:\[\]/]{1,60}?)\s*(?:\[[\d:.,]{4,12}\])?:(?:\s+|$)")


class Spoken(NamedTuple):
    """Words of one speaker in a cue; ``speaker`` is None if no voice tag is open, and empty if the tag has no name."""

    speaker: str | None
    words: str


def plain(words: str) -> str:
    """Return words with character references resolved and white space as single spaces.

    Only references with a semicolon are resolved: ``AT&T`` has none.
    """
    if "&" in words:
        words = _ENTITY.sub(lambda entity: html.unescape(entity.group()), words)
    return _SPACES.sub(" ", words).strip(" ")


def may_have_markup(text: str) -> bool:
    """Return whether any cue of a file may have tags, character references or white space that is not single spaces."""
    return any(characters in text for characters in _MARKUP)


def plain_lines(cues: Sequence[Cue], *, markup: bool = True) -> list[list[str]]:
    """Return the lines of each cue that have words, without tags; *markup* says that cues may have any."""
    return [
        [cue.raw] if cue.raw and not markup and "\n" not in cue.raw else list(filter(None, _lines(cue.raw)))
        for cue in cues
    ]


def _lines(raw: str) -> Iterator[str]:
    cleaned = _MAY_NEED_CLEANING.search(raw) is not None
    for line in raw.split("\n"):
        yield plain(_TAG.sub("", line)) if cleaned else line.strip(" ")


def spoken(raw: str, names: dict[str, str]) -> list[Spoken]:
    """Cut the words of a cue where its voice tags change the speaker.

    Args:
        raw: The payload of the cue.
        names: The names of voice tags met so far and how each is shown; what is met now is added.
    """
    one = _ONE_SPEAKER.fullmatch(raw)
    if not one or "  " in one[2]:
        return [said for speaker, words in _cut_at_tags(raw) if (said := _said(speaker, plain(words)))]
    written, words = one.groups()
    name = names.get(written)
    if name is None:
        name = names[written] = shown(written.lstrip("/"))
    said = _said(name, words.strip(" "))
    return [said] if said else []


def _cut_at_tags(raw: str) -> Iterator[tuple[str | None, str]]:
    """Yield the words between voice tags, with the name in the tag before them."""
    speaker, words, at = None, "", 0
    for tag in _TAG.finditer(raw) if "<" in raw or "{" in raw else ():
        words += raw[at : tag.start()]
        at = tag.end()
        if tag["name"] not in ("v", "V"):
            continue
        yield speaker, words
        words = ""
        speaker = None if tag["close"] else shown(plain(tag["annotation"] or "").lstrip("/"))
    yield speaker, words + raw[at:]


def _said(speaker: str | None, words: str) -> Spoken | None:
    """Return the words of a speaker, without a label that repeats the name; None if there are none."""
    if speaker and ":" in words:
        repeated = _REPEATED_LABEL.match(words)
        if repeated and shown(repeated["label"]).casefold() == speaker.casefold():
            return Spoken(speaker, (repeated["overlap"] or "") + words[repeated.end() :])
    return Spoken(speaker, words) if words else None

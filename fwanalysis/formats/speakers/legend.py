"""Read the legend of a transcript: Interviewer: Joan Pell (JP), or I = Interviewer.

Pure: the preamble and the labels in, the meaning of each label out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fwanalysis.formats.speakers.labels import key
from fwanalysis.formats.speakers.role_lexicon import is_role_word, said_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_TOP = 4_000
_LONGEST = 120
_PAIR = re.compile(r"\s*(?P<one>[^:：=→⇥\t]{1,40}?)\s*(?:[:：=→⇥\t–—]|\s-+>?\s)[\s=→]*(?P<other>\S.*)")
_AND = re.compile(r"\s*[,;&/+、]\s*|\s+(?:and|und|y|et|e|en|och|og|и)\s+")
_IN_BRACKETS = re.compile(r"[(\[（]\s*([^()\[\]（）]+?)\s*[)\]）]")


def roles_from_legend(preamble: str, labels: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the role that the preamble states for each label.

    A line pairs a role with a person, whose name, surname or initials are the label, or with the label itself. Labels
    that are roles themselves are omitted, and so are labels for which two lines say different things.

    Args:
        preamble: The text above the first turn.
        labels: The labels of the file.

    Returns:
        By label, the role as ``role_lexicon.said_by`` gives it, and the line that states it.
    """
    wanted = {key(label): label for label in labels if not is_role_word(label)}
    stated: dict[str, tuple[str, str]] = {}
    against: set[str] = set()
    for line in preamble[:_TOP].split("\n") if wanted else ():
        if len(line) > _LONGEST:
            continue
        for cell in _cells(line):
            for said, label in _said(cell, wanted):
                against.update({label} if stated.setdefault(label, (said, cell))[0] != said else ())
    return {label: found for label, found in stated.items() if label not in against}


def is_key(label: str, value: str) -> bool:
    """Return whether a value explains its label: CW: CLARA WICK."""
    plain = value.strip(" \t=→–—->")
    if plain != value.strip() and value.strip()[:1] in "=→":
        return True
    return is_role_word(_IN_BRACKETS.sub("", plain)) or (len(key(label)) > 1 and key(label) in _initials(plain))


def names(value: str) -> set[str]:
    """Return the keys of labels that a person named in *value* could have.

    Name, surname, initials, and the text in brackets; for each person.
    """
    possible = {key(found) for found in _IN_BRACKETS.findall(value)}
    for name in _AND.split(_IN_BRACKETS.sub(" ", value)):
        if words := name.split():
            possible |= {key(name), key(words[-1])} | _initials(name)
            if len(words) > 1:
                possible.add(key(words[0]))
    return possible


def _cells(line: str) -> Iterator[str]:
    """Yield the line, and each of its parts if it has several facts."""
    if line.count(":") > 1 and "\t" in line:
        yield from filter(None, map(str.strip, line.split("\t")))
    else:
        yield line.strip()


def _said(cell: str, wanted: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    found = _PAIR.fullmatch(cell)
    if not found:
        return
    one, other = found["one"], found["other"].strip()
    said = said_by(one) if is_role_word(one) else None
    if said:
        for possible in names(other) & wanted.keys():
            yield said, wanted[possible]
    elif key(one) in wanted and is_role_word(_IN_BRACKETS.sub("", other)) and (said := said_by(other)):
        yield said, wanted[key(one)]


def _initials(name: str) -> set[str]:
    """Return the initials of a name of several words."""
    words = name.split()
    return {key("".join(word[0] for word in words))} if len(words) > 1 else set()

"""A bold speaker label and the plain time behind it, in every format that knows bold: where the bold ends, the label
ends, however the two are spaced."""

from __future__ import annotations

import html
from itertools import product
from typing import TYPE_CHECKING

import pytest

from fwanalysis.formats.readers.registry import read_source
from tests.formats import docx_files
from tests.formats.readers.odt.test_read import odt, style

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fwanalysis.domain.importing import ParsedSource

Line = tuple[str, str]
"""The bold beginning of a line and what is plain after it; a line break in it is not a new paragraph."""


def docx(lines: Sequence[Line]) -> bytes:
    return docx_files.word(
        "".join(
            docx_files.p(
                docx_files.r(bold, "<w:b/>") if bold else "",
                "<w:r><w:br/></w:r>".join(docx_files.r(words) for words in plain.split("\n")),
            )
            for bold, plain in lines
        )
    )


def opendocument(lines: Sequence[Line]) -> bytes:
    def spaced(words: str) -> str:
        return words.replace("  ", " <text:s/>").replace("\t", "<text:tab/>").replace("\n", "<text:line-break/>")

    return odt(
        "".join(
            f'<text:p><text:span text:style-name="T1">{spaced(bold)}</text:span>{spaced(plain)}</text:p>'
            for bold, plain in lines
        ),
        style("T1", "text", "fo:font-weight='bold'"),
    )


def rich_text(lines: Sequence[Line]) -> bytes:
    def coded(words: str) -> str:
        words = words.replace("\t", "\\tab ").replace("\n", "\\line ").replace("\xa0", "\\~")
        return words.encode("cp1252").decode("latin-1")

    body = "\n".join(f"{{\\b {coded(bold)}}}{coded(plain)}\\par" for bold, plain in lines)
    return f"{{\\rtf1\\ansi\\ansicpg1252 {body}}}".encode("latin-1")


def web_page(lines: Sequence[Line]) -> bytes:
    def marked(words: str) -> str:
        return html.escape(words).replace("\n", "<br>")

    body = "".join(f"<p><b>{marked(bold)}</b>{marked(plain)}</p>" for bold, plain in lines)
    return f"<meta charset=utf-8>{body}".encode()


FORMATS = {"docx": docx, "odt": opendocument, "rtf": rich_text, "html": web_page}


def read(kind: str, lines: Sequence[Line]) -> ParsedSource:
    return read_source(f"walk.{kind}", FORMATS[kind](lines))


def turns(draft: ParsedSource) -> list[tuple[str | None, float | None, str]]:
    return [(turn.label, turn.time, draft.text[turn.start : turn.end]) for turn in draft.turns]


SPACES: dict[str, Callable[[str, str], Line]] = {
    "none": lambda label, time: (label, time),
    "plain": lambda label, time: (label, f" {time}"),
    "bold": lambda label, time: (f"{label}  ", time),
    "both": lambda label, time: (f"{label} ", f" {time}"),
    "no-break": lambda label, time: (f"{label}\xa0", f"\xa0{time}"),
}
SECONDS = {"4:09": 249, "00:12": 12, "1:02:03": 3723, "[00:04:09]": 249, "(4:09)": 249, "[4:09]": 249}
SAID = ["How did the harvest go?", "Poorly, it rained.", "And the mill?", "It stood still.", "For long?", "A month."]


@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize("time", SECONDS)
@pytest.mark.parametrize("kind", FORMATS)
def test_the_end_of_the_bold_divides_a_label_from_its_time(kind: str, time: str, space: str) -> None:
    for people, below in product((("Orla Finch", "K12"), ("Interviewer", "T4"), ("M1", "M2")), (True, False)):
        lines: list[Line] = []
        for number, words in enumerate(SAID):
            bold, plain = SPACES[space](people[number % 2], time)
            lines += [(bold, plain), ("", words)] if below else [(bold, f"{plain}\n{words}")]
        assert turns(read(kind, lines)) == [
            (people[number % 2], SECONDS[time], words) for number, words in enumerate(SAID)
        ]

"""Labels that the user says are speakers, in every format of running text."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import pytest

from fwanalysis.formats.options import ReadOptions
from fwanalysis.formats.readers.registry import read_source
from tests.formats import docx_files
from tests.formats.pdf_writing import pdf, placed
from tests.formats.readers.odt.test_read import odt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fwanalysis.domain.importing import ParsedSource

LINES = [
    "Interviewer: How long had you kept the mill?",
    "K12: Nine years, until the flood.",
    "mo: That was in spring.",
    "Interviewer: And who ran it then?",
    "K12: Nobody did.",
]


def captions(lines: Sequence[str], head: str, point: str) -> bytes:
    cues = [f"00:00:0{at}{point}000 --> 00:00:0{at + 1}{point}000\n{line}\n" for at, line in enumerate(lines)]
    return (head + "\n".join(cues)).encode()


FORMATS: dict[str, Callable[[Sequence[str]], bytes]] = {
    "txt": lambda lines: "\n".join(lines).encode(),
    "md": lambda lines: "\n\n".join(lines).encode(),
    "docx": lambda lines: docx_files.word("".join(docx_files.p(docx_files.r(line)) for line in lines)),
    "odt": lambda lines: odt("".join(f"<text:p>{line}</text:p>" for line in lines)),
    "rtf": lambda lines: ("{\\rtf1\\ansi " + "".join(f"{line}\\par\n" for line in lines) + "}").encode(),
    "doc": lambda lines: "\n".join(lines).encode(),
    "html": lambda lines: "".join(f"<p>{html.escape(line)}</p>" for line in lines).encode(),
    "pdf": lambda lines: pdf(placed(lines)),
    "vtt": lambda lines: captions(lines, "WEBVTT\n\n", "."),
    "srt": lambda lines: captions(lines, "", ","),
}


def labels(source: ParsedSource) -> list[str | None]:
    return [turn.label for turn in source.turns if turn.label or turn.time is not None]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_label_that_the_user_names_begins_a_turn(kind: str) -> None:
    data = FORMATS[kind](LINES)
    assert "mo" not in labels(read_source(f"mill.{kind}", data))
    named = read_source(f"mill.{kind}", data, options=ReadOptions(speakers=frozenset({"mo"})))
    assert labels(named) == ["Interviewer", "K12", "mo", "Interviewer", "K12"]
    assert not any(warning.speaker == "mo" for warning in named.warnings)
    assert "That was in spring." in [named.text[turn.start : turn.end] for turn in named.turns]

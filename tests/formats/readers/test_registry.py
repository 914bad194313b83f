"""Choosing a reader, refusing what is none, and reading plain text and Markdown."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.sources import SourceKind, TurnKind
from fwanalysis.errors import InvalidInput, UnreadableFile
from fwanalysis.formats.options import Limits, ReadOptions
from fwanalysis.formats.readers import registry
from fwanalysis.formats.readers.registry import READERS, is_supported, read_source

if TYPE_CHECKING:
    from fwanalysis.domain.importing import ParsedSource

INTERVIEW = "Interviewer: How so?\r\n\r\nP07: It’s hard.\r\n"


def words(draft: ParsedSource) -> list[tuple[str | None, str]]:
    return [(turn.label, draft.text[turn.start : turn.end]) for turn in draft.turns if turn.kind is TurnKind.SPEECH]


def zipped(**entries: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return held.getvalue()


def test_the_package_and_its_tables_load_no_file_format_library() -> None:
    script = (
        "import sys, fwanalysis.formats, fwanalysis.formats.readers.registry, fwanalysis.formats.writers.registry\n"
        "import fwanalysis.formats.codebooks.read, fwanalysis.formats.codebooks.write\n"
        "import fwanalysis.formats.tables.case_table, fwanalysis.formats.writers.atomic_write\n"
        "fwanalysis.formats.readers.registry.is_supported('x.docx')\n"
        "print([name for name in ('docx', 'lxml', 'webvtt', 'ruamel', 'pydantic') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_listed_reader_can_be_loaded_and_tells_what_it_reads() -> None:
    for entry in READERS:
        assert callable(registry._load(entry))
        assert entry.description
        assert all(is_supported("x" + extension.upper()) for extension in entry.extensions)


@pytest.mark.parametrize("filename", ["x.jpg", "x", "x.docx.bak"])
def test_other_names_are_not_supported(filename: str) -> None:
    assert not is_supported(filename)


def test_a_plain_text_becomes_a_draft_named_after_its_file() -> None:
    draft = read_source("data/P07.final.TXT", INTERVIEW.encode())
    assert (draft.name, draft.input_format, draft.speaker_format, draft.encoding) == (
        "P07.final",
        "txt",
        "label-colon",
        "utf-8",
    )
    assert draft.kind is SourceKind.INTERVIEW
    assert draft.text == INTERVIEW.replace("\r\n", "\n")
    assert words(draft) == [("Interviewer", "How so?"), ("P07", "It’s hard.")]
    assert [speaker.label for speaker in draft.speakers] == ["Interviewer", "P07"]


def test_a_text_without_turns_is_a_document_whatever_its_name() -> None:
    assert read_source("FG1 invitation.txt", b"Just words.").kind is SourceKind.DOCUMENT


def test_a_text_with_times_and_no_labels_is_an_interview() -> None:
    draft = read_source("P01.txt", b"[00:01] One.\n\n[00:05] Two.\n")
    assert (draft.kind, draft.speaker_format, draft.speakers) == (SourceKind.INTERVIEW, "time", ())


def test_what_the_decoder_doubted_is_in_the_draft() -> None:
    draft = read_source("P07.txt", INTERVIEW.encode("cp1252"))
    assert draft.encoding == "cp1252"
    assert "It’s" in draft.warnings[0].message


def test_an_encoding_can_be_named() -> None:
    options = ReadOptions(encoding="cp1250")
    assert read_source("P07.txt", "P01: Łódź".encode("cp1250"), options=options).text == "P01: Łódź"


def test_a_reader_can_be_named_where_the_ending_says_nothing() -> None:
    assert read_source("P07", INTERVIEW.encode(), input_format="md").input_format == "md"


def test_a_reader_that_nobody_knows_is_refused_with_those_there_are() -> None:
    with pytest.raises(InvalidInput, match=r"“wordperfect”.*txt, md, docx, odt"):
        read_source("x.wpd", b"x", input_format="wordperfect")


def test_captions_in_a_text_file_are_read_as_captions() -> None:
    data = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v P01>yes\n"
    assert read_source("captions.txt", data).input_format == "vtt"


@pytest.mark.parametrize("ending", ["doc", "docx", "txt"])
@pytest.mark.parametrize(
    ("data", "input_format"),
    [(rb"{\rtf1\ansi P01: yes.\par P02: no.}", "rtf"), (b"<!DOCTYPE html><html><p>P01: yes</p></html>", "html")],
)
def test_what_a_file_holds_decides_where_its_ending_lies(ending: str, data: bytes, input_format: str) -> None:
    assert read_source(f"P01.{ending}", data).input_format == input_format


PDF = b"%PDF-1.7 binary"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("filename", "data", "said"),
    [
        ("P01.txt", b"", "P01.txt is empty."),
        ("P01.txt", b" \n\t", "P01.txt holds no words"),
        ("P01.md", b"---\ntitle: only\n---\n", "P01.md holds no words"),
        ("P01.txt", b"one\ntwo\0three", "NUL character in line 2"),
        ("P01.txt", b"\x01\x02\x03\x04 words", "control characters"),
        ("P01.txt", zipped(a="b"), "zip archive"),
        ("P01.pdf", PDF, "damaged"),
        ("P01.doc", OLE, "is damaged or was cut short"),
        ("P01.xyz", b"words", "“.xyz” file"),
        ("P01", b"words", "without a file extension"),
        ("P01.docx", b"words", "not a Word document"),
        ("P01.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        ("P01.docx", OLE, "is damaged or was cut short"),
        ("P01.docx", zipped(a="b"), "zip archive but not a Word document"),
        ("P01.docx", zipped(word__document="b"), "not a valid Word document"),
        ("P01.vtt", b"00:01.000 --> 00:02.000\nyes", "first line must begin with WEBVTT"),
        ("P01.vtt", b"WEBVTT\n", "holds no words"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence_that_names_the_file(
    filename: str, data: bytes, said: str
) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_source(filename, data)
    sentence = str(refused.value)
    assert said in sentence
    assert filename in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_a_file_over_the_limit_is_refused_before_it_is_looked_at() -> None:
    with pytest.raises(UnreadableFile, match="has 4 MB, and over 3 MB"):
        read_source("P01.txt", b"x" * 2**22, options=ReadOptions(limits=Limits(file=3 * 2**20)))


def test_a_text_longer_than_any_source_is_refused_before_speakers_are_looked_for() -> None:
    for name in ("P01.txt", "P01.md", "P01.html"):
        with pytest.raises(UnreadableFile, match="21 million characters, and over 20 million"):
            read_source(name, b"a word " * 3_000_000)


FRONT = """---
title: 'Of socks: a study'
date: 2021-04-16
episode: 011
tags: [falls, 'socks']
speakers:
  - Ann
  - Bob
resources:
  - title: x
more: {a: b}
none:
---
**Ann:** How so?

**Bob:** Well. \\[laughs\\]

## Later

**Ann:** I see.
"""


def test_front_matter_becomes_metadata_and_leaves_the_text() -> None:
    draft = read_source("P01.md", FRONT.encode())
    assert draft.metadata == {
        "title": "Of socks: a study",
        "date": "2021-04-16",
        "episode": "011",
        "tags": "falls, socks",
        "resources": "- title: x",
        "more": "{a: b}",
        "speakers": "Ann, Bob",
        "none": "",
    }
    assert draft.text.startswith("**Ann:** How so?")
    assert words(draft) == [("Ann", "How so?"), ("Bob", "Well. \\[laughs\\]"), ("Ann", "I see.")]
    assert [turn.kind.value for turn in draft.turns] == ["speech", "speech", "excluded", "speech"]


@pytest.mark.parametrize("front", ["a: [b", "[" * 5000, "just words", "- a\n- b", "a: b: c"])
def test_front_matter_that_is_no_mapping_is_kept_as_text_with_a_doubt(front: str) -> None:
    draft = read_source("P01.md", f"---\n{front}\n---\nP01: yes\n\nP02: no\n".encode())
    assert draft.text.startswith("---\n")
    assert draft.turns[0].kind is TurnKind.PREAMBLE
    assert "front matter" in draft.warnings[0].message
    assert draft.metadata == {}


def test_a_rule_at_the_top_that_nothing_closes_is_no_front_matter() -> None:
    draft = read_source("P01.md", b"---\nP01: yes\n\nP02: no\n")
    assert (draft.metadata, draft.warnings) == ({}, ())


def test_the_place_of_a_doubt_is_in_the_text_without_front_matter() -> None:
    draft = read_source("P01.md", "---\na: b\n---\nP01: £4\n\nP02: no\n".encode("cp1252"))
    assert draft.warnings[0].start is not None
    assert draft.text[draft.warnings[0].start] == "£"


def test_headings_at_the_start_of_markdown_are_preamble() -> None:
    draft = read_source("P01.md", b"# Interview\n\n## One\n\nP01: yes\n\nP02: no\n")
    assert [turn.kind.value for turn in draft.turns] == ["preamble", "speech", "speech"]


def test_captions_in_a_file_that_says_it_is_text_are_read_as_captions() -> None:
    srt = b"1\r\n00:00:01,000 --> 00:00:03,000\r\nAnn: So?\r\n\r\n"
    srt += b"2\r\n00:00:04,000 --> 00:00:06,000\r\nBob: Well.\r\n\r\n"
    draft = read_source("talk.txt", srt * 2)
    assert draft.input_format == "srt"
    assert [draft.text[turn.start : turn.end] for turn in draft.turns] == ["So?", "Well."] * 2
    assert read_source("talk.txt", b"1\n00:05 --> home\nA note of a walk.\n").input_format == "txt"

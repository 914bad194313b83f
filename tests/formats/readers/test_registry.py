"""Choosing the format of a file, and refusing files that no format is for."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile

import pytest

from fwanalysis.errors import InvalidInput, UnreadableFile
from fwanalysis.formats.options import Limits, ReadOptions
from fwanalysis.formats.readers import registry
from fwanalysis.formats.readers.registry import READERS, is_supported, read_source

INTERVIEW = "Interviewer: How so?\r\n\r\nP07: It’s hard.\r\n"


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


def test_every_listed_format_can_be_imported_and_has_a_description() -> None:
    for entry in READERS:
        assert callable(registry._load(entry))
        assert entry.description
        assert all(is_supported("x" + extension.upper()) for extension in entry.extensions)


@pytest.mark.parametrize("filename", ["x.jpg", "x", "x.docx.bak"])
def test_other_names_are_not_supported(filename: str) -> None:
    assert not is_supported(filename)


def test_a_format_can_be_named_if_there_is_no_file_extension() -> None:
    assert read_source("P07", INTERVIEW.encode(), input_format="md").input_format == "md"


def test_an_unknown_format_is_refused_with_a_list_of_the_known_ones() -> None:
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
def test_the_content_decides_if_the_file_extension_is_wrong(ending: str, data: bytes, input_format: str) -> None:
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
def test_other_files_are_refused_in_a_sentence_that_names_the_file(filename: str, data: bytes, said: str) -> None:
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


def test_captions_in_a_file_that_says_it_is_text_are_read_as_captions() -> None:
    srt = b"1\r\n00:00:01,000 --> 00:00:03,000\r\nAnn: So?\r\n\r\n"
    srt += b"2\r\n00:00:04,000 --> 00:00:06,000\r\nBob: Well.\r\n\r\n"
    draft = read_source("talk.txt", srt * 2)
    assert draft.input_format == "srt"
    assert [draft.text[turn.start : turn.end] for turn in draft.turns] == ["So?", "Well."] * 2
    assert read_source("talk.txt", b"1\n00:05 --> home\nA note of a walk.\n").input_format == "txt"

"""Legacy Word documents: converted by an installed program (here: small programs with its name)."""

from __future__ import annotations

import io
import os
import struct
import time
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.decoding.sniffing import OLE
from fwanalysis.formats.readers.doc import converters as doc_converters
from fwanalysis.formats.readers.registry import read_source

if TYPE_CHECKING:
    from collections.abc import Callable

    Program = Callable[[str, str], None]


def word(*, flags: int = 0, small: bool = False, head: bytes = b"\xec\xa5", stream: str = "WordDocument") -> bytes:
    """A compound file (MS-CFB) with one stream, among the *small* streams or not, that begins as a Word document does.

    Sector 0 is the allocation table, 1 the directory, 2 that of the small streams, the words come last.
    """
    words = (head + bytes(9) + bytes([flags])).ljust(128 if small else 4096, b"\0")
    count = -(-len(words) // 512)
    chain = [*range(4, 3 + count), 0xFFFFFFFE]
    table = struct.pack("<128I", *([0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFE, *chain] + [0xFFFFFFFF] * (125 - count)))
    small_table = struct.pack("<128I", *([1, 0xFFFFFFFE] + [0xFFFFFFFF] * 126))
    entries = (
        ("Root Entry", 5, 1, 3 if small else 0xFFFFFFFE, len(words) if small else 0),
        (stream, 2, 0xFFFFFFFF, 0 if small else 3, len(words)),
    )
    directory = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBB3I36xIII", 2 * len(name) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child, start, size, 0)
        for name, kind, child, start, size in entries
    )
    header = OLE + struct.pack("<16xHHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 2, 1, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header + table + directory.ljust(512, b"\0") + small_table + words.ljust(512 * count, b"\0")


WORD = word()


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """A machine without converters, and a way to give it one: a name and what it does (a shell script)."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(doc_converters, "_LIBREOFFICE", ("soffice", "libreoffice"))

    def give(name: str, script: str) -> None:
        program = folder / name
        program.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")
        program.chmod(0o755)

    return give


def test_without_a_converter_the_message_says_what_to_do(programs: Program) -> None:
    with pytest.raises(
        UnreadableFile,
        match=r"^P01\.doc is a legacy Word document \(\.doc\); open it in Word or LibreOffice and save it as \.docx\.$",
    ):
        read_source("P01.doc", WORD)


def test_antiword_gives_the_text(programs: Program) -> None:
    programs(
        "antiword",
        '[ "$*" = "-m UTF-8.txt -w 0 document.doc" ] && printf "\\n\\nInterviewer:\\tSo?\\n\\nP01: Caf\\303\\251.\\n"',
    )
    draft = read_source("P01.doc", WORD)
    assert (draft.name, draft.input_format, draft.text) == ("P01", "doc", "Interviewer:\tSo?\n\nP01: Café.")
    assert [turn.label for turn in draft.turns] == ["Interviewer", "P01"]
    assert "converted by antiword" in draft.warnings[0].message
    assert "includes tracked deletions" in draft.warnings[0].message


def test_libreoffice_comes_first_and_keeps_what_is_bold(programs: Program, tmp_path: Path) -> None:
    document = docx.Document()
    for label, words in (("Interviewer", "So?"), ("P01", "Yes."), ("Interviewer", "Why?"), ("P01", "No.")):
        paragraph = document.add_paragraph()
        paragraph.add_run(label).bold = True
        paragraph.add_run(f" {words}")
    held = io.BytesIO()
    document.save(held)
    (tmp_path / "made.docx").write_bytes(held.getvalue())
    programs("antiword", "echo no")
    programs("soffice", f'echo "$@" "$http_proxy" > {tmp_path}/arguments; pwd > {tmp_path}/folder; '
                        f"cp {tmp_path}/made.docx document.docx")  # fmt: skip
    draft = read_source("P01.doc", WORD)
    assert (draft.input_format, draft.speaker_format) == ("doc", "bold-label")
    assert "converted by LibreOffice" in draft.warnings[0].message
    arguments = (tmp_path / "arguments").read_text()
    assert "--headless" in arguments
    assert "-env:UserInstallation=file://" in arguments
    assert "127.0.0.1" in arguments
    assert not Path((tmp_path / "folder").read_text().strip()).exists()


def test_where_one_converter_fails_the_next_is_tried(programs: Program) -> None:
    programs("libreoffice", "exit 1")
    with pytest.raises(UnreadableFile, match="that could not be converted on this computer; open it in Word"):
        read_source("P01.doc", WORD)
    programs("antiword", "echo words")
    assert read_source("P01.doc", WORD).text == "words"


def has_ended(process: int) -> bool:
    """Whether a process is gone, or will be as soon as a busy machine comes to it."""
    state = Path(f"/proc/{process}/stat")
    for _ in range(300):
        try:
            if state.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.1)
    return False


def test_a_converter_that_does_not_end_is_ended_with_all_it_started(
    programs: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doc_converters, "SECONDS", 3.0)
    programs("antiword", f"sleep 5000 & echo $! > {tmp_path}/child; wait")
    with pytest.raises(UnreadableFile, match="could not be converted on this computer"):
        read_source("P01.doc", WORD)
    child = int((tmp_path / "child").read_text())
    assert has_ended(child)


def test_a_converter_that_writes_too_much_is_not_believed(programs: Program) -> None:
    programs("antiword", "echo words and more words")
    assert doc_converters.to_text(WORD, limit=10) is None
    assert doc_converters.to_text(WORD, limit=100) == b"words and more words\n"


def test_a_converter_that_cannot_be_started_is_passed_over(programs: Program, tmp_path: Path) -> None:
    broken = tmp_path / "bin" / "antiword"
    broken.write_text("no program")
    broken.chmod(0o755)
    assert doc_converters.to_text(WORD, limit=100) is None
    assert doc_converters.converters() == (os.fspath(broken),)


@pytest.mark.parametrize("small", [True, False])
@pytest.mark.parametrize("head", [b"\xec\xa5", b"\xdc\xa5"])
def test_a_protected_document_is_refused_wherever_its_head_stands(programs: Program, small: bool, head: bytes) -> None:
    programs("antiword", "echo words")
    assert read_source("P01.doc", word(small=small, head=head)).text == "words"
    with pytest.raises(UnreadableFile, match=r"^P01\.doc is protected by a password; save it without one\.$"):
        read_source("P01.doc", word(flags=1, small=small, head=head))


def test_a_document_encrypted_as_a_whole_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="protected by a password"):
        read_source("P01.doc", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))


@pytest.mark.parametrize("length", [8, 100, 511, 700, 1500, 1600, 3000, len(WORD) - 512])
def test_a_document_that_was_cut_short_is_refused(programs: Program, length: int) -> None:
    programs("antiword", "echo words")
    with pytest.raises(UnreadableFile, match=r"^P01\.doc is damaged or was cut short"):
        read_source("P01.doc", WORD[:length])


@given(st.lists(st.tuples(st.integers(8, len(WORD) - 1), st.binary(min_size=1, max_size=4)), min_size=1, max_size=9))
def test_a_damaged_document_is_refused_or_given_to_a_converter(changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(WORD)
    for at, other in changes:
        data[at : at + len(other)] = other
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "")
        patch.setattr(doc_converters, "_LIBREOFFICE", ())
        with pytest.raises(UnreadableFile, match=r"^P01\.doc is "):
            read_source("P01.doc", bytes(data))


def test_other_files_of_office_are_refused(programs: Program) -> None:
    with pytest.raises(UnreadableFile, match="a legacy Microsoft Office file but not a Word document"):
        read_source("P01.doc", word(stream="Workbook"))


def test_what_is_no_office_file_is_read_as_what_it_is() -> None:
    assert read_source("P01.doc", b"P01: Yes.\r\nP02: No.").input_format == "txt"
    assert read_source("P01.doc", b"{\\rtf1 Yes.}").input_format == "rtf"
    assert read_source("P01.doc", b"<html><p>Yes.").input_format == "html"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "saved as a web archive or XML; open it in Word"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "saved as a web archive or XML"),
        (b"\x89PNG\r\n", "is not a Word document but a picture"),
        (b"\x31\xbe\x00\x00\x00\xab words", "is not a Word document but a file of an unknown kind"),
    ],
)
def test_what_only_goes_by_its_name_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        read_source("P01.doc", data)

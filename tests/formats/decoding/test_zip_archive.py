"""Archives of documents: what their directory gives away before anything is unpacked."""

from __future__ import annotations

import io
import warnings
import zipfile

import pytest

from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.decoding.zip_archive import Archive, open_archive, shown
from fwanalysis.formats.options import DEFAULTS, Limits
from tests.formats.docx_files import packed

LIMITS = DEFAULTS.limits


def opened(data: bytes, limits: Limits = LIMITS) -> Archive:
    return open_archive("P01.docx", data, what="a Word document", member="word/", limits=limits)


def test_members_are_found_whatever_their_capitals_and_slashes() -> None:
    archive = opened(packed({"Word\\Document.xml": "one", "word/empty/": ""}))
    assert archive.member("word/document.xml") == b"one"
    assert archive.member("word/empty/") is None
    assert archive.member("word/other.xml") is None


def test_the_names_are_those_that_are_written() -> None:
    archive = opened(packed({"Word/a.xml": "one", "b.xml": "two"}))
    assert {entry.filename for entry in archive.names.values()} == {"Word/a.xml", "b.xml"}
    assert archive.member("b.xml") == b"two"


@pytest.mark.parametrize("name", ["../word/x", "word/../../x", "/etc/passwd", "C:/x", "word/..", "..\\x"])
def test_names_that_point_outside_are_refused(name: str) -> None:
    with pytest.raises(UnreadableFile, match="points outside the document"):
        opened(packed({"word/document.xml": "", name: "x"}))


def test_two_members_of_one_name_are_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for words in ("one", "two"):
            archive.writestr("word/document.xml", words)
    with pytest.raises(UnreadableFile, match=r"two parts named “word/document\.xml”"):
        opened(held.getvalue())


def test_packings_that_documents_do_not_have_are_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/document.xml", "x")
    with pytest.raises(UnreadableFile, match="uses a compression that documents do not use"):
        opened(held.getvalue())


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    data = packed({"word/document.xml": "x" * 2**21})
    with pytest.raises(UnreadableFile, match="2 MB unpacked, and over 1 MB"):
        opened(data, Limits(unpacked=2**20))


def test_a_directory_that_lies_about_sizes_is_found_out() -> None:
    data = packed({"word/document.xml": "x" * 2**21})
    at = data.index(b"PK\x01\x02") + 24
    for said in (0, 100, 2**20):
        lying = data[:at] + said.to_bytes(4, "little") + data[at + 4 :]
        with pytest.raises(UnreadableFile, match="damaged or was cut short"):
            opened(lying).member("word/document.xml")


def test_archives_in_archives_are_left_alone() -> None:
    inner = packed({"bomb": "x" * 2**20})
    for _ in range(4):
        inner = packed({f"{at}.zip": inner for at in range(16)})
    archive = opened(packed({"word/document.xml": "one", "word/bomb.zip": inner}), Limits(unpacked=2**20))
    assert archive.member("word/document.xml") == b"one"


def test_archives_cut_short_or_damaged_are_refused() -> None:
    data = packed({"word/document.xml": "some words " * 50, "word/styles.xml": "x"})
    for length in range(4, len(data) - 22, 7):
        with pytest.raises(UnreadableFile, match=r"damaged or was cut short"):
            opened(data[:length])
    at = data.index(b"document.xml") + 30
    with pytest.raises(UnreadableFile, match="damaged or was cut short"):
        opened(data[:at] + b"\x00\x00\x00" + data[at + 3 :]).member("word/document.xml")


def test_a_directory_of_a_million_entries_is_refused_without_listing_it() -> None:
    data = b"PK\x03\x04" + b"PK\x01\x02" * 30_000
    with pytest.raises(UnreadableFile, match="over 20,000 parts"):
        opened(data)


def test_protected_and_foreign_files_are_named() -> None:
    data = packed({"word/document.xml": "x"})
    at = data.index(b"PK\x01\x02") + 8
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    for content, said in (
        (data[:at] + b"\x01" + data[at + 1 :], "protected by a password"),
        (ole + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (ole + b"other", "a legacy Microsoft Office file with the wrong file extension"),
        (b"%PDF-1.4", "not a Word document but a PDF"),
        (b"nothing", "not a Word document but another kind of file"),
        (packed({"xl/workbook.xml": "x"}), "a zip archive but not a Word document"),
    ):
        with pytest.raises(UnreadableFile, match=said):
            opened(content)


def test_what_a_file_says_of_itself_is_shown_on_one_short_line() -> None:
    assert shown("a\nb\x00\u202e c") == "a b c"
    assert shown("long" * 1_000, most=10) == "longlongl…"

"""Bytes to text: which encoding, how sure, one kind of newline."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.errors import InvalidInput, UnreadableFile
from fwanalysis.formats.encodings import decode

NASTY = "A\u0085B\x0bC\x0cD\u2028E\u2029F\u00a0G\u00adH e\u0301 I\ufeffJ"


def test_utf8_is_read_without_a_doubt() -> None:
    decoded = decode("x.txt", "It’s £4,000".encode())
    assert (decoded.text, decoded.encoding, decoded.doubts) == ("It’s £4,000", "utf-8", ())


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_decides_and_is_not_in_the_text(mark: bytes, encoding: str) -> None:
    decoded = decode("x.txt", mark + "Zoë\r\nsaid".encode(encoding))
    assert (decoded.text, decoded.encoding) == ("Zoë\nsaid", encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_known_by_its_nuls(encoding: str) -> None:
    decoded = decode("x.txt", "Interviewer: Good, let’s begin.".encode(encoding))
    assert (decoded.text, decoded.encoding) == ("Interviewer: Good, let’s begin.", encoding)


def test_windows_text_is_read_with_a_doubt_that_shows_the_telling_words() -> None:
    decoded = decode("x.txt", "We paid – well. It’s £4,000 a year.".encode("cp1252"))
    assert (decoded.text, decoded.encoding) == ("We paid – well. It’s £4,000 a year.", "cp1252")
    (doubt,) = decoded.doubts
    assert doubt.start == decoded.text.index("–")
    assert "“It’s £4,000”" in doubt.message


def test_bytes_that_windows_does_not_define_are_read_as_latin_1() -> None:
    decoded = decode("x.txt", b"caf\xe9 \x81")
    assert (decoded.text, decoded.encoding) == ("café \x81", "latin-1")
    assert "Latin-1" in decoded.doubts[0].message


def test_a_doubt_about_mere_white_space_shows_what_stands_around_it() -> None:
    assert "“one two”" in decode("x.txt", b"one \xa0 two").doubts[0].message


def test_an_encoding_that_is_named_is_used_without_a_doubt() -> None:
    decoded = decode("x.txt", "Łódź".encode("cp1250"), "windows-1250")
    assert (decoded.text, decoded.encoding, decoded.doubts) == ("Łódź", "cp1250", ())


def test_a_named_encoding_drops_the_byte_order_mark_as_well() -> None:
    assert decode("x.txt", codecs.BOM_UTF8 + b"one", "utf-8").text == "one"


@pytest.mark.parametrize("encoding", ["klingon", "hex"])
def test_an_encoding_that_nobody_knows_is_refused(encoding: str) -> None:
    with pytest.raises(InvalidInput, match=f"“{encoding}”"):
        decode("x.txt", b"one", encoding)


@pytest.mark.parametrize("data", [codecs.BOM_UTF8 + b"a\xff", codecs.BOM_UTF16_LE + b"a"])
def test_bytes_that_break_the_promise_of_their_mark_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"x\.txt is not in the encoding"):
        decode("x.txt", data)


def test_only_carriage_returns_are_changed() -> None:
    assert decode("x.txt", ("one\r\ntwo\rthree\n" + NASTY).encode()).text == "one\ntwo\nthree\n" + NASTY


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1))
def test_any_text_comes_back_from_its_utf8(text: str) -> None:
    assert decode("x.txt", codecs.BOM_UTF8 + text.encode()).text == text

"""Bytes to text: which encoding, how sure, one kind of newline."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.errors import InvalidInput, UnreadableFile
from fwanalysis.formats.decoding.charset import decode, text_codec
from fwanalysis.formats.readers.registry import read_source

NASTY = "A\u0085B\x0bC\x0cD\u2028E\u2029F\u00a0G\u00adH e\u0301 I\ufeffJ"


def test_utf8_is_read_without_a_doubt() -> None:
    decoded = decode("x.txt", "It’s £4,000".encode())
    assert (decoded.text, decoded.encoding, decoded.warnings) == ("It’s £4,000", "utf-8", ())


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
    (doubt,) = decoded.warnings
    assert doubt.start == decoded.text.index("–")
    assert "“It’s £4,000”" in doubt.message


def test_bytes_that_windows_does_not_define_are_read_as_latin_1() -> None:
    decoded = decode("x.txt", b"caf\xe9 \x81")
    assert (decoded.text, decoded.encoding) == ("café \x81", "latin-1")
    assert "Latin-1" in decoded.warnings[0].message


def test_a_doubt_about_mere_white_space_shows_what_stands_around_it() -> None:
    assert "“one two”" in decode("x.txt", b"one \xa0 two").warnings[0].message


def test_an_encoding_that_is_named_is_used_without_a_doubt() -> None:
    decoded = decode("x.txt", "Łódź".encode("cp1250"), "windows-1250")
    assert (decoded.text, decoded.encoding, decoded.warnings) == ("Łódź", "cp1250", ())


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


# Marks and signs inside the text


def test_a_byte_order_mark_inside_the_text_is_kept_and_reported_with_its_place() -> None:
    data = codecs.BOM_UTF8 + b"P01: one\n" + codecs.BOM_UTF8 + b"P01: two\n"
    decoded = decode("x.txt", data)
    assert decoded.text == "P01: one\n\ufeffP01: two\n"
    assert [(notice.start, notice.message[:30]) for notice in decoded.warnings] == [
        (9, "There is a byte order mark ins")
    ]


def test_a_label_behind_a_byte_order_mark_is_found() -> None:
    part = "Int: Why?\n\nP01: Well.\n\nInt: And then?\n\nP01: I left.\n".encode("utf-8-sig")
    draft = read_source("P01.txt", part + b"\n" + part)
    assert [speaker.label for speaker in draft.speakers] == ["Int", "P01"]
    assert [turn.label for turn in draft.turns] == ["Int", "P01"] * 4
    assert draft.text.count("\ufeff") == 1


def test_many_odd_characters_are_counted() -> None:
    decoded = decode("x.txt", "caf\ufffd ".encode() * 20)
    assert len(decoded.warnings) == 6
    assert decoded.warnings[-1].message.startswith("There are 15 more of these: The replacement character � is here")


# Damage


def test_utf8_with_some_windows_bytes_keeps_every_character_and_says_where() -> None:
    data = (
        "She said “it’s fine”.\r\nCafé Zoë.\r\n".encode() + "It’s £4 a week\r\n".encode("cp1252") + "Łódź ’ ’".encode()
    )
    decoded = decode("x.txt", data)
    assert decoded.text == "She said “it’s fine”.\nCafé Zoë.\nIt’s £4 a week\nŁódź ’ ’"
    (doubt,) = decoded.warnings
    assert doubt.start == decoded.text.index("’s £4")
    assert "2 bytes are not" in doubt.message
    assert "It’s £4" in doubt.message


def test_windows_text_with_what_looks_like_utf8_by_chance_is_windows_text() -> None:
    said = "Er sagte „heiß“, „Fuß“ und „weiß“ – für Ärzte."
    decoded = decode("x.txt", said.encode("cp1252"))
    assert (decoded.text, decoded.encoding) == (said, "cp1252")


def test_the_sign_0x85_is_an_ellipsis_in_windows_text_and_stays_in_latin_1() -> None:
    assert decode("x.txt", b"well\x85 caf\xe9").text == "well… café"
    assert decode("x.txt", b"well\x85 caf\xe9", "latin-1").text == "well\x85 café"


def test_a_byte_that_windows_does_not_define_does_not_spoil_the_quotes() -> None:
    decoded = decode("x.txt", b"\x93yes\x94 and \x9d")
    assert (decoded.text, decoded.encoding) == ("“yes” and \x9d", "cp1252")
    assert "with 1 bytes that it does not define kept" in decoded.warnings[0].message


def test_characters_in_two_halves_are_joined() -> None:
    data = b"one \xed\xa0\xbd\xed\xb1\xa9 two"  # each half of a pair of UTF-16 written as UTF-8
    assert decode("x.txt", data).text == "one 👩 two"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"one\ntwo\xed\xa0\x80", "half a character .* in line 2"),
        (codecs.BOM_UTF16_LE + "one\ntwo".encode("utf-16-le") + b"\x00\xd8 \x00", "in line 2, are no character"),
        ("one\n\ntwo é\n".encode("cp1252"), "in line 3, are no character"),
    ],
)
def test_what_is_no_character_is_refused_with_its_line(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        decode("x.txt", data, "utf-8" if data.endswith(b"\xe9\n") else None)


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be"])
def test_utf32_without_a_mark_is_known_by_its_nuls(encoding: str) -> None:
    decoded = decode("x.txt", "Interviewer: Good, let’s begin.".encode(encoding))
    assert (decoded.text, decoded.encoding) == ("Interviewer: Good, let’s begin.", encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_read_in_other_scripts_with_a_doubt(encoding: str) -> None:
    decoded = decode("x.txt", "主持人：你好。\n受访者：是的。\n".encode(encoding))
    assert (decoded.text, decoded.encoding) == ("主持人：你好。\n受访者：是的。\n", encoding)
    assert encoding in decoded.warnings[0].message


def test_a_nul_is_no_text() -> None:
    with pytest.raises(UnreadableFile, match="NUL character in line 2"):
        read_source("x.txt", b"one two\nthree\x00 four\n")


# Whatever is written is read

UNIVERSAL = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "gb18030")
REGIONAL = ("cp1252", "latin-1", "cp1250", "cp1251", "koi8-r", "mac-roman", "iso8859-15")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r")), st.sampled_from(UNIVERSAL))
def test_any_text_comes_back_from_an_encoding_that_is_named(text: str, encoding: str) -> None:
    marked = text if encoding in ("utf-8-sig", "utf-16", "utf-32") else text.removeprefix("\ufeff")
    assert decode("x.txt", marked.encode(encoding), encoding).text == marked


@given(st.data(), st.sampled_from(REGIONAL))
def test_text_of_a_region_comes_back_from_its_encoding(data: st.DataObject, encoding: str) -> None:
    text = data.draw(st.text(st.characters(codec=encoding, exclude_characters="\r")))
    assert decode("x.txt", text.encode(encoding), encoding).text == text


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\x00")))
def test_utf8_needs_no_name(text: str) -> None:
    text = text.removeprefix("\ufeff")
    assert decode("x.txt", text.encode()).text == text


@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        decoded = decode("x.txt", data)
    except UnreadableFile:
        return
    assert "\r" not in decoded.text
    assert all(doubt.start is None or doubt.start <= len(decoded.text) for doubt in decoded.warnings)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("x-sjis", "cp932"),
        ("windows-31j", "cp932"),
        ("x-cp1251", "cp1251"),
        ("LATIN-1", "iso8859-1"),
        ("utf8", "utf-8"),
    ],
)
def test_an_encoding_may_be_called_what_python_or_the_web_calls_it(label: str, name: str) -> None:
    assert text_codec(label) == name


@pytest.mark.parametrize("label", ["", "hex", "rot13", "replacement", "x-user-defined", "utf-99", "a\0b", "zip"])
def test_what_is_no_encoding_of_text_has_no_name(label: str) -> None:
    assert text_codec(label) is None

"""Web pages: laid out as a browser does, in the encoding they say, bold labels, hostile pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from webencodings.labels import LABELS

from fwanalysis.domain.sources import TurnKind
from fwanalysis.errors import InvalidInput, UnreadableFile
from fwanalysis.formats.options import ReadOptions
from fwanalysis.formats.readers.registry import read_source

if TYPE_CHECKING:
    from fwanalysis.domain.importing import ParsedSource


def read(body: str, head: str = "") -> ParsedSource:
    return read_source("P01.html", f"<html><head>{head}</head><body>{body}</body></html>".encode())


def warnings(draft: ParsedSource) -> str:
    return "\n".join(doubt.message for doubt in draft.warnings)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>one<p>two", "one\n\ntwo"),
        ("  a \t\n b<b> c</b> <i> d</i>e ", "a b c de"),
        ("a<br>b<br/><br>c", "a\nb\n\nc"),
        ("<p>a<br></p><br><p>b<br><br><br><br></p>c", "a\n\nb\n\nc"),
        ("<div>a<div>b</div></div>c", "a\nb\nc"),
        ("<ul><li>a<li>b<ul><li>c</ul></ul>d", "a\nb\nc\nd"),
        ("<dl><dt>a<dd>b</dl>", "a\nb"),
        ("a&nbsp; b&shy;c&#8203;d", "a\u00a0 b\u00adc\u200bd"),
        ("&#146;&#x85;&rsquo;&lt;&amp;amp;", "’…’<&amp;"),
        ("<pre>\n a  b\n\tc\n</pre>d", " a  b\n\tc\n\nd"),
        ("<textarea>a\n b</textarea>", "a\n b"),
        ("a<script>no</script>b<style>no</style>c<!-- no -->d<template>no</template>", "abcd"),
        ("a<select><option>no</select><iframe>no</iframe><svg><title>no</title><text>no</text></svg>b", "ab"),
        ("漢<ruby>字<rp>(</rp><rt>no</rt></ruby>", "漢字"),
        ("<h1>a</h1>b<hr>c", "a\n\nb\n\nc"),
        ("one <b>two</b>three <span>four</span>, five", "one twothree four, five"),
        ("🙂 e\u0301 \u200d שלום \x85", "🙂 e\u0301 \u200d שלום \x85"),
        ("a\r\nb\rc", "a b c"),
        ("just words", "just words"),
    ],
)
def test_the_text_is_what_a_browser_shows(body: str, text: str) -> None:
    assert read(body).text == text


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>e", "a\tb\nc\td\n\ne"),
        ("<table><tr><td></td><td>b</td></tr><tr><td>c</td><td></td></tr></table>d", "\tb\nc\n\nd"),
        ("<table><tr><td>a</td><td></td><td>c</td></tr></table>", "a\t\tc"),
        ("<table><tr><td><p>a</p><p>b</p></td><td><p>c</p></td></tr></table>", "a\n\nb\tc"),
        ("<table><tr><td>a</td><td><table><tr><td>b<td>c</table></td></tr></table>", "a\tb\tc"),
    ],
)
def test_rows_are_lines_with_tabs_between_cells(table: str, text: str) -> None:
    assert read(table).text == text


def test_a_page_of_the_nineties_has_its_turns() -> None:
    page = (
        b"<HTML><HEAD><TITLE>  TALK\n7</TITLE></HEAD><BODY><P>\n<B>Talk with Ana<BR>\n</B>\n<P>\n"
        b"QRS: Is it so\nhard?<BR>"
        b'\n\n<P>\n<FONT FACE="Arial">Ana: It\x92s hard.\n <BR>\n</FONT>\n<P>\nVery hard.<BR>\n\n<P>\nQRS: Why?  <BR>'
        b"\n\n<P>\nAna: Because.\n</BODY></HTML>"
    )
    draft = read_source("P01.htm", page)
    assert [(turn.label, draft.text[turn.start : turn.end]) for turn in draft.turns] == [
        (None, "Talk with Ana"),
        ("QRS", "Is it so hard?"),
        ("Ana", "It’s hard.\n\nVery hard."),
        ("QRS", "Why?"),
        ("Ana", "Because."),
    ]
    assert (draft.metadata, draft.input_format, draft.encoding) == ({"title": "TALK 7"}, "html", "cp1252")


@pytest.mark.parametrize(
    ("asker", "answerer"),
    [
        ("<b>Interviewer</b>", "<strong>P01</strong>"),
        ("<b>Inter</b><b>viewer</b>", "<span style='font-weight: bold'>P01</span>"),
        ("<b>Interviewer</b><br>", "<b>P01<br></b>"),
    ],
)
def test_a_bold_beginning_is_a_label(asker: str, answerer: str) -> None:
    draft = read(f"<p>{asker} So?<p>{answerer} Yes.<p>More <b>P01</b> of it.<p>{asker} Why?<p>{answerer} No.")
    assert [(turn.label, draft.text[turn.start : turn.end]) for turn in draft.turns] == [
        ("Interviewer", "So?"),
        ("P01", "Yes.\n\nMore P01 of it."),
        ("Interviewer", "Why?"),
        ("P01", "No."),
    ]


def test_headings_at_the_start_are_preamble_and_later_ones_are_set_aside() -> None:
    draft = read("<h1>Talk</h1><p>P01: one<h2>Later</h2><p>P02: two")
    assert [turn.kind for turn in draft.turns] == [
        TurnKind.PREAMBLE,
        TurnKind.SPEECH,
        TurnKind.EXCLUDED,
        TurnKind.SPEECH,
    ]


def test_hidden_and_deleted_words_are_left_out_and_told() -> None:
    draft = read("<p>a<span style='display:none'>unseen</span><del>gone</del><p hidden>unseen too<p>b")
    assert draft.text == "a\n\nb"
    assert "marks as deleted were left out: “gone”" in warnings(draft)
    assert "marks as hidden were left out: “unseenunseen too”" in warnings(draft)


# Encodings


@pytest.mark.parametrize(
    ("head", "data", "text", "encoding"),
    [
        (b"<meta charset=utf-8>", "é’".encode(), "é’", "utf-8"),
        (b'<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=iso-8859-1">', b"\x93\xe9\x94", "“é”", "cp1252"),
        (b"<meta charset='us-ascii'>", b"\x93\xe9\x94", "“é”", "cp1252"),
        (b"<meta charset='windows-1252'>", b"\x81\x93", "\x81“", "cp1252"),
        (b"<meta charset=windows-1251>", b"\xe4\xe0", "да", "cp1251"),
        (b"<meta charset=shift_jis>", b"\x83\x41\x87\x40", "ア①", "cp932"),
        (b"<meta charset=gb2312>", b"\xc4\xe3", "你", "gb18030"),
        (b"<meta charset=utf-16>", "é".encode(), "é", "utf-8"),
    ],
)
def test_a_declared_encoding_is_what_browsers_take_it_to_be(head: bytes, data: bytes, text: str, encoding: str) -> None:
    draft = read_source("P01.html", b"<html>" + head + b"<p>w " + data)
    assert (draft.text, draft.encoding, warnings(draft)) == (f"w {text}", encoding, "")


def test_a_declaration_of_xml_and_a_byte_order_mark_are_heeded() -> None:
    declared = b"<?xml version='1.0' encoding='windows-1251'?><html><p>w \xe4\xe0"
    assert read_source("P01.xhtml", declared).text == "w да"
    marked = b"<html><meta charset=windows-1251><p>w \xc3\xa9"
    assert read_source("P01.html", b"\xef\xbb\xbf" + marked).text == "w é"
    assert read_source("P01.html", "<html><p>é".encode("utf-16")).text == "é"


def test_a_guess_is_told_with_a_sample() -> None:
    draft = read_source("P01.html", b"<html><!-- \xff --><p>a day at the caf\xe9 \x93there\x94")
    assert (draft.encoding, draft.text) == ("cp1252", "a day at the café “there”")
    assert warnings(draft) == (
        "The page does not declare its encoding, and was read as cp1252; check that “day at the café “there”” is right."
    )
    assert draft.warnings[0].start == draft.text.index("é")


@pytest.mark.parametrize(
    ("charset", "data", "text", "said"),
    [
        (b"utf-8", b"caf\xe9", "café", "declares the encoding utf-8 but is not in it, and was read as cp1252"),
        (b"x-unheard-of", b"caf\xe9", "café", "declares the unknown encoding “x-unheard-of”"),
        (b"idna", b"caf\xe9", "café", "declares the unknown encoding “idna”"),
        (b"punycode", b"caf\xe9", "café", "declares the unknown encoding “punycode”"),
        (b"hex", b"caf\xe9", "café", "declares the unknown encoding “hex”"),
        (b"iso-8859-1", "café".encode(), "café", "declares the encoding iso-8859-1 but is UTF-8"),
    ],
)
def test_a_wrong_declaration_is_told(charset: bytes, data: bytes, text: str, said: str) -> None:
    draft = read_source("P01.html", b"<html><meta charset=" + charset + b"><p>" + data)
    assert draft.text == text
    assert said in warnings(draft)


SAMPLES = {
    "ibm866": "Да, мы шли", "iso-8859-2": "Źle, proszę", "iso-8859-3": "Ĉu vi aŭdis",
    "iso-8859-4": "Ķeizars ģērbās", "iso-8859-5": "Да, мы шли", "iso-8859-6": "نعم ذهبنا",
    "iso-8859-7": "Ναι πήγαμε", "iso-8859-8": "כן הלכנו", "iso-8859-8-i": "כן הלכנו",
    "iso-8859-10": "Ķeizars þá", "iso-8859-13": "Žąsys ėjo", "iso-8859-14": "Ŵyr a ŷd",
    "iso-8859-15": "Cœur, 5 €", "iso-8859-16": "Țară și „noi”", "koi8-r": "Да, мы шли",
    "koi8-u": "Так, її ґанок", "macintosh": "Ça “va” ∞", "windows-874": "ใช่ “เรา” ไป",
    "windows-1250": "Źle, „proszę”", "windows-1251": "Да, «мы» шли", "windows-1252": "Ça “va” 5 €",
    "windows-1253": "Ναι, “πήγαμε”", "windows-1254": "Işık, “ğ”", "windows-1255": "כן, “הלכנו”",
    "windows-1256": "نعم “ذهبنا”", "windows-1257": "Žąsys “ėjo”", "windows-1258": "Đây “ư”",
    "x-mac-cyrillic": "Да, «мы» шли", "gbk": "我们走了", "gb18030": "我们走了", "big5": "我們走了",
    "euc-jp": "はい、行った",
    "iso-2022-jp": "はい、行った", "shift_jis": "はい、①行った", "euc-kr": "네, 갔어요", "utf-8": "Ça, 行った",
    "utf-16le": "Ça, 行った", "utf-16be": "Ça, 行った", "x-user-defined": "Ça “va”",
}  # fmt: skip
"""Some words for each encoding of the standard, by its name there."""
PYTHON = {"windows-874": "cp874", "macintosh": "mac_roman", "x-mac-cyrillic": "mac_cyrillic", "gbk": "gb18030"} | {
    "shift_jis": "cp932", "euc-kr": "cp949", "utf-16le": "utf-8", "utf-16be": "utf-8", "x-user-defined": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
}  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
def test_every_label_of_the_encoding_standard_is_known(name: str) -> None:
    labels = [label for label, standard in LABELS.items() if standard == name]
    assert labels
    data = SAMPLES[name].encode(PYTHON.get(name, name))
    for label in labels:
        draft = read_source("P01.html", b"<html><meta charset='" + label.encode() + b"'><p>" + data)
        assert (label, draft.text) == (label, SAMPLES[name])
        assert warnings(draft) == ""


def test_the_samples_cover_the_standard_but_for_what_it_replaces() -> None:
    assert set(SAMPLES) == set(LABELS.values()) - {"replacement"}
    assert len(LABELS) == 228


@pytest.mark.parametrize(("label", "words"), [("hz-gb-2312", "我们走了"), ("iso-2022-kr", "네, 갔어요")])
def test_words_that_the_standard_replaces_by_an_error_are_read(label: str, words: str) -> None:
    page = f"<html><meta charset={label}><p>".encode() + words.encode(label)
    assert read_source("P01.html", page).text == words


def test_a_person_chooses_the_encoding() -> None:
    page = b"<html><meta charset=utf-8><p>\xe4\xe0"
    assert read_source("P01.html", page, options=ReadOptions(encoding="cp1251")).text == "да"
    with pytest.raises(UnreadableFile, match="not in the encoding utf-8"):
        read_source("P01.html", page, options=ReadOptions(encoding="utf-8"))
    with pytest.raises(InvalidInput, match="No text encoding"):
        read_source("P01.html", page, options=ReadOptions(encoding="unheard-of"))


# Hostile pages


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "p", "font", "span hidden"])
def test_a_page_nested_deep_is_read(tag: str) -> None:
    draft = read(f"before<{tag}>" + f"<{tag}>" * 100_000 + "words")
    assert draft.text.startswith("before")


@pytest.mark.parametrize("body", ["<" * 500_000, "&#" * 500_000, " " * 10**6, "<!--" * 200_000, "<p \n" * 300_000])
def test_odd_pages_are_read_to_their_end(body: str) -> None:
    assert read("words " + body).text.startswith("words")


def test_entities_of_a_declaration_are_not_expanded() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><html><p>w &a; &b;'
    text = read_source("P01.html", bomb.encode()).text
    assert "aaaa" not in text
    assert "root" not in text


def test_pages_without_words_and_binary_files_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="holds no words"):
        read("<img src='a.png'>")
    with pytest.raises(UnreadableFile, match="holds no words"):
        read_source("P01.html", b" \n ")
    with pytest.raises(UnreadableFile, match="NUL"):
        read_source("P01.html", b"<html><p>a\x00b")


@given(st.text(), st.sampled_from(["p", "b", "td", "pre", "li", "h2", "br", "del"]))
def test_whatever_the_words_they_come_out_as_they_went_in(words: str, tag: str) -> None:
    from html import escape

    words = "".join(sign for sign in words if sign.isprintable())
    draft = read(f"<p>begin</p><{tag}>{escape(words)}</{tag}><p>end")
    assert draft.text.startswith("begin")
    assert draft.text.endswith("end")
    if tag != "del":
        assert "".join(words.split()) in "".join(draft.text.split())


# Notes and margins, as word processors write them


@pytest.mark.parametrize(
    ("reference", "note"),
    [
        (
            '<a class="sdfootnoteanc" href="#sdfootnote1sym"><sup>1</sup></a>',
            '<div id="sdfootnote1"><p><a href="#sdfootnote1anc">1</a>She meant\n the ward.</p></div>',
        ),
        (
            '<a style="mso-footnote-id:ftn1" href="#_ftn1" name="_ftnref1">[1]</a>',
            '<div id=ftn1><p><a href="#_ftnref1" name="_ftn1">[1]</a> She meant the ward.</p></div>',
        ),
    ],
)
def test_notes_of_word_processors_are_marked_and_nobodys_words(reference: str, note: str) -> None:
    draft = read(f"<p>Interviewer: Why?</p><p>P01: There{reference} it was.</p>{note}")
    assert draft.text == "Interviewer: Why?\n\nP01: There[footnote 1] it was.\n\n[footnote 1] She meant the ward."
    assert [(turn.kind.value, draft.text[turn.start : turn.end]) for turn in draft.turns] == [
        ("speech", "Why?"),
        ("speech", "There[footnote 1] it was."),
        ("excluded", "[footnote 1] She meant the ward."),
    ]


def test_words_below_notes_are_read_on() -> None:
    draft = read('<p>P01: Yes.</p><div id="ftn1"><p>A note.</p></div><p>P02: No.</p><p>P01: Well.</p>')
    assert [turn.label for turn in draft.turns] == ["P01", "P02", "P01"]


def test_other_links_are_words() -> None:
    assert read('<p>See <a href="#_blank1">1</a> and <a href="#sd">2</a>.</p>').text == "See 1 and 2."


def test_running_heads_and_feet_of_a_word_processor_are_left_out_and_told() -> None:
    draft = read('<div title="header"><p>Secret</p></div><p>Words.</p><div title="footer"><p>Page 1</p></div>')
    assert draft.text == "Words."
    assert "running head or footer were left out: “Secret" in draft.warnings[-1].message

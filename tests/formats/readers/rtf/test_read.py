"""Rich text: characters of all code pages, paragraphs, tables and notes, bold labels, hostile files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.sources import TurnKind
from fwanalysis.errors import InvalidInput, UnreadableFile
from fwanalysis.formats.options import ReadOptions
from fwanalysis.formats.readers.registry import read_source
from fwanalysis.formats.readers.rtf import walk as rtf_walk

if TYPE_CHECKING:
    from fwanalysis.domain.importing import ParsedSource

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0"
    r"{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fcharset204 Cyr;}{\f2\fcharset128 Mincho;}}"
    r"{\colortbl;\red0\green0\blue0;}{\stylesheet{Normal;}{\s1\b heading 1;}{\s2 Quote;}}{\info{\title no}}"
)


def read(body: str, head: str = HEAD) -> ParsedSource:
    return read_source("P01.rtf", f"{head}{body}}}".encode("latin-1"))


def warnings(draft: ParsedSource) -> str:
    return "\n".join(doubt.message for doubt in draft.warnings)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"one\par two\par", "one\ntwo"),
        (r"one\par\par two\line three\tab four", "one\n\ntwo\nthree\tfour"),
        ("one\\\ntwo\\\r\nthree", "one\ntwo\nthree"),
        ("on\r\ne t\nwo", "one two"),
        (r"\'93caf\'e9\'94 \'85", "“café” …"),
        (r"{\f1 \'e4\'e0} \'e4", "да ä"),
        (r"{\f2 \'83\'41\'83A\'83\'5c}", "アアソ"),
        (r"\u8217?s \u233\'e9 \u-10179?\u-8638?x", "’s é 🙂x"),
        (r"{\uc0\u233}\u233 ?\uc2\u233 abc", "éé" + "éc"),
        (r"\u233{}x", "éx"),
        (r"a\u8217\par b", "a’\nb"),
        (r"\lquote a\rquote\emdash\~\-\_\{\}\\", "‘a’—\u00a0\u00ad\u2011{}\\"),
        (r"{\b a}{\*\unheardof no}{\field{\*\fldinst HYPERLINK no}{\fldrslt link}}", "alink"),
        (r"{\header no}{\footer no}{\pict\wmetafile8 010203}{\object{\*\objdata 0102}{\result no}}a", "a"),
        (r"{\shp{\*\shpinst{\sp{\sn no}{\sv no}}{\shptxt boxed\par too}}{\shprslt no}}a\par b", "a\nboxed\ntoo\nb"),
        (r"{\upr{\'e9 no}{\*\ud{\u233 ?}}}", "é"),
        (r"a\deleted gone\par\deleted0  b\par c", "a b\nc"),
        (r"a{\revised new}{\v hid}", "anewhid"),
        (r"{\listtext 1.\tab}item{\*\annotation no}", "item"),
        ("a{\\*\\bin5 }}}{{}b{\\pict\\bin3 \\}}}c", "abc"),
        (r"a\sect b\page c", "a\nb\nc"),
        (r"a{\deleted gone{\*\footnote\plain gone too}}b", "ab"),
        (r"a{\revised\revdttm-2015294848 new}", "anew"),
        (r"a\par {\shp{\*\shpinst{\shptxt boxed\par}}}\par b", "a\nboxed\nb"),
        (r"a{\shp{\*\shpinst{\sp{\sn gtextUNICODE}{\sv drawn}}{\sp{\sn gtextFont}{\sv no}}}}b\par c", "ab\ndrawn\nc"),
        (r"a{\field{\*\fldinst{ EQ \\* jc3 \\o\\al(\\s\\up 11(\u12363?),\u28450?\u23383?)}}{\fldrslt }}b", "a漢字b"),
        (r"a{\field{\*\fldinst EQ \\f(1,2)}{\fldrslt }}b", "ab"),
    ],
)
def test_the_text_is_what_a_reader_of_the_final_document_sees(body: str, text: str) -> None:
    assert read(body).text == text


BREAKS = {
    **dict.fromkeys(["par", "sect", "page", "column", "line", "lbr0", "lbr3", "row", "nestrow"], "\n"),
    **dict.fromkeys(["cell", "nestcell"], "[\\t\\n]"),
    "tab": "\t",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "lbr3\\line": "\n",
    "par \\page": "\n",
    "par \\column\\pard": "\n",
    "par\\par": "\n\n",
}


@pytest.mark.parametrize(("word", "between"), BREAKS.items())
def test_a_control_word_that_separates_two_words_in_word_separates_them_here(word: str, between: str) -> None:
    text = read(rf"until the river\{word} nobody spoke\par").text
    assert re.fullmatch(rf"until the river{between}nobody spoke", text)


@pytest.mark.parametrize("word", ["softline", "softpage", "softcol"])
def test_a_soft_break_adds_nothing_to_the_space_that_is_there(word: str) -> None:
    assert read(rf"until the river \{word} nobody spoke\par").text == "until the river nobody spoke"


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        (r"{\rtf1\mac ", r"\'8e", "é"),
        (r"{\rtf1\pca ", r"\'82", "é"),
        (r"{\rtf1\ansi\ansicpg1251 ", r"\'e4", "д"),
        (r"{\rtf1\ansi\ansicpg65001 ", r"\'c3\'a9", "é"),
        (r"{\rtf1\ansi\ansicpg99999 ", r"\'93a", "“a"),
        (r"{\rtf1 ", "\x93 raw \xe9", "“ raw é"),
        (r"{\rtf1\ansi\ansicpg10000 ", r"\'d2a", "“a"),
    ],
)
def test_codes_are_in_the_page_that_the_head_declares(head: str, body: str, text: str) -> None:
    assert read(body, head).text == text


def test_a_code_that_is_no_character_is_told() -> None:
    draft = read(r"{\f2 \'83} a\'81")
    assert draft.text == "\ufffd a\ufffd"
    assert "2 characters are not in the encoding that the file declares, cp1252" in warnings(draft)


def test_a_person_chooses_the_encoding() -> None:
    data = (HEAD + r"a \'e4\'e0}").encode()
    assert read_source("P01.rtf", data, options=ReadOptions(encoding="cp1251")).text == "a да"
    assert read_source("P01.rtf", data, options=ReadOptions(encoding="utf-16-be")).text == "a \ue4e0"
    with pytest.raises(InvalidInput, match="No text encoding"):
        read_source("P01.rtf", data, options=ReadOptions(encoding="rot13"))


def test_rows_are_lines_with_tabs_between_cells() -> None:
    row = r"\trowd\cellx1\cellx2\pard\intbl "
    assert read(rf"{row}a\cell b\par c\cell\row {row}\cell d\cell\row\pard e").text == "a\tb\nc\n\td\ne"
    inner = (
        r"a\cell \itap2 b\nestcell c\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables no\par}\itap1 \cell\row e"
    )
    assert read(row + inner).text.replace("\n\n", "\n").startswith("a\tb\tc\n")


def test_notes_are_marked_and_stand_below_as_no_ones_words() -> None:
    draft = read(r"P01: Yes.{\super\chftn{\footnote\pard {\super\chftn} A note.\par Still.}} So.\par P02: No"
                 r"{\footnote\ftnalt An endnote}.\par P01: Oh.")  # fmt: skip
    assert draft.text == (
        "P01: Yes.[footnote 1] So.\nP02: No[endnote 1].\nP01: Oh.\n[footnote 1] A note. Still.\n[endnote 1] An endnote"
    )
    assert [turn.kind for turn in draft.turns] == [TurnKind.SPEECH] * 3 + [TurnKind.EXCLUDED] * 2


@pytest.mark.parametrize(
    ("asker", "answerer"),
    [
        (r"{\b Interviewer:}", r"{\b P01:}"),
        (r"\b Interviewer\b0 :", r"\plain\b P01\plain :"),
        (r"{\b Interviewer }", r"{\b P01 }"),
        (r"{\b Inter}{\b viewer\line}", r"{\b P01\line}"),
    ],
)
def test_a_bold_beginning_is_a_label(asker: str, answerer: str) -> None:
    draft = read(rf"\pard {asker} So?\par {answerer} Yes.\par More.\par {asker} Why?\par {answerer} No.\par")
    assert draft.speaker_format == "bold-label"
    assert [(turn.label, draft.text[turn.start : turn.end]) for turn in draft.turns] == [
        ("Interviewer", "So?"),
        ("P01", "Yes.\nMore."),
        ("Interviewer", "Why?"),
        ("P01", "No."),
    ]


def test_headings_at_the_start_are_preamble_and_later_ones_are_set_aside() -> None:
    draft = read(r"\pard\s1 Talk\par\pard P01: one\par\pard\outlinelevel1 Later\par\pard P02: two\par")
    assert [turn.kind.value for turn in draft.turns] == ["preamble", "speech", "excluded", "speech"]


def test_endnotes_stand_below_footnotes_whichever_comes_first() -> None:
    draft = read(r"a{\footnote\ftnalt end}b{\footnote foot}\par")
    assert draft.text == "a[endnote 1]b[footnote 1]\n[footnote 1] foot\n[endnote 1] end"


@pytest.mark.parametrize(
    ("before", "numbered"),
    [(r"1.\tab", True), (r"{\f1 iv)}\tab", True), (r"\u8226?\tab", False), ("o\\tab", False), (r"\pard", False)],
)
def test_only_what_counts_before_a_paragraph_is_told_as_a_number(before: str, numbered: bool) -> None:
    draft = read(rf"{{\listtext {before}}}item\par")
    assert draft.text == "item"
    assert ("numbers" in warnings(draft)) is numbered


@pytest.mark.parametrize(
    ("font", "text", "told"),
    [("Symbol", "α→", True), ("Wingdings", "\uf061\uf0ae", False), ("Times", "\uf061\uf0ae", False)],
)
def test_symbols_among_words_are_read_as_what_their_font_shows(font: str, text: str, told: bool) -> None:
    head = rf"{{\rtf1\ansi{{\fonttbl{{\f0 Times;}}{{\f7\fnil\fcharset2 {font}{{\*\falt Symbol}};}}}}"
    draft = read(r"a {\f7\u61537?\u61614?} b", head)
    assert draft.text == f"a {text} b"
    assert ("2 symbols of special fonts" not in warnings(draft)) is told


def test_what_is_passed_over_is_told() -> None:
    told = warnings(
        read(r"a{\v hid}\deleted gone\deleted0{\*\annotation no}{\listtext 1}{\*\shppict{\pict 00}}{\revised b}")
    )
    for said in ("hidden", "1 insertion", "1 deletion", "comment", "numbers", "picture"):
        assert said in told


# Hostile files


def test_a_file_that_stops_in_the_middle_says_so() -> None:
    draft = read_source("P01.rtf", (HEAD + r"words {\footnote a note").encode())
    assert draft.text == "words [footnote 1]\n[footnote 1] a note"
    assert "The file is incomplete" in warnings(draft)


def test_what_is_no_rich_text_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="is not rich text but a picture"):
        read_source("P01.rtf", b"\x89PNG words")
    with pytest.raises(UnreadableFile, match="is not rich text but another kind of file"):
        read_source("P01.rtf", b"just words")
    with pytest.raises(UnreadableFile, match="no words"):
        read("")


@pytest.mark.parametrize(
    "body",
    [
        "{" * 100_000 + "words",
        r"{\b" * 100_000 + " words",
        r"{\footnote a" * 20_000,
        r"{\shptxt a" * 20_000,
        r"{\field{\*\fldinst HYPERLINK " * 20_000,
        "}" * 100_000 + " words",
        r"\trowd\cell" * 50_000,
        "\\'93" * 300_000,
        "\\u99999999999?" * 50_000,
        "\\bin99999999 words",
        "\\uc99999999\\u65 words",
        "{\\*" * 50_000,
    ],
)
def test_odd_files_are_read_to_their_end(body: str) -> None:
    draft = read("begin " + body)
    assert draft.text.startswith("begin")


def test_a_large_picture_is_passed_over() -> None:
    assert read("a{\\pict\\pngblip " + ("0f" * 64 + "\r\n") * 400_000 + "}b").text == "ab"


def test_too_many_marks_and_groups_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(rtf_walk, "_MOST_TOKENS", 1000)
        with pytest.raises(UnreadableFile, match="over 1,000 control words"):
            read(r"\b a\b0 b" * 1000)
    monkeypatch.setattr(rtf_walk, "_DEEPEST", 1000)
    with pytest.raises(UnreadableFile, match="over 1,000 groups"):
        read("{" * 2000)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), min_size=1, max_size=5))
def test_whatever_the_words_they_come_out_as_they_went_in(paragraphs: list[str]) -> None:
    def written(sign: str) -> str:
        if sign in "\\{}":
            return "\\" + sign
        units = sign.encode("utf-16-le")
        codes = [int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2)]
        return sign if sign.isascii() else "".join(f"\\u{code}?" for code in codes)

    body = r"\par ".join("".join(map(written, words)) for words in ["begin", *paragraphs])
    assert read(body).text == "\n".join(["begin", *paragraphs])

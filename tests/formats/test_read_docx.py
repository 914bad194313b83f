"""Word documents: what counts as words, tables and tracked changes, bold labels, hostile packages."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest

from fwanalysis.domain.sources import TurnKind
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.options import Limits, ReadOptions
from fwanalysis.formats.registry import read_source

if TYPE_CHECKING:
    from docx.document import Document

    from fwanalysis.domain.importing import SourceDraft

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def saved(document: Document) -> bytes:
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def repacked(data: bytes, document: str) -> bytes:
    """The package with another main part."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, document if name == "word/document.xml" else old.read(name))
    return held.getvalue()


def with_body(body: str) -> bytes:
    return repacked(saved(docx.Document()), f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>")


def read(body: str) -> SourceDraft:
    return read_source("P01.docx", with_body(body))


def p(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def r(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (p(r("one")) + p() + p(r("two")), "one\n\ntwo"),
        (p(r("a"), "<w:ins>" + r("b") + "</w:ins>", "<w:del><w:r><w:delText>c</w:delText></w:r></w:del>"), "ab"),
        (p("<w:moveFrom>" + r("x") + "</w:moveFrom>", "<w:moveTo>" + r("y") + "</w:moveTo>"), "y"),
        (p("<w:hyperlink>" + r("link") + "</w:hyperlink>", r(" on")), "link on"),
        (p("<w:sdt><w:sdtPr/><w:sdtContent>" + r("chosen") + "</w:sdtContent></w:sdt>"), "chosen"),
        ("<w:sdt><w:sdtContent>" + p(r("one")) + p(r("two")) + "</w:sdtContent></w:sdt>" + p(r("3")), "one\ntwo\n3"),
        (p("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:cr/><w:t>d</w:t></w:r>"), "a\nb\tc\nd"),
        (p("<w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>mail</w:t><w:softHyphen/></w:r>"), "e\u2011mail\u00ad"),
        (p("<w:r><w:instrText>PAGE</w:instrText></w:r>", "<w:fldSimple>" + r("7") + "</w:fldSimple>"), "7"),
        (p(r("a"), properties="<w:rPr><w:del/></w:rPr>") + p(r("b")) + p(r("c")), "ab\nc"),
        (p("<mc:AlternateContent><mc:Choice>" + r("new") + "</mc:Choice><mc:Fallback>" + r("old") + "</mc:Fallback>"
           "</mc:AlternateContent>"), "new"),
        (p("<w:ruby><w:rt>" + r("above") + "</w:rt><w:rubyBase>" + r("漢") + "</w:rubyBase></w:ruby>"), "漢"),
        (p(r("pic"), "<w:r><w:drawing><w:t>no</w:t></w:drawing></w:r>"), "pic"),
        (p(r("🙂 e\u0301 \u200d שלום")), "🙂 e\u0301 \u200d שלום"),
    ],
)  # fmt: skip
def test_the_text_is_what_a_reader_of_the_final_document_sees(body: str, text: str) -> None:
    assert read(body).text == text


def cell(*words: str) -> str:
    return "<w:tc>" + "".join(p(r(said)) for said in words) + "</w:tc>"


def test_tables_are_read_row_by_row_with_tabs_between_cells() -> None:
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('gone')}</w:tr>"
    rows = f"<w:tr>{cell('a')}{cell('b', 'c')}</w:tr>{deleted}<w:tr>{cell('d')}{cell('e')}</w:tr>"
    assert read(p(r("above")) + f"<w:tbl>{rows}</w:tbl>" + p(r("below"))).text == "above\na\tb\nc\nd\te\nbelow"


def test_a_table_of_turns_has_a_turn_a_row() -> None:
    said = [("Speaker", "Text"), ("Interviewer", "So?"), ("P01", "Yes."), ("", "And more."), ("Interviewer", "Mm.")]
    rows = "".join(f"<w:tr>{cell(label)}{cell(words)}</w:tr>" for label, words in said)
    draft = read(f"<w:tbl>{rows}</w:tbl>")
    assert draft.style == "label-tab"
    speech = [turn for turn in draft.turns if turn.kind is TurnKind.SPEECH]
    assert [turn.label for turn in speech] == ["Interviewer", "P01", "Interviewer"]
    assert draft.text[speech[1].start : speech[1].end] == "Yes.\n\tAnd more."


BOLD = "<w:b/>"


@pytest.mark.parametrize(
    "marks",
    [
        ((r("Interviewer:", BOLD), r("P01:", BOLD))),
        ((r("Interviewer", BOLD) + r(":"), r("P01", BOLD) + r(":"))),
        ((r("Interviewer", BOLD), r("P01", "<w:rStyle w:val='Strong'/>"))),
        ((r("Inter", BOLD) + r("viewer: ", BOLD), r("P01", BOLD) + r(": "))),
        ((r("Interviewer", BOLD) + "<w:r><w:br/></w:r>", r("P01", BOLD) + "<w:r><w:br/></w:r>")),
    ],
)
def test_a_bold_beginning_is_a_label(marks: tuple[str, str]) -> None:
    asker, answerer = marks
    draft = read(p(asker, r(" So?")) + p(answerer, r(" Yes.")) + p(r("More.")) + p(asker, r(" Why?")))
    assert draft.style == "bold-label"
    assert [(turn.label, draft.text[turn.start : turn.end]) for turn in draft.turns] == [
        ("Interviewer", "So?"),
        ("P01", "Yes.\nMore."),
        ("Interviewer", "Why?"),
    ]


def test_bold_that_is_switched_off_is_no_label() -> None:
    off = "<w:b w:val='0'/>"
    assert read(p(r("Interviewer", off), r(" So?")) + p(r("P01", off), r(" Yes."))).turns == ()


def test_headings_at_the_start_are_preamble_and_later_ones_are_set_aside() -> None:
    document = docx.Document()
    document.add_heading("Interview 1", 0)
    document.add_paragraph("P01: one")
    document.add_heading("Later", 2)
    document.add_paragraph("P02: two")
    draft = read_source("P01.docx", saved(document))
    assert [turn.kind.value for turn in draft.turns] == ["preamble", "speech", "aside", "speech"]


def test_what_is_not_read_is_named() -> None:
    note = '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="1"/></w:r>'
    assert [doubt.message for doubt in read(p(r("words"), note)).doubts] == [
        "Not read from this document: footnotes, comments."
    ]


def test_a_document_whose_words_are_all_in_a_text_box_is_refused_with_the_reason() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{p(r('boxed'))}</w:txbxContent></w:pict></w:r>"
    with pytest.raises(UnreadableFile, match=r"no words to read .*text boxes"):
        read(p(box))


def test_a_strict_document_is_refused_with_the_way_out() -> None:
    rels = '<Relationships xmlns="x"><Relationship Type="http://purl.oclc.org/ooxml/officeDocument/r"/></Relationships>'
    data = zipped_rels(rels)
    with pytest.raises(UnreadableFile, match=r"Strict Open XML Document.*Word Document \(\.docx\)"):
        read_source("P01.docx", data)


def zipped_rels(rels: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("_rels/.rels", rels)
        archive.writestr("word/document.xml", "<x/>")
    return held.getvalue()


def test_a_document_cut_short_is_refused() -> None:
    data = with_body(p(r("one")))
    for length in (len(data) // 2, len(data) - 30, 40):
        with pytest.raises(UnreadableFile, match="damaged or was cut short"):
            read_source("P01.docx", data[:length])


def test_a_document_with_a_broken_part_is_refused() -> None:
    whole = with_body(p(r("one")))
    with pytest.raises(UnreadableFile, match="not a Word document that can be read"):
        read_source("P01.docx", repacked(whole, "<w:document"))
    with pytest.raises(UnreadableFile, match="no body"):
        read_source("P01.docx", repacked(whole, f"<w:document {W}/>"))


def test_a_document_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    data = with_body(p(r("x" * 2**21)))
    assert len(data) < 2**18
    with pytest.raises(UnreadableFile, match="3 MB unpacked, and over 1 MB"):
        read_source("P01.docx", data, options=ReadOptions(limits=Limits(unpacked=2**20)))


def test_entities_are_not_expanded() -> None:
    bomb = f'<!DOCTYPE d [<!ENTITY a "aaaa">]><w:document {W}><w:body>{p(r("one &a; two"))}</w:body></w:document>'
    assert "aaaa" not in read_source("P01.docx", repacked(saved(docx.Document()), bomb)).text

"""Word documents: notes, comments, tracked changes, text boxes, fields, symbols, lists, and the Strict form."""

from __future__ import annotations

import pytest

from fwanalysis.domain.sources import TurnKind
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.readers.registry import read_source
from tests.formats.docx_files import NAMES, messages, p, packed, part, r, read, relationships, word


def note(kind: str, note_id: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{note_id}"/></w:r>'


FOOTNOTES = "".join(
    f"<w:footnote w:id='{note_id}'>{content}</w:footnote>"
    for note_id, content in (
        (-1, p("<w:r><w:separator/></w:r>")),
        (5, p("<w:r><w:footnoteRef/></w:r>", r(" The river froze.")) + p(r("Twice."))),
        (6, p(r(" See above."))),
        (7, p(r("Left over."))),
    )
)
ENDNOTES = f"<w:endnote w:id='5'>{p(r('The end.'))}</w:endnote>"


def test_notes_are_marked_where_they_stand_and_come_below_the_text_in_the_order_of_their_marks() -> None:
    body = p(r("It was cold"), note("footnote", 6), r(", very"), note("endnote", 5), note("footnote", 5), r("."))
    draft = read(body, footnotes=FOOTNOTES, endnotes=ENDNOTES)
    assert draft.text == (
        "It was cold[footnote 1], very[endnote 1][footnote 2].\n"
        "[footnote 1] See above.\n[footnote 2] The river froze. Twice.\n[endnote 1] The end."
    )
    assert (draft.turns, draft.warnings) == ((), ())


def test_notes_are_nobodys_words() -> None:
    body = p(r("Interviewer: Cold?")) + p(r("P01: Very"), note("footnote", 5), r(".")) + p(r("Interviewer: Ah."))
    draft = read(body, footnotes=FOOTNOTES)
    last = draft.turns[-1]
    assert (last.kind, last.label) == (TurnKind.EXCLUDED, None)
    assert draft.text[last.start : last.end] == "[footnote 1] The river froze. Twice."
    assert [draft.text[turn.start : turn.end] for turn in draft.turns[:-1]] == ["Cold?", "Very[footnote 1].", "Ah."]


def test_a_note_in_a_deleted_passage_is_out_and_one_that_is_not_there_is_told() -> None:
    draft = read(p(r("a"), f"<w:del>{note('footnote', 5)}</w:del>", note("endnote", 9)), footnotes=FOOTNOTES)
    assert draft.text == "a[endnote 1]"
    assert messages(draft)[1:] == ["1 note is referred to but not in the file."]


def test_comments_are_out_of_the_text_and_counted() -> None:
    body = p(r("Ouch"), "<w:commentRangeEnd w:id='0'/><w:r><w:commentReference w:id='0'/></w:r>") * 2
    draft = read(body, comments=f"<w:comment w:id='0'>{p(r('Really?'))}</w:comment>")
    assert draft.text == "Ouch\nOuch"
    assert messages(draft) == ["2 comments were left out of the text."]


def test_tracked_changes_are_settled_as_if_accepted_and_counted() -> None:
    body = (
        p("<w:ins>", r("new "), "</w:ins>", "<w:del><w:r><w:delText>old </w:delText></w:r></w:del>", r("and "))
        + p("<w:moveFrom>", r("moved"), "</w:moveFrom>")
        + p(r("there: "), "<w:moveTo>", r("moved"), "</w:moveTo>", "<w:del/>")
    )
    draft = read(body)
    assert draft.text == "new and \n\nthere: moved"
    assert messages(draft) == [
        "Tracked changes: 1 insertion read, 2 deletions left out, 1 moved passage read where it went to; accept or "
        "reject them in the document if this is not intended."
    ]


def test_changes_of_looks_are_no_tracked_changes() -> None:
    assert messages(read(p(r("a", "<w:b/><w:rPrChange><w:rPr><w:del/></w:rPr></w:rPrChange>")))) == []


def box(*paragraphs: str) -> str:
    inner = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline>{inner}</wp:inline></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_text_box_comes_once_below_the_paragraph_it_stands_in() -> None:
    draft = read(p(r("before "), box(p(r("in the")), p(r("box"))), r("after")) + p(r("below")))
    assert (draft.text, draft.warnings) == ("before after\nin the\nbox\nbelow", ())


def test_a_text_box_takes_the_place_of_a_paragraph_without_words() -> None:
    assert read(p(r("above")) + p(box(p(r("boxed")))) + p(r("below"))).text == "above\nboxed\nbelow"


def test_old_text_boxes_and_boxes_in_boxes_are_read() -> None:
    old = f"<w:r><w:pict><w:txbxContent>{p(r('old'), box(p(r('inner'))))}</w:txbxContent></w:pict></w:r>"
    assert read(p(r("a"), old)).text == "a\nold\ninner"


def test_pictures_are_counted_and_named_where_there_is_nothing_else() -> None:
    picture = "<w:r><w:drawing/></w:r>"
    assert messages(read(p(r("a"), picture))) == ["1 picture was not read."]
    with pytest.raises(UnreadableFile, match=r"holds no words to read \(2 pictures were not read\)"):
        read(p(picture, picture))


def field(kind: str) -> str:
    return f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>"


@pytest.mark.parametrize(
    ("inline", "text"),
    [
        (field("begin") + r("CODE") + field("separate") + r("result") + field("end") + r("."), "result."),
        (field("begin") + r("CODE") + field("end") + r("."), "."),
        (
            field("begin") + r("IF ") + field("begin") + r("X") + field("separate") + r("inner") + field("end")
            + field("separate") + r("outer") + field("end"),
            "outer",
        ),
        (field("end") + field("separate") + r("a"), "a"),
    ],
)  # fmt: skip
def test_of_a_field_the_result_is_read_and_not_the_code(inline: str, text: str) -> None:
    assert read(p(inline) + p(r("x"))).text == f"{text}\nx"


def test_a_field_without_an_end_hides_nothing_below_its_paragraph() -> None:
    assert read(p(field("begin"), r("CODE")) + p(r("words"))).text == "\nwords"


@pytest.mark.parametrize(
    ("font", "code", "text", "told"),
    [
        ("Wingdings", "F0E0", "→", True),
        ("Wingdings", "F04A", "☺", True),
        ("Symbol", "F061", "α", True),
        ("Symbol", "F0B3", "≥", True),
        ("Symbol", "F031", "1", True),
        ("Calibri", "00E9", "é", True),
        ("Wingdings 3", "F0E0", "\uf0e0", False),
        ("Symbol", "D800", "", False),
        ("Calibri", "110000", "", False),
        ("Calibri", "", "", False),
    ],
)
def test_symbols_are_read_as_what_they_show(font: str, code: str, text: str, told: bool) -> None:
    draft = read(p(r("a"), f"<w:r><w:sym w:font='{font}' w:char='{code}'/></w:r>", r("b")))
    assert draft.text == f"a{text}b"
    assert ("symbol" in "".join(messages(draft))) is not told


def test_symbols_among_words_are_read_as_what_their_font_shows() -> None:
    fonts = "<w:rFonts w:ascii='{0}' w:hAnsi='{0}'/>"
    draft = read(p(r("a \uf061\uf0ae ", fonts.format("Symbol")), r("b \uf0fc", fonts.format("Wingdings")), r("c")))
    assert (draft.text, messages(draft)) == ("a α→ b ✓c", [])
    draft = read(p(r("a \uf061 \uf0ae")))
    assert draft.text == "a \uf061 \uf0ae"
    assert messages(draft) == ["2 symbols of special fonts could not be identified and may show as boxes."]


def test_hidden_text_is_read_and_told() -> None:
    draft = read(p(r("a "), r("secret", "<w:vanish/>"), r(" b", "<w:vanish w:val='false'/>")))
    assert draft.text == "a secret b"
    assert messages(draft) == ["1 passage of hidden text was included in the text."]


def test_numbers_of_lists_are_no_words_but_told_and_bullets_are_not_told() -> None:
    numbering = (
        "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/></w:lvl>"
        "<w:lvl w:ilvl='1'><w:numFmt w:val='bullet'/></w:lvl></w:abstractNum>"
        "<w:num w:numId='4'><w:abstractNumId w:val='0'/></w:num>"
    )
    styles = "<w:style w:styleId='Listed'><w:pPr><w:numPr><w:numId w:val='4'/></w:numPr></w:pPr></w:style>"
    in_list = "<w:numPr><w:ilvl w:val='{}'/><w:numId w:val='4'/></w:numPr>"
    draft = read(
        p(r("one"), properties=in_list.format(0))
        + p(r("two"), properties=in_list.format(1))
        + p(r("three"), properties="<w:pStyle w:val='Listed'/>"),
        numbering=numbering,
        styles=styles,
    )
    assert draft.text == "one\ntwo\nthree"
    assert messages(draft) == ["2 paragraphs have automatic list numbers, which are not part of the text."]


def test_an_embedded_file_is_told() -> None:
    assert "1 embedded file was not read" in messages(read(p(r("a")) + "<w:altChunk/>"))[0]


def strict(content: str) -> str:
    names = NAMES.replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", W_STRICT)
    return content.replace(NAMES, names)


W_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATED_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def test_the_strict_form_reads_like_the_other() -> None:
    body = p(r("Interviewer", "<w:b/>"), r(" Cold?"), note("footnote", 5)) + p(r("P01", "<w:b/>"), r(" Yes.")) * 2
    plain = word(body, footnotes=FOOTNOTES)
    related = relationships(("footnotes", "footnotes.xml")).replace(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships", RELATED_STRICT
    )
    data = packed(
        {
            "_rels/.rels": f"<R><r Type='{RELATED_STRICT}/officeDocument' Target='/word/main.xml'/></R>",
            "word/main.xml": strict(part("document", f"<w:body>{body}</w:body>")),
            "word/_rels/main.xml.rels": related,
            "word/footnotes.xml": strict(part("footnotes", FOOTNOTES)),
        }
    )
    draft = read_source("P01.docx", data)
    assert draft == read_source("P01.docx", plain)
    assert draft.speaker_format == "bold-label"
    assert "[footnote 1] The river froze. Twice." in draft.text


def test_the_name_of_the_strict_form_in_the_words_stays_as_it_is() -> None:
    assert read(p(r(W_STRICT))).text == W_STRICT


def test_a_byte_order_mark_and_missing_parts_do_no_harm() -> None:
    main = part("document", f"<w:body>{p(r('words'), note('footnote', 1))}</w:body>")
    for content in (
        b"\xef\xbb\xbf" + main.encode(),
        ('<?xml version="1.0" encoding="utf-16"?>' + main).encode("utf-16"),
    ):
        draft = read_source("P01.docx", packed({"word/document.xml": content}))
        assert draft.text == "words[footnote 1]"


def test_relationships_may_be_absolute_or_run_in_circles_and_names_may_be_in_capitals() -> None:
    data = packed(
        {
            "_rels/.rels": relationships(("officeDocument", "/WORD/document.xml")),
            "word/Document.xml": part("document", f"<w:body>{p(r('words'), note('footnote', 5))}</w:body>"),
            "word/_rels/document.xml.rels": relationships(
                ("styles", "document.xml"), ("endnotes", "../_rels/.rels"), ("footnotes", "../word/./notes.xml")
            ),
            "word/notes.xml": part("footnotes", FOOTNOTES),
        }
    )
    assert read_source("P01.docx", data).text == "words[footnote 1]\n[footnote 1] The river froze. Twice."

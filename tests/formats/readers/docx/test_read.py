"""Word documents: what counts as words, tables, bold labels, headings."""

from __future__ import annotations

import io

import docx
import pytest

from fwanalysis.domain.sources import TurnKind
from fwanalysis.formats.readers.registry import read_source
from tests.formats.docx_files import p, r, read, table


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
        (p("<m:oMath><m:r><m:t>x=</m:t></m:r><m:r><m:t>2</m:t></m:r></m:oMath>"), "x=2"),
        (p(r("🙂 e\u0301 \u200d שלום \u2028 \u0085")), "🙂 e\u0301 \u200d שלום \u2028 \u0085"),
        (p(r("a&#13;b&#13;&#10;c")), "a\nb\nc"),
        (p(r("sp<!-- no -->lit<?no?>")), "split"),
    ],
)  # fmt: skip
def test_the_text_is_what_a_reader_of_the_final_document_sees(body: str, text: str) -> None:
    assert read(body).text == text


def test_tables_are_read_row_by_row_with_tabs_between_cells() -> None:
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{p(r('gone'))}</w:tc></w:tr>"
    whole = table((p(r("a")), p(r("b")) + p(r("c"))), (p(r("d")), p(r("e"))))
    body = p(r("above")) + whole.replace("<w:tr>", deleted + "<w:tr>", 1) + p(r("below"))
    assert read(body).text == "above\na\tb\nc\nd\te\nbelow"


def test_a_cell_without_a_paragraph_is_a_cell_all_the_same() -> None:
    rows = table(("", p(r("b")), ""), (p(r("d")), "", p(r("f"))), ("", ""))
    assert read(p(r("above")) + rows + p(r("below"))).text == "above\n\tb\t\nd\t\tf\n\t\nbelow"


def test_a_table_in_a_cell_gives_its_rows() -> None:
    inner = table((p(r("x")), p(r("y"))))
    assert read(table((p(r("a")), inner + p()), (p(r("c")), p(r("d"))))).text == "a\tx\ty\n\nc\td"


def test_a_table_of_turns_has_a_turn_a_row() -> None:
    said = [("Speaker", "Text"), ("Interviewer", "So?"), ("P01", "Yes."), ("", "And more."), ("Interviewer", "Mm.")]
    draft = read(table(*((p(r(label)), p(r(words))) for label, words in said)))
    assert draft.speaker_format == "rows"
    speech = [turn for turn in draft.turns if turn.kind is TurnKind.SPEECH]
    assert [turn.label for turn in speech] == ["Interviewer", "P01", "Interviewer"]
    assert draft.text[speech[1].start : speech[1].end] == "Yes.\nAnd more."


BOLD = "<w:b/>"
BREAK = "<w:r><w:br/></w:r>"


@pytest.mark.parametrize(
    "marks",
    [
        (r("Interviewer:", BOLD), r("P01:", BOLD)),
        (r("Interviewer", BOLD) + r(":"), r("P01", BOLD) + r(":")),
        (r("Interviewer", BOLD), r("P01", "<w:rStyle w:val='Strong'/>")),
        (r("Inter", BOLD) + r("viewer: ", BOLD), r("P01", BOLD) + r(": ")),
        (r("Interviewer", BOLD) + BREAK, r("P01", BOLD) + BREAK),
    ],
)
def test_a_bold_beginning_is_a_label(marks: tuple[str, str]) -> None:
    asker, answerer = marks
    draft = read(p(asker, r(" So?")) + p(answerer, r(" Yes.")) + p(r("More.")) + p(asker, r(" Why?")))
    assert draft.speaker_format == "bold-label"
    assert [(turn.label, draft.text[turn.start : turn.end]) for turn in draft.turns] == [
        ("Interviewer", "So?"),
        ("P01", "Yes.\nMore."),
        ("Interviewer", "Why?"),
    ]


def test_a_bold_beginning_after_a_line_break_in_a_paragraph_is_a_label_too() -> None:
    asked, said = r("Interviewer", BOLD), r("P01", BOLD)
    draft = read(p(asked, r(" So?"), BREAK, said, r(" Yes."), BREAK, asked, r(" Why?"), BREAK, said, r(" So.")))
    assert draft.speaker_format == "bold-label"
    assert [turn.label for turn in draft.turns] == ["Interviewer", "P01", "Interviewer", "P01"]


def test_bold_that_is_switched_off_is_no_label() -> None:
    off = "<w:b w:val='0'/>"
    assert read(p(r("Interviewer", off), r(" So?")) + p(r("P01", off), r(" Yes."))).turns == ()


def test_bold_may_come_from_a_style_that_is_based_on_a_bold_one() -> None:
    styles = (
        "<w:style w:styleId='Fett'><w:rPr><w:b/></w:rPr></w:style>"
        "<w:style w:styleId='Name'><w:basedOn w:val='Fett'/></w:style>"
    )
    named = "<w:rStyle w:val='Name'/>"
    body = p(r("Interviewer", named), r(" So?")) + p(r("P01", named), r(" Yes.")) + p(r("P01", named), r(" Yes."))
    assert read(body, styles=styles).speaker_format == "bold-label"
    assert read(body).speaker_format == "none"


def test_headings_at_the_start_are_preamble_and_later_ones_are_set_aside() -> None:
    document = docx.Document()
    document.add_heading("Interview 1", 0)
    document.add_paragraph("P01: one")
    document.add_heading("Later", 2)
    document.add_paragraph("P02: two")
    held = io.BytesIO()
    document.save(held)
    draft = read_source("P01.docx", held.getvalue())
    assert [turn.kind.value for turn in draft.turns] == ["preamble", "speech", "excluded", "speech"]


def test_a_style_based_on_a_heading_is_one_and_circles_of_styles_end() -> None:
    styles = (
        "<w:style w:styleId='H1'><w:name w:val='heading 1'/><w:basedOn w:val='Mine'/></w:style>"
        "<w:style w:styleId='Mine'><w:name w:val='Section'/><w:basedOn w:val='H1'/></w:style>"
        "<w:style w:styleId='A'><w:basedOn w:val='B'/></w:style><w:style w:styleId='B'><w:basedOn w:val='A'/></w:style>"
    )
    later = p(r("Later"), properties="<w:pStyle w:val='Mine'/>") + p(r("P01: two"), properties="<w:pStyle w:val='A'/>")
    draft = read(p(r("Interviewer: one")) + later + p(r("Interviewer: three")), styles=styles)
    assert [turn.kind.value for turn in draft.turns] == ["speech", "excluded", "speech", "speech"]

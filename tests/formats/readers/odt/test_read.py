"""OpenDocument texts: what counts as words, notes, tables, bold labels, and files that are broken or hostile."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from odfdo import Document, Paragraph

from fwanalysis.domain.sources import TurnKind
from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.options import Limits, ReadOptions
from fwanalysis.formats.readers.odt.read import read as read_document
from fwanalysis.formats.readers.registry import read_source
from tests.formats.docx_files import messages, packed

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis.domain.importing import ParsedSource

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = " ".join(
    f'xmlns:{prefix}="{ODF}{rest}:1.0"'
    for prefix, rest in (
        *(("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"), ("style", "style")),
        ("fo", "xsl-fo-compatible"),
    )
)
KIND = "application/vnd.oasis.opendocument.text"


def content(body: str, styles: str = "") -> str:
    return (
        f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def odt(body: str, styles: str = "", **members: str | bytes) -> bytes:
    return packed({"mimetype": KIND, "content.xml": content(body, styles), **members})


def read(body: str, styles: str = "", **members: str | bytes) -> ParsedSource:
    return read_source("P01.odt", odt(body, styles, **members))


def p(words: str, style: str = "Standard") -> str:
    return f"<text:p text:style-name='{style}'>{words}</text:p>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (p("one") + p("") + p("two"), "one\n\ntwo"),
        (p("  \n a  b\t\r\n c "), "a b c"),
        (p("a <text:span> b</text:span>c <text:span/> d"), "a bc d"),
        (p("a<text:s/><text:s text:c='2'/>b<text:tab/>c<text:line-break/>d"), "a   b\tc\nd"),
        (p("a <text:s/> b"), "a   b"),
        (p("a<text:s text:c='odd'/>b"), "a b"),
        (p("see <text:a>the <text:span>link</text:span></text:a>, page <text:page-number>7</text:page-number>"),
         "see the link, page 7"),
        (p("<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text></text:ruby>"), "漢"),
        (p("a<text:bookmark/><text:soft-page-break/>b<!-- no -->c<?no?>"), "abc"),
        (p("a\u00a0b\u00ad 🙂 e\u0301 \u200d \u2028 \u0085"), "a\u00a0b\u00ad 🙂 e\u0301 \u200d \u2028 \u0085"),
        ("<text:h>Head</text:h><text:section>" + p("in") + "</text:section>", "Head\nin"),
        (f"<text:list><text:list-item>{p('one')}<text:list><text:list-item>{p('two')}</text:list-item></text:list>"
         f"</text:list-item><text:list-header>{p('three')}</text:list-header></text:list>", "one\ntwo\nthree"),
        ("<text:table-of-content><text:table-of-content-source/><text:index-body><text:index-title>" + p("Contents")
         + "</text:index-title>" + p("Head<text:tab/>1") + "</text:index-body></text:table-of-content>",
         "Contents\nHead\t1"),
        (p("a<script>no</script><text:script>no</text:script><text:hidden-text>no</text:hidden-text>b"), "ab"),
    ],
)  # fmt: skip
def test_the_text_is_what_a_reader_of_the_document_sees(body: str, text: str) -> None:
    assert read(body).text == text


@given(st.lists(st.text(st.sampled_from("ab \t\n\r\u00a0🙂"), max_size=12), min_size=1, max_size=6))
def test_white_space_is_collapsed_as_if_the_paragraph_were_one_string(pieces: list[str]) -> None:
    escaped = [piece.replace("\r", "&#13;") for piece in pieces]
    inline = "".join(f"<text:span>{piece}</text:span>" if at % 2 else piece for at, piece in enumerate(escaped))
    assert read(p("words") + p(inline)).text == "words\n" + re.sub("[ \t\r\n]+", " ", "".join(pieces)).strip(" ")


def table(*rows: tuple[str, ...]) -> str:
    lines = ("".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in row) for row in rows)
    return f"<table:table>{''.join(f'<table:table-row>{line}</table:table-row>' for line in lines)}</table:table>"


def test_tables_are_read_row_by_row_with_tabs_between_cells() -> None:
    head = "<table:table-column/><table:table-header-rows><table:table-row><table:table-cell>" + p("head")
    head += "</table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows>"
    rows = table((p("a"), p("b") + p("c")), (table((p("x"), p("y"))), "")).replace(
        "<table:table>", f"<table:table>{head}", 1
    )
    assert read(p("above") + rows + p("below")).text == "above\nhead\t\na\tb\nc\nx\ty\t\nbelow"


def test_a_cell_that_spans_columns_is_one_cell_and_one_that_rows_span_is_empty() -> None:
    row = "<table:table-cell table:number-columns-spanned='3'>{}</table:table-cell>" + "<table:covered-table-cell/>" * 2
    rows = table((p("a"), p("b"), p("c"))).replace("<table:table-row>", f"<table:table-row>{row.format(p('all'))}"
        "</table:table-row><table:table-row><table:covered-table-cell/>")  # fmt: skip
    assert read(rows).text == "all\n\ta\tb\tc"


def test_a_row_that_is_said_to_be_repeated_is_read_once() -> None:
    rows = table((p("a"),)).replace("<table:table-row>", "<table:table-row table:number-rows-repeated='999999999'>")
    assert read(rows).text == "a"


def test_a_table_of_turns_has_a_turn_a_row() -> None:
    said = [("Speaker", "Text"), ("Interviewer", "So?"), ("P01", "Yes."), ("", "And more."), ("Interviewer", "Mm.")]
    draft = read(table(*((p(label), p(words)) for label, words in said)))
    assert draft.speaker_format == "rows"
    assert [turn.label for turn in draft.turns if turn.kind is TurnKind.SPEECH] == ["Interviewer", "P01", "Interviewer"]


def style(name: str, family: str, properties: str = "", parent: str = "") -> str:
    based = f" style:parent-style-name='{parent}'" if parent else ""
    return (
        f"<style:style style:name='{name}' style:family='{family}'{based}>"
        f"<style:text-properties {properties}/></style:style>"
    )


@pytest.mark.parametrize("weight", ["bold", "700"])
def test_a_bold_beginning_of_a_line_is_a_label(weight: str) -> None:
    styles = style("T1", "text", f"fo:font-weight='{weight}'") + style("T2", "text", parent="T1")
    asked, said = (
        "<text:span text:style-name='T1'>Interviewer</text:span>",
        "<text:span text:style-name='T2'>P01</text:span>",
    )
    draft = read(p(f"{asked} So?") + p(f"{said} Yes.<text:line-break/>{asked} Why?") + p(f"{said}: So."), styles)
    assert draft.speaker_format == "bold-label"
    assert [(turn.label, draft.text[turn.start : turn.end]) for turn in draft.turns] == [
        ("Interviewer", "So?"),
        ("P01", "Yes."),
        ("Interviewer", "Why?"),
        ("P01", "So."),
    ]


def test_bold_styles_may_have_names_and_what_is_light_in_a_bold_paragraph_is_not_bold() -> None:
    named = f"<office:document-styles {NAMES}><office:styles>" + style("Strong", "text", "fo:font-weight='bold'")
    named += style("Bold", "paragraph", "fo:font-weight='bold'") + "</office:styles></office:document-styles>"
    light = style("T1", "text", "fo:font-weight='normal'")
    body = p("P01 <text:span text:style-name='T1'>Yes.</text:span>", "Bold") * 2
    body += p("<text:span text:style-name='Strong'>Interviewer</text:span> So?")
    draft = read(body, light, **{"styles.xml": named})
    assert [turn.label for turn in draft.turns] == ["P01", "P01", "Interviewer"]


def test_headings_and_titles_are_preamble_or_set_aside() -> None:
    titled = style("P1", "paragraph", parent="Title") + style("Title", "paragraph")
    body = p("Interview", "P1") + p("Interviewer: one") + "<text:h>Later</text:h>" + p("P01: two") + p("Interviewer: x")
    kinds = [turn.kind.value for turn in read(body, titled).turns]
    assert kinds == ["preamble", "speech", "excluded", "speech", "speech"]


def note(kind: str, words: str) -> str:
    return (
        f"<text:note text:note-class='{kind}'><text:note-citation>9</text:note-citation>"
        f"<text:note-body>{words}</text:note-body></text:note>"
    )


def test_notes_are_marked_and_come_below_the_text_as_nobodys_words() -> None:
    noted = f"Very{note('endnote', p('The end.'))} cold{note('footnote', p('Below') + p('zero.'))}."
    draft = read(p(noted))
    assert draft.text == "Very[endnote 1] cold[footnote 1].\n[footnote 1] Below zero.\n[endnote 1] The end."
    draft = read(p("Interviewer: Cold?") + p(f"P01: {noted}") + p("Interviewer: Ah."))
    last = draft.turns[-2:]
    assert [turn.kind for turn in last] == [TurnKind.EXCLUDED] * 2
    assert [draft.text[turn.start : turn.end] for turn in last] == ["[footnote 1] Below zero.", "[endnote 1] The end."]


def test_annotations_are_out_and_counted() -> None:
    draft = read(p(f"a<office:annotation>{p('Really?')}</office:annotation>b<office:annotation-end/>"))
    assert (draft.text, messages(draft)) == ("ab", ["1 comment was left out of the text."])


def test_tracked_deletions_are_out_and_changes_counted() -> None:
    changes = "".join(
        f"<text:changed-region><text:{name}>{words}</text:{name}></text:changed-region>"
        for name, words in (("deletion", p("gone")), ("insertion", ""), ("format-change", ""))
    )
    draft = read(
        f"<text:tracked-changes>{changes}</text:tracked-changes>"
        + p("a<text:change text:change-id='1'/><text:change-start text:change-id='2'/>b<text:change-end/>")
    )
    assert draft.text == "ab"
    assert messages(draft)[0].startswith("Tracked changes: 1 insertion read, 1 deletion left out;")


def test_text_boxes_and_shapes_come_below_their_paragraph_and_pictures_are_counted() -> None:
    boxes = (
        f"<draw:frame><draw:text-box>{p('in a box')}</draw:text-box></draw:frame>"
        f"<draw:g><draw:custom-shape>{p('in a shape')}</draw:custom-shape></draw:g>"
        "<draw:frame><draw:image/></draw:frame>"
    )
    draft = read(p(f"before {boxes}after") + p("below"))
    assert draft.text == "before after\nin a box\nin a shape\nbelow"
    assert messages(draft) == ["1 picture was not read."]
    assert read(p(boxes)).text == "in a box\nin a shape"


def test_numbers_of_lists_are_no_words_but_told() -> None:
    lists = (
        "<text:list-style style:name='L1'><text:list-level-style-number text:level='1' style:num-format='1'/>"
        "<text:list-level-style-bullet text:level='2'/></text:list-style>"
    )
    inner = f"<text:list><text:list-item>{p('b')}</text:list-item></text:list>"
    item = f"<text:list-item><text:number>1</text:number>{p('a')}{p('more')}{inner}</text:list-item>"
    draft = read(f"<text:list text:style-name='L1'>{item}</text:list>", lists)
    assert draft.text == "a\nmore\nb"
    assert messages(draft) == ["1 paragraph has automatic list numbers, which are not part of the text."]


def test_hidden_words_are_read_and_told() -> None:
    hidden = style("H", "text", "text:display='none'") + style("S", "text", "text:display='true'", "H")
    section = f"<text:section text:display='none'>{p('b')}</text:section>"
    spans = "<text:span text:style-name='H'>a</text:span> <text:span text:style-name='S'>shown</text:span>"
    draft = read(p(spans) + section, hidden)
    assert draft.text == "a shown\nb"
    assert messages(draft) == ["2 passages of hidden text were included in the text."]


def test_symbols_among_words_are_read_as_what_their_font_shows() -> None:
    fonts = style("T", "text", "style:font-name='Symbol'") + style("P", "paragraph", "fo:font-family='Wingdings'")
    draft = read(p("a <text:span text:style-name='T'><text:a>\uf061\uf0ae</text:a></text:span> \uf0fc", "P"), fonts)
    assert (draft.text, messages(draft)) == ("a α→ ✓", [])
    draft = read(p("a \uf061"))
    assert draft.text == "a \uf061"
    assert messages(draft) == ["1 symbol of special fonts could not be identified and may show as boxes."]


def refused(data: bytes, options: ReadOptions | None = None) -> str:
    with pytest.raises(UnreadableFile) as error:
        read_source("P01.odt", data, options=options or ReadOptions())
    said = str(error.value)
    assert said.startswith("P01.odt ")
    assert said.endswith(".")
    assert "\n" not in said
    return said


def test_protected_documents_are_refused() -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    assert "protected by a password" in refused(odt(p("a"), **{"META-INF/manifest.xml": manifest}))
    assert "protected by a password" in refused(packed({"mimetype": KIND, "encrypted-package": b"x"}))


def test_other_kinds_of_documents_are_named() -> None:
    sheet = "application/vnd.oasis.opendocument.spreadsheet"
    assert f"“{sheet}”" in refused(packed({"mimetype": sheet, "content.xml": content("")}))
    assert "“a b”" in refused(packed({"mimetype": "a\nb\x00"}))
    assert "no part content.xml" in refused(packed({"mimetype": KIND}))
    assert "content.xml has no text" in refused(packed({"mimetype": KIND, "content.xml": "<x/>"}))
    assert "holds no words" in refused(odt(p("")))


def test_broken_documents_are_refused() -> None:
    data = odt(p("words " * 100))
    for length in (len(data) // 2, len(data) - 30, 60):
        assert "damaged or was cut short" in refused(data[:length])
    assert "content.xml is not well-formed" in refused(packed({"mimetype": KIND, "content.xml": "<x"}))
    assert "styles.xml is not well-formed" in refused(odt(p("a"), **{"styles.xml": "<"}))


def test_declarations_are_refused_and_nothing_they_name_is_loaded(tmp_path: Path) -> None:
    outside = tmp_path / "outside.dtd"
    outside.write_text("<!ENTITY a 'loaded'>")
    for declared in (f"<!DOCTYPE d SYSTEM '{outside.as_uri()}'>", "<!DOCTYPE d [<!ENTITY a 'aaaa'>]>"):
        for name in ("content.xml", "styles.xml"):
            members = {"mimetype": KIND, "content.xml": content(p("a")), "styles.xml": "<x/>"}
            members[name] = declared + members[name]
            assert f"document type declaration (DOCTYPE) in {name}" in refused(packed(members))


def test_tables_in_tables_beyond_the_limit_are_refused() -> None:
    body = p("deep")
    for _ in range(10):
        body = table((body,))
    assert read(body).text == "deep"
    assert "tables nested over 9 deep" in refused(odt(body), ReadOptions(limits=Limits(nesting=9)))


@pytest.mark.parametrize("depth", [70, 2_000, 200_000])
@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<text:section>", "</text:section>"),
        ("<text:list>", "</text:list>"),
        ("<text:p>", "</text:p>"),
        ("<draw:g>", "</draw:g>"),
        ("<text:p><draw:rect>", "</draw:rect></text:p>"),
        ("<text:p><text:note text:note-class='footnote'><text:note-body>", "</text:note-body></text:note></text:p>"),
    ],
)
def test_elements_in_one_another_never_end_in_a_crash(opening: str, closing: str, depth: int) -> None:
    times = depth // opening.count("<")
    data = odt(p("words") + opening * times + closing * times)
    if depth < 256:
        assert read_source("P01.odt", data).text.startswith("words")
    else:
        assert "nested over 256 deep" in refused(data)


def test_a_document_that_asks_for_a_million_spaces_is_refused() -> None:
    assert "over 1,000,000 spaces" in refused(odt(p("a<text:s text:c='999999'/>" * 3)))
    assert read(p("a<text:s text:c='99999999999999999999'/>b")).text == "a b"


PLAIN = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=20)


@given(
    st.lists(st.lists(PLAIN | st.sampled_from(["\t", "\n", " ", "  ", "P01: "]), max_size=4).map("".join), max_size=8)
)
def test_what_odfdo_writes_is_read_as_it_was_given(paragraphs: list[str]) -> None:
    document = Document("text")
    document.body.clear()
    for words in paragraphs:
        document.body.append(Paragraph(words))
    held = io.BytesIO()
    document.save(held)
    assert read_document("P01.odt", held.getvalue()).text == "\n".join(paragraphs)

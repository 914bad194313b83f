"""All formats of a chart hold the same cells: each file is read with code that shares nothing with its writer."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import docx
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from fwanalysis.domain.chart_document import ChartDocument, DocumentCell, DocumentQuote
from fwanalysis.domain.matrix import CellContent, Layout
from fwanalysis.formats.charts.delimited import write_csv, write_tsv
from fwanalysis.formats.charts.docx import write_docx
from fwanalysis.formats.charts.html import write_html
from fwanalysis.formats.charts.json import write_json
from fwanalysis.formats.charts.xlsx import write_xlsx
from tests.formats.charts.documents import ABOUT, column, row, written

if TYPE_CHECKING:
    from collections.abc import Callable

    Shown = tuple[str, str, list[str]]
    """State, summary and quotations of a cell, without white space."""
    Cells = dict[tuple[str, str], Shown]

ROWS = (row("P01", "Birch"), row("=P02|x", None), row("FG1 – ليلى", "Cedar", level="group"))
COLUMNS = (
    column("own", "Trust", "", own=True),
    column("sheds", "Trust", "Sheds"),
    column("water", "Trust", "Water"),
    column("work", "Work", ""),
)
WRITTEN = ("draft", "checked", "not applicable")
EMPTY = ("nothing said", "not charted", "no evidence")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PIECES = (
    *("They share (P01:3).", "“all of it” (P01:4)", "=SUM(A1)", "-5 °C", "<b>bold</b>", "a|b", '"quoted", then'),
    *("漢字 e\u0301 \U0001f469\U0001f3fd\u200d\U0001f33e", "قالت إنها تثق بهم"),
    *("[R: check this]", "[checked]", "Evidence:", "[not charted]", "it's so; so"),
)
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).flatmap(
    lambda pieces: st.lists(st.sampled_from([" ", "\n", "\n\n"]), min_size=len(pieces), max_size=len(pieces)).map(
        lambda gaps: "".join(piece + gap for piece, gap in zip(pieces, gaps, strict=True)).strip()
    )
)
quotes = st.lists(
    st.tuples(
        st.sampled_from(["(P01:2)", "(=P02|x:7)", "(FG1:3–4)"]),
        st.sampled_from(["we share all", "“never” again", "أثق بهم", "=1+1", "<i>so</i>", "- no", "a, b; c"]),
        st.sampled_from(["for", "against", "mixed"]),
        st.sampled_from(["", "ironic?", "said; twice"]),
    ),
    max_size=3,
    unique_by=lambda item: item[:2],
)
stale = st.lists(st.sampled_from(["1 coding added", "definition of the code changed"]), max_size=2, unique=True)


@st.composite
def cells(draw: Callable[[Any], Any]) -> DocumentCell:
    state = draw(st.sampled_from(WRITTEN + EMPTY))
    found = [] if state == "no evidence" else draw(quotes)
    return written(
        draw(texts) if state in WRITTEN else "",
        state,
        stale=tuple(draw(stale)) if state not in EMPTY[1:] else (),
        author="Ada" if state not in EMPTY[1:] else "",
        written_at="2026-11-30T09:00:00+00:00" if state not in EMPTY[1:] else "",
        segments=len(found),
        quotes=tuple(
            DocumentQuote(
                f"coding-{at}-{reference}-{words}", reference, words, "", "", "S", "A", "Trust", stance, note, "Ada"
            )
            for at, (reference, words, stance, note) in enumerate(found)
        ),
    )


def plain(text: str) -> str:
    """Return a text without white space, which formats set in their own ways."""
    return "".join(text.split())


def expected(document: ChartDocument) -> Cells:
    """Return the cells of a document by the labels of row and column."""
    return {
        (row.label, column.label): (
            cell.state,
            plain(cell.text),
            [plain(f"“{quote.quote}” {quote.reference}") for quote in cell.quotes],
        )
        for row, in_row in zip(document.rows, document.cells, strict=True)
        for column, cell in zip(document.columns, in_row, strict=True)
    }


EVIDENCE = ".//details[@class='evidence']//li"
_STATE_LINE = re.compile(
    r"\[(draft|checked|nothing said|not applicable|not charted|no evidence)?"
    r"(?:: (.*?))?(?:; )?(?:out of date: .*)?\]"
)


def of_text(text: str) -> Shown:
    """Return what the text of a cell in a grid says."""
    lines = text.split("\n")
    places = [at for at, line in enumerate(lines) if line == "Evidence:"]
    head, evidence = (lines[: places[-1]], lines[places[-1] + 1 :]) if places else (lines, [])
    state, reason = "draft", ""
    if head and (found := _STATE_LINE.fullmatch(head[0])):
        state, reason, head = found[1] or "draft", found[2] or "", head[1:]
    quoted = [re.sub(r" \[(for|against|mixed)[^\]]*\]$", "", line) for line in evidence if line]
    return state, plain(reason + "\n".join(head)), list(map(plain, quoted))


def of_wide(data: bytes, delimiter: str) -> Cells:
    header, *lines = csv.reader(io.StringIO(data.decode(), newline=""), delimiter=delimiter)
    return {(line[0], label): of_text(text) for line in lines for label, text in zip(header[2:], line[2:], strict=True)}


def of_long(data: bytes) -> Cells:
    found = {}
    for line in csv.DictReader(io.StringIO(data.decode(), newline="")):
        _, _, evidence = of_text("Evidence:\n" + line["content"]) if line["content"] else ("", "", [])
        found[line["case"], line["theme"]] = (line["state"], plain(line["summary"] + line["reason"]), evidence)
    return found


def of_json(data: bytes) -> Cells:
    chart = json.loads(data)
    return {
        (row["label"], column["label"]): (
            cell["state"],
            plain(cell["text"]),
            [plain(f"“{quote['quote']}” {quote['reference']}") for quote in cell["quotes"]],
        )
        for row, in_row in zip(chart["rows"], chart["cells"], strict=True)
        for column, cell in zip(chart["columns"], in_row, strict=True)
    }


def label_of(theme: str, heading: str) -> str:
    """Return the label of a column from the two lines of its heading."""
    return f"{theme} (itself)" if heading == "(the theme itself)" else heading or theme


def of_xlsx(data: bytes) -> Cells:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        strings = ["".join(item.itertext()) for item in ElementTree.fromstring(package.read("xl/sharedStrings.xml"))]
        sheets = [ElementTree.fromstring(package.read(f"xl/worksheets/sheet{at}.xml")) for at in (1, 2)]
    found: Cells = {}
    for sheet, theme in zip(sheets, ("Trust", "Work"), strict=True):
        grid: dict[tuple[int, str], str] = {}
        for cell in sheet.iter(f"{_MAIN}c"):
            letter, number = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r", "")).groups()  # type: ignore[union-attr]
            value = cell.findtext(f"{_MAIN}v")
            if value is not None:
                grid[int(number), letter] = strings[int(value)] if cell.get("t") == "s" else value
        heading = max(number for (number, letter), text in grid.items() if (letter, text) == ("B", "case"))
        headings = {letter: text for (number, letter), text in grid.items() if number == heading and letter > "C"}
        for (number, letter), name in grid.items():
            if letter == "B" and number > heading:
                for at, text in headings.items():
                    found[name, label_of(theme, "" if text == theme else text)] = of_text(grid.get((number, at), ""))
    return found


def of_docx(data: bytes) -> Cells:
    found = {}
    for table, theme in zip(docx.Document(io.BytesIO(data)).tables, ("Trust", "Work"), strict=False):
        header, *lines = [[cell.text for cell in line.cells] for line in table.rows]
        for name, *shown in lines:
            for heading, text in zip(header[1:], shown, strict=True):
                text = re.sub(r"\n?Ada, 2026-11-30$", "", text)
                found[name.split("\n")[0], label_of(theme, "" if heading == theme else heading)] = of_text(text)
    return found


def of_html(document: ChartDocument, data: bytes) -> Cells:
    root: Any = lxml_html.document_fromstring(data.decode())
    found: Cells = {}
    for at, in_row in enumerate(document.rows):
        for to, in_column in enumerate(document.columns):
            (cell,) = root.xpath(f"//td[@id='c-{at}-{to}']")
            (state,) = cell.xpath(".//p[@class='state']")
            (name,) = [text for text in WRITTEN + EMPTY if re.match(rf"\W*{text}", state.text_content().strip())]
            passages = [(item.xpath(".//q")[0], item.xpath(".//a")[0]) for item in cell.xpath(EVIDENCE)]
            found[in_row.label, in_column.label] = (
                name,
                plain("".join(part.text_content() for part in cell.xpath(".//div[@class='summary']/p"))),
                [plain(f"“{quote.text_content()}” {link.text_content()}") for quote, link in passages],
            )
    return found


@given(grid=st.lists(cells(), min_size=12, max_size=12))
@settings(max_examples=settings().max_examples // 2)
def test_every_format_holds_the_same_states_summaries_and_quotations(grid: list[DocumentCell]) -> None:
    document = ChartDocument(
        "Trust", ABOUT, ("site",), ROWS, COLUMNS, tuple(tuple(grid[at : at + 4]) for at in (0, 4, 8))
    )
    same = expected(document)
    both = CellContent.BOTH
    assert of_wide(write_csv(document, both, guard=False).data, ",") == same
    assert of_wide(write_tsv(document, both, guard=False).data, "\t") == same
    assert of_long(write_csv(document, CellContent.QUOTES, layout=Layout.LONG, guard=False).data) == same
    assert of_json(write_json(document).data) == same
    assert of_xlsx(write_xlsx(document, both).data) == same
    assert of_docx(write_docx(document, both).data) == same
    assert of_html(document, write_html(document)) == same

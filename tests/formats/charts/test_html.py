"""The HTML report holds the whole chart, escaped, and can be read without JavaScript, by keyboard and screen reader."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from lxml import html as lxml_html

from fwanalysis.formats.charts.html import MARKS, write_html
from tests.formats.charts.documents import NASTY
from tests.formats.charts.html_documents import HOSTILE, SVG, chart_document

DOCUMENT = chart_document()
PAGE = write_html(DOCUMENT).decode()
ROOT: Any = lxml_html.document_fromstring(PAGE)
PLACES = [(row, column) for row in range(len(DOCUMENT.rows)) for column in range(len(DOCUMENT.columns))]


def words(element: Any) -> str:
    """The text of an element with single spaces."""
    return " ".join(element.text_content().split())


def only(root: Any, path: str) -> Any:
    """The single element that a path finds."""
    [found] = root.xpath(path)
    return found


def cell_at(row: int, column: int) -> Any:
    return only(ROOT, f"//td[@id='c-{row}-{column}']")


@pytest.mark.parametrize(("row", "column"), PLACES)
def test_each_cell_has_its_state_its_reasons_its_text_and_its_author(row: int, column: int) -> None:
    cell = DOCUMENT.cells[row][column]
    shown = cell_at(row, column)
    state = only(shown, ".//p[@class='state']")
    assert words(state).startswith(f"{MARKS[cell.state].shape} {cell.state}")
    assert ("out of date" in words(state)) == bool(cell.stale)
    assert ("disagreement" in words(state)) == bool(cell.disagreement)
    assert [words(reason) for reason in shown.xpath(".//ul[@class='reasons']/li")] == list(cell.stale)
    summary = "".join(part.text_content() for part in shown.xpath(".//div[@class='summary']/p"))
    assert "".join(summary.split()) == "".join(cell.text.split())
    for text in (cell.author, cell.affirmation, cell.disagreement):
        assert text in words(shown)
    times = shown.xpath(".//p[@class='byline']/time")
    assert [(time.get("datetime"), time.text) for time in times] == (
        [(cell.written_at, "2026-11-30 14:02 UTC")] if cell.written_at else []
    )


def test_counts_of_a_cell_say_how_many_codings_speak_for_and_against() -> None:
    counts = only(cell_at(2, 1), ".//p[@class='counts']")
    assert words(counts) == "1 for, 1 against; 2 segments of 1 person, 13 words"


@pytest.mark.parametrize(("row", "column"), PLACES)
def test_each_cell_lists_its_passages_with_links_to_their_context(row: int, column: int) -> None:
    items = cell_at(row, column).xpath(".//details[@class='evidence']//li")
    quotes = DOCUMENT.cells[row][column].quotes
    assert [(only(item, "q").text_content(), words(only(item, "a"))) for item in items] == [
        (quote.quote, quote.reference) for quote in quotes
    ]
    for item, quote in zip(items, quotes, strict=True):
        passage = only(ROOT, f"//li[@id='{only(item, 'a').get('href')[1:]}']")
        assert only(passage, ".//blockquote").text_content() == quote.before + quote.quote + quote.after
        assert only(passage, ".//blockquote/mark").text_content() == quote.quote
        for text in (quote.source, quote.speaker, quote.code, quote.stance, quote.note, quote.coder):
            assert text in words(passage)
        assert f"#c-{row}-{column}" in passage.xpath(".//p[@class='uses']/a/@href")


def test_a_passage_with_two_codings_is_shown_once_and_links_to_both_cells() -> None:
    [passage] = [item for item in ROOT.xpath("//section[@id='evidence']//li[@id]") if "(P04:12)" in words(item)]
    assert [words(coding) for coding in passage.xpath(".//ul[@class='codings']/li")] == [
        "Effort > Cost for coded by Ada",
        "Effort > Time for coded by Ben",
    ]
    links = passage.xpath(".//p[@class='uses']/a")
    assert [(link.get("href"), words(link)) for link in links] == [
        ("#c-2-1", "P04 · Effort: Cost"),
        ("#c-2-2", "P04 · Effort: Time"),
    ]


def test_the_script_finds_the_codings_that_belong_to_a_cell() -> None:
    codings = {
        coding.get("data-coding"): words(coding) for coding in ROOT.xpath("//section[@id='evidence']//li[@data-coding]")
    }
    [entry] = cell_at(2, 2).get("data-evidence").split()
    assert codings[entry.partition(":")[2]] == "Effort > Time for coded by Ben"
    assert cell_at(1, 0).get("data-evidence") is None


def test_kinds_of_writing_are_different_elements() -> None:
    summary = only(cell_at(2, 1), ".//div[@class='summary']")
    assert [words(part) for part in summary.xpath(".//q[@class='verbatim']")] == [
        "“I did the whole of it myself”",
        '"quoted"',
    ]
    assert [words(part) for part in summary.xpath(".//span[@class='comment']")] == ["[R: compare <P10>; see (P10:3)]"]
    marks = summary.xpath(".//span[contains(@class, 'stress')]")
    assert [(mark.text, mark.get("aria-label")) for mark in marks] == [
        ("*", "quotable"),
        ("!", "contradicts the theme"),
    ]


def test_a_reference_leads_to_the_passage_and_one_without_a_passage_is_text() -> None:
    summary = only(cell_at(2, 1), ".//div[@class='summary']")
    links = {words(link): link.get("href")[1:] for link in summary.xpath(".//a")}
    assert set(links) == {"P04:12", "P04:14"}
    assert "it was no trouble at all" in words(only(ROOT, f"//li[@id='{links['P04:14']}']"))
    assert "(P99:1)" in [words(part) for part in summary.xpath(".//span[@class='reference']")]


def test_nothing_is_loaded_from_anywhere() -> None:
    assert ROOT.xpath("//@src | //@srcset | //@action | //@data | //@background | //@style") == []
    assert [name for name in ("link", "iframe", "object", "embed", "img", "base") if ROOT.xpath(f"//{name}")] == []
    assert [link for link in ROOT.xpath("//@href") if not link.startswith("#")] == []
    assert not re.search(r"url\(|@import", only(ROOT, "//style").text)
    assert not re.search(r"fetch\(|XMLHttpRequest|WebSocket|import[ (]|eval\(|//[a-z]+\.", only(ROOT, "//script").text)
    assert re.findall(r"\b(?:https?:|ftp:|//)[^\s\"'<]+", PAGE.replace(SVG, "").partition("<script>")[0]) == []


def test_hostile_text_is_text() -> None:
    assert HOSTILE in cell_at(2, 1).text_content()
    assert HOSTILE in only(ROOT, "//section[@id='evidence']").text_content()
    assert len(ROOT.xpath("//script")) == 1
    assert PAGE.count("<script") == PAGE.count("</script") == 1
    assert [name for name in ROOT.xpath("//@*[starts-with(name(), 'on')]")] == []
    assert not any(link.lower().startswith("javascript") for link in ROOT.xpath("//@href"))


def test_the_policy_allows_only_the_style_and_the_script_of_the_page() -> None:
    policy = only(ROOT, "//meta[@http-equiv='Content-Security-Policy']").get("content")

    def digest(name: str) -> str:
        text = PAGE.partition(f"<{name}>")[2].partition(f"</{name}>")[0]
        assert len(text) > 1000
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest('style')}'; script-src 'sha256-{digest('script')}'; "
        "base-uri 'none'; form-action 'none'"
    )
    before = PAGE.partition("Content-Security-Policy")[0]
    assert "<style" not in before
    assert "<script" not in before


def test_ids_are_unique_and_everything_that_refers_to_one_finds_it() -> None:
    ids = ROOT.xpath("//@id")
    assert len(ids) == len(set(ids)) > 20
    named = [
        name for names in ROOT.xpath("//@aria-labelledby | //@for | //@aria-describedby") for name in names.split()
    ]
    assert set(named) - {"reading-heading"} <= set(ids)  # the script makes the reading section with its heading
    assert {link[1:] for link in ROOT.xpath("//@href")} <= set(ids)


def test_headings_have_one_title_and_skip_no_level() -> None:
    levels = [int(heading.tag[1]) for heading in ROOT.xpath("//*[self::h1 or self::h2 or self::h3 or self::h4]")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert levels[0] == 1


def test_every_control_has_a_label() -> None:
    controls = ROOT.xpath("//input | //select | //textarea")
    assert len(controls) > 10
    for control in controls:
        labels = [label for label in ROOT.xpath("//label") if control in label.iter()]
        labels += ROOT.xpath(f"//label[@for='{control.get('id')}']") if control.get("id") else []
        assert [label for label in labels if words(label)] != []
    assert [button for button in ROOT.xpath("//button") if not words(button)] == []
    assert [fieldset for fieldset in ROOT.xpath("//fieldset") if not words(only(fieldset, "legend"))] == []


def test_tables_have_captions_and_every_heading_has_a_scope() -> None:
    for table in ROOT.xpath("//table"):
        assert words(only(table, "caption"))
    assert [heading for heading in ROOT.xpath("//th") if heading.get("scope") is None] == []
    rows = ROOT.xpath("//tr[@class='row']")
    assert [row for row in rows if row[0].tag != "th" or row[0].get("scope") != "row"] == []
    assert len(rows) == len(DOCUMENT.rows) * 2


def test_each_theme_has_a_chart_with_two_lines_of_headings() -> None:
    charts = ROOT.xpath("//table[@class='chart']")
    heads = [
        [
            [(words(head), head.get("colspan")) for head in line if "attribute" not in head.get("class")]
            for line in lines
        ]
        for lines in (chart.xpath("thead/tr") for chart in charts)
    ]
    assert heads == [
        [[("Case", None), ("Effort", "3")], [("the theme itself", None), ("Cost", None), ("Time", None)]],
        [[("Case", None), ("Trust", "1")], [("the whole theme", None)]],
    ]


def test_themes_without_sub_themes_share_one_chart() -> None:
    columns = tuple(
        replace(column, own=False, theme=f"Theme {number}", heading="")
        for number, column in enumerate(DOCUMENT.columns)
    )
    root: Any = lxml_html.document_fromstring(write_html(replace(DOCUMENT, columns=columns)))
    lines = only(root, "//table[@class='chart']").xpath("thead/tr")
    assert [[words(head) for head in line.xpath("th[contains(@class, 'code')]")] for line in lines] == [
        ["Theme 0", "Theme 1", "Theme 2", "Theme 3"]
    ]


def test_bands_are_headings_of_groups_of_rows_and_only_changed_levels_are_repeated() -> None:
    bands = (("North", "Birch"), ("North", "Cedar"), ("South", "Cedar"), ("South", "Cedar"))
    rows = tuple(replace(row, bands=band) for row, band in zip(DOCUMENT.rows, bands, strict=True))
    root: Any = lxml_html.document_fromstring(write_html(replace(DOCUMENT, rows=rows)))
    lines = root.xpath("//table[@id='chart-0']/tbody/tr")
    assert [words(line[0]) for line in lines] == [
        *("North", "Birch", "P10 person", "Cedar", "P02 person", "South", "Cedar", "P04 person", "FG1 group"),
    ]
    assert {head.get("scope") for head in root.xpath("//tr[starts-with(@class, 'band')]/th")} == {"rowgroup"}


def test_attributes_are_shown_and_unknown_ones_say_so() -> None:
    row = only(ROOT, "//table[@id='chart-0']//tr[@data-row='1']")
    assert [words(cell) for cell in row.xpath("td[contains(@class, 'attribute')]")] == ["unknown", "Birch", "9"]
    heads = ROOT.xpath("//table[@id='chart-0']//th[contains(@class, 'attribute')]")
    assert [(words(head), head.get("data-numeric") is not None) for head in heads] == [
        ("role", False),
        ("site", False),
        ("months", True),
    ]


def test_values_to_filter_by_are_offered_once_and_numbers_have_bounds() -> None:
    role, site, months = ROOT.xpath("//fieldset[@data-attribute]")
    assert [box.get("data-value") for box in role.xpath(".//input")] == ["=doctor & <nurse>", "=nurse", ""]
    assert [box.get("data-value") for box in site.xpath(".//input")] == ["=Birch", "=Cedar"]
    assert [box.get("data-bound") for box in months.xpath(".//input")] == ["from", "to"]


def test_facts_question_and_legend_are_shown() -> None:
    about = {words(fact[0]): words(fact[1]) for fact in ROOT.xpath("//dl[@class='facts']/div")}
    assert about["date"] == "2026-12-01"
    assert about["filters"] == f"site is Birch or Cedar; {HOSTILE}"
    assert "empty" not in about
    assert words(only(ROOT, "//p[@class='question']")) == "What does it cost to take part?"
    legend = [words(entry) for entry in ROOT.xpath("(//ul[@class='legend'])[1]/li")]
    assert [line.partition(" cell")[0] for line in legend] == [
        *("✓ checked 2", "✎ draft 2", "∅ nothing said 2", "⊘ not applicable 1", "○ not charted 1", "· no evidence 8"),
        *("▲ out of date 1", "≠ disagreement 1"),
    ]


def test_figures_have_their_picture_and_their_table() -> None:
    figure = only(ROOT, "//section[@class='figure']")
    assert SVG in PAGE
    assert only(figure, ".//*[local-name()='svg']").get("aria-label") == "Passages per code"
    lines = figure.xpath(".//table//tr")
    assert [[words(cell) for cell in line] for line in lines] == [["code", "n"], ["Cost", "2"], [HOSTILE, ""]]


def test_abstraction_is_nested_and_what_is_not_sorted_says_so() -> None:
    tree = only(ROOT, "//section[@id='abstraction']/ul")
    assert [words(item) for item in tree.xpath("li/span[@class='item']")] == ["burden", "denies <it>"]
    assert words(only(tree, "li[1]/ul/li/span[@class='item']")) == "who does it"
    assert "Cases: P04" in words(only(tree, "li[1]/ul/li/ul/li"))
    assert [words(only(mark, "../span[@class='item']")) for mark in tree.xpath(".//em[@class='unsorted']")] == [
        "denies <it>"
    ]


def test_definitions_say_what_is_included_excluded_and_counts_against() -> None:
    definition = only(ROOT, "//section[@id='d-1']")
    assert {words(fact[0]): words(fact[1]) for fact in definition.xpath(".//dl/div")} == {
        "Kind": "sensitizing",
        "Definition": "What it costs <those> who take part.",
        "Include": "Time that is not paid",
        "Exclude": "Costs of the clinic",
        "Counts against": "It is said to cost nothing",
    }


def test_text_of_people_chooses_its_own_direction() -> None:
    assert only(cell_at(1, 2), ".//div[@class='summary']/p").get("dir") == "auto"
    assert {quote.get("dir") for quote in ROOT.xpath("//blockquote")} == {"auto"}


def test_a_chart_without_rows_or_columns_is_a_page_too() -> None:
    empty = replace(DOCUMENT, rows=(), columns=(), cells=(), attributes=(), figures=(), abstractions=())
    root: Any = lxml_html.document_fromstring(write_html(empty))
    assert words(only(root, "//h1")) == DOCUMENT.title
    assert root.xpath("//table") == []


def test_the_same_chart_gives_the_same_bytes() -> None:
    assert write_html(chart_document()) == PAGE.encode()


def test_the_chart_that_formats_get_wrong_is_whole() -> None:
    root: Any = lxml_html.document_fromstring(write_html(NASTY))
    for row, cells in enumerate(NASTY.cells):
        for column, cell in enumerate(cells):
            shown = only(root, f"//td[@id='c-{row}-{column}']")
            assert cell.state in words(only(shown, ".//p[@class='state']"))
            summary = "".join(part.text_content() for part in shown.xpath(".//div[@class='summary']/p"))
            assert "".join(summary.split()) == "".join(cell.text.split())
    assert {context.text_content() for context in root.xpath("//blockquote")} == {
        quote.before + quote.quote + quote.after for cells in NASTY.cells for cell in cells for quote in cell.quotes
    }

"""The script of the report in a browser: what an address says is shown. Skipped where Chromium is not installed."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html as lxml_html

from fwanalysis.formats.charts.html import write_html
from tests.formats.charts.html_documents import chart_document

if TYPE_CHECKING:
    from pathlib import Path

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="needs Chromium")

Opened = Any
"""The page after its script has run, as lxml reads it."""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_bytes(write_html(chart_document()))
    return path


def opened(report: Path, tmp_path: Path, address: str = "") -> Opened:
    """Open the report at an address and return the page as the script has made it."""
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--virtual-time-budget=5000")
    command = [str(BROWSER), *options, f"--user-data-dir={tmp_path}", "--dump-dom", f"file://{report}{address}"]
    page = subprocess.run(command, capture_output=True, check=True, timeout=120)
    return lxml_html.document_fromstring(page.stdout.decode())


def status(page: Opened) -> str:
    return str(page.xpath("//p[@id='status']")[0].text_content())


def cases(page: Opened) -> list[str]:
    """The cases of the first chart in their order, with the headings of their groups in brackets."""
    found = []
    for line in page.xpath("//table[@id='chart-0']/tbody/tr"):
        label = line.xpath("th//*[contains(@class, 'label')] | self::*[contains(@class, 'band')]/th")[0]
        text = " ".join(label.text_content().split())
        found.append(f"[{text}]" if "band" in line.get("class") else text)
    return found


def test_without_an_address_all_cases_are_shown_and_charts_are_grids(report: Path, tmp_path: Path) -> None:
    page = opened(report, tmp_path)
    assert status(page) == "Showing 4 of 4 cases."
    assert cases(page) == ["[Birch]", "P10", "P02", "[Cedar]", "P04", "FG1"]
    assert page.xpath("//table[@class='chart']/@role") == ["grid", "grid"]
    stops = page.xpath("//table[@class='chart']//*[@tabindex='0']")
    assert [stop.get("id") for stop in stops] == ["c-0-0", "c-0-3"]
    assert len(page.xpath("//section[@id='evidence']//li[@class='passage']")) == 5


def test_an_address_filters_sorts_groups_and_hides(report: Path, tmp_path: Path) -> None:
    address = (
        "#?sort=%3Dmonths&descending=yes&group=%3Drole&is+role=%3Dnurse&is+role=&without=%3Dsite&hide=Effort:+Cost"
    )
    page = opened(report, tmp_path, address)
    assert status(page) == "Showing 3 of 4 cases."
    assert cases(page) == ["[role: nurse (2 cases)]", "P10", "FG1", "[role: unknown (1 case)]", "P02"]
    sorts = page.xpath("//table[@id='chart-0']//th[@aria-sort]")
    assert [(head.get("data-sort"), head.get("aria-sort")) for head in sorts] == [("2", "descending")]
    hidden = page.xpath("//table[@id='chart-0']//th[@hidden]")
    assert [head.get("data-sort") or head.get("id") for head in hidden] == ["1", "h-1"]
    words = [" ".join(item.text_content().split()) for item in page.xpath("//div[@id='applied']//li/span")]
    assert words == ["role: nurse or unknown", "hidden columns: site, Effort: Cost"]


def test_numbers_are_filtered_by_bounds_and_unknown_ones_left_out(report: Path, tmp_path: Path) -> None:
    page = opened(report, tmp_path, "#?from+months=5&to+months=9.5")
    assert cases(page) == ["[Birch]", "P02"]


def test_search_counts_hits_in_summaries_and_in_evidence(report: Path, tmp_path: Path) -> None:
    page = opened(report, tmp_path, "#?q=WHOLE+of+it")
    assert status(page) == "Showing 1 of 4 cases. 2 hits in 2 cells: 1 in summaries, 1 in evidence."
    assert cases(page) == ["[Cedar]", "P04"]
    buttons = page.xpath("//td[@id='c-2-1']/button | //td[@id='c-2-2']/button")
    assert [button.text for button in buttons] == ["2 segments, 1 with hits", "1 segment, 1 with hits"]


def test_search_takes_typographic_quotation_marks_for_straight_ones(report: Path, tmp_path: Path) -> None:
    page = opened(report, tmp_path, "#?q=%22I+did")
    assert cases(page) == ["[Cedar]", "P04"]


def test_states_show_only_cells_that_have_them(report: Path, tmp_path: Path) -> None:
    page = opened(report, tmp_path, "#?state=out-of-date&state=not-charted")
    assert cases(page) == ["[Birch]", "P10", "[Cedar]", "P04"]
    shown = page.xpath("//table[@class='chart']//td[contains(@class, 'cell')][not(contains(@class, 'other'))]/@id")
    assert shown == ["c-0-1", "c-2-1"]


@pytest.mark.parametrize(
    ("address", "heading", "parts"),
    [
        ("#?case=P04", "P04", ["Effort (the theme itself)", "Effort: Cost", "Effort: Time", "Trust"]),
        ("#?code=Trust", "Trust", ["P10", "P02", "P04", "FG1"]),
    ],
)
def test_a_case_is_read_across_and_a_code_down(
    report: Path, tmp_path: Path, address: str, heading: str, parts: list[str]
) -> None:
    page = opened(report, tmp_path, address)
    [reading] = page.xpath("//section[@id='reading']")
    assert reading.xpath("h3[@id='reading-heading']/text()") == [heading]
    assert reading.xpath(".//article/h3/text()") == parts
    assert page.xpath("//div[@id='tables']/@class") == ["away"]


def test_the_address_of_a_cell_opens_its_evidence(report: Path, tmp_path: Path) -> None:
    page = opened(report, tmp_path, "#c-2-1")
    [panel] = page.xpath("//dialog[@open]")
    assert panel.xpath(".//h2/text()") == ["P04 · Effort: Cost"]
    passages = panel.xpath(".//li[@class='passage']")
    assert [passage.xpath(".//blockquote/mark")[0].text for passage in passages] == [
        "I did the whole of it myself",
        "it was no trouble at all",
    ]
    own, others = passages[0].xpath("ul")
    assert [" ".join(item.text_content().split()) for item in own] == ["Effort > Cost for coded by Ada"]
    assert [" ".join(item.text_content().split()) for item in others] == ["Effort > Time for coded by Ben"]
    assert passages[0].xpath(".//@id") == []


def test_hostile_text_makes_no_elements_when_the_script_shows_it(report: Path, tmp_path: Path) -> None:
    page = opened(report, tmp_path, "#c-0-1")
    assert "onerror=alert(1)" in page.xpath("//dialog//blockquote")[0].text_content()
    assert page.xpath("//img") == []
    assert len(page.xpath("//script")) == 1


def test_an_address_of_another_report_changes_nothing(report: Path, tmp_path: Path) -> None:
    page = opened(report, tmp_path, "#?sort=%3Dage&is+height=%3Dtall&hide=Hope&case=P77&state=lost&group=%3Dage")
    assert status(page) == "Showing 4 of 4 cases."
    assert page.xpath("//div[@id='applied']/@hidden") == [""]

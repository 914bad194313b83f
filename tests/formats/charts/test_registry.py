"""The formats of charts."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from fwanalysis.domain.matrix import CellContent, Layout
from fwanalysis.errors import InvalidInput
from fwanalysis.formats.charts.delimited import write_csv
from fwanalysis.formats.charts.docx import write_docx
from fwanalysis.formats.charts.json import write_json
from fwanalysis.formats.charts.markdown import write_markdown
from fwanalysis.formats.charts.registry import CHART_WRITERS, chart_writer, write_chart
from tests.formats.charts.documents import NASTY


def test_the_extension_or_the_name_chooses_the_format() -> None:
    assert write_chart("a.CSV", NASTY) == write_csv(NASTY)
    assert write_chart("a.md", NASTY, content=CellContent.BOTH) == write_markdown(NASTY, CellContent.BOTH)
    assert write_chart("-", NASTY, "json") == write_json(NASTY)
    long = write_csv(NASTY, layout=Layout.LONG, guard=False)
    assert write_chart("a.csv", NASTY, layout=Layout.LONG, guard=False) == long
    assert write_chart("a.docx", NASTY).data[:2] == write_docx(NASTY).data[:2] == b"PK"
    assert write_chart("a.xlsx", NASTY, "nvivo").data != write_chart("a.xlsx", NASTY).data


def test_the_report_for_a_browser_is_written_by_its_extension() -> None:
    written = write_chart("a.html", NASTY)
    assert written.data.lstrip().lower().startswith(b"<!doctype html")
    assert written.warnings == ()


def test_every_format_is_listed_once_and_named_in_an_error() -> None:
    names = [entry.name for entry in CHART_WRITERS]
    assert names == ["csv", "tsv", "xlsx", "docx", "md", "json", "html", "nvivo"]
    with pytest.raises(InvalidInput, match=re.escape('a chart cannot be written as "a.ods"')) as raised:
        chart_writer("a.ods")
    assert ".xlsx" in raised.value.hint
    with pytest.raises(InvalidInput, match=re.escape('no format "ods"')):
        chart_writer("a.csv", "ods")
    with pytest.raises(InvalidInput, match="cannot be written"):
        chart_writer("a")


def test_listing_the_formats_imports_no_library_of_file_formats() -> None:
    code = "import sys, fwanalysis.formats.charts.registry; print({'xlsxwriter', 'docx', 'jinja2'} & {*sys.modules})"
    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert shown.stdout.strip() == "set()"

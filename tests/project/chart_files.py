"""Charts written to files, and edited there as a co-author would, for tests of their import."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from html import escape
from typing import TYPE_CHECKING

from fwanalysis.domain.matrix import CellContent, Layout, MatrixQuery
from fwanalysis.project.matrix.files import write_document

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis.domain.chart_import import ChartComparison
    from fwanalysis.project import Project

ALL = MatrixQuery(all_codes=True)
FORMS: dict[str, tuple[str, dict[str, object]]] = {
    "xlsx": ("chart.xlsx", {}),
    "xlsx summary": ("chart.xlsx", {"content": CellContent.SUMMARY}),
    "wide": ("chart.csv", {}),
    "long": ("chart.csv", {"layout": Layout.LONG}),
    "tsv": ("chart.tsv", {"bom": True}),
    "json": ("chart.json", {}),
    "nvivo": ("chart.xlsx", {"writer": "nvivo"}),
}
"""By form, the name of the file and the options of ``write_document``."""


def exported(project: Project, folder: Path, form: str = "xlsx") -> Path:
    """The chart of all codes as a file."""
    name, options = FORMS[form]
    path = folder / name
    write_document(path, project.matrix.document(ALL), **options)  # type: ignore[arg-type]
    return path


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text everywhere in a file; in a workbook, in the texts of its cells."""
    data = path.read_bytes()
    if path.suffix != ".xlsx":
        assert old.encode() in data
        path.write_bytes(data.replace(old.encode(), new.encode()))
        return
    changed = False
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for item in before.infolist():
            content = before.read(item)
            if item.filename == "xl/sharedStrings.xml" or item.filename.startswith("xl/worksheets/"):
                edited = content.replace(_xml(old), _xml(new))
                changed, content = changed or edited != content, edited
            after.writestr(item, content)
    assert changed
    path.write_bytes(out.getvalue())


def write_in(path: Path, case: str, code: str, text: str) -> None:
    """Write a text in the cell of a case and the name of a code, in a table or in JSON."""
    if path.suffix == ".json":
        chart = json.loads(path.read_text(encoding="utf-8"))
        row = [item["label"] for item in chart["rows"]].index(case)
        column = [item["label"] for item in chart["columns"]].index(code)
        chart["cells"][row][column] |= {"state": "draft", "text": text}
        path.write_text(json.dumps(chart), encoding="utf-8")
        return
    dialect = csv.excel_tab if path.suffix == ".tsv" else csv.excel
    lines = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), dialect))
    header = lines[0]
    for line in lines[1:]:
        if line[header.index("case")] == case and "state" not in header:
            line[header.index(code)] = text
        elif line[header.index("case")] == case and line[header.index("theme")] == code:
            line[header.index("state")], line[header.index("summary")] = "draft", text
    out = io.StringIO(newline="")
    csv.writer(out, dialect).writerows(lines)
    path.write_text(out.getvalue(), encoding="utf-8", newline="")


def _xml(text: str) -> bytes:
    return escape(text, quote=False).encode()


def kinds(comparison: ChartComparison) -> dict[str, str]:
    """How each cell that differs does so, by its label."""
    return {item.label: str(item.kind) for item in comparison.differences}

"""Excel workbooks for tests, as bytes: sheets of values, or any XML where a test wants what Excel never writes."""

from __future__ import annotations

import html
import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

DATE, CLOCK, DATE_AND_TIME, DURATION = 1, 2, 3, 4
"""Styles of cells, as their attribute ``s`` names them."""
_STYLES = (
    '<numFmts count="1"><numFmt numFmtId="170" formatCode="[h]:mm:ss"/></numFmts><cellXfs count="5">'
    + "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 21, 22, 170))
    + "</cellXfs>"
)


def book(*sheets: Sequence[Sequence[object]], hidden: int = -1) -> bytes:
    """A workbook with these rows on sheets called S1, S2, ...; the *hidden*-th is not shown."""
    return packed({f"S{number}": rows_xml(rows) for number, rows in enumerate(sheets, 1)}, hidden=hidden)


def rows_xml(rows: Sequence[Sequence[object]]) -> str:
    """Rows of cells as XML; None leaves a cell out, a string that begins ``<c`` is the cell itself."""
    return "".join(
        f'<row r="{number}">{"".join(_cell(at, number, value) for at, value in enumerate(row))}</row>'
        for number, row in enumerate(rows, 1)
    )


def _cell(at: int, row: int, value: object) -> str:
    place = f'r="{chr(65 + at)}{row}"'
    if value is None:
        return ""
    if isinstance(value, str):
        if value.startswith("<c"):
            return value.replace("<c", f"<c {place}", 1)
        text = html.escape(value).replace("\n", "&#10;")
        return f'<c {place} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f"<c {place}><v>{value}</v></c>"


def packed(
    sheets: Mapping[str, str],
    *,
    shared: str = "",
    hidden: int = -1,
    after: str = "",
    styles: str = _STYLES,
    properties: str = "",
    parts: Mapping[str, str] | None = None,
) -> bytes:
    """A workbook of sheets by name, each the XML of its rows.

    *shared* is the XML of shared texts, *after* that which follows the rows of each sheet, *properties* an element of
    the workbook; *parts* are further parts of the archive by name.
    """
    shown = {hidden: ' state="hidden"'}
    named = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="r{number}"{shown.get(number, "")}/>'
        for number, name in enumerate(sheets, 1)
    )
    related = {f"r{number}": ("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)}
    related |= {"rs": ("styles", "styles.xml"), "rt": ("sharedStrings", "sharedStrings.xml")}
    members = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": relations({"r1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}<sheets>{named}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": relations(related),
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{shared}</sst>',
    }
    for number, rows in enumerate(sheets.values(), 1):
        members[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
        )
    members |= parts or {}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def relations(related: Mapping[str, tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for name, (kind, target) in related.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'

#!/usr/bin/env bash
# python-calamine 0.9.1 gives stored values: what a cell shows, an error's text and some spaces are not among them.
#
# Seen on Linux, CPython 3.11, with a valid workbook written by XlsxWriter 3.2.9 (parts after it are edited by zip):
#   * a number 7 whose number format "P"00 shows P07 is 7.0; 0.45 shown as 45% is 0.45;
#   * a time of 25:07:00 with the number format h:mm:ss is the date and time 1900-01-01 01:07:00, not a duration;
#   * a cell with the error #N/A and a formula without a stored value are '', as an empty cell is;
#   * a run of rich text "we were " without xml:space="preserve" loses its last space: "we werealone".
# Exits non-zero if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1 XlsxWriter==3.2.9
"$folder/venv/bin/python" - <<'PYTHON'
import io
import zipfile
from datetime import datetime

import xlsxwriter
from python_calamine import CalamineWorkbook

out = io.BytesIO()
book = xlsxwriter.Workbook(out, {"in_memory": True})
sheet = book.add_worksheet()
sheet.write_number(0, 0, 7, book.add_format({"num_format": '"P"00'}))
sheet.write_number(0, 1, 0.45, book.add_format({"num_format": "0%"}))
sheet.write_number(0, 2, (25 * 60 + 7) / 1440, book.add_format({"num_format": "h:mm:ss"}))
sheet.write_formula(0, 3, "=NA()", None, "#N/A")
sheet.write_formula(0, 4, "=20 hours a week", None, "")
sheet.write_string(0, 5, "PLACE")
sheet.write_string(0, 6, "end")
book.close()

edited = io.BytesIO()
rich = b"<si><r><t>we were </t></r><r><rPr><b/></rPr><t>alone</t></r></si>"
with zipfile.ZipFile(out) as old, zipfile.ZipFile(edited, "w") as new:
    for name in old.namelist():
        content = old.read(name)
        if name == "xl/sharedStrings.xml":
            assert b"<si><t>PLACE</t></si>" in content
            content = content.replace(b"<si><t>PLACE</t></si>", rich)
        new.writestr(name, content)

with CalamineWorkbook.from_filelike(io.BytesIO(edited.getvalue())) as workbook:
    (row,) = workbook.get_sheet_by_index(0).to_python()
expected = [7.0, 0.45, datetime(1900, 1, 1, 1, 7), "", "", "we werealone", "end"]
print("seen:    ", row)
print("expected:", expected)
raise SystemExit(row != expected)
PYTHON

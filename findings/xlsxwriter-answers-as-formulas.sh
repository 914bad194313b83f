#!/usr/bin/env bash
# XlsxWriter 3.2.9 writes a text that begins with "=" as a formula with the stored value 0 (its documented default,
# strings_to_formulas); openpyxl 3.1.5 does the same without a stored value. Readers of values then lose the text.
#
# Seen on Linux, CPython 3.11: the answer "=20 hours a week, for me" is read as 0 from the one file, and as None (openpyxl,
# data_only) or '' (python-calamine 0.9.1) from the other. openpyxl without data_only gives it back in both cases.
# Exits non-zero if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  XlsxWriter==3.2.9 openpyxl==3.1.5 python-calamine==0.9.1
"$folder/venv/bin/python" - <<'PYTHON'
import io

import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

answer = "=20 hours a week, for me"
first = io.BytesIO()
book = xlsxwriter.Workbook(first, {"in_memory": True})
book.add_worksheet().write(0, 0, answer)
book.close()
second = io.BytesIO()
other = openpyxl.Workbook()
other.active["A1"] = answer
other.save(second)


def read(data):
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        rows = workbook.get_sheet_by_index(0).to_python()
    stored = openpyxl.load_workbook(io.BytesIO(data), data_only=True).active["A1"].value
    typed = openpyxl.load_workbook(io.BytesIO(data)).active["A1"].value
    return [rows[0][0] if rows else "", stored, typed]


seen = [read(first.getvalue()), read(second.getvalue())]
expected = [[0.0, 0, answer], ["", None, answer]]
print("seen:    ", seen)
print("expected:", expected)
raise SystemExit(seen != expected)
PYTHON

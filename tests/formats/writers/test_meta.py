"""The side-car of a table."""

from __future__ import annotations

import json
from datetime import date

from fwanalysis.domain.table import Table
from fwanalysis.formats.writers.meta import meta_name, write_meta

TABLE = Table(("a",), (("b",),), {"project": "Zoë", "written": date(2026, 3, 31), "filters": ["wave=1"]})


def test_the_side_car_of_a_table_is_golden() -> None:
    assert meta_name("matrix.csv") == "matrix.csv.meta.json"
    assert write_meta(TABLE).decode() == (
        '{\n  "project": "Zoë",\n  "written": "2026-03-31",\n  "filters": [\n    "wave=1"\n  ]\n}\n'
    )
    assert json.loads(write_meta(Table((), ()))) == {}

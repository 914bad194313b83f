"""Charts as JSON."""

from __future__ import annotations

import json

import pytest

from fwanalysis.errors import UnreadableFile
from fwanalysis.formats.charts.json import read_json, write_json
from tests.formats.charts.documents import NASTY, interviews


def test_a_chart_comes_back_whole() -> None:
    assert read_json("a.json", write_json(NASTY).data) == NASTY
    assert read_json("a.json", write_json(interviews(3, 2)).data) == interviews(3, 2)


def test_the_file_names_its_form_and_its_version() -> None:
    value = json.loads(write_json(NASTY).data)
    assert (value["format"], value["version"]) == ("fwanalysis chart", 1)
    assert value["cells"][2][0]["stances"] == [2, 1, 0]
    assert value["numeric"] == ["years"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"{", "is not JSON"),
        (b"\xff\xfe", "is not JSON"),
        (b"[]", "is not a chart"),
        (b'{"format": "fwanalysis chart", "version": 9}', "later version"),
        (b'{"format": "fwanalysis chart", "version": 1, "title": "x"}', "damaged chart"),
        (write_json(NASTY).data.replace(b'"stances"', b'"stance"'), ""),
    ],
)
def test_other_json_is_refused_or_read_with_defaults(data: bytes, message: str) -> None:
    if not message:
        assert read_json("a.json", data).cells[0][0].stances == (0, 0, 0)
        return
    with pytest.raises(UnreadableFile, match=message):
        read_json("a.json", data)

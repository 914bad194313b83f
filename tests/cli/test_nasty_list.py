"""What lists make of texts that are hard to write in rows: wide letters, line breaks, delimiters, formulas."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from tests.cli.cli_study import done, told

if TYPE_CHECKING:
    from pathlib import Path

TURNS = [
    ("訪談者", "你們平常怎麼過河？"),
    ("林美", '=SUM(A1:A9) | "so", she said 🚣🏽'),
    ("訪談者", "還有呢？"),
    ("Dana | Ø", "-5 degrees,\nhe said"),
    ("訪談者", "And then?"),
    ("林美", "@home; at last"),
]
CASES = ("=1+1|渡し 🚣🏽", "@ferry", '"quoted", and; more')
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@pytest.fixture
def _river(folder: Path) -> None:
    done("new", "river.fwa")
    with (folder / "F01.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("speaker", "text"), *TURNS])
    done("source", "import", "F01.csv")
    for name in CASES:
        done("case", "set", "--attribute", "rowing=two\nboats", "--", name)


def listed(*args: str) -> str:
    return _ID.sub("ID", done(*args))


TURNS_TABLE = """\
turn  speaker   text
   1  訪談者    你們平常怎麼過河？
   2  林美      =SUM(A1:A9) | "so", she said 🚣🏽
   3  訪談者    還有呢？
   4  Dana | Ø  -5 degrees, he said
   5  訪談者    And then?
   6  林美      @home; at last
"""
TURNS_CSV = """\
id,number,speaker,role,case,start,end,time,text
ID,1,訪談者,interviewer,,0,9,,你們平常怎麼過河？
ID,2,林美,participant,林美,11,42,,"'=SUM(A1:A9) | ""so"", she said 🚣🏽"
ID,3,訪談者,interviewer,,44,48,,還有呢？
ID,4,Dana | Ø,participant,Dana | Ø,50,69,,"'-5 degrees,
he said"
ID,5,訪談者,interviewer,,71,80,,And then?
ID,6,林美,participant,林美,82,96,,'@home; at last
"""
CASES_TABLE = """\
case                 level   rowing     sources  member of
"quoted", and; more  person  two boats  none
=1+1|渡し 🚣🏽         person  two boats  none
@ferry               person  two boats  none
Dana | Ø             person             F01
林美                 person             F01
"""
CASES_CSV = """\
id,name,level,rowing,member_of,members,sources,aliases
ID,"\""quoted"", and; more",person,two boats,,,,
ID,'=1+1|渡し 🚣🏽,person,two boats,,,,
ID,'@ferry,person,two boats,,,,
ID,Dana | Ø,person,,,,F01,
ID,林美,person,,,,F01,
"""
SPEAKERS_TSV = """\
id	source	label	role	case	turns	words	role_reason
ID	F01	Dana | Ø	participant	Dana | Ø	1	4	speaks beside 訪談者
ID	F01	林美	participant	林美	2	9	speaks beside 訪談者
ID	F01	訪談者	interviewer		3	4	"the label ""訪談者"" says so"
"""


@pytest.mark.usefixtures("_river")
@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("source turns F01", TURNS_TABLE),
        ("source turns F01 --format csv", TURNS_CSV),
        ("case list", CASES_TABLE),
        ("case list --format csv", CASES_CSV),
        ("speaker list --format tsv", SPEAKERS_TSV),
    ],
)
def test_a_list_is_written_like_this(command: str, expected: str) -> None:
    assert listed(*command.split()) == expected


@pytest.mark.usefixtures("_river")
@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_a_row_that_is_read_again_has_the_text_with_a_guard_before_formulas(form: str, delimiter: str) -> None:
    text = done("source", "turns", "F01", "--format", form)
    rows = list(csv.DictReader(StringIO(text, newline=""), delimiter=delimiter, strict=True))
    guarded = [("'" if words[0] in "=+-@" else "") + words for _, words in TURNS]
    assert [row["text"] for row in rows] == guarded
    assert [row["speaker"] for row in rows] == [speaker for speaker, _ in TURNS]


@pytest.mark.usefixtures("_river")
def test_json_has_every_text_as_it_is() -> None:
    assert [(turn["speaker"], turn["text"]) for turn in told("source", "turns", "F01")] == TURNS
    assert {case["name"] for case in told("case", "list")} == {*CASES, "林美", "Dana | Ø"}

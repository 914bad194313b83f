"""Abstractions as YAML and JSON: what is written is read back, and what cannot be read is named with its place."""

from __future__ import annotations

import json

import pytest

from fwanalysis.domain.abstraction import ConceptLevel, ListedAbstraction, ListedConcept
from fwanalysis.errors import InvalidInput, UnreadableFile
from fwanalysis.formats.charts.abstraction_file import read_abstractions, write_abstractions

ELEMENT, DIMENSION, CATEGORY = ConceptLevel
NASTY = ListedAbstraction(
    "effort/cost",
    (
        ListedConcept(ELEMENT, 'Says "no": #1, {x} [y]', "yes", ("P 1", "null", "“Ø” (itself)")),
        ListedConcept(ELEMENT, "👩‍🔬 ok\u0301 שלום 冰"),
        ListedConcept(ELEMENT, "back\\slash 'single' \ufeff\u200b"),
        ListedConcept(DIMENSION, "yes", "2020-01-01"),
        ListedConcept(CATEGORY, "2020-01-01"),
        ListedConcept(CATEGORY, "- ~"),
    ),
)


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_what_is_written_is_read_back(form: str) -> None:
    columns = [NASTY, ListedAbstraction("trust", (ListedConcept(CATEGORY, "7"),))]
    assert read_abstractions(f"a.{form}", write_abstractions(columns, form)) == columns


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_no_abstraction_is_a_file_too(form: str) -> None:
    assert read_abstractions(f"a.{form}", write_abstractions([], form)) == []


def test_the_yaml_has_a_line_for_each_concept() -> None:
    text = write_abstractions([NASTY], "yaml").decode()
    assert text.split("\n")[:5] == [
        "fwanalysis: abstraction/1",
        "abstraction:",
        '  - code: "effort/cost"',
        "    categories:",
        '      - "2020-01-01"',
    ]


def test_what_a_concept_is_sorted_into_need_not_be_listed() -> None:
    text = "abstraction: [{code: trust, elements: [{name: A, dimension: D}], dimensions: [{name: E, category: C}]}]"
    assert read_abstractions("a.yaml", text.encode()) == [
        ListedAbstraction(
            "trust",
            (
                ListedConcept(ELEMENT, "A", "D"),
                ListedConcept(DIMENSION, "E", "C"),
                ListedConcept(DIMENSION, "D"),
                ListedConcept(CATEGORY, "C"),
            ),
        )
    ]


def test_the_abstraction_of_a_file_with_other_sections_is_read() -> None:
    text = "fwanalysis: analysis/1\nsummaries: []\nabstraction:\n  - {code: trust, categories: [C]}\n"
    assert read_abstractions("analysis.yaml", text.encode())[0].code == "trust"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("codes: []", 'a.yaml has no field "abstraction"'),
        ("[]", 'a.yaml has no field "abstraction"'),
        ("fwanalysis: abstraction/1\nabstraction: []\nx: 1", 'a.yaml: unknown field "x"'),
        ("abstraction: {code: trust}", "a.yaml: this must be a list"),
        ("abstraction: [trust]", "a.yaml: column 1: this must have the fields"),
        ("abstraction: [{elements: []}]", "a.yaml: column 1: code: this must be a text"),
        ("abstraction: [{code: trust, themes: []}]", 'a.yaml: column 1: unknown field "themes"'),
        ("abstraction: [{code: trust, elements: [7]}]", "column 1 (trust): element 1: this must have the fields"),
        ("abstraction: [{code: trust, elements: [{name: A, cells: [7]}]}]", "element 1: cells: this must be a text"),
        ("abstraction: [{code: trust, elements: [{name: A, category: C}]}]", 'element 1: unknown field "category"'),
        ("abstraction: [{code: trust, categories: [C, c]}]", "the category “c” occurs twice"),
        ("abstraction: [{code: trust, elements: {name: A}}]", "column 1: elements: this must be a list"),
    ],
)
def test_an_error_names_its_place(text: str, message: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        read_abstractions("a.yaml", text.encode())
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.yaml", b"abstraction: [}"),
        ("a.yaml", b"abstraction: \xff\xfe"),
        ("a.yaml", b"abstraction: !!timestamp 2020-99-99"),
        ("a.json", b'{"abstraction": ['),
        ("a.json", b"[" * 100_000),
        ("a.yaml", b"[" * 2_000),
        ("a.yaml", b"a: 1\na: 2\n"),
    ],
)
def test_a_file_that_is_not_yaml_or_json_is_unreadable(name: str, data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"^a\.(yaml|json) is not"):
        read_abstractions(name, data)


def test_json_has_the_fields_of_yaml() -> None:
    content = json.loads(write_abstractions([NASTY], "json"))
    assert content["abstraction"][0]["elements"][0] == {
        "name": 'Says "no": #1, {x} [y]',
        "cells": ["P 1", "null", "“Ø” (itself)"],
        "dimension": "yes",
    }

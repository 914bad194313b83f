"""The codebook as a tree: its order, its lookups by name, and the keys of new codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.codebook import (
    PALETTE,
    Code,
    Codebook,
    CodeKind,
    CodeVersion,
    Examples,
    build_codebook,
    initials,
)
from fwanalysis.errors import Ambiguous, NotFound


def tree(*paths: str) -> Codebook:
    """Codes by path in reading order; an id is the path in hexadecimal, a name the key in capitals."""
    ids = {path: path.encode().hex() for path in paths}
    codes, versions = [], {}
    for position, path in enumerate(paths):
        above, _, key = path.rpartition("/")
        parent = ids[above] if above else None
        codes.append(Code(ids[path], key, key.upper(), parent, position, path, "", Examples(), (), retired=False))
        versions[path] = CodeVersion(path, ids[path], 1, CodeKind.SENSITIZING, "", "", "", "")
    return build_codebook(reversed(codes), versions, {})


def book(*codes: tuple[str, str, str | None]) -> Codebook:
    """Codes by key, name and the key of the theme above, in reading order."""
    made, versions = [], {}
    for position, (key, name, above) in enumerate(codes):
        code_id = f"{above or ''}/{key}".encode().hex()
        parent = f"/{above}".encode().hex() if above else None
        made.append(Code(code_id, key, name, parent, position, code_id, "", Examples(), (), retired=False))
        versions[code_id] = CodeVersion(code_id, code_id, 1, CodeKind.SENSITIZING, "", "", "", "")
    return build_codebook(made, versions, {})


BOOK = tree("effort", "effort/free-riding", "effort/free-riding/guilt", "effort-two", "trust", "trust/guilt")


def test_the_tree_stands_in_reading_order_with_paths_and_depths() -> None:
    assert [(entry.path, entry.depth) for entry in BOOK.entries] == [
        ("effort", 0),
        ("effort/free-riding", 1),
        ("effort/free-riding/guilt", 2),
        ("effort-two", 0),
        ("trust", 0),
        ("trust/guilt", 1),
    ]
    assert [entry.path for entry in BOOK.themes] == ["effort", "effort-two", "trust"]


def test_below_a_code_are_its_descendants_and_no_code_with_a_like_name() -> None:
    below = BOOK.below(BOOK.find("effort").id)
    assert {BOOK.by_id[code_id].path for code_id in below} == {
        "effort",
        "effort/free-riding",
        "effort/free-riding/guilt",
    }
    assert [entry.path for entry in BOOK.children(BOOK.find("trust").id)] == ["trust/guilt"]
    assert BOOK.theme_of(BOOK.find("effort/free-riding/guilt").id).path == "effort"


@pytest.mark.parametrize(
    "name", ["free-riding", "FREE-RIDING", " Free-Riding ", "effort/free-riding", "EFFORT/free-riding"]
)
def test_a_code_is_found_by_key_path_and_name_without_regard_to_case(name: str) -> None:
    assert BOOK.find(name).path == "effort/free-riding"


def test_a_code_is_found_by_its_id() -> None:
    assert all(BOOK.find(entry.id) is entry for entry in BOOK.entries)


def test_a_name_of_several_codes_lists_their_paths() -> None:
    with pytest.raises(Ambiguous, match="effort/free-riding/guilt, trust/guilt"):
        BOOK.find("guilt")


def test_a_name_of_no_code_says_where_to_look() -> None:
    with pytest.raises(NotFound, match='no code "hope"'):
        BOOK.find("hope")


def test_a_code_without_a_colour_has_one_of_the_palette_and_always_the_same() -> None:
    colours = {entry.id: BOOK.colour_of(entry.id) for entry in BOOK.entries}
    assert set(colours.values()) <= set(PALETTE)
    assert colours == {entry.id: BOOK.colour_of(entry.id) for entry in BOOK.entries}


WAITING = book(("queue", "Waiting", None), ("waiting", "Being kept", None), ("hour", "WAITING", "queue"))


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("Waiting", "queue"),
        ("  Waiting ", "queue"),
        ("WAITING", "queue/hour"),
        ("waiting", "waiting"),
        ("/waiting", "waiting"),
        ("/queue", "queue"),
        ("Being  kept", "waiting"),
        ("QUEUE/hour", "queue/hour"),
    ],
)
def test_what_fits_letter_by_letter_wins_over_what_fits_but_for_capitals(typed: str, path: str) -> None:
    assert WAITING.find(typed).path == path


def test_what_fits_several_codes_equally_is_ambiguous_and_their_paths_are_listed() -> None:
    with pytest.raises(Ambiguous, match=r'"wAITING" names 3 codes: /queue, queue/hour, /waiting'):
        WAITING.find("wAITING")


def test_the_key_of_one_code_that_is_the_name_of_another_is_ambiguous() -> None:
    crossed = book(("queue", "waiting", None), ("waiting", "Being kept", None))
    with pytest.raises(Ambiguous, match="/queue, /waiting"):
        crossed.find("waiting")
    assert crossed.find("/waiting").name == "Being kept"
    assert crossed.find("/queue").name == "waiting"


@pytest.mark.parametrize("typed", ["cost", "COST", " cost "])
def test_a_key_of_a_theme_and_of_a_code_below_another_is_ambiguous(typed: str) -> None:
    found = book(("cost", "What it costs", None), ("effort", "Effort", None), ("cost", "Time", "effort"))
    with pytest.raises(Ambiguous, match="names 2 codes: /cost, effort/cost"):
        found.find(typed)
    assert found.find("/cost").name == "What it costs"
    assert found.find("effort/cost").name == "Time"


@given(st.data())
def test_every_code_is_found_by_its_absolute_path_whatever_the_names(data: st.DataObject) -> None:
    words = st.sampled_from(["ward", "Ward", "WARD", "night", "Night shift"])
    keys = data.draw(st.lists(st.sampled_from(["ward", "night", "night-shift"]), unique=True))
    found = book(*((key, data.draw(words), None) for key in keys))
    for entry in found.entries:
        assert found.find("/" + entry.path) is entry
        same = [other for other in found.entries if other.name == entry.name or other.code.key == entry.name]
        if same == [entry]:
            assert found.find(entry.name) is entry


@given(st.text())
def test_initials_are_short_enough_for_the_gutter(name: str) -> None:
    assert 1 <= len(initials(name)) <= 3


def test_initials_come_from_the_words_that_carry_a_name() -> None:
    assert initials("Free riding") == "FR"
    assert initials("The effort of it") == "EI"
    assert initials("Trust") == "Tr"
    assert initials("!") == "?"

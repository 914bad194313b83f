"""The codebook as a tree: its order, its lookups by name, and the keys of new codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.codebook import (
    KEY,
    PALETTE,
    Code,
    Codebook,
    CodeKind,
    CodeVersion,
    Examples,
    build_codebook,
    initials,
    key_from_name,
)
from fwanalysis.errors import Ambiguous, InvalidInput, NotFound


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
    with pytest.raises(NotFound, match=r"“hope”.*fwa codebook list"):
        BOOK.find("hope")


def test_a_code_without_a_colour_has_one_of_the_palette_and_always_the_same() -> None:
    colours = {entry.id: BOOK.colour_of(entry.id) for entry in BOOK.entries}
    assert set(colours.values()) <= set(PALETTE)
    assert colours == {entry.id: BOOK.colour_of(entry.id) for entry in BOOK.entries}


@given(st.text(), st.lists(st.sampled_from(["code", "a", "a-2", "trust"])))
def test_a_key_made_from_any_name_is_a_key_and_free(name: str, taken: list[str]) -> None:
    if not name.strip():
        with pytest.raises(InvalidInput):
            key_from_name(name, taken)
        return
    key = key_from_name(name, taken)
    assert KEY.fullmatch(key)
    assert key not in taken


def test_a_key_keeps_the_letters_of_its_name() -> None:
    assert key_from_name("Free riding (the 2nd kind)") == "free-riding-the-2nd-kind"
    assert key_from_name("Trust", ["trust", "trust-2"]) == "trust-3"
    assert key_from_name("信任") == "code"


@given(st.text())
def test_initials_are_short_enough_for_the_gutter(name: str) -> None:
    assert 1 <= len(initials(name)) <= 3


def test_initials_come_from_the_words_that_carry_a_name() -> None:
    assert initials("Free riding") == "FR"
    assert initials("The effort of it") == "EI"
    assert initials("Trust") == "Tr"
    assert initials("!") == "?"

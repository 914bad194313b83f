from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fwanalysis import create_project
from fwanalysis.domain.codebook import CodeKind
from fwanalysis.domain.corrections import correction_of, replace_text
from fwanalysis.tui.widgets.codetree import CodeTree
from tests.tui.workbench_person import at_work
from tests.tui.workbench_study import code

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis import Project
    from tests.tui.workbench_person import Person


def labels_in(person: Person) -> list[str]:
    """The codes below the themes, as the tree shows them."""
    tree = person.screen.query_one(CodeTree)
    return [str(node.label) for theme in tree.root.children for node in theme.children]


async def test_the_view_shows_the_whole_of_the_code_under_the_cursor(study: Project) -> None:
    async with at_work(study, "4", "home", "down") as person:
        about = person.words("#code")
    assert "Free-riding\neffort/free-riding   sensitizing   version 1" in about
    assert "Taking the good of the common work without a share in it." in about
    assert "Counts against\nWords of sites that pay their part gladly." in about
    assert "never sent, something for nothing" in about


async def test_the_tree_gives_each_code_its_number_of_codings(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    code(study, "P01", "It was a long year.", "quiet")
    async with at_work(study, "4") as person:
        labels = labels_in(person)
    assert labels == ["▌FR   · Free-riding", "▌Pa   · Paperwork", "▍GQ   2 Going quiet", "▍SM   · Sharing mistakes"]


@pytest.mark.parametrize(
    ("place", "path"),
    [
        ("Under the theme “Effort of taking part”", "effort/travel-time"),
        ("Under “Free-riding”", "effort/free-riding/travel-time"),
        ("As a new theme", "travel-time"),
    ],
)
async def test_plus_makes_a_new_code_where_it_was_chosen(study: Project, place: str, path: str) -> None:
    async with at_work(study, "4", "home", "down", "plus") as person:
        await person.choose(place)
        await person.write("Travel time")
        await person.press("enter")
        assert person.notices[-1] == "New code: Travel time  (u to undo)"
    made = study.codebook.show("travel-time")
    assert made.path == path
    assert made.version.kind is CodeKind.EMERGENT


async def test_a_new_code_is_in_the_tree_at_once(study: Project) -> None:
    async with at_work(study, "4", "home", "plus", "enter") as person:
        await person.write("Travel time")
        await person.press("enter")
        themes = person.screen.query_one(CodeTree).root.children
        assert str(themes[0].children[-1].label).endswith("Travel time")


async def test_a_name_that_is_taken_is_refused_with_a_sentence(study: Project) -> None:
    async with at_work(study, "4", "home", "plus", "enter") as person:
        await person.write("paperwork")
        await person.press("enter")
        assert person.notices[-1] == 'A code "paperwork" already exists under Effort of taking part'
    assert len(study.codebook.tree().entries) == 6


async def test_slash_finds_a_code_by_part_of_its_name(study: Project) -> None:
    async with at_work(study, "4", "slash") as person:
        await person.write("mistak")
        assert not any("New emergent code" in option for option in person.options())
        await person.press("enter")
        assert person.words("#code").startswith("Sharing mistakes")


async def test_enter_goes_to_a_codes_first_passage(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    async with at_work(study, "4", "home", "down", "down", "down", "down") as person:
        assert person.footer["⏎"] == "First segment"
        await person.press("enter")
        assert person.at == "CodeScreen"
        assert person.caret_before("Then it went quiet.")


async def test_enter_on_a_code_without_codings_says_so(study: Project) -> None:
    async with at_work(study, "4", "home", "down", "enter") as person:
        assert person.at == "CodebookScreen"
        assert person.notices == ["No segments are coded with this code yet."]


async def test_a_theme_without_an_emergent_theme_above_it_is_where_a_code_of_ones_own_goes(tmp_path: Path) -> None:
    (tmp_path / "P09.txt").write_text("INT: And?\n\nP09: It rained.\n\nINT: So?\n\nP09: We stayed.\n", encoding="utf-8")
    with create_project(tmp_path / "bare.fwa", coder="ana") as bare:
        list(bare.sources.import_files([tmp_path / "P09.txt"]))
        async with at_work(bare, "enter", "c") as person:
            await person.write("Weather")
            assert "Adds an emergent code as a theme" in person.words("#meaning")
            await person.press("enter")
        assert bare.codebook.show("weather").path == "weather"


async def test_unanchored_codings_are_shown_beside_the_count(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    transcript = study.sources.transcript("P01")
    at = len(transcript.turns) - 1
    study.sources.correct("P01", replace_text(correction_of(transcript), at, "Nothing."), seen=transcript.revision.id)
    async with at_work(study) as person:
        await person.press("4")
        assert "▍GQ   · !1 Going quiet" in labels_in(person)
        await person.press("u")
        assert "▍GQ   1 Going quiet" in labels_in(person)

from __future__ import annotations

from typing import TYPE_CHECKING

from fwanalysis.domain.corrections import correction_of, replace_text
from tests.tui.workbench_person import at_work
from tests.tui.workbench_study import code, open_study, place

if TYPE_CHECKING:
    from fwanalysis import Project


async def test_the_workbench_opens_on_the_sources_with_how_far_each_is(study: Project) -> None:
    code(study, "P01", "Then it went quiet.", "quiet")
    async with at_work(study) as person:
        assert person.at == "SourcesScreen"
        rows = {row[0]: row for row in person.rows()}
    assert list(rows) == ["FG1", "newsletter", "P01"]
    length = len(study.sources.text("P01"))
    assert rows["P01"][2].endswith(f"{len('Then it went quiet.') / length * 100:3.0f}%")
    assert rows["P01"][3:5] == ["1", "3"]
    assert rows["FG1"][3:5] == ["–", "3"]
    assert rows["FG1"][1].endswith("0%")
    assert rows["FG1"][6] == "focus-group"
    assert rows["FG1"][7] == "FG1, P01, P02, P03"


async def test_a_source_with_unanchored_segments_says_so_in_words(study: Project) -> None:
    for name in ("quiet", "free-riding"):
        code(study, "P01", "Then it went quiet.", name)
    transcript = study.sources.transcript("P01")
    at = len(transcript.turns) - 1
    study.sources.correct("P01", replace_text(correction_of(transcript), at, "Nothing."), seen=transcript.revision.id)
    async with at_work(study) as person:
        assert {row[0]: row[3] for row in person.rows()} == {"FG1": "–", "newsletter": "–", "P01": "–  ! 2 unanchored"}
        await person.press("u")
        assert person.rows()[-1][3] == "2"


async def test_enter_opens_the_source_under_the_cursor(study: Project) -> None:
    async with at_work(study, "down", "down", "enter") as person:
        assert person.at == "CodeScreen"
        assert person.reading == "P01"
        assert "What made you join?" in person.text.render_line(0).text


async def test_a_source_named_at_the_start_is_opened_at_once(study: Project) -> None:
    async with at_work(study, source=study.sources.get("newsletter").id) as person:
        assert person.at == "CodeScreen"
        assert person.reading == "newsletter"


async def test_what_was_read_shows_at_the_sources_view(study: Project) -> None:
    async with at_work(study, "enter", "1") as person:
        assert person.rows()[0][1].endswith("100%")
        assert person.rows()[2][1].endswith("  0%")


async def test_each_digit_goes_to_its_view(study: Project) -> None:
    async with at_work(study) as person:
        for digit, view in zip("23451", ("Code", "Suggestions", "Codebook", "Matrix", "Sources"), strict=True):
            await person.press(digit)
            assert person.at == f"{view}Screen"


async def test_escape_at_the_text_goes_back_to_the_sources(study: Project) -> None:
    async with at_work(study, "enter", "escape") as person:
        assert person.at == "SourcesScreen"


async def test_the_place_in_a_source_is_kept_while_one_is_at_another_view(study: Project) -> None:
    at = place(study, "P01", "We told each other").start
    async with at_work(study, "down", "down", "enter") as person:
        person.text.go_to(at)
        await person.press("5", "2")
        assert person.text.caret == at


async def test_the_place_in_a_source_is_kept_while_one_reads_another(study: Project) -> None:
    at = place(study, "P01", "We told each other").start
    async with at_work(study, "down", "down", "enter") as person:
        person.text.go_to(at)
        await person.press("greater_than_sign")
        assert person.reading == "FG1"
        await person.press("less_than_sign")
        assert person.reading == "P01"
        assert person.text.caret == at


async def test_the_place_in_a_source_is_kept_when_the_program_is_left_and_opened_again(study: Project) -> None:
    at = place(study, "P01", "We told each other").start
    async with at_work(study, "down", "down", "enter") as person:
        person.text.go_to(at)
        await person.settle()
    with open_study(study.path) as again:
        async with at_work(again, "down", "down", "enter") as person:
            assert person.text.caret == at


async def test_the_place_is_each_coders_own(study: Project) -> None:
    async with at_work(study, "down", "down", "enter", "G"):
        pass
    with open_study(study.path, coder="ben") as bens:
        async with at_work(bens, "down", "down", "enter") as person:
            assert person.caret_before("What made you join?")

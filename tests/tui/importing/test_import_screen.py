from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.widgets import Input

from fwanalysis.domain.sources import Role
from fwanalysis.tui.importing.paths import completions, entered
from fwanalysis.tui.importing.screen import ImportScreen
from fwanalysis.tui.widgets.filepane import NoteList, PreviewText, SpeakerTable
from fwanalysis.tui.widgets.filetable import FileTable
from fwanalysis.tui.widgets.pathpicker import PathPicker
from tests.tui.workbench_import import ANNA, BERT, done, files, look, write_files
from tests.tui.workbench_person import Person, at_work

if TYPE_CHECKING:
    from fwanalysis import Project

WIDE = (160, 45)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two transcripts and a file that nothing can be read from."""
    return write_files(tmp_path / "interviews")


def speakers(person: Person) -> list[list[str]]:
    """The speakers shown: label, role, case."""
    table = person.screen.query_one(SpeakerTable)
    return [[str(cell) for cell in table.get_row_at(row)[:3]] for row in range(table.row_count)]


def notes(person: Person) -> list[str]:
    listed = person.screen.query_one(NoteList)
    return [str(listed.get_option_at_index(index).prompt) for index in range(listed.option_count)]


def heard(project: Project, source: str) -> dict[str, Role]:
    return {speaker.label: speaker.role for speaker in project.speakers.list(source)}


# Which files


async def test_i_asks_for_a_folder_beginning_with_the_present_one(
    empty: Project, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.chdir(folder)
    async with at_work(empty, "i") as person:
        assert isinstance(person.screen, ImportScreen)
        assert person.screen.query_one(Input).value == f"{folder}/"
        assert person.options() == ["anna.txt", "bert.txt", "broken.docx"]
        await person.press("escape")
        assert person.at == "SourcesScreen"


async def test_tab_completes_a_path_and_the_arrows_choose_one(empty: Project, folder: Path) -> None:
    (folder / "archive").mkdir()
    async with at_work(empty, "i") as person:
        line = person.screen.query_one(Input)
        line.value = f"{folder.parent}/inter"
        await person.press("tab")
        assert line.value == f"{folder}/"
        assert person.options()[0] == "archive/"
        await done(person, "down", "down", "enter")
        assert [row.split()[1] for row in files(person)] == ["anna.txt"]


async def test_a_path_that_does_not_exist_is_reported_and_the_line_stays(empty: Project, tmp_path: Path) -> None:
    async with at_work(empty) as person:
        await look(person, tmp_path / "nowhere")
        assert person.notices == [f"No file or folder {tmp_path / 'nowhere'}"]
        assert person.screen.query_one(PathPicker).display


@pytest.mark.parametrize(
    "dropped", ["{}", "'{}'", '"{}"', "file://{}", "{} "], ids=["plain", "quoted", "double", "address", "blank"]
)
def test_a_path_is_understood_as_terminals_paste_it(tmp_path: Path, dropped: str) -> None:
    file = tmp_path / "P01.txt"
    file.touch()
    assert entered(dropped.format(file)) == (file,)


def test_escaped_blanks_several_paths_and_the_home_folder_are_understood(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    one, two = tmp_path / "second wave", tmp_path / "it's.txt"
    one.mkdir()
    two.touch()
    assert entered(str(one)) == entered(str(one).replace(" ", "\\ ")) == entered("~/second wave") == (one,)
    assert entered(f"'{one}' \"{two}\"") == (one, two)
    assert entered(str(two)) == (two,)
    assert entered("  ") == ()
    assert [one.line for one in completions("~/SEC", lambda name: True)] == ["~/second wave/"]


async def test_a_folder_that_is_dropped_replaces_the_line(empty: Project, folder: Path) -> None:
    async with at_work(empty, "i") as person:
        person.app.post_message(events.Paste(f"'{folder}'\n"))
        await person.settle()
        assert person.screen.query_one(Input).value == f"'{folder}'"
        await done(person, "enter")
        assert len(files(person)) == 3


# The preview


async def test_the_preview_shows_each_file_with_who_speaks_and_writes_nothing(empty: Project, folder: Path) -> None:
    before = [event.label for event in empty.history.list()]
    async with at_work(empty, size=WIDE) as person:
        await look(person, folder)
        assert files(person)[0] == "ready anna.txt – interview 2 4 20 txt"
        assert [row.split()[0] for row in files(person)] == ["ready", "ready", "refused"]
        assert speakers(person) == [["Interviewer", "interviewer", "–"], ["Anna", "participant", "Anna"]]
        assert "4 of 4 paragraphs begin" in person.words("#facts")
        assert "2 ready, 1 refused" in person.words("#heading")
        shown = person.screen.query_one(PreviewText).transcript
        assert shown is not None
        assert shown.text == ANNA
        await person.press("escape")
        assert person.at == "SourcesScreen"
    assert empty.sources.list() == []
    assert empty.cases.list() == []
    assert [event.label for event in empty.history.list()] == before


async def test_a_refused_file_says_why(empty: Project, folder: Path) -> None:
    for size in ((80, 24), WIDE):
        async with at_work(empty, size=size) as person:
            await look(person, folder)
            await done(person, "down", "down")
            assert "broken.docx" in person.words("#brief" if size[0] < 110 else "#facts")
            await done(person, "enter")
            assert isinstance(person.screen, ImportScreen)


async def test_what_is_already_imported_is_reported_and_not_imported_twice(empty: Project, folder: Path) -> None:
    list(empty.sources.import_files([folder / "anna.txt"]))
    async with at_work(empty) as person:
        await look(person, folder)
        assert files(person)[0].startswith("existing anna.txt")
        assert person.words("#brief") == "Already imported as anna."
        await done(person, "ctrl+s")
        assert person.notices[0].startswith("1 imported, 1 already imported, 1 refused:\nbroken.docx")
    assert [source.name for source in empty.sources.list()] == ["anna", "bert"]


async def test_enter_on_a_warning_shows_its_place_in_the_text(empty: Project, folder: Path) -> None:
    async with at_work(empty, size=WIDE) as person:
        await look(person, folder)
        await done(person, "down", "tab", "tab")
        at = next(index for index, note in enumerate(notes(person)) if '"Break"' in note)
        person.screen.query_one(NoteList).highlighted = at
        await done(person, "enter")
        text = person.screen.query_one(PreviewText)
        assert text.has_focus
        assert BERT[text.caret :].startswith("Coffee is served") or BERT[text.caret :].startswith("Break")


async def test_m_on_a_suggested_merge_merges_and_on_a_warning_it_is_not_in_the_footer(
    empty: Project, folder: Path
) -> None:
    spelled = BERT.replace("Interviewer : Did", "Interveiwer: Did")
    (folder / "bert.txt").write_text(spelled, encoding="utf-8")
    async with at_work(empty, size=WIDE) as person:
        await look(person, folder / "bert.txt")
        await done(person, "tab", "tab")
        assert "“Interveiwer” may be “Interviewer”" in notes(person)[0]
        assert person.footer["m"] == "Merge as suggested"
        person.screen.query_one(NoteList).highlighted = 1
        await person.settle()
        assert "m" not in person.footer
        await done(person, "m")
        assert person.at == "ImportScreen"
        assert "suggests no merge" in person.notices[-1]
        person.screen.query_one(NoteList).highlighted = 0
        await person.settle()
        assert person.footer["m"] == "Merge as suggested"
        await done(person, "m")
        assert ["Interveiwer", "→ Interviewer", "–"] in speakers(person)


CAPTIONS = """WEBVTT

00:00:01.000 --> 00:00:02.000
Tess Ode: How did you come?

00:00:03.000 --> 00:00:04.000
lou: By bus.

00:00:05.000 --> 00:00:06.000
Max Ulm: On foot.

00:00:07.000 --> 00:00:08.000
Tess Ode: And back?

00:00:09.000 --> 00:00:10.000
Max Ulm: By bus.
"""


async def test_enter_on_a_label_that_was_read_as_text_makes_it_a_speaker(empty: Project, folder: Path) -> None:
    (folder / "bus.vtt").write_text(CAPTIONS, encoding="utf-8")
    async with at_work(empty, size=WIDE) as person:
        await look(person, folder / "bus.vtt")
        await done(person, "tab", "tab")
        assert notes(person)[0] == "“lou” was read as text; enter makes it a speaker."
        assert [row[0] for row in speakers(person)] == ["Tess Ode", "Max Ulm"]
        person.screen.query_one(NoteList).highlighted = 0
        await done(person, "enter")
        assert [row[0] for row in speakers(person)] == ["Tess Ode", "lou", "Max Ulm"]
        assert not any("read as text" in note for note in notes(person))
        await done(person, "s", "end", "enter")
        assert [row[0] for row in speakers(person)] == ["Tess Ode", "Max Ulm"]
        listed = person.screen.query_one(NoteList)
        listed.focus()
        listed.highlighted = 0
        await done(person, "enter", "ctrl+s")
    assert set(heard(empty, "bus")) == {"Tess Ode", "lou", "Max Ulm"}


async def test_l_lists_every_label_with_the_reason_and_enter_makes_one_a_speaker(empty: Project, folder: Path) -> None:
    async with at_work(empty, size=WIDE) as person:
        await look(person, folder / "bert.txt")
        await done(person, "tab", "l")
        shown = {option.split()[0]: option for option in person.options()}
        assert set(shown) == {"Interviewer", "Bert", "Anna", "Break"}
        assert "not a speaker" not in shown["Bert"]
        assert "not a speaker" in shown["Break"]
        assert all(len(option.split("\n")[1].strip()) > 10 for option in shown.values())
        await done(person, "up", "enter")
        assert "is a speaker already" in person.notices[-1]
        await done(person, "down", "enter")
        assert "Break" in [row[0] for row in speakers(person)]


async def test_a_file_without_labels_has_none_to_list(empty: Project, folder: Path) -> None:
    (folder / "minutes.txt").write_text("The meeting began late. Everyone was tired.\n", encoding="utf-8")
    async with at_work(empty, size=WIDE) as person:
        await look(person, folder / "minutes.txt")
        await done(person, "l")
        assert person.at == "ImportScreen"
        assert "speaker label" in person.notices[-1]


async def test_home_and_end_go_to_the_first_and_the_last_file(empty: Project, folder: Path) -> None:
    async with at_work(empty) as person:
        await look(person, folder)
        table = person.screen.query_one(FileTable)
        for key, row in (("end", table.row_count - 1), ("home", 0)):
            await done(person, key)
            assert table.cursor_row == row
        assert person.footer["c"] == "Case"


async def test_a_speaker_of_unknown_role_is_a_warning(empty: Project, folder: Path) -> None:
    (folder / "anna.txt").write_text(f"{ANNA}\nUnknown: Coffee is ready.\n", encoding="utf-8")
    async with at_work(empty, size=WIDE) as person:
        await look(person, folder / "anna.txt")
        assert "1 has warnings" in person.words("#heading")
        await done(person, "tab", "tab")
        assert notes(person) == ["Unknown role: “Unknown”. Press o on a speaker to set its role."]
        await done(person, "enter", "o")
        assert person.words(".question") == "What is the role of “Unknown” in anna?"
        await person.choose("other")
        await person.wait_for_work()
        assert "warnings" not in person.words("#heading")


async def test_what_the_file_states_of_its_case_is_in_the_head_and_reasons_stay_whole_after_a_choice(
    empty: Project, folder: Path
) -> None:
    (folder / "anna.txt").write_text(f"---\nparticipant: Anna\nward: Birch\n---\n{ANNA}", encoding="utf-8")
    async with at_work(empty, size=(100, 30)) as person:
        await look(person, folder / "anna.txt")
        await done(person, "enter")
        assert "attributes in the file  ward: Birch" in person.words("#facts")
        await done(person, "o")
        await person.choose("other")
        await person.wait_for_work()
        table = person.screen.query_one(SpeakerTable)
        for row in range(table.row_count):
            why = table.get_row_at(row)[-1]
            assert len(str(why)) <= table.ordered_columns[-1].width


async def test_n_goes_to_the_next_file_with_warnings(empty: Project, folder: Path) -> None:
    async with at_work(empty) as person:
        await look(person, folder)
        table = person.screen.query_one(FileTable)
        for row, key in ((1, "n"), (2, "n"), (1, "N")):
            await done(person, key)
            assert table.cursor_row == row


# Choices


async def test_a_role_that_is_changed_is_what_is_imported(empty: Project, folder: Path) -> None:
    async with at_work(empty, size=WIDE) as person:
        await look(person, folder / "anna.txt")
        await done(person, "tab", "enter")
        assert person.words(".question") == "What is the role of “Interviewer” in anna?"
        await person.choose("other")
        await person.wait_for_work()
        assert speakers(person)[0][:2] == ["Interviewer", "other"]
        await done(person, "ctrl+s")
    assert heard(empty, "anna") == {"Interviewer": Role.OTHER, "Anna": Role.PARTICIPANT}


@pytest.mark.parametrize(("answer", "elsewhere"), [("Only in", Role.PARTICIPANT), ("In all 2", Role.OTHER)])
async def test_a_role_is_given_in_one_file_or_wherever_the_label_is(
    empty: Project, folder: Path, answer: str, elsewhere: Role
) -> None:
    async with at_work(empty, size=WIDE) as person:
        await look(person, folder)
        await done(person, "tab", "down", "o")
        await person.choose("other")
        await person.choose(answer)
        await person.wait_for_work()
        await done(person, "ctrl+s")
    assert heard(empty, "anna")["Anna"] is Role.OTHER
    assert heard(empty, "bert")["Anna"] is elsewhere


async def test_a_label_is_merged_into_another_and_the_merge_can_be_undone(empty: Project, folder: Path) -> None:
    async with at_work(empty, size=WIDE) as person:
        await look(person, folder / "bert.txt")
        await done(person, "tab")
        labels = [row[0] for row in speakers(person)]
        await done(person, *["down"] * labels.index("Anna"), "m")
        await person.choose("Bert")
        await person.wait_for_work()
        assert ["Anna", "→ Bert", "–"] in speakers(person)
        at = [row[0] for row in speakers(person)].index("Anna")
        person.screen.query_one(SpeakerTable).move_cursor(row=at)
        await done(person, "m")
        await person.choose("keep as a speaker of its own")
        await person.wait_for_work()
        assert ["Anna", "participant", "Anna"] in speakers(person)
        person.screen.query_one(SpeakerTable).move_cursor(row=labels.index("Anna"))
        await done(person, "m")
        await person.choose("Bert")
        await person.wait_for_work()
        await done(person, "ctrl+s")
    assert "Anna" not in heard(empty, "bert")
    assert [turn.speaker for turn in empty.sources.turns("bert")].count("Bert") == 3


async def test_the_text_of_a_label_that_is_not_a_speaker_is_excluded(empty: Project, folder: Path) -> None:
    async with at_work(empty, size=WIDE) as person:
        await look(person, folder / "anna.txt")
        await done(person, "tab", "down", "z")
        assert ["Anna", "excluded", "–"] in speakers(person)
        await done(person, "ctrl+s")
    assert list(heard(empty, "anna")) == ["Interviewer"]
    assert len(empty.sources.turns("anna")) == 2
    assert empty.sources.text("anna") == ANNA


async def test_kind_and_cases_are_chosen(empty: Project, folder: Path) -> None:
    async with at_work(empty, size=WIDE) as person:
        await look(person, folder / "anna.txt")
        await done(person, "k")
        await person.choose("focus-group")
        await person.wait_for_work()
        await person.press("c")
        person.screen.query_one(Input).value = "Monday"
        await done(person, "enter", "tab", "down", "p")
        person.screen.query_one(Input).value = ""
        await done(person, "enter")
        assert speakers(person)[1] == ["Anna", "participant", "–"]
        assert "focus-group, case Monday" in person.words("#facts")
        await done(person, "ctrl+s")
    (source,) = empty.sources.list()
    assert (source.kind, source.cases) == ("focus-group", ("Monday",))


async def test_a_speaker_format_is_chosen_among_those_that_fit_the_file(empty: Project, folder: Path) -> None:
    async with at_work(empty, size=WIDE) as person:
        await look(person, folder / "anna.txt")
        await done(person, "s")
        await person.choose("none: no labels")
        await person.wait_for_work()
        assert speakers(person) == []
        assert "speaker format none (chosen by you)" in person.words("#facts")
        await done(person, "s")
        await person.choose("as detected")
        await person.wait_for_work()
        assert len(speakers(person)) == 2


async def test_an_encoding_that_does_not_fit_refuses_the_file_and_can_be_undone(empty: Project, tmp_path: Path) -> None:
    file = tmp_path / "cafe.txt"
    file.write_bytes("Anna: The café was shut.\n\nBert: It was, for a month.\n".encode("cp1252"))
    async with at_work(empty) as person:
        await look(person, file)
        await done(person, "e")
        await person.choose("utf-8")
        await person.wait_for_work()
        assert files(person)[0].startswith("refused")
        await done(person, "e")
        await person.choose("as detected")
        await person.wait_for_work()
        assert files(person)[0].startswith("ready")


async def test_an_unknown_encoding_is_reported_and_changes_nothing(empty: Project, folder: Path) -> None:
    async with at_work(empty) as person:
        await look(person, folder / "anna.txt")
        await done(person, "e")
        await person.choose("another")
        await person.write("klingon")
        await done(person, "enter")
        assert person.notices[-1].startswith("Unknown encoding “klingon”")
        assert files(person)[0].startswith("ready")


async def test_a_file_that_is_left_out_is_not_imported_and_can_be_included_again(empty: Project, folder: Path) -> None:
    async with at_work(empty) as person:
        await look(person, folder)
        await done(person, "x")
        assert files(person)[0].startswith("left out anna.txt")
        await done(person, "x")
        assert files(person)[0].startswith("ready anna.txt")
        await done(person, "x", "ctrl+s")
        assert person.notices[0].startswith("1 imported, 1 left out, 1 refused")
    assert [source.name for source in empty.sources.list()] == ["bert"]


async def test_leaving_asks_before_choices_are_lost(empty: Project, folder: Path) -> None:
    async with at_work(empty) as person:
        await look(person, folder)
        await done(person, "x", "escape")
        assert person.words(".question") == "Nothing is imported yet."
        await person.choose("Keep reviewing")
        assert isinstance(person.screen, ImportScreen)
        await done(person, "escape")
        await person.choose("Leave")
        assert person.at == "SourcesScreen"
    assert empty.sources.list() == []


def test_an_absolute_path_typed_behind_the_folder_replaces_it(tmp_path: Path) -> None:
    (tmp_path / "P01.txt").write_text("words", encoding="utf-8")
    assert entered(f"/usr/{tmp_path}") == (tmp_path,)
    assert entered("/usr/~/nowhere-to-be-found") == (Path.home() / "nowhere-to-be-found",)
    assert [one.line for one in completions(f"/usr/{tmp_path}/P", lambda _: True)] == [f"{tmp_path}/P01.txt"]

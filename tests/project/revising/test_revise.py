"""Corrected sources: what moves with the text, what waits for a person, and that undo brings everything back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.corrections import Correction, correction_of, exclude, join, relabel, replace_text, split
from fwanalysis.domain.matrix import CellState
from fwanalysis.domain.revisions import AnchorState
from fwanalysis.domain.sources import Role
from fwanalysis.domain.suggestions import SuggestionFilter
from fwanalysis.errors import Conflict, InvalidInput, NotFound, Unchanged, UndoConflict, UnreadableFile
from fwanalysis.project import Project, open_project
from tests.project.project_study import FG1, P01, code, rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fwanalysis.domain.revisions import RevisionReport

MENDED = P01.replace("What made", "So what made").replace("Nobody asks who pays", "Nobody asks who paid")


@pytest.fixture
def mended(tmp_path: Path) -> Path:
    return written(tmp_path, MENDED)


def written(folder: Path, text: str, name: str = "mended.txt") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def ben(project: Project) -> Project:
    return open_project(project.path, coder="ben")


def corrected(project: Project, source: str, act: object, *args: object) -> RevisionReport:
    """A turn corrected as the edit mode does it."""
    assert callable(act)
    transcript = project.sources.transcript(source)
    return project.sources.correct(source, act(correction_of(transcript), *args), seen=transcript.revision.id)


def quotes(project: Project, source: str) -> list[tuple[str, str]]:
    return [(item.code, item.quote) for item in project.codings.list(source=source)]


def is_well(project: Project) -> bool:
    return not any(finding.faults for finding in project.examine())


def coded(project: Project) -> None:
    code(project, "P01", "Effort", "We share what we learn. Nobody")
    code(project, "P01", "Cost", "Nobody asks who pays for it.")
    code(project, "P01", "Trust", "Trust grows slowly.")


# A corrected file


def test_a_corrected_file_becomes_the_text_and_segments_follow_where_it_is_certain(
    project: Project, mended: Path
) -> None:
    coded(project)
    before = project.sources.get("P01")
    report = project.sources.revise("P01", mended)
    assert (report.number, report.unchanged, report.moved, report.uncertain, report.not_found) == (2, 0, 2, 1, 0)
    assert project.sources.text("P01") == MENDED
    assert quotes(project, "P01") == [("Effort", "We share what we learn. Nobody"), ("Trust", "Trust grows slowly.")]
    after = project.sources.get("P01")
    assert after == replace(before, revision_id=after.revision_id)
    assert report.revision_id == after.revision_id
    assert is_well(project)


def test_undo_and_redo_of_a_revision_are_exact(project: Project, mended: Path) -> None:
    coded(project)
    before = rows(project)
    project.sources.revise("P01", mended)
    after = rows(project)
    for _ in range(2):
        project.history.undo()
        assert rows(project) == before
        assert is_well(project)
        project.history.redo()
        assert rows(project) == after
        assert is_well(project)


def test_a_dry_run_says_the_same_and_writes_nothing(project: Project, mended: Path) -> None:
    coded(project)
    before, events = rows(project), len(project.history.list())
    shown = project.sources.revise("P01", mended, dry_run=True)
    assert (rows(project), len(project.history.list())) == (before, events)
    done = project.sources.revise("P01", mended)
    assert shown == replace(done, revision_id=None, dry_run=True)


def test_a_file_that_corrects_nothing_is_refused(project: Project, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="nothing to revise"):
        project.sources.revise("P01", written(tmp_path, P01, "same.txt"))
    with pytest.raises(InvalidInput, match="nothing to revise"):
        project.sources.revise("P01", written(tmp_path, P01.replace("\n", "\r\n"), "other-bytes.txt"))
    with pytest.raises(InvalidInput, match='another source, "FG1"'):
        project.sources.revise("P01", written(tmp_path, FG1, "wrong.txt"))
    with pytest.raises(UnreadableFile):
        project.sources.revise("P01", tmp_path / "nowhere.txt")
    with pytest.raises(NotFound):
        project.sources.revise("P99", written(tmp_path, MENDED))


def test_the_file_that_a_source_was_read_from_brings_back_what_was_edited(project: Project, tmp_path: Path) -> None:
    coded(project)
    corrected(project, "P01", replace_text, 0, "Why?")
    assert project.sources.revise("P01", written(tmp_path, P01)).moved == 3
    assert project.sources.text("P01") == P01
    with pytest.raises(InvalidInput, match="is the file that P01 was read from"):
        project.sources.revise("P01", written(tmp_path, P01))


ANSWERS = """respondent,role,What did it cost you in time?,What would you change?
R1,nurse,It took me many hours every week and nobody asked.,I would ask for a person who does it with us.
R2,doctor,It took little time but the forms were long and dull.,I would throw away the second form they made us fill.
"""


def test_a_corrected_table_of_answers_revises_every_source_of_it(project: Project, tmp_path: Path) -> None:
    list(project.sources.import_files([written(tmp_path, ANSWERS, "answers.csv")]))
    names = [item.name for item in project.sources.list() if item.name.startswith(("R1", "R2"))]
    assert len(names) == 4
    changed = ANSWERS.replace("many hours", "so many hours").replace("second form", "third form")
    mended = written(tmp_path, changed, "mended.csv")
    for name in (names[0], names[3]):
        assert project.sources.revise(name, mended).number == 2
    for name in names:
        with pytest.raises(InvalidInput, match="nothing to revise"):
            project.sources.revise(name, mended)


@pytest.mark.parametrize("corrected_before", [False, True])
def test_a_renamed_answer_is_still_revised_from_its_row_of_the_table(
    project: Project, tmp_path: Path, corrected_before: bool
) -> None:
    list(project.sources.import_files([written(tmp_path, ANSWERS, "answers.csv")]))
    first, _, last, _ = [item.name for item in project.sources.list() if item.name.startswith(("R1", "R2"))]
    for name, to in ((first, "Ward nurse"), (last, first), ("Ward nurse", last)):  # the two names change places
        project.sources.rename(name, to)
    changed = ANSWERS.replace("many hours", "so many hours")
    if corrected_before:
        transcript = project.sources.transcript(last)
        longer = replace_text(correction_of(transcript), 0, transcript.text + " Always.") if transcript.turns else None
        longer = longer or Correction(transcript.text + " Always.", ())
        project.sources.correct(last, longer, seen=transcript.revision.id)
    revised = project.sources.revise(last, written(tmp_path, changed, "changed.csv"))
    assert "so many hours" in project.sources.text(last)
    assert (revised.source, revised.number) == (last, 3 if corrected_before else 2)
    with pytest.raises(Unchanged):
        project.sources.revise(first, written(tmp_path, changed, "changed.csv"))


def test_a_table_without_the_row_of_a_renamed_answer_is_refused_by_both_names(project: Project, tmp_path: Path) -> None:
    list(project.sources.import_files([written(tmp_path, ANSWERS, "answers.csv")]))
    name = next(item.name for item in project.sources.list() if item.name.startswith("R1"))
    project.sources.rename(name, "Ward nurse")
    others = ANSWERS.replace("R1,", "R7,")
    with pytest.raises(InvalidInput, match=f'none is called "Ward nurse" .imported as "{name}"'):
        project.sources.revise("Ward nurse", written(tmp_path, others, "others.csv"))


OTHER = """Interviewer: Tell me of the harbour.
Fisher: At dawn the boats go out past the mole, each with its lamp.
Fisher: By noon they are home and the nets hang in the wind.
"""


def test_a_file_of_something_else_is_questioned(project: Project, tmp_path: Path) -> None:
    other = written(tmp_path, OTHER, "other.txt")
    before = rows(project)
    with pytest.raises(InvalidInput, match="does not look like a corrected P01: hardly any of its text"):
        project.sources.revise("P01", other)
    assert rows(project) == before
    coded(project)
    before = rows(project)
    with pytest.raises(InvalidInput, match="none of its 3 coded segments occurs in the file"):
        project.sources.revise("P01", other)
    assert rows(project) == before
    assert "does not look like a corrected P01" in project.sources.revise("P01", other, dry_run=True).warnings[-1]
    assert project.sources.revise("P01", other, force=True).not_found == 3
    project.history.undo()
    assert rows(project) == before


def test_a_correction_of_the_only_coded_words_is_not_questioned(project: Project, mended: Path) -> None:
    code(project, "P01", "Cost", "Nobody asks who pays for it.")
    assert project.sources.revise("P01", mended).uncertain == 1


def test_the_same_file_can_be_read_in_another_way(project: Project, tmp_path: Path) -> None:
    coded(project)
    report = project.sources.revise("P01", written(tmp_path, P01), speaker_format="none")
    assert (report.turns_before, report.turns_after, report.unchanged) == (4, 0, 3)
    assert (project.sources.turns("P01"), project.sources.revision("P01").speaker_format) == ([], "none")
    assert is_well(project)


TABBED = "Speaker\tTime\tText\n" + "".join(
    f"{label}\t0:0{at}\t{words}\n"
    for at, (label, words) in enumerate(
        [("Ann", "Where did the boat lie?"), ("Bob", "Below the bridge."), ("Ann", "And then?"), ("Bob", "It sank.")]
        * 2
    )
)


def tabbed(project: Project, folder: Path, speaker_format: str | None) -> str:
    """The text of a source of rows with tabs, imported in a style."""
    list(project.sources.import_files([written(folder, TABBED, "P31.txt")], speaker_format=speaker_format))
    return project.sources.text("P31")


def test_a_corrected_file_is_read_in_the_style_of_its_source(project: Project, tmp_path: Path) -> None:
    assert tabbed(project, tmp_path, "label-tab") == TABBED
    mended = written(tmp_path, TABBED.replace("It sank.", "It sank at last.", 1))
    report = project.sources.revise("P31", mended)
    assert project.sources.text("P31") == mended.read_text(encoding="utf-8")
    revision = project.sources.revision("P31")
    assert (revision.speaker_format, revision.speaker_format_reason[:26]) == ("label-tab", "like the previous revision")
    assert report.warnings[0] == (
        "It was read as label-tab, like the previous revision; detected: rows (use --speaker-format rows)."
    )
    project.sources.revise("P31", mended, speaker_format="rows")
    assert (project.sources.revision("P31").speaker_format, project.sources.text("P31")[:5]) == ("rows", "Where")
    assert is_well(project)


def test_a_corrected_file_in_another_style_is_read_as_it_is_and_that_is_told(project: Project, tmp_path: Path) -> None:
    tabbed(project, tmp_path, "label-tab")
    lines = [line.split("\t") for line in TABBED.split("\n")[1:-1]]
    mended = written(tmp_path, "\n".join(f"{label}: {words}" for label, _, words in lines))
    report = project.sources.revise("P31", mended)
    assert (project.sources.revision("P31").speaker_format, report.turns_after) == ("label-colon", 8)
    assert report.warnings[0] == (
        "The previous revision was read as label-tab; hardly any of this file is in that format, so it was read as "
        "label-colon."
    )


def test_a_corrected_text_is_read_by_the_reader_of_its_source(project: Project, tmp_path: Path) -> None:
    text = "**Ann:** Where did the boat lie?\n\n**Bob:** Below *the* bridge.\n\n" * 3
    list(project.sources.import_files([written(tmp_path, text, "P32.txt")], input_format="md"))
    project.sources.revise("P32", written(tmp_path, text.replace("Below", "Just below", 1)))
    assert project.sources.revision("P32").input_format == "md"
    project.sources.revise("P32", written(tmp_path, text.replace("Below", "Far below", 1)), input_format="txt")
    assert project.sources.revision("P32").input_format == "txt"


def test_known_speakers_keep_role_and_case_and_new_ones_get_them_as_on_import(project: Project, tmp_path: Path) -> None:
    project.speakers.set("P03", source="FG1", role=Role.OTHER)
    text = FG1.replace("Speaker 4:", "P01:").replace("P03: Trust", "P77: Trust") + "Observer: They nod.\n"
    report = project.sources.revise("FG1", written(tmp_path, text))
    assert set(report.speakers_new) == {"P01", "P77", "Observer"}
    voices = {item.label: item for item in project.speakers.list("FG1")}
    assert set(voices) == {"Moderator", "P01", "P02", "P03", "P77", "Observer"}
    assert voices["P03"].role is Role.OTHER
    assert (voices["P01"].role, voices["P01"].case) == (Role.PARTICIPANT, "P01")
    assert voices["P77"].case is None
    assert any("P77" in doubt for doubt in report.warnings)
    assert "P77" not in {case.name for case in project.cases.list()}
    members = {case.name: case.members for case in project.cases.list()}["FG1"]
    assert "P01" in members
    project.history.undo()
    assert {item.label for item in project.speakers.list("FG1")} == {"Moderator", "P02", "P03", "Speaker 4"}


def test_a_label_that_takes_anothers_place_throughout_takes_over_role_and_case(
    project: Project, tmp_path: Path
) -> None:
    project.speakers.set("Interviewer", source="P01", role=Role.OTHER, case="P02")
    report = project.sources.revise("P01", written(tmp_path, P01.replace("Interviewer:", "Ines:")))
    assert report.speakers_new == ("Ines",)
    (ines,) = [voice for voice in project.speakers.list("P01") if voice.label == "Ines"]
    assert (ines.role, ines.role_reason, ines.case) == (Role.OTHER, "", "P02")


def test_speakers_without_a_turn_are_not_shown(project: Project, tmp_path: Path) -> None:
    project.sources.revise("FG1", written(tmp_path, FG1.replace("P03:", "P02:")))
    (overview,) = [item for item in project.sources.list() if item.name == "FG1"]
    assert "P03" not in overview.speakers
    assert "P03" not in overview.cases
    assert "P03" not in {item.label for item in project.speakers.list("FG1")}
    assert "FG1" not in {case.name: case.sources for case in project.cases.list()}["P03"]
    assert is_well(project)


# The edit mode


def test_correcting_words_labels_and_ends_of_turns_is_one_step_each(project: Project) -> None:
    coded(project)
    before = rows(project)
    at = project.sources.text("P01").index(" Nobody")
    acts: list[tuple[object, ...]] = [
        (replace_text, 0, "Why?"),
        (split, 1, at - len("What made you join the collaborative?") + 4, "P02"),
    ]
    acts += [(join, 0), (exclude, 0)]
    for act, *args in acts:
        report = corrected(project, "P01", act, *args)
        assert report.not_found == 0
        assert is_well(project)
    assert [view.number for view in project.sources.revisions("P01")] == [1, 2, 3, 4, 5]
    for _ in acts:
        project.history.undo()
    assert rows(project) == before


def test_a_correction_of_labels_shares_the_text_and_moves_nothing(project: Project) -> None:
    coded(project)
    first = project.sources.revision("P01")
    before = [(item.id, item.start, item.end, item.quote) for item in project.codings.list(source="P01")]
    report = corrected(project, "P01", relabel, 1, "Interviewer")
    second = project.sources.revision("P01")
    assert (report.unchanged, report.moved, report.uncertain, report.not_found) == (3, 0, 0, 0)
    assert second.text_hash == first.text_hash
    assert (second.original_hash, second.filename, second.speaker_format) == (
        first.original_hash,
        first.filename,
        first.speaker_format,
    )
    assert [(item.id, item.start, item.end, item.quote) for item in project.codings.list(source="P01")] == before
    assert [turn.speaker for turn in project.sources.turns("P01")][:2] == ["Interviewer", "Interviewer"]
    assert second.words == first.words


def test_a_correction_of_what_was_corrected_meanwhile_is_a_conflict(project: Project) -> None:
    transcript = project.sources.transcript("P01")
    mine = replace_text(correction_of(transcript), 0, "Why did you join?")
    corrected(project, "P01", relabel, 1, "P02")
    before = rows(project)
    with pytest.raises(Conflict, match="corrected by another coder"):
        project.sources.correct("P01", mine, seen=transcript.revision.id)
    assert rows(project) == before


def test_a_correction_without_a_difference_or_not_whole_is_refused(project: Project) -> None:
    transcript = project.sources.transcript("P01")
    same = correction_of(transcript)
    for correction in (same, Correction("", ()), replace(same, turns=same.turns[::-1])):
        with pytest.raises(InvalidInput):
            project.sources.correct("P01", correction, seen=transcript.revision.id)
    assert len(project.sources.revisions("P01")) == 1


def test_codings_made_on_a_text_that_is_no_more_are_a_conflict(project: Project) -> None:
    seen = project.sources.revision("P01").id
    corrected(project, "P01", replace_text, 0, "Why did you join?")
    with pytest.raises(Conflict, match="corrected by another coder"):
        project.codings.add("P01", "Cost", 10, 20, seen=seen)
    assert project.codings.add("P01", "Cost", 10, 20, seen=project.sources.revision("P01").id)


def test_the_place_where_somebody_stopped_reading_is_inside_a_shorter_text(project: Project) -> None:
    source = project.sources.get("P01")
    project.sources.set_position(source.id, len(P01))
    corrected(project, "P01", replace_text, 3, "No.")
    assert project.sources.position(source.id) == len(project.sources.text("P01")) < len(P01)


def test_revisions_say_when_by_whom_and_by_what_they_were_made(project: Project, mended: Path) -> None:
    project.sources.revise("P01", mended)
    with ben(project) as other:
        corrected(other, "P01", relabel, 1, "P02")
    views = project.sources.revisions("P01")
    assert [(view.number, view.coder, view.label, view.present) for view in views] == [
        (1, "ana", "import P01", False),
        (2, "ana", "revise P01", False),
        (3, "ben", "correct the turns of P01", True),
    ]
    assert [view.at for view in views] == sorted(view.at for view in views)
    assert [view.filename for view in views] == ["P01.txt", "mended.txt", "mended.txt"]
    assert [view.length for view in views] == [len(P01), len(MENDED), len(MENDED)]


# What has no place


def test_what_is_uncertain_waits_with_its_candidate_and_what_is_lost_with_its_last_place(
    project: Project, tmp_path: Path
) -> None:
    coded(project)
    report = project.sources.revise("P01", written(tmp_path, MENDED.replace("Trust grows slowly. ", "")))
    assert (report.uncertain, report.not_found) == (1, 1)
    fuzzy, lost = project.sources.unanchored()
    ids = project.sources.ids()
    assert [project.sources.get(source_id).name for source_id in ids] == [item.name for item in project.sources.list()]
    counts = {project.sources.get(source_id).name: project.sources.count_unanchored(source_id) for source_id in ids}
    assert counts == {item.name: len(project.sources.unanchored(item.name)) for item in project.sources.list()}
    with pytest.raises(NotFound):
        project.sources.count_unanchored("no such id")
    assert (fuzzy.state, fuzzy.codings, fuzzy.quote) == (
        AnchorState.UNCERTAIN, ("Cost (ana)",), "Nobody asks who paid for it.",
    )  # fmt: skip
    assert 0 < fuzzy.score < 1
    assert (fuzzy.old_revision, fuzzy.old_quote) == (1, "Nobody asks who pays for it.")
    assert (fuzzy.old_start, fuzzy.old_end) == (P01.index("Nobody"), P01.index(" it.") + 4)
    assert (fuzzy.before, fuzzy.old_before) == ("e?\nP01: We share what we learn. ",) * 2
    assert (lost.state, lost.quote, lost.start, lost.score) == (AnchorState.NOT_FOUND, None, None, 0.0)
    assert [item.code for item in project.codings.list(source="P01", unanchored=True)] == ["Cost", "Trust"]
    assert all(item.turn is None and item.case is None for item in project.codings.list(unanchored=True))
    assert project.sources.unanchored("P02") == []
    assert is_well(project)


def test_a_person_takes_the_candidate_or_says_another_place(project: Project, mended: Path) -> None:
    coded(project)
    project.sources.revise("P01", mended)
    (item,) = project.sources.unanchored("P01")
    before = rows(project)
    anchor = project.sources.reanchor(item.segment_id[:8])
    assert (anchor.quote, anchor.start) == (item.quote, item.start)
    assert ("Cost", "Nobody asks who paid for it.") in quotes(project, "P01")
    assert project.sources.unanchored() == []
    assert is_well(project)
    project.history.undo()
    assert rows(project) == before
    assert project.sources.unanchored("P01") == [item]
    start = MENDED.index("And what")
    assert project.sources.reanchor(item.segment_id, start=start, end=start + 8).quote == "And what"
    with pytest.raises(NotFound):
        project.sources.reanchor(item.segment_id)


def test_a_place_without_words_or_of_nothing_is_refused(project: Project, tmp_path: Path) -> None:
    coded(project)
    project.sources.revise("P01", written(tmp_path, P01.replace("Trust grows slowly. ", "")))
    (lost,) = project.sources.unanchored("P01")
    with pytest.raises(InvalidInput, match="no match for"):
        project.sources.reanchor(lost.segment_id)
    for start, end in ((5, 5), (0, 9999), (9, 3), (-1, 4), (len("Interviewer:"), len("Interviewer: "))):
        with pytest.raises(InvalidInput):
            project.sources.reanchor(lost.segment_id, start=start, end=end)
    with pytest.raises(InvalidInput, match="together"):
        project.sources.reanchor(lost.segment_id, start=5)
    assert project.sources.reanchor_all("P01") == []


def test_all_candidates_of_a_source_are_taken_in_one_step(project: Project, tmp_path: Path) -> None:
    coded(project)
    project.sources.revise("P01", written(tmp_path, MENDED.replace("grows slowly", "grows so slowly")))
    before = rows(project)
    assert {anchor.quote for anchor in project.sources.reanchor_all("P01")} == {
        "Nobody asks who paid for it.", "Trust grows so slowly.",
    }  # fmt: skip
    assert (project.sources.unanchored(), is_well(project)) == ([], True)
    project.history.undo()
    assert rows(project) == before


def test_a_coding_without_a_place_can_be_taken_off(project: Project, mended: Path) -> None:
    coded(project)
    project.sources.revise("P01", mended)
    (item,) = project.codings.list(unanchored=True)
    before = rows(project)
    assert project.codings.remove([item.id[:8]]) == [item.id]
    assert (project.sources.unanchored(), is_well(project)) == ([], True)
    project.history.undo()
    assert rows(project) == before


def test_a_segment_that_lost_its_place_is_found_again_when_its_words_come_back(
    project: Project, tmp_path: Path, mended: Path
) -> None:
    coded(project)
    project.sources.revise("P01", mended)
    report = project.sources.revise("P01", written(tmp_path, MENDED.replace("paid", "pays"), "again.txt"))
    assert (report.moved + report.unchanged, report.uncertain, report.not_found) == (3, 0, 0)
    assert project.sources.unanchored() == []
    assert ("Cost", "Nobody asks who pays for it.") in quotes(project, "P01")
    assert is_well(project)


# What rests on a revision


def test_undo_is_refused_when_somebody_has_coded_the_new_text(project: Project, mended: Path) -> None:
    project.sources.revise("P01", mended)
    with ben(project) as other:
        code(other, "P01", "Cost", "Nobody asks who paid for it.")
    before = rows(project)
    with pytest.raises(UndoConflict, match=r"the coding Cost by ben on “Nobody asks who paid for it\.”"):
        project.history.undo()
    assert rows(project) == before
    with ben(project) as other:
        other.history.undo()
    project.history.undo()
    assert project.sources.text("P01") == P01


def test_undo_is_refused_when_a_summary_was_written_on_the_new_text(project: Project, mended: Path) -> None:
    coded(project)
    project.sources.revise("P01", mended)
    with ben(project) as other:
        other.matrix.set("P01", "Trust", "It takes its time.")
    before = rows(project)
    with pytest.raises(UndoConflict, match="the summary of P01 × Trust"):
        project.history.undo()
    assert rows(project) == before


def test_undo_is_refused_when_somebody_has_worked_on_what_stayed(project: Project, tmp_path: Path) -> None:
    coded(project)
    with ben(project) as other:
        code(other, "P01", "Effort", "Trust grows slowly.")
    mended = MENDED.replace("Nobody asks who paid", "Nobody ever asks who pays")
    project.sources.revise("P01", written(tmp_path, mended))
    list(project.suggestions.run())
    with ben(project) as other:
        acts: tuple[Callable[[], object], ...] = (
            lambda: code(other, "P01", "Cost", "Trust grows slowly."),
            lambda: other.matrix.set("P01", "Cost", state=CellState.NOTHING_SAID),
            lambda: other.suggestions.reject(SuggestionFilter(source="P01")),
        )
        said = ("the coding Cost by ben on “Trust grows slowly", "written for P01 × Cost", "the decision by ben on")
        for act, phrase in zip(acts, said, strict=True):
            act()
            before = rows(project)
            with pytest.raises(UndoConflict, match=phrase):
                project.history.undo()
            assert rows(project) == before
            other.history.undo()
        code(other, "P02", "Cost", "The hospitals pay")
    project.history.undo()
    assert project.sources.text("P01") == P01
    assert is_well(project)


def test_work_done_while_a_correction_was_undone_does_not_hold_it(project: Project, mended: Path) -> None:
    coded(project)
    project.sources.revise("P01", mended)
    project.history.undo()
    with ben(project) as other:
        code(other, "P01", "Cost", "Trust grows slowly.")
    project.history.redo()
    project.history.undo()
    assert project.sources.text("P01") == P01


def test_a_placing_that_a_later_correction_took_over_is_not_undone(project: Project, mended: Path) -> None:
    coded(project)
    project.sources.revise("P01", mended)
    project.sources.reanchor_all("P01")
    with ben(project) as other:
        corrected(other, "P01", replace_text, 2, "And trust?")
    before = rows(project)
    with pytest.raises(UndoConflict, match="corrected since, and the segment is anchored in the new text"):
        project.history.undo()
    assert rows(project) == before
    with ben(project) as other:
        other.history.undo()
    project.history.undo()
    assert [item.quote for item in project.sources.unanchored()] == ["Nobody asks who paid for it."]


def test_a_coding_that_a_correction_carried_on_is_removed_rather_than_undone(project: Project, mended: Path) -> None:
    code(project, "P01", "Trust", "Trust grows slowly.")
    with ben(project) as other:
        other.sources.revise("P01", mended)
    with pytest.raises(UndoConflict, match="the segment is anchored in the new text"):
        project.history.undo()


def test_a_cell_says_that_a_coding_lost_its_place_and_is_fresh_where_words_only_moved(
    project: Project, mended: Path
) -> None:
    coded(project)
    project.matrix.set("P01", "Effort", "Nobody asks who pays.")
    project.matrix.set("P01", "Trust", "It takes its time.")
    project.sources.revise("P01", mended)
    assert list(map(str, project.matrix.cell("P01", "Effort").stale)) == ["1 coding is unanchored"]
    assert [quoted.passage.quote for quoted in project.matrix.cell("P01", "Effort").quotes] == [
        "We share what we learn. Nobody"
    ]
    assert project.matrix.cell("P01", "Trust").stale == ()
    project.sources.reanchor_all("P01")
    assert list(map(str, project.matrix.cell("P01", "Effort").stale)) == ["text of 1 coding corrected"]
    project.history.undo()
    project.history.undo()
    assert project.matrix.cell("P01", "Effort").stale == ()


def test_a_coding_made_while_a_correction_was_undone_waits_for_a_person_when_it_comes_back(
    project: Project, mended: Path
) -> None:
    project.sources.revise("P01", mended)
    project.history.undo()
    with ben(project) as other:
        code(other, "P01", "Trust", "Trust grows slowly.")
    project.history.redo()
    (item,) = project.sources.unanchored()
    assert (item.state, item.quote, item.score) == (AnchorState.UNCERTAIN, "Trust grows slowly.", 1.0)
    assert is_well(project)
    project.sources.reanchor_all("P01")
    assert quotes(project, "P01") == [("Trust", "Trust grows slowly.")]


# Removing


def test_a_source_on_which_nothing_rests_is_removed_and_comes_back_whole(project: Project, mended: Path) -> None:
    project.sources.revise("P01", mended)
    corrected(project, "P01", relabel, 1, "Somebody")
    list(project.suggestions.run())
    before = rows(project)
    assert project.sources.remove("P01").name == "P01"
    assert "P01" not in {item.name for item in project.sources.list()}
    assert {item.source for item in project.suggestions.list()} == {"P02", "FG1", "newsletter"}
    assert is_well(project)
    assert project.matrix.view().rows
    project.history.undo()
    assert rows(project) == before
    assert is_well(project)


def test_a_source_on_which_something_rests_stays(project: Project, mended: Path) -> None:
    coded(project)
    project.sources.revise("P01", mended)
    before = rows(project)
    with pytest.raises(Conflict, match="the coding Cost by ana on “Nobody asks who pays for it"):
        project.sources.remove("P01")
    list(project.suggestions.run())
    project.suggestions.reject(SuggestionFilter(source="P02"))
    with pytest.raises(Conflict, match="decisions on suggestions"):
        project.sources.remove("P02")
    project.history.undo()
    assert rows(project) == before


def test_a_cell_of_a_group_says_that_evidence_waits_for_a_place(project: Project, tmp_path: Path) -> None:
    code(project, "FG1", "Trust", "We trust the people who come to every meeting.")
    mended = FG1.replace("We trust the people who", "We trsut the people that")
    project.sources.revise("FG1", written(tmp_path, mended, "FG1-mended.txt"))
    cell = project.matrix.cell("FG1", "Trust")
    assert (cell.segments, cell.unanchored, cell.empty_because) == (0, 1, "no evidence in the present text")
    project.sources.reanchor_all("FG1")
    cell = project.matrix.cell("FG1", "Trust")
    assert (cell.segments, cell.unanchored, cell.empty_because) == (1, 0, "not charted")

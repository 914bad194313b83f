"""Tables of cases merged with those of a project: what is kept, what is told, what is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fwanalysis.domain.case_reports import AlikeValues, CaseConflict, NearCase
from fwanalysis.domain.cases import AttributeType, Level
from fwanalysis.errors import InvalidInput
from tests.formats.xlsx_files import book
from tests.project.project_study import rows, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from fwanalysis.domain.case_reports import CasesReport
    from fwanalysis.project import Project


class Table:
    """A table to import, as a person would write it."""

    def __init__(self, project: Project, folder: Path) -> None:
        self._project, self._folder = project, folder / "tables"

    def take(self, text: str, *, replace: bool = False, dry_run: bool = False, name: str = "cases.csv") -> CasesReport:
        file = write_files(self._folder, {name: text}) / name
        return self._project.cases.import_file(file, replace=replace, dry_run=dry_run)


@pytest.fixture
def table(project: Project, tmp_path: Path) -> Table:
    return Table(project, tmp_path)


def types(project: Project) -> dict[str, AttributeType]:
    return {view.name: view.type for view in project.cases.attribute_views()}


# Conflicts


def test_what_the_project_knows_stays_and_each_cell_that_contradicts_it_is_told(project: Project, table: Table) -> None:
    before = rows(project)
    report = table.take("case,years,role\nP01,13,nurse\nP02,4,surgeon\nP03,7,\n")
    assert report.conflicts == (
        CaseConflict(2, "P01", "years", "12", "13", False),
        CaseConflict(3, "P02", "role", "doctor", "surgeon", False),
    )
    assert report.changed == ()
    assert rows(project) == before


def test_asked_to_replace_the_table_wins_and_the_same_cells_are_told(project: Project, table: Table) -> None:
    report = table.take("case,years\nP01,13\nP02,4\n", replace=True)
    assert report.conflicts == (CaseConflict(2, "P01", "years", "12", "13", True),)
    assert report.changed == ("P01",)
    assert project.cases.show("P01").attributes["years"] == "13"


@pytest.mark.parametrize("cell", ["", " ", "-", "–", "n/a", "N/A", "?", "unknown", "Unknown"])
def test_unknown_never_overwrites_and_is_no_conflict(project: Project, table: Table, cell: str) -> None:
    for replace in (False, True):
        report = table.take(f"case,years,role\nP01,{cell},{cell}\n", replace=replace)
        assert (report.conflicts, report.changed) == ((), ())
    assert project.cases.show("P01").attributes == {"site": "Alder", "years": "12", "role": "nurse"}


def test_a_value_that_the_project_does_not_know_is_taken(project: Project, table: Table) -> None:
    project.cases.set("P01", attributes={"years": ""})
    report = table.take("case,years,band\nP01,13,6\n")
    assert (report.conflicts, report.changed, report.attributes) == ((), ("P01",), ("band",))
    assert project.cases.show("P01").attributes["years"] == "13"


def test_the_same_value_written_otherwise_is_no_conflict(project: Project, table: Table) -> None:
    report = table.take("case,role,years,site\nP01, NURSE ,12.0,alder\n")
    assert (report.conflicts, report.changed) == ((), ())
    assert project.cases.show("P01").attributes == {"site": "Alder", "years": "12", "role": "nurse"}


def test_another_site_is_a_conflict_and_moves_nobody_unless_asked(project: Project, table: Table) -> None:
    report = table.take("case,site\nP01,Birch\n")
    assert report.conflicts == (CaseConflict(2, "P01", "site", "Alder", "Birch", False),)
    assert project.cases.show("P01").member_of == ("Alder",)
    table.take("case,site\nP01,Birch\n", replace=True)
    assert project.cases.show("P01").member_of == ("Birch",)


def test_a_site_given_by_hand_is_known_too(project: Project, table: Table) -> None:
    project.cases.set("P01", attributes={"site": ""})
    report = table.take("case,site\nP01,Birch\n")
    assert report.conflicts == (CaseConflict(2, "P01", "site", "Alder", "Birch", False),)


def test_somebody_may_sit_in_a_second_group(project: Project, table: Table) -> None:
    report = table.take("case,group\nP03,FG2\n")
    assert report.conflicts == ()
    assert project.cases.show("P03").member_of == ("Birch", "FG1", "FG2")


def test_another_level_is_a_conflict_for_a_case_that_speaks(project: Project, table: Table) -> None:
    project.cases.set("Elm")
    report = table.take("case,level\nP01,group\nElm,site\n")
    assert report.conflicts == (CaseConflict(2, "P01", "level", "person", "group", False),)
    assert (project.cases.get("P01").level, project.cases.get("Elm").level) == (Level.PERSON, Level.SITE)


# Rows that match nothing, cases that are not there


def test_a_row_without_a_case_makes_one_and_names_the_nearest_there_is(project: Project, table: Table) -> None:
    report = table.take("case,site\nP7,\nP1,Brich\nP12,\nP02,\n")
    assert report.made == ("P7", "P1", "P12", "Brich")
    assert report.nearest == (NearCase(3, "P1", "P01"), NearCase(3, "Brich", "Birch"))
    assert report.nearest[0].sentence() == "line 3: “P1” is new; did you mean P01?"


def test_two_new_rows_that_look_alike_are_told(table: Table) -> None:
    assert table.take("case\nP07\nP7\n").nearest == (NearCase(3, "P7", "P07"),)


def test_cases_with_sources_that_the_table_leaves_out_are_listed(project: Project, table: Table) -> None:
    project.cases.set("P13")
    assert table.take("case,years\nP01,12\n").missing == ("FG1", "P02", "P03")
    assert table.take("case,group\nP01,\nP02,\nP03,FG1\n").missing == ()


def test_a_table_may_come_before_the_sources_and_a_placeholder_has_none(project: Project, table: Table) -> None:
    report = table.take("case,years\nP13,3\n")
    assert report.made == ("P13",)
    assert project.cases.show("P13").sources == ()


# Aliases


def test_rows_find_their_case_by_an_alias(project: Project, table: Table) -> None:
    project.cases.set("P01", aliases=["Alma Reed"])
    report = table.take("case,band\nalma  reed,6\n")
    assert (report.made, report.changed) == ((), ("P01",))
    assert project.cases.show("P01").attributes["band"] == "6"


def test_two_rows_of_one_case_are_refused(project: Project, table: Table) -> None:
    project.cases.set("P01", aliases=["Alma"])
    with pytest.raises(InvalidInput, match=r"cases\.csv, line 3: “Alma” is another name of P01, which is in line 2"):
        table.take("case,band\nP01,6\nAlma,7\n")


def test_a_site_named_by_its_alias_is_the_site(project: Project, table: Table) -> None:
    project.cases.set("Alder", aliases=["Alder Hall"])
    assert table.take("case,site\nP01,Alder Hall\nP09,Alder Hall\n").conflicts == ()
    assert project.cases.show("P09").attributes == {"site": "Alder"}
    assert project.cases.show("Alder").members == ("P01", "P09")


# A dry run


def test_a_dry_run_says_what_an_import_says_and_writes_nothing(project: Project, table: Table) -> None:
    text = "case,level,site,years,role,since\nP01,,Birch,13,nurse,31/12/2025\nP1,,Brich,2,Nurse,\n"
    before, events = rows(project), project.history.verify().events
    rehearsed = table.take(text, dry_run=True)
    assert rows(project) == before
    assert project.history.verify().events == events
    done = table.take(text)
    assert rehearsed.dry_run
    assert not done.dry_run
    assert [getattr(rehearsed, name) for name in rehearsed.__slots__[:-1]] == [
        getattr(done, name) for name in done.__slots__[:-1]
    ]
    assert done.made == ("P1", "Brich")


def test_a_dry_run_lets_nobody_join_the_project(project: Project, tmp_path: Path) -> None:
    from fwanalysis.project import open_project

    file = write_files(tmp_path, {"cases.csv": "case\nP20\n"}) / "cases.csv"
    with open_project(tmp_path / "study.fwa", coder="ben") as other:
        other.cases.import_file(file, dry_run=True)
        assert [row["name"] for row in rows(other)["coders"]] == ["ana"]


def test_an_import_is_one_step_of_undo(project: Project, table: Table) -> None:
    before = rows(project)
    table.take("case,site,band\nP01,Birch,6\nP40,Cedar,7\n", replace=True)
    project.history.undo()
    assert rows(project) == before


# Values


def test_a_value_spelled_two_ways_is_pointed_out_with_its_lines(table: Table) -> None:
    text = (
        "case,post\nP20,ward manager\nP21,ward manger\nP22,ward manager\nP23,ward manager\nP24,Ward Manager\n"
        "P25,east\nP26,west\nP27,west\nP28,west\nP29,ward  manager\n"
    )
    assert table.take(text).alike == (
        AlikeValues(
            "post", "Ward Manager", "ward manager", "they differ only in case, spaces, hyphens or full stops", (6,)
        ),
        AlikeValues("post", "ward manger", "ward manager", "they differ by one letter", (3,)),
    )


def test_a_value_of_the_table_is_compared_with_those_of_the_project(table: Table) -> None:
    (found,) = table.take("case,role\nP20,Nurse\n").alike
    assert (found.value, found.other, found.lines) == ("Nurse", "nurse", (2,))


def test_blanks_within_a_value_are_folded(project: Project, table: Table) -> None:
    table.take("case,post\nP20,ward manager\nP21,ward  manager\n")
    assert [view.values for view in project.cases.attribute_views() if view.name == "post"] == [1]


def test_numbers_dates_and_labels_are_never_called_alike(table: Table) -> None:
    text = (
        "case,years,day,tag\nP20,12,2025-12-31,A-100\nP21,12,2025-12-31,A-100\nP22,12,2025-12-30,A-100\nP23,13,,A-101\n"
    )
    assert table.take(text).alike == ()


def test_leading_zeros_stay(project: Project, table: Table) -> None:
    table.take("case,badge,phone,years in post\nP20,007,+441632960123,3\nP21,012,01632960124,4\n")
    assert project.cases.show("P20").attributes == {"badge": "007", "phone": "+441632960123", "years_in_post": "3"}
    found = types(project)
    assert AttributeType.NUMBER not in (found["badge"], found["phone"])
    assert found["years_in_post"] is AttributeType.NUMBER


def test_a_label_does_not_become_a_number_because_the_attribute_is_one(table: Table) -> None:
    with pytest.raises(InvalidInput, match=r"line 2: years is a number, and “007” would lose its zero"):
        table.take("case,years\nP20,007\n")


def test_dates_in_another_form_stay_texts_and_are_pointed_out(project: Project, table: Table) -> None:
    report = table.take("case,signed,seen\nP20,03.04.2025,2025-12-31\nP21,31.12.2025,2026-01-02\n")
    assert report.warnings == (
        "line 3: signed “31.12.2025” looks like a date, but is kept as a text; write 2025-12-31.",
    )
    assert types(project)["seen"] is AttributeType.DATE
    assert types(project)["signed"] is AttributeType.TEXT


def test_a_table_with_tabs_is_read_too(project: Project, table: Table) -> None:
    table.take("case\tband\nP01\t6\n", name="cases.tsv")
    assert project.cases.show("P01").attributes["band"] == "6"


def test_a_workbook_is_read_too(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "cases.xlsx"
    file.write_bytes(book([["case", "band", "role", "aliases"], ["P01", 6, "surgeon", "Alma; Int 1"]]))
    report = project.cases.import_file(file)
    assert report.conflicts == (CaseConflict(2, "P01", "role", "nurse", "surgeon", False),)
    view = project.cases.show("Int 1")
    assert (view.name, view.attributes["band"], view.aliases) == ("P01", "6", ("Alma", "Int 1"))


def test_a_row_gives_its_case_the_aliases_it_states_and_is_found_by_them(project: Project, table: Table) -> None:
    report = table.take("case,aliases\nP01,Alma\nBen Ash,P02; Int 2\n")
    assert (report.made, report.changed, report.nearest) == ((), ("P01", "P02"), ())
    assert project.cases.show("P02").aliases == ("Ben Ash", "Int 2")


def test_an_alias_of_another_case_is_refused_with_its_line(project: Project, table: Table) -> None:
    before = rows(project)
    with pytest.raises(InvalidInput, match=r"cases\.csv, line 3: “P03” cannot be an alias of P02: it is a case"):
        table.take("case,aliases\nP01,Alma\nP02,P03\n")
    assert rows(project) == before


# Types


LABELS = ("007", "0042", "+441632960123", "3.10", "2026033112", "1/2", "45%", "1e5")


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("name", ["people.csv", "people.xlsx"])
def test_what_is_written_like_a_number_is_stored_as_it_is_written(
    project: Project, tmp_path: Path, label: str, name: str
) -> None:
    table = (("case", "badge"), (label, label), ("Q2", "12"))
    data = book(table) if name.endswith(".xlsx") else "\n".join(",".join(row) for row in table).encode()
    file = tmp_path / name
    file.write_bytes(data)
    project.cases.import_file(file)
    assert project.cases.show(label).attributes["badge"] == label
    assert types(project)["badge"] is not AttributeType.NUMBER


def test_the_types_of_all_columns_are_reported(table: Table) -> None:
    text = "case,years,ward,badge,joined,mute,empty\nQ1,3,Elm,007,2026-01-02,yes,\nQ2,4,Elm,12,2026-03-04,no,\n"
    report = table.take(text, dry_run=True)
    assert [(column.attribute, column.type.value, column.is_known) for column in report.types] == [
        ("years", "number", True),
        ("ward", "choice", False),
        ("badge", "text", False),
        ("joined", "date", False),
        ("mute", "boolean", False),
    ]
    assert [(column.values, column.examples) for column in report.types][2] == (2, ("007", "12"))


def test_a_chosen_type_takes_the_place_of_the_inferred_one(project: Project, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("case,Team No\nQ1,3\nQ2,4\n")
    report = project.cases.import_file(tmp_path / "people.csv", types={"Team No": AttributeType.TEXT})
    assert types(project)["team_no"] is AttributeType.TEXT
    assert [column.type for column in report.types] == [AttributeType.TEXT]


@pytest.mark.parametrize(
    ("column", "kind", "said"),
    [
        ("wing", AttributeType.TEXT, "no attribute column “wing”; its columns are: years, ward"),
        ("years", AttributeType.TEXT, "years is a number in this project, not a text"),
        ("ward", AttributeType.NUMBER, "people.csv, line 2: ward is a number, and “Elm” is not one"),
    ],
)
def test_a_type_that_cannot_be_chosen_changes_nothing(
    project: Project, tmp_path: Path, column: str, kind: AttributeType, said: str
) -> None:
    (tmp_path / "people.csv").write_text("case,years,ward\nQ1,3,Elm\n")
    before = rows(project)
    with pytest.raises(InvalidInput) as refused:
        project.cases.import_file(tmp_path / "people.csv", types={column: kind})
    assert said in str(refused.value)
    assert rows(project) == before


def test_the_type_of_a_known_attribute_is_changed_by_the_command_that_the_hint_names(
    project: Project, tmp_path: Path
) -> None:
    (tmp_path / "wards.csv").write_text("case,ward number\nQ1,3\n")
    project.cases.import_file(tmp_path / "wards.csv")
    with pytest.raises(InvalidInput) as refused:
        project.cases.import_file(tmp_path / "wards.csv", types={"ward number": AttributeType.TEXT})
    assert refused.value.hint == "change its type first: fwa attribute set-type ward_number text"

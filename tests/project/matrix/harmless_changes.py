"""Changes to the charted study that put no cell out of date."""

from __future__ import annotations

from fwanalysis.domain import corrections
from fwanalysis.domain.matrix import CellState, MatrixQuery
from fwanalysis.domain.suggestions import SuggestionFilter
from tests.project.matrix.changes import Change, coding_id, correct, importing, in_turn, reword, split_at
from tests.project.matrix.charted_study import CODEBOOK

NEW_TRAVEL = CODEBOOK.replace("What it takes to get there.", "How far it is.")
COSMETIC = CODEBOOK.replace(
    "name: Cost", "name: Price\n        colour: '#aa3355'\n        examples: {typical: It was dear.}"
).replace('["pay"]', '["pay", "fee"]')

HARMLESS = (
    Change(
        "a case is renamed",
        (("case", "set", "P02", "--rename", "Cleo"),),
        lambda project: project.cases.set("P02", rename="Cleo"),
        {},
    ),
    Change(
        "a source is renamed",
        (("source", "rename", "P01", "First talk"),),
        lambda project: project.sources.rename("P01", "First talk"),
        {},
    ),
    Change(
        "a code gets another name, colour, example and rule",
        (("codebook", "import", "{book}"),),
        importing(COSMETIC),
        {},
        book=COSMETIC,
    ),
    Change(
        "a code without codings is redefined",
        (("codebook", "import", "{book}"),),
        importing(NEW_TRAVEL),
        {},
        book=NEW_TRAVEL,
    ),
    Change(
        "a code is added below one that is charted",
        (("code", "add", "Tools", "--parent", "effort"),),
        lambda project: project.codebook.add("Tools", parent="effort"),
        {},
    ),
    Change(
        "an attribute is set",
        (("case", "set", "P01", "--attribute", "plot=south"),),
        lambda project: project.cases.set("P01", attributes={"plot": "south"}),
        {},
    ),
    Change(
        "a note is written on a coding",
        (("coding", "edit", "{coding}", "--note", "said with a laugh"),),
        lambda project: project.codings.edit([coding_id(project, "P01", "trust")], note="said with a laugh"),
        {},
        coding=("P01", "trust"),
    ),
    Change(
        "a turn is split in two without a change of words",
        (("source", "correct", "P01", "4", "--split-at", "{split}", "--speaker", "P01"),),
        split_at("P01", 4, "I lent"),
        {},
    ),
    Change(
        "a turn is joined with the next",
        (("source", "correct", "P01", "6", "--join"),),
        lambda project: correct(project, "P01", lambda it: corrections.join(it, 5)),
        {},
    ),
    Change(
        "words beside the passages are corrected",
        (("source", "correct", "P01", "4", "--text", "Trust grows slowly. I lent my car twice."),),
        reword("P01", 4, "Trust grows slowly. I lent my car twice."),
        {},
    ),
    Change(
        "a question is corrected, so that all later passages move",
        (("source", "correct", "P01", "1", "--text", "And what, if anything, made you join the allotment?"),),
        reword("P01", 1, "And what, if anything, made you join the allotment?"),
        {},
    ),
    Change(
        "a speaker's label is merged with another of the same case",
        (("source", "correct", "P01", "8", "--speaker", "P.01"), ("speaker", "merge", "P.01", "P01", "--yes")),
        in_turn(
            lambda project: correct(project, "P01", lambda it: corrections.relabel(it, 7, "P.01")),
            lambda project: project.speakers.merge("P.01", "P01"),
        ),
        {},
    ),
    Change(
        "an uncoded source is removed",
        (("source", "remove", "news", "--yes"),),
        lambda project: project.sources.remove("news"),
        {},
    ),
    Change(
        "a suggestion is rejected",
        (("suggest", "reject", "--source", "P02", "--code", "cost"),),
        lambda project: project.suggestions.reject(SuggestionFilter(source="P02", code="cost")),
        {},
    ),
    Change(
        "a summary is marked as checked",
        (("matrix", "set", "P01", "cost", "--checked"),),
        lambda project: project.matrix.set(
            "P01", "cost", project.matrix.cell("P01", "cost").summary, state=CellState.CHECKED
        ),
        {},
    ),
    Change(
        "the summary of a group's member is revised",
        (("matrix", "set", "P02", "trust", "Relies on them (P02:2).", "--replace"),),
        lambda project: project.matrix.set("P02", "trust", "Relies on them (P02:2)."),
        {},
    ),
    Change(
        "a disagreement with the figures is marked",
        (("matrix", "set", "P01", "trust", "--disagreement", "came to one meeting"),),
        lambda project: project.matrix.set(
            "P01",
            "trust",
            project.matrix.cell("P01", "trust").summary,
            state=CellState.CHECKED,
            disagreement="came to one meeting",
        ),
        {},
    ),
    Change(
        "a chart is saved",
        (("matrix", "chart", "save", "Effort", "--theme", "effort"),),
        lambda project: project.matrix.save_chart("Effort", MatrixQuery(themes=("effort",))),
        {},
    ),
)

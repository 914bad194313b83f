"""Invented charts for the tests of their formats."""

from __future__ import annotations

from fwanalysis.domain.chart_document import (
    ChartDocument,
    DocumentAbstraction,
    DocumentCell,
    DocumentColumn,
    DocumentFigure,
    DocumentQuote,
    DocumentRow,
)
from fwanalysis.domain.table import Table

ABOUT = {
    "date": "2026-12-01",
    "project": "Allotments & sheds",
    "codebook_version": 3,
    "filters": ["site=Birch", "site=Cedar"],
    "theme": None,
}


def quote(
    reference: str, words: str, *, stance: str = "for", note: str = "", code: str = "Trust", coder: str = "Ada"
) -> DocumentQuote:
    """A coded passage of P01."""
    key = f"{reference}-{code}-{coder}"
    return DocumentQuote(key, reference, words, "Well, ", " you know.", "Interview 1", "P01", code, stance, note, coder)


def column(
    key: str, theme: str, heading: str, *, own: bool = False, label: str = "", definition: str = ""
) -> DocumentColumn:
    """A column; its label is its heading, or the theme."""
    path = theme if own or not heading else f"{theme} / {heading}"
    shown = label or (f"{theme} (itself)" if own else heading or theme)
    return DocumentColumn(
        key, f"code-{key}", own, theme, heading, shown, path, "sensitizing", definition or f"What {shown} means."
    )


def row(key: str, *attributes: str | None, level: str = "person", bands: tuple[str, ...] = ()) -> DocumentRow:
    """A row of a case."""
    return DocumentRow(key, f"case-{key}", key, level, attributes, bands)


def written(text: str, state: str = "draft", **more: object) -> DocumentCell:
    """A written cell by Ada."""
    cell = DocumentCell(state, (), text, "Ada", "2026-11-30T09:00:00+00:00")
    return cell._replace(**more)  # type: ignore[arg-type]


NASTY = ChartDocument(
    title="Trust: who does the work?",
    about=ABOUT,
    attributes=("site", "years", "Water"),
    numeric=frozenset({"years"}),
    rows=(
        row("P01", "Birch", "7", "yes"),
        row("P02 – ليلى", "Cedar", None, None),
        row("=FG1|x", "Birch", "2.5", "", level="group"),
    ),
    columns=(
        column("own", "Trust", "", own=True),
        column("sheds", "Trust", "Sheds"),
        column("water", "Trust", "Water"),
        column("work", "Work", ""),
    ),
    cells=(
        (
            written("Trusts them (P01:3).\n\n“I lend it *gladly*” (P01:4) | [R: check <b>this</b>]", "checked"),
            written("-5 °C, =SUM(A1), 👩🏽‍🌾 e\u0301 漢字", stale=("1 coding added", "words of 1 coding changed")),
            written("", "nothing said", segments=0),
            written("Lives abroad; out of date: never", "not applicable"),
        ),
        (
            DocumentCell("no evidence"),
            DocumentCell("not charted", segments=2, persons=1, words=9, stances=(1, 2, 0)),
            written("قالت إنها تثق بهم (P02:1).", segments=1, quotes=(quote("(P02:1)", "أثق بهم"),)),
            written("[checked]\nEvidence:\nis what I wrote", disagreement="attends every meeting"),
        ),
        (
            written(
                "@home they share (=FG1:2).",
                "checked",
                segments=2,
                persons=2,
                words=12,
                stances=(2, 1, 0),
                quotes=(
                    quote("(=FG1:2)", "we share\nall of it", stance="against", note="ironic?"),
                    quote("(=FG1:2)", "we share\nall of it", coder="Ben"),
                    quote("(=FG1:9)", "“never” again", stance="mixed"),
                ),
                affirmation="still right",
            ),
            written("No plot\nof their own", "not applicable", stale=("definition of the code changed",)),
            written("'=quoted", "draft"),
            written("[disagreement: x]\nbelow", "draft"),
        ),
    ),
    figures=(
        DocumentFigure("Cases per code", "n of 3 cases", Table(("code", "cases"), (("Trust", 3), ("Work", None)))),
    ),
    abstractions=(
        DocumentAbstraction("Trust", "element", "lends tools", "reciprocity", ("P01",)),
        DocumentAbstraction("Trust", "dimension", "reciprocity", ""),
    ),
)
"""Characters and states that formats get wrong."""

_SENTENCE = "She says that the others take what she grows and that nobody weeds the paths between the plots (P04:12). "


def interviews(cases: int = 20, codes: int = 6, words: int = 150) -> ChartDocument:
    """An ordinary study: summaries of so many words."""
    text = (_SENTENCE * (words // 19 + 1)).strip()
    size = len(text) * words // max(1, len(text.split()))
    columns = tuple(column(f"c{at}", "Free-riding", f"Sub-theme number {at}") for at in range(codes))
    rows = tuple(row(f"P{at:02}", ("Birch", "Cedar")[at % 2], str(at)) for at in range(cases))
    cells = tuple(
        tuple(
            written(f"{at}.{to}: {text[: size - 10 * ((at + to) % 5)]}", ("draft", "checked")[at % 2])
            for to in range(codes)
        )
        for at in range(cases)
    )
    return ChartDocument("Free-riding", ABOUT, ("site", "years"), rows, columns, cells, frozenset({"years"}))


def one_cell(text: str, state: str = "draft") -> ChartDocument:
    """A chart of one cell."""
    return ChartDocument("One", ABOUT, (), (row("P01"),), (column("a", "Trust", ""),), ((written(text, state),),))

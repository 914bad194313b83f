"""An invented chart with every state, hostile text and several scripts, for the tests of the HTML report."""

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

HOSTILE = "</script><script>alert('x')</script><img src=x onerror=alert(1)> javascript:alert(1) & \"quoted\" 'too'"
HEBREW = "אף אחד לא אמר לנו למה"
EMOJI = "fine 👩🏽‍⚕️ with us"
LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitän" * 4

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20" role="img" aria-label="Passages per code">'
    '<rect x="0" y="4" width="40" height="12" fill="currentColor"/></svg>'
)


def quote(coding_id: str, reference: str, words: str, **other: str) -> DocumentQuote:
    """Return a passage with invented context."""
    fields = {
        "before": "Well, you know, ",
        "after": " and that was it.",
        "source": "Interview with P04",
        "speaker": "P04",
        "code": "Effort > Cost",
        "stance": "for",
        "note": "",
        "coder": "Ada",
    }
    return DocumentQuote(coding_id=coding_id, reference=reference, quote=words, **(fields | other))


COST = quote("k1", "(P04:12)", "I did the whole of it myself")
DENIAL = quote("k2", "(P04:14)", "it was no trouble at all", stance="against", note="a denial")
COST_AS_TIME = quote("k3", "(P04:12)", "I did the whole of it myself", code="Effort > Time", coder="Ben")
WICKED = quote("k4", "(P10:3)", HOSTILE, source="<b>Interview</b> with P10", speaker="<P10>", stance="mixed")
RIGHT_TO_LEFT = quote("k5", "(P02:7)", HEBREW, source="Interview with P02", speaker="P02", before="", after="")
TRUST = quote("k6", "(FG1:3)", EMOJI, source="Focus group 1", speaker="Moderator’s guest", code="Trust")

COLUMNS = (
    DocumentColumn("effort-own", "c0", True, "Effort", "", "Effort (the theme itself)", "Effort", "sensitizing"),
    DocumentColumn(
        *("effort-cost", "c1", False, "Effort", "Cost", "Effort: Cost", "Effort > Cost", "sensitizing"),
        definition="What it costs <those> who take part.",
        include="Time that is not paid",
        exclude="Costs of the clinic",
        counts_against="It is said to cost nothing",
    ),
    DocumentColumn("effort-time", "c2", False, "Effort", "Time", "Effort: Time", "Effort > Time", "emergent"),
    DocumentColumn("trust", "c3", False, "Trust", "", "Trust", "Trust", "emergent"),
)
ROWS = (
    DocumentRow("r0", "p10", "P10", "person", ("nurse", "Birch", "10"), ("Birch",)),
    DocumentRow("r1", "p02", "P02", "person", (None, "Birch", "9"), ("Birch",)),
    DocumentRow("r2", "p04", "P04", "person", ("doctor & <nurse>", "Cedar", None), ("Cedar",)),
    DocumentRow("r3", "fg1", "FG1", "group", ("nurse", "Cedar", "2.5"), ("Cedar",)),
)

SUMMARY = (
    "Bears most of the cost: “I did the whole of it myself” *(P04:12), but denies it elsewhere !(P04:14).\n\n"
    f"{HOSTILE} [R: compare <P10>; see (P10:3)] {LONG_WORD} (P99:1)"
)
NO_EVIDENCE = DocumentCell("no evidence")


def written(state: str, text: str, *quotes: DocumentQuote, stale: tuple[str, ...] = (), **other: str) -> DocumentCell:
    """Return a written cell with counts that fit its passages."""
    stances = [sum(quote.stance == stance for quote in quotes) for stance in ("for", "against", "mixed")]
    return DocumentCell(
        state,
        stale,
        text,
        author="Ada <script>",
        written_at="2026-11-30T14:02:11+00:00",
        segments=len({(quote.reference, quote.quote) for quote in quotes}),
        persons=1 if quotes else 0,
        words=sum(len(quote.quote.split(" ")) for quote in quotes),
        stances=(stances[0], stances[1], stances[2]),
        quotes=quotes,
        **other,
    )


CELLS = (
    (
        written("not applicable", "P10 was not in post <then>."),
        DocumentCell("not charted", segments=1, persons=1, words=9, stances=(0, 0, 1), quotes=(WICKED,)),
        NO_EVIDENCE,
        written("nothing said", ""),
    ),
    (
        NO_EVIDENCE,
        NO_EVIDENCE,
        written("draft", f"{HEBREW} (P02:7)", RIGHT_TO_LEFT, affirmation="Only a typing error was corrected."),
        NO_EVIDENCE,
    ),
    (
        NO_EVIDENCE,
        written("checked", SUMMARY, COST, DENIAL, stale=("1 coding added", "definition of the code changed")),
        written("checked", "The same words (P04:12–14).", COST_AS_TIME, disagreement="The records show 2 hours."),
        written("nothing said", ""),
    ),
    (NO_EVIDENCE, NO_EVIDENCE, NO_EVIDENCE, written("draft", f"{EMOJI} (FG1:3, 4; P04:12)", TRUST)),
)


def chart_document() -> ChartDocument:
    """Return the chart."""
    return ChartDocument(
        title="Effort <and> trust",
        about={
            "question": "What does it cost to take part?",
            "date": "2026-12-01",
            "filters": ["site is Birch or Cedar", HOSTILE],
            "written": 7,
            "empty": None,
        },
        attributes=("role", "site", "months"),
        numeric=frozenset({"months"}),
        rows=ROWS,
        columns=COLUMNS,
        cells=CELLS,
        figures=(
            DocumentFigure(
                "Passages per <code>", "Small cells.", Table(("code", "n"), (("Cost", 2), (HOSTILE, None))), SVG
            ),
        ),
        abstractions=(
            DocumentAbstraction("Effort > Cost", "element", "does it alone", "who does it", ("P04",)),
            DocumentAbstraction("Effort > Cost", "element", "denies <it>", "", ("P04", "P10")),
            DocumentAbstraction("Effort > Cost", "dimension", "who does it", "burden"),
            DocumentAbstraction("Effort > Cost", "category", "burden", ""),
        ),
    )

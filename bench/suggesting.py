"""A suggestion run over the whole corpus against one alternation of all terms in ``re``.

Ours: ``project.suggestions.run()`` with tokens cached: reading texts, turns and tokens, finding inflected forms and phrases, scoring,
and writing the suggestions. The reference has the texts in memory, looks for the bare letters of the terms, and keeps nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bench.measure import Result, compare, timed
from bench.study import Study
from fwanalysis.project import Project, open_project


def measure(study: Study) -> Iterator[Result]:
    """The suggestion run."""
    texts = list(study.corpus.texts.values())
    letters = "|".join(re.escape(term.strip('"*')) for term in study.corpus.terms)
    with open_project(study.project, coder="bench") as project:
        ours, reference = compare(timed(lambda: _run(project)), timed(lambda: _count(letters, texts)), rounds=5)
        sources = project.sources.list()
        suggestions = [item for source in sources for item in project.suggestions.of_source(source.id)]
        hits = sum(len(item.hits) for item in suggestions)
        bounded = timed(lambda: _count(rf"\b(?:{letters})\b", texts))
        with_bounds, _ = compare(bounded, lambda: 0.0, rounds=3, warm_up=False)
    print(f"  {len(suggestions):,} suggestions on {hits:,} hits; re finds {_count(letters, texts):,}")
    yield Result(
        "suggestion run, tokens cached", ours, reference, target=0.2, versus="re alternation of 300 terms, finditer"
    )
    yield Result("  the same", ours, with_bounds, versus=r"the alternation between \b and \b")


def _run(project: Project) -> None:
    for _ in project.suggestions.run():
        pass


def _count(letters: str, texts: list[str]) -> int:
    re.purge()
    pattern = re.compile(letters, re.IGNORECASE)
    return sum(1 for text in texts for _ in pattern.finditer(text))

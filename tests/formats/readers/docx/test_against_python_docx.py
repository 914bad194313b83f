"""Word documents of plain paragraphs: the reader and python-docx agree, whatever the words."""

from __future__ import annotations

import io

import docx
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.formats.readers.docx.read import read

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=20)
RUN = st.tuples(WORDS | st.sampled_from(["\t", "\n", " ", "P01: "]), st.booleans())


@given(st.lists(st.lists(RUN, max_size=4), max_size=8))
def test_the_text_is_that_of_python_docx_and_bold_changes_none_of_it(paragraphs: list[list[tuple[str, bool]]]) -> None:
    document = docx.Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for words, bold in runs:
            paragraph.add_run(words).bold = bold
    held = io.BytesIO()
    document.save(held)
    draft = read("P01.docx", held.getvalue())
    assert draft.text == "\n".join(
        paragraph.text for paragraph in docx.Document(io.BytesIO(held.getvalue())).paragraphs
    )
    told = [doubt for doubt in draft.warnings if "symbol" not in doubt.message]  # of letters that no font shows alike
    assert told == [] or draft.turns

"""Files to import, and a person who looks at what becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from fwanalysis.tui.widgets.filetable import FileTable

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.workbench_person import Person

ANNA = """\
Interviewer: What made you join?

Anna: Nobody wanted to stay outside. The form took one afternoon.

Interviewer: And later?

Anna: Then it went quiet.
"""

BERT = """\
Interviewer: How was the winter?

Bert: Long, and the ward was full.

Interviewer : Did anybody call?

Anna: I did, twice.

Break: Coffee is served in the next room.

Interviewer: And then?

Bert: Then we wrote the report.
"""


def write_files(folder: Path) -> Path:
    """Make a folder of two transcripts and a file that nothing can be read from."""
    folder.mkdir()
    (folder / "anna.txt").write_text(ANNA, encoding="utf-8")
    (folder / "bert.txt").write_text(BERT, encoding="utf-8")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 cut off")
    return folder


async def look(person: Person, *paths: Path | str) -> None:
    """Choose paths, and wait until they are read."""
    await person.press("i")
    person.screen.query_one(Input).value = " ".join(map(str, paths))
    await person.press("enter")
    await person.wait_for_work()


async def done(person: Person, *keys: str) -> None:
    """Press keys, each when the work that the one before began is over."""
    for key in keys:
        await person.press(key)
        await person.wait_for_work()


def files(person: Person) -> list[str]:
    """The rows of the files, blanks drawn together."""
    table = person.screen.query_one(FileTable)
    return [" ".join(str(table.get_row_at(row)[0]).split()) for row in range(table.row_count)]

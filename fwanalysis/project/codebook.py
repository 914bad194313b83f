"""The codebook of a project: importing and exporting it, and adding codes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fwanalysis.domain.codebook import (
    KEY,
    Code,
    Codebook,
    CodeEntry,
    CodeKind,
    CodeVersion,
    Examples,
    ParsedCode,
    ParsedCodebook,
)
from fwanalysis.domain.ids import new_id
from fwanalysis.errors import InvalidInput
from fwanalysis.project.codebook_import import Merger, new_key, parsed_code
from fwanalysis.project.output_files import read_codebook_file
from fwanalysis.store.queries import codebook as queries

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from fwanalysis.project.context import Context

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")

EMERGENT = "emergent"
"""The key of the theme that codes made from the data go under if no other place is given."""


LOOSE = 0.5
"""A search score below which a name only resembles what was typed."""


@dataclass(frozen=True, slots=True)
class CodebookReport:
    """What an import of a codebook did, by the paths of codes."""

    name: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    rules: int
    terms: int
    warnings: tuple[str, ...] = ()


class CodebookArea:
    """The tree of codes."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def tree(self) -> Codebook:
        """The present codebook."""
        with self._context.store.read() as connection:
            return queries.codebook(connection)

    def show(self, name: str) -> CodeEntry:
        """One code by path, key, name or id."""
        return self.tree().find(name)

    def search(self, query: str, codebook: Codebook | None = None) -> Sequence[tuple[CodeEntry, float]]:
        """The codes in use that fit what was typed of a name, with a score in 0..1, best first; below ``LOOSE`` a
        code only resembles it. All codes, in reading order, for an empty query."""
        from fwanalysis.matching.fuzzy import rank

        offered = [entry for entry in (codebook or self.tree()).entries if not entry.code.retired]
        return [(offered[index], score) for index, score in rank(query, [entry.name for entry in offered])]

    def import_file(self, path: str | Path) -> CodebookReport:
        """Take over a codebook file (YAML); see ``import_draft``. CodebookError names line and column of a fault."""
        return self.import_parsed(read_codebook_file(path))

    def import_parsed(self, draft: ParsedCodebook) -> CodebookReport:
        """Join a codebook to the present one, as one step of undo.

        Codes are matched by path, or by name where the file gives no key; new ones are added behind, and what the file
        states differently is changed. A code keeps its key for good. Codes that the file does not have stay. A changed
        definition makes a new version of the code, a changed rule a new version of the rule. InvalidInput, changing
        nothing, names a term that no rule can use and its code.
        """
        from fwanalysis.suggest import prepare, rules_of_parsed

        prepare(rules_of_parsed(draft), (), draft.language)
        with self._context.change("codebook.import", f"import codebook {draft.name}") as changes:
            merger = Merger(changes, draft)
            merger.merge(draft.codes, None, "")
            return CodebookReport(
                draft.name,
                tuple(merger.added),
                tuple(merger.changed),
                merger.unchanged,
                merger.rules,
                merger.terms,
                draft.warnings,
            )

    def export(self) -> str:
        """The present codebook as a YAML file's text; importing it elsewhere gives the same codebook."""
        from fwanalysis.formats.codebooks.write import write_codebook

        return write_codebook(self.parsed())

    def parsed(self) -> ParsedCodebook:
        """The present codebook as a file states it."""
        codebook = self.tree()

        def below(parent_id: str | None) -> tuple[ParsedCode, ...]:
            return tuple(parsed_code(entry, below(entry.id)) for entry in codebook.children(parent_id))

        info = codebook.info
        return ParsedCodebook(
            name=info.name if info else "Codebook",
            version=info.version if info else "1.0",
            language=info.language if info else "en",
            references=dict(codebook.references),
            codes=below(None),
        )

    def add(
        self,
        name: str,
        *,
        parent: str | None = None,
        kind: CodeKind = CodeKind.EMERGENT,
        key: str | None = None,
        definition: str = "",
        colour: str = "",
        as_theme: bool = False,
    ) -> CodeEntry:
        """Add a code. Without a parent an emergent code goes under the theme ``emergent`` if there is one, else
        (or with *as_theme*) it becomes a theme.

        InvalidInput if name or key cannot be used or are taken below the same parent.
        """
        if colour and not COLOUR.fullmatch(colour):
            raise InvalidInput(f'invalid colour "{colour}"', hint="write it like #c2410c")
        made, version = new_code(
            self.tree(), name, parent=parent, kind=kind, key=key, definition=definition, as_theme=as_theme
        )
        with self._context.change("code.add", f"add code {made.name}") as changes:
            changes.add(replace(made, colour=colour), version)
        return self.tree().by_id[made.id]


def new_code(
    codebook: Codebook,
    name: str,
    *,
    parent: str | None = None,
    kind: CodeKind = CodeKind.EMERGENT,
    key: str | None = None,
    definition: str = "",
    as_theme: bool = False,
) -> tuple[Code, CodeVersion]:
    """A code to add to a codebook, with its first version; see ``CodebookArea.add``."""
    above = codebook.find(parent) if parent else None
    if parent is None and kind is CodeKind.EMERGENT and not as_theme:
        above = next((theme for theme in codebook.themes if theme.code.key == EMERGENT), None)
    made = _new_code(codebook, " ".join(name.split()), above, key)
    return made, CodeVersion(made.version_id, made.id, 1, kind, definition, "", "", "")


def _new_code(codebook: Codebook, name: str, above: CodeEntry | None, key: str | None) -> Code:
    siblings = codebook.children(above.id if above else None)
    place = above.name if above else "the themes"
    if not name:
        raise InvalidInput("a code needs a name")
    if any(entry.name.casefold() == name.casefold() for entry in siblings):
        raise InvalidInput(f'a code "{name}" already exists under {place}')
    keys = [entry.code.key for entry in siblings]
    if key is not None and not KEY.fullmatch(key):
        raise InvalidInput(f'invalid key "{key}"', hint="use small letters, digits and hyphens")
    if key in keys:
        raise InvalidInput(f'the key "{key}" is already used under {place}', hint="choose another key")
    position = max((entry.code.position for entry in siblings), default=-1) + 1
    return Code(
        id=new_id(),
        key=key or new_key(name, keys),
        name=name,
        parent_id=above.id if above else None,
        position=position,
        version_id=new_id(),
        colour="",
        examples=Examples(),
        references=(),
        retired=False,
    )

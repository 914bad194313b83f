"""The codebook of a project: importing and exporting it, and adding codes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fwanalysis.domain.codebook import (
    KEY,
    Code,
    Codebook,
    CodebookInfo,
    CodeEntry,
    CodeKind,
    CodeVersion,
    Examples,
    ParsedCode,
    ParsedCodebook,
    Reference,
    Rule,
    RuleSpec,
    RuleVersion,
    key_from_name,
)
from fwanalysis.domain.ids import new_id
from fwanalysis.errors import InvalidInput
from fwanalysis.project.output_files import read_codebook_file
from fwanalysis.store.queries import codebook as queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from fwanalysis.project.context import Context
    from fwanalysis.store.changes import Changes

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
        """Join a codebook to the present one: codes are matched by path, new ones added behind, and what the file
        states differently is changed. Codes that the file does not have stay. A changed definition makes a new version
        of the code, a changed rule a new version of the rule. One step of undo. InvalidInput, changing nothing,
        names a term that no rule can use and its code."""
        from fwanalysis.suggest import prepare, rules_of_parsed

        prepare(rules_of_parsed(draft), (), draft.language)
        with self._context.change("codebook.import", f"import codebook {draft.name}") as changes:
            merger = _Merger(changes, draft)
            merger.merge(draft.codes, None, "")
            return CodebookReport(
                draft.name, tuple(merger.added), tuple(merger.changed), merger.unchanged, merger.rules, merger.terms
            )

    def export(self) -> str:
        """The present codebook as a YAML file's text; importing it elsewhere gives the same codebook."""
        from fwanalysis.formats.codebooks.codebook_file import write_codebook

        return write_codebook(self.draft())

    def draft(self) -> ParsedCodebook:
        """The present codebook as a file states it."""
        codebook = self.tree()

        def below(parent_id: str | None) -> tuple[ParsedCode, ...]:
            return tuple(_draft(entry, below(entry.id)) for entry in codebook.children(parent_id))

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
            raise InvalidInput(f"A colour is written like #c2410c, not “{colour}”.")
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
        raise InvalidInput("A code needs a name.")
    if any(entry.name.casefold() == name.casefold() for entry in siblings):
        raise InvalidInput(f"There is already a code “{name}” under {place}.")
    keys = [entry.code.key for entry in siblings]
    if key is not None and not KEY.fullmatch(key):
        raise InvalidInput(f"A key has small letters, digits and hyphens only, not “{key}”.")
    if key in keys:
        raise InvalidInput(f"The key “{key}” is taken under {place}.")
    position = max((entry.code.position for entry in siblings), default=-1) + 1
    return Code(
        id=new_id(),
        key=key or key_from_name(name, keys),
        name=name,
        parent_id=above.id if above else None,
        position=position,
        version_id=new_id(),
        colour="",
        examples=Examples(),
        references=(),
        retired=False,
    )


def _draft(entry: CodeEntry, codes: tuple[ParsedCode, ...]) -> ParsedCode:
    code, version = entry.code, entry.version
    return ParsedCode(
        key=code.key,
        name=code.name,
        kind=version.kind,
        definition=version.definition,
        include=version.include,
        exclude=version.exclude,
        counts_against=version.counts_against,
        examples=code.examples,
        references=code.references,
        colour=code.colour,
        rules=tuple(rule.spec for rule in entry.rules),
        codes=codes,
        retired=code.retired,
    )


def _defines(draft: ParsedCode) -> tuple[object, ...]:
    return (draft.kind, draft.definition, draft.include, draft.exclude, draft.counts_against)


class _Merger:
    """Joins a draft to the codebook within one change, counting what it does."""

    def __init__(self, changes: Changes, draft: ParsedCodebook) -> None:
        self._changes = changes
        connection = changes.connection
        self._codebook = queries.codebook(connection)
        self._by_path = {entry.path: entry for entry in self._codebook.entries}
        self._rules: dict[str, list[Rule]] = {}
        for rule in queries.rules(connection):
            self._rules.setdefault(rule.code_id, []).append(rule)
        self._next: dict[str | None, int] = {}
        for entry in self._codebook.entries:
            parent_id = entry.code.parent_id
            self._next[parent_id] = max(self._next.get(parent_id, 0), entry.code.position + 1)
        self.added: list[str] = []
        self.changed: list[str] = []
        self.unchanged = 0
        self.rules = 0
        self.terms = 0
        self._merge_info(draft)
        self._merge_references(draft.references)

    def merge(self, drafts: Sequence[ParsedCode], parent_id: str | None, above: str) -> None:
        """Join the drafts below a code, depth first."""
        for draft in drafts:
            path = above + draft.key
            known = self._by_path.get(path)
            code_id = self._change(known, draft, path) if known else self._add(draft, parent_id, path)
            self.rules += len(draft.rules)
            self.terms += sum(map(count_terms, draft.rules))
            self.merge(draft.codes, code_id, path + "/")

    def _merge_info(self, draft: ParsedCodebook) -> None:
        info = self._codebook.info
        if info is None:
            self._changes.add(CodebookInfo(new_id(), draft.name, draft.version, draft.language))
        elif info.name == draft.name:
            self._changes.replace(replace(info, version=draft.version, language=draft.language))

    def _merge_references(self, references: Mapping[str, str]) -> None:
        known = {reference.key: reference for reference in queries.references(self._changes.connection)}
        for key, text in references.items():
            if key not in known:
                self._changes.add(Reference(new_id(), key, text))
            elif known[key].text != text:
                self._changes.replace(replace(known[key], text=text))

    def _add(self, draft: ParsedCode, parent_id: str | None, path: str) -> str:
        code_id, version_id = new_id(), new_id()
        position = self._next.get(parent_id, 0)
        self._next[parent_id] = position + 1
        self._changes.add(
            Code(
                id=code_id,
                key=draft.key,
                name=draft.name,
                parent_id=parent_id,
                position=position,
                version_id=version_id,
                colour=draft.colour,
                examples=draft.examples,
                references=draft.references,
                retired=draft.retired,
            )
        )
        self._changes.add(_version(version_id, code_id, 1, draft))
        self._add_rules(code_id, draft.rules, 0)
        self.added.append(path)
        return code_id

    def _change(self, known: CodeEntry, draft: ParsedCode, path: str) -> str:
        after = replace(
            known.code,
            name=draft.name,
            colour=draft.colour,
            examples=draft.examples,
            references=draft.references,
            retired=draft.retired,
        )
        if _defines(draft) != _defines(_draft(known, ())):
            number = queries.last_version_number(self._changes.connection, known.id) + 1
            version = _version(new_id(), known.id, number, draft)
            self._changes.add(version)
            after = replace(after, version_id=version.id)
        differs = after != known.code
        if differs:
            self._changes.replace(after, seen=known.code)
        if self._change_rules(known, draft.rules) or differs:
            self.changed.append(path)
        else:
            self.unchanged += 1
        return known.id

    def _change_rules(self, known: CodeEntry, specs: Sequence[RuleSpec]) -> bool:
        """Bring a code's rules to *specs*: equal ones keep their versions, others get new ones in order, surplus ones
        retire."""
        if [rule.spec for rule in known.rules] == list(specs):
            return False
        every = self._rules.get(known.id, [])
        active = [rule for rule in every if not rule.retired]
        stated = {rule.version_id: version for rule, version in zip(active, known.rules, strict=True)}
        unmatched = list(active)
        kept: list[tuple[int, Rule]] = []
        fresh: list[tuple[int, RuleSpec]] = []
        for position, spec in enumerate(specs):
            same = next((rule for rule in unmatched if stated[rule.version_id].spec == spec), None)
            if same:
                unmatched.remove(same)
                kept.append((position, same))
            else:
                fresh.append((position, spec))
        for position, rule in kept:
            self._changes.replace(replace(rule, position=position))
        for position, spec in fresh:
            if not unmatched:
                self._add_rules(known.id, [spec], position)
                continue
            rule = unmatched.pop(0)
            version = RuleVersion(new_id(), rule.id, stated[rule.version_id].number + 1, spec)
            self._changes.add(version)
            self._changes.replace(replace(rule, position=position, version_id=version.id))
        for rule in unmatched:
            self._changes.replace(replace(rule, retired=True))
        return True

    def _add_rules(self, code_id: str, specs: Iterable[RuleSpec], first: int) -> None:
        for position, spec in enumerate(specs, first):
            rule_id, version_id = new_id(), new_id()
            self._changes.add(Rule(rule_id, code_id, position, version_id, retired=False))
            self._changes.add(RuleVersion(version_id, rule_id, 1, spec))


def _version(version_id: str, code_id: str, number: int, draft: ParsedCode) -> CodeVersion:
    return CodeVersion(
        version_id,
        code_id,
        number,
        draft.kind,
        draft.definition,
        draft.include,
        draft.exclude,
        draft.counts_against,
    )


def count_terms(spec: RuleSpec) -> int:
    """How many terms a rule states, what it excludes among them."""
    near = sum(len(terms) for terms in spec.near.terms) if spec.near else 0
    return len(spec.any) + sum(len(terms) for terms in spec.all) + len(spec.not_) + near

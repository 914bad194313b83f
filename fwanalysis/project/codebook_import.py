"""Joining a codebook file to the codebook of a project."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fwanalysis.domain.codebook import (
    Code,
    CodebookInfo,
    CodeVersion,
    ParsedCode,
    Reference,
    Rule,
    RuleVersion,
)
from fwanalysis.domain.ids import new_id
from fwanalysis.store.queries import codebook as queries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from fwanalysis.domain.codebook import CodeEntry, ParsedCodebook, RuleSpec
    from fwanalysis.store.changes import Changes


def new_key(name: str, taken: Collection[str]) -> str:
    """Return a key for a code of this name that is not *taken*; see ``matching.code_keys``."""
    from fwanalysis.matching.code_keys import key_from_name

    return key_from_name(name, taken)


def _named(name: str, entries: Sequence[CodeEntry]) -> CodeEntry | None:
    """Return the code of a name, letter by letter or else, if it is only one, without regard to capitals."""
    for fold in (str, str.casefold):
        found = [entry for entry in entries if fold(entry.name) == fold(name)]
        if len(found) == 1:
            return found[0]
    return None


def parsed_code(entry: CodeEntry, codes: tuple[ParsedCode, ...]) -> ParsedCode:
    """Return a code as a file states it, with *codes* below it."""
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


class Merger:
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
        for draft in self._with_keys(drafts, parent_id):
            path = above + draft.key
            known = self._by_path.get(path)
            code_id = self._change(known, draft, path) if known else self._add(draft, parent_id, path)
            self.rules += len(draft.rules)
            self.terms += sum(map(count_terms, draft.rules))
            self.merge(draft.codes, code_id, path + "/")

    def _with_keys(self, drafts: Sequence[ParsedCode], parent_id: str | None) -> list[ParsedCode]:
        """Return the drafts with keys: where the file gives none, that of the code of this name, else a new one."""
        known = self._codebook.children(parent_id) if parent_id is None or parent_id in self._codebook.by_id else ()
        stated = {draft.key for draft in drafts if draft.key}
        free = [entry for entry in known if entry.code.key not in stated]
        taken = stated | {entry.code.key for entry in known}
        keyed = []
        for draft in drafts:
            if not draft.key:
                same = _named(draft.name, free)
                key = same.code.key if same else new_key(draft.name, taken)
                free = [entry for entry in free if entry is not same]
                taken.add(key)
                draft = replace(draft, key=key)
            keyed.append(draft)
        return keyed

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
        if _defines(draft) != _defines(parsed_code(known, ())):
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

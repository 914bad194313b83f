"""Trying rules on the sentences that their authors say they should and should not match.

Knows rules and sentences; nothing of a project.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from fwanalysis.domain.transcripts import unsaved
from fwanalysis.suggest.rules import CodeRule
from fwanalysis.suggest.ruleset import compile_rules
from fwanalysis.suggest.tokens import tokenise
from fwanalysis.suggest.vocabulary import vocabulary_of


@dataclass(frozen=True, slots=True)
class RuleFailure:
    """A rule that does otherwise than its author says: ``should_match`` is what was expected of the sentence."""

    rule: CodeRule
    sentence: str
    should_match: bool


def check_rules(rules: Iterable[CodeRule], language: str) -> list[RuleFailure]:
    """The sentences on which a rule, alone and whoever speaks, does otherwise than it states; InvalidInput for a term
    that cannot be used."""
    return [failure for rule in rules for failure in _failures(rule, language)]


def _failures(rule: CodeRule, language: str) -> list[RuleFailure]:
    expected = [(sentence, True) for sentence in rule.spec.should_match]
    expected += [(sentence, False) for sentence in rule.spec.should_not_match]
    tokens = [tokenise(sentence) for sentence, _ in expected]
    compiled = compile_rules([rule], vocabulary_of(tokens, language))
    return [
        RuleFailure(rule, sentence, should_match)
        for (sentence, should_match), own in zip(expected, tokens, strict=True)
        if bool(compiled.propose(unsaved(sentence), own)) is not should_match
    ]

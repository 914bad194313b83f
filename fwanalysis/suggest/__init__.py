"""Rules against texts: what is proposed, why, and how strongly. The only importer of spaCy, and not at import.

Knows values only: no database, no files. A run is

    rules = prepare(rules_of(codebook), all_tokens, language)
    for transcript, tokens in sources:
        suggestions = rules.propose(transcript, tokens)

with the tokens of each text made once by ``tokenise`` and kept as ``pack`` gives them.
"""

from collections.abc import Iterable, Sequence

from fwanalysis.suggest.carry_over import follow
from fwanalysis.suggest.rule_tests import RuleFailure, check_rules
from fwanalysis.suggest.rules import CodeRule, rules_of, rules_of_parsed
from fwanalysis.suggest.ruleset import RuleSet, compile_rules
from fwanalysis.suggest.tokens import Tokens, pack, tokenise, unpack
from fwanalysis.suggest.vocabulary import Vocabulary, vocabulary_of

__all__ = [
    "CodeRule",
    "RuleFailure",
    "RuleSet",
    "Tokens",
    "Vocabulary",
    "check_rules",
    "compile_rules",
    "follow",
    "pack",
    "prepare",
    "rules_of",
    "rules_of_parsed",
    "tokenise",
    "unpack",
    "vocabulary_of",
]


def prepare(rules: Sequence[CodeRule], texts: Iterable[Tokens], language: str) -> RuleSet:
    """The rules ready to run over a corpus, given the tokens of all its texts (read one at a time) and its *language*
    (``en``).

    InvalidInput names a term that cannot be used and its code.
    """
    return compile_rules(rules, vocabulary_of(texts, language))

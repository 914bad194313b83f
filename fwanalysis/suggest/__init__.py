"""Rules and the suggestions that they make in texts, with reasons and scores.

Knows values only: no database, no files. A run is

    rules = prepare(rules_of(codebook), words_of_all_sources, language)
    for transcript, tokens in sources:
        suggestions = rules.propose(transcript, tokens)

where the tokens of each text are made once by ``tokenise`` and stored as ``pack`` returns them. What ``prepare`` needs
of each text, ``unpack_words`` reads from the head of the packed tokens, so a run reads the tokens of a source once.
"""

from collections.abc import Iterable, Sequence

from fwanalysis.suggest.carry_over import carry_suggestions
from fwanalysis.suggest.rule_tests import RuleFailure, check_rules
from fwanalysis.suggest.rules import CodeRule, rules_of, rules_of_parsed
from fwanalysis.suggest.ruleset import RuleSet, compile_rules
from fwanalysis.suggest.tokens import Tokens, WordCounts, pack, tokenise, unpack, unpack_words
from fwanalysis.suggest.vocabulary import Vocabulary, vocabulary_of

__all__ = [
    "CodeRule",
    "RuleFailure",
    "RuleSet",
    "Tokens",
    "Vocabulary",
    "WordCounts",
    "carry_suggestions",
    "check_rules",
    "compile_rules",
    "pack",
    "prepare",
    "rules_of",
    "rules_of_parsed",
    "tokenise",
    "unpack",
    "unpack_words",
    "vocabulary_of",
]


def prepare(rules: Sequence[CodeRule], texts: Iterable[Tokens | WordCounts], language: str) -> RuleSet:
    """Compile rules for a corpus.

    Args:
        rules: The rules to run.
        texts: The words and counts of all texts of the corpus; read one text at a time.
        language: The language code of the corpus (``en``).

    Raises:
        InvalidInput: If a term cannot be used; names the term and its code.
    """
    return compile_rules(rules, vocabulary_of(texts, language))

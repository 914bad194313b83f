import pytest

from fwanalysis.domain.codebook import ParsedCode, ParsedCodebook, RuleSpec, Speakers
from fwanalysis.errors import InvalidInput
from fwanalysis.suggest import RuleFailure, check_rules, rules_of_parsed
from tests.suggest.suggest_sources import code_rule


def test_sentences_that_a_rule_treats_as_stated_are_no_failures() -> None:
    spec = RuleSpec(
        any=("wait",), not_=("wait a minute",), should_match=("They waited.",), should_not_match=("Wait a minute.",)
    )
    assert check_rules([code_rule(spec)], "en") == []


def test_each_sentence_that_a_rule_treats_otherwise_is_a_failure() -> None:
    spec = RuleSpec(any=("wait",), should_match=("They watched.", "We wait."), should_not_match=("We waited.", "No."))
    rule = code_rule(spec)
    expected = [RuleFailure(rule, "They watched.", True), RuleFailure(rule, "We waited.", False)]
    assert check_rules([rule], "en") == expected


def test_the_speakers_a_rule_is_for_do_not_matter_to_its_sentences() -> None:
    spec = RuleSpec(any=("wait",), speakers=Speakers.INTERVIEWER, should_match=("We wait.",))
    assert check_rules([code_rule(spec)], "en") == []


def test_a_rule_is_tried_alone_though_another_of_its_code_scores_higher() -> None:
    strong = code_rule(RuleSpec(any=("We wait",)), number=1)
    weak = code_rule(RuleSpec(any=("wait",), weight=0.1, should_match=("We wait.",)), number=2)
    assert check_rules([strong, weak], "en") == []


def test_a_term_that_cannot_be_used_is_an_error_even_without_sentences() -> None:
    with pytest.raises(InvalidInput, match="Free-riding"):
        check_rules([code_rule(RuleSpec(any=("*",)))], "en")


def test_rules_of_a_file_are_named_by_path_and_number() -> None:
    child = ParsedCode("free-riding", "Free-riding", rules=(RuleSpec(any=("a",)), RuleSpec(any=("b",))))
    draft = ParsedCodebook("A book", codes=(ParsedCode("effort", "Effort", codes=(child,)),))
    assert [(rule.code_id, rule.rule_version_id, rule.code_name) for rule in rules_of_parsed(draft)] == [
        ("effort/free-riding", "effort/free-riding#1", "Free-riding"),
        ("effort/free-riding", "effort/free-riding#2", "Free-riding"),
    ]

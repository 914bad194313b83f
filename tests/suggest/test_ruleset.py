import pickle
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.domain.codebook import RuleSpec, Scope
from fwanalysis.domain.sources import Role
from fwanalysis.domain.suggestions import suggestion_id
from fwanalysis.domain.text import Span
from fwanalysis.suggest import prepare, tokenise
from fwanalysis.suggest.ruleset import REASON_LENGTH, reason
from tests.suggest.suggest_sources import code_rule, document, interview, passages, propose, words

SPOKEN = st.lists(st.sampled_from(["wait", "others", "work", "a", ",", "but", ".", "\n"]), max_size=30).map(" ".join)
SPECS = st.builds(
    RuleSpec,
    any=st.lists(st.sampled_from(["wait", "others", "work", "wait others", "wo*"]), min_size=1, max_size=3).map(tuple),
    not_=st.lists(st.sampled_from(["a", "work others"]), max_size=1).map(tuple),
    scope=st.sampled_from(Scope),
    weight=st.floats(0, 1),
)


@given(st.lists(SPOKEN, max_size=4), st.lists(SPECS, min_size=1, max_size=4))
def test_suggestions_of_a_code_never_lie_within_each_other_and_quote_their_words(
    lines: list[str], specs: list[RuleSpec]
) -> None:
    source = interview(*(("P07", line.strip()) for line in lines))
    found = propose(source, *(code_rule(spec, number=number) for number, spec in enumerate(specs)))
    assert len({one.id for one in found}) == len(found)
    for one in found:
        assert 0 <= one.score <= 1
        assert one.span == one.span.trimmed(source.text)
        assert one.hits
        assert all(one.span.covers(Span(*hit)) for hit in one.hits)
        assert list(one.hits) == sorted(one.hits)
        assert all(before[1] <= after[0] for before, after in pairwise(one.hits))
        assert not any(one is not other and one.span.covers(other.span) for other in found)


def test_of_two_rules_for_one_passage_the_higher_score_stays() -> None:
    weak = code_rule(RuleSpec(any=("wait",), weight=0.5), number=1)
    strong = code_rule(RuleSpec(any=("others",)), number=2)
    assert [one.rule_version_id for one in propose("We wait for others.", weak, strong)] == ["free-riding#2"]


def test_of_two_rules_with_one_score_the_first_stays() -> None:
    rules = [code_rule(RuleSpec(any=("wait",)), number=number) for number in (1, 2)]
    assert [one.rule_version_id for one in propose("We wait.", *rules)] == ["free-riding#1"]


def test_of_nested_passages_with_one_score_the_narrower_stays() -> None:
    wide = code_rule(RuleSpec(any=("wait",), scope=Scope.TURN), number=1)
    narrow = code_rule(RuleSpec(any=("wait",)), number=2)
    assert passages("We wait. They go.", wide, narrow) == ["We wait."]


def test_a_wide_passage_with_a_higher_score_replaces_those_within_it() -> None:
    wide = code_rule(RuleSpec(all=(("wait",), ("others",)), scope=Scope.TURN), number=1)
    narrow = code_rule(RuleSpec(any=("wait",)), number=2)
    assert passages("We wait. The others wait.", wide, narrow) == ["We wait. The others wait."]


def test_a_passage_that_loses_takes_no_other_with_it() -> None:
    best = code_rule(RuleSpec(any=("pull their weight",)), number=1)
    middle = code_rule(RuleSpec(any=("others",), scope=Scope.TURN, weight=0.6), number=2)
    least = code_rule(RuleSpec(any=("wait",), weight=0.3), number=3)
    text = "They pull their weight. The others. We wait."
    assert passages(text, best, middle, least) == ["They pull their weight.", "We wait."]


def test_different_codes_may_propose_one_passage() -> None:
    rules = [code_rule(RuleSpec(any=("wait",)), code=code) for code in ("free-riding", "inertia")]
    assert [one.code_id for one in propose("We wait.", *rules)] == ["free-riding", "inertia"]


def test_overlapping_hits_are_merged_and_neighbours_are_not() -> None:
    rule = RuleSpec(any=("the free riders", "free riders wait", "now"))
    assert words("The free riders wait now.", rule) == [["The free riders wait", "now"]]


def test_suggestions_come_in_the_order_of_the_text() -> None:
    rules = [code_rule(RuleSpec(any=(term,)), code=term) for term in ("work", "wait")]
    assert passages("We wait. We work. We wait.", *rules) == ["We wait.", "We work.", "We wait."]


def test_the_id_counts_equal_passages() -> None:
    rule = RuleSpec(all=(("wait",), ("others",)), scope=Scope.TURN)
    source = interview(("I", "Wait, others."), ("P07", "Wait, others."), ("P07", "Wait, others."))
    expected = [suggestion_id("free-riding", "free-riding#1", "s1", "Wait, others.", count) for count in range(3)]
    assert [one.id for one in propose(source, rule)] == expected


def test_the_id_counts_equal_passages_that_did_not_match() -> None:
    source = interview(("I", "We wait."), ("P07", "We wait."), roles={"I": Role.INTERVIEWER})
    (found,) = propose(source, RuleSpec(any=("wait",)))
    assert found.id == suggestion_id("free-riding", "free-riding#1", "s1", "We wait.", 1)


def test_the_id_stays_when_other_passages_change() -> None:
    rule = RuleSpec(any=("wait",))
    (before,) = propose("They go. We wait.", rule)
    (after,) = propose("Something else altogether.\nWe wait. And so on.", rule)
    assert before.id == after.id
    assert before.start != after.start


def test_scores_rise_with_more_and_longer_terms_and_with_the_weight() -> None:
    def score(text: str, weight: float = 1.0) -> float:
        rule = RuleSpec(any=("wait", "others", "pull their weight"), weight=weight)
        return propose(text, rule, corpus=["the sun shines " * 500])[0].score

    one, two, phrase = score("We wait."), score("We wait for others."), score("They pull their weight.")
    assert one < two
    assert one < phrase
    assert score("We wait.", weight=0.5) == pytest.approx(one / 2, abs=1e-4)


def test_the_score_is_the_weight_times_the_chance_that_not_all_terms_mislead() -> None:
    rule = RuleSpec(any=("wait", "others"), weight=0.8)
    (found,) = propose("We wait for others.", rule, corpus=["sun " * 99_996])
    assert found.score == pytest.approx(0.8 * (1 - 0.5 * 0.5), abs=5e-3)


def test_a_common_word_scores_less_than_a_rare_one() -> None:
    rules = [code_rule(RuleSpec(any=(term,)), code=term) for term in ("wait", "others")]
    found = propose("We wait for others.", *rules, corpus=["others " * 20 + "sun " * 1_000])
    scores = {one.code_id: one.score for one in found}
    assert scores["others"] < scores["wait"]


def test_a_reason_quotes_the_words_as_they_stand_and_gives_the_note() -> None:
    rule = RuleSpec(any=("pull their weight", "let the others"), note="talk of shirking")
    (found,) = propose("They let the others go, nobody pulls\u00a0their weight.", rule)
    assert found.reason == "“let the others” and “pulls their weight”: talk of shirking"


def test_a_reason_names_three_passages_at_most_each_once() -> None:
    assert reason(("wait", "Wait", "watch"), "") == "“wait” and “watch”"
    assert reason(("a", "b", "c"), "") == "“a”, “b” and “c”"
    assert reason(("a", "b", "c", "d", "e"), "") == "“a”, “b”, “c” and 2 more"


def test_a_reason_is_one_short_line() -> None:
    line = reason(("wait\nhere",), "note\nof " + "many words " * 20)
    assert line.startswith("“wait here”: note of many words")
    assert len(line) <= REASON_LENGTH
    assert line.endswith("…")


def test_a_rule_set_that_came_from_another_process_proposes_the_same() -> None:
    tokens = tokenise("We wait.")
    rules = prepare([code_rule(RuleSpec(any=("wait",)))], [tokens], "en")
    copy = pickle.loads(pickle.dumps(rules))
    assert copy.propose(document("We wait."), tokens) == rules.propose(document("We wait."), tokens) != []


def test_nothing_is_proposed_without_rules_or_without_words() -> None:
    assert propose("We wait.") == []
    assert propose("", RuleSpec(any=("wait",))) == []

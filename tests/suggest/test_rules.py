import pytest

from fwanalysis.domain.codebook import Near, RuleSpec, Scope, Speakers
from fwanalysis.domain.sources import Role
from fwanalysis.errors import InvalidInput
from tests.suggest.suggest_sources import interview, passages, propose, words


def near(*terms: tuple[str, ...] | str, within: int) -> Near:
    return Near(tuple((term,) if isinstance(term, str) else term for term in terms), within)


def test_any_needs_one_of_its_terms_and_shows_all_that_occur() -> None:
    rule = RuleSpec(any=("weight", "wait"))
    assert words("We wait. They pull weight and wait. Nothing.", rule) == [["wait"], ["weight", "wait"]]


def test_all_needs_every_entry_in_any_of_its_alternatives() -> None:
    rule = RuleSpec(all=(("wait", "watch"), ("others",)))
    assert passages("We watch others. We wait. The others.", rule) == ["We watch others."]


def test_any_all_and_near_must_hold_together() -> None:
    rule = RuleSpec(any=("nobody",), all=(("work",),), near=near("wait", "others", within=3))
    held = "Nobody did work, we wait for others."
    assert passages(held, rule) == [held]
    for missing in ("Nobody", "work", "wait", "others"):
        assert passages(held.replace(missing, "sun"), rule) == []


def test_not_suppresses_a_unit_wherever_in_it_the_term_stands() -> None:
    rule = RuleSpec(any=("free ride",), not_=("free ride home",))
    text = "A free ride home. It is a free ride. A free ride beside a free ride home."
    assert passages(text, rule) == ["It is a free ride."]


def test_not_suppresses_a_unit_into_which_its_term_only_reaches() -> None:
    rule = RuleSpec(any=("work",), not_=("work, never",), scope=Scope.CLAUSE)
    assert passages("We work, never mind", rule) == []
    assert passages("We work, always", rule) == ["We work"]


@pytest.mark.parametrize(("within", "holds"), [(2, False), (3, True)])
def test_near_counts_words_from_the_first_of_all_to_the_last(within: int, holds: bool) -> None:
    rule = RuleSpec(near=near("wait", "others", within=within))
    assert bool(propose("We wait for the others.", rule)) is holds


def test_near_measures_to_the_end_of_a_phrase() -> None:
    text = "They let the others do the work alone."
    assert propose(text, RuleSpec(near=near("let", "do the work", within=4))) == []
    assert len(propose(text, RuleSpec(near=near("let", "do the work", within=5)))) == 1


def test_near_holds_in_either_order_and_shows_only_the_words_that_are_near() -> None:
    rule = RuleSpec(near=near(("wait", "watch"), "others", within=2))
    text = "Others wait, and one two three four watch."
    assert words(text, rule) == [["Others", "wait"]]


def test_near_wants_as_many_words_as_it_has_terms() -> None:
    assert propose("We wait.", RuleSpec(near=near("wait", "wait*", within=3))) == []
    assert len(propose("We wait and wait.", RuleSpec(near=near("wait", "wait*", within=3)))) == 1


def test_near_shows_every_choice_where_its_words_are_many() -> None:
    text = "wait others work " * 1_000
    rule = RuleSpec(near=near("wait", "others", "work", within=2))
    assert len(words(text, rule)[0]) == 3_000


def test_words_in_different_sentences_hold_together_only_in_a_turn() -> None:
    source = interview(("P07", "We wait. The others work."), ("P07", "The others."))
    together = RuleSpec(all=(("wait",), ("others",)))
    assert passages(source, together) == []
    in_turn = RuleSpec(all=(("wait",), ("others",)), scope=Scope.TURN)
    assert passages(source, in_turn) == ["We wait. The others work."]


def test_a_clause_is_narrower_than_its_sentence() -> None:
    rule = RuleSpec(all=(("wait",), ("others",)), scope=Scope.CLAUSE)
    assert passages("We wait, others work.", rule) == []
    assert passages("We go, others wait but we work.", rule) == ["others wait"]


def test_a_rule_reads_the_turns_of_the_speakers_it_names() -> None:
    roles = {"I": Role.INTERVIEWER, "Q": Role.OTHER, "X": Role.UNKNOWN}
    lines = (("I", "Wait one."), ("P07", "Wait two."), ("Q", "Wait three."), ("X", "Wait four."))
    source = interview(*lines, roles=roles)
    heard = {who: passages(source, RuleSpec(any=("wait",), speakers=who)) for who in Speakers}
    assert heard == {
        Speakers.PARTICIPANT: ["Wait two.", "Wait four."],
        Speakers.INTERVIEWER: ["Wait one."],
        Speakers.ANY: ["Wait one.", "Wait two.", "Wait three.", "Wait four."],
    }


def test_without_turns_every_rule_reads_every_line() -> None:
    for who in Speakers:
        assert passages("Wait.\nGo on.", RuleSpec(any=("wait",), speakers=who)) == ["Wait."]


def test_labels_and_preambles_are_never_evidence() -> None:
    source = interview(("Wait", "Go on."), preamble="Wait for it")
    assert propose(source, RuleSpec(any=("wait",), speakers=Speakers.ANY)) == []


@pytest.mark.parametrize(
    "spec", [RuleSpec(), RuleSpec(not_=("wait",)), RuleSpec(all=((),)), RuleSpec(near=Near((), 3))]
)
def test_a_rule_that_looks_for_nothing_is_refused_by_the_name_of_its_code(spec: RuleSpec) -> None:
    with pytest.raises(InvalidInput, match=r"Free-riding.*nothing to look for"):
        propose("We wait.", spec)

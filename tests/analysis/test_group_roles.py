from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fwanalysis.analysis.group_roles import GroupRoles, SpokenPassage, group_roles
from fwanalysis.domain.codings import Stance

FOR, AGAINST, MIXED = Stance.FOR, Stance.AGAINST, Stance.MIXED
NAMES = st.sampled_from(["P01", "P02", "P03", "Man 1", "Woman 2"])
PASSAGES = st.lists(
    st.builds(SpokenPassage, st.lists(NAMES, max_size=3, unique=True).map(tuple), st.sampled_from(Stance)), max_size=8
)


def test_the_first_coded_speaker_raised_it_and_the_others_agreed_or_dissented() -> None:
    passages = [
        SpokenPassage(("P02",), FOR),
        SpokenPassage(("P01",), FOR),
        SpokenPassage(("Man 1",), AGAINST),
        SpokenPassage(("P02",), AGAINST),
    ]
    roles = group_roles(passages, ["P01", "P02", "P03", "Man 1"])
    assert roles == GroupRoles("P02", ("P01",), ("Man 1",), (), ("P03",))
    assert str(roles) == "raised by P02; agreed: P01; dissented: Man 1; silent: P03"


def test_a_member_who_speaks_both_ways_is_mixed() -> None:
    passages = [
        SpokenPassage(("P01",), FOR),
        SpokenPassage(("P02", "P03"), FOR),
        SpokenPassage(("P02",), AGAINST),
        SpokenPassage(("P04",), MIXED),
    ]
    roles = group_roles(passages, [])
    assert (roles.agreed, roles.dissented, roles.mixed) == (("P03",), (), ("P02", "P04"))


def test_a_group_without_coded_passages_is_silent() -> None:
    assert str(group_roles([], ["P01", "P02"])) == "silent: P01, P02"
    assert str(group_roles([], [])) == ""


@given(PASSAGES, st.lists(NAMES))
def test_each_member_and_each_speaker_has_exactly_one_role(passages: list[SpokenPassage], members: list[str]) -> None:
    roles = group_roles(passages, members)
    named = [*filter(None, [roles.raised]), *roles.agreed, *roles.dissented, *roles.mixed, *roles.silent]
    assert sorted(named) == sorted({*members, *(name for passage in passages for name in passage.speakers)})

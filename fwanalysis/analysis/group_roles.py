"""Who raised a theme in a focus group, who agreed, who dissented, and who was silent, from the coded passages.

A starting point for a group's summary: it counts what was coded, and knows nothing of nods or of what was not coded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from fwanalysis.domain.codings import Stance

if TYPE_CHECKING:
    from collections.abc import Iterable


class SpokenPassage(NamedTuple):
    """A coded passage of a group with the participants who speak in it.

    Attributes:
        speakers: Names of their cases, or their labels where they have no case, in the order of the turns.
        stance: What the passage says about the code.
    """

    speakers: tuple[str, ...]
    stance: Stance


@dataclass(frozen=True, slots=True)
class GroupRoles:
    """What the members of a group did with a theme; each member is in one place.

    Attributes:
        raised: The first who speaks in a coded passage; empty if there is none.
        agreed: Others whose passages speak for the code, in the order in which they first speak.
        dissented: Others whose passages speak against it.
        mixed: Others whose passages do both, or are mixed.
        silent: Members without a coded passage.
    """

    raised: str = ""
    agreed: tuple[str, ...] = ()
    dissented: tuple[str, ...] = ()
    mixed: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the roles as a line: *raised by P01; agreed: P02, P03; silent: P04*."""
        named = (
            ("raised by ", (self.raised,) if self.raised else ()),
            ("agreed: ", self.agreed),
            ("dissented: ", self.dissented),
            ("both agreed and dissented: ", self.mixed),
            ("silent: ", self.silent),
        )
        return "; ".join(f"{what}{', '.join(names)}" for what, names in named if names)


def group_roles(passages: Iterable[SpokenPassage], members: Iterable[str]) -> GroupRoles:
    """Return what the members of a group did with a theme.

    Args:
        passages: The coded passages of the group's cell in the order of the text.
        members: Names of the members, as *passages* name them; others who speak are added.

    Notes:
        Who raised the theme is not also said to agree or dissent, whatever the stance.
    """
    stances: dict[str, set[Stance]] = {}
    for passage in passages:
        for speaker in passage.speakers:
            stances.setdefault(speaker, set()).add(passage.stance)
    others = list(stances)[1:]
    return GroupRoles(
        raised=next(iter(stances), ""),
        agreed=tuple(name for name in others if stances[name] == {Stance.FOR}),
        dissented=tuple(name for name in others if stances[name] == {Stance.AGAINST}),
        mixed=tuple(name for name in others if len(stances[name]) > 1 or stances[name] == {Stance.MIXED}),
        silent=tuple(dict.fromkeys(name for name in members if name not in stances)),
    )

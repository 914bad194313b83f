"""Whether one text can be a corrected form of another: how much of it stands in the other, wherever. It must not know
what is coded."""

_PIECE = 12
"""Characters in a piece: long enough that two talks on one matter share few, short enough to stand between slips."""


def share_kept(old: str, new: str) -> float:
    """Which share (0..1) of the pieces of *old* stand in *new* too, letter case and white space apart. Two interviews
    by one guide share some hundredths, a text and its correction nearly all."""
    ours, theirs = _pieces(old), _pieces(new)
    return len(ours & theirs) / len(ours)


def _pieces(text: str) -> set[str]:
    words = " ".join(text.casefold().split())
    return {words[at : at + _PIECE] for at in range(max(1, len(words) - _PIECE + 1))}

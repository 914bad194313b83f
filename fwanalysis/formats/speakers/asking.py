"""Recognise questions, and the label of a speaker who only asks."""

from __future__ import annotations

import re

INTERVIEWER = "Interviewer"
"""The label given to questions without a label."""

_QUESTION_END = re.compile(r"[?？؟;\u037e](?<![^\u0370-\u03ff\u1f00-\u1fff];)[\s\"'”’)\]*_]*$")
"""A semicolon is a question mark only after Greek letters."""


def asks(words: str) -> bool:
    """Return whether the text ends in a question."""
    return _QUESTION_END.search(words[-40:]) is not None

"""Thresholds of speaker detection: how often a label occurs, and in how much of a file, each with its reason.

The criteria that use them are in ``label_criteria`` (single labels) and ``file_criteria`` (whole files).
"""

from __future__ import annotations

MIN_OCCURRENCES = 3
"""Lines that a name has to begin to be a speaker by its frequency alone: two may be a repeated phrase."""
MAX_DISTINCT_LABELS = 2_000
"""Candidate labels that are judged. A file with more is a table or a list; the most frequent are enough."""
MIN_SPEAKERS = 2
MAX_PARAGRAPHS_PER_WORD = 10
"""A label in lower case (``anna``) begins at least one in so many paragraphs: a rarer one is a word of a sentence."""
MAX_WORDS_PLAIN = 2
"""Words of such a label: three words in lower case are a phrase."""
MIN_SHARE_FILLING = 0.25
"""Share of paragraphs that a longer label in lower case (``head of ward``) begins: no phrase recurs so often."""
MAX_WORDS_FILLING = 3
MAX_MAIN_SPEAKERS = 5
"""A label of at least one in five labelled lines is a main speaker, whose turns others may enumerate points within."""
MIN_SHARE_TYPICAL = 0.04
"""Share of paragraphs with a label where labels are typical (Interviewer, P07): answers may be many paragraphs long."""
MIN_SHARE_NAMES = 0.2
"""Share of paragraphs with a label where labels are names: below it, prose with some headed paragraphs is likelier."""
MIN_SHARE_ONE_LABEL = 0.5
"""Share of paragraphs with a label where the only evidence is one typical label, or a format with dashes."""
MIN_SHARE_ALTERNATING = 0.2
"""Share of the labelled lines at which the speaker changes: an unchanging label is a field of a list."""
MAX_SHARE_SILENT = 0.25
"""Share of labelled lines without words above which a file is an agenda and not a transcript."""

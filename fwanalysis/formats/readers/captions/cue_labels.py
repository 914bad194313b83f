"""Decide which labels at the start of cues are speakers: ``Ann Lee: So?``, as in Zoom files.

Meeting programs use account names as labels, so more may be a label here than in a transcript that people type: ``ben
(he/him)``, ``Ben's iPhone``, ``user_4411``, ``ben@uni.edu``. A label is judged by its own form, by how often cues begin
with it, and by the other labels of the file.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from fwanalysis.domain.text import WORD
from fwanalysis.formats.speaker_formats import LABEL_COLON
from fwanalysis.formats.speakers.label_variants import misspellings
from fwanalysis.formats.speakers.labels import LabelForm, form, is_single_letter, is_word_of_documents, key, shown
from fwanalysis.formats.turns.patterns import FORMS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from fwanalysis.formats.readers.captions.lines import Line

_LONGEST = 80
_MOST_WORDS = 8
_OFTEN = 3
"""How often a word in lower case, or one that the text has in lower case too, begins a cue before it is a label."""
_SHORT = 2
_SHARE_PLAIN = 0.1
"""The share of the cues that a label in lower case begins where no other label is sure."""
_SHARE_TYPICAL, _SHARE_NAMES, _SHARE_HALF, _SHARE_MOST = 0.04, 0.2, 0.5, 0.75
"""The share of the cues that begin with a label, at the least, in a file whose labels are roles or pseudonyms, in one
whose labels are names, in one whose labels are roles that come once, and in one where a single name need not
alternate with another."""
_ALTERNATION = 0.2
_PAIR, _SPEAKERS = 2, 5
_MOST_LABELS = 2_000

_DASH = re.compile(r"[-–‐] ?(?=[^\s>–-])")
_NOT_IN_ACCOUNT = re.compile(r"[\n\t?!;\"“”„<>{}=]")
_PRONOUNS = re.compile(r"[^()]{1,60}\(\s*[^\W\d_]{1,8}(?:\s*/\s*[^\W\d_]{1,8}){1,3}\s*\)")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_HANDLE = re.compile(r"@?(?=[^@\s]*_)(?=[^@\s]*[^\W\d_])[\w.-]{3,60}|@[\w.-]{2,40}")
_BRAND = (
    r"(?:iphone|ipad|ipod|macbook|imac|galaxy|pixel|oneplus|xiaomi|redmi|huawei|samsung|thinkpad|chromebook|android"
    r"|(?:zoom|meeting|conference) room)"
)
_DEVICE = (
    rf"(?:{_BRAND}|phone|laptop|notebook|desktop|tablet|smartphone|computer|pc|handy|telefon|teléfono|portable"
    r"|ordinateur)"
)
_MODEL = r"(?:[\s-](?:air|pro|mini|max|plus|ultra|se|note|tab|book|[^\W_]{0,4}\d[^\W_]{0,4})){0,3}(?:\s?\(\d{1,2}\))?"
_OWNED_DEVICE = re.compile(
    rf"[^\n]{{1,40}}['’]s?\s(?:\w{{1,12}}\s)?{_DEVICE}{_MODEL}"
    rf"|{_DEVICE}{_MODEL}\s(?:of|von|de|di|da|do|van|av|af|d['’])\s?[^\n]{{1,30}}",
    re.IGNORECASE,
)
"""The name of a device in a meeting: Ben's iPhone, iPhone von Anna."""
_BARE_DEVICE = re.compile(_BRAND + _MODEL, re.IGNORECASE)
_LETTER_AND_DIGIT = re.compile(r"(?=[^\W\d_]*\d)(?=\d*[^\W\d_])[^\W_]{3,40}")


_ACCOUNTS = (_PRONOUNS, _EMAIL, _HANDLE, _OWNED_DEVICE)


class Shape(Enum):
    """The form of a label, the most certain first."""

    TYPICAL = auto()
    """A role or a numbered pseudonym: Interviewer, P07."""
    ACCOUNT = auto()
    """A form of account names: an e-mail address, a name with pronouns, a device."""
    NAME = auto()
    """Capitals, as a name would be written."""
    LOGIN = auto()
    """Letters with digits in one word, or a device: kim77, iPad. So are covid19 and mp3."""
    PLAIN = auto()
    """One or two other words: ben."""
    PHRASE = auto()
    """More words in lower case, as a sentence begins."""
    EXCLUDED = auto()
    """A known label of what is not speech: Break."""
    NONE = auto()
    """Never a speaker: Note, Date."""


_OF_FORM = {
    LabelForm.TYPICAL: Shape.TYPICAL,
    LabelForm.NAME: Shape.NAME,
    LabelForm.EXCLUDED: Shape.EXCLUDED,
    LabelForm.NONE: Shape.NONE,
}
_NAMES = (Shape.NAME, Shape.ACCOUNT, Shape.LOGIN)
_SURE = (Shape.TYPICAL, Shape.ACCOUNT)
_UNCERTAIN = (Shape.ACCOUNT, Shape.NAME, Shape.LOGIN, Shape.PLAIN)
"""Shapes of labels that are reported, since the user has to decide whether they are speakers."""


class Start(NamedTuple):
    """What the words of a line may begin with.

    A label as written, and where the words after it begin (code points).
    """

    label: str
    words: int


@dataclass(slots=True)
class Candidate:
    """A label that cues begin with.

    Its most frequent spelling, its shape, how many lines begin with it, and whether it also occurs as an ordinary word
    in lower case.
    """

    label: str
    shape: Shape
    count: int
    ordinary: bool = False


@dataclass(frozen=True, slots=True)
class CueLabels:
    """What the labels of a file's cues are, by label as written.

    ``starts`` has what each line may begin with. ``speakers`` maps each label that is a speaker to its displayed form,
    ``uncertain`` the labels that may be speakers, ``excluded`` known labels of what is not speech.
    """

    starts: Sequence[Start | None] = ()
    speakers: Mapping[str, str] = field(default_factory=dict)
    uncertain: Mapping[str, str] = field(default_factory=dict)
    excluded: Mapping[str, str] = field(default_factory=dict)


def start_of(words: str, known: dict[str, Start]) -> Start | None:
    """Return what a line of a cue may begin with.

    Args:
        words: The line.
        known: Cache of usual beginnings up to the colon; new ones are added.

    Returns:
        The beginning; None if the line has no colon where a label could end.
    """
    at = words.find(":", 0, _LONGEST)
    if at <= 0:
        at = words.find("：", 0, _LONGEST)
        if at <= 0:
            return None
    label = words[:at]
    if words[at + 1 : at + 2] == " ":
        if label in known:
            return known[label]
        if label[-1] not in " ?" and label[0] not in "-–‐" and "[" not in label and "(" not in label:
            known[label] = Start(label, at + 2)
            return known[label]
    return _unusual_start(words, at)


def _unusual_start(words: str, at: int) -> Start | None:
    """Return the beginning of a line with an unusual label.

    It follows a dash, or has brackets, a space before the colon (at *at*) or none after it.
    """
    dash = _DASH.match(words)
    if dash:
        start = start_of(words[dash.end() :], {})
        return start._replace(words=start.words + dash.end()) if start else None
    label = words[:at]
    if "[" not in label and "(" not in label and label[-1].isdigit() and words[at + 1 : at + 2].isdigit():
        return None  # a time, as in “we left at 10:30”
    found = FORMS[LABEL_COLON].match(words)
    if found and found["label"]:
        end = found.end()
        label = found["label"]
        boxed = label[1:-1] if label[0] == "[" and label[-1] == "]" else ""
        return Start(boxed or label, end + (words[end : end + 1] == " "))
    label = label.rstrip(" ?")
    after = words[at + 1 : at + 2]
    if not label or after in ("/", ":", "：") or label.count("(") != label.count(")"):
        return None
    return Start(label, at + 1 + (after == " "))


def shape_of(label: str) -> Shape:
    """Return the form of a label by itself."""
    written = shown(label)
    looks = form(label)
    if looks in (LabelForm.TYPICAL, LabelForm.EXCLUDED):
        return _OF_FORM[looks]
    if _NOT_IN_ACCOUNT.search(written) or len(written.split()) > _MOST_WORDS:
        return Shape.NONE
    if any(pattern.fullmatch(written) for pattern in _ACCOUNTS):
        return Shape.ACCOUNT
    if looks in _OF_FORM:
        return _OF_FORM[looks]
    if _LETTER_AND_DIGIT.fullmatch(written) or _BARE_DEVICE.fullmatch(written):
        return Shape.LOGIN
    return Shape.PLAIN if len(written.split()) <= _SHORT else Shape.PHRASE


class _File(NamedTuple):
    """What the criteria may use about the whole file.

    The number of cues, the labels (keys) that the user named, whether the user chose this label format, and, once the
    first labels are known, whether one of them is a name.
    """

    cues: int
    stated: frozenset[str]
    chosen: bool
    named: bool = False


class Criterion(NamedTuple):
    """A reason why a label is a speaker.

    Its name, and its phrase in a preview after “because it ...”.
    """

    name: str
    reason: str
    holds: Callable[[Candidate, _File], bool]


_ALONE = (
    Criterion("stated", "is a speaker label, as you said", lambda one, file: key(one.label) in file.stated),
    Criterion(
        "typical-form",
        "has the form of a speaker label",
        lambda one, _: one.shape is Shape.TYPICAL and (one.count > 1 or not is_single_letter(one.label)),
    ),
    Criterion("account", "is written as the name of an account or a device", lambda one, _: one.shape is Shape.ACCOUNT),
    Criterion(
        "repeated-login",
        "may be the name of an account and begins {count} cues",
        lambda one, _: one.shape is Shape.LOGIN and one.count > 1,
    ),
    Criterion(
        "repeated-name",
        "is written as a name and begins {count} cues",
        lambda one, _: one.shape is Shape.NAME and (one.count >= _OFTEN or (one.count > 1 and not one.ordinary)),
    ),
    Criterion(
        "recurring-word",
        "is short and begins {count} cues",
        lambda one, file: one.shape is Shape.PLAIN and one.count >= max(_OFTEN, file.cues * _SHARE_PLAIN),
    ),
    Criterion(
        "chosen-format",
        "is a possible label in the format that you chose",
        lambda one, file: file.chosen and (one.shape is Shape.NAME or (one.shape is Shape.PLAIN and one.count > 1)),
    ),
)
"""Criteria by which a label is a speaker whatever the other labels are; the first that holds decides."""
_BESIDE = (
    Criterion(
        "beside-speakers",
        "begins {count} cues, as other speaker labels do",
        lambda one, _: one.shape is Shape.PLAIN and one.count >= _OFTEN,
    ),
    Criterion(
        "single-name",
        "is a name written as the other speaker labels are",
        lambda one, file: (
            one.shape is Shape.NAME and file.named and not one.ordinary and not is_word_of_documents(one.label)
        ),
    ),
)
"""Criteria by which a label is a speaker beside others that are."""


def cue_labels(lines: Sequence[Line], *, stated: Collection[str] = (), chosen: bool = False) -> CueLabels:
    """Decide which labels of a file are speakers.

    Args:
        lines: The lines of all cues.
        stated: Labels that the user says are speakers.
        chosen: Whether the user chose this label format for the file.

    Returns:
        The labels by what they are. If no label is a speaker, only recurring labels are uncertain.
    """
    known: dict[str, Start] = {}
    starts = [start_of(line.words, known) for line in lines]
    written = Counter(start.label for start in starts if start)
    if not written:
        return CueLabels(starts)
    cues = sum(line.first for line in lines)
    found = _candidates(written, lines)
    file = _File(cues, frozenset(map(key, stated)), chosen)
    speakers = _speakers(found, file)
    if speakers and not file.stated & speakers:
        order = [name for start in starts if start and (name := key(start.label)) in speakers]
        speakers = _of_conversation(order, found, cues)
    sets = (speakers, *_others(found, speakers))
    return CueLabels(
        starts, *({label: found[key(label)].label for label in written if key(label) in names} for names in sets)
    )


def _of_conversation(order: Sequence[str], found: Mapping[str, Candidate], cues: int) -> set[str]:
    """Return the labels (keys) without the points of an answer.

    None if the file is not a conversation.
    """
    points = _points_of_an_answer(order, found)
    left = [name for name in order if name not in points]
    return set(left) if _is_transcript(left, found, cues) else set()


def _others(found: Mapping[str, Candidate], speakers: Collection[str]) -> tuple[set[str], set[str]]:
    """Return the labels (keys) that may be speakers, and those that are not."""
    left = {name: one for name, one in found.items() if name not in speakers}
    uncertain = {name for name, one in left.items() if one.shape in _UNCERTAIN and (speakers or one.count > 1)}
    return uncertain, {name for name, one in left.items() if speakers and one.shape is Shape.EXCLUDED}


def _speakers(found: Mapping[str, Candidate], file: _File) -> set[str]:
    """Return labels (keys) that meet a criterion, and misspellings of them."""
    speakers = {name for name, one in found.items() if any(criterion.holds(one, file) for criterion in _ALONE)}
    if speakers:
        file = file._replace(named=any(found[name].shape in _NAMES for name in speakers))
        speakers |= {name for name, one in found.items() if any(criterion.holds(one, file) for criterion in _BESIDE)}
        rest = [name for name, one in found.items() if name not in speakers and one.shape in _UNCERTAIN]
        speakers |= misspellings(rest, {name: found[name].count for name in speakers})
    return speakers


def _candidates(written: Counter[str], lines: Iterable[Line]) -> dict[str, Candidate]:
    """Return candidates by key, each with its most frequent spelling.

    The shape is the most certain one of all spellings. If there are very many labels, only the most frequent have a
    shape.
    """
    found: dict[str, Candidate] = {}
    for place, (label, count) in enumerate(written.most_common()):
        shape = shape_of(label) if place < _MOST_LABELS else Shape.NONE
        known = found.setdefault(key(label), Candidate(shown(label), shape, 0))
        known.count += count
        known.shape = min(known.shape, shape, key=lambda one: one.value)
    rare = {name for name, one in found.items() if one.shape is Shape.NAME and one.count < _OFTEN and name.isalpha()}
    rare -= {name for name in rare if name == name.upper()}  # a script without capitals
    if rare:
        text = "\n".join(line.words for line in lines)
        rare = {name for name in rare if name in text}
        for name in rare.intersection(WORD.findall(text)) if rare else ():
            found[name].ordinary = True
    return found


def _points_of_an_answer(order: Sequence[str], candidates: Mapping[str, Candidate]) -> set[str]:
    """Return names that recur only between two labels of the main speakers.

    For example Cost, Quality.
    """
    counts = Counter(order)
    sure = {name for name in counts if candidates[name].shape in _SURE}
    throughout = {name for name in sure if counts[name] > 1}
    if len(throughout) < _PAIR:
        throughout = {name for name, count in counts.items() if count >= max(_OFTEN, len(order) / _SPEAKERS)}
    turn, turns = 0, {name: set[int]() for name in counts}
    for name in order:
        turn += name in throughout
        turns[name].add(turn)
    return {
        name
        for name, within in turns.items()
        if counts[name] > 1 and len(within) == 1 and within.isdisjoint((0, turn)) and name not in throughout | sure
    }


def _is_transcript(order: Sequence[str], candidates: Mapping[str, Candidate], cues: int) -> bool:
    """Return whether labels in this order are those of a conversation.

    Otherwise they are words with a colon in a talk.
    """
    counts, share = Counter(order), len(order) / max(1, cues)
    shapes = {candidates[name].shape for name in counts}
    recurring = len(counts) < len(order)
    if Shape.ACCOUNT in shapes and (recurring or len(counts) > 1):
        return True
    if Shape.TYPICAL in shapes:
        return share >= _SHARE_HALF or (share >= _SHARE_TYPICAL and (recurring or len(counts) > 1))
    changes = sum(one != other for one, other in pairwise(order))
    alternates = changes >= len(order) * _ALTERNATION or (share >= _SHARE_MOST and len(order) >= _OFTEN)
    return recurring and share >= _SHARE_NAMES and alternates

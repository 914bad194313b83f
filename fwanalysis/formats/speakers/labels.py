"""What a speaker's label looks like, and what only looks like one.

Knows single labels, not files: whether a label is believed is decided over a whole file, in ``formats.speakers``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from enum import Enum, auto
from functools import lru_cache
from typing import TYPE_CHECKING

from fwanalysis.formats.speakers.role_lexicon import is_role_word

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_WORDS = 5
MAX_CHARACTERS = 40
_REMEMBERED = 2**15
_MAX_UNCASED = 16
"""Scripts without capitals give no other sign than shortness that a label is a name."""


class LabelForm(Enum):
    """How much a label looks like one by itself."""

    TYPICAL = auto()
    """A role or a numbered pseudonym: Interviewer, P07, FG1-3, Speaker 1."""
    NAME = auto()
    """Title case or capitals, as a name or a job would be written."""
    PLAIN = auto()
    """Anything else short enough, such as a word in lower case."""
    EXCLUDED = auto()
    """A known mark of what is nobody's speech: Break, Intro."""
    NONE = auto()
    """Never a speaker: Note, Date, a sentence."""


def _phrases(listed: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in listed.split("|"))


_TYPICAL = re.compile(
    r"""
      # a role, with a number or not
      (?: interviewer | interviewee | int | iv | ivr | ir | ie | i | question | answer | q | a | moderator | mod
        | facilitator | researcher | respondent | resp | participant | part | p | informant | speaker | spk | patient
        | carer | client | student | male | female | man | woman | voice ) (?: [\s_.#:]* \d{1,4} [a-z]? )? [.#]?
    | 问 | 問 | 答 | frage | antwort | pregunta | respuesta
      # or with a letter
    | (?: interviewer | interviewee | question | answer | moderator | facilitator | researcher | respondent
        | participant | informant | speaker | spk | patient | carer | client | student | male | female | man | woman
        | voice ) [\s_]+ [a-z]
    | (?: speaker | spk | participant | respondent | interviewer | moderator | facilitator | patient ) [a-h]
      # a numbered pseudonym, alone or in its group: P07, FG1-3, FG1 P2
    | (?: [a-z] | pp | pt | int | id | fg | fgp | fgd | idi | kii | gp | hcp | res | resp | part | spk )
        [-_.\#]? \d{1,4} [a-z]? (?: [-–_./\s] [a-z]{0,2} \d{1,3} | [-_] (?: [a-z] | all ) )?
      # several at once, or somebody
    | (?: all | both | everyone | group | several | various | multiple | many | unknown | unidentified | unclear
        | redacted | inaudible )
        (?: \s (?: male | female ) )?
        (?: \s (?: speakers? | voices? | participants? | respondents? | people | person | man | woman | child
        | together ) )?
    """,
    re.VERBOSE,
)

EXCLUDED = _phrases(
    """break | coffee break | lunch break | tea break | outro | intro | interlude | music | theme music |
    theme song | jingle | jingles | sting | stinger | sound effect | sound effects | sfx | musik | musique | música |
    musica | werbung | einspieler | générique |
    sponsor | sponsors | sponsor break | ad | ads | advert | advertisement | commercial break |
    pause | end of recording | end of interview | end of transcript | recording paused | recording stopped |
    recording resumed | memo | memos | analytic memo | field note | field notes | fieldnotes | reflection |
    reflections | observer notes | interviewer notes | researcher notes | interviewer's notes | researcher's notes"""
)
_PARTS = re.compile(
    r"(?:(?:end|start|beginning) of )?(?:the )?(?:side|tape|part|disc|cassette|recording|session|file|audio|track)"
    r"(?: (?:\d{1,2}|one|two|three|four|five|six|[a-f]))(?: of \d{1,2})?(?: (?:begins|ends))?"
)
METADATA = _phrases(
    """date | dates | interview date | date of interview | time | times | start time | end time | place | location
    | venue | setting | duration | length | recorded | recorded on | recorded at | recording | audio |
    audio file | file | filename | transcript | transcribed | transcribed by | transcriber | transcription |
    transcript by | title | project | study | site | organisation | organization | participants | present |
    attendees | apologies | agenda | consent | interview | interview no | interview number | id | participant id
    | code | codename | pseudonym | gender | age | occupation | language | version | keywords
    | source | to | from | cc | re | sent | reference | link | links | url | speakers | summary keywords |
    meeting | meeting title | attendance | datum | aufnahme | fecha | data | ort | lugar | lieu | luogo | dauer |
    duración | duracion | durée | duree | thema | projekt | proyecto | projet | titel | título | titulo | titre | 日期 |
    时间 |
    地点 | 时长 | 题目 | 标题 | 参考 | 访谈时间 | 访谈地点 | 采访时间 | 采访地点 | المكان |
    采访日期 | 访谈日期 | 采访对象 | čas | místo | miejsce | czas | дата | место | время | тема | plats | tid | sted |
    dato | paikka | päivämäärä | aika | tarih | yer | ημερομηνία | τόπος | 日時 | 場所 | 일시 | 장소 | التاريخ"""
)
_OF_GUIDES = _phrases(
    """probe | probes | prompt | prompts | section | theme | topic | monday | tuesday | wednesday | thursday | friday |
    saturday | sunday"""
)
_NUMBERED = re.compile(
    r"(?:probe|prompt|section|theme|topic|chapter|appendix|figure|table|interview)s? (?:\d{1,3}|[a-z])"
)
_NEVER = (
    METADATA
    | _OF_GUIDES
    | _phrases(
        """note | notes | nb | n.b | ps | p.s | example | for example | e.g | i.e | eg | viz | warning | tip | remember
    | summary | abstract | background | introduction | method | methods | results | discussion | conclusion |
    conclusions | key | legend | page | figure | fig | table | box | chapter | section | part | appendix |
    references | contents | overview | aim | aims | objective | objectives | outcome | outcomes | action |
    actions | update | todo | see | see also | contact | email | phone | tel | telephone | fax | http | https |
    ftp | mailto | www | where | when | what | who | why | how | which | and | but | so | or | because | well |
    yes | no | okay | ok | also | then | first | second | third | finally | firstly | secondly | thirdly | next
    | now | again | plus | still | however | therefore | otherwise | anyway | honestly | basically | actually |
    obviously | the thing is | translator's note | editor's note | footnote | endnote | comment | comments |
    important | copyright | license | licence | files | changes | bugs | usage | options | arguments | parameters |
    returns | raises | examples | features | requirements | installation | format | default | required | type | name |
    description | status | total | question type | decision | decisions |
    优点 | 缺点 | 優點 | 缺點 | 优势 | 劣势 | 優勢 | 劣勢 | 特点 | 特點 | 重点 | 重點 | 注意 | 备注 | 備註 | 说明 |
    說明 | 例如 | 例 | 注 | 注释 | 總結 | 总结 | 步骤 | 步驟 | 方法 | 材料 | 材料清单 | 材料清單 | 目的 | 背景 | 结论 |
    結論 | 原因 | 结果 | 結果 | 价格 | 價格 | 定义 | 定義 | 关键词 | 關鍵詞 | 摘要 | 地址 | 电话 | 電話 | 邮箱 |
    网址 | 網址 | 链接 | 連結 | 来源 | 來源 | 功能 | 用途 | 建议 | 建議 | 类别 | 類別 | 类型 | 類型 | 版本 | 语言 |
    語言 | 更新 |
    長所 | 短所 | 利点 | 欠点 | 備考 | 参考 | 概要 | 目次 | 理由 | 장점 | 단점 | 참고 | 주의 | 예 | 요약 | 결론 | 방법 |
    목적 | 배경 | 이유 | 결과 | 비고"""
    )
)
_MAY_BE_NAMES = _phrases("site | organisation | organization | to | from | re | cc | id | source | code")
"""Words and abbreviations of headers that may be names, where they come again and again; others (Date) never are."""
_SPEAKERS_AND_FACTS = _phrases("subject | host | author | authors")
"""Words of headers that may be speakers, where they come again."""
_OPENERS = _phrases(
    "and|but|so|or|because|then|if|when|as|well|now|i|we|you|he|she|it|they|that|this|there|what|who|which|how|why"
    "|yes|no|yeah|okay|ok|just|like|also"
)
_INITIALS = 3
NOISES = _phrases(
    """laughs | laughter | laughing | laugh | chuckles | chuckling | giggles | sighs | sigh | sighing | coughs | cough |
    coughing | pause | pauses | long pause | short pause | silence | inaudible | unintelligible | unclear | crosstalk |
    cross talk | cross-talk | overlapping | overlapping speech | applause | music | noise | background noise | phone |
    phone rings | sic | redacted | redacted name | name redacted | removed | name removed | anonymised | anonymized |
    name | place | hospital | city | foreign | foreign language | crying | cries | sobs | nods | nodding | shrugs |
    whispers | whispering | sniffs | beep | bleep | static | indiscernible | blank_audio | end | start | break | note |
    笑 | 笑声 | 笑聲 | 沉默 | 沈默 | 沈黙 | 停顿 | 停頓 | 掌声 | 掌聲 | 拍手 | 音乐 | 音樂 | 音楽 | 听不清 |
    聽不清 | 叹气 | 嘆氣 | 哭 | 噪音 | 웃음 | 침묵 | 박수 | 음악"""
)
"""What stands in brackets within speech, and is nobody's label."""
_INVISIBLE = dict.fromkeys((0x200B, 0x200E, 0x200F, 0x2060, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF))
_PARTICLES = _phrases("de|da|di|do|du|van|von|der|den|del|della|le|la|el|al|bin|ibn|y|e|of|the|and|&|+")
_ADDED = re.compile(r"\s*[(\[](?:[^()\[\]]|\([^()\[\]]*\)?)*[)\]]?$|\s\|\s.*$")
"""What a label adds of its person, in brackets or behind a bar, with what the strip of brackets left of it."""
_PHONE = re.compile(r"\+\d[\d\s().*-]{6,20}\d|\d{2,8}\*{2,6}\d{2,5}")
_DATED = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}(?:st|nd|rd|th|\.)?\s[^\W\d_]{3,9}\.?,?\s\d{4}\b"
    r"|[^\W\d_]{3,9}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}\b"
)
_POSTS = _phrases("host | byline | reporter | anchor | correspondent | announcer | narrator | presenter | chair")
"""What the records of broadcasts and committees say of a person behind a comma."""
_EXAMINES = re.compile(r"by (?:mr|mrs|ms|miss|dr|the)\b.*")
"""The line that says in the record of a court who asks next."""
_JOINED = re.compile(r"\s*[&+/]\s*|\s(?:and|und|y|et|e|en)\s")
_MOST_WRITTEN = 160
_SENTENCE = re.compile(
    r"(?<![^\W\d_])(?!(?:profa?|assoc|asst|capt|supt|insp|const|sergt|brig|revd|messrs|mlle|srta|dott|univ|dipl|hptm)\.)"
    r"[^\W\d_]{4,}\.\s",
    re.IGNORECASE,
)
"""The end of a sentence within a label; titles are shortened so as well."""


def shown(label: str) -> str:
    """The label as it is shown: white space as single blanks, without the invisible signs of writing direction and the
    backslashes that Markdown has before brackets."""
    label = label.replace("\\", "")
    return " ".join(label.translate(_INVISIBLE).split()) if not label.isascii() else " ".join(label.split())


@lru_cache(maxsize=_REMEMBERED)
def key(label: str) -> str:
    """What makes two spellings one label: the label as it is shown, without case, its accents composed.

    Nothing else folds: ``Interviewer1`` and ``Interviewer 1`` are two labels, until a person says otherwise.
    """
    return unicodedata.normalize("NFC", shown(label).casefold())


def most_frequent_spellings(labels: Iterable[str]) -> dict[str, str]:
    """For each label as written, the spelling that its speaker's labels have most often (the first of equals)."""
    counted = Counter(labels)
    best: dict[str, str] = {}
    for label in counted:
        if counted[label] > counted[best.setdefault(key(label), label)]:
            best[key(label)] = label
    return {label: shown(best[key(label)]) for label in counted}


def is_excluded_label(label: str) -> bool:
    """Whether a label is a known mark of what is nobody's speech: Break, Intro, Side two."""
    folded = key(label).strip("[](). ")
    return folded in EXCLUDED or _PARTS.fullmatch(folded) is not None


@lru_cache(maxsize=_REMEMBERED)
def form(label: str) -> LabelForm:
    """Return how much *label* looks like a speaker label by itself."""
    if len(label) > _MOST_WRITTEN:
        return LabelForm.NONE
    plain = " ".join(label.replace("\\", "").strip("[]() ").split())
    bare = _ADDED.sub("", plain)
    words, folded = bare.split(), bare.casefold().rstrip(".")
    if _PHONE.fullmatch(plain):
        return LabelForm.NAME
    if not words or len(words) > MAX_WORDS or len(bare) > MAX_CHARACTERS or not any(map(str.isalpha, bare)):
        return LabelForm.NONE
    if is_excluded_label(plain):
        return LabelForm.EXCLUDED
    before_comma, comma, behind = folded.partition(",")
    if (comma and before_comma in _NEVER) or _EXAMINES.fullmatch(folded):
        return LabelForm.NONE
    if _is_never_a_label(bare, folded):
        initials = len(bare) <= _INITIALS and bare.isalpha() and bare.isupper()
        return LabelForm.NAME if initials else LabelForm.NONE
    if folded in _SPEAKERS_AND_FACTS:
        return LabelForm.NAME
    if _is_typical(bare, folded) or (behind.strip() in _POSTS and bare[0].isupper()):
        return LabelForm.TYPICAL
    return LabelForm.NAME if _is_name(words) else LabelForm.PLAIN


def _is_never_a_label(bare: str, folded: str) -> bool:
    """Whether a label is a word of documents, a numbered part of one, a date, or has the end of a sentence in it."""
    return bool(
        folded in _NEVER
        or _opens_a_sentence(bare)
        or _SENTENCE.search(bare)
        or _NUMBERED.fullmatch(folded)
        or _DATED.search(bare)
    )


def _opens_a_sentence(bare: str) -> bool:
    """Whether a label is nothing but two or more words that only join or open sentences: So I, And then he."""
    words = bare.casefold().split() if bare[0].isupper() else ()
    return len(words) > 1 and all(word in _OPENERS for word in words)


def _is_typical(bare: str, folded: str) -> bool:
    """Whether a label is a role or a numbered pseudonym, or several of these together."""
    if _TYPICAL.fullmatch(folded) or is_role_word(bare):
        return True
    together = _JOINED.split(folded)
    return len(together) > 1 and all(map(_TYPICAL.fullmatch, together))


def is_word_of_documents(label: str) -> bool:
    """Whether a label is a word or an abbreviation that stands before a colon in documents and may be a name: NB, Site;
    the words of topic guides and diaries never are."""
    folded = key(label).strip("[]() .")
    return (folded in _NEVER and folded not in _OF_GUIDES) or folded in _SPEAKERS_AND_FACTS


def is_of_guides(label: str) -> bool:
    """Whether a label is a word of topic guides or diaries: Probe, Monday."""
    return key(label).strip("[]() .*-") in _OF_GUIDES


def is_only_a_fact(label: str) -> bool:
    """Whether a label is a word of headers that never is a speaker, however often it comes: Date, Duration."""
    folded = key(label).strip("[]() .")
    return folded in METADATA and folded not in _MAY_BE_NAMES


def form_in_brackets(label: str) -> LabelForm:
    """How much what stands in brackets looks like a speaker's label: not where it is a noise."""
    if key(label).strip(".* ") in NOISES:
        return LabelForm.NONE
    looks = form(label)
    return looks if looks in (LabelForm.TYPICAL, LabelForm.NAME, LabelForm.PLAIN) else LabelForm.NONE


def is_single_letter(label: str) -> bool:
    """Whether the label is one letter, which a list may begin with as well as a speaker."""
    return len(key(label)) == 1


def _is_name(words: list[str]) -> bool:
    if not any(letter.isupper() for word in words for letter in word):
        uncased = not any(letter.islower() for word in words for letter in word)
        return uncased and sum(map(len, words)) <= _MAX_UNCASED
    return all(not _lead(word).islower() or word in _PARTICLES for word in words)


def _lead(word: str) -> str:
    """The first letter or digit of a word, so that ``(nurse)`` is judged by its n."""
    return next((letter for letter in word if letter.isalnum()), "-")

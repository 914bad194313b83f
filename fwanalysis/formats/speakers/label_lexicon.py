"""Words and phrases that occur as labels in transcripts and documents, by what they label.

Data only; compared in lower case. ``speakers.labels`` judges labels.
"""

from __future__ import annotations


def _phrases(listed: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in listed.split("|"))


EXCLUDED = _phrases(
    """break | coffee break | lunch break | tea break | outro | intro | interlude | music | theme music |
    theme song | jingle | jingles | sting | stinger | sound effect | sound effects | sfx | musik | musique | música |
    musica | werbung | einspieler | générique |
    sponsor | sponsors | sponsor break | ad | ads | advert | advertisement | commercial break |
    pause | end of recording | end of interview | end of transcript | recording paused | recording stopped |
    recording resumed | memo | memos | analytic memo | field note | field notes | fieldnotes | reflection |
    reflections | observer notes | interviewer notes | researcher notes | interviewer's notes | researcher's notes"""
)
"""Labels of text that is not dialogue."""
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
"""Labels of facts about a recording or a file, as headers have them."""
GUIDE_WORDS = _phrases(
    """probe | probes | prompt | prompts | section | theme | topic | monday | tuesday | wednesday | thursday | friday |
    saturday | sunday"""
)
"""Words of topic guides and diaries."""
NEVER_SPEAKERS = (
    METADATA
    | GUIDE_WORDS
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
"""Words before a colon in documents and notes, which are not speakers; includes METADATA and GUIDE_WORDS."""
METADATA_OR_NAMES = _phrases("site | organisation | organization | to | from | re | cc | id | source | code")
"""Words and abbreviations of headers that may be names, where they recur; others (Date) never are."""
SPEAKERS_OR_METADATA = _phrases("subject | host | author | authors")
"""Words of headers that may be speakers if they recur."""
SENTENCE_OPENERS = _phrases(
    "and|but|so|or|because|then|if|when|as|well|now|i|we|you|he|she|it|they|that|this|there|what|who|which|how|why"
    "|yes|no|yeah|okay|ok|just|like|also"
)
"""Words that join or open sentences; a label of several of these alone is part of a sentence."""
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
"""Text in brackets within speech that is not a speaker label."""
NAME_PARTICLES = _phrases("de|da|di|do|du|van|von|der|den|del|della|le|la|el|al|bin|ibn|y|e|of|the|and|&|+")
"""Words in lower case that occur within names."""
POSTS = _phrases("host | byline | reporter | anchor | correspondent | announcer | narrator | presenter | chair")
"""What records of broadcasts and committees add to a name after a comma."""

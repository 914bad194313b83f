"""Words in labels that state a speaker's role, in common languages of transcripts.

Knows single labels, not files. A label states a role if it is such a word, with or without a number or a name:
Interviewer 2, Moderator (Lee), Entrevistadora. Words are compared without accents and without the suffixes of
gender-inclusive forms.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ASKING_WORDS = """
    interviewer interviewers host moderator comoderator facilitator cofacilitator researcher investigator
    interviewerin interviewerinnen interviewender interviewende moderatorin forscher forscherin fragesteller
        fragestellerin gesprächsleiter gesprächsleiterin
    entrevistador entrevistadora entrevistadores moderador moderadora facilitador facilitadora investigador
        investigadora pesquisador pesquisadora
    enquêteur enquêtrice intervieweur intervieweuse modérateur modératrice animateur animatrice chercheur chercheuse
        facilitateur facilitatrice
    intervistatore intervistatrice moderatore moderatrice ricercatore ricercatrice
    onderzoeker gespreksleider gespreksleidster interviewster
    intervjuare intervjuaren intervjuer interviewaren moderatorn ordstyrer forskare forsker
    haastattelija tutkija
    ankieter ankieterka badacz badaczka moderatorka
    tazatel tazatelka výzkumník výzkumnice moderátor moderátorka
    kérdező kutató interjúkészítő
    intervievator intervievatoare cercetător cercetătoare
    görüşmeci araştırmacı
    ερευνητής ερευνήτρια συνεντευκτής συνεντεύκτρια συντονιστής συντονίστρια
    интервьюер модератор исследователь исследовательница ведущий ведущая
    інтервюер дослідник дослідниця ведучий ведуча
    采访者 采访人 访谈者 访谈人 访谈员 访问者 访问员 提问者 主持人 主持 研究者 研究员
        採訪者 訪談者 訪談員 訪問者 訪員 研究員
    インタビュアー インタビュア 聞き手 聴き手 司会 司会者 質問者 調査者 モデレーター ファシリテーター
    면접자 면담자 진행자 사회자 질문자 연구자 조사자 인터뷰어
    المحاور المحاورة محاور محاورة الباحث الباحثة باحث باحثة
    مصاحبه‌گر مصاحبه‌کننده پرسشگر پژوهشگر
    מראיין מראיינת המראיין המראיינת חוקר חוקרת מנחה
    साक्षात्कारकर्ता शोधकर्ता
    pewawancara peneliti
"""
_ANSWERING_WORDS = """
    interviewee interviewees guest subject participant participants respondent respondents informant narrator patient
        client carer caregiver
    teilnehmer teilnehmerin teilnehmende befragte befragter befragten befragtes interviewte interviewter
        interviewpartner interviewpartnerin gesprächspartner gesprächspartnerin proband probandin informantin
        zeitzeuge zeitzeugin
    participante entrevistado entrevistada encuestado encuestada respondente informante inquirido inquirida
    enquêté enquêtée interviewé interviewée répondant répondante participante informateur informatrice
    partecipante intervistato intervistata rispondente
    geïnterviewde deelnemer deelneemster respondente respondenten
    deltagare deltager deltaker informanten respondenten intervjuperson intervjupersonen intervjuad intervjuade
        interviewperson intervjuobjekt
    haastateltava osallistuja vastaaja
    uczestnik uczestniczka rozmówca rozmówczyni badany badana respondentka
    dotazovaný dotazovaná účastník účastnice účastníčka informantka opýtaný opýtaná
    interjúalany válaszadó résztvevő
    intervievat intervievată intervievatul intervievata participantă
    katılımcı görüşülen yanıtlayıcı
    συμμετέχων συμμετέχουσα συνεντευξιαζόμενος συνεντευξιαζόμενη ερωτώμενος ερωτώμενη
    респондент респондентка участник участница информант информантка опрашиваемый интервьюируемый собеседник
        собеседница
    учасник учасниця інформант інформантка
    受访者 受访人 被访者 被访人 被采访者 参与者 回答者 受訪者 受訪人 被訪者 參與者
    参加者 話し手 語り手 調査協力者 研究協力者 インタビュイー
    응답자 참여자 참가자 구술자 피면접자 피면담자 답변자 연구참여자
    المشارك المشاركة المبحوث المبحوثة المستجيب المستجيبة المستجوب المستجوبة مبحوث مبحوثة مشارك مشاركة
    مصاحبه‌شونده پاسخگو پاسخ‌دهنده مشارکت‌کننده شرکت‌کننده
    מרואיין מרואיינת המרואיין המרואיינת משתתף משתתפת
    उत्तरदाता प्रतिभागी
    narasumber informan responden partisipan peserta terwawancara
"""
_HELPING_WORDS = """
    interpreter translator observer notetaker scribe transcriber transcriptionist
    dolmetscher dolmetscherin übersetzer übersetzerin protokollant protokollantin
    intérprete traductor traductora tradutor tradutora interprète traducteur traductrice interprete traduttore
        traduttrice technician
    tolk tulkki tłumacz tłumaczka tlumočník tlumočnice tercüman διερμηνέας переводчик переводчица перекладач
    翻译 翻譯 口译 通訳 통역 통역사 المترجم المترجمة מתורגמן מתורגמנית
"""
_WORDS_OF_VOICES = """
    speaker speakers person voice spk unknown inaudible me them you male female man woman guest
    sprecher sprecherin stimme frau
    intervenant intervenante locuteur locutrice voix personne homme femme
    hablante orador oradora locutor locutora voz persona pessoa falante hombre mujer homem mulher
    parlante voce uomo
    spreker spreekster stem persoon talare röst taler puhuja
    mówca mówczyni głos osoba mluvčí hlas beszélő vorbitor konuşmacı
    ομιλητής ομιλήτρια говорящий говорящая спикер голос спікер
    发言人 發言人 说话人 說話人 讲话人 話者 発言者 スピーカー 화자 발화자 참석자
    المتحدث المتحدثة متحدث דובר דוברת वक्ता pembicara
"""
"""Names for an unidentified speaker."""
_WORDS_BESIDE = "research study tag id no nr num number the de la el entrevistada entrevistado interviewée interviewé"

_ASKING_LETTERS = "q|س|в|и|문|问|問"
_ANSWERING_LETTERS = "a|p|ج|о|р|답|答"
_SEVERAL = re.compile(
    r"(?:[a-z]{1,4}\d{1,3}[-–_./ ])?(?:all|everyone|everybody|group|several|various|multiple|many|both|alle|mehrere"
    r"|todos|todas|tous|toutes|tutti|allen|alla|wszyscy|vsichni|все|全员|全員|모두)"
    r"(?: (?:speakers?|voices?|participants?|respondents?|people|male|female|together))?"
)
_JOINED = re.compile(r"([^\W\d_]+)[ _.#-]?\d{1,3}(?:(?: ?[+/&,] ?| and | und | y | et | e | en )\1[ _.#-]?\d{1,3})+")
"""Two numbered speakers or more of one kind: R1+R3, Male 1/Male 2; FG1/P2 is one."""
_UNIDENTIFIED = re.compile(
    r"(?:unknown|unidentified|unclear|inaudible)(?: (?:male|female))?"
    r"(?: (?:speaker|voice|participant|respondent|person|man|woman|child))?"
    r"(?: #?\d+)?"
    r"|(?:[a-z]{1,4}\d{1,3}[-–_./ ])?(?:[a-z]|male|female|speaker|respondent|participant) ?\?+"
)
_ASKING_SHORT = re.compile(
    rf"(?:int|iv|ivr|ir|i|mod)[\s#._-]*[1-9]?"
    rf"|(?:{_ASKING_LETTERS}|question|frage|pregunta|pergunta|domanda|вопрос)[\s#._-]*\d{{0,3}}"
)
"""What is numbered beyond nine, or from 01 on, are talks (int012), but for questions."""
_ANSWERING_SHORT = re.compile(
    r"(?:p|pt|pp|part|resp|f|fg|fgp|tn|b|ip)[\s#._-]*\d{1,4}[a-z]?(?:[-–._/\s][a-z]{0,2}\d{1,3})?"
    rf"|{_ANSWERING_LETTERS}|ie|ip|resp|answer|antwort|respuesta|resposta|risposta|ответ"
)
_NUMBERED_GUEST = re.compile(r"guest[\s#._-]*\d+")
_OF_NOBODY_SHORT = frozenset(("ie", "ip", "res", "resp", "inf", "tn", "bef", "part", "pt", "pp", "answer", "antwort"))
_LETTER_AND_DIGIT = re.compile(r"[as]\W?\d")
_NUMBERED_VOICE = re.compile(r"\D+\d{1,3}|\D+\s\w")
_MOST_DIGITS = 2

_HYPHENATED = re.compile(r"\b(co|assistant|note)-(?=\w)")
_ENDING = re.compile(
    r"(?<=[^\W\d_]{4})(?:[:*_/·•.]|\()(?:innen|in|r|n|e|es|a|as|o|os|s|trice|rice|frau)\)?(?![^\W\d_])"
)
"""The other gender's ending: Befragte:r, Interviewer*in, Entrevistador/a, enquêté·e."""
_TOKEN = re.compile(r"[^\s\d!-/:-@\[-`{-~\u2010-\u2027\u3001\u3002\u30fb]+")
_ACCENTS = re.compile("[\u0300-\u036f]")
_LETTER_BEHIND = re.compile(r"(?<=[\u3040-\u9fff\uac00-\ud7af])(?=[a-z]\b)")
_APOSTROPHE = re.compile("(?<=[\u0400-\u04ff])['’ʼ](?=[\u0400-\u04ff])")
_ADDED = re.compile(r"\s*[(\[][^()\[\]]*[)\]]?$")
_EDGES = "[].: "

ASKS, ANSWERS, HELPS, SEVERAL, UNIDENTIFIED = "asks", "answers", "helps", "several", "unidentified"


def _plain(label: str) -> str:
    """Normalise a label for comparison.

    Full-width letters become normal ones; case, accents, invisible characters and gender-inclusive suffixes are
    removed.
    """
    plain = " ".join(unicodedata.normalize("NFKC", label.replace("\\", "").replace("\u200c", "")).casefold().split())
    if not plain.isascii():
        plain = _ACCENTS.sub("", unicodedata.normalize("NFD", plain)).replace("ı", "i")
        plain = _LETTER_BEHIND.sub(" ", _APOSTROPHE.sub("", unicodedata.normalize("NFC", plain)))
    return _HYPHENATED.sub(r"\1", _ENDING.sub("", plain)).strip(_EDGES)


def _words(listed: str) -> frozenset[str]:
    return frozenset(map(_plain, listed.split()))


_ASKING, _ANSWERING, _HELPING = map(_words, (_ASKING_WORDS, _ANSWERING_WORDS, _HELPING_WORDS))
_ROLE_WORDS = _ASKING | _ANSWERING | _HELPING
_OF_VOICES = _words(_WORDS_OF_VOICES)
_BESIDE = _words(_WORDS_BESIDE)
_BY_LOOKS = (
    (SEVERAL, _SEVERAL),
    (SEVERAL, _JOINED),
    (UNIDENTIFIED, _UNIDENTIFIED),
    (ASKS, _ASKING_SHORT),
    (ANSWERS, _ANSWERING_SHORT),
    (None, _NUMBERED_GUEST),
)


@lru_cache(maxsize=1024)
def said_by(label: str) -> str | None:
    """Return the role that *label* states.

    Returns:
        ``asks``, ``answers``, ``helps`` (an interpreter, an observer), ``several`` (more than one speaker) or
        ``unidentified``; None if it states nothing.
    """
    plain = _plain(label)
    bare = _ADDED.sub("", plain)
    for said_so, looks in _BY_LOOKS:
        if looks.fullmatch(bare):
            return said_so
    said = {
        role
        for token in _TOKEN.findall(plain)
        for role, words in ((ASKS, _ASKING), (ANSWERS, _ANSWERING), (HELPS, _HELPING))
        if token in words
    }
    return said.pop() if len(said) == 1 else None


def is_role_word(label: str) -> bool:
    """Return whether *label* is only a role, with or without a number.

    For example Interviewer 2 or Entrevistadora; or a word for a speaker with a number or a letter (Sprecher 1, 話者A).
    """
    plain = _plain(label)
    tokens = _TOKEN.findall(plain)
    if tokens and tokens[0] in _OF_VOICES - _ROLE_WORDS:
        return _NUMBERED_VOICE.fullmatch(plain) is not None
    return len(tokens) == 1 and tokens[0] in _ROLE_WORDS


def names_no_individual(label: str) -> bool:
    """Return whether *label* names a role and no particular person.

    Such a label is not the name of a case: ``B``, ``Befragte``, ``Speaker 1``, ``SPEAKER_00``, ``Participant 2``. But
    ``P1``, ``P07``, ``S01`` or ``Participant 117`` distinguish the persons of a group or a study.
    """
    if said_by(label) in (SEVERAL, UNIDENTIFIED):
        return True
    plain = _plain(label)
    tokens, digits = set(_TOKEN.findall(plain)), sum(map(str.isdecimal, plain))
    if digits > _MOST_DIGITS:
        return False
    if not digits and (len(plain) == 1 or plain in _OF_NOBODY_SHORT):
        return True
    if tokens <= _OF_VOICES | _BESIDE | _ANSWERING:
        return not tokens or not tokens.isdisjoint(_OF_VOICES | _ANSWERING)
    if tokens & _OF_VOICES and all(token in _OF_VOICES or len(token) == 1 for token in tokens):
        return True
    return _LETTER_AND_DIGIT.fullmatch(plain) is not None

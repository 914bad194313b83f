"""The words that say in a label what somebody does in an interview, in the languages transcripts are often in.

Knows single labels, not files. A label says a role when it is such a word, with a number or a name beside it or not:
Interviewer 2, Moderator (Lee), Entrevistadora.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def _words(listed: str) -> frozenset[str]:
    return frozenset(unicodedata.normalize("NFC", word) for word in listed.split())


_ASKING_WORDS = _words(
    """interviewer interviewers host moderator comoderator facilitator cofacilitator researcher investigator
    interviewerin interviewender interviewende moderatorin forscher forscherin fragesteller fragestellerin
    entrevistador entrevistadora moderador moderadora facilitador facilitadora investigador investigadora
    entrevistadores pesquisador pesquisadora enquêteur enquêtrice enqueteur enquetrice intervieweur intervieweuse
    modérateur modératrice animateur animatrice chercheur chercheuse facilitateur facilitatrice intervistatore
    intervistatrice moderatore moderatrice ricercatore ricercatrice onderzoeker gespreksleider intervjuare intervjuer
    interviewaren moderatorn ordstyrer haastattelija ankieter ankieterka badacz badaczka moderatorka tazatel
    интервьюер модератор исследователь ведущий ведущая 采访者 访谈者 访问者 主持人 研究者 訪問者 主持 インタビュアー
    司会 司会者 聞き手 면접자 진행자 질문자 المحاور الباحث מראיין מראיינת"""
)
_ANSWERING_WORDS = _words(
    """interviewee interviewees guest subject participant respondent informant patient client carer caregiver teilnehmer
    teilnehmerin befragte befragter befragten interviewte interviewter interviewpartner interviewpartnerin proband
    probandin participante entrevistado entrevistada encuestado encuestada respondente informante enquêté enquêtée
    interviewé interviewée répondant répondante participante partecipante intervistato intervistata geïnterviewde
    deelnemer respondenten deltagare deltager informanten haastateltava osallistuja uczestnik uczestniczka rozmówca
    rozmówczyni badany респондент респондентка участник участница информант 受访者 被访者 参与者 回答者 参加者 응답자
    참여자 المشارك المشاركة מרואיין מרואיינת"""
)
_OTHER_WORDS = _words(
    """interpreter translator observer notetaker scribe transcriber transcriptionist technician dolmetscher
    dolmetscherin übersetzer übersetzerin intérprete traductor traductora interprète traducteur traductrice tolk
    переводчик"""
)
_ROLE_WORDS = _ASKING_WORDS | _ANSWERING_WORDS | _OTHER_WORDS
_SEVERAL = re.compile(
    r"(?:all|everyone|everybody|group|several|various|multiple|many|both)"
    r"(?: (?:speakers?|voices?|participants?|respondents?|people|male|female|together))?"
)
_UNIDENTIFIED = re.compile(
    r"(?:unknown|unidentified|unclear|inaudible)(?: (?:speaker|voice|participant|respondent|person|male|female))?"
    r"(?: \d+)?"
)
_ASKING_SHORT = re.compile(r"(?:int|iv|ivr|ir|i|q|question|frage|pregunta|问|問|mod)[\s#._-]*\d{0,3}")
_ANSWERING_SHORT = re.compile(
    r"(?:p|pt|pp|part|resp|f|fg|fgp|tn|b|ip)[\s#._-]*\d{1,4}[a-z]?(?:[-–._/\s][a-z]{0,2}\d{1,3})?"
    r"|a|p|ie|resp|answer|antwort|respuesta|答"
)
_HYPHENATED = re.compile(r"\b(co|assistant|note)-(?=\w)")
_TOKEN = re.compile(r"[^\W\d_]+")
_ADDED = re.compile(r"\s*[(\[][^()\[\]]*[)\]]?$")
_EDGES = "[].: "

ASKS, ANSWERS, HELPS, SEVERAL, UNIDENTIFIED = "asks", "answers", "helps", "several", "unidentified"
_BY_LOOKS = (
    (SEVERAL, _SEVERAL),
    (UNIDENTIFIED, _UNIDENTIFIED),
    (ASKS, _ASKING_SHORT),
    (ANSWERS, _ANSWERING_SHORT),
)


@lru_cache(maxsize=1024)
def said_by(label: str) -> str | None:
    """What *label* says of a voice: that it ``asks``, ``answers``, ``helps`` (an interpreter, an observer), is
    ``several`` at once or ``unidentified``; None if it says nothing."""
    plain = unicodedata.normalize("NFC", " ".join(label.replace("\\", "").casefold().split()).strip(_EDGES))
    bare = _ADDED.sub("", plain)
    for said_so, looks in _BY_LOOKS:
        if looks.fullmatch(bare):
            return said_so
    said = {
        role
        for token in _TOKEN.findall(_HYPHENATED.sub(r"\1", plain))
        for role, words in ((ASKS, _ASKING_WORDS), (ANSWERS, _ANSWERING_WORDS), (HELPS, _OTHER_WORDS))
        if token in words
    }
    return said.pop() if len(said) == 1 else None


def is_role_word(label: str) -> bool:
    """Whether *label* is nothing but the name of a role, with a number or not: Interviewer 2, Entrevistadora."""
    tokens = _TOKEN.findall(_HYPHENATED.sub(r"\1", unicodedata.normalize("NFC", label.casefold())))
    return len(tokens) == 1 and tokens[0] in _ROLE_WORDS

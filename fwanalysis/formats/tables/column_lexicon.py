"""Names that people and programs give to columns of tables of turns and answers.

Names are compared as ``plain`` returns them: without case, punctuation and spaces.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Column(Enum):
    """What a column of a table of turns holds."""

    SPEAKER = auto()
    TEXT = auto()
    TIME = auto()
    END = auto()
    ROLE = auto()
    CASE = auto()
    KIND = auto()
    TURN = auto()
    TRANSCRIPT = auto()
    """Identifies the transcript of a row, if a file has several."""


def plain(name: str) -> str:
    """Return a column name for comparison: ``Speaker_Name:`` is ``speakername``."""
    return re.sub(r"[\W_]+", "", name.casefold())


def _names(listed: str) -> frozenset[str]:
    return frozenset(plain(name) for name in listed.split("|"))


_NUMBERS = _names(
    """turn | turn number | no | nr | number | line | row | index | turn id | turn no | turn idx | turn index
    | turn num | turn order | line id | line number | line no | utterance id | utterance no | utterance number
    | utterance num | utterance index | utterance idx | utterance order | utt id | utt idx | segment id | segment no
    | segment number | sentence id | message id | sr no | sequence"""
)
_KNOWN: Mapping[Column, Sequence[frozenset[str]]] = {
    Column.SPEAKER: (
        _names(
            """speaker | speaker name | speakers | who | speaker label | voice | person speaking | tier | author
            | sender | interlocutor | interlocutor name | interlocuteur | interlocutrice | speaking | spoken by
            | said by | talker | participant name | utterance speaker | turn speaker | sprecher | sprecherin
            | gesprächspartner | intervenant | locuteur | hablante | parlante | 说话人 | 发言人"""
        ),
        _names("name | label | person | participant | user | user name | display name | from | autor | absender"),
        _names(
            """speaker id | speaker tag | speaker code | speaker no | speaker number | speaker idx | speaker type"""
        ),
        _names("caller | actor | agent | character | author role | sprecher id | participant id"),
    ),
    Column.TEXT: (
        _names(
            """text | words | utterance | utterances | content | transcript | transcription | speech | said | spoken
            | what was said | dialogue | dialog | statement | message | turn text | annotation | sentence | caption
            | captions | subtitle | subtitles | utterance text | utterance content | utterance transcript
            | spoken text | speech text | speaker text | segment text | sentence text | line text | message text
            | message content | transcript text | transcribed text | transcription text | spoken words | wortlaut
            | inhalt | aussage | äußerung | nachricht | texte | contenu | texto | contenido | testo | 内容 | 文本"""
        ),
        _names("comment | response | answer | kommentar | value | gloss | raw text | full text | original text"),
    ),
    Column.TIME: (
        _names(
            """time | start | start time | starts at | begin | begin time | timestamp | time stamp | timecode
            | time code | timespan | time span | time range | in | time in | in point | start ms | start time ms
            | start timestamp | timestamp start | utterance start | utterance start time | offset | offset seconds
            | onset | start offset | start sec | start secs | start time seconds | begin seconds | time start
            | start milliseconds | start s | start seconds | start time s | begin time hh:mm:ss.ms
            | begin time ss.msec | begin time msec | zeit | beginn | zeitspanne | zeitstempel | temps | hora
            | inicio | 时间"""
        ),
        _names("date | date time | sent | sent at | created | created at | ts | datum"),
    ),
    Column.END: (
        _names(
            """end | end time | ends at | stop | stop time | end timestamp | timestamp end | utterance end
            | utterance end time | offset end | end sec | end secs | end time seconds | time end | duration seconds
            | out | time out | out point | finish | end ms | end time ms | end milliseconds | end s | end seconds
            | end time s | end time hh:mm:ss.ms | end time ss.msec | end time msec | duration | length | ende | fin
            | 结束时间"""
        ),
    ),
    Column.ROLE: (_names("role | speaker role | interlocutor role | participant role | rolle | rôle"),),
    Column.CASE: (_names("case"),),
    Column.KIND: (_names("kind"),),
    Column.TURN: (_NUMBERS,),
    Column.TRANSCRIPT: (
        _names(
            """transcript id | transcript no | transcript number | transcript name | transcript file | transcription id
            | conversation id | conversation no | conversation number | conv id | convo id | dialogue id | dialog id
            | dialogue no | interview id | interview no | interview nr | interview number | interview name
            | meeting id | meeting no | session id | session no | session number | call id | recording id
            | episode id | episode no | chat id | thread id | video id | audio id | visit id | encounter id
            | observation id | obs id | document id | doc id | document name | source id | source file | source name
            | file id | file name | transkript id | interviewnummer | gesprächsnummer | id entretien | entretien id
            | id entrevista | entrevista id"""
        ),
        _names(
            """transcript | conversation | dialogue | interview | meeting | session | recording | episode | document
            | source | file | transkript | gespräch | entretien | entrevista"""
        ),
    ),
}
RESPONDENT = _names(
    """case | case id | id | participant | participant id | participant no | participant number | respondent
    | respondent id | pid | code | pseudonym | subject | subject id | interviewee | informant | name | person
    | response id | record id | user id"""
)
QUESTION = _names("question | questions | question text | item | prompt | frage | pregunta | pergunta | domanda")
RESPONSE = _names(
    """response | responses | answer | answers | reply | open response | text | verbatim | antwort | réponse | reponse
    | respuesta | resposta | risposta"""
)
RESPONSE_BELOW = _names("response | open-ended response")
"""Second header row of SurveyMonkey."""
ABOUT_PERSONS = _names(
    """email | e-mail | email address | e-mail address | recipient email | username | ip | ip address | first name
    | last name | surname | full name | name | recipient first name | recipient last name | phone | phone number
    | telephone | mobile | address | home address | postcode | zip code | location latitude | location longitude
    | latitude | longitude | external reference | external data reference | e-mail-adresse | vorname | nachname"""
)
ABOUT_FORMS = _names(
    """timestamp | zeitstempel | horodateur | marca temporal | start time | completion time | last modified time
    | start date | end date | end time | submitted at | submit date | date submitted | recorded date | progress
    | duration | duration (in seconds) | finished | status | response type | distribution channel | user language
    | collector id | response id | record id | network id | seed | token | last page | startzeit
    | fertigstellungszeit | custom data 1"""
)
BESIDE_WORDS = re.compile(
    r"(?:initial|open|first|axial|my|researchers?|descriptive)*(?:codes?|coding|notes?|memos?|comments?|themes?|annotations?|analysis"
    r"|categor(?:y|ies)|observations?|keywords?|kodes?|notiz(?:en)?|anmerkung(?:en)?|códigos?|notas?)\d{0,2}(?:$|codes?|notes?|memos?)"
)
"""What columns beside the words of a transcript are called, as ``plain`` gives it."""


def transcript_columns(names: Sequence[str]) -> list[int]:
    """Return the columns that may identify the transcript of a row.

    Args:
        names: Plain names; the most certain column is first.
    """
    return [at for known in _KNOWN[Column.TRANSCRIPT] for at, name in enumerate(names) if name in known]


def places_of(names: Sequence[str]) -> dict[Column, int]:
    """Return the index of each kind of column, among plain names.

    The more certain name is preferred, then the first. ``Column.TRANSCRIPT`` is never included, because only the rows
    show whether a column has several transcripts.
    """
    places: dict[Column, int] = {}
    for column, ranks in _KNOWN.items():
        if column is Column.TRANSCRIPT:
            continue
        found = next((at for known in ranks for at, name in enumerate(names) if name in known), None)
        if found is not None:
            places[column] = found
    return places


def is_known(name: str) -> bool:
    """Return whether a plain name is that of a column of turns.

    Nothing is lost if another column of its kind is read.
    """
    return any(name in known for column in (Column.END, Column.TIME, Column.TURN) for known in _KNOWN[column])


def is_unsure(column: Column, name: str) -> bool:
    """Return whether a name needs others as evidence of its kind: comment, date."""
    return name not in _KNOWN[column][0]

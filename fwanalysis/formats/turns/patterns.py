"""How a candidate looks in each format: the patterns that a line of a transcript begins with.

Patterns only: which of them a line is tried with, and what is made of a match, is in ``turns.label_candidates``. Each
is cheap: no unbounded repeat is in another.
"""

from __future__ import annotations

import re

from fwanalysis.formats.speaker_formats import (
    BOLD_LABEL,
    BOLD_TIME,
    HEADING_LABEL,
    LABEL_ANGLE,
    LABEL_BRACKET,
    LABEL_COLON,
    LABEL_DASH,
    LABEL_LINE,
    LABEL_TAB,
    LABEL_TIME,
    NUMBER_LABEL,
    QUESTION_ANSWER,
    TIME_LABEL,
)
from fwanalysis.formats.timestamps import BOXED, CLOCK, DATE, GAP, NO_HALF, WHEN, WS

_NOT_IN_LABEL = r"\n\t:：*?!;,\"“”„<>\[\]{}=|\\"
_PLAIN = rf"[^\W_](?:[^{_NOT_IN_LABEL}]{{0,38}}?[^\s{_NOT_IN_LABEL}])??"
_GENDER = r"(?:innen|in|frau|r|n|e)\b(?:[^\S\n]?\d{1,3})?"
"""A gender-inclusive suffix in German after a colon or an asterisk: Befragte:r 2."""
PLAIN_LABEL = rf"{_PLAIN}(?:[:*]{_GENDER})?"
_PARENTHESES = r"\([^()\[\]\n:：]{1,80}(?:\([^()\[\]\n:：]{1,60}\)[^()\[\]\n:：]{0,20})?\)"
_ADDED = rf"{WS}?{_PARENTHESES}|{WS}\\?\[[^()\[\]\n:：\\]{{1,36}}\\?\]|{WS}\|{WS}[^\n:：|<>]{{0,59}}[^\s:：|<>]"
"""What a label adds about its speaker: in brackets, or after a bar as in video meetings."""
_PHONE = r"\+\d[\d().* -]{6,20}?\d(?!\d)|\d{2,8}\*{2,6}\d{2,5}"
_SPEAKER_IN_BRACKETS = r"\[[Ss]peaker:[^\S\n]?\d{1,3}\]"
DETAILS = r"(?:;[^\]\[{}\n\\]{1,80})?"
"""Attributes of the speaker after a semicolon in a label in brackets: [Ana; woman; migrant]."""
LABEL = rf"(?:\\?\[[^\]\[\n:：\\;]{{1,36}}{DETAILS}\\?\]|{_SPEAKER_IN_BRACKETS}|{_PHONE}|{PLAIN_LABEL}(?:{_ADDED})??)"
_SURNAME_FIRST = rf"[^\W\d_][^{_NOT_IN_LABEL}()]{{1,24}},{WS}{PLAIN_LABEL}"
FULL_LABEL = rf"(?:{_SURNAME_FIRST}(?:{_ADDED})?|{LABEL})"
"""A label, or ``Surname, Name (HOSPITAL)`` as organisations list their people."""
_SENT_TO = rf"{WS}{{1,12}}[Tt]o{WS}{{1,12}}[^\n:：]{{1,60}}?"
_SENT = rf"From{WS}{{1,12}}(?P<sender>{PLAIN_LABEL})(?:{_SENT_TO})?{GAP}:(?!//|:)"
"""Who sent a message of a chat, and to whom."""
COLON = r"(?:\??[:：](?:[:：](?=\s|$))?)"
ELSEWHERE = "问|問|答|Frage|Antwort|Pregunta|Respuesta"
STRONG = r"(?:\*{2,3}|__)"
_SEPARATOR = r"[-–—|·•]"
"""A character between a label and a time."""

COMMON = re.compile(
    rf"(?P<label>[^\W_][^{_NOT_IN_LABEL}]{{0,39}}(?:{_ADDED})?){COLON}"
    rf"(?!//|[:：]|(?<=\d:)(?:\d\d(?!\d)|\d:\d)|{_GENDER}{GAP}(?:\([^()\n]{{1,36}}\){GAP})?[:：])"
)
"""``Label:`` as most lines have it, in one pass; what it does not fit is read in the forms below."""
COMMON_STRONG = re.compile(
    rf"\*\*(?P<label>[^\W_](?:[^{_NOT_IN_LABEL}]{{0,38}}[^\s{_NOT_IN_LABEL}])?):\*\*(?= [^\W\d_])"
)
"""``**Label:** words`` as most Markdown has it, in one pass, where no time can follow the label."""
TIME_AT_END = re.compile(rf"{GAP}{WHEN}{STRONG}?{GAP}(?:{COLON}{GAP})?$")
BOXED_NEXT = re.compile(rf"{GAP}{BOXED}")

FORMS = {
    LABEL_TIME: re.compile(
        rf"{STRONG}?(?P<label>{FULL_LABEL})(?:{GAP}{COLON}{STRONG}?|{STRONG}{COLON}?|{WS}(?:{_SEPARATOR}{WS})?)"
        rf"{GAP}(?:(?P<after>{DATE}{WHEN}){STRONG}?{GAP}(?:{COLON}{GAP})?$|(?P<boxed>{BOXED}){STRONG}?(?={WS}|$)"
        rf"|(?<=[^\S\n]{{2}})(?P<spaced>{CLOCK})(?={WS}{{2}}))"
    ),
    TIME_LABEL: re.compile(
        rf"{STRONG}?(?P<before>{DATE}{WHEN}){GAP}(?:{_SEPARATOR}{GAP})?"
        rf"(?:{_SENT}|{STRONG}?(?:~{WS}?)?{NO_HALF}(?P<label>{FULL_LABEL}){GAP}"
        rf"(?:{STRONG}?{COLON}(?!//|[:：]){STRONG}?|{STRONG}?$)|<(?P<angled>{PLAIN_LABEL})>{COLON}?)"
    ),
    BOLD_TIME: re.compile(
        rf"{STRONG}(?P<label>{FULL_LABEL}){GAP}{COLON}?(?:{STRONG}{COLON}?{GAP}(?:{_SEPARATOR}{WS})?(?P<after>{WHEN})"
        rf"|{GAP}(?P<before>{WHEN}){GAP}{STRONG})(?={WS}|$)"
    ),
    BOLD_LABEL: re.compile(
        rf"{STRONG}(?P<label>{FULL_LABEL})(?:{WS}{{1,12}}(?P<before>{BOXED}))?{GAP}"
        rf"(?:{COLON}{GAP}{STRONG}|{STRONG}(?:{GAP}{COLON}|(?!\w))|{COLON}(?!//|[:：]))(?:{GAP}(?P<after>{BOXED}))?"
    ),
    NUMBER_LABEL: re.compile(
        rf"(?P<number>\d{{1,5}})[.)]?{WS}{{1,12}}(?P<label>{LABEL}){GAP}{COLON}(?!//|[:：])(?:{GAP}(?P<after>{BOXED}))?"
    ),
    LABEL_COLON: re.compile(
        rf"(?P<label>{FULL_LABEL})(?:{GAP}(?P<before>{BOXED}))?{GAP}{COLON}(?!//|[:：])"
        rf"(?:{GAP}(?P<after>{BOXED}))?"
    ),
    LABEL_TAB: re.compile(rf"(?:(?P<before>{WHEN}|\d+)\t+)?(?P<label>{LABEL}){COLON}?\t+(?:(?P<after>{WHEN})\t+)?"),
    LABEL_BRACKET: re.compile(
        rf"\\?\[(?P<label>[^\]\[\n:：\\;]{{1,40}}|[Ss]peaker:[^\S\n]?\d{{1,3}}){DETAILS}\\?\](?=\s|$)"
        rf"|[【［〔](?P<wide>[^】］〕【［〔\n:：;；]{{1,40}})(?:[;；][^】］〕\n]{{1,80}})?[】］〕]{COLON}?"
        rf"|\{{(?P<braced>[^{{}}\n:：;]{{1,40}}){DETAILS}\}}{COLON}?(?=\s|$)"
    ),
    LABEL_ANGLE: re.compile(rf"\\?<(?P<label>{PLAIN_LABEL})\\?>(?:{GAP}{COLON})?(?=\s|$)"),
    LABEL_DASH: re.compile(rf"(?P<label>{LABEL}){WS}{{1,4}}[-–—]{WS}{{1,12}}(?=\S)"),
    LABEL_LINE: re.compile(rf"(?P<label>{PLAIN_LABEL})(?<![…—–])(?<!\.\.){GAP}$"),  # not an unfinished sentence
    HEADING_LABEL: re.compile(
        rf"(?:#{{1,6}}{WS}{{1,12}})?{STRONG}?(?P<label>{LABEL}){GAP}{COLON}?{STRONG}?{COLON}?"
        rf"(?:{GAP}(?P<after>{WHEN}))?{GAP}(?:#+{GAP})?$"
    ),
    QUESTION_ANSWER: re.compile(
        rf"{STRONG}?(?P<label>[QqAa]|[Qq]uestion|[Aa]nswer|QUESTION|ANSWER|{ELSEWHERE}){WS}?\d{{0,3}}"
        rf"(?:{STRONG}?{COLON}(?!//|[:：]){STRONG}?|{STRONG}?[.)]{STRONG}?(?=\s|$))"
    ),
}
"""The pattern at the start of a line, by format."""
BOLD_RUN = re.compile(rf"(?P<label>{FULL_LABEL})(?:{GAP}(?P<before>{WHEN}))?{GAP}{COLON}?{GAP}$")
BROKEN = re.compile(rf"{STRONG}(?P<label>{PLAIN_LABEL}){STRONG}(?P<rest>{WS}?\w{{1,4}}){COLON}(?!//|[:：]|\d\d)")
AFTER_BOLD = re.compile(
    rf"(?:{GAP}{BOXED}|{GAP}(?:{_SEPARATOR}{WS})?{CLOCK}(?=\s|$))?(?:{GAP}{COLON})?(?:{GAP}{BOXED})?"
)
GLUED = re.compile(r"(?P<label>[^\W\d_][^\n:：\d]{2,38}[^\W\d_])(?P<time>\d{2}:\d{2}(?::\d{2})?)(?=[^\S\n]|$)")
"""A label and a time that lost the space between them."""
ASKED_BY = re.compile(rf"Q\d{{1,3}}\.?{WS}{{1,12}}(?=[^\W\d_]{{2}})")
"""The number of a question before the label, as records of committees have it."""
QUOTED = re.compile(rf">>{{1,2}}{WS}?")
"""How captions for the deaf show that the speaker changes."""

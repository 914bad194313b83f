"""How a mark looks in each style: the patterns that a line of a transcript begins with.

Patterns only: which of them a line is tried with, and what is made of a match, is in ``formats.marks``. Each is cheap:
no unbounded repeat stands in another.
"""

from __future__ import annotations

import re

from fwanalysis.formats.styles import (
    BOLD_LABEL,
    BOLD_TIME,
    HEADING_LABEL,
    LABEL_ANGLE,
    LABEL_BRACKET,
    LABEL_COLON,
    LABEL_LINE,
    LABEL_TAB,
    LABEL_TIME,
    NUMBER_LABEL,
    QUESTION_ANSWER,
    TIME_LABEL,
)
from fwanalysis.formats.times import BOXED, CLOCK, DATE, GAP, WHEN, WS

_NOT_IN_LABEL = r"\n\t:：*?!;,\"“”„<>\[\]{}=|\\"
PLAIN_LABEL = rf"[^\W_](?:[^{_NOT_IN_LABEL}]{{0,38}}?[^\s{_NOT_IN_LABEL}])??"
_IN_BRACKETS = r"[^\S\n]?\([^()\[\]\n:：]{1,36}\)|[^\S\n]\\?\[[^()\[\]\n:：\\]{1,36}\\?\]"
LABEL = rf"(?:\\?\[[^\]\[\n:：\\]{{1,36}}\\?\]|{PLAIN_LABEL}(?:{_IN_BRACKETS})?)"
_SURNAME_FIRST = rf"[^\W\d_][^{_NOT_IN_LABEL}()]{{1,24}},{WS}{PLAIN_LABEL}"
FULL_LABEL = rf"(?:{_SURNAME_FIRST}(?:{_IN_BRACKETS})?|{LABEL})"
"""A label, or ``Surname, Name (HOSPITAL)`` as organisations list their people."""
_SENT_TO = rf"{WS}{{1,12}}[Tt]o{WS}{{1,12}}[^\n:：]{{1,60}}?"
_SENT = rf"From{WS}{{1,12}}(?P<sender>{PLAIN_LABEL})(?:{_SENT_TO})?{GAP}:(?!//|:)"
"""Who sent a message of a chat, and to whom."""
COLON = r"(?:\??[:：](?:[:：](?=\s|$))?)"
ELSEWHERE = "问|問|答|Frage|Antwort|Pregunta|Respuesta"
STRONG = r"(?:\*{2,3}|__)"

COMMON = re.compile(
    rf"(?P<label>[^\W_][^{_NOT_IN_LABEL}]{{0,39}}(?:{_IN_BRACKETS})?){COLON}(?!//|[:：]|(?<=\d:)(?:\d\d(?!\d)|\d:\d))"
)
"""``Label:`` as most lines have it, in one pass; what it does not fit is read in the forms below."""
TIME_AT_END = re.compile(rf"{GAP}{WHEN}{STRONG}?{GAP}(?:{COLON}{GAP})?$")
BOXED_NEXT = re.compile(rf"{GAP}{BOXED}")

FORMS = {
    LABEL_TIME: re.compile(
        rf"{STRONG}?(?P<label>{FULL_LABEL})(?:{GAP}{COLON}{STRONG}?|{STRONG}{COLON}?|{WS})"
        rf"{GAP}(?:(?P<after>{WHEN}){STRONG}?{GAP}(?:{COLON}{GAP})?$|(?P<boxed>{BOXED}){STRONG}?(?={WS}|$))"
    ),
    TIME_LABEL: re.compile(
        rf"(?P<before>{DATE}{WHEN}){GAP}(?:[-–—]{GAP})?(?:{_SENT}|{STRONG}?(?P<label>{FULL_LABEL}){GAP}"
        rf"(?:{STRONG}?{COLON}(?!//|[:：]){STRONG}?|{STRONG}?$)|<(?P<angled>{PLAIN_LABEL})>{COLON}?)"
    ),
    BOLD_TIME: re.compile(
        rf"{STRONG}(?P<label>{FULL_LABEL}){GAP}{COLON}?(?:{STRONG}{COLON}?{GAP}(?P<after>{WHEN})"
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
        rf"(?P<label>{_SURNAME_FIRST}(?:{_IN_BRACKETS})|{LABEL})(?:{GAP}(?P<before>{BOXED}))?{GAP}{COLON}(?!//|[:：])"
        rf"(?:{GAP}(?P<after>{BOXED}))?"
    ),
    LABEL_TAB: re.compile(rf"(?:(?P<before>{WHEN}|\d+)\t+)?(?P<label>{LABEL}){COLON}?\t+(?:(?P<after>{WHEN})\t+)?"),
    LABEL_BRACKET: re.compile(r"\\?\[(?P<label>[^\]\[\n:：\\]{1,40})\\?\](?=\s|$)"),
    LABEL_ANGLE: re.compile(rf"\\?<(?P<label>{PLAIN_LABEL})\\?>(?:{GAP}{COLON})?(?=\s|$)"),
    LABEL_LINE: re.compile(rf"(?P<label>{PLAIN_LABEL})(?<![…—–])(?<!\.\.){GAP}$"),  # no trailing off
    HEADING_LABEL: re.compile(
        rf"(?:#{{1,6}}{WS}{{1,12}})?{STRONG}?(?P<label>{LABEL}){GAP}{COLON}?{STRONG}?{COLON}?"
        rf"(?:{GAP}(?P<after>{WHEN}))?{GAP}(?:#+{GAP})?$"
    ),
    QUESTION_ANSWER: re.compile(
        rf"{STRONG}?(?P<label>[QqAa]|[Qq]uestion|[Aa]nswer|QUESTION|ANSWER|{ELSEWHERE}){WS}?\d{{0,3}}"
        rf"(?:{STRONG}?{COLON}(?!//|[:：]){STRONG}?|{STRONG}?[.)]{STRONG}?(?=\s|$))"
    ),
}
"""By style, what a line of it begins with."""
BOLD_RUN = re.compile(rf"(?P<label>{FULL_LABEL})(?:{GAP}(?P<before>{WHEN}))?{GAP}{COLON}?{GAP}$")
BROKEN = re.compile(rf"{STRONG}(?P<label>{PLAIN_LABEL}){STRONG}(?P<rest>{WS}?\w{{1,4}}){COLON}(?!//|[:：]|\d\d)")
AFTER_BOLD = re.compile(rf"(?:{GAP}{BOXED}|{WS}{{1,12}}{CLOCK}(?=\s|$))?(?:{GAP}{COLON})?(?:{GAP}{BOXED})?")

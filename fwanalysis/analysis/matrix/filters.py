"""Filter expressions for rows: ``site = Birch and (years in post >= 5 or not role = nurse)``.

A comparison has the name of an attribute (or ``case``), an operator and a value. Names and values may contain spaces;
quotation marks keep ``and``, ``or``, ``not``, parentheses and operators in them literal. Operators: ``=``, ``!=``,
``<``, ``<=``, ``>``, ``>=`` and ``~`` (contains). ``not`` binds more tightly than ``and``, ``and`` more tightly than
``or``.
"""

from __future__ import annotations

import operator
import re
from typing import TYPE_CHECKING, Any

from fwanalysis.domain.cases import AttributeType, folded, has_value, sort_key
from fwanalysis.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fwanalysis.domain.cases import Attribute

    Condition = Callable[[str, Mapping[str, str]], bool]

_TOKEN = re.compile(
    r"""\s*(?:"(?P<quoted>[^"]*)"|(?P<op>!=|<=|>=|=|<|>|~)|(?P<bracket>[()])|(?P<word>[^\s()=<>~!"]+))"""
)
_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_EXAMPLE = "example: site = Birch and not role = nurse"
_WORDS = frozenset({"and", "or", "not"})


def parse_filter(expression: str, attribute: Callable[[str], Attribute]) -> Condition:
    """Return the condition that an expression states.

    Args:
        expression: The expression.
        attribute: Finds an attribute by name; raises InvalidInput if there is none.

    Returns:
        A function of a case's name and values. An unknown value meets only ``!=``, ``= unknown`` and ``not``.

    Raises:
        InvalidInput: If the expression is malformed; the message says at which word.
    """
    parser = _Parser(expression, attribute)
    condition = parser.either()
    parser.finish()
    return condition


class _Parser:
    def __init__(self, expression: str, attribute: Callable[[str], Attribute]) -> None:
        self._expression = expression
        self._attribute = attribute
        self._tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(expression.rstrip()):
            found = _TOKEN.match(expression, at)
            if found is None:
                raise self._error(expression[at:].strip())
            kind = str(found.lastgroup)
            self._tokens.append((kind, found[kind]))
            at = found.end()
        self._at = 0

    def _error(self, at: str) -> InvalidInput:
        where = f'at "{at}"' if at else "at its end"
        return InvalidInput(f'invalid filter "{self._expression}" ({where})', hint=_EXAMPLE)

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("end", "")

    def _keyword(self, word: str) -> bool:
        kind, text = self._peek()
        if kind == "word" and text.lower() == word:
            self._at += 1
            return True
        return False

    def _bracket(self, bracket: str) -> bool:
        if self._peek() == ("bracket", bracket):
            self._at += 1
            return True
        return False

    def finish(self) -> None:
        if self._at < len(self._tokens):
            raise self._error(self._peek()[1])

    def either(self) -> Condition:
        conditions = [self._both()]
        while self._keyword("or"):
            conditions.append(self._both())
        return lambda name, values: any(condition(name, values) for condition in conditions)

    def _both(self) -> Condition:
        conditions = [self._one()]
        while self._keyword("and"):
            conditions.append(self._one())
        return lambda name, values: all(condition(name, values) for condition in conditions)

    def _one(self) -> Condition:
        if self._keyword("not"):
            negated = self._one()
            return lambda name, values: not negated(name, values)
        if self._bracket("("):
            inner = self.either()
            if not self._bracket(")"):
                raise self._error(self._peek()[1])
            return inner
        return self._comparison()

    def _text(self) -> str:
        parts = []
        while True:
            kind, text = self._peek()
            if kind == "quoted" or (kind == "word" and (text.lower() not in _WORDS)):
                parts.append(text)
                self._at += 1
            else:
                return " ".join(parts)

    def _comparison(self) -> Condition:
        name = self._text()
        kind, symbol = self._peek()
        if not name or kind != "op":
            raise self._error(symbol)
        self._at += 1
        before = self._at
        value = self._text()
        if self._at == before:
            raise self._error(self._peek()[1])
        if name.casefold() == "case":
            return _on_case(symbol, value)
        return _on_attribute(self._attribute(name), symbol, value)


def _on_case(symbol: str, value: str) -> Condition:
    wanted = folded(value)
    if symbol == "~":
        return lambda name, _: wanted in folded(name)
    if symbol in ("=", "!="):
        return lambda name, _: (folded(name) == wanted) is (symbol == "=")
    raise InvalidInput(f"the names of cases cannot be compared with {symbol}", hint="use =, != or ~")


def _on_attribute(attribute: Attribute, symbol: str, value: str) -> Condition:
    name, kind = attribute.name, attribute.type
    if symbol == "=":
        return lambda _, values: has_value(values.get(name), value, kind)
    if symbol == "!=":
        return lambda _, values: not has_value(values.get(name), value, kind)
    if symbol == "~":
        return lambda _, values: folded(value) in folded(values.get(name, "")) if values.get(name) else False
    if kind is AttributeType.NUMBER and not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", value, re.ASCII):
        raise InvalidInput(f'{name} is a number and cannot be compared with "{value}"', hint="write it with digits")
    compare, limit = _COMPARE[symbol], sort_key(value, kind)
    return lambda _, values: name in values and compare(sort_key(values[name], kind), limit)

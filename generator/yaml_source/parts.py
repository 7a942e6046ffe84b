"""What a scalar without quotation marks means, and where a part of a file begins."""

import re
from decimal import Decimal
from typing import Any

import yaml

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+")
_MAX_DIGITS = 30
_DIGITS = frozenset("0123456789")
_CORE = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def read_scalar(text: str) -> Any:
    """Return what a scalar without quotation marks means."""
    if len(text) > _MAX_DIGITS:
        return text
    if text in _CORE:
        return _CORE[text]
    if text[-1] in _DIGITS:
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return Decimal(text)
    return text


def line_at(part: yaml.Event | yaml.Node) -> int:
    """Return the line, from 1, on which a part begins."""
    mark: Any = part.start_mark
    return int(mark.line) + 1

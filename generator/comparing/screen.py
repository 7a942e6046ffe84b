"""A pair as it is shown in a terminal: side by side if it is wide, else one above the other."""

import textwrap
from itertools import zip_longest

import click

from generator.comparing.pairs import Pair
from generator.problems import visible

WIDE = 100

_GAP = "  │  "

_Line = tuple[str, bool]
"""A line and whether it is dimmed."""


def show_pair(pair: Pair, number: int, total: int, width: int) -> str:
    """Return a pair as text for a terminal of so many columns; the sentences around a passage are dimmed."""
    wide = width >= WIDE
    column = (width - len(_GAP)) // 2 if wide else max(width, 20)
    left, right = _claim(pair, column), _passages(pair, column)
    lines = [
        click.style(f"Pair {number} of {total}: {visible(pair.record)}, {visible(pair.kind.lower())}", bold=True),
        "",
    ]
    if wide:
        for one, other in zip_longest(left, right, fillvalue=("", False)):
            lines.append((_styled(one, column) + _GAP + _styled(other)).rstrip())
    else:
        lines += [_styled(line) for line in (*left, ("", False), *right)]
    for position, (rule, what) in enumerate(pair.differences, start=1):
        told = textwrap.wrap(f"! {position}. {visible(what)} [{rule}]", width, subsequent_indent="     ")
        lines += ["", *(click.style(line, fg="yellow") for line in told)]
    return "\n".join([*lines, ""])


def _claim(pair: Pair, width: int) -> list[_Line]:
    parts = [pair.text, *([f"Data: {pair.data}"] if pair.data else []), *pair.also]
    return [("CLAIM", True)] + [(line, False) for part in parts for line in _wrapped(part, width)]


def _passages(pair: Pair, width: int) -> list[_Line]:
    lines: list[_Line] = []
    for one in pair.passages:
        lines += [("", False)] if lines else []
        lines += [(line, True) for line in _wrapped(f"PASSAGE of {one.source}", width)]
        for text, dimmed in ((one.before, True), (one.passage, False), (one.after, True)):
            lines += [(line, dimmed) for line in _wrapped(text, width)]
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(visible(text), width)


def _styled(line: _Line, width: int = 0) -> str:
    text, dimmed = line
    padded = text.ljust(width)
    return click.style(padded, dim=True) if dimmed and text else padded

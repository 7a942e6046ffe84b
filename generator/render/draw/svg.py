"""Plots as SVG text: rows of a point with its interval on a shared axis. Pure drawing; what is drawn is decided in
`charts`.

Lengths are in units of the view box, which is 360 wide: about a pixel each on a phone. Colours and fonts come from
CSS, so that dark mode and print have theirs.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import log10

WIDTH = 360
LEFT, RIGHT = 8, 352
CHARACTERS, SMALLER_CHARACTERS, LINE = 58, 64, 12


@dataclass(frozen=True)
class Mark:
    """One row: what was measured, its numbers in words, the point, its limits where known, and where it leads.

    `marks` are the states of the source and the claim, which stand beneath the numbers.
    """

    label: str
    value: str
    point: float
    low: float | None
    high: float | None
    href: str
    level: str = ""
    marks: Sequence[str] = ()


@dataclass(frozen=True)
class Axis:
    """A scale from `low` to `high` with its ticks; `line` is the value of no difference."""

    low: float
    high: float
    ticks: tuple[float, ...]
    log: bool = False
    line: float | None = None
    unit: str = ""

    def x(self, value: float) -> float:
        """Return where a value stands between left and right, cut at the ends."""
        value = min(max(value, self.low), self.high)
        if self.log:
            share = (log10(value) - log10(self.low)) / (log10(self.high) - log10(self.low))
        else:
            share = (value - self.low) / (self.high - self.low)
        return LEFT + share * (RIGHT - LEFT)


_STEPS = (1, 2, 5)


def log_axis(values: Sequence[float], line: float | None = None, unit: str = "") -> Axis:
    """Return a logarithmic axis that holds all values above zero, with ticks at 1, 2 and 5 of each decade.

    Of many ticks every second one or the decades are kept, and that at `line`, if it is such a number.
    """
    positive = [value for value in [*values, *([line] if line else [])] if value > 0]
    ticks = [step * 10.0**decade for decade in range(-5, 6) for step in _STEPS]
    low = max([tick for tick in ticks if tick <= min(positive)], default=ticks[0])
    high = min([tick for tick in ticks if tick >= max(positive)], default=ticks[-1])
    if low == high:
        low, high = low / 2, high * 2
    inside = [tick for tick in ticks if low <= tick <= high]
    while len(inside) > 7:
        first = inside.index(line) % 2 if line in inside else 0
        inside = [tick for tick in inside if _is_decade(tick)] if len(inside) > 9 else inside[first::2]
    return Axis(low, high, tuple(inside), log=True, line=line, unit=unit)


def linear_axis(values: Sequence[float], line: float | None = None, unit: str = "", start: float | None = None) -> Axis:
    """Return a linear axis that holds all values, with four to seven round ticks."""
    low = min([*values, *([line] if line is not None else [])]) if start is None else start
    high = max([*values, *([line] if line is not None else [])])
    if high == low:
        high += 1
    span = high - low
    decade = 10.0 ** int(f"{span / 5:e}".split("e")[1])
    step = next(factor * decade for factor in (1, 2, 5, 10) if span / (factor * decade) <= 6)
    first, last = int(low // step), int(-(-high // step))
    ticks = tuple(round(number * step, 10) for number in range(first, last + 1))
    return Axis(ticks[0], ticks[-1], ticks, line=line, unit=unit)


PERCENT_AXIS = Axis(0, 100, (0, 25, 50, 75, 100), unit="%")


def draw_rows(id_: str, title: str, description: str, marks: Sequence[Mark], axis: Axis) -> str:
    """Return an SVG of one row a mark above a shared axis, with title, description and links."""
    parts: list[str] = []
    y = 4.0
    for mark in marks:
        row, y = _row(mark, axis, y)
        parts.append(row)
    height = y + 26
    frame = "".join(
        f'<line class="grid" x1="{axis.x(tick):.1f}" x2="{axis.x(tick):.1f}" y1="2" y2="{y:.0f}"/>'
        f'<text class="tick" x="{axis.x(tick):.1f}" y="{y + 14:.0f}" text-anchor="{_anchor(axis.x(tick))}">'
        f"{escape(_number(tick))}{escape(axis.unit)}</text>"
        for tick in axis.ticks
    )
    if axis.line is not None:
        x = axis.x(axis.line)
        frame += f'<line class="no-difference" x1="{x:.1f}" x2="{x:.1f}" y1="2" y2="{y:.0f}"/>'
    return (
        f'<svg class="plot" viewBox="0 0 {WIDTH} {height:.0f}" role="group" aria-labelledby="{id_}-t {id_}-d" '
        f'xmlns="http://www.w3.org/2000/svg"><title id="{id_}-t">{escape(title)}</title>'
        f'<desc id="{id_}-d">{escape(description)}</desc>{frame}{"".join(parts)}</svg>'
    )


def _row(mark: Mark, axis: Axis, y: float) -> tuple[str, float]:
    lines = [("label", line) for line in textwrap.wrap(mark.label, CHARACTERS) or [""]]
    lines += [("value", line) for line in textwrap.wrap(mark.value, SMALLER_CHARACTERS)]
    lines += [("state", line) for line in textwrap.wrap(", ".join(mark.marks), SMALLER_CHARACTERS)]
    text = "".join(
        f'<text class="{kind}" x="{LEFT}" y="{y + LINE * number:.0f}">{escape(line)}</text>'
        for number, (kind, line) in enumerate(lines, start=1)
    )
    y += LINE * len(lines) + 12
    x = axis.x(mark.point)
    bar = ""
    if mark.low is not None and mark.high is not None:
        low, high = axis.x(mark.low), axis.x(mark.high)
        bar = f'<line class="interval" x1="{low:.1f}" x2="{high:.1f}" y1="{y:.0f}" y2="{y:.0f}"/>'
    point = f'<circle class="point" cx="{x:.1f}" cy="{y:.0f}" r="4"/>'
    level = f" level-{mark.level}" if mark.level else ""
    return f'<a class="row{level}" href="{escape(mark.href)}">{text}{bar}{point}</a>', y + 14


def _anchor(x: float) -> str:
    return "start" if x < LEFT + 10 else "end" if x > RIGHT - 10 else "middle"


def _is_decade(value: float) -> bool:
    return f"{value:e}".startswith("1.000000")


def _number(value: float) -> str:
    return f"{value:g}"

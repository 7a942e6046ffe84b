"""The pathway as charts: an overview, and one of each group and each later stage. Pure drawing.

`own` are the words of the machine in the language of the content, of which the boxes are full.
"""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from markupsafe import Markup

from generator.facts.walk import Part, Walk
from generator.graph import Edge
from generator.links import node_anchor, part_anchor
from generator.pathway import Checklist, Node, Outcome, is_urgent
from generator.render.draw.layout import Layout, Line, lay_out
from generator.speech import Speech, to_say
from generator.words import runs

WIDTH, LINE, CHARACTERS = 146, 15, 19
ANSWER = 24  # characters in a line of an answer
_ITEM, _ITEMS = to_say("item {numbers}"), to_say("items {numbers}")


@dataclass(frozen=True)
class Chart:
    """A drawing with its heading, the nodes that it shows, and its width and height in points."""

    id: str
    title: str
    nodes: tuple[str, ...]
    svg: Markup
    size: tuple[float, float]


@dataclass(frozen=True)
class _Shape:
    text: str
    kind: str
    href: str
    name: str


def draw_part(walk: Walk, part: Part, own: Speech, most: tuple[float, float] = (math.inf, math.inf)) -> list[Chart]:
    """Return a chart of a part of the pathway, from top to bottom or from left to right, cut into as few as fit.

    `most` are the greatest width and height in points; the steps are cut in reading order. Ends alone are not drawn.
    """
    left = list(part.members) if any(walk.edges[name] for name in part.members) else []
    charts: list[Chart] = []
    while left:
        low, high = 1, len(left)  # the most nodes that fit, at least one
        best = _chart(walk, part, own, left, most)
        while low < high and not _fits(best, most):
            middle = (low + high) // 2
            if _fits(_chart(walk, part, own, left[:middle], most), most):
                low = middle + 1
            else:
                high = middle
        if not _fits(best, most):
            best = _chart(walk, part, own, left[: max(1, low - 1)], most)
        charts.append(best)
        left = left[len(best.nodes) :]
    if len(charts) == 1:
        return charts
    return [
        replace(
            chart,
            id=f"{chart.id}-{n}",
            title=own.say("{title} ({number} of {all})", title=chart.title, number=n, all=len(charts)),
        )
        for n, chart in enumerate(charts, start=1)
    ]


def _fits(chart: Chart, most: tuple[float, float]) -> bool:
    return chart.size[0] <= most[0] and chart.size[1] <= most[1]


def _chart(walk: Walk, part: Part, own: Speech, members: Sequence[str], most: tuple[float, float]) -> Chart:
    """Return a chart of some nodes from top to bottom, or from left to right where only that fits."""
    shapes = {name: _node_shape(name, walk, own) for name in members}
    edges = [edge for name in members for edge in _drawn_edges(name, walk, own)]
    for edge in edges:
        if edge.target not in shapes:
            shapes[edge.target] = _exit_shape(edge.target, walk)
    boxes = own.plural(len(members), "{n} box", "{n} boxes")
    description = own.say("{boxes}. The same steps stand in the numbered key beneath.", boxes=boxes)

    def drawn(direction: str) -> Chart:
        picture = _draw(f"chart-{members[0]}", part.title, description, shapes, edges, direction)
        return Chart(part.id, part.title, tuple(members), *picture)

    chart = drawn("TB")
    if _fits(chart, most):
        return chart
    other = drawn("LR")
    return other if _fits(other, most) else chart


def _drawn_edges(name: str, walk: Walk, own: Speech) -> list[Edge]:
    """Return the edges that leave a node as they are drawn: of a checklist one a target, by the items' numbers."""
    node, edges = walk.pathway.nodes[name], walk.edges[name]
    if not isinstance(node, Checklist):
        return list(edges)
    items: dict[str, list[int]] = {}
    for number, item in enumerate(node.items, start=1):
        if item.leads:
            items.setdefault(item.leads, []).append(number)
    by_items = [
        Edge(name, own.say(_ITEM if len(numbers) == 1 else _ITEMS, numbers=runs(numbers)), target)
        for target, numbers in items.items()
    ]
    return [*by_items, edges[-1]]


def _node_shape(name: str, walk: Walk, own: Speech) -> _Shape:
    node: Node = walk.pathway.nodes[name]
    ends = node.no_evidence and isinstance(node, Outcome)
    kind = "none" if ends else "urgent" if is_urgent(node) else str(getattr(node, "kind", ""))
    number = len(node.items) if isinstance(node, Checklist) else 0
    items = f" ({own.plural(number, '{n} item', '{n} items')})" if number else ""
    return _Shape(f"{walk.numbers[name]}. {node.label}{items}", kind, f"#{node_anchor(name)}", name)


def _exit_shape(name: str, walk: Walk) -> _Shape:
    """Return the box, no link, of a node that a chart leads to and does not hold: its number and its own label."""
    return _Shape(f"→ {walk.numbers[name]}. {walk.pathway.nodes[name].label}", "exit", "", name)


def draw_overview(walk: Walk, own: Speech) -> Chart:
    """Return a chart of the parts, their outcomes counted. Each box leads to its part in the list of parts.

    An arrow to a part says that a way goes on there, or ends there if nothing in it goes on. An end that parts share is
    counted in one of them, and none of the others goes on there.
    """
    start = walk.pathway.start
    shapes = {"start": _Shape(str(walk.pathway.nodes[start].label), "question", f"#{node_anchor(start)}", "start")}
    part_of = {name: part.id for part in walk.parts for name in part.members}
    for part in walk.parts:
        boxes = own.plural(len(part.members), "{n} box", "{n} boxes")
        text = f"{part.title} ({boxes}, {own.plural(part.ends, '{n} end', '{n} ends')})"
        shapes[part.id] = _Shape(text, "action", f"#{part_anchor(part.id)}", part.id)
    leads_on = {part.id: part.ends < len(part.members) for part in walk.parts}  # an end with a way back is an end
    led = dict.fromkeys(
        (part_of.get(edge.source, "start"), part_of[edge.target])
        for edges in walk.edges.values()
        for edge in edges
        if not edge.returns and (walk.edges[edge.target] or not leads_on[part_of[edge.target]])
    )
    edges = [Edge(source, "", target) for source, target in led if source != target and source in shapes]
    title = own.say("The pathway as a whole")
    description = own.say("The groups of diseases, and the stages that follow. Each box leads to its part.")
    return Chart("overview", title, (), *_draw("chart-overview", title, description, shapes, edges, "LR"))


def _draw(
    id_: str,
    title: str,
    description: str,
    shapes: dict[str, _Shape],
    edges: Sequence[Edge],
    direction: str,
) -> tuple[Markup, tuple[float, float]]:
    lines = {name: textwrap.wrap(shape.text, CHARACTERS) for name, shape in shapes.items()}
    sizes = {name: (float(WIDTH), LINE * len(text) + 14.0) for name, text in lines.items()}
    drawn = [edge for edge in edges if not edge.returns]
    returns = [edge for edge in edges if edge.returns]
    broken = [(e.source, e.target, textwrap.wrap(e.answer, ANSWER)) for e in [*drawn, *returns]]
    layout = lay_out(sizes, broken, direction)
    lined = list(zip(layout.lines, [*drawn, *returns], strict=True))
    answers = [_answer(*line.label, text) for line, (*_, text) in zip(layout.lines, broken, strict=True) if line.label]
    parts = [_edge(line, edge) for line, edge in lined]
    parts += [ground for ground, _ in answers] + [words for _, words in answers]
    parts += [_box(shape, lines[name], layout, name) for name, shape in shapes.items()]
    width, height = layout.width + 8, layout.height + 8
    svg = Markup(
        f'<svg class="flow" viewBox="-4 -4 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}" '
        f'role="group" aria-labelledby="{id_}-t {id_}-d" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{id_}-t">{escape(title)}</title><desc id="{id_}-d">{escape(description)}</desc>'
        f"{''.join(parts)}</svg>"
    )
    return svg, (width, height)


def _edge(line: Line, edge: Edge) -> str:
    (x0, y0), *curve = line.points
    path = f"M{x0:.1f} {y0:.1f}" + "".join(
        f"C{' '.join(f'{x:.1f} {y:.1f}' for x, y in curve[i : i + 3])}" for i in range(0, len(curve), 3)
    )
    (ax, ay), (bx, by) = line.points[-2:]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5 or 1.0
    ux, uy = (bx - ax) / length, (by - ay) / length
    tip = (bx + 9 * ux, by + 9 * uy)
    head = f"M{tip[0]:.1f} {tip[1]:.1f}L{bx - 4 * uy:.1f} {by + 4 * ux:.1f}L{bx + 4 * uy:.1f} {by - 4 * ux:.1f}Z"
    kind = "edge return" if edge.returns else "edge"
    return f'<g class="{kind}"><path class="line" d="{path}"/><path class="head" d="{head}"/></g>'


def _answer(x: float, y: float, lines: Sequence[str]) -> tuple[str, str]:
    """Return a ground that hides the lines beneath an answer, and its words."""
    width, height = 7.8 * max(map(len, lines)), LINE * len(lines)
    words = "".join(
        f'<text x="{x:.1f}" y="{y - height / 2 + 12 + LINE * number:.1f}" text-anchor="middle">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    return (
        f'<rect class="under" x="{x - width / 2:.1f}" y="{y - height / 2:.1f}" width="{width:.1f}" height="{height}"/>',
        f'<g class="answer">{words}</g>',
    )


def _box(shape: _Shape, lines: Sequence[str], layout: Layout, name: str) -> str:
    box = layout.boxes[name]
    left, top = box.x - box.width / 2, box.y - box.height / 2
    radius = {"question": 2, "checklist": 2, "outcome": 12, "urgent": 12, "none": 12, "exit": 2}.get(shape.kind, 6)
    text = "".join(
        f'<text x="{box.x:.1f}" y="{top + 19 + LINE * number:.1f}" text-anchor="middle">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    second = (
        f'<rect x="{left + 3:.1f}" y="{top + 3:.1f}" width="{box.width - 6:.1f}" height="{box.height - 6:.1f}" rx="9"/>'
    )
    shown = (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" rx="{radius}"/>'
        f"{second if shape.kind == 'urgent' else ''}{text}"
    )
    if not shape.href:
        return f'<g class="box {shape.kind}">{shown}</g>'
    return f'<a class="box {shape.kind}" href="{escape(shape.href)}" aria-label="{escape(shape.text)}">{shown}</a>'

"""The pathway as charts: an overview, one chart a group of the first stage, one a later stage. Pure drawing."""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from markupsafe import Markup

from generator.graph import Edge, edges_of, in_reading_order
from generator.model import Node, Pathway, Question
from generator.render.draw.layout import Layout, Line, lay_out

WIDTH, LINE, CHARACTERS = 142, 14, 21


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


def draw_charts(pathway: Pathway, most: tuple[float, float] = (math.inf, math.inf)) -> list[Chart]:
    """Return the overview, a chart for each answer of the first question, and a chart for each later stage.

    A chart that is wider or higher than `most` (points) is drawn from left to right, or cut in reading order.
    """
    numbers = in_reading_order(pathway)
    first = pathway.nodes[pathway.start]
    stages = list(pathway.stages)
    charts = [_overview(pathway)]
    if isinstance(first, Question):
        for number, (answer, target) in enumerate(first.answers.items(), start=1):
            members = [name for name in _within(pathway, target, first.stage) if name in numbers]
            charts += _parts(pathway, f"group-{number}", str(answer), members, numbers, most)
    for stage in stages:
        if stage != first.stage:
            members = [name for name in numbers if pathway.nodes[name].stage == stage]
            name = str(pathway.stages[stage].name)
            charts += _parts(pathway, f"stage-{stage}", name, members, numbers, most)
    return charts


def _within(pathway: Pathway, start: str, stage: str) -> list[str]:
    """Return the nodes of a stage that can be reached from a node without leaving the stage."""
    seen: dict[str, None] = {}
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in seen and pathway.nodes[name].stage == stage:
            seen[name] = None
            waiting += [edge.target for edge in reversed(edges_of(name, pathway.nodes[name])) if not edge.returns]
    return list(seen)


def _parts(
    pathway: Pathway, id_: str, title: str, members: list[str], numbers: dict[str, int], most: tuple[float, float]
) -> list[Chart]:
    """Return a chart of some nodes, from top to bottom or from left to right, in as few parts as fit."""
    left = sorted(members, key=numbers.__getitem__)
    charts: list[Chart] = []
    while left:
        low, high = 1, len(left)  # the most nodes that fit, at least one
        best = _chart(pathway, id_, title, left, numbers, most)
        while low < high and not _fits(best, most):
            middle = (low + high) // 2
            if _fits(_chart(pathway, id_, title, left[:middle], numbers, most), most):
                low = middle + 1
            else:
                high = middle
        if not _fits(best, most):
            best = _chart(pathway, id_, title, left[: max(1, low - 1)], numbers, most)
        charts.append(best)
        left = left[len(best.nodes) :]
    if len(charts) == 1:
        return charts
    return [replace(chart, title=f"{title} ({n} of {len(charts)})") for n, chart in enumerate(charts, start=1)]


def _fits(chart: Chart, most: tuple[float, float]) -> bool:
    return chart.size[0] <= most[0] and chart.size[1] <= most[1]


def _chart(
    pathway: Pathway,
    id_: str,
    title: str,
    members: Sequence[str],
    numbers: dict[str, int],
    most: tuple[float, float],
) -> Chart:
    """Return a chart of some nodes from top to bottom, or from left to right where only that fits."""
    shapes = {name: _node_shape(name, pathway.nodes[name], numbers) for name in members}
    edges: list[Edge] = []
    for name in members:
        for edge in edges_of(name, pathway.nodes[name]):
            if edge.target not in shapes:
                shapes[edge.target] = _exit_shape(edge.target, pathway, numbers, pathway.nodes[name].stage)
            edges.append(edge)
    description = f"{len(members)} boxes. The same steps stand in the numbered key beneath."

    def drawn(direction: str) -> Chart:
        picture = _draw(f"chart-{id_}", title, description, shapes, edges, direction)
        return Chart(id_, title, tuple(members), *picture)

    chart = drawn("TB")
    if _fits(chart, most):
        return chart
    other = drawn("LR")
    return other if _fits(other, most) else chart


def _node_shape(name: str, node: Node, numbers: dict[str, int]) -> _Shape:
    kind = "none" if node.no_evidence else str(getattr(node, "kind", ""))
    return _Shape(f"{numbers[name]}. {node.label}", kind, f"#node--{name}", name)


def _exit_shape(name: str, pathway: Pathway, numbers: dict[str, int], stage: str) -> _Shape:
    node = pathway.nodes[name]
    text = node.label if node.stage == stage else pathway.stages[node.stage].name
    return _Shape(f"→ {numbers[name]}. {text}", "exit", f"#node--{name}", name)


def _overview(pathway: Pathway) -> Chart:
    """Return a chart of the groups and stages, with the outcomes that end each stage counted."""
    first = pathway.nodes[pathway.start]
    shapes = {"start": _Shape(str(first.label), "question", f"#node--{pathway.start}", "start")}
    edges: list[Edge] = []
    later = [stage for stage in pathway.stages if stage != first.stage]
    entry = {stage: next(n for n in in_reading_order(pathway) if pathway.nodes[n].stage == stage) for stage in later}
    for number, (answer, target) in enumerate(first.answers.items() if isinstance(first, Question) else (), start=1):
        members = _within(pathway, target, first.stage)
        ends = sum(pathway.nodes[name].kind == "outcome" for name in members)
        key = f"group-{number}"
        shapes[key] = _Shape(f"{answer} ({len(members)} boxes, {ends} ends)", "action", f"#chart-{key}", key)
        edges.append(Edge("start", "", key))
        if later and any(e.target not in members for n in members for e in edges_of(n, pathway.nodes[n])):
            edges.append(Edge(key, "", f"stage-{later[0]}"))
    for before, stage in zip(["", *later], later, strict=False):
        name = pathway.stages[stage].name
        shapes[f"stage-{stage}"] = _Shape(str(name), "action", f"#chart-stage-{stage}", entry[stage])
        if before:
            edges.append(Edge(f"stage-{before}", "", f"stage-{stage}"))
    description = "The groups of diseases, and the stages that follow. Each box leads to its chart."
    drawn = _draw("chart-overview", "The pathway as a whole", description, shapes, edges, "LR")
    return Chart("overview", "The pathway as a whole", (), *drawn)


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
    layout = lay_out(sizes, [(e.source, e.target, len(e.answer)) for e in [*drawn, *returns]], direction)
    lined = list(zip(layout.lines, [*drawn, *returns], strict=True))
    answers = [_answer(*line.label, edge.answer) for line, edge in lined if line.label and edge.answer]
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


def _answer(x: float, y: float, answer: str) -> tuple[str, str]:
    """Return a ground that hides the lines beneath an answer, and its words."""
    width = 6.2 * len(answer) + 2
    return (
        f'<rect class="under" x="{x - width / 2:.1f}" y="{y - 7:.1f}" width="{width:.1f}" height="14"/>',
        f'<text class="answer" x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle">{escape(answer)}</text>',
    )


def _box(shape: _Shape, lines: Sequence[str], layout: Layout, name: str) -> str:
    box = layout.boxes[name]
    left, top = box.x - box.width / 2, box.y - box.height / 2
    radius = {"question": 2, "outcome": 12, "none": 12, "exit": 2}.get(shape.kind, 6)
    text = "".join(
        f'<text x="{box.x:.1f}" y="{top + 18 + LINE * number:.1f}" text-anchor="middle">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    return (
        f'<a class="box {shape.kind}" href="{escape(shape.href)}" aria-label="{escape(shape.text)}">'
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" rx="{radius}"/>'
        f"{text}</a>"
    )


def to_dot(pathway: Pathway) -> str:
    """Return the pathway in the language of Graphviz, with stages as clusters and answers on the edges."""
    lines = ["digraph pathway {", "  node [shape=box];"]
    for stage, term in pathway.stages.items():
        lines += [f"  subgraph {_quoted(f'cluster_{stage}')} {{", f"    label={_quoted(term.name)};"]
        lines += [
            f"    {_quoted(n)} [label={_quoted(node.label)}];"
            for n, node in pathway.nodes.items()
            if node.stage == stage
        ]
        lines += ["  }"]
    for name, node in pathway.nodes.items():
        for edge in edges_of(name, node):
            style = " style=dashed" if edge.returns else ""
            lines.append(f"  {_quoted(edge.source)} -> {_quoted(edge.target)} [label={_quoted(edge.answer)}{style}];")
    return "\n".join([*lines, "}", ""])


def _quoted(text: object) -> str:
    return '"' + str(text).replace("\\", "\\\\").replace('"', '\\"') + '"'

"""The pathway as a graph: its edges, what can be reached, loops, and every path."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from generator.pathway import Action, Checklist, Node, Outcome, Pathway, Question
from generator.speech import to_say

NONE = to_say("None of these")
"""The answer to a checklist of which no item that leads somewhere is ticked."""

_Name = TypeVar("_Name", bound=Hashable)


class Edge(NamedTuple):
    """A step from a node to another, by an answer or none; `returns` marks a return to an earlier node.

    `unknown` is the question that is not known of the diseases for which alone the step is open; empty for others.
    """

    source: str
    answer: str
    target: str
    returns: bool = False
    unknown: str = ""


def edges_of(name: str, node: Node) -> list[Edge]:
    """Return the edges that leave a node, in order."""
    if isinstance(node, Question):
        return [Edge(name, answer, target) for answer, target in node.answers.items()]
    if isinstance(node, Checklist):
        leading = [Edge(name, item.label, item.leads) for item in node.items if item.leads]
        return [*leading, Edge(name, NONE if leading else "", node.next)]
    if isinstance(node, Action):
        gap = node.unknown
        steps = [Edge(name, gap.answer, gap.leads, unknown=gap.question)] if gap else []
        steps += [Edge(name, "", node.next)] if node.next else []
        return steps + _back(name, node)
    return _back(name, node) if isinstance(node, Outcome) else []


def _back(name: str, node: Action | Outcome) -> list[Edge]:
    when = (node.return_when if isinstance(node, Outcome) else None) or ""
    return [Edge(name, when, node.return_to, returns=True)] if node.return_to else []


def all_edges(pathway: Pathway) -> list[Edge]:
    """Return every edge, in the order of the nodes."""
    return [edge for name, node in pathway.nodes.items() for edge in edges_of(name, node)]


def forward(pathway: Pathway) -> dict[str, list[Edge]]:
    """Return, for each node, the edges to nodes that exist, without returns."""
    return {
        name: [edge for edge in edges_of(name, node) if not edge.returns and edge.target in pathway.nodes]
        for name, node in pathway.nodes.items()
    }


def topological(following: Mapping[_Name, Sequence[_Name]]) -> list[_Name]:
    """Return names so that each stands after all that lead to it (Kahn 1962, DOI 10.1145/368996.369025).

    What stands in a loop, or after one, is left out.
    """
    waiting_for = Counter(target for targets in following.values() for target in targets)
    ready = [name for name in following if not waiting_for[name]]
    for name in ready:
        for target in following[name]:
            waiting_for[target] -= 1
            if not waiting_for[target]:
                ready.append(target)
    return ready


def reachable(pathway: Pathway) -> set[str]:
    """Return the nodes that can be reached from the start, returns included."""
    seen: set[str] = set()
    waiting = [pathway.start] if pathway.start in pathway.nodes else []
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += [edge.target for edge in edges_of(name, pathway.nodes[name]) if edge.target in pathway.nodes]
    return seen


def ending(pathway: Pathway) -> set[str]:
    """Return the nodes from which an outcome can be reached, returns included."""
    found = {name for name, node in pathway.nodes.items() if node.kind == "outcome"}
    into: dict[str, list[str]] = {}
    for edge in all_edges(pathway):
        into.setdefault(edge.target, []).append(edge.source)
    waiting = list(found)
    while waiting:
        for source in into.get(waiting.pop(), []):
            if source not in found:
                found.add(source)
                waiting.append(source)
    return found


def loop(pathway: Pathway) -> list[str]:
    """Return the nodes of a loop that no `return_to` explains, in order; empty where there is none."""
    steps = forward(pathway)
    done: set[str] = set()
    for start in pathway.nodes:
        trail: list[tuple[str, Iterator[Edge]]] = [(start, iter(steps[start]))] if start not in done else []
        on_trail = {start: 0}
        while trail:
            name, left = trail[-1]
            edge = next(left, None)
            if edge is None:
                trail.pop()
                on_trail.pop(name, None)
                done.add(name)
            elif edge.target in on_trail:
                return [node for node, _ in trail[on_trail[edge.target] :]]
            elif edge.target not in done:
                on_trail[edge.target] = len(trail)
                trail.append((edge.target, iter(steps[edge.target])))
    return []


def most_taps(pathway: Pathway) -> dict[str, int]:
    """Return how many choices the longest way from each node to an end takes if no item of a checklist is ticked.

    Nor is a way counted that is open only where something is not known. A return ends a way.
    What stands in a loop, or before one, is left out.
    """
    steps = {
        name: [
            edge.target
            for edge in edges
            if not edge.unknown and (not isinstance(pathway.nodes[name], Checklist) or edge is edges[-1])
        ]
        for name, edges in forward(pathway).items()
    }
    taps: dict[str, int] = {}
    for name in reversed(topological(steps)):
        if all(target in taps for target in steps[name]):
            taps[name] = (
                0 if pathway.nodes[name].kind == "outcome" else 1 + max((taps[t] for t in steps[name]), default=0)
            )
    return taps


def paths(pathway: Pathway) -> Iterator[tuple[Edge, ...]]:
    """Yield every path from the start to where no step goes on; a return ends a path. Needs a graph without loops."""
    steps = {name: edges_of(name, node) for name, node in pathway.nodes.items()}
    trail: list[Edge] = []

    def walk(name: str) -> Iterator[tuple[Edge, ...]]:
        if all(edge.returns for edge in steps[name]) and pathway.nodes[name].kind == "outcome":
            yield tuple(trail)
        for edge in steps[name]:
            trail.append(edge)
            if edge.returns:
                yield tuple(trail)
            else:
                yield from walk(edge.target)
            trail.pop()

    yield from walk(pathway.start)


def diseases_at(pathway: Pathway) -> dict[str, list[str | None]]:
    """Return, for each node, the diseases of the ways that come to it, its own among them.

    The disease of a way is the one that its last node about a single disease is about; None before there is one.
    """
    steps = forward(pathway)
    found: dict[str, dict[str | None, None]] = {name: {} for name in pathway.nodes}
    waiting: list[tuple[str, str | None]] = [(pathway.start, None)] if pathway.start in pathway.nodes else []
    while waiting:
        name, disease = waiting.pop()
        about = pathway.nodes[name].indications
        disease = about[0] if len(about) == 1 else disease
        if disease not in found[name]:
            found[name][disease] = None
            waiting += [(edge.target, disease) for edge in reversed(steps[name])]
    return {name: [*diseases] for name, diseases in found.items()}


def in_reading_order(pathway: Pathway) -> dict[str, int]:
    """Return a number for each node that can be reached: stages in their order, within one by first visit."""
    steps: Mapping[str, list[Edge]] = forward(pathway)
    visited: dict[str, None] = {}
    waiting = [pathway.start]
    while waiting:
        name = waiting.pop()
        if name not in visited:
            visited[name] = None
            waiting += [edge.target for edge in reversed(steps[name])]
    stages = list(pathway.stages)
    ordered = sorted(visited, key=lambda name: stages.index(pathway.nodes[name].stage))
    return {name: number for number, name in enumerate(ordered, start=1)}

"""The pathway, walked once: numbers, edges and parts. Steps, charts and key share it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from generator import links
from generator.graph import NONE, Edge, edges_of, in_reading_order
from generator.pathway import Pathway
from generator.speech import Speech


@dataclass(frozen=True)
class Part:
    """Steps that are drawn together, in reading order: those that an answer to the first question leads to, or a stage.

    A step that several answers lead to belongs to the first of them.
    """

    id: str
    title: str
    members: Sequence[str]
    ends: int


@dataclass(frozen=True)
class Walk:
    """The graph as it was walked: the number of each node that can be reached, in reading order, and its edges."""

    pathway: Pathway
    numbers: Mapping[str, int]
    edges: Mapping[str, Sequence[Edge]]
    parts: Sequence[Part]

    @cached_property
    def pages(self) -> Mapping[str, PurePosixPath]:
        """The page of the numbered key that each step is on: that of its part; of the start, that of all parts."""
        pages = {name: links.key_page(part.id) for part in self.parts for name in part.members}
        return {self.pathway.start: links.PATHWAY_KEY, **pages}


def walk(pathway: Pathway, own: Speech) -> Walk:
    """Walk a pathway. Needs one without problems. `own` are the words of the machine in the language of its answers."""
    numbers = in_reading_order(pathway)
    edges = {name: [_said(edge, own) for edge in edges_of(name, node)] for name, node in pathway.nodes.items()}
    first = pathway.nodes[pathway.start]
    parts: list[Part] = []
    taken = {pathway.start}

    def add(id_: str, title: str, members: Sequence[str]) -> None:
        if members:
            ends = sum(pathway.nodes[name].kind == "outcome" for name in members)
            ordered = sorted(members, key=numbers.__getitem__)
            parts.append(Part(id_, title, ordered, ends))

    begins = {edge.target for edge in edges[pathway.start]}
    for edge in edges[pathway.start]:
        within = set(_within(edge.target, first.stage, pathway, edges)) - taken
        members = [name for name in within if name == edge.target or name not in begins]
        taken.update(members)
        add(edge.target, edge.answer or str(pathway.nodes[edge.target].label), members)
    for id_, stage in pathway.stages.items():
        members = [name for name in numbers if pathway.nodes[name].stage == id_ and name not in taken]
        add(f"stage--{id_}", str(stage.name), members)
    return Walk(pathway, numbers, edges, parts)


def _said(edge: Edge, own: Speech) -> Edge:
    return edge._replace(answer=own.say(NONE)) if edge.answer == NONE else edge


def _within(start: str, stage: str, pathway: Pathway, edges: Mapping[str, Sequence[Edge]]) -> list[str]:
    """Return the nodes of a stage that can be reached from a node without leaving the stage."""
    seen: dict[str, None] = {}
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in seen and pathway.nodes[name].stage == stage:
            seen[name] = None
            waiting += [edge.target for edge in edges[name] if not edge.returns]
    return list(seen)

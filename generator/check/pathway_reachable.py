"""Every node of the pathway can be reached from its start, and every stage has a node.

What no path leads to is a leftover, or the sign of an edge that was moved by mistake. A stage is drawn on its own: one
without a node cannot be drawn.
"""

from collections.abc import Iterator

from generator.graph import reachable
from generator.guideline import Guideline
from generator.problems import Problem

ID = "pathway-reachable"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each node that no path reaches, and each stage that no node is in."""
    reached = reachable(guideline.pathway)
    for name in guideline.pathway.nodes:
        if name not in reached:
            fix = "Lead an answer or `next` to it, or delete it."
            yield Problem(ID, f"no path leads to `{name}`", fix, guideline.place("pathway", "nodes", name))
    empty = guideline.pathway.stages.keys() - {node.stage for node in guideline.pathway.nodes.values()}
    for name in sorted(empty):
        place = guideline.place("pathway", "stages", name)
        yield Problem(ID, f"no node is in the stage `{name}`", "Remove the stage, or put a node into it.", place)

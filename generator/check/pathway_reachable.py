"""Every node of the pathway can be reached from its start.

What no path leads to is a leftover, or the sign of an edge that was moved by mistake.
"""

from collections.abc import Iterator

from generator.graph import reachable
from generator.guideline import Guideline
from generator.problems import Problem

ID = "pathway-reachable"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each node that no path reaches."""
    reached = reachable(guideline.pathway)
    for name in guideline.pathway.nodes:
        if name not in reached:
            fix = "Lead an answer or `next` to it, or delete it."
            yield Problem(ID, f"no path leads to `{name}`", fix, guideline.place("pathway", "nodes", name))

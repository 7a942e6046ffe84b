"""From every node of the pathway an outcome can be reached.

A path that never ends leaves its reader without an answer.
"""

from collections.abc import Iterator

from generator.graph import ending
from generator.guideline import Guideline
from generator.problems import Problem

ID = "pathway-outcome"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each node from which no outcome can be reached."""
    ends = ending(guideline.pathway)
    for name in guideline.pathway.nodes:
        if name not in ends:
            fix = "Lead it to an outcome."
            place = guideline.place("pathway", "nodes", name)
            yield Problem(ID, f"no outcome can be reached from `{name}`", fix, place)

"""The pathway has no loop but by `return_to`.

Coming back to judge again is a decision and is written as such; any other loop would send a reader round for ever.
"""

from collections.abc import Iterator

from generator.graph import loop
from generator.guideline import Guideline
from generator.problems import Problem

ID = "pathway-cycle"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for the first loop."""
    if found := loop(guideline.pathway):
        way = " → ".join([*found, found[0]])
        fix = "Change one of the steps, or write `return_to` where coming back is meant."
        yield Problem(ID, f"the pathway runs in a loop: {way}", fix, guideline.place("pathway", "nodes", found[0]))

"""From the disease to an end a patient in whom no checklist is ticked comes in few choices: the profile says how many.

Whoever is tired taps on without reading. Each question, checklist and action is a choice; a return ends the way.
A way that is open only where an answer is not known is not counted.
"""

from collections.abc import Iterator

from generator.graph import most_taps
from generator.guideline import Guideline
from generator.problems import Problem

ID = "pathway-taps"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each step about a single disease from which a way to an end is too long."""
    most = guideline.profile.pathway.most_taps
    taps = most_taps(guideline.pathway)
    for name, node in guideline.pathway.nodes.items():
        if len(node.indications) == 1 and taps.get(name, 0) > most:
            fix = f"Shorten it to {most}, as the profile says: ask several things in one checklist."
            wrong = f"from `{name}` it takes {taps[name]} choices to an end"
            yield Problem(ID, wrong, fix, guideline.place("pathway", "nodes", name))

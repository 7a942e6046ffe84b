"""A way through the pathway is about one disease: it is asked for once, and no later step is about another.

A rule about one disease that is carried to another is a claim that nobody made, and a disease that is asked for twice
may be answered in two ways. After a step that is about diseases, each step is about one of them or about none, and no
question leads to steps about different ones. The first question is about all diseases.
"""

from collections.abc import Iterator
from itertools import combinations

from generator.graph import forward
from generator.guideline import Guideline
from generator.pathway import Pathway, PathwayNode, Question
from generator.problems import Problem

ID = "pathway-disease"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each step about another disease than one before it, and each that asks for it again."""
    pathway = guideline.pathway
    steps = forward(pathway)
    for name, node in pathway.nodes.items():
        if name == pathway.start or not node.indications:
            continue
        waiting, seen = [edge.target for edge in reversed(steps[name])], {name}
        while waiting:
            here = waiting.pop()
            if here in seen:
                continue
            seen.add(here)
            other = pathway.nodes[here]
            place = guideline.place("pathway", "nodes", here)
            if other.indications and not {*node.indications} & {*other.indications}:
                fix = "Lead the way elsewhere, or correct the `indications` of either."
                wrong = f"`{here}` is about other diseases than `{name}`, which leads to it"
                yield Problem(ID, wrong, fix, place)
            elif _asks_for_disease(other, pathway):
                wrong = f"`{here}` asks for the disease, which is known since `{name}`"
                yield Problem(ID, wrong, "Ask for it once, before any step about a disease.", place)
            else:
                waiting += [edge.target for edge in reversed(steps[here])]


def _asks_for_disease(node: PathwayNode, pathway: Pathway) -> bool:
    targets = node.answers.values() if isinstance(node, Question) else ()
    about = [{*pathway.nodes[name].indications} for name in targets if name in pathway.nodes]
    return any(not one & other for one, other in combinations([each for each in about if each], 2))

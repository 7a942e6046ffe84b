"""A claim about a disease stands only on branches of that disease.

A node lists the `indications` that its branch is about; claims of other indications do not carry it. Claims on
practice, adverse events and mechanisms may stand on any node.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.problems import Problem

ID = "pathway-fit"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each claim of an indication that its node is not about."""
    for name, node in guideline.pathway.nodes.items():
        for index, claim in enumerate(node.because):
            record = claim.partition("#")[0]
            if record.startswith("indications/") and record not in node.indications:
                fix = f"Add `{record}` to the node's `indications`, or cite a claim on its own disease."
                place = guideline.place("pathway", "nodes", name, "because", index)
                yield Problem(ID, f"`{name}` is not about `{record}`", fix, place)

"""A claim or an answer about a disease stands only on branches of that disease.

A node lists the `indications` that its branch is about; what is said of other diseases does not carry it, unless one
of these lists the claim under `shows`, as it does what a paper says of several. Harms, topics and background may stand
on any node.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.pathway import parts_that_say
from generator.problems import Problem
from generator.profile import kind_of

ID = "pathway-fit"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each claim and answer of a disease that its node is not about."""
    for name, node in guideline.pathway.nodes.items():
        shown = {
            id_ for about in node.indications if about in guideline.records for id_ in guideline.records[about].shows
        }
        treated = guideline.profile.treated
        for path, part in parts_that_say(node):
            for key, named in (("because", part.because), ("says", part.says)):
                for index, id_ in enumerate(named):
                    record = id_.partition("#")[0]
                    if kind_of(record) == treated and record not in node.indications and id_ not in shown:
                        fix = f"Add `{record}` to the node's `indications`, or cite a claim on its own disease."
                        place = guideline.place("pathway", "nodes", name, *path, key, index)
                        yield Problem(ID, f"`{name}` is not about `{record}`", fix, place)

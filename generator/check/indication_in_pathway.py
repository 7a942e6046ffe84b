"""Every indication is named by a node of the pathway.

A reader who starts the pathway with a disease must come to a branch about it, also if that branch only says that no
evidence is cited. An overview of many diseases is named by the node that asks for the disease.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.model import Indication
from generator.problems import Problem

ID = "indication-in-pathway"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each indication that no node is about."""
    if "pathway" in guideline.unread:
        return
    named = {record for node in guideline.pathway.nodes.values() for record in node.indications}
    for id_, record in guideline.records.items():
        if isinstance(record, Indication) and id_ not in named:
            fix = f"Add a branch in content/pathway.yaml, with `{id_}` under the `indications` of its nodes."
            yield Problem(ID, f"no node of the pathway is about `{id_}`", fix, guideline.place(id_))

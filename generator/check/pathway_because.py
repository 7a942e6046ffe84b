"""An action or outcome of the pathway rests on claims, or says that no evidence is cited; what it names exists.

The flowchart says nothing that a claim with its PMID does not say. A node with `no_evidence` has no claims, and its
label says so.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.model import Question
from generator.problems import Problem, did_you_mean

ID = "pathway-because"
NO_EVIDENCE = "No cited evidence"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each advising node without claims and each claim that does not exist."""
    for name, node in guideline.pathway.nodes.items():
        place = guideline.place("pathway", "nodes", name)
        if node.no_evidence and (node.because or not node.label.startswith(NO_EVIDENCE)):
            fix = f"Drop `because` and begin the label with `{NO_EVIDENCE}`, or drop `no_evidence`."
            yield Problem(ID, f"`{name}` both has and lacks evidence", fix, place)
        if not isinstance(node, Question) and not node.because and not node.no_evidence:
            fix = "List claims under `because`, or set `no_evidence: true`."
            yield Problem(ID, f"`{name}` advises and rests on no claim", fix, place)
        for index, claim in enumerate(node.because):
            if claim not in guideline.claims and claim.partition("#")[0] not in guideline.unread:
                fix = did_you_mean(claim, guideline.claims) or "Name a claim by its full id."
                place = guideline.place("pathway", "nodes", name, "because", index)
                yield Problem(ID, f"`{name}` rests on a claim that does not exist: `{claim}`", fix, place)

"""Every claim that `disagrees_with` or `supersedes` names exists, and a disagreement is named on both sides.

The page of each side shows the other; a disagreement known to one side only would hide it from half of the readers.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.problems import Problem, did_you_mean

ID = "claim-target"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each target that is missing, the claim itself, or does not disagree in turn."""
    for entry in guideline.claims.values():
        for key in ("disagrees_with", "supersedes"):
            for index, target in enumerate(getattr(entry.claim, key)):
                place = entry.place(key, index)
                if target == entry.id:
                    yield Problem(ID, "the claim names itself", "Name another claim.", place)
                elif target in guideline.claims:
                    other = guideline.claims[target].claim
                    if key == "disagrees_with" and entry.id not in other.disagrees_with:
                        fix = f"Add `{entry.id}` to `disagrees_with` of `{target}`."
                        yield Problem(ID, f"`{target}` does not disagree in turn", fix, place)
                elif target.partition("#")[0] not in guideline.unread:
                    fix = did_you_mean(target, guideline.claims) or "Name a claim by its full id."
                    yield Problem(ID, f"no claim has the id `{target}`", fix, place)

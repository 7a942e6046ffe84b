"""Every claim that `disagrees_with`, `supersedes` or `shows` names exists and is another, and is named once.

A disagreement is told on one side, with in what the two differ; the pages of both show it.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.places import Place
from generator.problems import Problem, did_you_mean

ID = "claim-target"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each target that is missing, the claim itself, or told of by the other side too."""
    for entry in guideline.claims.values():
        for index, other in enumerate(entry.claim.disagrees_with):
            place = entry.place("disagrees_with", index)
            yield from _missing(guideline, other.claim, entry.id, place)
            if other.claim < entry.id and entry.id in _disagrees_with(guideline, other.claim):
                fix = "Tell a disagreement on one side; the pages of both show it."
                yield Problem(ID, f"`{other.claim}` tells of this disagreement too", fix, place)
        for index, target in enumerate(entry.claim.supersedes):
            yield from _missing(guideline, target, entry.id, entry.place("supersedes", index))
    for id_, record in guideline.records.items():
        for index, target in enumerate(record.shows):
            place = guideline.place(id_, "shows", index)
            if target.partition("#")[0] == id_:
                yield Problem(ID, f"`{target}` is told in this record", "Name claims of other records.", place)
            else:
                yield from _missing(guideline, target, id_, place)


def _disagrees_with(guideline: Guideline, id_: str) -> set[str]:
    entry = guideline.claims.get(id_)
    return {other.claim for other in entry.claim.disagrees_with} if entry else set()


def _missing(guideline: Guideline, target: str, own: str, place: Place) -> Iterator[Problem]:
    if target == own:
        yield Problem(ID, "the claim names itself", "Name another claim.", place)
    elif target not in guideline.claims and target.partition("#")[0] not in guideline.unread:
        fix = did_you_mean(target, guideline.claims) or "Name a claim by its full id."
        yield Problem(ID, f"no claim has the id `{target}`", fix, place)

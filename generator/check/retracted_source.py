"""A retraction state has the date on which somebody looked, and no claim rests on retracted sources alone.

A retracted paper may stand beside others, marked as retracted, where a reader would otherwise miss it.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.problems import Problem

ID = "retracted-source"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each claim on retracted sources alone and each state without its date."""
    for pmid, reference in guideline.references.items():
        retraction = reference.retraction
        if (retraction.state == "unchecked") != (retraction.checked_on is None):
            fix = "`unchecked` has no date; every other state has the date of the look."
            place = guideline.place(f"references/{pmid}", "retraction")
            yield Problem(ID, f"`{retraction.state}` with `checked_on: {retraction.checked_on}`", fix, place)
    for entry in guideline.claims.values():
        cited = [guideline.references.get(cite.pmid) for cite in entry.claim.cites]
        if cited and all(reference and reference.retraction.state == "retracted" for reference in cited):
            fix = "Delete the claim, or cite a source that stands."
            yield Problem(ID, "every source of the claim is retracted", fix, entry.place("cites"))

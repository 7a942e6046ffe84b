"""Two versions of the content compared: what changed in medicine, how much it matters, what it rests on and touches."""

from dataclasses import replace

from generator.changes import Change
from generator.guideline import Guideline
from generator.review.answers import answer_changes
from generator.review.claims import claim_changes
from generator.review.following import moved_claims
from generator.review.itself import guideline_changes
from generator.review.pathway import pathway_changes
from generator.review.sources import reference_changes
from generator.speech import ENGLISH


def compare(before: Guideline, after: Guideline) -> tuple[Change, ...]:
    """Return every change from one version of the content to another, in the order of the content."""
    both = in_english(before), in_english(after)
    moved = moved_claims(*both)
    return (
        *claim_changes(*both, moved),
        *answer_changes(*both, moved),
        *pathway_changes(*both, moved),
        *reference_changes(*both),
        *guideline_changes(before, after),
    )


def in_english(guideline: Guideline) -> Guideline:
    """Return a guideline whose facts speak as the review does, so that another interface is no change of its claims."""
    if guideline.about.interface == ENGLISH:
        return guideline
    return replace(guideline, about=guideline.about.model_copy(update={"interface": ENGLISH}))

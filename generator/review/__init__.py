"""Two versions of the content compared: what changed in medicine, how much it matters, what it rests on and touches."""

from generator.changes import Change
from generator.guideline import Guideline
from generator.review.answers import answer_changes
from generator.review.claims import claim_changes
from generator.review.following import moved_claims
from generator.review.itself import guideline_changes
from generator.review.pathway import pathway_changes
from generator.review.sources import reference_changes


def compare(before: Guideline, after: Guideline) -> tuple[Change, ...]:
    """Return every change from one version of the content to another, in the order of the content."""
    moved = moved_claims(before, after)
    return (
        *claim_changes(before, after, moved),
        *answer_changes(before, after, moved),
        *pathway_changes(before, after, moved),
        *reference_changes(before, after),
        *guideline_changes(before, after),
    )

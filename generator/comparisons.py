"""What is kept of a comparison of a claim with its passages."""

from typing import Annotated, Literal

from pydantic import Field

from generator.fields import ClaimId, Date, Orcid, Slug
from generator.refusing import Model


class JudgedDifference(Model):
    """What a rule found to differ between a claim and its passage, and why a reader judged it right all the same."""

    rule: Slug
    what: Annotated[str, Field(min_length=1)]
    because: Annotated[str, Field(max_length=300)]


class ComparedClaim(Model):
    """That somebody compared a claim with its passages: the hash of both, when, who, and what was found.

    `by` is null for software and for a reader without a name: neither ever counts as a review.
    """

    claim: ClaimId
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    on: Date
    verdict: Literal["agreed", "overstated", "understated", "unclear", "wrong"]
    by: Orcid | None
    differs: tuple[JudgedDifference, ...]

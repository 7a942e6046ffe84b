"""What is kept of a comparison of a claim with its passages."""

from typing import Annotated, Literal

from pydantic import Field

from generator.fields import Date, Orcid, SaidId, Slug
from generator.refusing import Model


class JudgedDifference(Model):
    """What a rule found to differ between a claim and its passage, and why a reader judged it right all the same."""

    rule: Slug
    what: Annotated[str, Field(min_length=1)]
    because: Annotated[str, Field(max_length=300)]


Found = Literal["agreed", "overstated", "understated", "unclear", "wrong"]
"""What a reader finds who compares a claim with its passages."""


class ComparedClaim(Model):
    """That somebody compared a claim with its passages: the hash of both, when, who, and what was found.

    `claim` may also be an answer, compared with the claims that it rests on. `by` is null for software and for a
    reader without a name: neither ever counts as a review. `note` is what the reader adds.
    """

    claim: SaidId
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    on: Date
    verdict: Found
    by: Orcid | None
    differs: tuple[JudgedDifference, ...]
    note: Annotated[str | None, Field(min_length=1, max_length=300)] = None

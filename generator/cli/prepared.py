"""Claims that were prepared for papers that wait: like those of a record, but citing a paper by its name.

They stand in a file outside of the records, and come in when the paper does.
"""

import re
from collections.abc import Container, Mapping
from typing import Annotated, Any

from pydantic import Field

from generator.fields import SLUG, ClaimId, Slug
from generator.model import Claim
from generator.refusing import Model
from generator.vocabulary import InVocabulary

_ANY_PMID = "1"


class PreparedSource(Model):
    """What its author has read of a paper that PubMed does not say."""

    design: Annotated[Slug, InVocabulary("designs")]
    synthesises: Annotated[Slug, InVocabulary("syntheses")] | None = None
    study: Slug | None = None
    species: Annotated[Slug, InVocabulary("species")]
    participants: Annotated[int, Field(ge=1)] | None = None
    read: Annotated[Slug, InVocabulary("readings")]

    @property
    def values(self) -> dict[str, Any]:
        """The values of a reference by their keys, without those that are not said."""
        return self.model_dump(exclude_none=True)


class Prepared(Model):
    """What is ready for papers that wait: of each what was read of it, and claims by their full ids."""

    sources: Mapping[Slug, PreparedSource] = {}
    claims: Mapping[ClaimId, Claim] = {}


def read_prepared(data: object, pending: Mapping[str, object], there: Container[str]) -> Prepared:
    """Return what a file holds, names of papers taken for PMIDs, without claims that are there already.

    Whether a paper of that name waits is not asked. Raises ValidationError.
    """
    claims = data.get("claims") if isinstance(data, dict) else None
    if isinstance(data, dict) and isinstance(claims, dict):
        new = {id_: with_any_pmid(claim, pending) for id_, claim in claims.items() if id_ not in there}
        data = {**data, "claims": new}
    return Prepared.model_validate(data)


def names_in(claim: Any) -> dict[int, str]:
    """Return the names of papers that the data of a claim cites, by the number of the citation, from 0."""
    cites = claim.get("cites") if isinstance(claim, dict) else None
    said = enumerate(cites) if isinstance(cites, tuple) else ()
    named = {number: str(cite.get("pmid")) for number, cite in said if isinstance(cite, dict)}
    return {number: name for number, name in named.items() if re.fullmatch(SLUG, name) and not name.isdecimal()}


def with_any_pmid(claim: Any, pending: Mapping[str, object]) -> Any:
    """Return the data of a claim with a PMID in the place of each name, also of one of a paper that does not wait."""
    return with_pmids(claim, dict.fromkeys([*pending, *names_in(claim).values()], _ANY_PMID))


def with_pmids(claim: Any, pmids: Mapping[str, str]) -> Any:
    """Return the data of a claim with PMIDs in the place of names; what is no claim is left for its type to refuse."""
    if not isinstance(claim, dict) or not isinstance(claim.get("cites"), tuple):
        return claim
    cites = tuple(
        {**cite, "pmid": pmids.get(str(cite.get("pmid")), cite.get("pmid"))} if isinstance(cite, dict) else cite
        for cite in claim["cites"]
    )
    return {**claim, "cites": cites}

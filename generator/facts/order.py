"""The order of a record's claims, and with it the numbers of its sources."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from generator.guideline import ClaimEntry, Guideline, once
from generator.links import record_page
from generator.profile import kind_of


@once
def ordered_claims(guideline: Guideline) -> Mapping[str, Sequence[ClaimEntry]]:
    """Return the claims of each record by kind: first those that its readers come for, then by the vocabulary."""
    vocabulary = list(guideline.vocabulary.sections["claim-kinds"])
    ordered: dict[str, list[ClaimEntry]] = {}
    for id_ in guideline.records:
        kinds = dict.fromkeys([*guideline.profile.kinds[kind_of(id_)].leading, *vocabulary])
        own = guideline.claims_by_record.get(id_, ())
        ordered[id_] = [entry for kind in kinds for entry in own if entry.claim.kind == kind]
    return ordered


@once
def numbers_of_sources(guideline: Guideline) -> Mapping[str, Mapping[str, int]]:
    """Return, for each record, the number of each of its sources by PMID, in order of first citation."""
    return {
        id_: {
            pmid: number
            for number, pmid in enumerate(dict.fromkeys(c.pmid for e in entries for c in e.claim.cites), start=1)
        }
        for id_, entries in ordered_claims(guideline).items()
    }


@once
def numbers_by_page(guideline: Guideline) -> Mapping[str, Mapping[PurePosixPath, int]]:
    """Return, for each PMID, its number on the page of each record that lists it."""
    found: dict[str, dict[PurePosixPath, int]] = {}
    for id_, numbers in numbers_of_sources(guideline).items():
        for pmid, number in numbers.items():
            found.setdefault(pmid, {})[record_page(id_)] = number
    return found

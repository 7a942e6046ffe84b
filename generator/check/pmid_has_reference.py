"""Every PMID that a claim cites, and the primary source, has a record in `content/references/`.

The record says what the source is: its title, journal, design and how it was read. A mistyped digit shows up here.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.places import Place
from generator.problems import Problem

ID = "pmid-has-reference"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each PMID without a reference record."""
    known = {*guideline.references, *(id_.removeprefix("references/") for id_ in guideline.unread)}

    def problem(pmid: str, place: Place) -> Problem:
        fix = f"Correct a mistyped digit, or add `content/references/{pmid}.yaml`."
        return Problem(ID, f"PMID {pmid} has no reference record", fix, place)

    for entry in guideline.claims.values():
        for index, citation in enumerate(entry.claim.cites):
            if citation.pmid not in known:
                yield problem(citation.pmid, entry.place("cites", index, "pmid"))
    if guideline.about.primary_source not in known:
        yield problem(guideline.about.primary_source, guideline.place("guideline", "primary_source"))
